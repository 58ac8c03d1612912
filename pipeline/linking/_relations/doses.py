"""Doses, routes, frequencies and durations to their therapy: what stands together goes together."""

from collections.abc import Iterator, Sequence
from typing import cast

from pipeline.datamodel import Mention, Relation
from pipeline.datamodel.vocabulary import RelationLabel
from pipeline.linking._relations.pairs import LINKED, Pair, attribute_pairs
from pipeline.linking._relations.scorer import Scorer
from pipeline.linking._relations.sentences import Group, Reading

_AT_LEAST = 0.5
_TOGETHER = 2  # words between two attributes of one schedule


def attribute_relations(reading: Reading, scorer: Scorer) -> Iterator[Relation]:
    """Each schedule belongs to one therapy or one list of therapies: the likeliest for all its parts."""
    pairs: dict[Mention, list[Pair]] = {}
    for pair in attribute_pairs(reading):
        pairs.setdefault(pair.head, []).append(pair)
    for schedule in _schedules(reading):
        yield from _linked(schedule, pairs, scorer)


def _linked(schedule: Sequence[Mention], pairs: dict[Mention, list[Pair]], scorer: Scorer) -> Iterator[Relation]:
    sums: dict[Mention, float] = {}
    groups: dict[Mention, Group] = {}
    for attribute in schedule:
        for pair in pairs.get(attribute, ()):
            sums[pair.tail] = sums.get(pair.tail, 0.0) + scorer.probability("attributes", pair.marks)
            groups[pair.tail] = pair.group
    if not sums:
        return
    chosen = groups[max(sums, key=lambda therapy: sums[therapy])]
    for therapy, total in sums.items():
        probability = min(total / len(schedule), 1.0)
        if groups[therapy] is chosen and probability >= _AT_LEAST:
            for attribute in schedule:
                label = cast(RelationLabel, f"{attribute.label}_OF")
                yield Relation(head=attribute, tail=therapy, label=label, rule="link:scored", confidence=probability)


def _schedules(reading: Reading) -> list[list[Mention]]:
    """Attributes with at most a word or two between them, each kind once."""
    schedules: list[list[Mention]] = []
    for attribute in reading.of(*LINKED):
        last = schedules[-1] if schedules else []
        if last and attribute.label not in {m.label for m in last} and _together(reading, last[-1], attribute):
            last.append(attribute)
        else:
            schedules.append([attribute])
    return schedules


def _together(reading: Reading, first: Mention, second: Mention) -> bool:
    gap = reading.between(first.end, second.start)
    return len(gap) <= _TOGETHER and not any(word.isupper() or word in reading.cues.parts for word in gap)
