"""Diseases, signs, symptoms and adverse events: preferred name, code, CTCAE v5 term and SOC."""

from pipeline.datamodel import Mention
from pipeline.datamodel.values import ConditionName, Unresolved, Value
from pipeline.lexicon import Entry, Lexicons

LABELS: tuple[str, ...] = ("CONDITION", "TOXICITY")


def normalize(mention: Mention, lexicons: Lexicons) -> Value:
    """A :class:`ConditionName`: the lexicon's for the whole name, else for its last words (the name as written)."""
    name = mention.entry or mention.text
    entry = lexicons.find(name, "CONDITION")
    if entry:
        return _value(entry, entry.name)
    words = name.split()
    for first in range(1, len(words)):
        entry = lexicons.find(" ".join(words[first:]), "CONDITION")
        if entry:
            return ConditionName(name=" ".join(words).lower(), ctcae_term=entry.ctcae_term, soc=entry.soc)
    if mention.rule.startswith("lexicon:") or not words:
        return Unresolved(reason=f"{mention.text!r} is in no lexicon of conditions")
    return ConditionName(name=" ".join(words).lower())


def _value(entry: Entry, name: str) -> ConditionName:
    return ConditionName(name=name.lower(), code=entry.code, ctcae_term=entry.ctcae_term, soc=entry.soc)
