"""What became of the characters of each page: in the text, set aside, or lost."""

from collections import Counter
from collections.abc import Sequence

from pipeline.datamodel import Page
from pipeline.datamodel.document import SetAsideReason
from pipeline.extractors._pdf.drafts import Draft
from pipeline.extractors._pdf.furniture import PageLines
from pipeline.extractors._pdf.writing import Writer


def shape_of(
    pages: Sequence[PageLines], writer: Writer, left_out: Sequence[tuple[SetAsideReason, Draft]]
) -> tuple[Page, ...]:
    """The pages with their sizes and the number of characters that each holds and loses."""
    found = _written(writer)
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


def _written(writer: Writer) -> Counter[int]:
    """Characters of each page that are in the text, or were left out of it as reference marks and hyphens."""
    text = "".join(writer.manuscript.parts)
    found: Counter[int] = Counter()
    starts = []
    for start, end, page, *_ in writer.runs:
        found[page] += end - start - text.count(" ", start, end)
        starts.append((start, page))
    gone = [(mark.offset, len(mark.text)) for mark in writer.manuscript.citations if mark.offset == mark.end]
    gone += [(mend.start, 1) for mend in writer.manuscript.repairs if mend.kind == "hyphen"]
    at, page = 0, starts[0][1] if starts else 1
    for offset, count in sorted(gone):
        while at < len(starts) and starts[at][0] <= offset:
            page = starts[at][1]
            at += 1
        found[page] += count
    return found


def _visible(text: str) -> int:
    return sum(map(len, text.split()))
