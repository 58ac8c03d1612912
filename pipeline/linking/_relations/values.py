"""Values to their tests."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline import units
from pipeline.datamodel import Mention, Relation
from pipeline.datamodel.values import AnalyteName, Quantity
from pipeline.linking._relations.pairs import value_pairs
from pipeline.linking._relations.sentences import Reading
from pipeline.logistic import LogisticModels

_AT_LEAST = 0.5
_SHARE, _SERIES = 0.85, 0.6  # confidences of what is told by form alone
_BEFORE, _UNIT = 0.75, 0.6
_SECOND_OF_TWO = "diastolic blood pressure"
_TWO = re.compile(r"\d\s?/\s?\d")
_OF = (("of",), ("of", "the"))  # ``58% of plasma cells``
_VOLUMES = ("mm3", "uL")
_FAR = 12  # words that may stand between a test and a value that only its unit ties to it


def value_relations(reading: Reading, models: LogisticModels) -> list[Relation]:
    """A value belongs to one test: the one it is the share of (``57% lymphocytes``), else the likeliest."""
    stated = {relation.head: relation for relation in (*_stated(reading), *_shares(reading))}
    shares = {relation.head: relation for relation in _before(reading)} | stated
    untold = [value for value in reading.of("VALUE") if value not in shares and not reading.is_reference(value)]
    best: dict[Mention, tuple[float, Mention]] = {}
    for pair in value_pairs(reading, untold):
        if conflicting(pair.head, pair.tail):
            continue
        probability = models.of_marks("values", pair.marks)
        if probability >= _AT_LEAST and probability > best.get(pair.head, (0.0,))[0]:
            best[pair.head] = (probability, pair.tail)
    scored = [
        Relation(head=value, tail=analyte, label="VALUE_OF", rule="link:scored", confidence=probability)
        for value, (probability, analyte) in best.items()
    ]
    found = [*shares.values(), *scored]
    found += _series(reading, found)
    return found + list(_by_unit(reading, {relation.head for relation in found}))


def _stated(reading: Reading) -> Iterator[Relation]:
    """``The platelet count was 12,000/µL``: nothing but a verb or ``of`` stands between the test and its value."""
    for analyte, value in pairwise(reading.tests_and_values):
        if (analyte.label, value.label) != ("ANALYTE", "VALUE") or reading.is_reference(value):
            continue
        gap = reading.between(analyte.end, value.start)
        if conflicting(value, analyte):
            continue
        if gap[:1] == (")",) and reading.word_before(analyte.start) == "(":
            gap = gap[1:]  # `the proliferation index (Ki-67) was 50%`
        if gap and all(word in reading.cues.copula or word.endswith("ly") for word in gap):
            confidence = reading.cues.copula_confidence
            yield Relation(head=value, tail=analyte, label="VALUE_OF", rule="link:stated", confidence=confidence)


def _shares(reading: Reading) -> Iterator[Relation]:
    for value, analyte in pairwise(reading.tests_and_values):
        is_share = value.label == "VALUE" and analyte.label == "ANALYTE" and value.text.endswith("%")
        gap = reading.between(value.end, analyte.start) if is_share and value.end <= analyte.start else None
        if gap == () or (gap in _OF and isinstance(analyte.value, AnalyteName) and analyte.value.is_cell_count):
            yield Relation(head=value, tail=analyte, label="VALUE_OF", rule="link:share_of", confidence=_SHARE)


def _before(reading: Reading) -> Iterator[Relation]:
    """``a 600 mg/dL glucose level``: nothing stands between a value and its test, which is measured in its unit."""
    for value, analyte in pairwise(reading.tests_and_values):
        adjoins = (value.label, analyte.label) == ("VALUE", "ANALYTE") and value.end <= analyte.start
        if adjoins and not reading.between(value.end, analyte.start) and _fits(value, analyte):
            yield Relation(head=value, tail=analyte, label="VALUE_OF", rule="link:before", confidence=_BEFORE)


def _by_unit(reading: Reading, told: set[Mention]) -> Iterator[Relation]:
    """``IGF-1 was low on one occasion (7.3 ng/mL)``: the next value behind a test that is measured in its unit."""
    if reading.sentence.block == "table":
        return
    for analyte, value in pairwise(reading.tests_and_values):
        if (analyte.label, value.label) != ("ANALYTE", "VALUE") or value in told or reading.is_reference(value):
            continue
        gap = reading.between(analyte.end, value.start)
        if len(gap) <= _FAR and ";" not in gap and _fits(value, analyte):
            yield Relation(head=value, tail=analyte, label="VALUE_OF", rule="link:unit", confidence=_UNIT)


def conflicting(value: Mention, analyte: Mention) -> bool:
    """Whether the value is none of the test's: its unit, or of two pressures the first, which is never diastolic."""
    quantity, test = value.value, analyte.value
    if not isinstance(quantity, Quantity) or not isinstance(test, AnalyteName):
        return False
    if test.name == _SECOND_OF_TWO and _TWO.search(value.text):
        return True
    if test.is_cell_count and quantity.unit in _VOLUMES:
        return False  # `5060 mm3`: what is counted is in that volume
    return units.conflict(quantity.unit, test.si_unit)


def _fits(value: Mention, analyte: Mention) -> bool:
    """Whether the value's unit, which says more than a share does, is one that the test is measured in."""
    quantity, test = value.value, analyte.value
    if not isinstance(quantity, Quantity) or not isinstance(test, AnalyteName) or quantity.unit in ("", "%"):
        return False
    if conflicting(value, analyte):
        return False
    return units.convert(quantity.low, quantity.unit, test.si_unit, test.name) is not None


def _series(reading: Reading, found: Sequence[Relation]) -> Iterator[Relation]:
    """``fell to 6.5 g/dL and then rose to 10 g/dL``: a value in the unit of the one before goes on about its test."""
    if reading.sentence.block == "table":
        return
    told = {relation.head: relation.tail for relation in found}
    before: Mention | None = None
    for mention in reading.tests_and_values:
        if mention.label == "ANALYTE":
            before = None
        elif mention in told:
            before = mention
        elif before is not None and (_goes_on(reading, before, mention) or _of_predicted(reading, mention)):
            told[mention] = told[before]
            yield Relation(
                head=mention, tail=told[before], label="VALUE_OF", rule="link:same_series", confidence=_SERIES
            )
            before = mention


def _of_predicted(reading: Reading, value: Mention) -> bool:
    """``2.1 L, accounting for 72% of the predicted value``: a share of what is expected of the same test."""
    place = reading.word_at(value.end)
    return value.text.endswith("%") and " ".join(reading.words[place : place + 3]).startswith(reading.cues.predicted)


def _respective(reading: Reading, value: Mention) -> bool:
    """``was 0.72 and 0.85, respectively``: a list of bare numbers ends with the value."""
    place = reading.word_at(value.end)
    return "respectively" in reading.words[place : place + 2]


def _goes_on(reading: Reading, before: Mention, value: Mention) -> bool:
    one, two = before.value, value.value
    if not isinstance(one, Quantity) or not isinstance(two, Quantity) or one.unit != two.unit:
        return False
    gap = reading.between(before.end, value.start)
    if not one.unit:
        return gap == ("and",) and _respective(reading, value)
    timed = gap[-1:] == (",",) and gap[0] in reading.cues.timing
    return "(" not in gap and (timed or any(word in reading.cues.series for word in gap))
