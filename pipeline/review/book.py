"""The rows as they stand: the run's, with the ledger's decisions replayed over them, kept up to date.

Decisions are replayed document by document, and only where there are new ones, so that a page of a run with ten
thousand rows costs no more than the rows that it shows.
"""

import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.ledger import CuratedRow, Decision, MachineRow, Reading, Unfit, replay
from pipeline.ledger.decision import SETTLING
from pipeline.ledger.ledger import Ledger
from pipeline.ledger.standing import may_be_undone
from pipeline.review.rundir import KINDS, Report, RunDirectory
from pipeline.review.sentences import sentence_of

_UNFLAGGED = 1_000_000.0  # ranks of rows that nothing is the matter with come after all others


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A row as it stands, with what the queue says of it.

    Attributes:
        row: the row.
        rank: the smaller, the sooner it is to be looked at.
        seen: number of the last decision on it, 0 for none.
        flags: why it is to be looked at.
        reason, suggestion: the same as a sentence, and what to do.
        summary: the row as one sentence.
        words: what a search looks through, in lower case.
    """

    row: CuratedRow
    rank: float
    seen: int
    flags: tuple[str, ...]
    reason: str
    suggestion: str
    summary: str
    words: str

    @property
    def key(self) -> str:
        """Its ``evidence_id``; of a case its ``case_id``."""
        return self.row.key

    @property
    def kind(self) -> str:
        """What kind of row it is."""
        return self.row.kind

    @property
    def cells(self) -> Mapping[str, str]:
        """Its cells."""
        return self.row.cells

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided on it."""
        return self.row.status == "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All rows of a document as they stand: facts in the order of their quotes, cases, and the decisions."""

    report: Report
    facts: tuple[Standing, ...]
    cases: tuple[Standing, ...]
    unfit: tuple[Unfit, ...]
    chains: Mapping[str, tuple[Decision, ...]]


class Book:
    """The rows as a reader of one reading sees them.

    Args:
        run: the run directory.
        ledger: where decisions are kept.
        reading: whose decisions are seen: those of this reading and those that settle; to settle, all.
    """

    def __init__(self, run: RunDirectory, ledger: Ledger, reading: Reading = 1) -> None:
        self.run, self.ledger, self.reading = run, ledger, reading
        self.lock = threading.RLock()  # held by whoever reads more than one thing of it
        self._seen = 0
        self._decisions: dict[str, list[Decision]] = defaultdict(list)
        self._machine = _machine_rows(run)
        self.version = 0  # changes with every decision
        self.shape = 0  # changes where rows come or go
        self.sheets: dict[str, Sheet] = {}
        self.rows: dict[str, Standing] = {}
        self.order: list[Standing] = []
        self.places: dict[str, int] = {}
        self._replay(list(run.reports))
        self.refresh()

    def refresh(self) -> None:
        """Take in what has been decided since the last time, by whomever."""
        with self.lock:
            new = self.ledger.decisions(since=self._seen)
            if not new:
                return
            self._seen = new[-1].number
            for decision in new:
                if self.reading == SETTLING or decision.reading in (SETTLING, self.reading):
                    self._decisions[decision.doc_id].append(decision)
            self._replay([name for name in dict.fromkeys(one.doc_id for one in new) if name in self.run.reports])

    def as_of(self, standing: Standing, number: int) -> Mapping[str, str]:
        """The row's cells as they stood when the decision ``number`` was the last one on it."""
        if number == standing.seen:
            return standing.cells
        name = standing.cells["doc_id"]
        earlier = [one for one in self._decisions[name] if one.number <= number]
        found = replay(self._machine.get(name, ()), earlier).rows
        return next((row.cells for row in found if row.key == standing.key), standing.cells)

    def latest_of(self, curator: str) -> Decision | None:
        """The last decision of a curator that can be taken back."""
        own = (one for chain in self._decisions.values() for one in chain if one.curator == curator)
        for decision in sorted(own, key=lambda one: -one.number):
            chain = [one for one in self._decisions[decision.doc_id] if one.evidence_id == decision.evidence_id]
            if decision.action not in ("undo", "comment") and decision.number in may_be_undone(chain):
                return decision
        return None

    def decided(self) -> list[Decision]:
        """All decisions that this reading sees."""
        return [one for decisions in self._decisions.values() for one in decisions]

    def machine(self, doc_id: str) -> Sequence[MachineRow]:
        """A document's rows as the run made them."""
        return self._machine.get(doc_id, ())

    def stray(self) -> tuple[Decision, ...]:
        """Decisions on documents that the run does not hold."""
        return tuple(
            one for name, decisions in self._decisions.items() if name not in self.run.reports for one in decisions
        )

    def _replay(self, documents: Sequence[str]) -> None:
        """Replay the decisions on these documents; the order is made anew only where rows came or went."""
        changed = False
        for name in documents:
            old = self.sheets.get(name)
            self.sheets[name] = sheet = self._sheet(self.run.reports[name])
            gone = {one.key for one in (*old.facts, *old.cases)} if old else set()
            now = {one.key: one for one in (*sheet.facts, *sheet.cases)}
            changed |= gone != now.keys()
            for key in gone - now.keys():
                del self.rows[key]
            self.rows.update(now)
            if not changed:
                for one in sheet.facts:
                    self.order[self.places[one.key]] = one
        if changed:
            facts = (standing for sheet in self.sheets.values() for standing in sheet.facts)
            self.order = sorted(facts, key=lambda standing: standing.rank)
            self.places = {standing.key: place for place, standing in enumerate(self.order)}
            self.shape += 1
        self.version += 1

    def _sheet(self, report: Report) -> Sheet:
        decisions = self._decisions.get(report.doc_id, [])
        texts = {report.doc_id: self.run.text(report)} if decisions else None
        curated = replay(self._machine.get(report.doc_id, ()), decisions, texts)
        chains: dict[str, list[Decision]] = defaultdict(list)
        for decision in decisions:
            chains[decision.evidence_id].append(decision)
        rows = [self._standing(row, chains.get(row.key, ())) for row in curated.rows]
        facts = sorted((row for row in rows if row.kind != "case"), key=lambda row: int(row.cells.get("start") or 0))
        return Sheet(
            report=report,
            facts=tuple(facts),
            cases=tuple(row for row in rows if row.kind == "case"),
            unfit=curated.unfit,
            chains={key: tuple(chain) for key, chain in chains.items()},
        )

    def _standing(self, row: CuratedRow, chain: Sequence[Decision]) -> Standing:
        queued = self.run.queue.get(row.key, {})
        confidence = float(row.cells.get("confidence") or 1)
        told = self.run.summaries.get(row.key, "")
        summary = sentence_of(row.kind, row.cells) if row.machine or not told else told
        said = (summary, row.cells.get("quote", ""), row.cells.get("doc_id", ""), row.key)
        return Standing(
            row=row,
            rank=float(queued["priority"]) if queued else _UNFLAGGED + confidence,
            seen=max((one.number for one in chain), default=0),
            flags=tuple(flag for flag in row.cells.get("flags", "").split(";") if flag),
            reason=queued.get("reason", ""),
            suggestion=queued.get("suggestion", ""),
            summary=summary,
            words="\n".join(said).casefold(),
        )


def _machine_rows(run: RunDirectory) -> dict[str, list[MachineRow]]:
    """The run's rows by document, patients before their facts."""
    found: dict[str, list[MachineRow]] = defaultdict(list)
    for report in run.reports.values():
        found[report.doc_id] += [MachineRow(kind="case", cells=case) for case in report.cases]
    for kind, cells in run.facts.values():
        assert kind in KINDS
        found[cells["doc_id"]].append(MachineRow(kind=kind, cells=cells))  # type: ignore[arg-type]
    return found
