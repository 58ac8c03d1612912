"""How the desk is started and ended."""

import importlib.util
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.review import Options, application, serve
from pipeline.review.guard import is_loopback
from pipeline.review.server import address


def test_the_command_prints_its_address_serves_and_ends_quietly(samples_run: Path, tmp_path: Path) -> None:
    database = str(tmp_path / "ledger.sqlite")
    call = [sys.executable, "-m", "pipeline", "review", str(samples_run), "--port", "0", "--db", database]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as desk:
        try:
            assert desk.stdout
            told = desk.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+/", told)
            assert found, told
            with urllib.request.urlopen(found[0], timeout=60) as answer:
                assert b"rows to decide" in answer.read()
            desk.send_signal(signal.SIGINT)
            _, wrong = desk.communicate(timeout=60)
        finally:
            desk.kill()
    assert desk.returncode == 0
    assert wrong == ""


def test_without_the_extra_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    find = importlib.util.find_spec

    def without_starlette(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == "starlette" else find(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", without_starlette)
    with pytest.raises(UsageError, match=r"needs starlette: pip install casebook\[review\]"):
        application(Options(run=tmp_path))


def test_a_taken_port_is_told(samples_run: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UsageError, match=r"cannot listen on .* name another with --port"):
            serve(Options(run=samples_run, port=taken.getsockname()[1]))


@pytest.mark.parametrize(
    ("host", "token", "told"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:8765/"),
        ("::1", "", "http://[::1]:8765/"),
        ("192.0.2.7", "t", "http://192.0.2.7:8765/?token=t"),
    ],
)
def test_addresses(host: str, token: str, told: str) -> None:
    assert address(host, 8765, token) == told


@pytest.mark.parametrize(
    ("host", "is_own"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("a.b", False)],
)
def test_this_machine_alone(host: str, is_own: bool) -> None:
    assert is_loopback(host) == is_own
