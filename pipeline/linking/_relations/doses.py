"""Doses, routes, frequencies and durations to their therapy: what stands together goes together."""

import re
from collections.abc import Iterator, Sequence
from typing import cast

from pipeline.datamodel import Mention, Relation
from pipeline.datamodel.values import Quantity, TherapyName
from pipeline.datamodel.vocabulary import RelationLabel
from pipeline.linking._relations.pairs import LINKED, Pair, attribute_pairs
from pipeline.linking._relations.sentences import Group, Reading
from pipeline.logistic import LogisticModels

_AT_LEAST = 0.5
_AT_LEAST_LEFT = 0.25  # where the words behind a schedule rule the therapy there out
_LIST = 2  # therapies that make a list
_RAYS = ("Gy", "cGy", "mGy")
_STEP = 10  # words from one amount of a therapy to its next
_PLAIN = 0.8  # confidence of ties by place alone
_NUMBER = re.compile(r"\d")
_BESIDE = 3  # words between a schedule and the name that it stands before
_TOGETHER = 2  # words between two attributes of one schedule


def attribute_relations(reading: Reading, models: LogisticModels) -> Iterator[Relation]:
    """Each schedule belongs to one therapy or one list of therapies: the likeliest for all its parts."""
    before: list[Mention] = []
    tied: list[Relation] = []
    schedules = _schedules(reading)
    own = _each_behind(reading, schedules)
    for schedule in schedules:
        if any(_is_of_rays(attribute) for attribute in schedule):
            found = list(_of_rays(reading, schedule))
        elif _passes(reading, schedule):
            found = []
        elif schedule[0] in own:
            found = list(_tied(schedule, (own[schedule[0]],), "link:each_behind"))
        else:
            plain = list(_length_of(reading, schedule)) or list(_trailing(reading, schedule))
            plain = plain or list(_at_a_dose(reading, schedule))
            plain = plain or list(_behind_brackets(reading, schedule))
            found = plain or list(_linked(reading, schedule, models))
        tied = found or list(_next_step(reading, schedule, before, tied))
        before = schedule
        yield from tied


def _each_behind(reading: Reading, schedules: Sequence[Sequence[Mention]]) -> dict[Mention, Mention]:
    """``A, B 1 g twice daily or C 75 mg``: where each amount stands right behind a name, it is that name's.

    Returns:
        The therapy of each schedule with an amount, by the schedule's first part; empty where one stands elsewhere.
    """
    with_amount = [schedule[0] for schedule in schedules if any(part.label == "DOSE" for part in schedule)]
    ends = {reading.word_at(member.end): member for group in reading.plain_groups for member in group.members}
    own = {first: ends[at] for first in with_amount if (at := _place_behind(reading, first)) in ends}
    apart = len(own) == len(with_amount) == len(set(own.values())) and len(own) > 1
    return own if apart and all(name.end <= first.start for first, name in own.items()) else {}


def _place_behind(reading: Reading, first: Mention) -> int:
    """Number of the word that an amount begins with, or of the colon before it (``A: 8 g/day``)."""
    return reading.word_at(first.start) - (reading.word_before(first.start) == ":")


def _is_of_rays(attribute: Mention) -> bool:
    return isinstance(attribute.value, Quantity) and attribute.value.unit.split("/")[0] in _RAYS


def _of_rays(reading: Reading, schedule: Sequence[Mention]) -> Iterator[Relation]:
    """``radiotherapy to the neck with cisplatin, for a total dose of 66 Gy``: grays are those of an irradiation."""
    irradiations = [
        member
        for group in reading.therapy_groups
        for member in group.members
        if isinstance(member.value, TherapyName) and member.value.therapy_type == "radiotherapy"
    ]
    behind = [member for member in irradiations if member.end <= schedule[0].start]
    yield from _tied(schedule, behind[-1:] or irradiations[:1], "link:of_rays")


def _passes(reading: Reading, schedule: Sequence[Mention]) -> bool:
    """``Over the next 48 hours he worsened in spite of antibiotics``: nothing before it is given for so long."""
    first, groups = schedule[0], reading.therapy_groups
    is_length = first.label == "DURATION" and len(schedule) == 1
    ahead = bool(groups) and first.end <= groups[0].start
    return is_length and ahead and reading.word_before(first.start) in reading.cues.passing


def _before(reading: Reading, schedule: Sequence[Mention], label: str) -> tuple[Sequence[Mention], tuple[str, ...]]:
    """The therapies listed last before a schedule that ``label`` opens, and the words between; empty where none is."""
    first = schedule[0]
    listed = [group for group in reading.plain_groups if group.end <= first.start]
    if first.label != label or not listed:
        return (), ()
    return listed[-1].members, reading.between(listed[-1].end, first.start)


def _trailing(reading: Reading, schedule: Sequence[Mention]) -> Iterator[Relation]:
    """``A, B and C) for a period of two months``: a length right behind a list is the whole list's."""
    members, gap = _before(reading, schedule, "DURATION")
    if len(schedule) > 1 or (len(members) < _LIST and "for" not in gap):
        return
    if gap and all(word in reading.cues.lasting for word in gap):
        yield from _tied(schedule, members, "link:length_of_list")


def _length_of(reading: Reading, schedule: Sequence[Mention]) -> Iterator[Relation]:
    """``four days of A and B``, ``a six weeks course of antibiotics (A)``: the length of what stands behind it."""
    length = schedule[0]
    ahead = [group for group in reading.plain_groups if group.start >= length.end]
    if length.label != "DURATION" or len(schedule) > 1 or not ahead:
        return
    gap = [word.lower() for word in reading.between(length.end, ahead[0].start)]
    if "of" in gap[:2] and all(word in reading.cues.length_of for word in gap):
        yield from _tied(schedule, ahead[0].members, "link:length_of")


def _at_a_dose(reading: Reading, schedule: Sequence[Mention]) -> Iterator[Relation]:
    """``A (B) was started at a total dose of 120 g``: nothing but words of giving between a name and its amount."""
    members, gap = _before(reading, schedule, "DOSE")
    if "of" in gap[-1:] and all(word.lower() in reading.cues.at_a_dose for word in gap):
        yield from _tied(schedule, _same_names(members), "link:at_a_dose")


def _behind_brackets(reading: Reading, schedule: Sequence[Mention]) -> Iterator[Relation]:
    """``heparin (enoxaparin) 40 mg``: what the brackets before an amount make plain is given at it."""
    members, gap = _before(reading, schedule, "DOSE")
    if gap in ((")",), (")", ",")) and reading.word_before(members[-1].start) == "(":
        yield from _tied(schedule, members[-1:], "link:behind_brackets")


def _same_names(members: Sequence[Mention]) -> Sequence[Mention]:
    """Of a list the last name, and what it is short for: ``immunoglobulin (IVIG)``."""
    return tuple(member for member in members if member.value == members[-1].value) or members[-1:]


def _next_step(
    reading: Reading, schedule: Sequence[Mention], before: Sequence[Mention], tied: Sequence[Relation]
) -> Iterator[Relation]:
    """``A 60 mg for two weeks and 10 mg for four``: with no therapy between, the next amount is the same's."""
    if not tied or all(attribute.label != "DOSE" for attribute in schedule):
        return
    low, high = before[-1].end, schedule[0].start
    between = reading.between(low, high)
    crossed = any(group.start < high and group.end > low for group in reading.therapy_groups)
    if crossed or len(between) > _STEP or ";" in between:
        return
    yield from _tied(schedule, tuple(dict.fromkeys(relation.tail for relation in tied)), "link:next_step")


def _tied(schedule: Sequence[Mention], tails: Sequence[Mention], rule: str) -> Iterator[Relation]:
    for tail in tails:
        for attribute in schedule:
            label = cast(RelationLabel, f"{attribute.label}_OF")
            yield Relation(head=attribute, tail=tail, label=label, rule=rule, confidence=_PLAIN)


def _linked(reading: Reading, schedule: Sequence[Mention], models: LogisticModels) -> Iterator[Relation]:
    sums: dict[Mention, float] = {}
    groups: dict[Mention, Group] = {}
    ruled_out = False
    for attribute in schedule:
        near = list(attribute_pairs(reading, (attribute,)))
        possible = _possible(near, schedule, reading)
        ruled_out = ruled_out or len(possible) < len(near)
        for pair in possible:
            sums[pair.tail] = sums.get(pair.tail, 0.0) + models.of_marks("attributes", pair.marks)
            groups[pair.tail] = pair.group
    if not sums:
        return
    chosen = groups[max(sums, key=lambda therapy: sums[therapy])]
    least = _AT_LEAST_LEFT if ruled_out else _AT_LEAST
    own = _nearest(chosen, schedule)
    for therapy, total in sums.items():
        probability = min(total / len(schedule), 1.0)
        if groups[therapy] is chosen and probability >= least and therapy in own:
            for attribute in schedule:
                label = cast(RelationLabel, f"{attribute.label}_OF")
                yield Relation(head=attribute, tail=therapy, label=label, rule="link:scored", confidence=probability)


def _nearest(group: Group, schedule: Sequence[Mention]) -> Sequence[Mention]:
    """Of a list, an amount is the amount of the member beside it; what has no number can be all members'."""
    if not any(attribute.label == "DOSE" and _NUMBER.search(attribute.text) for attribute in schedule):
        return group.members
    return group.members[-1:] if schedule[0].start > group.start else group.members[:1]


def _possible(pairs: Sequence[Pair], schedule: Sequence[Mention], reading: Reading) -> Sequence[Pair]:
    """Without what the words around the schedule rule out: ``10 mg of A`` is A's; ``along with`` begins another."""
    first, last = schedule[0], schedule[-1]
    of_it = [
        p for p in pairs if reading.between(last.end, p.tail.start) in reading.cues.owned and p.tail.start >= last.end
    ]
    if of_it:
        return of_it
    left = [p for p in pairs if p.tail.end <= first.start]
    ahead = [p for p in pairs if p.tail.start >= last.end]
    if ahead and _goes_ahead(reading, last, ahead) and (not left or _all_go_ahead(reading)):
        beside = min(ahead, key=lambda pair: pair.tail.start).group
        return [pair for pair in ahead if pair.group is beside]
    apart = [
        p
        for p in pairs
        if not (p.group.start >= last.end and reading.cues.begins_another(reading.between(last.end, p.group.start)))
    ]
    return apart if left else pairs


def _goes_ahead(reading: Reading, last: Mention, ahead: Sequence[Pair]) -> bool:
    """Nothing but a word or two (``oral``, ``bid``) stands between a schedule and the name behind it."""
    gap = reading.between(last.end, min(pair.tail.start for pair in ahead))
    return len(gap) <= _BESIDE and not any(word in reading.cues.parts or word in ",)" for word in gap)


def _all_go_ahead(reading: Reading) -> bool:
    """``200 mg bid A with 400 mg qd B``: the sentence's first name has its amount before it, and none behind it."""
    doses, groups = reading.of("DOSE"), reading.therapy_groups
    if not doses or doses[0].start >= groups[0].start:
        return False
    gap = reading.between(doses[0].end, groups[0].start)
    behind = reading.between(groups[0].end, groups[0].end + 8)
    plain = len(gap) <= _BESIDE and not any(word in reading.cues.parts or word in ",)" for word in gap)
    return plain and not (behind and behind[0] in ("DOSE", "("))


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
    if "," in gap and second.label == "ROUTE" and _opens(reading, second):
        return False
    return len(gap) <= _TOGETHER and not any(word.isupper() or word in reading.cues.parts for word in gap)


def _opens(reading: Reading, route: Mention) -> bool:
    """``A 60 mg daily, intravenous B``: behind a comma and before a name, a route begins what is told of that name."""
    return any(reading.word_at(group.start) == reading.word_at(route.end) for group in reading.plain_groups)
