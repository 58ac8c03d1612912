"""``casebook ledger`` on both databases: out and in again, to the byte."""

import sys
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.ledger.ledger import open_ledger
from pipeline.ledger.lines import to_lines
from tests.ledger.making import a_row, decided


def test_lines_go_in_and_come_out_the_same(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = a_row(quote="naïve 😀 words")
    made = [decided(row, "edit", 1, after={"dose_low": "3"}), decided(row, "undo", 2, undoes=1), decided(row, number=5)]
    given, back = tmp_path / "given.jsonl", tmp_path / "back.jsonl"
    given.write_text("".join(to_lines(made)), encoding="utf-8")
    assert main(["ledger", "import", str(tmp_path), str(given), "--db", address]) == 0
    assert "3 decisions taken in, 0 were there already" in capsys.readouterr().out
    assert main(["ledger", "import", str(tmp_path), str(given), "--db", address]) == 0
    assert "0 decisions taken in, 3 were there already" in capsys.readouterr().out
    assert main(["ledger", "export", str(tmp_path), str(back), "--db", address]) == 0
    assert back.read_bytes() == given.read_bytes()


def test_a_bad_line_takes_nothing_in(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = tmp_path / "given.jsonl"
    given.write_text("".join(to_lines([decided(a_row(), number=1)])) + '{"number": 2}\n', encoding="utf-8")
    assert main(["ledger", "import", str(tmp_path), str(given), "--db", address]) == 2
    assert "line 2 is no decision" in capsys.readouterr().err
    ledger = open_ledger(address)
    assert ledger.decisions() == ()
    ledger.close()


def test_what_somebody_else_decided_is_told_in_a_line(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = open_ledger(address)
    ledger.append(decided(a_row(), "reject", curator="grace"), expected=0)
    ledger.close()
    given = tmp_path / "given.jsonl"
    given.write_text("".join(to_lines([decided(a_row(), number=1)])), encoding="utf-8")
    assert main(["ledger", "import", str(tmp_path), str(given), "--db", address]) == 1
    assert "grace decided meanwhile" in capsys.readouterr().err


def test_without_sqlalchemy_the_remedy_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    monkeypatch.delitem(sys.modules, "pipeline.ledger.ledger")
    monkeypatch.delitem(sys.modules, "pipeline.ledger._schema")
    assert main(["ledger", "export", str(tmp_path), str(tmp_path / "out.jsonl")]) == 2
    assert "pip install 'casebook[review]'" in capsys.readouterr().err


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", "import", str(tmp_path), str(tmp_path / "none.jsonl")]) == 2
    assert "cannot read" in capsys.readouterr().err
    assert main(["ledger", "export", str(tmp_path / "none"), str(tmp_path / "out.jsonl")]) == 2
    assert "is no run directory" in capsys.readouterr().err
