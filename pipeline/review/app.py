"""The application: which page answers which address."""

from http import HTTPStatus
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.review import comparing, deciding, finding, naming, outgoing, queueing, reading
from pipeline.review._options import Options
from pipeline.review.desk import Desk, desk_of
from pipeline.review.guard import Gate, Guard
from pipeline.review.session import Sessions
from pipeline.review.static import STATIC

_FOR_GOOD = {"Cache-Control": "private, max-age=31536000, immutable"}


def build(options: Options) -> Starlette:
    """The application of a run directory.

    Raises:
        UsageError: there is no such run, or its ledger cannot be opened.
    """
    desk = Desk(options)
    sessions = Sessions(options.port)
    gate = Gate(host=options.host, token=options.token, curator=desk.curator)
    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Guard, gate=gate, sessions=sessions)],
        exception_handlers={HTTPException: _refused},
    )
    app.state.desk, app.state.sessions = desk, sessions
    return app


def _routes() -> list[Route]:
    return [
        Route("/", queueing.queue),
        Route("/row/{key:path}", reading.row),
        Route("/row/{key:path}", deciding.decide, methods=["POST"]),
        Route("/course/{key:path}", reading.timeline),
        Route("/document/{document}", reading.document),
        Route("/document/{document}/sheet", reading.sheet),
        Route("/document/{document}/picture/{number:int}", reading.picture),
        Route("/document/{document}/add", finding.add),
        Route("/document/{document}/add", deciding.add, methods=["POST"]),
        Route("/names/{column}", naming.names),
        Route("/undo", deciding.undo, methods=["POST"]),
        Route("/curator", deciding.rename, methods=["POST"]),
        Route("/agreement", comparing.page),
        Route("/reconsider", outgoing.reconsider),
        Route("/export", outgoing.page),
        Route("/export/{form}", outgoing.download, methods=["POST"]),
        Route("/static/{name}", _static),
    ]


def _static(request: Request) -> Response:
    found = STATIC.get(request.path_params["name"])
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return Response(found.content, media_type=found.media_type, headers=_FOR_GOOD)


async def _refused(request: Request, refusal: Any) -> Response:
    """A page that says what is not there."""
    said = refusal.detail if refusal.detail != HTTPStatus(refusal.status_code).phrase else "There is no such page."
    return desk_of(request).page(request, "nothing.html", {"said": said}, refusal.status_code)
