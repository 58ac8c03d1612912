"""Text that a page holds twice, one copy hidden: an embedded page, a layer for search, print doubled for weight."""

import numpy as np

from pipeline.extractors._pdf.pieces import Fragment

_SHINGLE = 5
_NEXT = 8  # fragments next to one another in height, of which each is compared with those before it
_FEWEST = 3  # fragments that lie on others before a page is looked at


def without_hidden_copies(fragments: list[Fragment]) -> list[Fragment]:
    """The fragments less those that repeat others and lie over other text."""
    if _overlaps(fragments) < _FEWEST:
        return fragments
    owners = [index for index, fragment in enumerate(fragments) for _ in range(fragment.count)]
    words = [text.casefold() for fragment in fragments for text in fragment.words()]
    seen: dict[tuple[str, ...], int] = {}
    repeated = [0] * len(words)
    for at in range(len(words) - _SHINGLE + 1):
        key = tuple(words[at : at + _SHINGLE])
        if seen.setdefault(key, at) <= at - _SHINGLE and sum(map(len, key)) > 2 * _SHINGLE:
            repeated[at : at + _SHINGLE] = [1] * _SHINGLE
    share = [0] * len(fragments)
    for owner, flag in zip(owners, repeated, strict=True):
        share[owner] += flag
    return [f for f, count in zip(fragments, share, strict=True) if 2 * count < f.count]


def _overlaps(fragments: list[Fragment]) -> int:
    """How many fragments lie on another one's place."""
    if len(fragments) < 2:
        return 0
    order = np.argsort([f.base for f in fragments], kind="stable").tolist()
    ordered = [fragments[index] for index in order]
    base, size = np.array([f.base for f in ordered]), np.array([f.size for f in ordered])
    x0, x1 = np.array([f.x0 for f in ordered]), np.array([f.x1 for f in ordered])
    found = np.zeros(len(base), bool)
    for step in range(1, min(_NEXT, len(base))):
        near = base[step:] - base[:-step] <= 0.5 * size[:-step]
        if not near.any():
            break
        shared = np.minimum(x1[step:], x1[:-step]) - np.maximum(x0[step:], x0[:-step])
        found[:-step] |= near & (shared > 2 * size[:-step]) & (size[step:] > 0.85 * size[:-step])
    return int(found.sum())
