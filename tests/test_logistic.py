"""Logistic models read from a file of weights."""

import math
from pathlib import Path

import pytest

from pipeline.logistic import LogisticModels, logistic


@pytest.fixture
def models(tmp_path: Path) -> LogisticModels:
    path = tmp_path / "weights.tsv"
    path.write_text(
        "# model\tmark\tweight\nfar\t(bias)\t500\none\t(at least)\t0.4\none\t(bias)\t-1.0\none\ta\t2.0\none\tb\t-0.5\n",
        encoding="utf-8",
    )
    return LogisticModels(path)


def test_weights_add_up_to_log_odds(models: LogisticModels) -> None:
    assert models.of_marks("one", ["a", "b"]) == pytest.approx(1 / (1 + math.exp(-0.5)))
    assert models.of_values("one", {"a": 1.0, "b": 3.0}) == pytest.approx(1 / (1 + math.exp(0.5)))


def test_marks_without_a_weight_count_nothing(models: LogisticModels) -> None:
    assert models.of_marks("one", ["new"]) == models.of_values("one", {"new": 7.0}) == logistic(-1.0)


def test_a_mark_counts_as_often_as_it_is_given(models: LogisticModels) -> None:
    assert models.of_marks("one", ["a", "a"]) == models.of_values("one", {"a": 2.0})


def test_far_odds_neither_overflow_nor_leave_the_unit_interval(models: LogisticModels) -> None:
    assert 0.999 < models.of_marks("far", ()) <= 1.0
    assert 0.0 <= logistic(-1e9) < 1e-9


def test_thresholds_and_names(models: LogisticModels) -> None:
    assert models.least("one") == 0.4
    assert "one" in models
    assert "two" not in models
    with pytest.raises(KeyError):
        models.of_marks("two", ())
