"""Onsets: events that are told with the time of the treatment at which they came up, or as following a procedure."""

from collections.abc import Iterator, Sequence

from pipeline.datamodel import Mention
from pipeline.datamodel.values import ConditionName, TherapyName, TimePoint
from pipeline.linking._toxicities.suspicion import Event, conditions
from pipeline.linking.answers import is_named_only, names_of
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene

_SOON = 30.0  # days after a procedure in which what comes up is its complication
_LONG = 400.0  # days under a treatment
_NEAR = 60  # characters between the event and the word that says it came up
_STORY = ("abstract", "case", "results")
_BACK = 15  # sentences back to the procedure that ``postoperative`` means


def by_time(scene: Scene) -> Iterator[Event]:
    """``Two hours after surgery, bleeding occurred``; ``at week 5 he had CMV hepatitis``; ``postoperative …``."""
    for index in range(len(scene.attributed)):
        if scene.attributed[index].kind != "patient" or scene.sentence(index).section not in _STORY:
            continue
        for mention in conditions(scene, index):
            if mention.assertion != "affirmed" or not isinstance(mention.value, ConditionName):
                continue
            before = scene.document.text[scene.sentence(index).start : mention.start]
            if load_cues("blame")["had_before"].search(before):
                continue
            told = (
                _after_procedure(scene, index, mention)
                or _adjective(scene, index, mention)
                or _under_treatment(scene, index, mention)
            )
            if told is None and _infection_under_treatment(scene, index, mention):
                told = ()
            if told is not None:
                yield Event(
                    mention=mention, condition=mention.value, therapies=told, rule="link:onset", cue="", words=""
                )


def _after_procedure(scene: Scene, index: int, mention: Mention) -> tuple[str, ...] | None:
    if not _came_up(scene, mention):
        return None
    for time in scene.within(index, "TIME"):
        value = time.value
        if not isinstance(value, TimePoint) or value.days is None or not 0 <= value.days <= _SOON:
            continue
        for therapy in scene.within(index, "THERAPY", "DRUG"):
            behind = scene.document.text[time.start : therapy.start] if therapy.start > time.start else ""
            if is_procedure(therapy) and load_cues("blame")["following"].search(behind):
                return _specific(scene, therapy)
    return None


def _specific(scene: Scene, therapy: Mention) -> tuple[str, ...]:
    """``Transplantation`` is the ``lung transplantation`` that was told before."""
    told = [
        m
        for m in scene.labelled("THERAPY")
        if m.start < therapy.start and m.text.casefold().endswith(" " + therapy.text.casefold())
    ]
    return names_of(told[-1] if told else therapy)


def is_procedure(therapy: Mention) -> bool:
    """An operation, a transplantation or a transfusion."""
    return isinstance(therapy.value, TherapyName) and therapy.value.therapy_type in (
        "surgery",
        "transplant",
        "transfusion",
    )


def _came_up(scene: Scene, mention: Mention) -> bool:
    sentence = scene.sentence(scene.sentence_index(mention))
    start, end = max(sentence.start, mention.start - _NEAR), min(sentence.end, mention.end + _NEAR)
    return bool(load_cues("blame")["appeared"].search(scene.document.text[start:end]))


def _adjective(scene: Scene, index: int, mention: Mention) -> tuple[str, ...] | None:
    """``acute postoperative renal failure``: a complication of the procedure that was told last."""
    sentence = scene.sentence(index)
    if not load_cues("blame")["postoperative"].search(scene.document.text[sentence.start : mention.start]):
        return None
    return procedure_before(scene, index, mention.start)


def procedure_before(scene: Scene, index: int, at: int) -> tuple[str, ...] | None:
    """The procedure that was told last before a place, not too far back."""
    for back in range(index, max(index - _BACK, 0) - 1, -1):
        procedures = [
            m
            for m in scene.within(back, "THERAPY")
            if is_procedure(m) and m.start < at and m.assertion == "affirmed" and not is_named_only(scene, m)
        ]
        if procedures:
            return _specific(scene, procedures[-1])
    return None


def _under_treatment(scene: Scene, index: int, mention: Mention) -> tuple[str, ...] | None:
    """``After 3 weeks of erlotinib therapy, ileus occurred``; ``nephritis came up 2 months after starting it``."""
    cues, sentence, text = load_cues("blame"), scene.sentence(index), scene.document.text
    if not _came_up(scene, mention):
        return None
    drugs = scene.within(index, "DRUG")
    for at, drug in enumerate(drugs):
        before = text[sentence.start : drug.start]
        last = _last_listed(scene, drugs[at:])
        if cues["under_way"].search(before) and cues["of_giving"].search(text[last.end : sentence.end]):
            return tuple(dict.fromkeys(n for d in drugs[at : drugs.index(last) + 1] for n in names_of(d)))
    return None


def _last_listed(scene: Scene, drugs: Sequence[Mention]) -> Mention:
    last = drugs[0]
    for drug in drugs[1:]:
        if not load_cues("blame")["listed"].search(scene.document.text[last.end : drug.start]):
            break
        last = drug
    return last


def _infection_under_treatment(scene: Scene, index: int, mention: Mention) -> bool:
    """An infection at a stated time of the treatment (``at week 5``), which is under way by then."""
    if not load_cues("blame")["infection"].search(mention.text):
        return False
    if not load_cues("blame")["found"].search(scene.words(index)):
        return False
    return any(
        isinstance(m.value, TimePoint)
        and m.value.anchor == "treatment_start"
        and m.value.days is not None
        and 0 < m.value.days <= _LONG
        for m in scene.within(index, "TIME")
    )
