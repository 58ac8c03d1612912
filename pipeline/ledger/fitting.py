"""Which of today's rows a decision is about: by its id, else by kind, document, quote and what the row states."""

import re
from bisect import bisect, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.ledger.decision import Cells, RowKind
from pipeline.toml import read_toml

_LOOSE = re.compile(r"[\s\u00ad\u2010-\u2015-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineRow:
    """A row as a run made it: a fact, or a case, with the cells of its table as text."""

    kind: RowKind
    cells: Cells

    @property
    def key(self) -> str:
        """Its ``evidence_id``; of a case its ``case_id``."""
        return self.cells["case_id" if self.kind == "case" else "evidence_id"]


@cache
def columns() -> dict[str, Any]:
    """The file ``columns.toml`` beside this one."""
    return read_toml(Path(__file__).with_name("columns.toml"))


def fold(quote: str) -> str:
    """A quote without what a new reading may set differently: white space, hyphens, case."""
    return _LOOSE.sub("", quote).casefold()


def about(kind: RowKind, cells: Cells) -> tuple[str, ...]:
    """What a row states, as far as it tells facts of one quote apart."""
    return tuple(cells.get(name, "") for name in columns()["about"][kind])


def start_of(cells: Cells) -> int:
    """Where the quote starts; 0 where nobody said."""
    cell = cells.get("start", "")
    return int(cell) if cell.isascii() and cell.isdigit() else 0


class Fitter:
    """Finds rows. Each row is found once; rows whose id a decision names are kept for it.

    Args:
        rows: today's.
        named: keys of the rows that decisions name.
    """

    def __init__(self, rows: Iterable[MachineRow], named: Iterable[str]) -> None:
        self._by_key = {row.key: row for row in rows}
        self._taken = {key for key in named if key in self._by_key}
        self._by_document: dict[tuple[str, str], list[MachineRow]] = defaultdict(list)
        self._by_quote: dict[tuple[str, str, str], list[MachineRow]] = {}
        self._shifts: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row in self._by_key.values():
            self._by_document[row.kind, row.cells.get("doc_id", "")].append(row)

    def by_key(self, key: str) -> MachineRow | None:
        """The row of that id."""
        return self._by_key.get(key)

    def note(self, old: Cells, new: Cells) -> None:
        """Remember how far a row has moved in its text."""
        insort(self._shifts[new.get("doc_id", "")], (start_of(old), start_of(new) - start_of(old)))

    def by_words(self, kind: RowKind, seen: Cells, decided: Cells, loosely: bool = False) -> MachineRow | None:
        """The free row that states, with the same words, what the curator saw, or what the curator made of it.

        Where several do, the nearest to where it is to be expected by its neighbours.

        Args:
            kind: of the row.
            seen: the row as the curator saw it.
            decided: the row as the curator left it.
            loosely: take also the only row with these words that is about the same, or the only one that states the
                same with more or fewer words. Rows that fit to the letter must have been found before.
        """
        wanted = {about(kind, seen), about(kind, decided)}
        same = self._free(self.with_words(kind, seen))
        found = [row for row in same if about(kind, row.cells) in wanted]
        if loosely and not found:
            first = {each[0] for each in wanted}
            found = [row for row in same if about(kind, row.cells)[0] in first]
            found = found or [row for row in self._wider(kind, seen) if about(kind, row.cells) in wanted]
            found = found if len(found) == 1 else []
        if not found:
            return None
        expected = self.expected(seen)
        best = min(found, key=lambda row: (abs(start_of(row.cells) - expected), start_of(row.cells), row.key))
        self._taken.add(best.key)
        return best

    def with_words(self, kind: RowKind, seen: Cells) -> list[MachineRow]:
        """All rows with the same words, found or not."""
        if not self._by_quote:
            for row in self._by_key.values():
                self._by_quote.setdefault(_words_of(row.kind, row.cells), []).append(row)
        return self._by_quote.get(_words_of(kind, seen), [])

    def expected(self, seen: Cells) -> int:
        """Where words that stood at ``seen`` are to be looked for now."""
        return start_of(seen) + self._shift(seen)

    def alike(self, kind: RowKind, cells: Cells) -> MachineRow | None:
        """The free row that states the same at overlapping words: the machine has learnt what was added."""
        start, end = start_of(cells), start_of(cells) + len(cells.get("quote", ""))
        for row in self._by_document[kind, cells.get("doc_id", "")]:
            here = start_of(row.cells)
            overlaps = here < end and start < here + len(row.cells.get("quote", ""))
            if overlaps and row.key not in self._taken and about(kind, row.cells) == about(kind, cells):
                self._taken.add(row.key)
                return row
        return None

    def _free(self, rows: Iterable[MachineRow]) -> list[MachineRow]:
        return [row for row in rows if row.key not in self._taken]

    def _wider(self, kind: RowKind, seen: Cells) -> list[MachineRow]:
        """Free rows of which the words hold the others', or are held by them."""
        quote = fold(seen.get("quote", ""))
        free = self._free(self._by_document[kind, seen.get("doc_id", "")])
        return [row for row in free if _overlap(fold(row.cells.get("quote", "")), quote)]

    def _shift(self, seen: Cells) -> int:
        """How far the nearest row that was found has moved."""
        shifts, start = self._shifts.get(seen.get("doc_id", ""), []), start_of(seen)
        place = bisect(shifts, (start, 0))
        near = shifts[max(0, place - 1) : place + 1]
        return min(near, key=lambda pair: abs(pair[0] - start))[1] if near else 0


def _words_of(kind: RowKind, cells: Cells) -> tuple[str, str, str]:
    return kind, cells.get("doc_id", ""), fold(cells.get("quote", ""))


def _overlap(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)


def find_words(text: str, quote: str, expected: int) -> tuple[int, int] | None:
    """Where a quote stands in a text, white space and hyphens set aside; the occurrence nearest to ``expected``."""
    letters = [re.escape(letter) for letter in _LOOSE.sub("", quote)]
    if not letters:
        return None
    places = list(_occurrences(text, quote)) or [
        found.span() for found in re.finditer(r"[\s\u00ad\u2010-\u2015-]*".join(letters), text, re.IGNORECASE)
    ]
    return min(places, key=lambda place: (abs(place[0] - expected), place[0]), default=None)


def _occurrences(text: str, quote: str) -> Iterator[tuple[int, int]]:
    at = text.find(quote)
    while at >= 0:
        yield at, at + len(quote)
        at = text.find(quote, at + 1)
