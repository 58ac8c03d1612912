"""Drugs and other therapies: preferred name, code, components of a combination."""

from typing import get_args

from pipeline.datamodel import Mention
from pipeline.datamodel.values import Component, TherapyName, Unresolved, Value
from pipeline.datamodel.vocabulary import MentionLabel, TherapyType
from pipeline.lexicon import Entry, Lexicons

LABELS: tuple[str, ...] = ("DRUG", "THERAPY")
_OPERATION = "name:operation"  # the rule of a mention whose own words say that it is an operation
_TYPES: dict[str, TherapyType] = {kind: kind for kind in get_args(TherapyType)}


def normalize(mention: Mention, lexicons: Lexicons) -> Value:
    """A :class:`TherapyName`; unresolved where no lexicon lists the name."""
    for name in dict.fromkeys((mention.entry, mention.text)):
        if not name:
            continue
        other: MentionLabel = "THERAPY" if mention.label == "DRUG" else "DRUG"
        entry = lexicons.find(name, mention.label) or lexicons.find(name, other)
        if entry:
            return _value(entry, lexicons)
    if mention.label == "THERAPY" and mention.rule == _OPERATION:
        return TherapyName(name=mention.text.lower(), therapy_type="surgery")
    return Unresolved(reason=f"{mention.text!r} is in no lexicon of drugs and therapies")


def _value(entry: Entry, lexicons: Lexicons) -> TherapyName:
    components = []
    for part in entry.parts:
        drug = lexicons.find(part, "DRUG")
        components.append(Component(name=part, code=drug.code if drug else ""))
    is_regimen = entry.kind == "regimen"
    kind: TherapyType = "drug"
    if entry.label == "THERAPY":
        kind = _TYPES.get(entry.kind, "other")
    return TherapyName(
        name=entry.name.lower(),
        code=entry.code,
        therapy_type=kind,
        components=tuple(components) if is_regimen else (),
        regimen_name=entry.name if is_regimen else "",
        is_class=entry.kind == "class",
    )
