"""Finding inputs: every file once, in one order, under a name that is its own."""

import os
import sys
from pathlib import Path

import pytest

from pipeline.corpus import find_sources
from pipeline.errors import UsageError


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"content of {name}")


def ids(*paths: Path) -> list[str]:
    return [source.doc_id for source in find_sources(paths)]


def test_folders_are_searched_in_order(tmp_path):
    put(tmp_path, "b.txt", "a.xml", "sub/c.TXT", "notes.docx_old", ".hidden.txt", ".git/d.txt", "photo.jpg")
    assert ids(tmp_path) == ["a", "b", "c"]


def test_a_named_file_is_taken_whatever_its_ending(tmp_path):
    put(tmp_path, "photo.jpg", ".hidden.txt")
    assert ids(tmp_path / "photo.jpg", tmp_path / ".hidden.txt") == ["hidden", "photo"]


def test_a_file_named_twice_comes_once(tmp_path):
    put(tmp_path, "a.txt")
    assert ids(tmp_path, tmp_path / "a.txt", tmp_path) == ["a"]


def test_order_of_arguments_does_not_matter(tmp_path):
    put(tmp_path, "a/x.txt", "b/y.txt")
    assert find_sources([tmp_path / "a", tmp_path / "b"]) == find_sources([tmp_path / "b", tmp_path / "a"])


def test_namesakes_get_their_folder(tmp_path):
    put(tmp_path, "one/case.txt", "two/Case.txt", "two/other.txt")
    assert ids(tmp_path) == ["one.case", "two.Case", "other"]


def test_namesakes_in_one_folder_get_their_hash(tmp_path):
    put(tmp_path, "case.txt", "case.xml")
    first = ids(tmp_path)
    assert len(set(first)) == 2
    put(tmp_path, "later.txt")
    assert ids(tmp_path)[:2] == first


def test_copies_under_one_name_are_told_apart(tmp_path):
    for folder in ("p/x", "q/x"):
        put(tmp_path, f"{folder}/case.txt")
        (tmp_path / folder / "case.txt").write_text("same")
    assert len(set(ids(tmp_path))) == 2


@pytest.mark.parametrize(
    ("name", "doc_id"),
    [
        ("a b: c?.txt", "a_b_c"),
        ("Sézary.txt", "Sézary"),
        ("v1.2.final.txt", "v1.2.final"),
        ("CON.txt", "_CON"),
        ("=cmd.txt", "cmd"),
    ],
)
def test_ids_are_safe_file_names(tmp_path, name, doc_id):
    put(tmp_path, name)
    assert ids(tmp_path) == [doc_id]


def test_long_names_are_cut_and_stay_apart(tmp_path):
    put(tmp_path, "x" * 200 + "1.txt", "x" * 200 + "2.txt")
    found = ids(tmp_path)
    assert len(set(found)) == 2
    assert all(len(name) <= 120 for name in found)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_no_utf8(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("A patient.")
    (source,) = find_sources([tmp_path])
    assert source.doc_id.encode()
    assert Path(source.path).read_text() == "A patient."


def test_wrong_calls(tmp_path):
    with pytest.raises(UsageError, match="no input"):
        find_sources([])
    with pytest.raises(UsageError, match="nowhere"):
        find_sources([tmp_path / "nowhere"])
    with pytest.raises(UsageError, match=r"\.xml"):
        find_sources([tmp_path])
