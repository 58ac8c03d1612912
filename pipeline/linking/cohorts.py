"""Response rates of groups and cited studies: a share of patients, with the therapy it was seen under."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.datamodel import Mention, Response, Span
from pipeline.datamodel.values import ConditionName, Period, ResponseValue
from pipeline.datamodel.vocabulary import ResponseCategory
from pipeline.linking.answers import names_of
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene, place
from pipeline.linking.shares import Share, is_group, last_therapy, nearest, shares

# What a share must be called by where no therapy is told with it.
_TELLING = ("measure", "mortality", "complete", "partial", "overall")
_BEHIND = 40  # characters behind a share in which ``of the patients died`` may stand
_NEAR = 80  # characters between a share and the response that it counts
# Categories that the words of a rate name; the rate of all responses has none of its own.
_NAMED: dict[str, ResponseCategory] = {"complete": "CR", "partial": "PR"}
_TOLD = 0.85  # confidence of the tie to a therapy from which a response without a share counts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """A share with the response that it counts (None where only the sentence's words say so) and its therapies."""

    share: Share | None
    response: Mention | None
    therapies: tuple[str, ...]


def cohort_responses(scene: Scene) -> Iterator[Response]:
    """One row for each share in a sentence that speaks of a group's response, remission, relapse, survival or death."""
    firm = {place(r.head) for r in scene.relations if r.label == "RESPONSE_TO" and r.confidence >= _TOLD}
    for index in range(len(scene.attributed)):
        responses = [m for m in scene.within(index, "RESPONSE") if isinstance(m.value, ResponseValue)]
        words, cues = scene.words(index), load_cues("rate")
        if cues["design"].search(words) or (not responses and not cues["rate"].search(words)):
            continue
        found = [s for s in shares(scene, index) if is_group(scene, s)]
        kept = [(s, r) for s in found for r in [_counts(scene, s, responses)] if r is not False]
        for at, (share, response) in enumerate(kept):
            therapies = _therapies(
                scene, index, share, response if isinstance(response, Mention) else None, (at, len(kept))
            )
            mention = response if isinstance(response, Mention) else None
            if not therapies and not any(cues[name].search(words) for name in _TELLING):
                continue
            yield _row(scene, index, _Counted(share=share, response=mention, therapies=therapies))
        if not kept:
            yield from _unshared(scene, index, [r for r in responses if place(r) in firm])


def _counts(scene: Scene, share: Share, responses: Sequence[Mention]) -> Mention | bool:
    """The response that a share counts; True where only the sentence's words say so, False where it counts an event."""
    index = scene.sentence_index(share.span)
    inside = next((m for m in responses if m.overlaps(share.span)), None)
    if inside is not None:
        return inside
    events = [m for m in scene.within(index, "TOXICITY", "CONDITION") if _is_rival(scene, m)]
    near = nearest(scene, share.span, [*responses, *events], _NEAR)
    if near is not None and near in responses:
        return near
    spoken = load_cues("rate")["rate"].search(scene.words(index))
    return bool(spoken) and near is None


def _is_rival(scene: Scene, mention: Mention) -> bool:
    """An event that a share may count instead; the group's own disease and its death are none."""
    if not isinstance(mention.value, ConditionName):
        return False
    before = scene.document.text[max(mention.start - 40, 0) : mention.start]
    cues = load_cues("rate")
    if cues["group_with"].search(before) or cues["mortality"].search(mention.text):
        return False
    blame = load_cues("blame")
    return mention.label == "TOXICITY" and not blame["disease"].search(mention.value.name)


def _therapies(
    scene: Scene, index: int, share: Share, response: Mention | None, order: tuple[int, int]
) -> tuple[str, ...]:
    """The therapy of a share: by its place in ``28% vs 5%``, by its response's tie, else the nearest told."""
    at, total = order
    subject, rival = _sides(scene, index)
    own = _adjoined(scene, index, share)
    if own or any(_adjoined(scene, index, other) for other in shares(scene, index)):
        return own or last_therapy(scene, share.span) or subject
    if total == 2 and rival and subject:
        moved = load_cues("rate")["moved_from"].search(
            scene.words(index)[: share.span.start - scene.sentence(index).start]
        )
        compared = load_cues("rate")["versus"].search(scene.words(index))
        if compared:
            first, second = (rival, subject) if moved or _is_moved(scene, index) else (subject, rival)
            return first if at == 0 else second
    listed = _respective(scene, index, share)
    if total > 1 and len(listed) == total:
        return listed[at]
    if response is not None:
        tied = [name for tail in scene.tails_of(response, "RESPONSE_TO") for name in names_of(tail)]
        if tied:
            return tuple(dict.fromkeys(tied))
    return last_therapy(scene, share.span) or subject


def _adjoined(scene: Scene, index: int, share: Share) -> tuple[str, ...]:
    """The therapy that a share in brackets stands right behind: ``compared to nivolumab (17%)``."""
    text = scene.document.text
    beside = (
        m for m in scene.within(index, "DRUG", "THERAPY") if text[m.end : share.span.start].strip() in ("(", "alone (")
    )
    return next((names_of(m) for m in beside if m.end < share.span.start), ())


def _respective(scene: Scene, index: int, share: Share) -> list[tuple[str, ...]]:
    """The therapies of a sentence whose shares follow them in the same order; none where it does not say so."""
    sentence = scene.sentence(index)
    if not load_cues("rate")["respectively"].search(scene.document.text[share.span.end : sentence.end]):
        return []
    before = [names_of(m) for m in scene.within(index, "DRUG", "THERAPY") if m.end <= share.span.start]
    return list(dict.fromkeys(names for names in before if names))


def _is_moved(scene: Scene, index: int) -> bool:
    words = scene.words(index)
    return any(
        load_cues("rate")["moved_from"].search(words[: s.span.start - scene.sentence(index).start])
        for s in shares(scene, index)
    )


def _sides(scene: Scene, index: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The therapy that a sentence is about and the one that it is compared with."""
    subject: tuple[str, ...] = ()
    rival: tuple[str, ...] = ()
    text = scene.document.text
    for mention in scene.within(index, "DRUG", "THERAPY"):
        before = text[max(mention.start - 30, scene.sentence(index).start) : mention.start]
        if load_cues("rate")["against"].search(before):
            rival = rival or names_of(mention)
        else:
            subject = subject or names_of(mention)
    return subject, rival


def _unshared(scene: Scene, index: int, responses: Sequence[Mention]) -> Iterator[Response]:
    """``Remarkable shrinkage was seen after the drug``: a cited outcome without figures, tied to its therapy."""
    for response in responses:
        tied = scene.tails_of(response, "RESPONSE_TO")
        cited = scene.attribution_of(response).kind == "cohort"
        if (
            cited
            and tied
            and response.assertion == "affirmed"
            and not load_cues("rate")["measure"].search(response.text)
        ):
            names = tuple(dict.fromkeys(n for r in tied for n in names_of(r)))
            yield _row(scene, index, _Counted(share=None, response=response, therapies=names))


def _row(scene: Scene, index: int, counted: _Counted) -> Response:
    share, response = counted.share, counted.response
    parts: list[Span] = [*([share.span] if share else []), *([response] if response else [])]
    start, end = min(p.start for p in parts), max(p.end for p in parts)
    attributed = scene.attribution_of(parts[0])
    return Response(
        start=start,
        end=end,
        quote=scene.document.text[start:end],
        section=scene.sentence(index).section,
        attribution="cohort",
        cue=attributed.cue,
        rules=(response.rule if response else "link:rate",),
        therapies=counted.therapies,
        category=_category(scene, index, response, share),
        category_text=response.text if response else "",
        value_low=share.low if share else None,
        value_high=share.high if share else None,
        unit="%" if share and share.low is not None else "",
        n_responders=share.part if share else None,
        n_total=share.whole if share else None,
        duration_days=_lasting(scene, index),
    )


def _category(scene: Scene, index: int, response: Mention | None, share: Share | None) -> ResponseCategory | None:
    if response is not None and isinstance(response.value, ResponseValue):
        cues = load_cues("rate")
        named = next((category for name, category in _NAMED.items() if cues[name].search(response.text)), None)
        return named or (None if cues["overall"].search(response.text) else response.value.category)
    return _category_beside(scene, index, share) if share else None


def _category_beside(scene: Scene, index: int, share: Share) -> ResponseCategory | None:
    """The category that the words around a share name where no response stands beside it."""
    sentence, text, cues = scene.sentence(index), scene.document.text, load_cues("rate")
    before = text[sentence.start : share.span.start]
    behind = text[share.span.end : min(share.span.end + _BEHIND, sentence.end)]
    named = next((c for name, c in _NAMED.items() if cues[name].search(before[-_NEAR:])), None)
    if named or cues["mortality"].search(before):
        return named or "death"
    follows = cues["mortality"].search(behind)
    return "death" if follows and not cues["goes_on"].search(behind[: follows.start()]) else None


def _lasting(scene: Scene, index: int) -> float | None:
    """``with a median duration of response of 15 months``."""
    sentence = scene.sentence(index)
    for mention in scene.within(index, "DURATION"):
        before = scene.document.text[sentence.start : mention.start]
        if isinstance(mention.value, Period) and load_cues("rate")["lasting"].search(before):
            return mention.value.high
    return None
