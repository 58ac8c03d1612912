"""All lexicons of the folder in one place, looked up by folded name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.datamodel.vocabulary import MentionLabel
from pipeline.lexicon.entries import MATCH_BITS, MATCHES, DoseRange, Entry, LabGrade, Match
from pipeline.lexicon.folding import fold


@dataclass(frozen=True)
class Lexicons:
    """The compiled lexicons, read-only.

    Attributes:
        heads: first folded word of the names -> the most words that a name with this first word has.
        names: folded name -> what it may stand for: entry numbers with the match rule in the last bits, one or several.
        rows: the entries' fields, in :class:`Entry`'s order.
        spellings: folded name -> its spellings, for names that count only when written so.
        spelled: such a spelling -> the entries that it stands for.
        tables: rows of the reference tables (``ctcae``, ``lab_grades``, ``dose_ranges``).
        versions: lexicon -> version, source and licence as its header states them.
        digest: hash of all files, part of the key of cached results.
    """

    heads: Mapping[str, int]
    names: Mapping[str, int | tuple[int, ...]]
    rows: tuple[tuple[Any, ...], ...]
    spellings: Mapping[str, tuple[str, ...]]
    spelled: Mapping[str, tuple[int, ...]]
    tables: Mapping[str, tuple[tuple[Any, ...], ...]]
    versions: Mapping[str, Mapping[str, str]]
    digest: str

    def candidates(self, key: str) -> Iterator[tuple[Entry, Match]]:
        """What a folded name may stand for, in the order of the lexicons."""
        hits = self.names.get(key)
        if hits is None:
            return
        for hit in (hits,) if isinstance(hits, int) else hits:
            yield self.entry(hit >> MATCH_BITS), MATCHES[hit & (1 << MATCH_BITS) - 1]

    def entry(self, number: int) -> Entry:
        """The entry with that number; made when it is first asked for."""
        entry = self._entries.get(number)
        if entry is None:
            entry = self._entries[number] = self._made(number)
        return entry

    @cached_property
    def _entries(self) -> dict[int, Entry]:
        return {}

    def _made(self, number: int) -> Entry:
        label, lexicon, name, code, kind, parts, ctcae_term, soc, si_unit = self.rows[number]
        return Entry(
            label=label,
            lexicon=lexicon,
            name=name,
            code=code,
            kind=kind,
            parts=parts,
            ctcae_term=ctcae_term,
            soc=soc,
            si_unit=si_unit,
        )

    def find(self, name: str, *labels: MentionLabel) -> Entry | None:
        """The first entry with one of ``labels`` (any, if none is given) that ``name`` stands for."""
        key = fold(name)
        found = [(entry, match) for entry, match in self.candidates(key) if not labels or entry.label in labels]
        # `tetracycline` has the key of `tetracyclines`, which counts letter by letter only; `Tg` has that of `TG`.
        own = [self.entry(number) for number in self.spelled.get(name, ())]
        spelled = [entry for entry, match in found if match != "exact" or entry in own]
        return spelled[0] if spelled else found[0][0] if found else None

    @cached_property
    def ctcae(self) -> Mapping[str, tuple[str, str]]:
        """Folded CTCAE v5 term -> term (lower case) and SOC."""
        return {fold(term): (term, soc) for version, term, soc in self.tables["ctcae"] if version == "5"}

    @cached_property
    def lab_grades(self) -> Mapping[tuple[str, str], tuple[LabGrade, ...]]:
        """(CTCAE version, analyte) -> its thresholds, most severe first."""
        found: dict[tuple[str, str], list[LabGrade]] = {}
        for version, term, analyte, direction, grade, limit, unit, relative, inclusive in self.tables["lab_grades"]:
            threshold = LabGrade(
                version=version,
                term=term,
                analyte=analyte,
                direction=direction,
                grade=int(grade),
                limit=float(limit),
                unit=unit,
                relative=relative,
                inclusive=inclusive == "1",
            )
            found.setdefault((version, analyte), []).append(threshold)
        return {key: tuple(sorted(rows, key=lambda row: -row.grade)) for key, rows in found.items()}

    @cached_property
    def dose_ranges(self) -> Mapping[str, tuple[DoseRange, ...]]:
        """Preferred name of a drug -> what it is usually given at, by route and unit."""
        found: dict[str, list[DoseRange]] = {}
        for name, route, unit, low, high, per in self.tables["dose_ranges"]:
            usual = DoseRange(name=name, route=route, unit=unit, low=float(low), high=float(high), per=per)
            found.setdefault(name, []).append(usual)
        return {name: tuple(rows) for name, rows in found.items()}

    def grade(self, analyte: str, value: float, unit: str, version: str = "5") -> LabGrade | None:
        """The most severe threshold that ``value`` passes, of those that state a number in ``unit``.

        Thresholds that are multiples of a reference limit need the laboratory's range and are left out.
        """
        for row in self.lab_grades.get((version, analyte), ()):
            if row.relative or row.unit != unit:
                continue
            beyond = value < row.limit if row.direction == "low" else value > row.limit
            if beyond or (row.inclusive and value == row.limit):
                return row
        return None
