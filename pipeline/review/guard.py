"""What every request must pass, and what every response carries.

The desk answers only to its own address (a page elsewhere that makes its name lead here is turned away), takes forms
only from its own pages, bounds what it reads, and asks for a token wherever it listens beyond this machine.
"""

import hmac
import ipaddress
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.review.session import Sessions

MOST_BODY = 256 * 1024
MOST_FIELDS = 200
_MOST_ADDRESS = 4096
_POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind} 'self'" for kind in ("script-src", "style-src", "img-src", "connect-src", "form-action")),
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    # Without a referrer a browser says "null" where a form comes from.
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Whom the desk lets in.

    Attributes:
        host: where it listens.
        token: what a browser must show once; empty: none is asked for.
        curator: the name under which a browser begins.
    """

    host: str
    token: str
    curator: str

    def knows(self, host: str) -> bool:
        """Whether a ``Host`` header names this desk."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if is_loopback(self.host):
            return is_loopback(name)
        return name == self.host.casefold() or (_is_any(self.host) and _is_address(name)) or is_loopback(name)


class Guard:
    """Stands before the pages."""

    def __init__(self, app: ASGIApp, gate: Gate, sessions: Sessions) -> None:
        self._app, self._gate, self._sessions = app, gate, sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Turn a request away, or hand it on with its session and its form."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sending = _Sending(send)
        refusal = self._refusal(scope) or self._entry(scope, sending)
        if refusal is None and scope["method"] == "POST":
            refusal = await self._form(scope, receive)
        await (refusal or self._app)(scope, receive, sending)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return _no(HTTPStatus.METHOD_NOT_ALLOWED, "The desk is read by GET and told by POST.")
        if not self._gate.knows(headers.get("host", "")):
            return _no(HTTPStatus.MISDIRECTED_REQUEST, "This is not the address at which the desk is served.")
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > _MOST_ADDRESS:
            return _no(HTTPStatus.REQUEST_URI_TOO_LONG, "The address is too long.")
        if scope["method"] == "POST" and not _is_own(headers):
            return _no(HTTPStatus.FORBIDDEN, "The form does not come from the desk's own pages.")
        return None

    def _entry(self, scope: Scope, sending: "_Sending") -> Response | None:
        """Give the request its session, or ask for the token."""
        session = self._sessions.read(Headers(scope=scope).get("cookie", ""))
        if session is None:
            shown = dict(parse_qsl(scope["query_string"].decode("ascii", "replace"))).get("token", "")
            right = hmac.compare_digest(shown.encode(), self._gate.token.encode())
            if self._gate.token and not right:
                return _no(HTTPStatus.UNAUTHORIZED, "Open the desk by the address that was printed, with its token.")
            session = self._sessions.new(self._gate.curator)
            sending.cookie = self._sessions.cookie(session)
            if self._gate.token:
                return RedirectResponse("/", HTTPStatus.SEE_OTHER)
        scope["state"] = {
            **scope.get("state", {}),
            "session": session,
            "form_token": self._sessions.form_token(session),
        }
        return None

    async def _form(self, scope: Scope, receive: Receive) -> Response | None:
        """Read the form, in bounds, and see that it is one of this session's."""
        body = await _read(receive)
        if body is None:
            return _no(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The form is too large.")
        try:
            fields = parse_qsl(
                body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
            )
        except ValueError:
            return _no(HTTPStatus.BAD_REQUEST, "The form cannot be read.")
        form = dict(fields)
        if not self._sessions.allows(scope["state"]["session"], form.pop("form_token", "")):
            return _no(
                HTTPStatus.FORBIDDEN, "The desk was started anew since this page was made: go back and reload it."
            )
        scope["state"]["form"] = form
        return None


class _Sending:
    """Sends a response with the headers that all of them carry."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.cookie = ""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS:
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
            if self.cookie:
                headers.append("Set-Cookie", self.cookie)
        await self._send(message)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine and reached from this machine alone."""
    if host.casefold() == "localhost":
        return True
    return _is_address(host) and ipaddress.ip_address(host).is_loopback


def _is_any(host: str) -> bool:
    return _is_address(host) and ipaddress.ip_address(host).is_unspecified


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_own(headers: Headers) -> bool:
    """Whether a form comes from a page of the desk; browsers say so of every form that they send."""
    origin, host = headers.get("origin", ""), headers.get("host", "")
    plain = headers.get("content-type", "").partition(";")[0].strip() == "application/x-www-form-urlencoded"
    site = headers.get("sec-fetch-site", "same-origin")
    return plain and site == "same-origin" and origin in (f"http://{host}", f"https://{host}")


async def _read(receive: Receive) -> bytes | None:
    """The request's body; None where it is too large."""
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        part = message.get("body", b"")
        size += len(part)
        if size > MOST_BODY:
            return None
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


def _no(status: HTTPStatus, why: str) -> Response:
    return PlainTextResponse(f"{why}\n", status)
