"""Rows that the machine has missed: from words that a reader selects or looks for to a filled form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from pipeline.ledger import added_id
from pipeline.review.book import Sheet
from pipeline.review.cells import LONGEST
from pipeline.review.desk import Desk, desk_of
from pipeline.review.filters import Filter
from pipeline.review.form import Filling, columns_of, form_of, wording
from pipeline.review.paper import Marked, paper_of
from pipeline.review.reading import NO_ANSWER, Answer, groups_of, report_of
from pipeline.review.rundir import KINDS, table_of

_MOST_PLACES, _CONTEXT, _LONGEST_SEARCH = 25, 60, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where looked-for words stand: their offsets, and what stands around them."""

    start: int
    end: int
    before: str
    words: str
    after: str


def add(request: Request) -> Response:
    """The form of a new row, or the search for its words."""
    return show_adding(request, NO_ANSWER)


def show_adding(request: Request, answer: Answer) -> Response:
    """The form of a new row, with what there is to say of it."""
    desk = desk_of(request)
    report = report_of(desk, request)
    book, _ = desk.books(desk.reading_of(request))
    sheet = book.sheets[report.doc_id]
    asked = request.query_params
    text = desk.run.text(report)
    marked = chosen_in(text, asked)
    kind = asked.get("kind", "")
    kind = kind if kind in KINDS else ""
    cells = new_row(desk, sheet, kind, marked) if kind and marked.end else {}
    look = asked.get("find", "").strip()[:_LONGEST_SEARCH]
    told = {
        "report": report,
        "sheet": sheet,
        "groups": groups_of(sheet),
        "standing": None,
        "marked": marked,
        "quote": text[marked.start : marked.end],
        "kind": kind,
        "kinds": list(KINDS),
        "form": form_of(kind, sheet, Filling(stands=cells, machine={}, given=answer.given, problems=answer.problems))
        if cells
        else None,
        "look": look,
        "places": places(text, look) if look else [],
        "asked": Filter.read(asked),
        "paper": paper_of(desk, report, marked, {**asked, "at": asked.get("at", str(marked.start))}),
        "answer": answer,
    }
    return desk.page(request, "add.html", told, answer.status)


def chosen_in(text: str, asked: Mapping[str, str]) -> Marked:
    """The words that an address names, without the white space around them; nothing where they are none."""
    given = Marked.chosen(asked)
    end = min(given.end, len(text), given.start + LONGEST)
    words = text[given.start : end]
    if not words.strip():
        return Marked(start=0, end=0)
    start = given.start + len(words) - len(words.lstrip())
    return Marked(start=start, end=start + len(words.strip()))


def new_row(desk: Desk, sheet: Sheet, kind: str, marked: Marked) -> dict[str, str]:
    """The cells of a row that a curator adds at these words: all of its table's columns, most of them empty."""
    report = sheet.report
    quote = desk.run.text(report)[marked.start : marked.end]
    page = desk.pages.page_at(report, marked.start)
    cells: dict[str, str] = {column.name: "" for column in table_of(kind).columns} | wording()["added"]
    cells |= {"doc_id": report.doc_id, "quote": quote, "start": str(marked.start), "end": str(marked.end)}
    cells |= {"page": str(page or ""), wording()["as_written"][kind]: quote if len(quote) <= _CONTEXT else ""}
    near = [row for row in sheet.facts if int(row.cells["start"] or 0) <= marked.start and not row.row.added]
    cells["section"] = near[-1].cells["section"] if near else cells["section"]
    told = [row.cells["case_id"] for row in near if row.cells["case_id"]]
    cells["case_id"] = sheet.cases[0].key if len(sheet.cases) == 1 else told[-1] if told else ""
    # What an enum must hold, and the curator is about to choose.
    cells |= {c.name: _resting(c.enum) for c in columns_of(kind)[0] if c.required and c.enum and not cells[c.name]}
    return cells


def named(kind: str, cells: Mapping[str, str]) -> dict[str, str]:
    """The row with its ``evidence_id``."""
    return {**cells, "evidence_id": added_id(kind, cells)}  # type: ignore[arg-type]


def places(text: str, look: str) -> list[Place]:
    """Where words stand in a text, whatever their case and however they are broken into lines."""
    pattern = re.compile(r"\s+".join(map(re.escape, look.split())), re.IGNORECASE)
    found = []
    for match in pattern.finditer(text):
        start, end = match.span()
        before, after = text[max(start - _CONTEXT, 0) : start], text[end : end + _CONTEXT]
        found.append(Place(start=start, end=end, before=before, words=text[start:end], after=after))
        if len(found) == _MOST_PLACES:
            break
    return found


def _resting(vocabulary: tuple[str, ...]) -> str:
    return next((word for word in vocabulary if word in ("unknown", "not_stated")), vocabulary[0])
