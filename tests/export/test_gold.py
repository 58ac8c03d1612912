"""Reviewed documents as gold: what was signed scores 1.0 against itself."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.cli import main
from pipeline.evaluation import evaluate, summary
from pipeline.export.curated import apply, curate
from pipeline.export.gold import reviewed, write_gold
from pipeline.export.run_tables import RunTables
from pipeline.ledger import Decision
from tests.export.curating import REVIEWED, accepted, of_kind


def is_perfect(told: Mapping[str, Any]) -> bool:
    shares = [
        told[name] for name in ("cohort_recall", "recommendation_recall", "doc_type", "case_slots", "case_number")
    ]
    rows = [told["all"][name] for name in ("P", "R", "F1", "slots")]
    rows = rows if told["all"]["gold"] else [1.0]
    return set(rows) == {1.0} and set(shares) <= {1.0, None} and told["traps_sprung"].startswith("0/")


def test_the_reviewed_document_scores_full_marks_against_itself(
    run: RunTables, decisions: list[Decision], curated: Path, tmp_path: Path
) -> None:
    decided = [one for one in decisions if one.after.get("value_low") != "+1,5;"]
    rows = curate(run, decided).rows
    assert reviewed(rows) == [REVIEWED]
    assert [path.name for path in write_gold(run, rows, tmp_path)] == [f"{REVIEWED}.yaml"]
    apply(run, decided, tmp_path / "curated")
    (score,) = evaluate(tmp_path / "curated", tmp_path)
    assert is_perfect(summary([score])), score.notes
    assert score.counts["traps"]["set"] == 1
    assert score.counts["toxicities"]["found"] == len(of_kind(run, "toxicity")) + 1
    (machine,) = evaluate(run.folder, tmp_path)
    assert summary([machine])["all"]["F1"] < 1, "the machine has not seen what the curator added"


def test_every_sample_scores_full_marks_once_all_its_rows_are_accepted(run: RunTables, tmp_path: Path) -> None:
    decided = [replace(accepted(row), number=number) for number, row in enumerate(run.rows, 1)]
    rows = curate(run, decided).rows
    assert len(write_gold(run, rows, tmp_path)) == len(reviewed(rows)) >= 8
    apply(run, decided, tmp_path / "curated")
    scores = evaluate(tmp_path / "curated", tmp_path)
    assert [(score.doc_id, score.notes) for score in scores if not is_perfect(summary([score]))] == []
    assert summary(scores)["cohort_recall"] == 1.0


def test_a_document_with_one_row_left_is_not_reviewed(run: RunTables, decisions: list[Decision]) -> None:
    last = decisions[-1]
    assert reviewed(curate(run, [one for one in decisions if one.evidence_id != last.evidence_id]).rows) == []


def test_the_command_writes_what_the_reader_of_gold_reads(
    run: RunTables, decisions: list[Decision], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = tmp_path / "decisions.jsonl"
    from pipeline.ledger.lines import to_lines

    lines.write_text("".join(to_lines(decisions[:-1])), encoding="utf-8")
    address = str(tmp_path / "kept.sqlite")
    assert main(["ledger", "import", str(run.folder), str(lines), "--db", address]) == 0
    assert main(["export", "gold", str(run.folder), "-o", str(tmp_path / "gold"), "--db", address]) == 0
    assert "0 documents written" in capsys.readouterr().out


def test_it_reads_like_gold_written_by_hand(run: RunTables, decisions: list[Decision], tmp_path: Path) -> None:
    decided = [one for one in decisions if one.after.get("value_low") != "+1,5;"]
    (path,) = write_gold(run, curate(run, decided).rows, tmp_path)
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    first = told["regimens"][0]
    assert (first["case"], first["therapy"], first["dose"]) == (1, of_kind(run, "regimen")[0].cells["therapy"], 7.5)
    assert told["traps"] == [{"why": "a drug of the discussion", "quote": told["traps"][0]["quote"]}]
    assert {"unknown", "not_stated", ""}.isdisjoint(str(cell) for row in told["toxicities"] for cell in row.values())
