"""Response rates of groups and cited studies: a share of patients, with the therapy it was seen under."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.datamodel import Mention, Response, Span
from pipeline.datamodel.values import Quantity, ResponseValue
from pipeline.datamodel.vocabulary import ResponseCategory
from pipeline.linking.answers import names_of
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene

_NEAR = 70  # characters between a share and the response that it counts
_BEFORE = 3  # sentences back in which the therapy of a rate was last named


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share of a group: percent, or responders of a total, or both."""

    span: Span
    low: float | None = None
    high: float | None = None
    part: int | None = None
    whole: int | None = None


def cohort_responses(scene: Scene) -> Iterator[Response]:
    """One row for each share in a sentence that speaks of a group's response, remission, relapse, survival or death."""
    for index in range(len(scene.attributed)):
        responses = [m for m in scene.within(index, "RESPONSE") if isinstance(m.value, ResponseValue)]
        spoken = bool(load_cues("rate")["rate"].search(scene.words(index)))
        for share in _shares(scene, index):
            if scene.attribution_of(share.span).kind != "cohort":
                continue
            near = min(responses, key=lambda m: _gap(m, share.span), default=None)
            if near is not None and _gap(near, share.span) <= _NEAR:
                yield _row(scene, index, share, near)
            elif spoken:
                yield _row(scene, index, share, None)


def _shares(scene: Scene, index: int) -> Iterator[Share]:
    sentence = scene.sentence(index)
    taken: list[Span] = []
    for match in load_cues("rate")["fraction"].regex.finditer(scene.words(index)):
        span = Span(start=sentence.start + match.start(), end=sentence.start + match.end())
        taken.append(span)
        yield Share(span=span, part=int(match["part"]), whole=int(match["whole"]))
    for mention in scene.within(index, "RESPONSE", "VALUE"):
        value = mention.value
        percent = isinstance(value, Quantity) and value.unit == "%"
        if (percent or isinstance(value, ResponseValue)) and not any(mention.overlaps(span) for span in taken):
            assert isinstance(value, (Quantity, ResponseValue))
            if value.low is not None:
                yield Share(span=mention, low=value.low, high=value.high)


def _gap(a: Span, b: Span) -> int:
    return max(a.start, b.start) - min(a.end, b.end)


def _row(scene: Scene, index: int, share: Share, response: Mention | None) -> Response:
    parts: list[Span] = [share.span, *([response] if response else [])]
    start, end = min(p.start for p in parts), max(p.end for p in parts)
    attributed = scene.attribution_of(share.span)
    return Response(
        start=start,
        end=end,
        quote=scene.document.text[start:end],
        section=scene.sentence(index).section,
        attribution="cohort",
        cue=attributed.cue,
        rules=(response.rule if response else "link:rate",),
        therapies=_therapies(scene, index, response, share.span),
        category=_category(scene, index, response),
        category_text=response.text if response else "",
        value_low=share.low,
        value_high=share.high,
        unit="%" if share.low is not None else "",
        n_responders=share.part,
        n_total=share.whole,
    )


def _category(scene: Scene, index: int, response: Mention | None) -> ResponseCategory | None:
    if response is not None and isinstance(response.value, ResponseValue):
        return response.value.category
    return "death" if load_cues("rate")["mortality"].search(scene.words(index)) else None


def _therapies(scene: Scene, index: int, response: Mention | None, span: Span) -> tuple[str, ...]:
    """What the response is tied to, else the sentence's nearest therapy, else the last one named before."""
    if response is not None:
        tied = [name for tail in scene.tails_of(response, "RESPONSE_TO") for name in names_of(tail)]
        if tied:
            return tuple(dict.fromkeys(tied))
    for place in range(index, max(index - _BEFORE, 0) - 1, -1):
        named = sorted(scene.within(place, "DRUG", "THERAPY"), key=lambda m: _gap(m, span))
        if named:
            return names_of(named[0])
    return ()
