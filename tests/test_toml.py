from pathlib import Path

import pytest

from pipeline import toml
from pipeline.toml import TOMLDecodeError, read_toml


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with rules, and a cache folder of its own."""
    folder = tmp_path / "package"
    (folder / "room").mkdir(parents=True)
    (folder / "room" / "rules.toml").write_text('words = ["one"]\n')
    monkeypatch.setattr(toml, "_PACKAGE", folder)
    monkeypatch.setenv("CASEBOOK_CACHE", str(tmp_path / "cache"))
    return folder


def test_own_files_are_parsed_once_a_version(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = package / "room" / "rules.toml"
    assert read_toml(rules) == {"words": ["one"]}
    toml._own.cache_clear()
    monkeypatch.delattr(toml.tomllib, "loads")
    monkeypatch.delattr(toml.tomllib, "load")
    table = read_toml(rules)
    table["words"].append("two")
    assert read_toml(rules) == {"words": ["one"]}


def test_what_has_changed_is_read_anew(package: Path) -> None:
    rules = package / "room" / "rules.toml"
    read_toml(rules)
    toml._own.cache_clear()
    rules.write_text("words = []\n")
    assert read_toml(rules) == {"words": []}


def test_what_cannot_be_kept_is_read_where_it_is(package: Path) -> None:
    (package / "dated.toml").write_text("since = 2020-01-01\n")
    (package / "spoilt.toml").write_text("= 1")
    toml._own.cache_clear()
    assert read_toml(package / "dated.toml")["since"].year == 2020
    with pytest.raises(TOMLDecodeError):
        read_toml(package / "spoilt.toml")


def test_files_of_others(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("a = 1")
    assert read_toml(tmp_path / "own.toml") == {"a": 1}
    with pytest.raises(FileNotFoundError):
        read_toml(tmp_path / "none.toml")
