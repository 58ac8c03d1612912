"""Cue phrases as data: each room of linking has a TOML file of named cues beside it.

A cue has a ``name``, a ``regex`` (searched without case in a clause or a sentence) and ``examples`` that it
must find and ``counterexamples`` that it must not: they are its tests.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.expressions import SCREEN, Expression, compile_all
from pipeline.toml import read_toml

FOLDER = Path(__file__).parent / "cues"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One named cue."""

    name: str
    expression: Expression
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in ``text`` where the cue stands, or None."""
        return self.expression.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All places in ``text`` where the cue stands, in order."""
        return self.expression.finditer(text)

    @property
    def regex(self) -> re.Pattern[str]:
        """The bare expression, to be tried at one place of a text."""
        return self.expression.regex


def possible(cues: Sequence[Cue], text: str) -> list[Cue]:
    """Those of ``cues`` that can stand in ``text``, in their order; of most cues a look at its words tells."""
    held = SCREEN.held(text)
    return [cue for cue in cues if held & cue.expression.mask == cue.expression.mask]


@cache
def _tables() -> dict[str, list[dict[str, Any]]]:
    return {path.stem: read_toml(path)["cue"] for path in sorted(FOLDER.glob("*.toml"))}


@cache
def _expressions() -> dict[str, Expression]:
    """Of all rooms at once: one file of the cache holds them."""
    written = {f"{room}/{entry['name']}": entry["regex"] for room, table in _tables().items() for entry in table}
    return compile_all("cues", written, re.IGNORECASE | re.VERBOSE)


@cache
def load_cues(room: str) -> dict[str, Cue]:
    """The cues of ``cues/<room>.toml`` by name, in file order."""
    cues = {}
    for entry in _tables()[room]:
        cues[entry["name"]] = Cue(
            name=entry["name"],
            expression=_expressions()[f"{room}/{entry['name']}"],
            examples=tuple(entry.get("examples", ())),
            counterexamples=tuple(entry.get("counterexamples", ())),
        )
    return cues
