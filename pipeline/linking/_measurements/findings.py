"""Findings of tables: a cell's number, with the analyte of its row or column and the patient or time of the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline import units
from pipeline.datamodel import Cell, Mention, Span, Table
from pipeline.datamodel.values import AnalyteName, Quantity
from pipeline.datamodel.vocabulary import Abnormal, Attribution, Comparator
from pipeline.linking._measurements.labtables import is_range_column, range_of, test_of, unit_of
from pipeline.linking._measurements.ranges import Range, plain_range
from pipeline.linking.cues import load_cues
from pipeline.linking.literature import PUBLISHED
from pipeline.linking.scene import Scene

_NUMBER = re.compile(
    r"\s*(?P<comparator>[<>≤≥]=?)?\s*(?P<low>\d+(?:,\d{3})*(?:[.·]\d+)?)(?:\s*[-–]\s*(?P<high>\d+(?:\.\d+)?))?"
    r"\s*(?P<mark>[*†‡↑↓]|[HL](?![\w/])|[(\[][HL↑↓][)\]])?\s*"
)
_MARK_BEHIND = re.compile(r"\s*(?:(?<=\s)(?<!/\s)|[(\[]\s?|(?=[↑↓]))(?P<mark>[HL↑↓])(?:\s?[)\]])?\s*$")
_COMPARATORS: dict[str, Comparator] = {"<": "<", ">": ">", "≤": "<=", "≥": ">=", "<=": "<=", ">=": ">="}
_MARKS: dict[str, Abnormal] = {"↑": "high", "H": "high", "↓": "low", "L": "low"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A measured value with its analyte.

    Attributes:
        quote: the words that carry analyte and value; ``place`` is the value's own span.
        heads: of a table's cell, the words of its headers and its row label.
        times: of a table's cell, the times that its headers or its label name.
        cases: numbers of the patients; one None for a value of the literature.
        kind: whose value it is.
    """

    analyte: AnalyteName
    analyte_text: str
    quantity: Quantity
    quote: Span
    place: Span
    cases: tuple[int | None, ...]
    rules: tuple[str, ...]
    abnormal: Abnormal | None = None
    heads: str = ""
    times: tuple[Mention, ...] = ()
    kind: Attribution = "patient"


def table_findings(scene: Scene) -> Iterator[Finding]:
    """The values of laboratory tables; of a list of published cases those of the cited, of a table of groups none."""
    for table in scene.document.tables:
        others = load_cues("tables")["not_a_patient"].search(_heading(table))
        for cell in table.cells:
            published = scene.attribution_of(cell).cue == PUBLISHED
            if cell.is_header or (others and not published):
                continue
            finding = _finding(scene, table, cell)
            if finding is not None:
                yield replace(finding, kind="cohort", cases=(None,)) if published else finding


def _heading(table: Table) -> str:
    return " ".join([table.caption, *dict.fromkeys(h for cell in table.cells for h in cell.header)])


def _finding(scene: Scene, table: Table, cell: Cell) -> Finding | None:
    text = scene.document.slice(cell)
    number = _NUMBER.match(text)
    behind = text[number.end() :] if number else ""
    marked = _MARK_BEHIND.search(behind)
    unit, _, aside = (behind[: marked.start()] if marked else behind).partition("(")
    unit, stated = unit.strip(), plain_range(aside.strip().removesuffix(")")) if aside else None
    found = test_of(scene, table, cell)
    if number is None or found is None or is_range_column(cell) or (unit and not units.ucum(unit)):
        return None
    if aside and stated is None:
        return None
    label, mention = found
    if not isinstance(mention.value, AnalyteName):
        return None
    stated = stated or range_of(scene, table, cell, label)
    low = float(number["low"].replace(",", "").replace("·", "."))
    quantity = Quantity(
        low=low,
        high=float(number["high"]) if number["high"] else low,
        unit=(unit and units.ucum(unit)) or unit_of(scene, table, cell, label),
        comparator=_COMPARATORS.get(number["comparator"] or ""),
    )
    if units.conflict(quantity.unit, mention.value.si_unit):
        return None
    return Finding(
        analyte=mention.value,
        analyte_text=mention.text,
        quantity=quantity,
        quote=Span(start=min(label.start, cell.start), end=max(label.end, cell.end)) if label.row == cell.row else cell,
        place=cell,
        cases=scene.cases_of(cell),
        rules=(mention.rule, "link:table_cell"),
        abnormal=_judged(number["mark"] or (marked["mark"] if marked else ""), stated, low),
        heads=_head_words(scene, table, cell),
        times=tuple(m for head in _heads(table, cell) for m in scene.inside(head, "TIME")),
    )


def _judged(mark: str, stated: Range | None, value: float) -> Abnormal | None:
    return _MARKS.get(mark.strip("()[] ")) or (stated.judge(value) if stated else None)


def _heads(table: Table, cell: Cell) -> list[Cell]:
    """The header cells above a cell and the label cells beside it."""
    return [
        other
        for other in table.cells
        if (other.is_header and other.column == cell.column)
        or (not other.is_header and other.row == cell.row and other.column == 0 and other is not cell)
    ]


def _head_words(scene: Scene, table: Table, cell: Cell) -> str:
    """The words over and beside a cell; a first row of times (``Hospital day | 1 | 2 | 5``) counts as one of heads."""
    words = [*cell.header, cell.label]
    first = [other for other in table.cells if other.row == 0 and other.column in (0, cell.column)]
    if cell.row and len(first) == 2 and load_cues("tables")["time_row"].search(scene.document.slice(first[0])):
        words.append(" ".join(scene.document.slice(other) for other in first))
    return " ".join(words)
