"""Misspelt names of drugs and conditions: how many are recognized, how many are taken for another one.

Drugs with a usual dose and conditions of one word get typing errors (a letter left out, put in or replaced, or two that
changed places); some are printed small and grey, too, and read by tesseract where that is installed.
"""

import difflib
import os
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from benchmarks.figures import Figure, Given
from benchmarks.timing import ALONE
from pipeline.lexicon import fold_word, load_lexicons, load_likeness
from pipeline.ner.misspelt import Misspellings

TITLE = "Misspelt names"
RANK = 6
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LINES = 55
DOTS = 80 / 72
PAGES = 4


def measure(given: Given) -> Iterator[Figure]:
    """Counted are the spoilt names that are no other known word."""
    lexicons, likeness = load_lexicons(), load_likeness()
    tried = Misspellings(load_likeness, lexicons.dose_ranges)
    for label, names in _names(lexicons.dose_ranges).items():
        ways = {"typing": _typed(names)}
        if shutil.which("tesseract"):
            ways["OCR"] = _read(names, given.scratch)
        for way, pairs in ways.items():
            told: Counter[str] = Counter()
            for spoilt, name in pairs:
                if not likeness.is_known(fold_word(spoilt)):
                    taken = tried.taken_for(spoilt)
                    right = taken and fold_word(name) in (taken.name, fold_word(taken.entry.name))
                    told["right" if right else "wrong" if taken else "none"] += 1
            made = told["right"] + told["wrong"]
            yield Figure(what=f"{label}, {way}: spoilt names", ours=str(told.total()))
            yield Figure(what=f"{label}, {way}: recognized", ours=f"{told['right'] / max(told.total(), 1):.3f}")
            yield Figure(
                what=f"{label}, {way}: right among those taken for a name", ours=f"{told['right'] / max(made, 1):.4f}"
            )


def _names(usual: Iterable[str]) -> dict[str, list[str]]:
    """Label -> names of at least eight letters."""
    lexicons = load_lexicons()
    conditions = [
        name for name in lexicons.names if name.isalpha() and name.isascii() and lexicons.find(name, "CONDITION")
    ]
    found = {"drugs": sorted(usual), "conditions": sorted(conditions)}
    return {label: [n for n in names if n.isalpha() and len(n) >= 8] for label, names in found.items()}


def _typed(names: list[str]) -> Iterator[tuple[str, str]]:
    chance = random.Random(7)
    for name in names * 3:
        at, letter = chance.randrange(1, len(name)), chance.choice(LETTERS)
        errors = (name[:at] + name[at + 1 :], name[:at] + letter + name[at:], name[:at] + letter + name[at + 1 :])
        swapped = name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]
        spoilt = chance.choice((*errors, swapped))
        if spoilt != name:
            yield spoilt, name


def _read(names: list[str], scratch: Path) -> Iterator[tuple[str, str]]:
    """Names that tesseract misread as one word."""
    spread = names[:: max(len(names) // (LINES * PAGES), 1)][: LINES * PAGES]
    for first in range(0, len(spread), LINES):
        printed = spread[first : first + LINES]
        picture = scratch / "names.png"
        _printed(printed, scratch / "names.pdf", picture, first)
        call = ["tesseract", str(picture), "stdout", "--psm", "6"]
        read = subprocess.run(call, check=True, capture_output=True, encoding="utf-8", env=os.environ | ALONE).stdout
        for line in map(str.strip, read.splitlines()):
            meant = difflib.get_close_matches(line, printed, n=1, cutoff=0.7)
            if meant and meant[0] != line and line.isalnum():
                yield line, meant[0]


def _printed(names: list[str], page: Path, picture: Path, seed: int) -> None:
    """A grey, speckled picture of the names, one a line."""
    canvas = Canvas(str(page), invariant=1)
    canvas.setFont("Times-Roman", 11)
    for line, name in enumerate(names):
        canvas.drawString(60, 800 - 14 * line, name)
    canvas.save()
    drawn = pypdfium2.PdfDocument(page)[0].render(scale=DOTS, grayscale=True).to_numpy().astype(np.int16)
    drawn = drawn.reshape(drawn.shape[:2])
    speckles = np.random.default_rng(seed).normal(-8, 7, drawn.shape)
    Image.fromarray(np.clip(drawn * 0.8 + 40 + speckles, 0, 255).astype(np.uint8)).save(picture)
