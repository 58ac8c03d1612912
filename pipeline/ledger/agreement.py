"""How far two readers agree, field by field, and what is left to settle.

Percent is the share of rows that both say alike; Cohen's kappa takes out what chance alone would give.
Source: Cohen J. A coefficient of agreement for nominal scales. Educ Psychol Meas 1960;20:37-46.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.ledger.decision import SETTLING, Decision, RowKind
from pipeline.ledger.fitting import MachineRow, columns
from pipeline.ledger.replay import CuratedRow, replay
from pipeline.ledger.standing import standing

ROW = "row"
"""The field that says whether a row is kept at all."""

_KEPT, _ABSENT = "kept", "absent"
_POINTERS = ("case_id", "regimen_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAgreement:
    """One column of one kind of row; ``field`` is ``row`` for whether it is kept, kept otherwise or not at all.

    ``kappa`` is None where both readers said the same one thing throughout, so that chance explains all.
    """

    kind: RowKind
    field: str
    rows: int
    agreed: int
    kappa: float | None

    @property
    def percent(self) -> float:
        """The share of rows that both say alike, 0 to 100."""
        return 100 * self.agreed / self.rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A cell that two readers leave differently. ``settled``: somebody has decided between them."""

    doc_id: str
    evidence_id: str
    kind: RowKind
    field: str
    first: str
    second: str
    first_curator: str
    second_curator: str
    quote: str
    settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What two readings have in common.

    Attributes:
        fields: in the order of the kinds and columns.
        disagreements: in the order of the rows.
        both: rows that both have decided on.
        waiting: rows that only one of them has decided on yet.
    """

    fields: tuple[FieldAgreement, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    both: int = 0
    waiting: int = 0

    @property
    def to_settle(self) -> tuple[Disagreement, ...]:
        """The disagreements that nobody has settled."""
        return tuple(one for one in self.disagreements if not one.settled)


@dataclass(slots=True)
class _Pairs:
    """What both said, by kind and field."""

    said: dict[tuple[RowKind, str], list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    apart: list[Disagreement] = field(default_factory=list)


def agreement(
    rows: Sequence[MachineRow], decisions: Iterable[Decision], texts: Mapping[str, str] | None = None
) -> Agreement:
    """Compare the first with the second reading.

    A row counts where both have decided on it. A row that one reader added counts where the other has decided on any
    row of the document: as absent.

    Args:
        rows: as the machine made them, whole documents.
        decisions: of both readings, and those that settle.
        texts: as for :func:`pipeline.ledger.replay.replay`.
    """
    made = list(decisions)
    settled = {one.evidence_id for one in standing(made) if one.reading == SETTLING}
    first, second = (_decided(rows, [one for one in made if one.reading == reading], texts) for reading in (1, 2))
    documents = [{row.cells["doc_id"] for row in reading.values()} for reading in (first, second)]
    pairs, both, waiting = _Pairs(), 0, 0
    for key in {**first, **second}:
        mine, theirs = first.get(key), second.get(key)
        one = mine or theirs
        assert one is not None
        if mine is None or theirs is None:
            other = documents[1 if theirs is None else 0]
            if not (one.added and one.cells["doc_id"] in other):
                waiting += 1
                continue
        else:
            both += 1
        _compare(pairs, one, (mine, theirs), settled)
    fields = tuple(_measured(kind, name, said) for (kind, name), said in sorted(pairs.said.items()))
    return Agreement(fields=fields, disagreements=tuple(pairs.apart), both=both, waiting=waiting)


def kappa(said: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of pairs of categories; None where chance alone would give full agreement."""
    total = len(said)
    observed = sum(mine == theirs for mine, theirs in said) / total
    ones, others = Counter(mine for mine, _ in said), Counter(theirs for _, theirs in said)
    expected = sum(count * others[name] for name, count in ones.items()) / total**2
    return None if expected >= 1 else (observed - expected) / (1 - expected)


def _decided(
    rows: Sequence[MachineRow], decisions: Sequence[Decision], texts: Mapping[str, str] | None
) -> dict[str, CuratedRow]:
    """The rows that a reader has decided on, as this reader left them."""
    return {row.key: row for row in replay(rows, decisions, texts).rows if row.numbers}


def _compare(
    pairs: _Pairs, one: CuratedRow, readings: tuple[CuratedRow | None, CuratedRow | None], settled: set[str]
) -> None:
    mine, theirs = readings
    cells = {ROW: (_fate(mine), _fate(theirs))}
    if cells[ROW] == (_KEPT, _KEPT):
        assert mine is not None
        assert theirs is not None
        cells |= {name: (mine.cells.get(name, ""), theirs.cells.get(name, "")) for name in _fields(mine, theirs)}
    for name, (said, also) in cells.items():
        pairs.said[one.kind, name].append((said, also))
        if said != also:
            apart = Disagreement(
                doc_id=one.cells["doc_id"],
                evidence_id=one.key,
                kind=one.kind,
                field=name,
                first=said,
                second=also,
                first_curator=mine.curator if mine else "",
                second_curator=theirs.curator if theirs else "",
                quote=one.cells.get("quote", ""),
                settled=one.key in settled,
            )
            pairs.apart.append(apart)


def _fate(row: CuratedRow | None) -> str:
    if row is None:
        return _ABSENT
    return _KEPT if row.status != "rejected" else f"merged into {row.merged_into}" if row.merged_into else "rejected"


def _fields(mine: CuratedRow, theirs: CuratedRow) -> Iterator[str]:
    place = columns()["place"]
    for name in dict.fromkeys((*mine.cells, *theirs.cells)):
        if name not in place or (name in _POINTERS and mine.kind != "case"):
            yield name


def _measured(kind: RowKind, name: str, said: Sequence[tuple[str, str]]) -> FieldAgreement:
    agreed = sum(mine == theirs for mine, theirs in said)
    return FieldAgreement(kind=kind, field=name, rows=len(said), agreed=agreed, kappa=kappa(said))
