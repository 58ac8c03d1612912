"""What a drug caused and what it was given for, weighed over the document.

A sentence alone often cannot tell whether a disease came after a drug or was why it was given; the document
as a whole can: a disease that its drugs treat is caused by one of them only where a sentence says so plainly.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.datamodel import Mention, Relation
from pipeline.datamodel.values import ConditionName, ResponseValue
from pipeline.linking._relations.pairs import event_pairs
from pipeline.linking._relations.sentences import Reading
from pipeline.logistic import LogisticModels

_AT_LEAST = {"causes": 0.55, "treats": 0.4}
_PLAINLY = 0.9
_BY = ("by", "with", "to")
_ENDS = ("improved", "resolved", "CR", "PR", "MR")
_ANSWERED = 2  # words at least between a condition and the drug that relieves it: ``improved with``
_NEAR = 8


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """A drug and a condition of one sentence, with the probability of either relation."""

    drug: Mention
    condition: Mention
    causes: float
    treats: float


def scored_events(reading: Reading, models: LogisticModels) -> list[ScoredPair]:
    """All pairs of the sentence; a table's row sets things side by side and does not say what caused what."""
    if reading.sentence.block == "table":
        return []
    return [
        ScoredPair(
            pair.head,
            pair.tail,
            0.0 if _is_relieved(reading, pair.tail, pair.head) else models.of_marks("causes", pair.marks),
            models.of_marks("treats", pair.marks),
        )
        for pair in event_pairs(reading)
    ]


def _is_relieved(reading: Reading, condition: Mention, drug: Mention) -> bool:
    """``The pain was partly relieved by A``, ``B improved with C``: what a drug relieves it has not caused."""
    gap = reading.between(condition.end, drug.start)
    if len(gap) < _ANSWERED or len(gap) > _NEAR or tuple(gap[-2:-1]) != ("RESPONSE",) or gap[-1] not in _BY:
        return False
    told = reading.within(condition.end, drug.start)
    return bool(told) and isinstance(told[-1].value, ResponseValue) and told[-1].value.category in _ENDS


def event_relations(sentences: Sequence[Sequence[ScoredPair]]) -> Iterator[Relation]:
    """``CAUSES`` and ``TREATS`` of a document, from the scored pairs of its sentences."""
    treated = _treated(sentences)
    for pairs in sentences:
        for pair in pairs:
            needed = _PLAINLY if _name(pair.condition) in treated else _AT_LEAST["causes"]
            if pair.causes >= needed and pair.causes >= pair.treats:
                yield _relation(pair, "CAUSES")
            elif pair.treats >= _AT_LEAST["treats"]:
                yield _relation(pair, "TREATS")


def _treated(sentences: Sequence[Sequence[ScoredPair]]) -> set[str]:
    """Names of conditions that two sentences or more tell of, and rather as treated than as caused."""
    balance: dict[str, float] = {}
    told: dict[str, int] = {}
    for pairs in sentences:
        best: dict[str, tuple[float, float]] = {}
        for pair in pairs:
            name = _name(pair.condition)
            causes, treats = best.get(name, (0.0, 0.0))
            best[name] = (max(causes, pair.causes), max(treats, pair.treats))
        for name, (causes, treats) in best.items():
            balance[name] = balance.get(name, 0.0) + treats - causes
            told[name] = told.get(name, 0) + 1
    return {name for name, weight in balance.items() if weight > 0 and told[name] > 1}


def _name(condition: Mention) -> str:
    value = condition.value
    return value.name if isinstance(value, ConditionName) else condition.text.lower()


def _relation(pair: ScoredPair, label: str) -> Relation:
    if label == "CAUSES":
        return Relation(head=pair.drug, tail=pair.condition, label="CAUSES", rule="link:scored", confidence=pair.causes)
    return Relation(head=pair.drug, tail=pair.condition, label="TREATS", rule="link:scored", confidence=pair.treats)
