"""PDF with a text layer, by way of pdfium."""

from pipeline.datamodel import Document, Source
from pipeline.settings import ReadingSettings

FORMAT = "pdf"
SUFFIXES = (".pdf",)
MEDIA_TYPE = "application/pdf"
RANK = 30


def sniff(head: bytes) -> bool:
    """True where the first bytes of a file are a PDF's; some stand behind a few bytes of something else."""
    return b"%PDF-" in head[:1024]


def prepare() -> None:
    """Load the readers of pages and the words that mend them."""
    from pipeline.extractors._pdf import article  # noqa: F401
    from pipeline.extractors._repair.vocabulary import load_vocabulary

    load_vocabulary()


def extract(source: Source, content: bytes, settings: ReadingSettings) -> Document:
    """Read a PDF.

    Args:
        source: the file, for messages and the record.
        content: its bytes.
        settings: bounds on size and pages.

    Raises:
        DocumentError: empty, no PDF, damaged, encrypted, too large, without a text layer or with one that makes no
            sense; the message says what to do.
    """
    from pipeline.extractors._pdf.article import read_article

    return read_article(source, content, settings)
