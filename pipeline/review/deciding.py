"""Decisions: what a form asks for becomes a decision in the ledger, or a page that says why not."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.errors import UsageError
from pipeline.ledger import Decision
from pipeline.ledger.ledger import Stale
from pipeline.review.actions import ACTIONS, Asked, RefusalError
from pipeline.review.asked import whole
from pipeline.review.cells import LONGEST
from pipeline.review.desk import Desk, desk_of, now
from pipeline.review.filters import Filter, Queue
from pipeline.review.finding import chosen_in, named, new_row, show_adding
from pipeline.review.form import typed
from pipeline.review.naming import with_codes
from pipeline.review.reading import Answer, report_of, show_row
from pipeline.review.rundir import KINDS
from pipeline.review.session import fit_name

_UNFIT = HTTPStatus.UNPROCESSABLE_ENTITY
_HERE = frozenset({"move", "comment"})
_SHOWN_AFTER = frozenset({"add", "split", "undo"})


def decide(request: Request) -> Response:
    """Make the decision that a row's form asks for."""
    desk = desk_of(request)
    book, queue = desk.books(desk.reading_of(request))
    form: Mapping[str, str] = request.state.form
    key = request.path_params["key"]
    standing = book.rows.get(key)
    if standing is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such row in this run.")
    number = whole(form.get("seen", ""))
    seen = book.as_of(standing, number)
    cells, problems = typed(standing.kind, form)
    changes = with_codes(seen, {name: cell for name, cell in cells.items() if cell != seen.get(name, "")})
    given = {name: cell for name, cell in form.items() if name in problems} | changes
    asked = Asked(standing=standing, book=book, form=form, seen=seen, number=number, changes=changes)
    try:
        if problems:
            raise RefusalError("Some cells cannot stand as they are.", problems)
        make = ACTIONS.get(form.get("action", ""))
        if make is None:
            raise RefusalError("There is no such action.")
        told = {"kind": standing.kind, "before": dict(seen), "comment": asked.comment, **make(asked)}
        decision = _signed(desk, request, standing.cells, **told)
        made = desk.ledger.append(decision, number if decision.evidence_id == standing.key else 0)
    except RefusalError as refused:
        said = Answer(given=given, problems=refused.problems, said=refused.said, status=_UNFIT)
        return show_row(request, key, said)
    except UsageError as error:
        return show_row(request, key, Answer(given=given, problems={}, said=str(error), status=HTTPStatus.CONFLICT))
    except Stale as stale:
        rival = Answer(given=given, problems={}, rival=stale.latest, status=HTTPStatus.CONFLICT)
        return show_row(request, key, rival)
    book.refresh()
    return _onward(request, queue, made)


def undo(request: Request) -> Response:
    """Take back the reader's own last decision."""
    desk = desk_of(request)
    reading = desk.reading_of(request)
    book, queue = desk.books(reading)
    last = book.latest_of(request.state.session.curator)
    if last is None:
        return RedirectResponse("/", HTTPStatus.SEE_OTHER)
    standing = book.rows.get(last.evidence_id)
    number = standing.seen if standing else last.number
    cells = {"doc_id": last.doc_id, "evidence_id": last.evidence_id}
    taken = _signed(desk, request, cells, kind=last.kind, action="undo", undoes=last.number)
    try:
        made = desk.ledger.append(taken, number)
    except (Stale, UsageError):
        return RedirectResponse(f"/row/{quote(last.evidence_id, safe='')}", HTTPStatus.SEE_OTHER)
    book.refresh()
    return _onward(request, queue, made)


def rename(request: Request) -> Response:
    """Take another name for the decisions to come."""
    sessions, session = request.app.state.sessions, request.state.session
    name = fit_name(request.state.form.get("curator", "")) or session.curator
    response = RedirectResponse("/", HTTPStatus.SEE_OTHER)
    response.headers["Set-Cookie"] = sessions.cookie(sessions.renamed(session, name))
    return response


def add(request: Request) -> Response:
    """Keep a row that the machine has missed."""
    desk = desk_of(request)
    report = report_of(desk, request)
    book, queue = desk.books(desk.reading_of(request))
    form, kind = request.state.form, request.query_params.get("kind", "")
    marked = chosen_in(desk.run.text(report), request.query_params)
    if kind not in KINDS or not marked.end:
        return show_adding(request, Answer(given={}, problems={}, said="Choose words and a table.", status=_UNFIT))
    typed_cells, problems = typed(kind, form)
    start = new_row(desk, book.sheets[report.doc_id], kind, marked)
    cells = named(kind, {**start, **with_codes(start, typed_cells)})
    said = "Some cells cannot stand as they are." if problems else ""
    if not problems and cells["evidence_id"] in book.rows:
        said = "There is a row of these words and values already."
    if said:
        given = {**typed_cells, **{name: form[name] for name in problems}}
        return show_adding(request, Answer(given=given, problems=problems, said=said, status=_UNFIT))
    comment = form.get("comment", "").strip()[:LONGEST]
    added = _signed(desk, request, cells, kind=kind, action="add", before={}, after=cells, comment=comment)
    try:
        made = desk.ledger.append(added, 0)
    except Stale as stale:
        return show_adding(request, Answer(given=typed_cells, problems={}, said=str(stale), status=HTTPStatus.CONFLICT))
    book.refresh()
    return _onward(request, queue, made)


def _onward(request: Request, queue: Queue, made: Decision) -> Response:
    """To the next row that is to be looked at, or to the row that was made."""
    asked = Filter.read(request.query_params)
    told = {"done": made.action, "was": made.evidence_id}
    _, after, _ = queue.neighbours(asked, made.evidence_id)
    if made.action in _HERE or made.action in _SHOWN_AFTER:
        key = made.evidence_id
    elif after is not None:
        key = after.key
    else:
        return RedirectResponse(f"/?{asked.query(**told)}", HTTPStatus.SEE_OTHER)
    return RedirectResponse(f"/row/{quote(key, safe='')}?{asked.query(**told)}", HTTPStatus.SEE_OTHER)


def _signed(desk: Desk, request: Request, cells: Mapping[str, str], **more: object) -> Decision:
    """A decision of the reader on a row."""
    session = request.state.session
    told: dict[str, object] = {
        "doc_id": cells["doc_id"],
        "doc_sha256": desk.run.reports[cells["doc_id"]].row["sha256"],
        "evidence_id": cells.get("evidence_id") or cells["case_id"],
        "curator": session.curator,
        "reading": desk.reading_of(request),
        "decided_at": now(),
    }
    return Decision(**{**told, **more})  # type: ignore[arg-type]
