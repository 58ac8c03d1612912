"""Lists that answer each other (``platelets and leucocytes were 18 and 3``); doses told a sentence later."""

from collections.abc import Iterator, Sequence
from typing import cast

from pipeline.datamodel import Mention, Relation
from pipeline.datamodel.vocabulary import RelationLabel
from pipeline.linking._relations.pairs import LINKED
from pipeline.linking._relations.sentences import THERAPIES, Group, Reading
from pipeline.linking._relations.values import conflicting

_TARGETS = {"VALUE": ("ANALYTE",), **dict.fromkeys(LINKED, THERAPIES)}
_CUE = "respectively"
_CERTAIN = 0.95
_NEIGHBOUR = 2  # characters that part a sentence from the next of its paragraph


def respective_relations(reading: Reading) -> tuple[list[Relation], set[Mention]]:
    """One to one, in order, where a list of values or doses is as long as the list that it answers.

    Returns:
        The relations, and the mentions that are settled by them: also those of a list that answers a list of
        another length, since something in one of the two was not found and any tie would be a guess.
    """
    found = list(_in_order(reading))
    settled = {relation.head for relation in found}
    if _CUE not in reading.words:
        return found, settled
    for label, targets in _TARGETS.items():
        tails = _lists(reading, *targets)
        for members in _lists(reading, label):
            fitting = [other for other in tails if len(other) == len(members)]
            nearest = min(fitting, key=lambda other: abs(other[0].start - members[0].start), default=())
            if tails and settled.isdisjoint(members):
                settled.update(members)
                found += _paired(members, nearest)
    return found, settled


def _in_order(reading: Reading) -> Iterator[Relation]:
    """``Creatinine and urea were 2.3 mg/dL and 45 mg/dL``: as many values right behind as many tests, with no word."""
    values = _lists(reading, "VALUE")
    for tests in _lists(reading, "ANALYTE") if values else ():
        behind = next((members for members in values if members[0].start >= tests[-1].end), ())
        if len(behind) != len(tests):
            continue
        if any(conflicting(value, test) for value, test in zip(behind, tests, strict=True)):
            continue
        gap = reading.between(tests[-1].end, behind[0].start)
        if gap and all(word in reading.cues.copula for word in gap):
            yield from _paired(behind, tests)


def _lists(reading: Reading, *labels: str) -> list[tuple[Mention, ...]]:
    """Lists of two or more, those that run on over brackets first."""
    lists = [group.members for group in (*reading.listed(*labels), *reading.grouped(*labels))]
    return [members for members in dict.fromkeys(lists) if len(members) > 1]


def _paired(heads: Sequence[Mention], tails: Sequence[Mention]) -> Iterator[Relation]:
    for head, tail in zip(heads, tails, strict=False):
        name = cast(RelationLabel, f"{head.label}_OF")
        yield Relation(head=head, tail=tail, label=name, rule="link:respectively", confidence=_CERTAIN)


def continued_relations(reading: Reading, before: Reading | None, tied: Sequence[Mention]) -> Iterator[Relation]:
    """Doses, routes … of a sentence that names no therapy belong to the only one of the sentence before."""
    if before is None or reading.therapy_groups or not reading.cues.continues(reading.words):
        return
    if reading.sentence.start - before.sentence.end > _NEIGHBOUR:
        return
    last = _only_therapy(before.therapy_groups)
    if last is None:
        return
    for attribute in reading.of(*LINKED):
        if attribute not in tied:
            label = cast(RelationLabel, f"{attribute.label}_OF")
            confidence = reading.cues.continued_confidence
            yield Relation(head=attribute, tail=last, label=label, rule="link:sentence_before", confidence=confidence)


def _only_therapy(groups: Sequence[Group]) -> Mention | None:
    named = {m.text.lower(): m for group in groups for m in group.members if m.assertion == "affirmed"}
    return next(iter(named.values())) if len(named) == 1 else None
