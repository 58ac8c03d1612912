"""Weighing the cues of one clause: whose fact it tells, seen from the part of the report where it stands."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.datamodel.vocabulary import Attribution, SectionKind
from pipeline.linking.cues import Cue, load_cues, possible

Zone = Literal["story", "abstract", "knowledge", "methods", "none"]
Owner = Literal["ours", "cited", "group", ""]
_ZONES: dict[SectionKind, Zone] = {
    "case": "story",
    "results": "story",
    "title": "story",
    "table": "story",
    "caption": "story",
    "abstract": "abstract",
    "methods": "methods",
}
_CITED = ("cited.et_al", "cited.study", "cited.literature", "cited.they", "cited.their_case")
_NUMBERS = ("cohort.rate", "cohort.median", "cohort.share", "cohort.comparison")
_PERSON = ("person.the_patient", "person.all_patients")
_ADVICE = ("recommend.recommended", "recommend.should")
_HABIT = ("recommend.first_line", "recommend.can_be_used")
_STORY = ("story.age", "story.event")
_OURS = ("ours.our_patient", "ours.we_report", "ours.we_did", "ours.we_observed")
_LIMITS = ("define.defined", "define.range", "define.test")
_CUTS = ("limit", "family", "border", "label", "mark")  # cut a sentence; they say nothing of its owner


@dataclass(frozen=True, slots=True)
class Reading:
    """The cues of a clause by name, with the words that showed each; ``cited`` where a reference mark stands in it."""

    found: dict[str, str]
    cited: bool = False

    def first(self, *names: str) -> str:
        """``name: words`` of the first of ``names`` that was found; empty where none was."""
        return next((f"{name.split('.')[0]}: {self.found[name]}" for name in names if name in self.found), "")

    def any(self, *names: str) -> bool:
        """Was one of them found?"""
        return any(name in self.found for name in names)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Kind and deciding cue of a clause; no ``kind`` where its words decide nothing."""

    kind: Attribution | None
    cue: str = ""
    sure: bool = True


_NOTHING = Verdict(None)


def zone_of(section: SectionKind, reports_patients: bool) -> Zone:
    """How the part of the report where a sentence stands bears on it."""
    return _ZONES.get(section, "knowledge") if reports_patients else "none"


@cache
def _cues() -> tuple[Cue, ...]:
    return tuple(cue for name, cue in load_cues("attribution").items() if name.split(".")[0] not in _CUTS)


def read(words: str, cited: bool, among: Container[str] | None = None) -> Reading:
    """Look for the cues of a clause.

    Args:
        words: the clause.
        cited: a reference mark stands in it.
        among: names of the cues to look for; all where None. A part holds no cues but its sentence's.
    """
    folded = " ".join(words.split())
    found = {}
    for cue in possible(_cues(), folded):
        if among is None or cue.name in among:
            match = cue.regex.search(folded)
            if match:
                found[cue.name] = match.group().strip()
    return Reading(found, cited)


def decides(names: Iterable[str]) -> bool:
    """Can these cues speak against the sentence around them? Only words about an owner do, not tense alone."""
    return any(name.split(".")[0] not in ("general", "story", "person") for name in names)


def judge(reading: Reading, zone: Zone, owner: Owner) -> Verdict:
    """Whose fact a clause tells.

    Args:
        reading: the clause's cues.
        zone: the part of the report.
        owner: whom the sentences before it were about.
    """
    aside = _aside(reading, zone)
    if aside.kind:
        return aside
    if zone == "none":
        return _general(reading)
    if zone == "story":
        return _story(reading)
    if zone == "methods":
        return _methods(reading)
    if zone == "abstract":
        return _abstract(reading, owner)
    return _knowledge(reading, owner)


def _aside(reading: Reading, zone: Zone) -> Verdict:
    """What is nobody's finding wherever it stands: limits, animals, contacts, procedures."""
    person = reading.any(*_PERSON, "story.age", *_OURS)
    cue = reading.first("define.defined", "define.range")
    if cue and not (zone == "story" and reading.any("person.the_patient", "ours.our_patient")):
        return Verdict("background", cue)
    if cue := reading.first("outsider.exposed"):
        return Verdict("background", cue)
    if (cue := reading.first("outsider.animals")) and not person:
        return Verdict("background", cue)
    if (cue := reading.first("outsider.contacts", "procedure.protocol")) and not person:
        return Verdict("background", cue)
    return _NOTHING


def _general(reading: Reading) -> Verdict:
    """Knowledge at large: advice, a group's figures, a cited case, a limit, or a general statement."""
    strong_numbers = reading.first("cohort.rate", "cohort.share", "cited.their_case")
    if (cue := reading.first("recommend.recommended")) and not reading.any("cohort.rate"):
        return Verdict("recommendation", cue)
    if (cue := reading.first("recommend.should")) and not strong_numbers:
        return Verdict("recommendation", cue)
    if cue := reading.first("define.test", "criteria.classified"):
        return Verdict("background", cue)
    if cue := strong_numbers or reading.first(*_NUMBERS, *_CITED):
        return Verdict("cohort", cue)
    if cue := reading.first(*_HABIT):
        return Verdict("recommendation", cue)
    if cue := reading.first("cohort.patients", "stranger.a_patient"):
        return Verdict("cohort", cue)
    if cue := reading.first("general.present"):
        return Verdict("background", cue)
    return _NOTHING


def _story(reading: Reading) -> Verdict:
    """In the case itself all is the patient's but what plainly belongs to others."""
    if reading.any(*_PERSON, *_STORY, *_OURS):
        return Verdict("patient", reading.first(*_PERSON, *_OURS, *_STORY))
    if cue := reading.first("cited.et_al", "cited.study"):
        return Verdict("cohort", cue)
    if cue := reading.first("cohort.rate", "cohort.share", "cohort.patients", "cited.literature"):
        return Verdict("cohort", cue) if not reading.any("cited.literature") or reading.cited else _NOTHING
    if (cue := reading.first("define.test")) and reading.any("general.present"):
        return Verdict("background", cue)
    if (cue := reading.first(*_ADVICE)) and reading.any("general.present", "recommend.should"):
        return Verdict("recommendation", cue)
    if (cue := reading.first("general.present")) and reading.cited:
        return Verdict("background", cue)
    return _NOTHING


def _methods(reading: Reading) -> Verdict:
    if reading.any(*_PERSON, "ours.our_patient", "ours.we_report", "story.age"):
        return Verdict("patient", reading.first(*_PERSON, *_OURS, *_STORY))
    general = _general(reading)
    return general if general.kind else Verdict("background", "methods")


def _abstract(reading: Reading, owner: Owner) -> Verdict:
    if cue := reading.first("ours.we_report", "story.age", "ours.our_patient"):
        return Verdict("patient", cue)
    if (cue := reading.first("recommend.should")) or reading.any("recommend.recommended"):
        return Verdict("recommendation", cue or reading.first("recommend.recommended"))
    if cue := reading.first(*_PERSON, "ours.we_did", "ours.we_observed"):
        return Verdict("patient", cue)
    general = _general(reading)
    if reading.any("story.event") and general.kind != "cohort":
        return Verdict("patient", reading.first("story.event"))
    if general.kind:
        return general
    if owner == "ours" and reading.any("story.past") and not reading.cited:
        return Verdict("patient", "continues the case", sure=False)
    return _NOTHING


def _knowledge(reading: Reading, owner: Owner) -> Verdict:
    general = _general(reading)
    if reading.any("alike.like_ours"):
        return general if general.kind else Verdict("background", reading.first("alike.like_ours"))
    if cue := reading.first("ours.our_patient", "ours.we_report", "ours.we_observed"):
        return Verdict("patient", cue)
    if cue := reading.first(*_ADVICE):
        return Verdict("recommendation", cue)
    if (cue := reading.first("ours.we_did")) and general.kind != "cohort":
        return Verdict("patient", cue)
    if cue := reading.first(*_PERSON):
        return _the_patient(reading, owner, cue, general)
    if general.kind:
        return general
    if (cue := reading.first(*_STORY, "story.past")) and owner:
        if owner == "ours":
            return _NOTHING if reading.cited else Verdict("patient", cue, sure=False)
        return Verdict("cohort", cue, sure=False)
    return (
        Verdict("cohort", "reference mark", sure=False) if reading.cited and owner in ("cited", "group") else _NOTHING
    )


def _the_patient(reading: Reading, owner: Owner, cue: str, general: Verdict) -> Verdict:
    """``The patient`` and ``she`` are the last patient that was brought in; ours, if nobody else was."""
    if owner == "cited" or reading.any(*_CITED, "stranger.a_patient"):
        return Verdict("cohort", f"{cue} (a cited patient)", sure=owner == "cited")
    if general.kind and not reading.any(*_STORY) and owner != "ours":
        return general
    return Verdict("patient", cue, sure=owner == "ours" or not general.kind)


def next_owner(reading: Reading, verdict: Verdict, owner: Owner, zone: Zone) -> Owner:
    """Whom a following ``the patient`` means."""
    if reading.any("ours.our_patient", "ours.we_report", "ours.we_did") and verdict.kind == "patient":
        return "ours"
    if zone in ("story", "methods"):
        return "ours"
    if zone == "abstract" and verdict.kind == "patient":
        return "ours"
    if verdict.kind == "cohort" and reading.any("cited.their_case", "stranger.a_patient", "story.age"):
        return "cited"
    if verdict.kind == "cohort" and reading.any(*_CITED, *_NUMBERS):
        return "cited" if owner == "cited" else "group"
    return owner
