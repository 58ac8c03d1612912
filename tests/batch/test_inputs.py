import os
from pathlib import Path

import pytest

from pipeline.batch.inputs import Input, gather, refuse_overwriting
from pipeline.errors import UsageError

ENDINGS = (".xml", ".bioc.json", ".pdf", ".txt")


def put(path: Path, content: str = "text") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def found(*given: Path, output: Path = Path("outputs")) -> tuple[Input, ...]:
    return gather(given, ENDINGS, output)


def names(inputs: tuple[Input, ...]) -> list[str]:
    return [one.doc_id for one in inputs]


def test_folders_are_searched_and_files_taken_as_they_are(tmp_path: Path) -> None:
    put(tmp_path / "a" / "deep" / "two.PDF")
    put(tmp_path / "a" / "one.txt")
    put(tmp_path / "a" / "notes.docx")
    put(tmp_path / "a" / ".hidden.txt")
    put(tmp_path / "a" / ".git" / "three.txt")
    extra = put(tmp_path / "paper.docx")
    assert names(found(tmp_path / "a", extra)) == ["one", "paper", "two"]


def test_order_and_names_do_not_hang_on_the_order_of_the_call(tmp_path: Path) -> None:
    paths = [put(tmp_path / "b" / "x.txt"), put(tmp_path / "a" / "y.txt"), put(tmp_path / "c" / "x.pdf", "other")]
    assert found(*paths) == found(*reversed(paths)) == found(tmp_path)


def test_names_are_unique_and_a_file_is_read_once(tmp_path: Path) -> None:
    put(tmp_path / "a" / "x.txt", "1")
    put(tmp_path / "b" / "x.txt", "2")
    put(tmp_path / "c" / "X.pdf", "3")
    put(tmp_path / "d" / "x~2.pdf", "4")
    got = names(found(tmp_path, tmp_path / "a" / "x.txt", tmp_path / "a"))
    assert len(got) == 4
    assert len({name.casefold() for name in got}) == 4
    assert "x~2" in got


def test_the_same_content_under_the_same_name_is_counted(tmp_path: Path) -> None:
    put(tmp_path / "a" / "x.txt", "same")
    put(tmp_path / "b" / "x.txt", "same")
    put(tmp_path / "c" / "y.txt", "same")
    assert [one.copy for one in found(tmp_path)] == [0, 1, 0]


@pytest.mark.parametrize(
    ("name", "doc_id"),
    [
        ("=cmd.txt", "_=cmd"),
        ("-x.txt", "_-x"),
        ("a\nb.txt", "a_b"),
        ("PMC1.v2.txt", "PMC1.v2"),
        (" spaced .txt", "spaced"),
        ("Łódź é.txt", "Łódź é"),
    ],
)
def test_names_are_fit_for_files_and_cells(tmp_path: Path, name: str, doc_id: str) -> None:
    put(tmp_path / name)
    assert names(found(tmp_path)) == [doc_id]


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(path)).write_text("text")
    except OSError:
        pytest.skip("this file system takes no such name")
    (one,) = found(tmp_path)
    assert one.doc_id == "caf_"
    assert one.problem == ""


def test_the_output_and_other_runs_are_not_input(tmp_path: Path) -> None:
    put(tmp_path / "paper.txt")
    put(tmp_path / "outputs" / "text" / "paper.txt")
    put(tmp_path / "older" / "text" / "paper.txt")
    put(tmp_path / "older" / "run.json")
    put(tmp_path / "older" / "datapackage.json")
    assert names(found(tmp_path, output=tmp_path / "outputs")) == ["paper"]


def test_wrong_calls(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        found(tmp_path / "missing.pdf")
    with pytest.raises(UsageError, match=r"nothing to read .* \.bioc\.json, \.pdf, \.txt, \.xml"):
        found(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may list any folder")
def test_a_folder_that_cannot_be_listed(tmp_path: Path) -> None:
    put(tmp_path / "closed" / "paper.txt")
    (tmp_path / "closed").chmod(0)
    try:
        with pytest.raises(UsageError, match=r"cannot list .*closed"):
            found(tmp_path)
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_endings_of_two_parts(tmp_path: Path) -> None:
    put(tmp_path / "PMC1.BioC.json")
    put(tmp_path / "v1.2.final.txt")
    put(tmp_path / "settings.json")
    put(tmp_path / "old.docx_old")
    assert names(found(tmp_path)) == ["PMC1", "v1.2.final"]


def test_the_most_faithful_of_one_name_keeps_it(tmp_path: Path) -> None:
    for name in ("paper.pdf", "paper.txt", "paper.xml"):
        put(tmp_path / name, name)
    inputs = found(tmp_path)
    assert names(inputs) == ["paper", "paper~2", "paper~3"]
    assert [one.ending for one in inputs] == [".xml", ".pdf", ".txt"]
    assert [one.rank for one in inputs] == [0, 2, 3]


def test_long_names_are_cut_and_stay_apart(tmp_path: Path) -> None:
    put(tmp_path / ("x" * 210 + "1.txt"))
    put(tmp_path / ("x" * 210 + "2.txt"))
    assert len(set(names(found(tmp_path)))) == 2


def test_what_cannot_be_read_is_a_failed_input(tmp_path: Path) -> None:
    put(tmp_path / "good.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    inputs = {one.doc_id: one for one in found(tmp_path)}
    assert inputs["good"].problem == ""
    assert "cannot be read" in inputs["pipe"].problem
    assert "cannot be read" in inputs["gone"].problem


def test_no_input_is_overwritten(tmp_path: Path) -> None:
    paper = put(tmp_path / "paper.txt")
    with pytest.raises(UsageError, match="both input and output"):
        found(tmp_path, output=tmp_path)
    refuse_overwriting(found(paper), tmp_path / "texts")
    with pytest.raises(UsageError, match="would be overwritten"):
        refuse_overwriting(found(paper), tmp_path)
