"""The command line, with good and bad input, through the whole chain."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import __version__, fingerprint
from pipeline.cli import main

REPORT = (
    "Case report\n\n"
    "A 61-year-old woman with mycosis fungoides received alemtuzumab 30 mg subcutaneously three times a week for "
    "12 weeks. Platelets fell to 18 × 10^9/L and she developed grade 4 neutropenia. Alemtuzumab was stopped.\n"
)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in (61, 48, 35):
        (folder / f"report{number}.txt").write_text(REPORT.replace("61", str(number)), encoding="utf-8")
    return folder


def tables(folder: Path) -> dict[str, bytes]:
    paths = [*folder.glob("*.csv"), *folder.glob("*.parquet"), *folder.glob("text/*"), folder / "datapackage.json"]
    return {path.name: path.read_bytes() for path in paths}


def call(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_run(papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("run", papers, "-o", tmp_path / "out") == 0
    said = capsys.readouterr()
    assert "3 documents read" in said.out
    assert "regimens.csv" in said.out
    assert said.err == ""
    rows = (tmp_path / "out" / "regimens.csv").read_text(encoding="utf-8").splitlines()
    assert sum("alemtuzumab" in row for row in rows) == 3
    assert call("run", papers, "-o", tmp_path / "out") == 0
    assert "nothing has changed" in capsys.readouterr().out


def test_one_process_and_two_give_the_same_bytes(papers: Path, tmp_path: Path) -> None:
    assert call("run", papers, "-o", tmp_path / "one", "-j", 1) == 0
    assert call("run", papers, "-o", tmp_path / "two", "-j", 2) == 0
    assert tables(tmp_path / "one") == tables(tmp_path / "two")
    assert json.loads((tmp_path / "two" / "run.json").read_text())["engine"] == "processes"


def test_the_path_takes_no_part_in_the_ids(papers: Path, tmp_path: Path) -> None:
    assert call("run", papers, "-o", tmp_path / "all") == 0
    assert call("run", papers / "report48.txt", "-o", tmp_path / "single") == 0
    of_all = (tmp_path / "all" / "evidence.csv").read_text().splitlines()
    of_one = (tmp_path / "single" / "evidence.csv").read_text().splitlines()
    assert len(of_one) > 1
    assert set(of_one) < set(of_all)


def test_documents_that_give_nothing_are_named(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    french = (
        "La patiente a été hospitalisée pour une fièvre et un traitement par antibiotiques a été débuté chez elle. "
    )
    (papers / "fievre.txt").write_text("Observation\n\n" + 5 * french, encoding="utf-8")
    (papers / "weather.txt").write_text("The weather was fine and the walk was long.\n", encoding="utf-8")
    for _ in range(2):  # the second time from what the first has kept
        assert call("run", papers, "-o", tmp_path / "out") == 0
        said = capsys.readouterr().out
        assert f"2 documents gave no rows: fievre, weather (n_rows is 0 in {tmp_path}/out/documents.csv)" in said
        assert "not in English, so hardly read: fr 1 (column language of" in said
    with (tmp_path / "out" / "documents.csv").open(encoding="utf-8", newline="") as lines:
        told = {row["doc_id"]: (row["status"], row["n_rows"], row["language"]) for row in csv.DictReader(lines)}
    assert told["fievre"] == ("ok", "0", "fr")
    assert told["report61"][2] == "en"
    for number in range(9):
        (papers / f"walk{number}.txt").write_text("The walk was long.\n", encoding="utf-8")
    assert call("run", papers, "-o", tmp_path / "out", "--log-json") == 0
    assert json.loads(capsys.readouterr().out)["rowless"] == 11
    assert call("run", papers, "-o", tmp_path / "out", "--fresh") == 0
    assert "11 documents gave no rows: fievre, walk0, walk1, walk2, walk3, ... (" in capsys.readouterr().out


def test_a_bad_document_is_a_row_and_a_line(papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (papers / "empty.txt").write_bytes(b"")
    (papers / "torn.pdf").write_bytes(b"%PDF-1.4\n1 0 obj <<")
    (papers / "broken.xml").write_text("<article><body><p>dose")
    (papers / "renamed.pdf").write_text("no PDF at all")
    assert call("run", papers, "-o", tmp_path / "out") == 0
    said = capsys.readouterr()
    assert "3 documents read" in said.out
    assert "4 failed" in said.out
    lines = said.err.strip().splitlines()
    assert len(lines) == 4
    assert all(line.startswith("failed: ") for line in lines)
    rows = (tmp_path / "out" / "documents.csv").read_text(encoding="utf-8")
    assert rows.count(",failed,") == 4
    assert len(rows.splitlines()) == 8
    assert call("run", papers, "-o", tmp_path / "out", "--strict") == 3


def test_text(papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (papers / "empty.txt").write_bytes(b"")
    assert call("text", papers, "-o", tmp_path / "texts") == 0
    assert sorted(path.name for path in (tmp_path / "texts").iterdir()) == [
        "report35.txt",
        "report48.txt",
        "report61.txt",
    ]
    assert "18 × 10^9/L" in (tmp_path / "texts" / "report61.txt").read_text(encoding="utf-8")
    assert "3 documents read, 1 failed" in capsys.readouterr().out
    assert call("text", papers, "-o", tmp_path / "texts", "--strict", "-j", 2) == 3


def test_text_and_run_agree(papers: Path, tmp_path: Path) -> None:
    assert call("text", papers, "-o", tmp_path / "texts") == 0
    assert call("run", papers, "-o", tmp_path / "out") == 0
    for path in (tmp_path / "texts").iterdir():
        assert path.read_bytes() == (tmp_path / "out" / "text" / path.name).read_bytes()


def test_annotate_leaves_text_and_id_alone(tmp_path: Path) -> None:
    texts = [
        "She took 😀 methotrexate 15 mg weekly.\r\nThen e\u0301 fever\r\n",
        "",
        "  \n",
        "lone \ud83d surrogate, rituximab 375 mg/m2",
        "x\u2028y\x00z rituximab",
    ]
    given = [{"id": number, "text": text, "spans": ["ignored"]} for number, text in enumerate(texts)]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, given)) + "\n\n", encoding="utf-8")
    assert call("annotate", tmp_path / "in.jsonl", "-o", tmp_path / "deep" / "out.jsonl") == 0
    lines = (tmp_path / "deep" / "out.jsonl").read_bytes().decode().split("\n")
    made = [json.loads(line) for line in lines if line]
    assert [(one["id"], one["text"]) for one in made] == list(enumerate(texts))
    spans = {made[0]["text"][s["start"] : s["end"]]: s["label"] for s in made[0]["spans"]}
    assert spans["methotrexate"] == "DRUG"
    assert spans["15 mg"] == "DOSE"
    assert {relation["label"] for relation in made[0]["relations"]} >= {"DOSE_OF"}
    for relation in made[0]["relations"]:
        assert set(relation) == {"head", "tail", "label"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"id": 1, "text": "a"', "line 2: not JSON"),
        (b'{"id": 1, "text": 5}', "line 2: not an object"),
        (b'["id"]', "line 2: not an object"),
        (b'{"text": "a"}', "line 2: not an object"),
        (b'{"id": 1, "text": "\xff"}', "line 2: not UTF-8"),
    ],
)
def test_annotate_names_the_bad_line(
    tmp_path: Path, line: bytes, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.jsonl").write_bytes(b'{"id": 0, "text": "fine"}\n' + line + b"\n")
    assert call("annotate", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl") == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run"], "Missing argument"),
        (["run", "missing.pdf", "-o", "out"], "no such file or folder: missing.pdf"),
        (["run", "."], "Missing option"),
        (["run", ".", "-o", "out", "-j", "0"], "Invalid value for '-j'"),
        (["run", ".", "-o", "out"], "nothing to read"),
        (["run", "papers", "-o", "papers/report61.txt/out"], "cannot write to"),
        (["run", "papers", "-o", "out", "--config", "none.toml"], "cannot read the settings none.toml"),
        (
            ["run", "papers", "-o", "out", "--config", "bad.toml"],
            "bad.toml: section [reading] has no setting pages; known: ",
        ),
        (["text", "missing", "-o", "out"], "no such file or folder: missing"),
        (["annotate", "none.jsonl", "-o", "out"], "cannot read none.jsonl"),
        (["annotate", "bad.toml", "-o", "papers"], "it is a folder"),
        (["mine"], "No such command"),
        (["--nonsense"], "No such option"),
    ],
)
def test_wrong_calls_are_one_line_and_exit_2(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "report61.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "bad.toml").write_text("[reading]\npages = 3\n")
    monkeypatch.chdir(tmp_path / "empty" if said == "nothing to read" else tmp_path)
    assert main(arguments) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("casebook: ")
    assert said in lines[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_writable(papers: Path, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    assert call("run", papers, "-o", tmp_path / "locked") == 2


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--version") == 0
    assert capsys.readouterr().out == f"casebook {__version__}\n"
    for command in ("run", "text", "annotate", "doctor"):
        assert call(command, "--help") == 0
        assert "Example:" in capsys.readouterr().out


def test_doctor(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("doctor") == 0
    said = capsys.readouterr().out
    for subject in ("Python", "spacy", "lexicon drugs", "model", "tesseract", "cache"):
        assert subject in said


def test_doctor_tells_of_ocr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fingerprint, "tesseract", lambda: "")
    assert call("doctor") == 0
    assert "install tesseract-ocr" in capsys.readouterr().out
    (tmp_path / "off.toml").write_text('[reading]\nocr = "off"\n')
    assert call("doctor", "--config", tmp_path / "off.toml") == 0
    assert "scanned PDFs fail" in capsys.readouterr().out


def test_a_scheduler_reads_lines_of_json(papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (papers / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    assert call("run", papers, "-o", tmp_path / "out", "-j", 1, "--log-json", "--strict") == 3
    told = capsys.readouterr()
    events = [json.loads(line) for line in told.err.splitlines()]
    assert [one["event"] for one in events] == ["begin", *["document"] * 4, "writing"]
    assert {one["doc_id"]: one["status"] for one in events[1:-1]}["broken"] == "failed"
    assert all(one["seconds"] > 0 and one["worker_megabytes"] > 10 for one in events[1:-1])
    summary = json.loads(told.out)
    assert (summary["documents"], summary["failed"], summary["exit_code"]) == (4, 1, 3)


@pytest.mark.parametrize("shard", ["0/2", "3/2", "1", "a/b", "1/2/3"])
def test_a_shard_that_is_none(shard: str, papers: Path, tmp_path: Path) -> None:
    assert call("run", papers, "-o", tmp_path / "out", "--shard", shard) == 2


def test_the_start_is_cheap() -> None:
    heavy = "spacy pandas pyarrow lxml pdfplumber pypdfium2 numpy pydantic fsspec dask distributed"
    check = (
        f"import sys; from pipeline.cli import main; main(['--help']); print(set('{heavy}'.split()) & set(sys.modules))"
    )
    finished = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert finished.stdout.strip().splitlines()[-1] == "set()"


def begun(papers: Path, out: Path) -> subprocess.Popen[str]:
    """A run over many papers with two workers, caught when it has read a few."""
    for number in range(60):
        (papers / f"more{number}.txt").write_text(f"{REPORT}{number}\n" * 5, encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "run", str(papers), "-o", str(out), "-j", "2"]
    started = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and len(list(out.glob(".cache/results/*/*.json"))) < 5:
        time.sleep(0.02)
    return started


def test_an_interrupt_ends_with_what_is_done(papers: Path, tmp_path: Path) -> None:
    started = begun(papers, tmp_path / "out")
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=60)
    assert started.returncode == 130, err
    assert "interrupted" in out
    rows = (tmp_path / "out" / "documents.csv").read_text(encoding="utf-8").splitlines()
    assert 5 <= len(rows) - 1 < 63


def test_a_killed_run_is_taken_up_where_it_stopped(papers: Path, tmp_path: Path) -> None:
    started = begun(papers, tmp_path / "out")
    started.kill()
    started.communicate(timeout=60)
    assert not (tmp_path / "out" / "documents.csv").exists()
    assert call("run", papers, "-o", tmp_path / "out", "-j", 1) == 0
    assert json.loads((tmp_path / "out" / "run.json").read_text())["cached"] >= 5
    assert call("run", papers, "-o", tmp_path / "undisturbed", "-j", 1) == 0
    assert tables(tmp_path / "out") == tables(tmp_path / "undisturbed")
