"""Which of the conditions that a report names is the disease it is about."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.datamodel import Document, Mention, Sentence
from pipeline.datamodel.values import ConditionName
from pipeline.linking._cases.shortened import shortened
from pipeline.linking.cues import load_cues
from pipeline.toml import read_toml


@cache
def case_rules() -> dict[str, Any]:
    """Weights and word lists of ``diagnosis.toml``."""
    return read_toml(Path(__file__).with_name("diagnosis.toml"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A condition where a sentence names it, and whether the sentence is about the patient asked for."""

    mention: Mention
    sentence: Sentence
    theirs: bool


def before(document: Document, told: Told) -> str:
    """The words of the sentence before the mention."""
    return " ".join(document.text[told.sentence.start : told.mention.start].split()) + " "


def describes_a_person(document: Document, told: Told) -> bool:
    """``in a diabetic patient``: what somebody has who has the disease of the report."""
    behind = document.text[told.mention.end : told.sentence.end]
    return told.sentence.section == "title" and load_cues("cases")["diagnosis.person"].search(behind) is not None


@dataclass(slots=True)
class _Signs:
    count: int = 0
    theirs: int = 0
    in_title: bool = False
    first_in_title: bool = False
    told: int = 0
    treated: int = 0
    comorbid: int = 0
    mistaken: int = 0
    named: int = 0
    doubted: int = 0
    generic: bool = False
    finding: bool = False
    code: str = ""

    def score(self) -> float:
        weights: dict[str, float] = case_rules()["weights"]
        total = math.log2(1 + self.count) + weights["share"] * math.log2(1 + self.theirs)
        total += weights["title"] * self.in_title + weights["first_in_title"] * self.first_in_title
        total += weights["told"] * min(self.told, weights["most_told"]) + weights["treated"] * min(self.treated, 2)
        total += weights["mistaken"] * min(self.mistaken, 2) + weights["comorbid"] * min(self.comorbid, 2)
        total += weights["named"] * min(self.named, 2) + weights["generic"] * self.generic
        total += weights["finding"] * self.finding
        total += weights["doubted"] * (self.doubted == self.count)
        return total + weights["coded"] * self.code.startswith("DOID")


def _gathered(document: Document, conditions: Iterable[Told]) -> dict[str, _Signs]:
    signs: dict[str, _Signs] = defaultdict(_Signs)
    titled = False
    cues = load_cues("cases")
    for told in conditions:
        value = told.mention.value
        if not isinstance(value, ConditionName):
            continue
        sign = signs[value.name if value.code else _singular(value.name)]
        sign.count += 1
        sign.doubted += told.mention.assertion == "uncertain"
        sign.theirs += told.theirs
        sign.code = value.code
        if describes_a_person(document, told):
            sign.comorbid += 1
        elif told.sentence.section == "title":
            sign.in_title, sign.first_in_title = True, sign.first_in_title or not titled
            titled = True
        words = before(document, told)
        if told.theirs or told.sentence.section in ("title", "abstract"):
            mistaken = cues["diagnosis.mistaken"].search(words) is not None
            sign.mistaken += mistaken
            sign.told += not mistaken and cues["diagnosis.told"].search(words) is not None
            sign.named += not mistaken and told.theirs and cues["diagnosis.named"].search(words) is not None
            sign.treated += cues["diagnosis.treated"].search(words) is not None
            if told.theirs and cues["diagnosis.behind"].search(document.text[told.mention.end : told.sentence.end]):
                sign.told, sign.named = sign.told + 1, sign.named + 1
        if told.theirs and told.sentence.section == "case":
            sign.comorbid += told.mention.status == "historical"
    return signs


def diagnosis_of(
    document: Document, conditions: Sequence[Told], sentences: Sequence[Sentence] = ()
) -> ConditionName | None:
    """The disease treated: named in the title, told as the diagnosis, and spoken of most; no mere symptom.

    Args:
        document: the report.
        conditions: its affirmed conditions, in text order.
        sentences: about the patient; they can name a disease by letters that no lexicon knows.
    """
    signs = _gathered(document, conditions)
    letters = shortened(document, sentences, (told.mention for told in conditions))
    for name, count in letters.items():
        signs[name] = _Signs(count=count, theirs=count, told=1, named=1)
    generic, findings = frozenset(case_rules()["generic"]), frozenset(case_rules()["findings"])
    _without_modifiers(signs)
    _lend(signs, generic)
    for name, sign in signs.items():
        sign.generic = _is_generic(name, generic)
        sign.finding = name in findings
    best = max(signs, key=lambda name: (signs[name].score(), name), default="")
    if not best or signs[best].score() <= (case_rules()["weights"]["generic"] if signs[best].generic else 0):
        return None
    best = _fuller(best, signs)
    if best in letters:
        return ConditionName(name=best)
    values = (told.mention.value for told in conditions)
    named = (value for value in values if isinstance(value, ConditionName))
    found = next(value for value in named if best in (value.name, _singular(value.name)))
    return replace(found, name=best)


def _fuller(best: str, signs: dict[str, _Signs]) -> str:
    """``pulmonary embolism`` of the same report for the bare ``embolism`` of its title."""
    if " " in best or (best not in case_rules()["findings"] and not signs[best].generic):
        return best
    least = signs[best].count * case_rules()["fuller_share"]
    fuller = [name for name, sign in signs.items() if name.endswith(f" {best}") and sign.theirs and sign.count >= least]
    return max(fuller, key=lambda name: (signs[name].theirs, signs[name].count, name), default=best)


def _singular(name: str) -> str:
    """``hip fractures`` and ``hip fracture`` are one."""
    plurals: dict[str, str] = case_rules()["plurals"]
    for ending, single in plurals.items():
        if name.endswith(f" {ending}"):
            return name[: -len(ending)] + single
    return name


def _is_generic(name: str, generic: frozenset[str]) -> bool:
    """A sign, symptom or finding rather than a disease, by itself or by its head (``facial weakness``)."""
    return name in generic or name.rsplit(" ", 1)[-1] in case_rules()["generic_heads"]


def _lend(signs: dict[str, _Signs], generic: frozenset[str]) -> None:
    """Other names of the same head speak for the one in the title (``endocarditis`` for ``infective endocarditis``)."""
    shared = frozenset(case_rules()["common_heads"])
    counts = {name: (sign.count, sign.theirs) for name, sign in signs.items() if name not in generic}
    for name, sign in signs.items():
        if not sign.in_title:
            continue
        head = name.rsplit(" ", 1)[-1]
        for other, (count, theirs) in counts.items():
            same = other.rsplit(" ", 1)[-1] == head and head not in shared and head not in generic
            if other != name and (same or name.endswith(f" {other}")):
                sign.count += count
                sign.theirs += theirs


def _without_modifiers(signs: dict[str, _Signs]) -> None:
    """``multiple brain abscess`` in the title is the ``brain abscess`` of the text."""
    modifiers = frozenset(case_rules()["modifiers"])
    for name in tuple(signs):
        first, _, rest = name.partition(" ")
        if first in modifiers and rest in signs:
            plain, modified = signs[rest], signs.pop(name)
            plain.count, plain.theirs = plain.count + modified.count, plain.theirs + modified.theirs
            plain.in_title |= modified.in_title
            plain.first_in_title |= modified.first_in_title
            plain.told, plain.treated = plain.told + modified.told, plain.treated + modified.treated
