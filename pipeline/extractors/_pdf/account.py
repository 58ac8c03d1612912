"""What became of the characters of each page: in the text, set aside, or lost."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from pipeline.datamodel import Page
from pipeline.datamodel.document import SetAsideReason
from pipeline.extractors._manuscript import Manuscript
from pipeline.extractors._pdf.drafts import Draft
from pipeline.extractors._pdf.furniture import PageLines
from pipeline.extractors._pdf.runs import Placed

_SPACE = ord(" ")


def shape_of(
    pages: Sequence[PageLines], written: tuple[Manuscript, Placed], left_out: Sequence[tuple[SetAsideReason, Draft]]
) -> tuple[Page, ...]:
    """The pages with their sizes and the number of characters that each holds and loses."""
    found = _written(*written)
    for page in pages:
        found[page.number] += page.n_hidden + sum(_visible(line.text) for _, line in page.aside)
    for _, draft in left_out:
        for line in draft.lines:
            found[line.page] += _visible(line.text)
    return tuple(
        Page(
            number=page.number,
            width=page.width,
            height=page.height,
            n_chars=page.n_chars,
            n_lost=max(page.n_chars - found[page.number], 0),
        )
        for page in pages
    )


def _written(manuscript: Manuscript, placed: Placed) -> Counter[int]:
    """Characters of each page that are in the text, or were left out of it as reference marks and hyphens."""
    found: Counter[int] = Counter()
    starts, ends, pages = placed.starts, placed.ends, placed.pages
    if not len(starts):
        return found
    codes = np.frombuffer("".join(manuscript.parts).encode("utf-32-le"), np.uint32)
    spaces = np.concatenate(([0], np.cumsum(codes == _SPACE)))
    counts = np.bincount(pages, weights=ends - starts - spaces[ends] + spaces[starts])
    found.update({number: int(count) for number, count in enumerate(counts.tolist())})
    gone = [(mark.offset, len(mark.text)) for mark in manuscript.citations if mark.offset == mark.end]
    gone += [(mend.start, 1) for mend in manuscript.repairs if mend.kind == "hyphen"]
    if gone:
        before = np.searchsorted(starts, [offset for offset, _ in gone], "right") - 1
        for number, (_, count) in zip(pages[np.maximum(before, 0)].tolist(), gone, strict=True):
            found[number] += count
    return found


def _visible(text: str) -> int:
    return sum(map(len, text.split()))
