"""General names: a class of drugs or a word such as ``surgery``, and the therapies beside them that they stand for."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.datamodel import Mention
from pipeline.datamodel.values import TherapyName
from pipeline.linking.cues import load_cues

_WORD = re.compile(r"[^\W_]+|[^\w\s]")


def is_general(therapy: TherapyName) -> bool:
    """True for a class of drugs or a word that says no more than that somebody was treated."""
    return therapy.is_class or bool(load_cues("administration")["umbrella"].search(therapy.name))


def can_be(general: TherapyName, specific: TherapyName) -> bool:
    """Can the specific therapy be one of the general name's? Told by the stem of its name where the class has one."""
    stem = load_cues("umbrellas").get(f"members.{general.name}")
    if stem is not None:
        return bool(stem.search(specific.name)) or any(stem.search(c.name) for c in specific.components)
    return general.therapy_type == specific.therapy_type


def apposed(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The general names that a name beside them makes plain: ``a beta-blocker (atenolol)``, ``cisplatin chemotherapy``.

    Args:
        text: the document's.
        mentions: therapies of one sentence, in text order.
    """
    for first, second in pairwise(mentions):
        one, other = first.value, second.value
        if not isinstance(one, TherapyName) or not isinstance(other, TherapyName):
            continue
        gap = " ".join(_WORD.findall(text[first.end : second.start].lower()))
        if is_general(one) and not is_general(other) and _names(one, other, gap):
            yield first
        if is_general(other) and not is_general(one) and _named_before(one, other, gap):
            yield second


def _names(general: TherapyName, specific: TherapyName, gap: str) -> bool:
    cues = load_cues("umbrellas")
    if not cues["gap.member"].search(gap) or not can_be(general, specific):
        return False
    vague = general.is_class and not load_cues("administration")["umbrella"].search(general.name)
    return f"members.{general.name}" in cues or not vague or not cues["gap.beside"].search(gap)


def _named_before(specific: TherapyName, general: TherapyName, gap: str) -> bool:
    return can_be(general, specific) and bool(load_cues("umbrellas")["gap.behind"].search(gap))


def refers_back(before: str, behind: str) -> bool:
    """Do the words around a general name say that it was told before (``steroids were stopped``)?"""
    cues = load_cues("umbrellas")
    return bool(cues["referring"].search(before) or cues["resumes"].search(behind))
