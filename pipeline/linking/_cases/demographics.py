"""Age and sex of a patient who stands in a table: a row or a column a patient, with heads of age and sex."""

from dataclasses import dataclass

from pipeline.datamodel import Cell, Document, Table
from pipeline.datamodel.vocabulary import Sex
from pipeline.linking.attribution import Attributions
from pipeline.linking.cues import load_cues

_MONTHS = 12
_OLDEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabled:
    """What the tables say of a patient: age in years and sex, as far as they do."""

    age_years: float | None = None
    sex: Sex = "unknown"


def tabled(document: Document, attributions: Attributions, number: int) -> Tabled:
    """Age and sex in the cells that are patient ``number``'s alone."""
    age: float | None = None
    sex: Sex = "unknown"
    for table in document.tables:
        for cell in table.cells:
            head = _head(document, table, cell)
            if not head or attributions.of(cell).cases != (number,):
                continue
            words = document.slice(cell)
            age = age if age is not None else _age(words, head)
            sex = sex if sex != "unknown" else _sex(words)
    return Tabled(age_years=age, sex=sex)


def _head(document: Document, table: Table, cell: Cell) -> str:
    """The header or the row label that calls the cell an age or a sex; empty where none does."""
    first = (document.slice(c) for c in table.cells if c.row == 0 and c.column == cell.column and cell.row > 0)
    for words in (*cell.header, cell.label, *first):
        if load_cues("demographics")["head"].search(words):
            return words
    return ""


def _age(words: str, head: str) -> float | None:
    cues = load_cues("demographics")
    found = cues["age"].search(words)
    if found is None or "age" not in head.casefold():
        return None
    months = cues["months"].search(found["unit"] or "") or (not found["unit"] and cues["months"].search(head))
    years = float(found["n"]) / (_MONTHS if months else 1)
    return round(years, 4) if years <= _OLDEST else None


def _sex(words: str) -> Sex:
    cues = load_cues("demographics")
    if cues["female"].search(words):
        return "female"
    return "male" if cues["male"].search(words) else "unknown"
