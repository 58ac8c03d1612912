"""A second run over unchanged reports is over before the parser of the command line is loaded, and says the same."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.cli._again import run_again

REPORT = "Case report\n\nA 52-year-old man with psoriasis received methotrexate 15 mg weekly. Platelets were 210 G/L.\n"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["text", "a.txt", "-o", "out"],
        ["run"],
        ["run", "a.txt"],
        ["run", "-o", "out"],
        ["run", "a.txt", "-o"],
        ["run", "a.txt", "-o", "out", "--fresh"],
        ["run", "a.txt", "-o", "out", "-o", "other"],
        ["run", "a.txt", "-oout"],
        ["run", "a.txt", "-o", "out", "-j", "0"],
        ["run", "a.txt", "-o", "out", "-j", "two"],
        ["run", "a.txt", "-o", "out", "--", "b.txt"],
        ["run", "a.txt", "-o", "nothing-ran-here"],
    ],
)
def test_what_is_not_plain_or_not_unchanged_is_left_to_the_parser(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    assert run_again(arguments) is None


def test_an_unchanged_run_loads_no_parser(paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["run", str(paper), "-o", str(tmp_path / "out"), "-j", "1"]
    assert main(call) == 0
    first = capsys.readouterr().out.splitlines()
    check = f"import sys; from pipeline.cli import main; print(main({call!r}), 'typer' in sys.modules)"
    again = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    said = again.stdout.splitlines()
    assert said[-1] == "0 False"
    assert said[0] == first[0]
    assert "nothing has changed" in again.stdout
    paper.write_text(REPORT.replace("15 mg", "20 mg"), encoding="utf-8")
    assert run_again(call) is None


def test_strict_is_kept(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 and no more")
    call = ["run", str(broken), "-o", str(tmp_path / "out"), "-j", "1"]
    assert main(call) == 0
    assert run_again(call) == 0
    assert run_again([*call, "--strict"]) == 3


def test_a_plain_run_loads_no_parser(paper: Path, tmp_path: Path) -> None:
    """Neither it nor pydantic, which it uses: they take as long to load as the rest of the command."""
    call = ["run", str(paper), "-o", str(tmp_path / "out"), "-j", "1", "--fresh", "--strict"]
    check = (
        f"import sys; from pipeline.cli import main; print(main({call!r}), {{'typer', 'pydantic'}} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "0 set()"
    assert main(call) == 0
    paper.write_bytes(b"\x00")
    assert main(call) == 3
    assert main(["run", str(tmp_path / "none"), "-o", str(tmp_path / "out")]) == 2
