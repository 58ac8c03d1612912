"""Values to their tests."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.datamodel import Mention, Relation
from pipeline.datamodel.values import Quantity
from pipeline.linking._relations.pairs import value_pairs
from pipeline.linking._relations.sentences import Reading
from pipeline.logistic import LogisticModels

_AT_LEAST = 0.5
_SHARE, _SERIES = 0.85, 0.6  # confidences of what is told by form alone


def value_relations(reading: Reading, models: LogisticModels) -> list[Relation]:
    """A value belongs to one test: the one it is the share of (``57% lymphocytes``), else the likeliest."""
    shares = {relation.head: relation for relation in (*_stated(reading), *_shares(reading))}
    best: dict[Mention, tuple[float, Mention]] = {}
    for pair in value_pairs(reading):
        if reading.is_reference(pair.head):
            continue
        probability = models.of_marks("values", pair.marks)
        if probability >= _AT_LEAST and probability > best.get(pair.head, (0.0,))[0]:
            best[pair.head] = (probability, pair.tail)
    scored = [
        Relation(head=value, tail=analyte, label="VALUE_OF", rule="link:scored", confidence=probability)
        for value, (probability, analyte) in best.items()
        if value not in shares
    ]
    found = [*shares.values(), *scored]
    return found + list(_series(reading, found))


def _stated(reading: Reading) -> Iterator[Relation]:
    """``The platelet count was 12,000/µL``: nothing but a verb or ``of`` stands between the test and its value."""
    for analyte, value in pairwise(reading.of("VALUE", "ANALYTE")):
        if (analyte.label, value.label) != ("ANALYTE", "VALUE") or reading.is_reference(value):
            continue
        gap = reading.between(analyte.end, value.start)
        if gap and all(word in reading.cues.copula for word in gap):
            confidence = reading.cues.copula_confidence
            yield Relation(head=value, tail=analyte, label="VALUE_OF", rule="link:stated", confidence=confidence)


def _shares(reading: Reading) -> Iterator[Relation]:
    ordered = reading.of("VALUE", "ANALYTE")
    for value, analyte in pairwise(ordered):
        is_share = value.label == "VALUE" and analyte.label == "ANALYTE" and value.text.endswith("%")
        if is_share and value.end <= analyte.start and not reading.between(value.end, analyte.start):
            yield Relation(head=value, tail=analyte, label="VALUE_OF", rule="link:share_of", confidence=_SHARE)


def _series(reading: Reading, found: Sequence[Relation]) -> Iterator[Relation]:
    """``fell to 6.5 g/dL and then rose to 10 g/dL``: a value in the unit of the one before goes on about its test."""
    if reading.sentence.block == "table":
        return
    told = {relation.head: relation.tail for relation in found}
    before: Mention | None = None
    for mention in reading.of("VALUE", "ANALYTE"):
        if mention.label == "ANALYTE":
            before = None
        elif mention in told:
            before = mention
        elif before is not None and _goes_on(reading, before, mention):
            told[mention] = told[before]
            yield Relation(
                head=mention, tail=told[before], label="VALUE_OF", rule="link:same_series", confidence=_SERIES
            )
            before = mention


def _goes_on(reading: Reading, before: Mention, value: Mention) -> bool:
    one, two = before.value, value.value
    if not isinstance(one, Quantity) or not isinstance(two, Quantity) or not one.unit or one.unit != two.unit:
        return False
    gap = reading.between(before.end, value.start)
    return "(" not in gap and any(word in reading.cues.series for word in gap)
