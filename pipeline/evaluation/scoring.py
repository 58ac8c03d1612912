"""One document after the other: what is found, missing, extra or wrong."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.evaluation.comparing import KEYS, Row, column_of, fold, is_right, says, slots, spellings, states
from pipeline.evaluation.gold import FACTS, Gold, Wanted, read_gold
from pipeline.evaluation.pairing import best_numbers, case_number, pairings

Tables = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Match:
    """An affirmed row about a patient, or one the gold asks for, and what the gold says of it.

    Attributes:
        wanted: the gold row that it states; None where there is none.
        slots: of those the gold row states, whether the row has them right.
    """

    table: str
    row: Row
    wanted: Wanted | None
    slots: Mapping[str, bool]


@dataclass(slots=True)
class DocumentScore:
    """The counts of one document, by table or question; ``notes`` tells each miss in a line."""

    doc_id: str
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)

    def count(self, group: str, **numbers: int) -> None:
        """Add to a group's counts; a count of 0 stands too."""
        mine = self.counts.setdefault(group, Counter())
        for name, number in numbers.items():
            mine[name] += number


def evaluate(run: Path, gold_folder: Path) -> tuple[DocumentScore, ...]:
    """Compare a run directory with gold, document by document; documents without gold are passed over.

    Raises:
        UsageError: ``run`` is no run directory or ``gold_folder`` holds no readable gold.
    """
    tables = {name: _read(run, name) for name in (*FACTS, "cases", "documents")}
    return tuple(
        _score(gold, {name: [row for row in rows if row["doc_id"] == gold.doc_id] for name, rows in tables.items()})
        for gold in read_gold(gold_folder)
    )


def _read(run: Path, name: str) -> list[Row]:
    path = run / f"{name}.csv"
    if not path.is_file():
        raise UsageError(f"{run} is no run directory: there is no {path.name}; make one with casebook run")
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding="utf-8", newline="") as file:
        # What a curator rejected is no row (casebook apply).
        return [row for row in csv.DictReader(file) if row.get("review_status") != "rejected"]


def _score(gold: Gold, tables: Tables) -> DocumentScore:
    score = DocumentScore(gold.doc_id)
    if not tables["documents"]:
        score.notes.append("missing  the document itself")
    _facts(score, gold, tables)
    for attribution, wanted in gold.others.items():
        _others(score, attribution, wanted, tables)
    _traps(score, gold)
    _flags(score, gold, tables)
    _document(score, gold, tables)
    return score


def _facts(score: DocumentScore, gold: Gold, tables: Tables) -> None:
    patients = {name: [row for row in tables[name] if row["attribution"] == "patient"] for name in FACTS}
    numbers = best_numbers(patients, gold)
    for table in FACTS:
        score.count(table, found=0, extra=0, missing=0, slots_right=0, slots=0)
        for pairing in pairings(table, patients[table], gold.rows[table], numbers):
            wanted = {i: pairing.wanted[j] for i, j in pairing.pairs}
            hit = {j for _, j in pairing.pairs}
            for i, row in enumerate(pairing.rows):
                _row(score, table, row, wanted.get(i))
            for j, want in enumerate(pairing.wanted):
                if j not in hit and not want.get("optional"):
                    score.count(table, missing=1, slots=len(slots(table, want)))
                    score.notes.append(f"missing  {table} {_told(table, want)}")


def _row(score: DocumentScore, table: str, row: Row, want: Wanted | None) -> None:
    """A row that is right in some slots, or that the gold does not know."""
    judged = {slot: is_right(table, row, slot, cell) for slot, cell in slots(table, want).items()} if want else {}
    score.matches.append(Match(table, row, want, judged))
    if want is None:
        if row["assertion"] == "affirmed":
            score.count(table, extra=1)
            score.notes.append(f"extra    {table} {_shown(table, row)}")
        return
    score.count(table, found=not want.get("optional"), slots_right=sum(judged.values()), slots=len(judged))
    score.notes += [
        f"wrong    {table} {_told(table, want)}: {slot} is {row.get(column_of(table, slot)) or None!r}, "
        f"want {want[slot]!r}"
        for slot, right in judged.items()
        if not right
    ]


def _others(score: DocumentScore, attribution: str, wanted: Sequence[Wanted], tables: Tables) -> None:
    """Rows about groups and advice: the gold names the telling ones, so that only what is missing counts."""
    score.count(attribution, found=0, wanted=len(wanted))
    for want in wanted:
        table = want["table"]
        asked = {slot: cell for slot, cell in slots(table, want).items() if slot != "therapy"}
        asked |= {"value": want["value"]} if "value" in want else {}
        if any(
            states(table, row, want) and all(is_right(table, row, slot, cell) for slot, cell in asked.items())
            for row in tables[table]
            if row["attribution"] == attribution
        ):
            score.count(attribution, found=1)
        else:
            score.notes.append(f"missing  {attribution} {dict(want)}")


def _traps(score: DocumentScore, gold: Gold) -> None:
    """A trap is sprung by an extra row whose quote runs over its words."""
    extra = [m.row for m in score.matches if m.wanted is None and m.row["assertion"] == "affirmed"]
    score.count("traps", sprung=0, set=len(gold.traps))
    for trap in gold.traps:
        row = next((row for row in extra if fold(trap["quote"]) in fold(row["quote"])), None)
        if row is not None:
            score.count("traps", sprung=1)
            score.notes.append(f"trap     {trap['why']}: {row['evidence_id']} ({row['quote']!r})")


def _flags(score: DocumentScore, gold: Gold, tables: Tables) -> None:
    raised = {flag for name in FACTS for row in tables[name] for flag in row["flags"].split(";")}
    score.count("flags", raised=sum(flag in raised for flag in gold.flags), wanted=len(gold.flags))
    score.notes += [f"unflagged {flag}" for flag in gold.flags if flag not in raised]


def _document(score: DocumentScore, gold: Gold, tables: Tables) -> None:
    kinds = [row["doc_type"] for row in tables["documents"][-1:]]
    score.count("doc_type", right=bool(kinds) and fold(kinds[0]) in spellings(gold.doc_type), wanted=1)
    found = {case_number(row): row for row in reversed(tables["cases"])}
    score.count("case_number", right=len(tables["cases"]) == len(gold.cases), wanted=1)
    score.count("case_slots", right=0, wanted=0)
    for case in gold.cases:
        row = found.get(case["case"], {})
        for slot, want, cell in _case_slots(case, row):
            right = says(cell, want)
            score.count("case_slots", right=right, wanted=1)
            if not right:
                score.notes.append(f"wrong    case {case['case']}: {slot} is {cell or None!r}, want {want!r}")


def _case_slots(case: Wanted, row: Row) -> Iterator[tuple[str, object, str]]:
    for slot, want in case.items():
        if slot not in ("case", "label"):
            yield slot, want, row.get(column_of("cases", slot), "")


def _told(table: str, want: Wanted) -> str:
    if table == "responses":
        return f"case {want['case']} {want.get('therapy', '')} -> {want.get('category')} ({want.get('quote', '')})"
    value = f" = {want['value']}" if "value" in want else ""
    return f"case {want['case']} {want[KEYS[table]]}{value}"


def _shown(table: str, row: Row) -> str:
    if table == "responses":
        return f"{row['case_id']} {row['therapies'] or None} -> {row['category']} ({row['quote']!r})"
    value = f" = {row['value_low']}" if table == "measurements" else ""
    return f"{row['case_id']} {row[KEYS[table]]}{value} ({row['quote']!r})"
