"""Text that a page holds twice, one copy hidden: an embedded page, a layer for search, print doubled for weight."""

from pipeline.extractors._pdf.pieces import Fragment

_SHINGLE = 5
_FEWEST = 3  # fragments that lie on others before a page is looked at


def without_hidden_copies(fragments: list[Fragment]) -> list[Fragment]:
    """The fragments less those that repeat others and lie over other text."""
    if _overlaps(fragments) < _FEWEST:
        return fragments
    owners = [index for index, fragment in enumerate(fragments) for _ in fragment.pieces]
    words = [piece.text.casefold() for fragment in fragments for piece in fragment.pieces]
    seen: dict[tuple[str, ...], int] = {}
    repeated = [0] * len(words)
    for at in range(len(words) - _SHINGLE + 1):
        key = tuple(words[at : at + _SHINGLE])
        if seen.setdefault(key, at) <= at - _SHINGLE and sum(map(len, key)) > 2 * _SHINGLE:
            repeated[at : at + _SHINGLE] = [1] * _SHINGLE
    share = [0] * len(fragments)
    for owner, flag in zip(owners, repeated, strict=True):
        share[owner] += flag
    return [f for f, count in zip(fragments, share, strict=True) if 2 * count < len(f.pieces)]


def _overlaps(fragments: list[Fragment]) -> int:
    """How many fragments lie on another one's place."""
    ordered = sorted(fragments, key=lambda f: f.base)
    count = 0
    for index, fragment in enumerate(ordered):
        for other in ordered[index + 1 : index + 8]:
            if other.base - fragment.base > 0.5 * fragment.size:
                break
            shared = min(fragment.x1, other.x1) - max(fragment.x0, other.x0)
            if shared > 2 * fragment.size and other.size > 0.85 * fragment.size:
                count += 1
                break
    return count
