"""Reads PDFs with one of the readers that casebook stands on, and prints the number of pages.

python pages.py READER PDF...
"""

import logging
import sys
from collections.abc import Callable
from pathlib import Path


def pdfplumber(path: Path) -> int:
    """Pages read by pdfplumber's ``extract_text``."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return sum(page.extract_text() is not None for page in pdf.pages)


def pdfminer(path: Path) -> int:
    """Pages read by pdfminer.six's layout analysis."""
    from pdfminer.high_level import extract_pages

    return sum(1 for _ in extract_pages(path))


def pypdfium2(path: Path) -> int:
    """Pages read by pypdfium2, text alone, without any layout."""
    import pypdfium2

    return sum(page.get_textpage().get_text_range() is not None for page in pypdfium2.PdfDocument(path))


READERS: dict[str, Callable[[Path], int]] = {
    "pdfplumber": pdfplumber,
    "pdfminer.six": pdfminer,
    "pypdfium2": pypdfium2,
}


def main() -> None:
    """Read the files."""
    logging.disable(logging.CRITICAL)
    print(sum(READERS[sys.argv[1]](Path(path)) for path in sys.argv[2:]))


if __name__ == "__main__":
    main()
