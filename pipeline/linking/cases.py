"""Cases: who the patients are: age, sex, diagnosis, stage, comorbidities, how they were at last."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.datamodel import Case, Document, Mention, Sentence
from pipeline.datamodel.values import AgeValue, ConditionName, Period, SexValue, TimePoint
from pipeline.datamodel.vocabulary import LastStatus, Sex
from pipeline.linking._cases.demographics import tabled
from pipeline.linking._cases.diagnosis import Told, before, case_rules, diagnosis_of
from pipeline.linking.attribution import Attributions, attribute
from pipeline.linking.cues import load_cues
from pipeline.linking.others import is_grown, is_of_another

_MOST_COMORBIDITIES = 12
_NEAR = 80  # characters from an age to the word for the sex that belongs to it
_STORY = ("case", "results")


@dataclass(frozen=True, slots=True)
class _Place:
    """A mention with its sentence and the patients it is about (none where it is not about a patient)."""

    mention: Mention
    sentence: Sentence
    cases: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Report:
    """A document's mentions, placed."""

    document: Document
    attributions: Attributions
    places: list[_Place]
    _labelled: dict[tuple[str, ...], tuple[_Place, ...]] = field(default_factory=dict)
    _listed: dict[tuple[str, int], list[_Place]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, document: Document, mentions: Sequence[Mention], attributions: Attributions) -> "_Report":
        report = cls(document, attributions, [])
        sentences = iter(document.sentences)
        sentence = next(sentences, None)
        for mention in mentions:
            while sentence is not None and sentence.end <= mention.start:
                sentence = next(sentences, None)
            if sentence is not None and sentence.start <= mention.start:
                place = _Place(mention, sentence, attributions.of(mention).cases)
                report.places.append(place)
                report._listed[mention.label, sentence.start].append(place)
        return report

    def labelled(self, *labels: str) -> tuple[_Place, ...]:
        """All places of the labels named, in text order."""
        if labels not in self._labelled:
            self._labelled[labels] = tuple(place for place in self.places if place.mention.label in labels)
        return self._labelled[labels]

    def listed(self, beside: _Place, label: str) -> list[_Place]:
        """The places of a label in the sentence of another one."""
        return self._listed.get((label, beside.sentence.start), [])

    def sentences_of(self, number: int) -> list[Sentence]:
        """Sentences about the patient alone, or about all with no other word, in text order."""
        return [
            sentence
            for sentence, attributed in zip(self.document.sentences, self.attributions.sentences, strict=True)
            if number in attributed.cases
        ]


def build_cases(
    document: Document, mentions: Sequence[Mention], attributions: Attributions | None = None
) -> tuple[Case, ...]:
    """One case for each patient of the document.

    Args:
        document: segmented.
        mentions: normalized, in text order.
        attributions: of the same document, where they are known already.
    """
    if not document.patients:
        return ()
    report = _Report.of(document, mentions, attributions or attribute(document, mentions))
    return tuple(_case(report, patient.number, patient.label) for patient in document.patients)


def _case(report: _Report, number: int, label: str) -> Case:
    age = _age(report, number)
    row = tabled(report.document, report.attributions, number)
    years = age.mention.value.years if age and isinstance(age.mention.value, AgeValue) else None
    diagnosis = diagnosis_of(report.document, _conditions(report, number), report.sentences_of(number))
    status, days = _last(report, number)
    return Case(
        number=number,
        case_label=label,
        age_years=row.age_years if row.age_years is not None else years,
        sex=row.sex if row.sex != "unknown" else _sex(report, number, age),
        diagnosis=diagnosis.name if diagnosis else "",
        diagnosis_code=diagnosis.code if diagnosis else "",
        stage=_stage(report, number),
        comorbidities=_comorbidities(report, number, diagnosis),
        status_at_last_follow_up=status,
        follow_up_days=days,
    )


def _shared_out(report: _Report, place: _Place, label: str) -> tuple[int, ...]:
    """The patient of a value in a sentence that lists one a patient (``aged 48 and 50 years, respectively``)."""
    if len(place.cases) < 2:
        return place.cases
    listed = [p for p in report.listed(place, label) if p.cases == place.cases]
    if len(listed) == len(place.cases):
        return (place.cases[listed.index(place)],)
    return place.cases if label == "SEX" else ()


def _age(report: _Report, number: int) -> _Place | None:
    ages = [p for p in report.labelled("AGE") if isinstance(p.mention.value, AgeValue)]
    theirs = [p for p in ages if number in _shared_out(report, p, "AGE")]
    attributive = case_rules()["age"]["attributive"]

    def rank(place: _Place) -> tuple[bool, bool, int]:
        introduces = attributive in place.mention.rule and "-" in place.mention.text
        return not introduces, place.sentence.section not in _STORY, place.mention.start

    return min(theirs, key=rank, default=None)


def _sex(report: _Report, number: int, age: _Place | None) -> Sex:
    """The word that stands by the age; else the first noun in the story; else the pronoun used most."""
    sexes = [p for p in report.labelled("SEX") if isinstance(p.mention.value, SexValue)]
    if age is not None:
        near = [p for p in sexes if 0 <= p.mention.start - age.mention.end <= _NEAR or p.sentence is age.sentence]
        nouns = [p for p in near if not _is_pronoun(p)]
        after = [p for p in nouns if p.mention.start >= age.mention.end] or nouns
        if after:
            return _value(after[0])
    theirs = [p for p in sexes if number in _shared_out(report, p, "SEX")]
    nouns = [p for p in theirs if not _is_pronoun(p)]
    if nouns:
        return _value(min(nouns, key=lambda p: (p.sentence.section not in _STORY, p.mention.start)))
    counts = Counter(_value(p) for p in theirs)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return "unknown"
    return ranked[0][0]


def _is_pronoun(place: _Place) -> bool:
    return place.mention.text.casefold() in case_rules()["pronouns"]


def _value(place: _Place) -> Sex:
    value = place.mention.value
    return value.sex if isinstance(value, SexValue) else "unknown"


def _conditions(report: _Report, number: int) -> list[Told]:
    return [
        Told(mention=p.mention, sentence=p.sentence, theirs=number in p.cases)
        for p in report.labelled("CONDITION", "TOXICITY")
        if p.mention.assertion in ("affirmed", "uncertain")
        and p.mention.status != "family"
        and (not p.cases or number in p.cases)
    ]


def _stage(report: _Report, number: int) -> str:
    """The first stage told of the patient; the TNM formula where no stage number is told."""
    cues, formula = load_cues("cases"), ""
    for sentence in report.sentences_of(number):
        if sentence.section in ("table", "caption"):
            continue
        words = report.document.slice(sentence)
        found = cues["stage.roman"].search(words)
        if found:
            return "".join((found["stage"] or found["early"] or found["number"]).split())
        tnm = cues["stage.tnm"].search(words)
        formula = formula or ("".join(tnm["tnm"].split()) if tnm else "")
    return formula


def _comorbidities(report: _Report, number: int, diagnosis: ConditionName | None) -> tuple[str, ...]:
    names: dict[str, None] = {}
    generic = frozenset(case_rules()["generic"]) - {"hypertension", "anemia", "hiv infection"}
    for told in _conditions(report, number):
        value = told.mention.value
        if not (isinstance(value, ConditionName) and told.theirs and told.sentence.section in _STORY):
            continue
        if (
            told.mention.assertion != "affirmed"
            or value.name in generic
            or (diagnosis and value.name == diagnosis.name)
        ):
            continue
        if load_cues("cases")["comorbidity.history"].search(before(report.document, told)):
            names.setdefault(value.name)
    return tuple(names)[:_MOST_COMORBIDITIES]


def _last(report: _Report, number: int) -> tuple[LastStatus, float | None]:
    """How the patient was when last heard of, and after how many days at least."""
    cues = load_cues("cases")
    status: LastStatus = "unknown"
    grown = is_grown(report.document, [place.mention for place in report.labelled("AGE")])
    for sentence in report.sentences_of(number):
        if sentence.section in ("title", "introduction", "caption", "table"):
            continue
        words = " ".join(report.document.slice(sentence).split())
        if any(not is_of_another(words, _death(found), grown=grown) for found in cues["status.dead"].finditer(words)):
            return "dead", None
        if cues["status.lost"].search(words):
            status = "lost"
        elif status != "lost" and cues["status.alive"].search(words):
            status = "alive"
    days = [d for p in report.labelled("DURATION", "TIME") if number in p.cases and (d := _follow_up(report, p))]
    return status, max(days, default=None)


def _death(found: "re.Match[str]") -> tuple[int, int]:
    """Where the word of the death stands: the last one, behind who died; of a bare ``her death``, all of it."""
    last = found.group().rstrip().rfind(" ")
    return found.start() + last + 1, found.end()


def _follow_up(report: _Report, place: _Place) -> float | None:
    value = place.mention.value
    sentence = " ".join(report.document.slice(place.sentence).split())
    if place.mention.assertion != "affirmed" or not load_cues("cases")["followup.time"].search(sentence):
        return None
    if isinstance(value, Period):
        return value.low
    if isinstance(value, TimePoint) and value.kind == "offset" and value.days is not None and value.days > 0:
        return value.days
    return None
