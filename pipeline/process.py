"""The corridor: one document walks once from its file to its rows.

Each stage stands here once; none calls another, none knows the disk, the engine or the stage after it.
"""

from dataclasses import dataclass
from pathlib import Path

from pipeline import extractors, linking, normalizers, segmentation
from pipeline.datamodel import Document, DocumentResult, Mention, Relation, Source
from pipeline.lexicon import Lexicons, load_lexicons
from pipeline.ner import Recognizer
from pipeline.settings import Settings
from pipeline.store.stages import NOTHING_KEPT, Shelf

REHEARSAL = Path(__file__).with_name("rehearsal.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corridor:
    """What a worker builds once and uses for all of its documents."""

    settings: Settings
    lexicons: Lexicons
    recognizer: Recognizer

    @classmethod
    def build(cls, settings: Settings) -> "Corridor":
        """Load the lexicons and build the recognizer; takes about a second."""
        lexicons = load_lexicons()
        return cls(settings=settings, lexicons=lexicons, recognizer=Recognizer(settings.ner, lexicons))

    def rehearse(self, thoroughly: bool = True) -> None:
        """Walk a few sentences through the stages, so that what they load when they first need it is loaded.

        Args:
            thoroughly: load what only some texts need, too.
        """
        if thoroughly:
            self.recognizer.prepare()
        document = segmentation.segment(extractors.from_raw_text(REHEARSAL.read_text(encoding="utf-8")))
        linking.link(document, self.mentions(document), self.settings.evidence, self.lexicons)

    def read(self, source: Source) -> Document:
        """The document's frozen text with its structure.

        Raises:
            DocumentError: the file cannot be read; the message says why and what to do.
        """
        return segmentation.segment(extractors.extract(source, self.settings.reading))

    def mentions(self, document: Document, *, phrases: bool = False) -> tuple[Mention, ...]:
        """All mentions of a segmented document, normalized, in text order; ``phrases`` as in the recognizer."""
        found = self.recognizer.recognize(document, phrases=phrases)
        return tuple(normalizers.normalize(mention, self.lexicons) for mention in found)

    def annotate(self, text: str) -> tuple[tuple[Mention, ...], tuple[Relation, ...]]:
        """Mentions and relations of a raw text, offsets in that text."""
        document = segmentation.segment(extractors.from_raw_text(text))
        return linking.relate(document, self.mentions(document, phrases=True))

    def process(self, source: Source, shelf: Shelf = NOTHING_KEPT) -> DocumentResult:
        """Everything that one file yields.

        Args:
            source: the file.
            shelf: what an earlier run has kept of the stages before linking.

        Raises:
            DocumentError: as :meth:`read`.
        """
        document = shelf.had("document", lambda: self.read(source))
        mentions = shelf.had("mentions", lambda: self.mentions(document))
        return linking.link(document, mentions, self.settings.evidence, self.lexicons)
