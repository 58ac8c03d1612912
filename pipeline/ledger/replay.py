"""Decisions folded over the machine's rows: the tables as the curators left them. Pure: no file, no clock.

A row that a curator accepted or edited keeps the values that were signed, whatever a later run reads there; where it
stands in the text and how it was found is the later run's. What the machine says where it differs stays beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.ledger.decision import Cells, Decision, RowKind
from pipeline.ledger.fitting import Fitter, MachineRow, about, columns, find_words, start_of
from pipeline.ledger.folding import TO_ROW, CuratedRow, folded, read_anew, untouched
from pipeline.ledger.standing import standing
from pipeline.tables import id_of

__all__ = ["Curated", "CuratedRow", "MachineRow", "Unfit", "added_id", "replay"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """A decision that a curator has to look at again. ``kept``: it holds, and the reason says what has changed."""

    decision: Decision
    reason: str
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Curated:
    """The rows as they stand, the machine's in their order, then what curators added; and what no longer fits."""

    rows: tuple[CuratedRow, ...]
    unfit: tuple[Unfit, ...] = ()


def replay(
    rows: Sequence[MachineRow], decisions: Iterable[Decision], texts: Mapping[str, str] | None = None
) -> Curated:
    """Apply the decisions that stand.

    Args:
        rows: of one document, of several, or of a whole run, cases among them.
        decisions: of these documents, in any order. For a reader of a blind double review: its own and the settling.
        texts: by ``doc_id``; where given, words that curators selected are found again in a text that has changed.
    """
    return _Replay(rows, decisions, texts or {}).go()


def added_id(kind: RowKind, cells: Cells) -> str:
    """The ``evidence_id`` of a row that a curator adds: the same words and values give the same id."""
    if kind == "case":
        return cells["case_id"]
    where = (cells.get(name, "") for name in ("doc_id", "case_id", "start", "end"))
    return id_of(kind, ("added", kind, *where, *about(kind, cells)))


class _Replay:
    def __init__(self, rows: Sequence[MachineRow], decisions: Iterable[Decision], texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._chains: dict[str, list[Decision]] = defaultdict(list)
        for one in standing(decisions):
            self._chains[one.evidence_id].append(one)
        self._fitter = Fitter(rows, self._chains)
        self._rows = {row.key: untouched(row) for row in rows}
        self._today: dict[str, str] = {}  # a key when it was decided on -> today's
        self._unfit: list[Unfit] = []

    def go(self) -> Curated:
        lost = {}
        for key, chain in self._chains.items():
            row = self._fitter.by_key(key)
            if row is not None and _is_same(row, chain[0]):
                self._decide(row, chain)
            else:
                lost[key] = chain
        new = {key: chain for key, chain in lost.items() if chain[0].action in ("add", "split")}
        old = [chain for key, chain in lost.items() if key not in new]
        still = [chain for chain in old if not self._find(chain)]
        for chain in still:
            if not self._find(chain, loosely=True):
                self._refuse_lost(chain)
        for key, chain in new.items():
            self._add(key, chain)
        for key, chain in self._chains.items():
            self._point(key, chain)
        unfit = sorted(self._unfit, key=lambda one: one.decision.number)
        return Curated(rows=tuple(self._rows.values()), unfit=tuple(unfit))

    def _refuse(self, chain: Iterable[Decision], reason: str) -> None:
        self._unfit += [Unfit(decision=one, reason=reason) for one in chain]

    def _find(self, chain: Sequence[Decision], loosely: bool = False) -> bool:
        first = chain[0]
        decided = dict(first.before)
        for one in chain:
            decided |= one.changes
        row = self._fitter.by_words(first.kind, first.before, decided, loosely)
        if row is not None:
            self._decide(row, chain)
        return row is not None

    def _refuse_lost(self, chain: Sequence[Decision]) -> None:
        """List what fits no free row; not what was decided again since, on the row under its new id."""
        first, last = chain[0], chain[-1]
        for row in self._fitter.with_words(first.kind, first.before):
            again = self._chains.get(row.key)
            if again and again[0].number > last.number:
                return
        is_gone = chain[-1].action in ("reject", "merge")
        self._refuse(chain, "the machine no longer reads the row" if is_gone else "no row states this with these words")

    def _decide(self, row: MachineRow, chain: Sequence[Decision], base: Cells | None = None) -> None:
        """Fold the decisions over the machine's row."""
        first = chain[0]
        base = first.before if base is None else base
        self._today[first.evidence_id] = row.key
        if base:
            self._fitter.note(base, row.cells)
        made = folded(row, chain, base)
        if made is None:
            self._refuse(chain, "the two readings differ and nobody has settled them")
            return
        self._rows[row.key] = made
        if made.status != "rejected" and (changed := "; ".join(read_anew(row, made, base))):
            self._unfit.append(Unfit(decision=chain[-1], reason=f"the machine reads otherwise: {changed}", kept=True))

    def _add(self, key: str, chain: Sequence[Decision]) -> None:
        """A row that a curator added; where the machine reads it by itself now, that one, signed."""
        first = chain[0]
        place = self._place(first.after)
        if place is None:
            self._refuse(chain, "its words are no longer in the text")
            return
        named = {"case_id": key} if first.kind == "case" else {"evidence_id": key}
        cells = {**_unsaid(first.kind), **first.after, **place, **named}
        learnt = self._fitter.alike(first.kind, cells)
        if learnt is not None:
            self._decide(learnt, chain, first.after)
            return
        if cells.get("quote"):
            cells.setdefault("end", str(start_of(cells) + len(cells["quote"])))
        made = folded(MachineRow(kind=first.kind, cells=cells), chain, first.after)
        if made is None:
            self._refuse(chain, "the two readings differ and nobody has settled them")
            return
        status = made.status if made.status == "rejected" else "edited"
        cells = dict(made.cells) if made.kind == "case" else {**made.cells, "review_status": status}
        self._today[key] = key
        self._rows[key] = replace(made, cells=cells, status=status, machine={}, added=True)

    def _place(self, cells: Cells) -> dict[str, str] | None:
        """Where an added row's words stand today; None where they are gone."""
        text, quote = self._texts.get(cells.get("doc_id", "")), cells.get("quote", "")
        if text is None or not quote:
            return {}
        start = start_of(cells)
        if text[start : start + len(quote)] == quote and self._fitter.expected(cells) == start:
            return {}
        found = find_words(text, quote, self._fitter.expected(cells))
        if found is None:
            return None
        return {"start": str(found[0]), "end": str(found[1]), "quote": text[found[0] : found[1]]}

    def _point(self, key: str, chain: Sequence[Decision]) -> None:
        """Rows that a decision names beside its own are named as they are today."""
        row = self._rows.get(self._today.get(key, ""))
        if row is None or row.status == "auto":
            return
        if row.merged_into:
            target = self._today.get(row.merged_into, row.merged_into)
            self._rows[row.key] = replace(row, merged_into=target)
            if target not in self._rows:
                self._refuse(chain[-1:], "the row that it was merged into is not there")
            return
        moves = [one for one in chain if one.number in row.numbers and one.after.get(TO_ROW)]
        if moves:
            named = moves[-1].after[TO_ROW]
            target_row = self._rows.get(self._today.get(named, named))
            if target_row is None:
                self._refuse(moves[-1:], "the regimen that it was moved to is not there")
                return
            moved = {name: target_row.cells.get(name, "") for name in ("case_id", "regimen_id") if name in row.cells}
            machine = {name: cell for name, cell in row.machine.items() if moved.get(name) != cell}
            self._rows[row.key] = replace(row, cells={**row.cells, **moved}, machine=machine)


def _unsaid(kind: RowKind) -> dict[str, str]:
    """What an added row says where the curator said nothing."""
    return {} if kind == "case" else {**columns()["added"], **columns()["added_kind"].get(kind, {})}


def _is_same(row: MachineRow, first: Decision) -> bool:
    """Whether the id still is that of what was decided on: a patient's is only a number."""
    if row.kind != "case" or not first.before:
        return True
    told = [(first.before.get(name, ""), row.cells.get(name, "")) for name in ("case_label", "age_years", "sex")]
    known = [then == now for then, now in told if then and now]
    return not known or any(known)
