"""How faithfully a document was read: what was used, set aside, repaired and lost."""

from collections import Counter

from pipeline.datamodel import Document, Page, Reading

_FEW_LOST = 40  # visible characters that a page may lose in its drawings and odd signs
_LOST_SHARE = 0.02  # of the page's characters


def reading_of(document: Document) -> Reading:
    """The record of a document's reading."""
    set_aside: Counter[str] = Counter()
    for piece in document.set_aside:
        set_aside[piece.reason] += _visible(piece.text)
    for mark in document.citations:
        if mark.offset == mark.end:
            set_aside["reference_mark"] += _visible(mark.text)
    return Reading(
        n_pages=len(document.pages),
        n_chars=len(document.text),
        n_chars_page=document.n_chars_input or sum(page.n_chars for page in document.pages),
        n_lost=document.n_lost or sum(page.n_lost for page in document.pages),
        lossy_pages=tuple(page.number for page in document.pages if _is_lossy(page)),
        set_aside=dict(sorted(set_aside.items())),
        repairs=dict(sorted(Counter(repair.kind for repair in document.repairs).items())),
        noisy=bool(document.noisy),
    )


def _is_lossy(page: Page) -> bool:
    return page.unread or page.n_lost > max(_FEW_LOST, _LOST_SHARE * page.n_chars)


def _visible(text: str) -> int:
    return sum(map(len, text.split()))
