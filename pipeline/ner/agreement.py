"""One set of mentions out of the rules' and the trained reader's.

Annotators differ in what they mark: those of adverse event sentences the whole effect phrase, those of
abstracts every chemical, those of reports the medication given. The reader has learned each style by itself;
the kind of text decides whose marks count (``agreement.toml``). Where both were weighed on held-out texts, a
mention's confidence is how often one that is told like this is right (``agreement.tsv``).
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.datamodel import Mention
from pipeline.datamodel.vocabulary import MentionLabel
from pipeline.logistic import shipped
from pipeline.ner.candidates import Proposals, family
from pipeline.ner.conventions import as_marked
from pipeline.ner.overlaps import free_place
from pipeline.ner.reading import Reading
from pipeline.ner.text_kind import TextKind
from pipeline.toml import read_toml

RULES = Path(__file__).with_suffix(".toml")
WEIGHTS = Path(__file__).with_suffix(".tsv")
Place = tuple[int, int]


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return read_toml(RULES)


def styles_for(kind: TextKind) -> dict[str, frozenset[str]]:
    """The styles that count in such a text, and which of their labels."""
    found: dict[str, set[str]] = {}
    for name in kind.heeded():
        for label in _rules()["modes"][name]:
            style = _rules()["styles"][label][name]
            kin = {other for other in _rules()["styles"] if family(other) == family(label)}
            found.setdefault(style, set()).update(kin)
    return {style: frozenset(labels) for style, labels in found.items()}


def added(ruled: Sequence[Mention], readings: Sequence[Reading]) -> list[Mention]:
    """The rules' mentions, and those of a reader without styles where the rules have nothing; the order is not kept."""
    proposals = Proposals("", ruled, readings)
    new = [r.mention for r in readings if not proposals.ruled_at(r.mention.start, r.mention.end, r.mention.label)]
    return [*ruled, *new]


def agree(text: str, ruled: Sequence[Mention], readings: Sequence[Reading], kind: TextKind) -> list[Mention]:
    """The mentions of both readers as one set; the order is not kept.

    Args:
        text: the document's text.
        ruled: what the rules found.
        readings: what casebook's own reader marked in the styles that count.
        kind: of the text.
    """
    ruled = as_marked(text, ruled, kind.name)
    proposals = Proposals(text, ruled, readings)
    settled: list[Mention] = []
    gone: set[Mention] = set()
    for label, mode in _rules()["modes"][kind.name].items():
        if mode == "weigh":
            gone.update(mention for mention in ruled if mention.label == label)
            found = _weighed(proposals, label, kind)
        else:
            found = _told(proposals, readings, label, kind)
            if mode == "add":
                found = [m for m in found if not proposals.ruled_at(m.start, m.end, label)]
        for mention in found:
            gone.update(proposals.ruled_at(mention.start, mention.end, label))
        settled += found
    return [mention for mention in ruled if mention not in gone] + settled


def _weighed(proposals: Proposals, label: MentionLabel, kind: TextKind) -> list[Mention]:
    """The candidates that are likely right, likeliest first, none over another."""
    weights, styles = shipped(WEIGHTS), _rules()["styles"][label]
    heeded = {name: share for name, share in kind.heeded().items() if f"{name}.{label}" in weights}
    sums: dict[Place, float] = {}
    least = 0.0
    for name, share in heeded.items():
        share /= sum(heeded.values())
        least += share * weights.least(f"{name}.{label}")
        for candidate in proposals.candidates(label, styles[name]):
            place = candidate.start, candidate.end
            right = weights.of_values(f"{name}.{label}", candidate.marks)
            sums[place] = sums.get(place, 0.0) + share * right
    taken: list[Mention] = []
    for (start, end), right in sorted(sums.items(), key=lambda each: (-each[1], each[0])):
        if right < least:
            break
        index = free_place(taken, start, end)
        if index is not None:
            taken.insert(index, _mention(proposals, (start, end), label, right))
    return taken


def _mention(proposals: Proposals, place: Place, label: MentionLabel, right: float) -> Mention:
    """What both readers, or the one that proposed it, say of a place, as sure as such mentions are right."""
    told = proposals.told_at(*place, label)
    rivals = proposals.ruled_at(*place, label)
    same = [m for m in rivals if (m.start, m.end, m.label) == (*place, label)]
    confidence = round(right, 3)
    if same:
        rule = "+".join([same[0].rule, *(m.rule for m in told[:1])])
        return replace(same[0], rule=rule, confidence=confidence)
    return replace(_meant(told[0] if told else proposals.variant(*place, label), rivals), confidence=confidence)


def _told(proposals: Proposals, readings: Sequence[Reading], label: str, kind: TextKind) -> list[Mention]:
    """The reader's mentions of a label; those with the rules' words are surer than either."""
    style, least = _rules()["styles"][label][kind.name], _rules()["score"]
    found = []
    for reading in readings:
        mention = reading.mention
        if reading.style != style or mention.label != label or mention.confidence < least.get(label, least["other"]):
            continue
        rivals = proposals.ruled_at(mention.start, mention.end, label)
        same = [m for m in rivals if (m.start, m.end) == (mention.start, mention.end)]
        found.append(_agreed(same[0], mention) if same else _meant(mention, rivals))
    return found


def _agreed(mention: Mention, other: Mention) -> Mention:
    """The rules' mention under the reader's label, surer than either."""
    doubt = (1 - mention.confidence) * _rules()["confidence"]["agreed"]
    rule = f"{mention.rule}+{other.rule}"
    return replace(mention, label=other.label, rule=rule, confidence=round(1 - doubt, 3))


def _meant(mention: Mention, rivals: Sequence[Mention]) -> Mention:
    """The reader's words; a drug means what the lexicon's name inside of it means."""
    inside = [m for m in rivals if m.label == mention.label == "DRUG"]
    return replace(mention, entry=inside[0].entry or inside[0].text) if inside else mention
