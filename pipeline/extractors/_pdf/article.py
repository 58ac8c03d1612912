"""One PDF from bytes to Document."""

import gc
import time
from collections.abc import Sequence
from dataclasses import replace

from pipeline.datamodel import Document, Source
from pipeline.datamodel.document import SetAsideReason
from pipeline.errors import DocumentError
from pipeline.extractors._pdf.account import shape_of
from pipeline.extractors._pdf.asides import tell_asides
from pipeline.extractors._pdf.cuts import mark_style
from pipeline.extractors._pdf.drafts import Draft, body_face, body_size, drafts_of
from pipeline.extractors._pdf.flow import whole
from pipeline.extractors._pdf.frontmatter import file_record, front_matter
from pipeline.extractors._pdf.furniture import PageLines, set_furniture_aside
from pipeline.extractors._pdf.glyphs import Fonts
from pipeline.extractors._pdf.kinds import Body, tell_kinds
from pipeline.extractors._pdf.legible import noisy_spans, require_legible
from pipeline.extractors._pdf.opening import opened
from pipeline.extractors._pdf.pages import read_pages
from pipeline.extractors._pdf.runs import spread
from pipeline.extractors._pdf.scans import Scans
from pipeline.extractors._pdf.tables import named
from pipeline.extractors._pdf.typeset import Setter
from pipeline.extractors._pdf.unmapped import read_unmapped
from pipeline.extractors._pdf.writing import Writer
from pipeline.extractors._repair.hyphens import unbroken
from pipeline.extractors._repair.vocabulary import load_vocabulary
from pipeline.settings import ReadingSettings

LeftOut = Sequence[tuple[SetAsideReason, Draft]]


def read_article(source: Source, content: bytes, settings: ReadingSettings) -> Document:
    """See :func:`pipeline.extractors.pdf.extract`."""
    # A document makes many small objects and no cycles of them: looking for cycles costs a tenth of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _read(source, content, settings)
    finally:
        if collecting:
            gc.enable()


def _read(source: Source, content: bytes, settings: ReadingSettings) -> Document:
    deadline = time.monotonic() + settings.max_seconds
    fonts = Fonts()
    pages: list[PageLines] = []
    scans = Scans(settings, fonts, load_vocabulary())
    with opened(content, settings) as pdf:
        record = file_record(pdf)
        for page in read_pages(pdf, fonts, load_vocabulary(), scans):
            pages.append(page)
            if time.monotonic() - scans.seconds > deadline:
                raise DocumentError(
                    "too_slow", f"reading took longer than {settings.max_seconds:g} s; raise max_seconds"
                )
    scans.require_text(pages)
    read_unmapped(pages, load_vocabulary())
    set_furniture_aside(pages)
    size = body_size(pages)
    body = Body(size, body_face(pages, size))
    drafts = drafts_of(pages)
    tell_kinds(drafts, fonts.faces, body, {page.number: page.height for page in pages})
    aside = tell_asides(drafts, body)
    kept = whole([draft for index, draft in enumerate(drafts) if index not in aside])
    left_out = [(reason, drafts[index]) for index, reason in aside.items()]
    return scans.told(_written(source, pages, kept, (fonts, left_out, record)))


def _written(
    source: Source, pages: Sequence[PageLines], drafts: Sequence[Draft], known: tuple[Fonts, LeftOut, dict[str, str]]
) -> Document:
    fonts, left_out, record = known
    own = unbroken({text for draft in drafts for line in draft.lines for text in line.words()[:-1]})
    setter = Setter(load_vocabulary(), own)
    margins = [line.text for page in pages[:2] for _, line in page.aside]
    front = [*drafts, *(draft for _, draft in left_out)]
    metadata = front_matter(sorted(front, key=lambda draft: draft.column), margins, record, setter)
    cited = any(reason == "references" for reason, _ in left_out)
    marks = mark_style([draft.text for draft in drafts if draft.kind == "paragraph"]) if cited else None
    writer = Writer(setter, fonts.faces, marks)
    for index, draft in enumerate(drafts):
        writer.write(draft, _caption_of(drafts, index) if draft.kind == "table" else "")
    for page in pages:
        for reason, line in page.aside:
            writer.manuscript.put_aside(reason, line.text)
    for why, draft in left_out:
        writer.manuscript.put_aside(why, draft.text)
    placed = spread(writer.placed, pages)
    shape = shape_of(pages, (writer.manuscript, placed), left_out)
    document = writer.manuscript.document(source, metadata, (shape, placed.layout()))
    require_legible(document.text, load_vocabulary())
    return replace(document, noisy=noisy_spans(document.text, document.blocks))


def _caption_of(drafts: Sequence[Draft], index: int) -> str:
    near = (*reversed(drafts[max(index - 3, 0) : index]), *drafts[index + 1 : index + 3])
    captions = [draft.text for draft in near if draft.kind == "caption"]
    frame = drafts[index].lines[0].table
    return next((text for text in captions if named(text, frame)), captions[0] if captions else "")
