import os
from pathlib import Path

import pytest

from pipeline.cache import cached
from pipeline.lexicon import load_lexicons
from pipeline.lexicon.build import build
from pipeline.lexicon.tables import write

HEADER = {"label": "DRUG", "system": "UNII", "source": "none", "version": "1", "licence": "CC0-1.0"}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASEBOOK_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_second_reading_builds_nothing(cache: Path) -> None:
    assert cached("number-1", lambda: {"a": 1}) == {"a": 1}
    assert cached("number-1", lambda: pytest.fail("built again")) == {"a": 1}


def test_spoilt_file_is_built_again(cache: Path) -> None:
    cached("number-2", lambda: [1])
    for path in (cache / "casebook").iterdir():
        path.write_bytes(b"nonsense")
    assert cached("number-2", lambda: [2]) == [2]
    assert cached("number-2", lambda: [3]) == [2]


def test_old_versions_are_removed(cache: Path) -> None:
    other = cache / "casebook" / "words-1-py0.bin"
    cached("words-big-1", lambda: [0])
    other.write_bytes(b"of another Python")
    for version in range(6):
        cached(f"words-{version}", lambda: [1])
        os.utime(next(iter((cache / "casebook").glob(f"words-{version}-py3*"))), (version, version))
    left = {path.name.partition("-py")[0] for path in (cache / "casebook").iterdir() if path != other}
    assert left == {"words-big-1", "words-3", "words-4", "words-5"}
    assert other.exists()


def test_what_cannot_be_kept_leaves_nothing_behind(cache: Path) -> None:
    with pytest.raises(ValueError, match="unmarshallable"):
        cached("number-4", lambda: object())
    assert list((cache / "casebook").iterdir()) == []


def test_folder_that_cannot_be_made_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv("CASEBOOK_CACHE", str(blocked))
    assert cached("number-3", lambda: [3]) == [3]


def test_changed_lexicon_is_not_read_from_the_cache(cache: Path, tmp_path: Path) -> None:
    folder = tmp_path / "lexicons"
    folder.mkdir()
    columns = ("name", "preferred", "code")
    write(folder / "drugs.tsv", HEADER, columns, [("zolvatinib", "zolvatinib", "UNII:1")])
    first = load_lexicons.__wrapped__(folder)
    write(folder / "drugs.tsv", HEADER, columns, [("zolvatinib", "zolvatinib", "UNII:2")])
    second = load_lexicons.__wrapped__(folder)
    codes = [found.code for lexicons in (first, second) if (found := lexicons.find("zolvatinib"))]
    assert codes == ["UNII:1", "UNII:2"]
    assert first.digest != second.digest


def test_gzipped_and_plain_files_say_the_same(tmp_path: Path) -> None:
    rows = [("a b c", "abc"), ("d", "d")]
    for name in ("drugs.tsv", "drugs.tsv.gz"):
        folder = tmp_path / name.replace(".", "_")
        folder.mkdir()
        write(folder / name, HEADER, ("name", "preferred"), rows)
    plain, zipped = build(tmp_path / "drugs_tsv"), build(tmp_path / "drugs_tsv_gz")
    assert plain == zipped
    assert plain["heads"] == {"a": 3, "d": 1}
