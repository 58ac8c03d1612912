"""What the README and the other documents say is true."""

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from pipeline import extractors
from pipeline.datamodel.vocabulary import Flag, words
from pipeline.settings import Settings
from pipeline.tables import all_tables
from pipeline.toml import read_toml
from tests.golden import readme

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "corpus/README.md")


def fenced(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_to_files(name: str) -> None:
    path = ROOT / name
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_make_targets_exist(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    text = (ROOT / name).read_text(encoding="utf-8")
    named = re.findall(r"^make ([a-z]+)|`make ([a-z]+)", text, re.MULTILINE)
    assert [target for pair in named for target in pair if target and f"\n{target}:" not in makefile] == []


def test_every_table_is_named() -> None:
    assert [table.name for table in all_tables() if f"`{table.name}.csv`" not in README] == []


def test_every_format_is_named() -> None:
    said = README.partition("## The tables")[0].casefold()
    assert [f.FORMAT for f in extractors.formats() if f.FORMAT.partition(" (")[0].casefold() not in said] == []


def test_every_flag_is_explained() -> None:
    assert re.findall(r"^\| `(\w+)` \| [^|]+ \|$", README.partition("## What a flag means")[2], re.MULTILINE) == list(
        words(Flag)
    )


def test_settings_shown_are_the_defaults(tmp_path: Path) -> None:
    shown = tmp_path / "casebook.toml"
    shown.write_text(fenced("toml"), encoding="utf-8")
    assert read_toml(shown) == asdict(Settings())


def test_the_output_shown_is_the_real_one(samples_told: tuple[Path, str]) -> None:
    assert readme.timeless(readme.block()) == readme.timeless(readme.shown(*samples_told)), "make golden renews it"


def test_the_python_example_runs(samples_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "outputs").symlink_to(samples_run)
    monkeypatch.chdir(tmp_path)
    shown: dict[str, object] = {}
    exec(fenced("python"), shown)
    assert len(shown["given"]) > 0  # type: ignore[arg-type]
    assert "severe" in shown
