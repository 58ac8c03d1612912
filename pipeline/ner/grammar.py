"""The entity files: what each label means, and the patterns that find it, compiled from ``entities/<LABEL>.toml``."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from pipeline.datamodel.vocabulary import MentionLabel
from pipeline.expressions import Expression, compile_all
from pipeline.toml import read_toml

ENTITIES = Path(__file__).parent / "entities"
FRAGMENTS = "_fragments.toml"

_REFERENCE = re.compile(r"\{([a-z_]+)\}")
# A match that ends in a letter or digit must end where the word ends.
_WORD_END = r"(?:(?<!\w)|(?!\w))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One rule of an entity.

    Attributes:
        name: unique within the label; a mention's rule is ``pattern:<LABEL>.<name>``.
        regex: matched where it starts. Each of its groups ``span``, ``span2`` … is a mention, else the whole match.
            A group ``unit`` holds what numbers without a unit share with a later one; it goes into their entry.
        mask: bits of :data:`pipeline.expressions.SCREEN` that each sentence has in which it can match.
        starts: keys (see :func:`pipeline.ner.patterns.start_key`) of the words at which a match can begin, or
            ``after <LABEL>`` for the place right behind a mention that another reader found.
        priority: decides against other labels' overlapping matches; higher wins.
        first: goes before the label's other matches, even longer ones.
        overlay: the mention may lie beside another label's over the same words.
        rows: tried in the rows of tables only.
        veto: the match gives no mention and takes its text from the label's other matches.
        blocks: a veto (``veto = "all"``) that takes its text from other labels' matches of lower priority too.
        examples: sentences with each mention in ``[[double brackets]]`` and, for ``after <LABEL>``, the mention that
            another reader found in ``<<angle brackets>>``.
        negative: sentences in which the label finds nothing.
    """

    label: MentionLabel
    name: str
    regex: re.Pattern[str]
    mask: int
    spans: tuple[str | int, ...]
    starts: tuple[str, ...]
    priority: int
    confidence: float
    first: bool
    overlay: bool
    rows: bool
    veto: bool
    blocks: bool
    examples: tuple[str, ...]
    negative: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """What an entity file declares: what the label means, after whom, and its patterns in file order."""

    label: MentionLabel
    definition: str
    source: str
    patterns: tuple[Pattern, ...]


def load_entities(folder: Path = ENTITIES) -> tuple[Entity, ...]:
    """Read all ``<LABEL>.toml`` of ``folder``, sorted by name, with the fragments of ``_fragments.toml`` filled in.

    Raises:
        ValueError: a pattern names an unknown fragment or start class, or is no regular expression.
    """
    shared = read_toml(folder / FRAGMENTS) if (folder / FRAGMENTS).exists() else {}
    files = sorted(path for path in folder.glob("*.toml") if not path.name.startswith("_"))
    tables = [read_toml(path) for path in files]
    written = {where: regex for table in tables for where, regex in _written(table, shared)}
    compiled = compile_all("grammar", written, re.IGNORECASE)
    return tuple(_entity(table, shared, compiled) for table in tables)


def _written(table: dict[str, Any], shared: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each pattern of an entity by its full name, written out."""
    fragments = {**shared.get("fragments", {}), **table.get("fragments", {})}
    for rule in table["pattern"]:
        where = f"{table['label']}.{rule['name']}"
        try:
            yield where, f"(?:{_fill(rule['regex'], fragments)}){_WORD_END}"
        except KeyError as error:
            raise ValueError(f"{where}: {error}") from error


def _entity(table: dict[str, Any], shared: dict[str, Any], compiled: dict[str, Expression]) -> Entity:
    classes = {**shared.get("starts", {}), **table.get("starts", {})}
    rules = [
        {"priority": table.get("priority", 50), "confidence": table.get("confidence", 0.9), **rule}
        for rule in table["pattern"]
    ]
    return Entity(
        label=cast(MentionLabel, table["label"]),
        definition=table["definition"],
        source=table["source"],
        patterns=tuple(_pattern(table["label"], rule, compiled, classes) for rule in rules),
    )


def _pattern(
    label: str, rule: dict[str, Any], compiled: dict[str, Expression], classes: dict[str, list[str]]
) -> Pattern:
    where = f"{label}.{rule['name']}"
    expression = compiled[where]
    try:
        starts = _start_keys(rule["starts"], classes)
    except KeyError as error:
        raise ValueError(f"{where}: {error}") from error
    spans = tuple(name for name in expression.regex.groupindex if name.startswith("span"))
    return Pattern(
        label=cast(MentionLabel, label),
        name=rule["name"],
        regex=expression.regex,
        mask=expression.mask,
        spans=spans or (0,),
        starts=starts,
        priority=rule["priority"],
        confidence=rule["confidence"],
        first=rule.get("first", False),
        overlay=rule.get("overlay", False),
        rows=rule.get("rows", False),
        veto=bool(rule.get("veto", False)),
        blocks=rule.get("veto") == "all",
        examples=tuple(rule.get("examples", ())),
        negative=tuple(rule.get("negative", ())),
    )


def _fill(regex: str, fragments: dict[str, str]) -> str:
    """``{name}`` becomes the fragment's own regex, in a group; fragments may name fragments."""
    return _REFERENCE.sub(lambda reference: f"(?:{_fill(fragments[reference[1]], fragments)})", regex)


def _start_keys(starts: Sequence[str], classes: dict[str, list[str]]) -> tuple[str, ...]:
    """``@name`` stands for a class of words of ``[starts]``."""
    keys: dict[str, None] = {}
    for start in starts:
        for word in _start_keys(classes[start[1:]], classes) if start[:1] == "@" and start[1:] else (start,):
            keys[word] = None
    return tuple(keys)
