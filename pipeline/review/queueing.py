"""The queue: which rows are to be looked at, the most urgent first."""

from starlette.requests import Request
from starlette.responses import Response

from pipeline.datamodel.vocabulary import Flag, words
from pipeline.review.desk import desk_of
from pipeline.review.filters import STATUSES, Filter
from pipeline.review.reading import done_of
from pipeline.review.rundir import KINDS

_SHOWN = 50


def queue(request: Request) -> Response:
    """A page of the queue."""
    desk = desk_of(request)
    book, rows = desk.books(desk.reading_of(request))
    asked = Filter.read(request.query_params)
    found = rows.rows(asked)
    last = max((len(found) - 1) // _SHOWN, 0)
    page = min(_whole(request.query_params.get("page", ""), 1) - 1, last)
    told = {
        "asked": asked,
        "found": len(found),
        "rows": found[page * _SHOWN : (page + 1) * _SHOWN],
        "first": page * _SHOWN + 1,
        "page": page + 1,
        "pages": last + 1,
        "kinds": list(KINDS),
        "flags": (*words(Flag), "none"),
        "statuses": STATUSES,
        "curators": rows.curators(),
        "drugs": rows.drugs(),
        "reports": desk.run.reports,
        "done": done_of(book, request),
    }
    return desk.page(request, "queue.html", told)


def _whole(told: str, least: int) -> int:
    """A whole number of an address; ``least`` where it is none or smaller."""
    return max(int(told), least) if told.isascii() and told.isdigit() and len(told) < 9 else least
