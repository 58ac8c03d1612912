"""Which conditions are toxicities: what the relations say, weighed with what a reader of effects said."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.datamodel import Mention, Relation

_READER_OF_EFFECTS = "model:casebook.phee_"
# Fitted on adverse event sentences: a reader's certainty, plus how much more likely caused than treated.
_CAUSED_RATHER_THAN_TREATED = 0.7
_AT_LEAST = 0.8


def settled_effects(
    mentions: Sequence[Mention], relations: Sequence[Relation]
) -> tuple[dict[Mention, Mention], list[Relation]]:
    """What mentions become, and the relations that stay.

    Where no reader of effects was heard, each condition that a drug caused becomes a ``TOXICITY``. Where one was, it
    knows effects from diseases treated: its certainty and the relations decide together, and what it did not mark
    is no effect.

    Args:
        mentions: of the document.
        relations: between them, scored.
    """
    caused, treated = _surest(relations, "CAUSES"), _surest(relations, "TREATS")
    told = [mention for mention in mentions if mention.label == "TOXICITY"]
    if not told and not any(_READER_OF_EFFECTS in mention.rule for mention in mentions):
        new = {m: replace(m, label="TOXICITY") for m in caused if m.label == "CONDITION"}
        return new, list(relations)
    new = {}
    for mention in told:
        rather = caused.get(mention, 0.0) - treated.get(mention, 0.0)
        if mention.confidence + _CAUSED_RATHER_THAN_TREATED * rather <= _AT_LEAST:
            new[mention] = replace(mention, label="CONDITION")
    effects = set(told) - set(new)
    return new, [r for r in relations if r.label != "CAUSES" or r.tail in effects]


def _surest(relations: Sequence[Relation], label: str) -> dict[Mention, float]:
    found: dict[Mention, float] = {}
    for relation in relations:
        if relation.label == label:
            found[relation.tail] = max(found.get(relation.tail, 0.0), relation.confidence)
    return found
