"""Pages a second of ``casebook text``, beside the plain readers of PDF on the same files."""

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, Given
from benchmarks.peers.pages import READERS
from benchmarks.timing import casebook, seconds

TITLE = "Text of PDFs (`casebook text`)"
RANK = 2
READER = Path(__file__).parents[1] / "peers" / "pages.py"


def measure(given: Given) -> Iterator[Figure]:
    """Start included. The peers give the words; casebook also reading order, repairs, and what was set aside."""
    pdfs = sorted(map(str, given.reports.rglob("*.pdf")))
    if not pdfs:
        return
    spent = casebook("text", *pdfs, "-o", given.scratch / "pages", "-j", "1")
    told = given.scratch / "pages.txt"
    for name in READERS:
        theirs = seconds([sys.executable, str(READER), name, *pdfs], told=told)
        pages = int(told.read_text(encoding="utf-8"))
        yield Figure(
            what=f"text of {pages} pages",
            ours=f"{pages / spent:.1f} pages/s",
            peer=name,
            theirs=f"{pages / theirs:.1f} pages/s",
            ratio=theirs / spent,
        )
