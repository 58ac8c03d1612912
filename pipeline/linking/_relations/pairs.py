"""The pairs of a sentence that may stand in a relation, each with its marks."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.datamodel import Mention
from pipeline.linking._relations.features import attribute_features, condition_features, group_features
from pipeline.linking._relations.sentences import Group, Reading

LINKED = ("DOSE", "ROUTE", "FREQUENCY", "DURATION")
_MOST = 25  # members of a list that are paired with those of another
_REACH = 4  # rivals looked at on either side, so that a long list costs no more than its length


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions and what marks them, ``head`` → ``tail``; ``group`` is the list that the tail stands in."""

    head: Mention
    tail: Mention
    marks: Sequence[str]
    group: Group


def attribute_pairs(reading: Reading, attributes: Sequence[Mention]) -> Iterator[Pair]:
    """Each of these doses, routes, frequencies and durations with each therapy within reach."""
    groups = reading.plain_groups
    for attribute in attributes:
        for group in _around(groups, attribute):
            for member in group.members:
                yield Pair(attribute, member, attribute_features(reading, attribute, group, member), group)


def value_pairs(reading: Reading, values: Sequence[Mention]) -> Iterator[Pair]:
    """Each of these values with each test within reach."""
    groups = reading.analyte_groups
    for value in values:
        for group in _around(groups, value):
            yield Pair(value, group.members[0], attribute_features(reading, value, group, group.members[0]), group)


def event_pairs(reading: Reading) -> Iterator[Pair]:
    """Each drug with each condition within reach; the members of a list share what stands around the list."""
    conditions = reading.condition_groups
    for therapies in reading.therapy_groups:
        for group in _around(conditions, therapies):
            shared = group_features(reading, therapies, group)
            for condition in group.members[:_MOST]:
                marks = shared + condition_features(reading, condition)
                for therapy in therapies.members[:_MOST]:
                    yield Pair(therapy, condition, marks, group)


def _around(groups: list[Group], at: Mention | Group) -> list[Group]:
    """The groups nearest to ``at``, at most four on either side; what overlaps it is left out."""
    place = bisect_left(groups, at.start, key=lambda group: group.start)
    near = groups[max(place - _REACH, 0) : place + _REACH]
    return [group for group in near if group.end <= at.start or group.start >= at.end]
