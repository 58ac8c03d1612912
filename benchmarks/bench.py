"""How fast casebook reads a folder of reports, beside the readers of PDF that are installed, on the same files.

    python benchmarks/bench.py corpus/samples             prints the figures
    python benchmarks/bench.py papers/ -o docs/benchmarks.md   writes them too

One process, process start included. Times are wall-clock; the ratios, taken in one go, hold on any machine.
"""

import argparse
import logging
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

Reader = Callable[[Path], int]


def pdfplumber_pages(path: Path) -> int:
    """Pages read by pdfplumber."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return sum(page.extract_text() is not None for page in pdf.pages)


def pdfminer_pages(path: Path) -> int:
    """Pages read by pdfminer.six."""
    from pdfminer.high_level import extract_pages

    return sum(1 for _ in extract_pages(path))


def pypdfium2_pages(path: Path) -> int:
    """Pages read by pypdfium2."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    return sum(page.get_textpage().get_text_range() is not None for page in pdf)


PEERS: dict[str, Reader] = {"pdfplumber": pdfplumber_pages, "pdfminer": pdfminer_pages, "pypdfium2": pypdfium2_pages}


def casebook(*arguments: str) -> float:
    """Seconds that a call takes."""
    alone = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "pipeline", *arguments], check=True, env=alone, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def text_lines(pdfs: list[Path], folder: Path) -> Iterator[str]:
    """Pages a second of ``casebook text`` and of its peers."""
    ours = casebook("text", *map(str, pdfs), "-o", str(folder / "text"), "-j", "1")
    for name, read in PEERS.items():
        begun = time.perf_counter()
        try:
            pages = sum(map(read, pdfs))
        except ImportError:
            continue
        theirs = time.perf_counter() - begun
        beside = f"{name} {pages / theirs:.1f} pages/s"
        yield f"| text of {pages} pages | {pages / ours:.1f} pages/s | {beside} | {theirs / ours:.1f} |"


def run_lines(given: Path, folder: Path) -> Iterator[str]:
    """Words a second through the whole chain, and how much faster an unchanged second run is."""
    call = ("run", str(given), "-o", str(folder / "run"), "-j", "1")
    first, second = casebook(*call), casebook(*call)
    texts = list((folder / "run" / "text").glob("*.txt"))
    words = sum(len(path.read_text(encoding="utf-8").split()) for path in texts)
    yield f"| run over {len(texts)} reports | {words / first:.0f} words/s | {len(texts) / first:.1f} reports/s | |"
    yield f"| the same again | {second:.2f} s | first {first:.1f} s | {first / second:.0f} |"


def main() -> None:
    """Measure and print; write where asked."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("given", type=Path, help="folder of reports")
    asked.add_argument("-o", dest="output", type=Path, help="Markdown file to write")
    told = asked.parse_args()
    logging.disable(logging.CRITICAL)
    pdfs = sorted(told.given.rglob("*.pdf"))
    lines = [f"Python {platform.python_version()}, one process.", "", "| what | casebook | beside | ratio |"]
    lines.append("| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        lines += [*(text_lines(pdfs, Path(folder)) if pdfs else ()), *run_lines(told.given, Path(folder))]
    print("\n".join(lines))
    if told.output:
        told.output.write_text("# Benchmarks\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
