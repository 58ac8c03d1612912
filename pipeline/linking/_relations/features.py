"""What marks a pair of mentions: short strings, each with a weight in ``weights.tsv``."""

from bisect import bisect_left
from collections.abc import Iterator

from pipeline.datamodel import Mention
from pipeline.datamodel.values import ConditionName
from pipeline.linking._relations.sentences import ATTRIBUTES, Group, Reading

_DISTANCES = (0, 1, 2, 3, 5, 8, 12, 18, 30)
_NEAR = 4  # words of a long gap that are looked at on either side
_SHORT_GAP = 10


def _bucket(count: int) -> str:
    return str(next((edge for edge in _DISTANCES if count <= edge), "far"))


def group_features(reading: Reading, therapy: Group, condition: Group) -> list[str]:
    """Marks of a drug (or list of drugs) and a condition (or list of conditions) of one sentence."""
    first, second = (therapy, condition) if therapy.start < condition.start else (condition, therapy)
    order = "DC" if first is therapy else "CD"
    gap = reading.between(first.end, second.start)
    found = [f"order={order}", f"{order}:gap={_bucket(len(gap))}"]
    found += _gap_words(order, gap)
    words = reading.words[reading.word_at(first.end) : reading.word_at(second.start)]
    found += [f"{order}:cue={kind}" for kind in sorted(reading.cues.kinds_in(words))]
    found += _around(reading, order, first, second)
    place, end = reading.word_at(condition.start), reading.word_at(second.end)
    found += [
        f"before_condition:cue={kind}"
        for kind in sorted(reading.cues.kinds_in(reading.words[max(place - 4, 0) : place]))
    ]
    found += [f"{order}:cue_after={kind}" for kind in sorted(reading.cues.kinds_in(reading.words[end : end + 6]))]
    drugs, others = (
        groups_between(g, first.end, second.start) for g in (reading.therapy_groups, reading.condition_groups)
    )
    found += [f"{order}:drugs_between={min(drugs, 2)}", f"{order}:conditions_between={min(others, 2)}"]
    found += [f"drugs={min(len(reading.therapy_groups), 4)}", f"conditions={min(len(reading.condition_groups), 4)}"]
    found += [f"sentence:{kind}" for kind in sorted(reading.kinds)]
    found.append(f"kind={therapy.members[0].label}")
    return found


def groups_between(groups: list[Group], low: int, high: int) -> int:
    """How many lists lie wholly from offset ``low`` to offset ``high``; ``groups`` are in text order."""
    first, last = (bisect_left(groups, offset, key=lambda group: group.start) for offset in (low, high))
    return sum(group.end <= high for group in groups[first:last])


def condition_features(reading: Reading, condition: Mention) -> list[str]:
    """Marks of the condition's own words."""
    words = reading.words[reading.word_at(condition.start) : reading.word_at(condition.end)]
    found = [f"C:word={word}" for word in sorted(set(words)) if len(word) > 2]
    found += [f"C:ends={word[-5:]}" for word in words[-1:] if len(word) > 5]
    known = condition.value.ctcae_term != "" if isinstance(condition.value, ConditionName) else None
    found.append(f"C:adverse_event_term={known}")
    found.append(f"C:assertion={condition.assertion}")
    found.append(f"C:status={condition.status}")
    return found


def _gap_words(order: str, gap: tuple[str, ...]) -> Iterator[str]:
    near = gap if len(gap) <= _SHORT_GAP else gap[:_NEAR] + gap[-_NEAR:]
    yield from (f"{order}:word={word}" for word in sorted(set(near)))
    yield f"{order}:first={' '.join(gap[:2])}"
    yield f"{order}:last={' '.join(gap[-2:])}"
    if len(gap) <= 3:
        yield f"{order}:whole={' '.join(gap)}"


def _around(reading: Reading, order: str, first: Group, second: Group) -> Iterator[str]:
    begin, end = reading.word_at(first.start), reading.word_at(second.end)
    yield f"{order}:before={reading.words[begin - 1] if begin else '^'}"
    yield f"{order}:after={reading.words[end] if end < len(reading.words) else '$'}"
    yield from (f"{order}:near_before={word}" for word in sorted(set(reading.words[max(begin - 3, 0) : begin])))
    yield from (f"{order}:near_after={word}" for word in sorted(set(reading.words[end : end + 3])))


def attribute_features(reading: Reading, attribute: Mention, target: Group, member: Mention) -> list[str]:
    """Marks of a dose, route … or value and the therapy or test that it may belong to."""
    right = attribute.start > target.start
    low, high = (target.end, attribute.start) if right else (attribute.end, target.start)
    gap = reading.between(low, high)
    order = "R" if right else "L"
    kind = attribute.label
    found = [f"order={order}", f"{order}:gap={_bucket(len(gap))}"]
    found += [
        f"{order}:word={word}" for word in sorted(set(gap if len(gap) <= _SHORT_GAP else gap[:_NEAR] + gap[-_NEAR:]))
    ]
    found += [f"{order}:first={' '.join(gap[:1])}", f"{order}:last={' '.join(gap[-1:])}"]
    if len(gap) <= 3:
        found.append(f"{order}:whole={' '.join(gap)}")
    inside = [mention.label for mention in reading.within(low, high)]
    targets, same = inside.count(target.members[0].label), inside.count(kind)
    found += [f"{order}:targets_between={min(targets, 3)}", f"{order}:same_between={min(same, 3)}"]
    found += [f"{order}:other_between"] if any(label in ATTRIBUTES for label in inside) else []
    found += _nearest(reading, attribute, target, right)
    found.append(f"{order}:open={'(' in gap}:{')' in gap}")
    place = "alone" if len(target.members) == 1 else "near" if member is target.members[-right] else "far"
    found += [f"{order}:member={place}", f"target={member.label}"]
    end = reading.word_at(max(attribute.end, target.end))
    found.append(f"{order}:after={reading.words[end] if end < len(reading.words) else '$'}")
    begin = reading.word_at(min(attribute.start, target.start))
    found.append(f"{order}:before={reading.words[begin - 1] if begin else '^'}")
    return found + [f"{kind}|{mark}" for mark in found]


def _nearest(reading: Reading, attribute: Mention, target: Group, right: bool) -> Iterator[str]:
    """How the target stands against its rival on the other side of the attribute."""
    before, behind = reading.next_to(attribute, target.members[0].label, target.members)
    left = [attribute.start - before.end] if before else []
    after = [behind.start - attribute.end] if behind else []
    mine = attribute.start - target.end if right else target.start - attribute.end
    closest = min(left + after, default=None)
    yield "alone" if closest is None else ("nearest" if mine <= closest else "not_nearest")
    other_side = after if right else left
    if other_side:
        yield f"{'R' if right else 'L'}:rival={'nearer' if other_side[0] < mine else 'farther'}"
