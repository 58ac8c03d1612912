"""Articles that are there as PDF and as JATS XML, and words to compare them by."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pipeline import extractors, segmentation
from pipeline.datamodel import Document, Source
from pipeline.settings import ReadingSettings

_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")


def pairs(*folders: Path) -> Iterator[tuple[Path, Path]]:
    """PDF and XML of one name, anywhere in the folders, in the order of the names."""
    files = [path for folder in folders for path in sorted(folder.rglob("*"))]
    printed = {path.stem: path for path in files if path.suffix == ".pdf"}
    marked_up = {path.stem: path for path in files if path.suffix in (".xml", ".nxml")}
    return ((printed[name], marked_up[name]) for name in sorted(printed.keys() & marked_up.keys()))


def read(path: Path) -> Document:
    """The article with its sections."""
    source = Source(doc_id=path.stem, path=str(path))
    return segmentation.segment(extractors.extract(source, ReadingSettings(ocr="off")))


def folded(text: str) -> str:
    """Text in lower case, without accents and ligatures."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def tokens(text: str) -> list[str]:
    """Words and numbers of a text, folded."""
    return _WORD.findall(folded(text))


def words(text: str) -> Iterator[tuple[str, int]]:
    """The words of letters, folded, each with its offset."""
    return ((folded(match.group()), match.start()) for match in _LETTERS.finditer(text))
