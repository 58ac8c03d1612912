"""Paragraphs that a column, a page or a float interrupts are made whole; what interrupts them comes after."""

from collections.abc import Sequence

from pipeline.extractors._pdf.drafts import Draft, patterns

_FLOATS = ("caption", "footnote", "table", "front")
_FARTHEST = 40


def whole(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with torn paragraphs joined and references last."""
    out: list[Draft] = []
    taken: set[int] = set()
    for index, draft in enumerate(drafts):
        if index in taken:
            continue
        out.append(draft)
        last = index
        while draft.kind == "title" and last + 1 < len(drafts) and drafts[last + 1].kind == "title":
            last += 1
            taken.add(last)
            draft.lines.extend(drafts[last].lines)
            draft.retell()
        while draft.kind == "caption" and last + 1 < len(drafts) and _goes_on_below(draft, drafts[last + 1]):
            last += 1
            taken.add(last)
            draft.lines.extend(drafts[last].lines)
            draft.retell()
        while draft.kind in ("paragraph", "reference") and is_open(draft):
            found = _continuation(drafts, last, draft, taken)
            if found is None:
                break
            taken.add(found)
            draft.lines.extend(drafts[found].lines)
            draft.column = drafts[found].column
            draft.right = drafts[found].right
            draft.retell()
            last = found
    return [d for d in out if d.kind != "reference"] + [d for d in out if d.kind == "reference"]


def is_open(draft: Draft) -> bool:
    """True where the text of a paragraph does not end with its last line."""
    text = draft.lines[-1].text.rstrip()
    while draft.lines[-1].shift[-1] == 1 and len(draft.lines[-1].pieces) > 1:
        marks = [p.text for p, s in zip(draft.lines[-1].pieces, draft.lines[-1].shift, strict=True) if not s]
        text = (marks or [""])[-1]
        break
    ended = text.rstrip("”’\"')]").rstrip()[-1:] in (".", "!", "?", ":")
    return bool(text) and (not ended or bool(patterns()["shortened"].fullmatch(text)))


def _continuation(drafts: Sequence[Draft], last: int, draft: Draft, taken: set[int]) -> int | None:
    for index in range(last + 1, min(last + _FARTHEST, len(drafts))):
        other = drafts[index]
        if index in taken or other.kind in _FLOATS:
            continue
        if other.kind != draft.kind:
            strange = other.kind == "heading" and abs(other.size - draft.size) > 0.04 * draft.size
            if strange and not patterns()["heading"].fullmatch(other.text.strip()):
                continue
            return None
        if abs(other.size - draft.size) > 0.06 * draft.size:
            continue
        return index if _continues(draft, other) else None
    return None


def _continues(draft: Draft, other: Draft) -> bool:
    end, start = draft.lines[-1], other.lines[0]
    text = start.text
    if end.text[-1:] in "-\u00ad":
        return True
    full = end.x1 > draft.right - 2 * end.size
    if text[:1].islower():
        return full or other.column != draft.column
    if other.column == draft.column:
        return False
    return full and not other.indented


def _goes_on_below(caption: Draft, other: Draft) -> bool:
    """A caption whose last lines were taken for another block."""
    end, start = caption.lines[-1], other.lines[0]
    near = other.column == caption.column and 0 < start.base - end.base < 1.8 * end.size
    return near and other.kind in ("paragraph", "footnote") and start.text[:1].islower() and is_open(caption)
