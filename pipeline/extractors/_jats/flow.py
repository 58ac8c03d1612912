"""Writing blocks of other markup (web pages, office files, BioC) once it is brought to JATS names."""

from collections.abc import Iterable

from pipeline.datamodel.document import BlockKind
from pipeline.datamodel.vocabulary import SectionKind
from pipeline.extractors._jats.inline import InlineWriter
from pipeline.extractors._jats.parsing import Element
from pipeline.extractors._jats.tables import read_table
from pipeline.extractors._manuscript import Manuscript
from pipeline.extractors._text import names


class Flow:
    """Blocks in their order; entries under a references heading are references."""

    def __init__(self) -> None:
        self.manuscript = Manuscript()
        self._in_references = False

    def heading(self, element: Element, level: int) -> None:
        """A section's name."""
        writer = self._written([element])
        text = writer.passage().text
        if text:
            self._in_references = names.is_references_heading(text)
        self.manuscript.add(writer.passage(), "heading", level=level)

    def block(self, runs: Iterable[Element | str], kind: BlockKind, section: SectionKind | None = None) -> str:
        """Running text; gives back what was written."""
        writer = self._written(runs)
        passage = writer.passage()
        if self._in_references and kind in ("paragraph", "list"):
            self.manuscript.add(passage, "reference", "other", separator="\n")
        else:
            if kind == "paragraph" and names.caption_start(passage.text) and len(passage.text) < 1000:
                kind, section = "caption", "caption"
            self.manuscript.add(passage, kind, section)
        return passage.text

    def table(self, table: Element, caption: str = "") -> None:
        """A table of ``tr`` and ``td``/``th``."""
        rows, signs = read_table(table)
        self.manuscript.add_table(rows, caption)
        for sign in signs:
            self.manuscript.put_aside("reference_mark", sign)

    def _written(self, runs: Iterable[Element | str]) -> InlineWriter:
        writer = InlineWriter()
        for run in runs:
            if isinstance(run, str):
                writer.write(run)
            else:
                writer.child(run)
        for sign in writer.put_aside:
            self.manuscript.put_aside("reference_mark", sign)
        return writer
