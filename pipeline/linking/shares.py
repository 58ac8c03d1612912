"""Shares: what part of a group had something, as percent, as ``n of N``, or both."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pipeline.datamodel import Mention, Span
from pipeline.linking.answers import names_of
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene, gap
from pipeline.toml import read_toml

_WORDS = Path(__file__).parent / "numbers.toml"
_BESIDE = 14  # characters between a percentage and the count that says the same
_APART = 45  # the same, where the figures agree
_TITLE = 5  # sentences at the start among which the title is
_BACK = 8  # sentences back in which the size of the group or its therapy was last told
_ROUNDING = 1.0  # percent
_GROUP = 2  # persons who are a group


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share of a group: percent, or responders of a total, or both."""

    span: Span
    low: float | None = None
    high: float | None = None
    part: int | None = None
    whole: int | None = None


def shares(scene: Scene, index: int) -> list[Share]:
    """The shares of a sentence in text order; a percentage and the count beside it are one."""
    words, base = scene.words(index), scene.sentence(index).start
    counts = [_sized(scene, index, c) for c in _counts(words, base)]
    percents = [p for p in _percents(words, base) if not any(p.span.overlaps(c.span) for c in counts)]
    joined: list[Share] = []
    for percent in percents:
        partner = next((c for c in counts if _says_the_same(c, percent)), None)
        if partner is None:
            joined.append(_sized(scene, index, percent))
            continue
        counts.remove(partner)
        span = Span(start=min(partner.span.start, percent.span.start), end=max(partner.span.end, percent.span.end))
        both = replace(percent, span=span, part=partner.part, whole=partner.whole)
        joined.append(both if both.whole else _sized(scene, index, both))
    joined.extend(counts)
    other = load_cues("rate")["not_a_share"].regex
    kept = [s for s in joined if not other.match(words, s.span.end - base)]
    return sorted(kept, key=lambda s: (s.span.start, s.span.end))


def number_of(word: str) -> int:
    """``seven`` and ``7`` are 7."""
    return _numbers()[word.lower()] if word.lower() in _numbers() else int(word)


@cache
def _numbers() -> dict[str, int]:
    return {word: number for number, word in enumerate(read_toml(_WORDS)["words"])}


def _counts(words: str, base: int) -> Iterator[Share]:
    """``31 of 93``, ``5/186``, ``50 patients (``, ``all three patients``, ``453 cases (including 175 deaths``."""
    taken: list[tuple[int, int]] = []
    for name in ("deaths_among", "fraction", "slashed", "all_of", "counted"):
        for match in load_cues("rate")[name].finditer(words):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            groups = match.groupdict()
            part = number_of(groups["part"])
            whole = number_of(groups["whole"]) if groups.get("whole") else None
            if name == "all_of":
                whole = part
            if whole is not None and (part > whole or whole < _GROUP):
                continue
            taken.append(match.span())
            yield Share(span=Span(start=base + match.start(), end=base + match.end()), part=part, whole=whole)


def _percents(words: str, base: int) -> Iterator[Share]:
    cues = load_cues("rate")
    for match in cues["percent"].finditer(words):
        if cues["not_a_share"].regex.match(words, match.end()) or cues["limit_before"].search(words[: match.start()]):
            continue
        low, high = match["low"], match["high"]
        moved = cues["moved_from"].search(words[: match.start()])
        if low and moved:  # ``decreased from 55.5 to 8.3%``: two shares, not a range
            first = Span(start=base + match.start("low"), end=base + match.end("low"))
            yield Share(span=first, low=float(low), high=float(low))
            second = Span(start=base + match.start("high"), end=base + match.end())
            yield Share(span=second, low=float(high), high=float(high))
        else:
            if not low and (listed := cues["listed_percent"].search(words[: match.start()])):
                first = Span(start=base + listed.start("first"), end=base + listed.end("first"))
                yield Share(span=first, low=float(listed["first"]), high=float(listed["first"]))
            span = Span(start=base + match.start(), end=base + match.end())
            yield Share(span=span, low=float(low or high), high=float(high))


def _says_the_same(count: Share, percent: Share) -> bool:
    gap = max(count.span.start, percent.span.start) - min(count.span.end, percent.span.end)
    if count.part is None or percent.low is None or percent.low != percent.high:
        return False
    if count.whole is None:
        return gap <= _BESIDE
    return gap <= _APART and abs(100 * count.part / count.whole - percent.low) <= _ROUNDING


def _sized(scene: Scene, index: int, share: Share) -> Share:
    """With the size of the group that was told last, where the figures agree with it."""
    if share.whole is not None or not (share.part or _of_patients(scene, share)):
        return share
    for at in range(index, max(index - _BACK, 0) - 1, -1):
        words = scene.words(at)
        if at == index:
            words = words[: share.span.start - scene.sentence(at).start]
        told = [number_of(m["whole"] or m["n"]) for m in load_cues("rate")["size"].finditer(words)]
        sizes = [size for size in told if size >= _GROUP]
        fitting = [size for size in sizes if _agrees(share, size)]
        if fitting:
            return replace(share, whole=fitting[-1])
        if sizes and at < index and share.low is None:
            return share
        if scene.sentence(at).block == "heading":
            break
    return share


def _of_patients(scene: Scene, share: Share) -> bool:
    return bool(load_cues("rate")["of_patients"].regex.match(scene.document.text, share.span.end))


def _agrees(share: Share, whole: int) -> bool:
    if share.part is not None:
        if share.part > whole:
            return False
        return share.part < whole if share.low is None else abs(100 * share.part / whole - share.low) <= _ROUNDING
    if share.low is None or share.low != share.high:
        return False
    nearest_part = round(share.low * whole / 100)
    return abs(100 * nearest_part / whole - share.low) <= _ROUNDING / 2


def is_group(scene: Scene, share: Share) -> bool:
    """Whether the share is of a group: told so by its clause, or by counting patients of a total."""
    kind = scene.attribution_of(share.span).kind
    if kind == "cohort":
        return True
    counted = (share.part is not None and (share.whole or 0) > 2) or _of_patients(scene, share)
    return kind == "background" and (counted or _beside_a_group(scene, share))


def _beside_a_group(scene: Scene, share: Share) -> bool:
    values = scene.within(scene.sentence_index(share.span), "VALUE", "RESPONSE")
    return any("%" in m.text and scene.attribution_of(m).kind == "cohort" for m in values)


def nearest(scene: Scene, span: Span, rivals: Sequence[Mention], reach: int) -> Mention | None:
    """The mention next to the share, in brackets or clause with it; None where none is within ``reach``."""
    text = scene.document.text
    best: tuple[float, int, Mention] | None = None
    for order, mention in enumerate(rivals):
        first, second = sorted((mention, span), key=lambda m: m.start)
        between = text[first.end : second.start] if second.start > first.end else ""
        if len(between) > reach:
            continue
        # A comma or another share between the two makes them strangers; brackets right behind a name are its own.
        cost = len(between) + 40 * between.count(",") + 60 * between.count(";") + 60 * between.count("%")
        if mention.end <= span.start and re.match(r"^\s?\(", between):
            cost -= 20
        if best is None or (cost, order) < best[:2]:
            best = (cost, order, mention)
    return best[2] if best else None


def last_therapy(scene: Scene, span: Span) -> tuple[str, ...]:
    """The sentence's nearest therapy, else the last one that was named before in the same stretch of text."""
    index = scene.sentence_index(span)
    section = scene.sentence(index).section
    for at in range(index, max(index - _BACK, 0) - 1, -1):
        if scene.sentence(at).section != section:
            break
        named = [m for m in scene.within(at, "DRUG", "THERAPY") if _is_given(scene, m)]
        if named:
            chosen = min(named, key=lambda m: gap(m, span)) if at == index else named[0]
            return _with_partners(scene, chosen, named)
    return _titled(scene)


def _titled(scene: Scene) -> tuple[str, ...]:
    """The first therapy that the report's title names."""
    for at in range(min(_TITLE, len(scene.attributed))):
        named = scene.within(at, "DRUG", "THERAPY") if scene.sentence(at).block == "title" else ()
        if named:
            return names_of(named[0])
    return ()


def _is_given(scene: Scene, mention: Mention) -> bool:
    """Not the therapy that a disease is refractory to, nor the one compared against."""
    behind = scene.document.text[mention.end : mention.end + 14]
    before = scene.document.text[max(mention.start - 45, 0) : mention.start]
    cues = load_cues("rate")
    other = any(cues[name].search(before) for name in ("against", "given_before"))
    return bool(names_of(mention)) and not cues["qualifies"].regex.match(behind) and not other


def _with_partners(scene: Scene, chosen: Mention, named: Sequence[Mention]) -> tuple[str, ...]:
    names = list(names_of(chosen))
    for other in named:
        first, second = sorted((chosen, other), key=lambda m: m.start)
        apart = other is not chosen and second.start >= first.end
        if apart and load_cues("rate")["listed"].search(scene.document.text[first.end : second.start]):
            names.extend(names_of(other))
    return tuple(dict.fromkeys(names))
