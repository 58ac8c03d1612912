"""Blocks that are no running text: by-lines and addresses, notes of the publisher, words inside figures, references."""

from collections.abc import Sequence

from pipeline.datamodel.document import SetAsideReason
from pipeline.extractors._pdf.drafts import Draft, patterns
from pipeline.extractors._pdf.kinds import Body

_LONGEST_NOTE = 1500  # characters
_LONGEST_BANNER = 250
_CLOSE = 3  # ems from a heading to its text


def tell_asides(drafts: Sequence[Draft], body: Body) -> dict[int, SetAsideReason]:
    """Why a draft is left out of the text, by its place in ``drafts``; most are not."""
    figures = {d.lines[0].page for d in drafts if d.kind == "caption" and not patterns()["table_caption"].match(d.text)}
    first_page = drafts[0].lines[0].page if drafts else 0
    titled = min((d.lines[0].page for d in drafts if d.kind == "title"), default=first_page)
    found: dict[int, SetAsideReason] = {}
    for index, draft in enumerate(drafts):
        if draft.kind == "reference":
            found[index] = "references"
        elif (draft.kind == "front" and draft.lines[0].page < titled) or _is_front_note(draft, body, titled):
            found[index] = "front_matter"
        elif draft.lines[0].page in figures and _is_figure_text(draft, body) and not _heads(drafts, index, body):
            found[index] = "figure_text"
    return found


def _is_front_note(draft: Draft, body: Body, first_page: int) -> bool:
    if "orcid.org" in draft.text and not patterns()["sentence_word"].search(draft.text):
        return True
    if draft.kind not in ("title", "caption", "table") and patterns()["imprint"].match(draft.text):
        return len(draft.text) < _LONGEST_NOTE
    on_first = draft.lines[0].page == first_page
    small = draft.size < 0.95 * body.size
    if on_first and draft.kind in ("front", "footnote", "paragraph", "heading") and _is_names(draft.text):
        return draft.kind != "heading" or any(1 in line.shift for line in draft.lines)
    may_be_banner = on_first and (small or draft.kind == "front") and len(draft.text) < _LONGEST_BANNER
    if may_be_banner and patterns()["banner"].fullmatch(draft.text):
        return True
    if draft.kind not in ("front", "footnote") and not (draft.kind == "paragraph" and small):
        return False
    if patterns()["front_note"].match(draft.text):
        return on_first or small
    return (on_first and draft.kind in ("front", "footnote")) and not patterns()["sentence_word"].search(draft.text)


def _is_figure_text(draft: Draft, body: Body) -> bool:
    """Labels and legends inside a figure: short lines, not set like the body, no sentences."""
    if draft.kind == "heading" and all(len(word) < 3 and not word[0].isdigit() for word in draft.text.split()):
        return True
    if draft.kind not in ("paragraph", "footnote", "heading"):
        return False
    if not _set_otherwise(draft, body):
        scattered = len(draft.lines) > 2 and len(draft.text.split()) < 3 * len(draft.lines)
        return scattered and draft.kind != "heading" and not patterns()["sentence_word"].search(draft.text)
    if draft.kind == "heading" and patterns()["heading"].fullmatch(draft.text.strip()):
        return False
    words = draft.text.split()
    per_line = len(words) / len(draft.lines)
    sentences = len(patterns()["sentence_word"].findall(draft.text))
    return per_line < 6 and sentences * 12 < len(words)


def _heads(drafts: Sequence[Draft], index: int, body: Body) -> bool:
    """A heading right above running text of the body, as none in a figure is."""
    draft, following = drafts[index], drafts[index + 1] if index + 1 < len(drafts) else None
    if draft.kind != "heading" or following is None or following.kind != "paragraph" or len(following.lines) < 2:
        return False
    near = 0 < following.lines[0].base - draft.lines[-1].base < _CLOSE * draft.size
    return near and following.column == draft.column and abs(following.size - body.size) < 0.03 * body.size


def _set_otherwise(draft: Draft, body: Body) -> bool:
    strange = sum(line.face != body.face for line in draft.lines)
    return abs(draft.size - body.size) > 0.05 * body.size or (
        strange > 0.5 * len(draft.lines) and draft.kind != "heading"
    )


def _is_names(text: str) -> bool:
    """A list of people, or of places of work: next to all words begin with a capital, and there is no sentence."""
    words = [word for word in text.split() if word[:1].isalpha()]
    capitals = sum(word[:1].isupper() for word in words)
    return len(words) > 5 and capitals > 0.7 * len(words) and not patterns()["sentence_word"].search(text)
