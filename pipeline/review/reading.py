"""The desk: on the left the page or the text, on the right the row and its neighbours."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.ledger import Decision
from pipeline.ledger.standing import may_be_undone
from pipeline.review.book import Book, Sheet, Standing
from pipeline.review.comparing import apart
from pipeline.review.desk import Desk, desk_of
from pipeline.review.filters import Filter
from pipeline.review.form import Choice, Filling, form_of, moves_of, place_of
from pipeline.review.paper import Marked, paper_of
from pipeline.review.rundir import KINDS, Report
from pipeline.review.timeline import Chart, chart_of, placed

_FOR_A_DAY = {"Cache-Control": "private, max-age=86400"}
_DONE = ("accept", "edit", "reject", "add", "split", "merge", "move", "undo", "comment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a page says beside the row: a conflict, problems, and what a reader had typed."""

    given: Mapping[str, str]
    problems: Mapping[str, str]
    rival: Decision | None = None
    said: str = ""
    comment: str = ""
    status: HTTPStatus = HTTPStatus.OK


NO_ANSWER = Answer(given={}, problems={})


def row(request: Request) -> Response:
    """A row beside its page."""
    return show_row(request, request.path_params["key"], NO_ANSWER)


def document(request: Request) -> Response:
    """A document, at its first row."""
    desk = desk_of(request)
    report = report_of(desk, request)
    book, _ = desk.books(desk.reading_of(request))
    sheet_of = book.sheets[report.doc_id]
    if sheet_of.facts:
        return show_row(request, sheet_of.facts[0].key, NO_ANSWER)
    return RedirectResponse(f"/document/{report.key}/add", HTTPStatus.SEE_OTHER)


def show_row(request: Request, key: str, answer: Answer) -> Response:
    """The desk with a row, and what there is to say of it."""
    desk = desk_of(request)
    book, queue = desk.books(desk.reading_of(request))
    standing = book.rows.get(key)
    if standing is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such row in this run.")
    sheet = book.sheets[standing.cells["doc_id"]]
    asked = Filter.read(request.query_params)
    before, after, place = queue.neighbours(asked, key)
    targets = _targets(sheet, standing)
    filling = Filling(stands=standing.cells, machine=standing.row.machine, given=answer.given, problems=answer.problems)
    told = {
        "standing": standing,
        "report": sheet.report,
        "sheet": sheet,
        "groups": groups_of(sheet),
        "chart": chart_for(sheet, standing),
        "version": book.version,
        "form": form_of(standing.kind, sheet, filling),
        "chain": sheet.chains.get(key, ()),
        "undoable": may_be_undone(sheet.chains.get(key, ())),
        "mode": _mode(request, standing.kind, targets),
        "targets": targets,
        "place_now": place_of(standing.cells),
        "asked": asked,
        "before": before,
        "after": after,
        "place": place + 1,
        "found": len(queue.rows(asked)),
        "paper": paper_of(desk, sheet.report, Marked.of(standing), request.query_params),
        "answer": answer,
        "apart": apart(desk, key) if asked.settle and not desk.options.blind else [],
        "done": done_of(book, request),
    }
    return desk.page(request, "row.html", told, answer.status)


def done_of(book: Book, request: Request) -> tuple[str, Standing | None] | None:
    """What was just decided, and on which row, as the address tells it; None where it tells of nothing."""
    what = request.query_params.get("done", "")
    return (what, book.rows.get(request.query_params.get("was", ""))) if what in _DONE else None


def chart_for(sheet: Sheet, standing: Standing) -> Chart | None:
    """The course of the patient that a row is about; None where it is about none."""
    case_id = standing.key if standing.kind == "case" else standing.cells["case_id"]
    rows = placed(sheet, case_id) if case_id else []
    return chart_of(rows) if rows else None


def timeline(request: Request) -> Response:
    """The course of the patient that a row is about, alone; nothing where it is as the reader has seen it."""
    desk = desk_of(request)
    book, _ = desk.books(desk.reading_of(request))
    standing = book.rows.get(request.path_params["key"])
    chart = chart_for(book.sheets[standing.cells["doc_id"]], standing) if standing else None
    if standing is None or chart is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such course in this run.")
    if request.query_params.get("version") == str(book.version):
        return Response(status_code=HTTPStatus.NO_CONTENT)
    told = {"chart": chart, "standing": standing, "asked": Filter.read(request.query_params), "version": book.version}
    return desk.page(request, "timeline.html", told)


def sheet(request: Request) -> Response:
    """The left side alone: another page, the text instead of the page, the marks of another row."""
    desk = desk_of(request)
    report = report_of(desk, request)
    book, _ = desk.books(desk.reading_of(request))
    standing = book.rows.get(request.query_params.get("row", ""))
    own = standing is not None and standing.cells["doc_id"] == report.doc_id
    marked = Marked.of(standing) if standing and own else Marked.chosen(request.query_params)
    told = {"paper": paper_of(desk, report, marked, request.query_params), "report": report}
    return desk.page(request, "paper.html", told)


def picture(request: Request) -> Response:
    """A page of a PDF."""
    desk = desk_of(request)
    drawn = desk.pages.picture(report_of(desk, request), request.path_params["number"])
    if not drawn:
        raise HTTPException(HTTPStatus.NOT_FOUND, "This page cannot be drawn.")
    return Response(drawn, media_type="image/png", headers=_FOR_A_DAY)


def report_of(desk: Desk, request: Request) -> Report:
    """The document that an address names."""
    report = desk.run.by_key.get(request.path_params["document"])
    if report is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such document in this run.")
    return report


def groups_of(sheet: Sheet) -> list[tuple[Standing | None, list[tuple[str, list[Standing]]]]]:
    """The document's rows by patient, those about nobody it reports last, and within by kind."""
    cases: list[Standing | None] = [*sheet.cases, None]
    known = {case.key for case in sheet.cases}
    order = list(KINDS)
    found = []
    for case in cases:
        own = [r for r in sheet.facts if (r.cells["case_id"] == case.key if case else r.cells["case_id"] not in known)]
        if own or case:
            ordered = sorted(own, key=lambda r: order.index(r.kind))
            found.append((case, [(kind, list(rows)) for kind, rows in groupby(ordered, key=lambda r: r.kind)]))
    return found


def _targets(sheet: Sheet, standing: Standing) -> dict[str, tuple[Choice, ...]]:
    """What a row can be merged into and moved to; a patient is neither merged nor moved."""
    if standing.kind == "case":
        return {"merge": (), "move": ()}
    moves, here = moves_of(sheet, standing.cells), place_of(standing.cells)
    if here not in {one.value for one in moves}:
        moves = (Choice(value="", label="–"), *moves)
    merges = (Choice(value=one.key, label=one.summary) for one in sheet.facts if _fits(one, standing))
    return {"merge": tuple(merges), "move": moves if any(one.value not in ("", here) for one in moves) else ()}


def _mode(request: Request, kind: str, targets: Mapping[str, tuple[Choice, ...]]) -> str:
    """What the page asks for instead of a judgement; nothing where the row cannot be treated so."""
    asked = request.query_params.get("mode", "")
    if asked in targets:
        return asked if targets[asked] else ""
    return asked if asked == "split" and kind != "case" else ""


def _fits(one: Standing, other: Standing) -> bool:
    return one.kind == other.kind and one.key != other.key and one.row.status != "rejected"
