"""The sample reports give the rows that stand here to be read, and most of what a careful reader wrote down."""

from pathlib import Path

import pytest

from tests.golden import gold
from tests.golden.expected import HERE, SAMPLES, golden_files, table

DOCUMENTS = sorted(path.stem for path in SAMPLES.iterdir() if path.is_file())
# Shares of the gold rows below which a change has broken something; raise them as the rooms get better.
FLOORS = {"regimens": 0.85, "responses": 0.75, "toxicities": 0.4, "measurements": 0.55}


@pytest.fixture(scope="module")
def files(samples_run: Path) -> dict[str, str]:
    return golden_files(samples_run)


@pytest.mark.parametrize("doc_id", DOCUMENTS)
def test_rows_are_the_expected_ones(doc_id: str, files: dict[str, str]) -> None:
    expected = (HERE / f"{doc_id}.txt").read_text(encoding="utf-8")
    assert files[f"{doc_id}.txt"].splitlines() == expected.splitlines(), "read the difference; make golden keeps it"


@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_most_of_the_gold_is_found(kind: str, samples_run: Path) -> None:
    held, wanted = gold.found(samples_run)[kind]
    assert held / wanted >= FLOORS[kind], f"{held} of {wanted}"


def test_no_trap_is_sprung(samples_run: Path) -> None:
    assert gold.sprung(samples_run) == []


def test_every_report_is_known_for_what_it_is(samples_run: Path) -> None:
    found = {row["doc_id"]: (row["doc_type"], int(row["n_cases"])) for row in table(samples_run, "documents")}
    for doc_id, wanted in gold.read_gold().items():
        assert found[doc_id][0] in wanted["doc_type"].split("|"), doc_id
        assert found[doc_id][1] == len(wanted["cases"]), doc_id


def test_quotes_are_the_texts_own_words(samples_run: Path) -> None:
    texts = {doc: gold.text_of(samples_run, doc) for doc in DOCUMENTS}
    for row in table(samples_run, "evidence"):
        assert texts[row["doc_id"]][int(row["start"]) : int(row["end"])] == row["quote"]


def test_gold_quotes_stand_in_the_texts(samples_run: Path) -> None:
    for doc_id, wanted in gold.read_gold().items():
        text = gold.text_of(samples_run, doc_id)
        quotes = [row["quote"] for rows in wanted.values() if isinstance(rows, list) for row in rows if "quote" in row]
        assert [quote for quote in quotes if not gold.places(text, quote)] == [], doc_id
