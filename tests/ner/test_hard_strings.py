"""Amounts, schedules and values that other readers get wrong: what is found in each sentence, and what it means.

``hard_strings.txt`` holds a sentence a line, below it, indented, each mention and its value: numbers with UCUM unit and
comparator, per week, days, cycle length, or ``refused`` where nothing may be guessed.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import extractors, segmentation
from pipeline.datamodel.values import AgeValue, Count, Frequency, Period, Quantity, TimePoint, Unresolved, Value
from pipeline.process import Corridor

LABELS = ("AGE", "CYCLES", "DOSE", "DURATION", "FREQUENCY", "TIME", "VALUE")


def cases() -> Iterator[tuple[str, list[str]]]:
    sentence, wanted = "", []
    for line in Path(__file__).with_name("hard_strings.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("\t"):
            wanted.append(line.strip())
            continue
        if sentence:
            yield sentence, wanted
        sentence, wanted = line, []
    yield sentence, wanted


def told(value: Value | None) -> str:
    match value:
        case Quantity():
            return " ".join(f"{value.comparator or ''}{value.low:g}..{value.high:g} {value.unit}".split())
        case Frequency():
            days = f" days {','.join(map(str, value.days))}" if value.days else ""
            cycle = f" of {value.cycle_length_days:g}" if value.cycle_length_days else ""
            return f"{'' if value.per_week is None else f'{value.per_week:g}/week'}{days}{cycle}".strip()
        case Period():
            return f"{value.low:g}..{value.high:g} days"
        case Count():
            return f"{value.low:g}..{value.high:g} {value.of}"
        case AgeValue():
            return f"{value.years:g} years"
        case TimePoint():
            return f"{value.days:g} days from {value.anchor}" if value.days is not None else value.iso
        case Unresolved():
            return "refused"
    return "nothing"


def found(corridor: Corridor, sentence: str) -> list[str]:
    document = segmentation.segment(extractors.from_raw_text(sentence))
    mentions = [m for m in corridor.mentions(document) if m.label in LABELS]
    return [f"{m.label}\t{m.text}\t{told(m.value)}" for m in mentions]


@pytest.mark.parametrize(("sentence", "wanted"), list(cases()))
def test_hard_strings(corridor: Corridor, sentence: str, wanted: list[str]) -> None:
    assert found(corridor, sentence) == wanted
