"""Who is at the desk: a signed cookie, and the token that every form carries."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One reader's browser.

    Attributes:
        key: random, made when the browser came.
        curator: under whose name its decisions are kept.
    """

    key: str
    curator: str


class Sessions:
    """Makes and reads the cookies of one server; they end with it.

    Args:
        port: part of the cookie's name, since a host's cookies are shared by its ports.
    """

    def __init__(self, port: int) -> None:
        self.name = f"casebook_{port}"
        self._secret = secrets.token_bytes(32)

    def new(self, curator: str) -> Session:
        """A session for a browser that brings none."""
        return Session(key=secrets.token_urlsafe(18), curator=curator)

    def renamed(self, session: Session, curator: str) -> Session:
        """The same browser under another name."""
        return Session(key=session.key, curator=curator)

    def read(self, header: str) -> Session | None:
        """The session that a ``Cookie`` header carries; None where there is none of this server."""
        try:
            value = SimpleCookie(header)[self.name].value
            key, name, signature = value.split(".")
            curator = base64.urlsafe_b64decode(name).decode()
        except (CookieError, KeyError, ValueError):
            return None
        return Session(key=key, curator=curator) if self._fits(f"{key}.{name}", signature) else None

    def cookie(self, session: Session) -> str:
        """The ``Set-Cookie`` header of a session."""
        told = f"{session.key}.{base64.urlsafe_b64encode(session.curator.encode()).decode()}"
        return f'{self.name}="{told}.{self._sign(told)}"; Path=/; HttpOnly; SameSite=Strict'

    def form_token(self, session: Session) -> str:
        """What a form of this session must bring back."""
        return self._sign(f"form {session.key}")

    def allows(self, session: Session, token: str) -> bool:
        """Whether a form's token is the session's own."""
        return self._fits(f"form {session.key}", token)

    def _sign(self, told: str) -> str:
        return hmac.new(self._secret, told.encode(), hashlib.sha256).hexdigest()

    def _fits(self, told: str, signature: str) -> bool:
        return hmac.compare_digest(self._sign(told).encode(), signature.encode("utf-8", "replace"))


def fit_name(given: str) -> str:
    """A curator's name as it is kept: one line, not too long; empty where nothing printable is left."""
    return " ".join("".join(c if c.isprintable() else " " for c in given).split())[:LONGEST_NAME]
