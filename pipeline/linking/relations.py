"""Ties between mentions: which dose belongs to which drug, which value to which test, what caused what.

Pairs within a sentence are marked by what stands between and around them (cue phrases, distance, lists,
rivals); trained weights turn the marks into a probability, which is the relation's confidence.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import log
from pathlib import Path

from pipeline.datamodel import Document, Mention, Relation
from pipeline.linking._relations.cues import default_cues
from pipeline.linking._relations.doses import attribute_relations
from pipeline.linking._relations.effects import settled_effects
from pipeline.linking._relations.events import ScoredPair, event_relations, scored_events
from pipeline.linking._relations.lists import continued_relations, respective_relations
from pipeline.linking._relations.responses import response_relations
from pipeline.linking._relations.sentences import Reading, read_sentences
from pipeline.linking._relations.values import value_relations
from pipeline.logistic import LogisticModels, shipped

WEIGHTS = Path(__file__).with_name("_relations") / "weights.tsv"
CALIBRATION = WEIGHTS.with_name("calibration.tsv")

_SUREST = 0.99
_AS_SURE_AS_MENTIONS = frozenset({"VALUE_OF", "DOSE_OF"})


def relate(document: Document, mentions: Sequence[Mention]) -> tuple[tuple[Mention, ...], tuple[Relation, ...]]:
    """The mentions, conditions that a drug caused relabelled ``TOXICITY``, and the relations between them.

    A relation's confidence is how often one that is told like this is right (``calibration.tsv``).

    Args:
        document: with its sentences.
        mentions: with offsets in ``document.text``, in any order.

    Returns:
        The mentions in text order and the relations in the order of their heads and tails.
    """
    after, relations = scored(document, mentions, shipped(WEIGHTS))
    return after, tuple(replace(relation, confidence=_calibrated(relation)) for relation in relations)


def _calibrated(relation: Relation) -> float:
    calibration = shipped(CALIBRATION)
    if relation.label not in calibration:
        return relation.confidence
    return round(calibration.of_values(relation.label, traits(relation)), 3)


def traits(relation: Relation) -> dict[str, float]:
    """What the calibration looks at: how likely the scorer or the rule says that it is, and which of them says so.

    Of amounts and values also how sure the two mentions are: that one of them is none is the commonest fault.
    """
    told = {"odds": _log_odds(relation.confidence), relation.rule: 1.0}
    if relation.label in _AS_SURE_AS_MENTIONS:
        told |= {"head": _log_odds(relation.head.confidence), "tail": _log_odds(relation.tail.confidence)}
    return told


def _log_odds(confidence: float) -> float:
    odds = min(max(confidence, 1 - _SUREST), _SUREST)
    return log(odds / (1 - odds))


def scored(
    document: Document, mentions: Sequence[Mention], models: LogisticModels
) -> tuple[tuple[Mention, ...], tuple[Relation, ...]]:
    """As :func:`relate`, with the weights of ``models``, each relation as sure as the scorer or its rule is."""
    ordered = sorted(mentions, key=lambda m: (m.start, m.end, m.label))
    found: list[Relation] = []
    events: list[list[ScoredPair]] = []
    before: Reading | None = None
    for reading in read_sentences(document, ordered, default_cues()):
        certain, settled = respective_relations(reading)
        scored = [*attribute_relations(reading, models), *value_relations(reading, models)]
        tied = certain + [relation for relation in scored if relation.head not in settled]
        found += tied
        found += continued_relations(reading, before, [relation.head for relation in tied])
        events.append(scored_events(reading, models))
        found += response_relations(reading)
        before = reading if reading.therapy_groups else None
    found += event_relations(events)
    return _relabelled(ordered, found)


def _relabelled(
    mentions: Sequence[Mention], relations: Sequence[Relation]
) -> tuple[tuple[Mention, ...], tuple[Relation, ...]]:
    """Conditions that a drug caused become toxicities, in the mentions and in the relations alike."""
    new, kept = settled_effects(mentions, relations)
    told = (replace(r, head=new.get(r.head, r.head), tail=new.get(r.tail, r.tail)) for r in kept)
    ordered = sorted(told, key=lambda r: (r.head.start, r.head.end, r.tail.start, r.tail.end, r.label))
    return tuple(new.get(mention, mention) for mention in mentions), tuple(dict.fromkeys(ordered))
