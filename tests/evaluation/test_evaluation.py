import json
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import UsageError
from pipeline.evaluation import evaluate, report, summary
from pipeline.evaluation.comparing import fold, is_right, slots, states
from tests.evaluation.conftest import ROWS, write_run
from tests.golden.expected import SAMPLES


def test_rows_slots_and_traps(run: Path, gold: Path) -> None:
    (score,) = evaluate(run, gold)
    told = summary([score])
    assert {name: told[name]["gold"] for name in ("regimens", "responses", "toxicities", "measurements")} == {
        "regimens": 3,
        "responses": 1,
        "toxicities": 1,
        "measurements": 1,
    }
    assert (told["regimens"]["P"], told["regimens"]["R"]) == (0.75, 1.0)
    assert told["regimens"]["slots"] == round(5 / 8, 4)
    assert (told["all"]["P"], told["all"]["R"]) == (round(6 / 7, 4), 1.0)
    assert (told["traps_sprung"], told["flags_raised"], told["cohort_recall"]) == ("1/2", "1/1", 1.0)
    assert (told["doc_type"], told["case_number"], told["case_slots"]) == (1.0, 1.0, 0.5)
    assert told["recommendation_recall"] is None


def test_every_miss_is_told(run: Path, gold: Path) -> None:
    (score,) = evaluate(run, gold)
    told = "\n".join(report([score], verbose=True))
    assert "wrong    regimens case 1 alemtuzumab|campath: role is 'prior', want 'index'" in told
    assert "extra    regimens woman/P2 bexarotene ('Bexarotene 300 mg')" in told
    assert "trap     the drug of a cited study: r4" in told
    assert "wrong    case 2: sex is None, want 'male'" in told
    assert "missing" not in told


def test_a_document_that_was_not_read_is_missing(tmp_path: Path, gold: Path) -> None:
    (score,) = evaluate(write_run(tmp_path / "none", {name: [] for name in ROWS}), gold)
    assert score.notes[0] == "missing  the document itself"
    assert summary([score])["all"]["R"] == 0.0


def test_patients_may_be_numbered_otherwise(tmp_path: Path, gold: Path) -> None:
    other = {"woman/P1": "woman/P2", "woman/P2": "woman/P1", "": ""}
    rows = {
        name: [{**row, "case_id": other[row["case_id"]]} if "evidence_id" in row else row for row in table]
        for name, table in ROWS.items()
    }
    (score,) = evaluate(write_run(tmp_path / "run", rows), gold)
    assert summary([score])["all"]["R"] == 1.0


def test_most_slots_right_first(run: Path, gold: Path) -> None:
    (score,) = evaluate(run, gold)
    paired = {match.row["evidence_id"]: match.wanted for match in score.matches}
    assert paired["r1"] is not None
    assert paired["r1"]["dose"] == 30
    assert paired["r4"] is None


@pytest.mark.parametrize(
    ("slot", "cell", "wanted", "right"),
    [
        ("duration_days", "125", 122, True),
        ("duration_days", "140", "122|150", True),
        ("duration_days", "140", 122, False),
        ("per_week", "2.99", 3, True),
        ("per_week", "2.9", 3, False),
        ("route", "", "oral", False),
        ("start_date", "2015-07-14", "2015-07", True),
        ("start_date", "2015", "2015-07", False),
        ("ongoing", "false", False, True),
        ("ongoing", "", True, False),
        ("days", "1;3;5", [1, 3], True),
        ("treatment", "filgrastim", ["g-csf|filgrastim"], True),
        ("therapy_type", "photo-therapy", "Photo therapy", True),
    ],
)
def test_slots(slot: str, cell: str, wanted: object, right: bool) -> None:
    assert is_right("regimens", {slot: cell}, slot, wanted) is right


def test_a_range_is_both_of_its_ends() -> None:
    row = {"dose_low": "10", "dose_high": "15"}
    assert is_right("regimens", row, "dose", [10, 15])
    assert not is_right("regimens", row, "dose", 10)
    assert is_right("regimens", {"dose_low": "10"}, "dose", 10)


def test_keys_are_no_slots() -> None:
    assert set(slots("regimens", {"case": 1, "therapy": "a", "dose": 1, "quote": "…"})) == {"dose"}
    assert set(slots("responses", {"case": 1, "therapy": "a", "category": "CR"})) == {"therapy"}


def test_a_response_to_another_therapy_is_another_fact() -> None:
    want = {"case": 1, "therapy": "a", "category": "CR"}
    assert states("responses", {"category": "CR", "therapies": ""}, want)
    assert not states("responses", {"category": "CR", "therapies": "b"}, want)


def test_spellings_are_folded() -> None:
    assert fold("Sézary-cells × 10/µL ") == "sezary cells x 10 ul"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("doc: [", "is no YAML"),
        ("- a", "is no gold file"),
        ("doc: a\nregimens: {case: 1}", "should be a list of rows"),
        ("doc: a\nregimens:\n  - {case: 1}", "has no therapy"),
        ("doc: a\ncohort:\n  - {table: doses}", "names no table: doses"),
    ],
)
def test_bad_gold_is_the_users_mistake(run: Path, tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "bad.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        evaluate(run, tmp_path)


def test_folders_that_hold_nothing(run: Path, gold: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no gold"):
        evaluate(run, tmp_path)
    with pytest.raises(UsageError, match=r"there is no regimens\.csv"):
        evaluate(tmp_path, gold)


def test_command(run: Path, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(run), str(gold), "-v"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("== woman\n")
    assert "traps_sprung            1/2" in said
    assert main(["evaluate", str(run), str(gold), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["summary"]["regimens"]["R"] == 1.0
    assert told["documents"]["woman"]["regimens"]["extra"] == 1


def test_command_with_a_wrong_folder(tmp_path: Path, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path), str(gold)]) == 2
    assert "is no run directory" in capsys.readouterr().err


def test_samples(samples_run: Path) -> None:
    told = summary(evaluate(samples_run, SAMPLES / "gold"))
    assert told["all"]["F1"] >= 0.6
    assert told["traps_sprung"].startswith("0/")
