"""What every engine promises: each item one outcome, whatever happens to the worker."""

from collections.abc import Callable

import pytest

from pipeline import engines, registry
from pipeline.engines import Done, Limits, Lost
from pipeline.errors import UsageError

NAMES = registry.names(engines)
each_engine = pytest.mark.parametrize("name", NAMES)


def square(number: int) -> int:
    if number == 3:
        raise ValueError("three is not squared here")
    return number * number


def build() -> Callable[[int], int]:
    return square


@each_engine
def test_every_item_has_one_outcome(name: str) -> None:
    outcomes = list(engines.load(name)(build, list(range(6)), Limits(jobs=2)))
    assert sorted(outcome.index for outcome in outcomes) == list(range(6))
    assert {o.index: o.value for o in outcomes if isinstance(o, Done)} == {n: n * n for n in range(6) if n != 3}
    lost = [outcome for outcome in outcomes if isinstance(outcome, Lost)]
    assert [(o.index, o.reason) for o in lost] == [(3, "bug")]
    assert "three is not squared here" in lost[0].trace


@each_engine
def test_no_items_no_outcomes(name: str) -> None:
    assert list(engines.load(name)(build, [], Limits())) == []


def test_an_unknown_engine_is_a_users_mistake() -> None:
    with pytest.raises(UsageError, match="known: "):
        engines.load("steam")
