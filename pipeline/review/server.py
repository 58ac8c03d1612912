"""Serving the application on an address of this machine."""

import secrets
import socket
import sys
from dataclasses import replace

import uvicorn

from pipeline.errors import UsageError
from pipeline.review._options import Options
from pipeline.review.app import build
from pipeline.review.guard import is_loopback

_TOKEN_BYTES = 18


def run(options: Options) -> None:
    """See :func:`pipeline.review.serve`."""
    with _listening(options) as listener:
        port = listener.getsockname()[1]
        token = options.token or ("" if is_loopback(options.host) else secrets.token_urlsafe(_TOKEN_BYTES))
        app = build(replace(options, port=port, token=token))
        print(f"review desk: {address(options.host, port, token)}  (Ctrl-C ends it)", flush=True)
        if not is_loopback(options.host):
            print(
                "others on the network can reach it, by this address alone; the connection is not encrypted",
                file=sys.stderr,
            )
        config = uvicorn.Config(
            app, log_level="warning", server_header=False, access_log=False, lifespan="off", ws="none"
        )
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            pass  # Ctrl-C is how the desk is ended; what was acknowledged is in the ledger
        finally:
            app.state.desk.ledger.close()


def address(host: str, port: int, token: str) -> str:
    """Where a browser finds the desk."""
    named = f"[{host}]" if ":" in host else host
    return f"http://{named}:{port}/" + (f"?token={token}" if token else "")


def _listening(options: Options) -> socket.socket:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((options.host, options.port))
        # Whoever follows the printed address at once waits rather than being refused.
        listener.listen()
    except OSError as error:
        listener.close()
        why = (error.strerror or str(error)).lower()
        raise UsageError(
            f"cannot listen on {options.host} port {options.port}: {why}; name another with --port"
        ) from error
    return listener
