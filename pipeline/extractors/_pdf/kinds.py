"""What each draft is: title, front matter, heading, paragraph, caption, footnote, reference."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extractors._pdf.drafts import Draft, patterns, patterns_exact
from pipeline.extractors._pdf.glyphs import Face

_LABEL_END = re.compile(r"\s*[.:|–—-]|\s+[A-Z(]|\s*$")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?:\|\s*)?[A-Z]")
_ENTRY = re.compile(r"\[?\d{1,3}[.\]]\s+[A-Z]")
_LONGEST_COVER = 2500  # characters
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Body:
    """How the running text is set: its size in points and its face."""

    size: float
    face: int


def tell_kinds(drafts: Sequence[Draft], faces: Sequence[Face], body: Body, heights: dict[int, float]) -> None:
    """Set ``kind`` and ``level`` of all drafts.

    Args:
        drafts: in reading order.
        faces: the faces of the document.
        body: how the running text is set.
        heights: height of each page.
    """
    in_references, reference_size = False, 0.0
    for index, draft in enumerate(drafts):
        if draft.kind == "table":
            continue
        like_references = abs(draft.size - reference_size) < 0.06 * draft.size
        if _is_caption(draft, faces, body.size):
            draft.kind = "caption"
        elif _is_heading(draft, body):
            draft.kind, draft.level = "heading", 1
            in_references = _opens_references(draft, in_references)
        elif _is_small_heading(drafts, index, body):
            draft.kind, draft.level = "heading", 2
        elif in_references and patterns()["run_in_back_matter"].match(draft.text):
            in_references = False
        elif in_references and (like_references or not reference_size):
            draft.kind, reference_size = "reference", reference_size or draft.size
        elif like_references and reference_size < 0.95 * body.size and _ENTRY.match(draft.text):
            draft.kind = "reference"
        elif draft.size < 0.93 * body.size and draft.lines[0].base > 0.6 * heights[draft.lines[0].page]:
            draft.kind = "footnote"
    _tell_levels(drafts, body.size)
    _tell_front(drafts, body.size)


def _opens_references(draft: Draft, before: bool) -> bool:
    text = draft.text.strip()
    if patterns()["references"].fullmatch(text):
        return True
    if before and (patterns()["back_matter"].fullmatch(text) or patterns()["heading"].fullmatch(text)):
        return False
    return before


def _is_caption(draft: Draft, faces: Sequence[Face], body: float) -> bool:
    text = draft.text
    match = patterns()["caption"].match(text)
    if not match:
        return False
    if faces[draft.lines[0].pieces[0].face].bold or draft.size < 0.96 * body:
        return True
    end = _LABEL_END.match(text, match.end())
    return bool(end) and not text[match.end() :].strip().startswith("(")


def _is_heading(draft: Draft, body: Body) -> bool:
    text = draft.text.strip()
    if len(draft.lines) > 3 or len(text) > 150 or not _LETTER.search(text):
        return False
    if len(draft.lines) == 1 and patterns()["heading"].fullmatch(text):
        return True
    if text[-1] in ".,;" or len(text) < 3 or draft.size < 0.93 * body.size or not text[0].isalnum():
        return False
    first = draft.lines[0]
    set_apart = first.pure and first.face != body.face and len(draft.lines) == 1
    distinct = first.bold or draft.size > 1.08 * body.size or set_apart or text.isupper()
    return distinct and (text[0].isupper() or text[0].isdigit()) and len(text.split()) < 20


def _is_small_heading(drafts: Sequence[Draft], index: int, body: Body) -> bool:
    """A line in capitals or bold, smaller than the body, right above a paragraph of it."""
    draft = drafts[index]
    following = drafts[index + 1] if index + 1 < len(drafts) else None
    text = draft.text.strip()
    if following is None or len(draft.lines) > 1 or following.column != draft.column or len(following.lines) < 2:
        return False
    if draft.size < 0.75 * body.size or abs(following.size - body.size) > 0.03 * body.size or len(text) < 5:
        return False
    return (draft.lines[0].bold or text.isupper()) and text[-1] not in ".,;" and text[0].isalpha()


def _tell_levels(drafts: Sequence[Draft], body: float) -> None:
    """Levels by numbers; without them, what is set as the names of an article's parts is on their level."""
    headings = [draft for draft in drafts if draft.kind == "heading"]
    named = [draft for draft in headings if patterns()["part"].fullmatch(draft.text.strip())]
    named = named or [draft for draft in headings if patterns()["heading"].fullmatch(draft.text.strip())]
    styles = Counter(_style(draft) for draft in named)
    main = max(styles, key=lambda style: (styles[style], style)) if styles else None
    larger = 1.3 if main and styles[main] > 1 else 1.04
    for draft in headings:
        numbered = _NUMBERED.match(draft.text)
        if numbered:
            draft.level = numbered.group(1).count(".") + 1
        elif main is None:
            draft.level = 1 if draft.size > 1.15 * body else 2
        else:
            alike = _style(draft) == main or draft.size > larger * main[0]
            draft.level = 1 if alike or patterns()["part"].fullmatch(draft.text.strip()) else 2


def _style(draft: Draft) -> tuple[float, int, bool]:
    """How a heading is set: its size, its face, and whether it is in capitals."""
    return round(draft.size * 4) / 4, draft.lines[0].face, draft.text.isupper()


def _first_page(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of the article's first page: the second one where the first holds no more than a long notice."""
    pages = list(dict.fromkeys(draft.lines[0].page for draft in drafts))[:2]
    first, *others = [[draft for draft in drafts if draft.lines[0].page == page] for page in pages] or [[]]
    if not others or sum(len(draft.text) for draft in first) > _LONGEST_COVER:
        return first
    notices = sum(len(draft.text) for draft in first if patterns()["cover"].search(draft.text))
    return others[0] if 2 * notices > sum(len(draft.text) for draft in first) else first


def _tell_front(drafts: Sequence[Draft], body: float) -> None:
    """The title is the largest text of the first page; what stands around it before a section is front matter."""
    first = _first_page(drafts)
    long = [
        draft
        for draft in first
        if len(draft.text) >= 20
        and len(draft.text.split()) >= 3
        and draft.kind != "caption"
        and not patterns_exact()["journal"].fullmatch(draft.text.strip())
    ]
    if not long:
        return
    wordy = [draft for draft in long if _words_in_its_size(draft) > 4 and draft.size > 1.1 * body]
    largest = max(draft.size for draft in wordy or long)
    if largest < 1.1 * body:
        return
    at = next(
        index
        for index, draft in enumerate(drafts)
        if draft.size == largest and any(draft is one for one in wordy or long)
    )
    drafts[at].kind, drafts[at].level = "title", 0
    for draft in drafts[at + 1 : at + 3]:
        if abs(draft.size - largest) < 0.05 * largest and draft.column == drafts[at].column:
            draft.kind, draft.level = "title", 0
    page = drafts[at].lines[0].page
    for draft in drafts[:at]:
        before = draft.lines[0].page < page
        if draft.kind in ("heading", "paragraph") and (before or (draft.size != body and len(draft.text) < 300)):
            draft.kind, draft.level = "front", 0
    _tell_by_lines(drafts[at + 1 :], page)


def _words_in_its_size(draft: Draft) -> int:
    """Words set in the size of most of a draft: a journal's logo beside smaller words is one."""
    pieces = (piece for line in draft.lines for piece in line.pieces if not piece.glued)
    return sum(piece.size > 0.95 * draft.size for piece in pieces)


def _tell_by_lines(following: Sequence[Draft], page: int) -> None:
    """What stands between the title and the first section or longer text is front matter."""
    for draft in following:
        if draft.kind == "heading" and patterns()["heading"].fullmatch(draft.text.strip()):
            break
        if draft.kind == "title":
            continue
        if (
            len(draft.text) > 400
            or len(patterns()["sentence_word"].findall(draft.text)) > 2
            or draft.lines[0].page != page
        ):
            break
        if draft.kind in ("heading", "paragraph"):
            draft.kind, draft.level = "front", 0
