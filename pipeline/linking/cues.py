"""Cue phrases as data: each room of linking has a TOML file of named cues beside it.

A cue has a ``name``, a ``regex`` (searched without case in a clause or a sentence) and ``examples`` that it
must find and ``counterexamples`` that it must not: they are its tests.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.toml import read_toml

FOLDER = Path(__file__).parent / "cues"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One named cue."""

    name: str
    regex: re.Pattern[str]
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in ``text`` where the cue stands, or None."""
        return self.regex.search(text)


@cache
def load_cues(room: str) -> dict[str, Cue]:
    """The cues of ``cues/<room>.toml`` by name, in file order."""
    cues = {}
    for entry in read_toml(FOLDER / f"{room}.toml")["cue"]:
        cues[entry["name"]] = Cue(
            name=entry["name"],
            regex=re.compile(entry["regex"], re.IGNORECASE | re.VERBOSE),
            examples=tuple(entry.get("examples", ())),
            counterexamples=tuple(entry.get("counterexamples", ())),
        )
    return cues


def first_cue(room: str, text: str, names: tuple[str, ...] = ()) -> Cue | None:
    """The first cue of the room, in file order, that ``text`` holds; of ``names`` only, where given."""
    for name, cue in load_cues(room).items():
        if (not names or name in names) and cue.search(text):
            return cue
    return None
