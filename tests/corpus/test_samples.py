"""The sample reports are what their sources say, say that they are invented, and have a sound gold."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pdfplumber
import pytest

from pipeline.datamodel import vocabulary
from tests.golden.gold import read_gold

ROOT = Path(__file__).resolve().parents[2] / "corpus"
SOURCES = sorted((ROOT / "sources").glob("*.toml"))
TABLES = {"cases", "regimens", "responses", "toxicities", "measurements", "cohort", "recommendation", "traps"}
VOCABULARIES = {
    "role": vocabulary.Role,
    "route": vocabulary.Route,
    "therapy_type": vocabulary.TherapyType,
    "status": vocabulary.RegimenStatus,
    "stop_reason": vocabulary.StopReason,
    "category": vocabulary.ResponseCategory,
    "compartment": vocabulary.Compartment,
    "action_taken": vocabulary.ActionTaken,
    "outcome": vocabulary.Outcome,
    "phase": vocabulary.Phase,
    "assertion": vocabulary.Assertion,
    "sex": vocabulary.Sex,
}
each_source = pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    sys.path.insert(0, str(ROOT))
    return importlib.import_module("make_samples")


def file_of(maker: ModuleType, source: Path) -> Path:
    report = maker.read_report(source)
    return ROOT / "samples" / f"{report.id}.{maker.ENDINGS[report.format]}"


@each_source
def test_the_file_is_what_its_source_gives(maker: ModuleType, source: Path) -> None:
    assert file_of(maker, source).read_bytes() == maker.rendered(maker.read_report(source)), "make samples renews it"


@each_source
def test_every_report_says_that_it_is_invented(maker: ModuleType, source: Path) -> None:
    path = file_of(maker, source)
    text = path.read_text(encoding="utf-8") if path.suffix != ".pdf" else first_page(path)
    assert "patients and all authors, hospitals and sources are invented" in " ".join(text.split())


def first_page(path: Path) -> str:
    with pdfplumber.open(path) as pdf:
        return pdf.pages[0].extract_text()


@each_source
def test_every_report_has_its_gold(source: Path) -> None:
    gold = read_gold()[source.stem]
    assert gold["doc"] == source.stem
    assert set(gold) - {"doc", "doc_type", "expect_flags"} == TABLES


@pytest.mark.parametrize("doc_id", [path.stem for path in SOURCES])
def test_gold_keeps_to_the_vocabularies(doc_id: str) -> None:
    gold = read_gold()[doc_id]
    cells = [
        (slot, word)
        for table in TABLES
        for row in gold[table]
        for slot, cell in row.items()
        if slot in VOCABULARIES
        for word in str(cell).split("|")
    ]
    assert [(slot, word) for slot, word in cells if word not in vocabulary.words(VOCABULARIES[slot])] == []


def test_no_sample_is_left_over(maker: ModuleType, samples: list[Path]) -> None:
    assert samples == sorted(file_of(maker, source) for source in SOURCES)


def test_words_are_broken_where_a_reader_would(maker: ModuleType) -> None:
    hyphens = importlib.import_module("render.hyphens")
    assert "-".join(hyphens.parts("prednisone")) == "predni-sone"
    assert hyphens.parts("CHOP") == ["CHOP"]
    assert hyphens.parts("IVA1") == ["IVA1"]
