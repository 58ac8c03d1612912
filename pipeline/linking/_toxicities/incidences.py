"""Incidences: how often an event was seen in a group or a cited study."""

from collections.abc import Iterator, Sequence

from pipeline.datamodel import Mention, Toxicity
from pipeline.datamodel.values import ConditionName
from pipeline.linking._toxicities.suspicion import Event, blamed_names
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene
from pipeline.linking.shares import Share, is_group, last_therapy, nearest, shares

_RATE = 45  # characters between the words of a rate of response and its figure
_NEAR = 90  # characters between a share and the event that it counts


def cohort_toxicities(scene: Scene, events: Sequence[Event]) -> Iterator[Toxicity]:
    """One row for each share of a group that had an event of its therapy; and each event blamed without a share."""
    counted: set[int] = set()
    for index in range(len(scene.attributed)):
        for share, mention in _counted(scene, index):
            therapies = blamed_names(scene, mention) or _told_of(scene, index, share)
            if therapies:
                counted.add(mention.start)
                yield _row(scene, mention, share, therapies)
    for event in events:
        told = scene.words(scene.sentence_index(event.mention))
        if (
            scene.attribution_of(event.mention).kind == "cohort"
            and event.mention.start not in counted
            and event.therapies
            and load_cues("rate")["incidence"].search(told)
        ):
            yield _row(scene, event.mention, None, event.therapies)


def _told_of(scene: Scene, index: int, share: Share) -> tuple[str, ...]:
    """The therapy of the sentence; one told before only where the sentence speaks of adverse events."""
    here = scene.within(index, "DRUG", "THERAPY")
    adverse = load_cues("rate")["adverse"].search(scene.words(index))
    return last_therapy(scene, share.span) if here or adverse else ()


def _counted(scene: Scene, index: int) -> Iterator[tuple[Share, Mention]]:
    """Each share of a sentence with the event beside it, where the event is nearer than any response."""
    words = scene.words(index)
    cues = load_cues("rate")
    if not cues["incidence"].search(words) or cues["design"].search(words):
        return
    told = [m for m in scene.within(index, "TOXICITY", "CONDITION") if _is_event(scene, m)]
    rivals = [*told, *scene.within(index, "RESPONSE")]
    last: Mention | None = None
    for share in shares(scene, index):
        if not is_group(scene, share) or _is_rate_of_response(scene, share):
            continue
        near = nearest(scene, share.span, [m for m in rivals if not _is_group_named(scene, share, m)], _NEAR)
        if (
            near is None
            and last is not None
            and cues["another"].regex.match(words[share.span.end - scene.sentence(index).start :])
        ):
            near = last
        if near is not None and near in told:
            last = near
            yield share, near


def _is_rate_of_response(scene: Scene, share: Share) -> bool:
    before = scene.document.text[max(share.span.start - _RATE, 0) : share.span.start]
    cues = load_cues("rate")
    return bool(cues["measure"].search(before) or cues["overall"].search(before))


def _is_group_named(scene: Scene, share: Share, mention: Mention) -> bool:
    """``37% in asthma``: the disease names the group."""
    return mention.start >= share.span.end and bool(
        load_cues("rate")["in_group"].search(scene.document.text[share.span.end : mention.start])
    )


def _is_event(scene: Scene, mention: Mention) -> bool:
    if not isinstance(mention.value, ConditionName) or mention.assertion == "negated":
        return False
    before = scene.document.text[max(mention.start - 25, 0) : mention.start]
    disease = load_cues("blame")["disease"]
    named = disease.search(mention.text) or disease.search(mention.value.name)
    return not named and not load_cues("rate")["group_with"].search(before)


def _row(scene: Scene, mention: Mention, share: Share | None, therapies: tuple[str, ...]) -> Toxicity:
    assert isinstance(mention.value, ConditionName)
    start = min(mention.start, share.span.start) if share else mention.start
    end = max(mention.end, share.span.end) if share else mention.end
    return Toxicity(
        start=start,
        end=end,
        quote=scene.document.text[start:end],
        section=scene.sentence(scene.sentence_index(mention)).section,
        attribution="cohort",
        assertion=mention.assertion if mention.assertion != "uncertain" else "affirmed",
        cue=scene.attribution_of(mention).cue,
        rules=(mention.rule, "link:incidence"),
        therapies=therapies,
        term=mention.value.ctcae_term or mention.value.name,
        term_text=mention.text,
        term_code=mention.value.code,
        soc=mention.value.soc,
        incidence_low=share.low if share else None,
        incidence_high=share.high if share else None,
        n_affected=share.part if share else None,
        n_total=share.whole if share else None,
    )
