"""The report of ``make bench``: every section gives figures, the peers' programs stand alone, the ratios come first."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import sections
from benchmarks.figures import Figure
from benchmarks.report import markdown
from benchmarks.sections.cores import SIZE, repeated
from benchmarks.timing import seconds
from pipeline import registry
from tests.house.test_locks import pins

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "benchmarks" / "peers"


def test_every_section_has_what_the_report_asks_for() -> None:
    members = registry.members(sections)
    assert all(section.TITLE and section.__doc__ and callable(section.measure) for section in members)
    assert len({section.RANK for section in members}) == len(members)


def test_ratios_stand_first() -> None:
    figures = [Figure(what="reading", ours="20 pages/s", peer="peer", theirs="10 pages/s", ratio=2.0)]
    alone = [Figure(what="memory", ours="80 MB")]
    report = markdown({"Speed": figures, "Memory": alone, "Nothing to measure": []}, ["Two notes."])
    assert re.findall(r"^## (.*)$", report, re.MULTILINE) == ["Ratios", "Speed", "Memory"]
    assert "| peer | reading | **2.0** |" in report
    assert "| memory | 80 MB |  |  |" in report
    assert "- Two notes." in report


def test_seconds_are_the_processor_s() -> None:
    idle = seconds([sys.executable, "-S", "-c", "import time; time.sleep(0.6)"])
    busy = seconds([sys.executable, "-S", "-c", "import time\nwhile time.process_time() < 0.6: pass"])
    assert idle < 0.5 < busy


def test_a_command_that_fails_is_told() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        seconds([sys.executable, "-c", "raise SystemExit(3)"])


@pytest.mark.parametrize("path", sorted(PEERS.glob("[a-z]*.py")), ids=lambda path: path.name)
def test_programs_for_the_peers_import_nothing_of_the_house(path: Path) -> None:
    assert re.findall(r"^\s*(?:from|import) (pipeline|benchmarks|tests)\b", path.read_text(), re.MULTILINE) == []


def test_the_peers_are_locked() -> None:
    lock = (PEERS / "requirements.lock").read_text(encoding="utf-8")
    locked = pins("benchmarks/peers/requirements.lock")
    assert len(re.findall(r"==[^\n]* \\\n    --hash=sha256:", lock)) == len(locked) > 0
    assert "://" not in lock
    asked = re.findall(r"^([\w-]+)==", (PEERS / "requirements.in").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(asked) <= {package for package, _ in locked}


def test_pages_are_counted() -> None:
    pdf = next((ROOT / "corpus" / "samples").glob("*.pdf"))
    call = [sys.executable, str(PEERS / "pages.py"), "pypdfium2", str(pdf)]
    assert int(subprocess.run(call, capture_output=True, check=True).stdout) > 0


def test_no_two_of_the_repeated_reports_are_alike(tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    texts.write_text('{"id": "a", "text": "One."}\n{"id": "b", "text": "Two."}\n', encoding="utf-8")
    written = [path.read_text(encoding="utf-8") for path in sorted(repeated(texts, tmp_path / "reports").iterdir())]
    assert len(set(written)) == len(written) == SIZE
    assert written[2] == "Report 2\n\nOne.\n"
