"""Measurements: an analyte with the value that belongs to it, from running text and from table cells."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline import units
from pipeline.datamodel import Measurement, Span
from pipeline.datamodel.values import AnalyteName, Quantity
from pipeline.datamodel.vocabulary import Abnormal
from pipeline.linking._measurements.findings import Finding, table_findings
from pipeline.linking._measurements.judgedlists import said_of_the_list
from pipeline.linking._measurements.plainunits import as_measured, counted_in
from pipeline.linking._measurements.ranges import range_after, unit_beside_range
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene
from pipeline.linking.timeline import Moment, Timeline

_FROM = 6  # characters before a value that say that something changed from it
_NEAR = 40  # characters around a value in which a word tells that it is high, low or normal
_KINDS: tuple[Abnormal, ...] = ("normal", "high", "low")


def build_measurements(scene: Scene, timeline: Timeline) -> tuple[Measurement, ...]:
    """All measurement rows of patients and of the cited literature, one a telling (merged later)."""
    rows: list[Measurement] = []
    for finding in (*_text_findings(scene), *table_findings(scene)):
        for case in finding.cases:
            rows.append(_row(scene, timeline, finding, case))
    return tuple(rows)


def _text_findings(scene: Scene) -> Iterator[Finding]:
    for value in scene.labelled("VALUE"):
        index = scene.sentence_index(value)
        attributed = scene.attribution_of(value)
        cited = attributed.kind == "cohort"
        if not (cited or attributed.kind == "patient") or scene.sentence(index).row is not None:
            continue
        if value.assertion != "affirmed":
            continue
        for analyte in scene.tails_of(value, "VALUE_OF"):
            if not isinstance(value.value, Quantity) or (cited and not value.value.unit):
                continue  # without a unit, the HR of a study is a hazard ratio
            if isinstance(analyte.value, AnalyteName):
                yield Finding(
                    analyte=analyte.value,
                    analyte_text=analyte.text,
                    quantity=as_measured(_with_unit(scene, value, value.value), analyte.value, value.text),
                    quote=Span(start=min(analyte.start, value.start), end=max(analyte.end, value.end)),
                    place=value,
                    cases=(None,) if cited else scene.cases_of(value),
                    rules=(analyte.rule, value.rule, "relation:VALUE_OF"),
                    kind=attributed.kind,
                )


def _with_unit(scene: Scene, place: Span, quantity: Quantity) -> Quantity:
    """A bare number is in the unit of the range that stands in brackets behind it."""
    if quantity.unit:
        return quantity
    sentence = scene.sentence(scene.sentence_index(place))
    behind = scene.document.text[place.end : min(sentence.end, place.end + 2 * _NEAR)]
    return replace(quantity, unit=unit_beside_range(behind))


def _row(scene: Scene, timeline: Timeline, finding: Finding, case: int | None) -> Measurement:
    index = scene.sentence_index(finding.quote)
    moment = _moment(scene, timeline, finding, case)
    quantity, analyte = finding.quantity, finding.analyte
    unit = counted_in(quantity, analyte)
    low = units.convert(quantity.low, unit, analyte.si_unit, analyte.name)
    high = units.convert(quantity.high, unit, analyte.si_unit, analyte.name)
    converted = low is not None and high is not None
    return Measurement(
        start=finding.quote.start,
        end=finding.quote.end,
        quote=scene.document.slice(finding.quote),
        section=scene.sentence(index).section,
        case=case,
        attribution=finding.kind,
        cue=scene.attribution_of(finding.place).cue,
        rules=finding.rules,
        analyte=analyte.name,
        analyte_text=finding.analyte_text,
        analyte_code=analyte.code,
        comparator=quantity.comparator,
        value_low=quantity.low,
        value_high=quantity.high,
        unit=quantity.unit,
        si_value_low=low if converted else None,
        si_value_high=high if converted else None,
        si_unit=analyte.si_unit if converted else "",
        abnormal=finding.abnormal or _abnormal(scene, index, finding),
        phase=moment.phase,
        time_days=moment.days,
        time_text=moment.text,
    )


def _moment(scene: Scene, timeline: Timeline, finding: Finding, case: int | None) -> Moment:
    if case is None:
        return Moment()
    if finding.heads:
        return timeline.tabled(case, finding.heads, finding.times)
    moment = timeline.moment(scene, case, finding.place)
    before = scene.document.text[max(finding.place.start - _FROM, 0) : finding.place.start]
    if moment.phase == "on_treatment" and before.casefold().split() == ["from"]:
        return replace(moment, phase="baseline", days=None, text="")  # ``fell from 499 to 481``: where it began
    return moment


def _abnormal(scene: Scene, index: int, finding: Finding) -> Abnormal | None:
    """High, low or normal by the range printed beside the value, else where a word beside it says so."""
    sentence = scene.sentence(index)
    if sentence.row is not None:
        return None
    text = scene.document.text
    stated = range_after(text[finding.place.end : min(sentence.end, finding.place.end + _NEAR)])
    if stated is not None:
        return stated.judge(finding.quantity.high)
    before, behind = _own_words(scene, index, finding.quote)
    said = (finding.analyte_text, before, scene.document.slice(finding.quote), behind)
    told = next((kind for words in said if (kind := _judged(words))), None)
    told = told or _judged(said_of_the_list(scene, index, finding.quote))
    return told or _implied(finding.analyte.name, before)


def _own_words(scene: Scene, index: int, quote: Span) -> tuple[str, str]:
    """The words before a measurement back to its neighbour, and those right behind it that are said of it."""
    sentence, text = scene.sentence(index), scene.document.text
    start, end = max(sentence.start, quote.start - _NEAR), min(sentence.end, quote.end + _NEAR)
    beside = [m for m in scene.within(index, "ANALYTE", "VALUE") if not m.overlaps(quote)]
    low = max([start, *(m.end for m in beside if m.end <= quote.start)])
    high = min([end, *(m.start for m in beside if m.start >= quote.end)])
    before = text[low : quote.start]
    passed = load_cues("abnormal")["passed"].search(before)
    return before[passed.end() if passed else 0 :], _said_behind(text, quote.end, high)


def _said_behind(text: str, start: int, end: int) -> str:
    """The words right behind a value that judge it; those of the next finding in the list are none."""
    cues = load_cues("abnormal")
    if cues["of_the_next"].search(text[start:end]):
        return ""
    behind = cues["said_of_it"].regex.match(text, start, end)
    return behind.group() if behind else ""


def _judged(words: str) -> Abnormal | None:
    """What the last of the words that judge says."""
    cues = load_cues("abnormal")
    told = [(match.start(), kind) for kind in reversed(_KINDS) for match in cues[kind].finditer(words)]
    return max(told, key=lambda each: each[0])[1] if told else None


def _implied(test: str, words: str) -> Abnormal | None:
    """What the name of a disorder before a value says of its test: ``renal failure with a creatinine of 4 mg/dL``."""
    for name, cue in load_cues("implied").items():
        kind, _, tests = name.partition(" ")
        if test in tests.split("|") and cue.search(words):
            return next((each for each in _KINDS if each == kind), None)
    return None
