"""Which therapy of its sentence a response answers to."""

from collections.abc import Iterator

from pipeline.datamodel import Mention, Relation
from pipeline.linking._relations.sentences import Group, Reading


def response_relations(reading: Reading) -> Iterator[Relation]:
    """One list of therapies a response: the one that follows it with a preposition, else the last before it."""
    responses = reading.of("RESPONSE")
    if not responses:
        return
    groups = [kept for kept in (_given(reading, group) for group in reading.therapy_groups) if kept.members]
    for response in responses:
        tied = _right(reading, response, groups) or _left(reading, response, groups)
        if tied:
            group, confidence = tied
            for member in group.members:
                yield Relation(
                    head=response, tail=member, label="RESPONSE_TO", rule="link:response_cue", confidence=confidence
                )


def _given(reading: Reading, group: Group) -> Group:
    """Nothing answers to a therapy that was refused, is only planned, or names a kind of disease."""
    return Group(
        tuple(
            member
            for member in group.members
            if member.assertion == "affirmed"
            and member.status != "conditional"
            and not any(word in reading.cues.response.qualifies for word in _behind(reading, member))
        )
    )


def _behind(reading: Reading, member: Mention) -> tuple[str, ...]:
    """The word behind a therapy, or the two behind where the first is a hyphen."""
    place = reading.word_at(member.end)
    words = reading.words[place : place + 2]
    return words if words[:1] == ("-",) else words[:1]


def _right(reading: Reading, response: Mention, groups: list[Group]) -> tuple[Group, float] | None:
    cues = reading.cues.response
    group = next((g for g in groups if g.start >= response.end), None)
    if group is None:
        return None
    gap = reading.between(response.end, group.start)
    ends_in_cue = response.text.lower().rsplit(None, 1)[-1] in cues.right
    if len(gap) > cues.reach_right or any(word in cues.barriers or word == "RESPONSE" for word in gap):
        return None
    if ends_in_cue or (gap and gap[0] in cues.right) or any(word in cues.right for word in gap[-3:]):
        return group, cues.confidence["right"]
    return None


def _left(reading: Reading, response: Mention, groups: list[Group]) -> tuple[Group, float] | None:
    cues = reading.cues.response
    group = next((g for g in reversed(groups) if g.end <= response.start), None)
    if group is None:
        return None
    gap = reading.between(group.end, response.start)
    if len(gap) > cues.reach_left or any(word in cues.barriers for word in gap):
        return None
    told = not gap or any(word in cues.left for word in gap)
    return group, cues.confidence["left" if told else "alone"]
