"""Two readings side by side: how far they agree, and what is left to settle."""

from starlette.requests import Request
from starlette.responses import Response

from pipeline.ledger.agreement import Agreement, Disagreement, agreement
from pipeline.review.book import Book
from pipeline.review.desk import Desk, desk_of
from pipeline.review.filters import Filter


def page(request: Request) -> Response:
    """Agreement by field, and the disagreements. A blind reader is told nothing of it."""
    desk = desk_of(request)
    found = Agreement() if desk.options.blind else compared(desk)
    book, _ = desk.books(desk.reading_of(request))
    told = {"found": found, "rows": book.rows, "asked": Filter.read(request.query_params)}
    return desk.page(request, "agreement.html", told)


def compared(desk: Desk) -> Agreement:
    """The two readings of the documents on which both have decided; made anew only after new decisions."""
    book, _ = desk.books(0)
    if desk.compared is None or desk.compared[0] != book.version:
        desk.compared = book.version, _compared(book)
    return desk.compared[1]


def apart(desk: Desk, key: str) -> list[Disagreement]:
    """What two readers leave differently in a row."""
    return [one for one in compared(desk).disagreements if one.evidence_id == key]


def _compared(book: Book) -> Agreement:
    with book.lock:
        decisions = book.decided()
    names = {one.doc_id for one in decisions if one.reading == 2} & set(book.run.reports)
    rows = [row for name in sorted(names) for row in book.machine(name)]
    texts = {name: book.run.text(book.run.reports[name]) for name in names}
    return agreement(rows, [one for one in decisions if one.doc_id in names], texts)
