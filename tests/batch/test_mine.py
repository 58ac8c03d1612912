import csv
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from pipeline import process
from pipeline.batch import run as run_module
from pipeline.batch.inputs import Input
from pipeline.batch.lock import locked
from pipeline.batch.mine import mine
from pipeline.batch.plan import Plan
from pipeline.batch.report import RunReport
from pipeline.datamodel import DocumentResult, Failure, Source
from pipeline.errors import DocumentError, StorageError, UsageError
from pipeline.settings import Settings
from pipeline.store.stages import Shelf


class Silent:
    def begin(self, documents: int, cached: int) -> None:
        self.documents, self.cached = documents, cached

    def done(self, given: Input, failure: Failure | None, seconds: float = 0, megabytes: float = 0) -> None: ...

    def writing(self) -> None: ...


@dataclass
class Corridor:
    """Reads a text file: its words say what becomes of it."""

    result: DocumentResult
    read: list[str] = field(default_factory=list)
    built: int = 0

    def rehearse(self, thoroughly: bool) -> None: ...

    def process(self, source: Source, shelf: Shelf) -> DocumentResult:
        self.read.append(source.doc_id)
        word = Path(source.path).read_text()
        if word == "bad":
            raise DocumentError("empty", "the file is empty; get it again")
        if word == "bug":
            raise KeyError("lexicon")
        while word == "loop":
            pass
        return replace(self.result, source=replace(source, media_type="text/plain"))


@pytest.fixture
def corridor(monkeypatch: pytest.MonkeyPatch, result: DocumentResult) -> Corridor:
    made = Corridor(result)

    def build(settings: Settings) -> Corridor:
        made.built += 1
        return made

    monkeypatch.setattr(process.Corridor, "build", build)
    return made


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"good {name}")
    return folder


def run(papers: Path, **changes: object) -> RunReport:
    plan = Plan(given=(papers,), output=papers.parent / "out", jobs=1, engine="serial")
    return mine(replace(plan, **changes), Silent())


def settings(papers: Path, line: str) -> Path:
    path = papers.parent / "casebook.toml"
    path.write_text(f"[reading]\n{line}\n")
    return path


def tables(papers: Path) -> dict[str, bytes]:
    out = papers.parent / "out"
    return {path.name: path.read_bytes() for path in sorted([*out.glob("*.csv"), *out.glob("text/*")])}


def test_a_run_writes_all_that_the_contract_names(papers: Path, corridor: Corridor) -> None:
    report = run(papers)
    assert (report.documents, report.failed, report.rows["evidence"]) == (3, 0, 12)
    names = {path.name for path in (papers.parent / "out").iterdir()}
    assert {"documents.csv", "evidence.csv", "review.csv", "datapackage.json", "run.json", "text"} <= names
    account = json.loads((papers.parent / "out" / "run.json").read_text())
    assert [one["doc_id"] for one in account["inputs"]] == ["a", "b", "c"]
    assert all(len(one["sha256"]) == 64 for one in account["inputs"])
    assert account["peak_memory_megabytes"]["main"] > 0


def test_a_second_run_reads_nothing_and_changes_nothing(papers: Path, corridor: Corridor) -> None:
    run(papers)
    before = tables(papers)
    report = run(papers)
    assert report.unchanged
    assert report.cached == 3
    assert corridor.read == ["a", "b", "c"]
    (papers.parent / "out" / "cases.csv").write_text("spoilt")
    assert not run(papers).unchanged
    assert tables(papers) == before
    assert corridor.read == ["a", "b", "c"]


def test_only_what_is_new_is_read(papers: Path, corridor: Corridor) -> None:
    run(papers)
    (papers / "b.txt").write_text("changed")
    (papers / "c.txt").unlink()
    (papers / "d.txt").write_text("good d")
    report = run(papers)
    assert corridor.read == ["a", "b", "c", "b", "d"]
    assert (report.documents, report.cached) == (3, 1)
    assert sorted(path.name for path in (papers.parent / "out" / "text").iterdir()) == ["a.txt", "b.txt", "d.txt"]


def test_fresh_reads_all_anew_and_gives_the_same(papers: Path, corridor: Corridor) -> None:
    run(papers)
    before = tables(papers)
    assert run(papers, fresh=True).cached == 0
    assert corridor.read == ["a", "b", "c"] * 2
    assert tables(papers) == before


def test_other_settings_read_anew(papers: Path, corridor: Corridor) -> None:
    run(papers)
    run(papers, config=settings(papers, "max_pages = 7"))
    assert len(corridor.read) == 6
    assert run(papers, config=settings(papers, "max_pages = 7")).unchanged
    assert not run(papers, config=settings(papers, "max_pages = 8")).unchanged


def test_a_renamed_file_is_not_read_again(papers: Path, corridor: Corridor) -> None:
    run(papers)
    (papers / "a.txt").rename(papers / "z.txt")
    assert run(papers).cached == 3
    rows = (papers.parent / "out" / "documents.csv").read_text().splitlines()
    assert [row.split(",")[0] for row in rows] == ["doc_id", "b", "c", "z"]


def test_the_same_content_is_read_once_and_has_rows_twice(papers: Path, corridor: Corridor) -> None:
    (papers / "twin").mkdir()
    (papers / "twin" / "a.txt").write_text("good a")
    (papers / "c.txt").write_text("bad")
    (papers / "twin" / "c.txt").write_text("bad")
    report = run(papers)
    assert (report.rows["evidence"], report.failed) == (12, 2)
    assert corridor.read == ["a", "b", "c"]


def documents(papers: Path) -> dict[str, dict[str, str]]:
    with (papers.parent / "out" / "documents.csv").open(encoding="utf-8", newline="") as lines:
        return {row["doc_id"]: row for row in csv.DictReader(lines)}


def test_of_one_article_in_two_formats_the_better_is_used(papers: Path, corridor: Corridor) -> None:
    (papers / "b.xml").write_text("good b as XML")
    report = run(papers)
    rows = documents(papers)
    assert (report.twins, report.failed, report.rows["evidence"]) == (1, 0, 12)
    assert (rows["b"]["path"][-4:], rows["b"]["n_rows"], rows["b"]["used_instead"]) == (".xml", "4", "")
    assert (rows["b~2"]["status"], rows["b~2"]["n_rows"], rows["b~2"]["used_instead"]) == ("ok", "0", "b")
    assert run(papers).unchanged


def test_a_better_format_that_cannot_be_read_is_not_used(papers: Path, corridor: Corridor) -> None:
    (papers / "b.xml").write_text("bad")
    report = run(papers)
    assert (report.twins, report.failed, report.rows["evidence"]) == (0, 1, 12)
    assert documents(papers)["b~2"]["used_instead"] == ""


def test_failures_cost_one_document_each(papers: Path, corridor: Corridor) -> None:
    (papers / "a.txt").write_text("bad")
    (papers / "b.txt").write_text("bug")
    report = run(papers)
    assert [(one["doc_id"], one["code"]) for one in report.failures] == [("a", "empty"), ("b", "bug")]
    assert "Traceback" in report.failures[1]["traceback"]
    assert (report.failed, report.rows["documents"], report.rows["evidence"]) == (2, 3, 4)
    again = run(papers)
    assert not again.unchanged
    assert corridor.read == ["a", "b", "c", "b"]


def test_a_document_that_takes_too_long(papers: Path, corridor: Corridor) -> None:
    (papers / "b.txt").write_text("loop")
    report = run(papers, config=settings(papers, "max_seconds = 0.2"))
    assert [(one["doc_id"], one["code"]) for one in report.failures] == [("b", "timeout")]


def test_an_interrupt_writes_what_is_done_and_the_next_run_goes_on(papers: Path, corridor: Corridor) -> None:
    report = run(papers, stop=lambda: len(corridor.read) == 2)
    assert (report.pending, report.rows["documents"]) == (1, 2)
    assert json.loads((papers.parent / "out" / "run.json").read_text())["interrupted"]
    report = run(papers)
    assert (report.pending, report.cached, report.rows["documents"]) == (0, 2, 3)
    assert corridor.read == ["a", "b", "c"]


def test_spoilt_results_are_made_again_by_one_corridor(papers: Path, corridor: Corridor) -> None:
    run(papers)
    before = tables(papers)
    for path in (papers.parent / "out" / ".cache" / "results").rglob("*.json"):
        path.write_bytes(path.read_bytes()[:50])
    (papers.parent / "out" / ".cache" / "state.json").unlink()
    corridor.built = 0
    run(papers)
    assert tables(papers) == before
    assert corridor.built == 1


def test_a_full_disk_leaves_the_old_tables(papers: Path, corridor: Corridor, monkeypatch: pytest.MonkeyPatch) -> None:
    run(papers)
    before = tables(papers)
    (papers / "d.txt").write_text("good d")

    def full(*_: object) -> Callable[[], None]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run_module, "tabulate", full)
    with pytest.raises(StorageError, match="no space left"):
        run(papers)
    assert tables(papers) == before


def test_shards_share_the_work_and_the_whole_is_put_together(papers: Path, corridor: Corridor) -> None:
    (papers / "B.xml").write_text("good b as XML")
    found = []
    for part in (1, 2):
        report = run(papers, shard=(part, 2))
        folder = papers.parent / "out" / f"shard-{part}-of-2"
        with (folder / "documents.csv").open(encoding="utf-8", newline="") as lines:
            found.append([row["doc_id"] for row in csv.DictReader(lines)])
        assert report.documents == len(found[-1])
        assert (folder / "run.json").exists()
    assert found == [["a", "c"], ["B", "b~2"]]
    assert not (papers.parent / "out" / "documents.csv").exists()
    whole = run(papers)
    assert (whole.cached, whole.documents, len(corridor.read)) == (4, 4, 4)
    assert run(papers, output=papers.parent / "other").rows == whole.rows
    assert run(papers, shard=(1, 2)).cached == 2


def test_names_that_are_not_utf8_or_differ_by_case(papers: Path, corridor: Corridor) -> None:
    for name in (b"A.txt", b"caf\xe9.txt", b"=cmd.txt"):
        with open(os.path.join(os.fsencode(papers), name), "wb") as file:  # noqa: PTH118, PTH123
            file.write(b"good " + name[:1])
    assert run(papers, engine="serial").failed == 0
    names = sorted(path.name for path in (papers.parent / "out" / "text").iterdir())
    assert names == ["A.txt", "_=cmd.txt", "a~2.txt", "b.txt", "c.txt", "caf_.txt"]
    assert documents(papers).keys() == {name[:-4] for name in names}


def test_two_runs_do_not_write_to_one_folder(papers: Path, corridor: Corridor) -> None:
    out = papers.parent / "out"
    out.mkdir()
    with locked(out, out / ".cache"), pytest.raises(UsageError, match="another run writes to"):
        run(papers)
    assert run(papers).documents == 3


def test_an_output_that_cannot_be_written_to(papers: Path, corridor: Corridor) -> None:
    (papers.parent / "file").write_text("")
    with pytest.raises(UsageError, match="cannot write to"):
        run(papers, output=papers.parent / "file")
