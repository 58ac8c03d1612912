"""Courses: each mention of a therapy that tells of its administration, before telling and merging."""

from collections.abc import Iterator, Sequence

from pipeline.datamodel import Mention
from pipeline.datamodel.values import Quantity, ResponseValue, RouteValue, TherapyName
from pipeline.datamodel.vocabulary import Route
from pipeline.linking._regimens.course import Course, with_slots
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene
from pipeline.linking.umbrellas import can_be, is_general, refers_back

_NOT_GIVEN = frozenset({"refused", "considered", "not_given", "family", "conditional"})
_ADVISED = frozenset({"considered", "conditional"})
_NEARBY = 2  # sentences before and behind a general name in which the therapy itself can be named
_ENDED = ("death", "relapse", "PD")  # what comes after a therapy without answering to it
_ROUTES: tuple[Route, ...] = ("oral", "intravenous", "inhaled", "topical")
_TAKEN_BACK = frozenset({"refused", "considered"})
_REACH = 60  # characters before and after a mention in which it can be told to be no administration


def courses(scene: Scene) -> tuple[Course, ...]:
    """All tellings of therapies, in text order; those that are no administration are left out.

    A name that says too little (``antibiotics``, ``surgery``) is left out where its sentence or one close by names a
    therapy of that type, and around the narrative altogether.
    """
    found = _not_refused(scene, tuple(_all_courses(scene)))
    named = [course for course in found if not is_umbrella(course)]
    return tuple(
        course
        for course in found
        if not is_umbrella(course)
        or course.kind != "patient"
        or (_is_told(scene, course) and not _is_named(scene, course, named))
    )


def _is_told(scene: Scene, course: Course) -> bool:
    """A general name tells of a therapy in the narrative alone, and not where it is a time (``after surgery``)."""
    sentence = scene.sentence(course.sentence)
    before = scene.document.text[sentence.start : course.mention.start]
    return sentence.section == "case" and not load_cues("not_therapy")["as_time"].search(before)


def _is_named(scene: Scene, course: Course, named: Sequence[Course]) -> bool:
    """Is it another word for a therapy that a sentence close by names, or, where it refers back, one before it?"""
    sentence, text = scene.sentence(course.sentence), scene.document.text
    before, behind = text[sentence.start : course.mention.start], text[course.mention.end : sentence.end]
    reach = course.sentence if refers_back(before, behind) else _NEARBY
    return any(
        -_NEARBY <= course.sentence - other.sentence <= reach
        and can_be(course.therapy, other.therapy)
        and other.kind == "patient"
        for other in named
    )


def _not_refused(scene: Scene, found: tuple[Course, ...]) -> tuple[Course, ...]:
    """Without what the next sentences take back: ``Docetaxel was prescribed. However, he refused docetaxel.``"""
    refused = [
        (m.value.name, scene.sentence_index(m))
        for m in scene.labelled("DRUG", "THERAPY")
        if m.status in _TAKEN_BACK and isinstance(m.value, TherapyName) and scene.attribution_of(m).kind == "patient"
    ]

    def taken_back(course: Course) -> bool:
        told_once = course.kind == "patient" and course.stated() == 0
        return told_once and any(course.therapy.name == name and 0 <= at - course.sentence <= 2 for name, at in refused)

    return tuple(course for course in found if not taken_back(course))


def is_umbrella(course: Course) -> bool:
    """True for a class of drugs or a word such as ``surgery`` without a slot of its own."""
    return is_general(course.therapy) and course.stated() == 0


def _all_courses(scene: Scene) -> Iterator[Course]:
    plain = scene.made_plain
    for mention in scene.labelled("DRUG", "THERAPY"):
        value = mention.value
        if not isinstance(value, TherapyName) or mention in plain or not _is_administered(scene, mention):
            continue
        yield from _tellings(scene, mention, value)


def _is_administered(scene: Scene, mention: Mention) -> bool:
    index = scene.sentence_index(mention)
    sentence = scene.sentence(index)
    if mention.assertion == "negated" or sentence.block == "heading":
        return False
    if _is_no_therapy(scene, mention, index):
        return False
    advised = scene.attribution_of(mention).kind == "recommendation"
    if mention.status in _NOT_GIVEN and not (advised and mention.status in _ADVISED):
        return False
    if advised and load_cues("not_therapy")["advised_against"].search(scene.words(index)):
        return False
    tied = scene.heads_of(mention, "DOSE_OF") or scene.heads_of(mention, "ROUTE_OF")
    if tied:
        return True
    cues = load_cues("not_therapy")
    text = scene.document.text
    before = text[max(sentence.start, mention.start - _REACH) : mention.start]
    behind = text[mention.end : min(sentence.end, mention.end + _REACH)]
    if any(cues[f"{kind}before"].search(before) or cues[f"{kind}after"].search(behind) for kind in ("", "substance.")):
        return False
    if _is_resisted(scene, mention, index):
        return False
    beside = [other for other in scene.within(index, "ANALYTE", "CONDITION") if other.overlaps(mention)]
    if beside and not (all(other.label == "ANALYTE" for other in beside) and _is_given_not_measured(scene, mention)):
        return False
    if advised:
        return True
    if sentence.row is not None:
        return _is_given_in_table(scene, mention)
    given = load_cues("administration")
    if any(given[name].search(scene.words(index)) for name in ("given", "sent_home")) or given["on_it"].search(
        text[sentence.start : mention.start]
    ):
        return True
    return _is_answered(scene, mention)


def _is_no_therapy(scene: Scene, mention: Mention, index: int) -> bool:
    """``FNA`` is a way to a diagnosis, so is a ``tuberculin test``; ``alcohol`` a drink unless it was injected."""
    cues = load_cues("not_therapy")
    if cues["of_a_test"].search(scene.document.text[mention.end : mention.end + _REACH]):
        return True
    if cues["drink"].search(mention.text) and not cues["as_agent"].search(scene.words(index)):
        return True
    return bool(cues["diagnostic"].search(mention.text))


def _is_resisted(scene: Scene, mention: Mention, index: int) -> bool:
    """``The culture grew Campylobacter resistant to ofloxacin``: a finding about the organism."""
    before = scene.document.text[max(mention.start - _REACH, 0) : mention.start]
    organism = load_cues("response")["microbe"].search(scene.words(index))
    return bool(organism and load_cues("not_therapy")["resistant_to"].search(before))


def _is_answered(scene: Scene, mention: Mention) -> bool:
    """``The cough disappeared after ablation``, ``analgesics were ineffective``: what was answered to was given."""
    resistant = load_cues("response")["resistant"]
    return any(
        head.assertion == "affirmed"
        and isinstance(head.value, ResponseValue)
        and head.value.category not in _ENDED
        and not resistant.search(head.text)
        for head in scene.heads_of(mention, "RESPONSE_TO")
    )


def _is_given_not_measured(scene: Scene, mention: Mention) -> bool:
    """``Albumin was given because of low albumin``: a substance of the body that is a drug here."""
    cues, text = load_cues("administration"), scene.document.text
    before = text[max(mention.start - _REACH, 0) : mention.start]
    return bool(
        cues["as_drug"].search(text[mention.end : mention.end + _REACH]) or cues["as_drug_before"].search(before)
    )


def _is_given_in_table(scene: Scene, mention: Mention) -> bool:
    """A therapy in a cell under a head of treatment; a head itself names what is asked, not what was given."""
    found = scene.cell_at(mention)
    if found is None or found[1].is_header:
        return False
    table, cell = found
    heads = " ".join([table.caption, *cell.header, cell.label])
    if load_cues("tables")["not_a_patient"].search(heads) or load_cues("response")["microbe"].search(heads):
        return False  # a list of groups, or of what an organism is sensitive to
    return bool(load_cues("administration")["given"].search(heads))


def _route_named(mention: Mention) -> Route | None:
    """``oral contraceptives``, ``intravenous fluids``."""
    cues = load_cues("administration")
    return next((route for route in _ROUTES if cues[f"by.{route}"].search(mention.text)), None)


def _tellings(scene: Scene, mention: Mention, therapy: TherapyName) -> Iterator[Course]:
    index = scene.sentence_index(mention)
    attributed = scene.attribution_of(mention)
    base = Course(
        mention=mention,
        therapy=therapy,
        sentence=index,
        kind=attributed.kind,
        cue=attributed.cue,
        cases=scene.cases_of(mention),
        assertion=mention.assertion,
        quote=mention,
        route=_route_named(mention),
        rules=(mention.rule,),
    )
    doses = _not_restated(scene, [m for m in scene.heads_of(mention, "DOSE_OF") if isinstance(m.value, Quantity)])
    heads = _heads(scene, mention)
    if len(doses) <= 1:
        for share in _by_route(heads) if not doses else [heads]:
            yield with_slots(scene, base, doses[0] if doses else None, share)
        return
    shares = _shares(doses, heads)
    for position, dose in enumerate(doses):
        yield with_slots(scene, base, dose, shares[position])


def _not_restated(scene: Scene, doses: list[Mention]) -> list[Mention]:
    """Without the amounts that brackets tell again in another unit (``20 mg twice daily (1 mg/kg/d)``).

    Nor is what stands behind a slash: the other part of a combination (``4 g/0.5 g``), the volume (``0.5 mg/0.05 mL``).
    Of a solution, neither its strength (``5 mg/mL``) nor how fast it ran (``5 mL/h``) is a dose beside another.
    """
    given = [dose for dose in doses if not load_cues("administration")["of_a_solution"].search(_unit(dose))]
    doses = given or doses[:1]
    kept = doses[:1]
    for dose in doses[1:]:
        between = scene.document.text[kept[-1].end : dose.start]
        if between.strip() != "/" and not (
            load_cues("dates")["restated"].search(between) and _unit(dose) != _unit(kept[-1])
        ):
            kept.append(dose)
    return kept


def _unit(dose: Mention) -> str:
    return dose.value.unit if isinstance(dose.value, Quantity) else ""


def _heads(scene: Scene, mention: Mention) -> list[Mention]:
    return [
        *scene.heads_of(mention, "ROUTE_OF"),
        *scene.heads_of(mention, "FREQUENCY_OF"),
        *(m for m in scene.heads_of(mention, "DURATION_OF") if not _is_window(scene, m)),
    ]


def _is_window(scene: Scene, duration: Mention) -> bool:
    """``the first 16 weeks of mogamulizumab`` is when, not how long it was given."""
    index = scene.sentence_index(duration)
    before = scene.document.text[scene.sentence(index).start : duration.start]
    window = load_cues("dates")["window"].search(before)
    if window is None or "after" not in window.group().lower():
        return window is not None
    return not load_cues("status")["superseded"].search(scene.words(index))  # ``after a week of A, changed to B``


def _by_route(heads: list[Mention]) -> list[list[Mention]]:
    """``topical and oral corticosteroids`` are two tellings, each with one of the routes."""
    routes = {m.value: m for m in reversed(heads) if isinstance(m.value, RouteValue)}
    others = [m for m in heads if not isinstance(m.value, RouteValue)]
    return [[route, *others] for route in sorted(routes.values(), key=lambda m: m.start)] or [heads]


def _shares(doses: list[Mention], heads: list[Mention]) -> list[list[Mention]]:
    """Give each slot to the dose it follows; one that stands before all doses holds for each of them."""
    shares: list[list[Mention]] = [[] for _ in doses]
    for head in heads:
        before = [i for i, dose in enumerate(doses) if dose.start < head.start]
        for position in [before[-1]] if before else range(len(doses)):
            shares[position].append(head)
    return shares
