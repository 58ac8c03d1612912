"""How the review desk is called."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What ``casebook review`` is given.

    Attributes:
        run: the run directory.
        host, port: where it listens; port 0 takes a free one.
        database: URL of the ledger; empty: SQLite in the run directory.
        curator: whose decisions they are until a reader gives another name; empty: the system's user.
        blind: a curator does not see what the others decided.
        token: what a reader must show; empty: one is made where the host is not this machine's own.
    """

    run: Path
    host: str = "127.0.0.1"
    port: int = 8765
    database: str = ""
    curator: str = ""
    blind: bool = False
    token: str = ""
