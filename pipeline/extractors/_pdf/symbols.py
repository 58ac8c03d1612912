"""Codes that stand for other characters: ligatures, hyphens marked by the reader, symbol fonts."""

import unicodedata
from functools import lru_cache
from pathlib import Path

import numpy as np

from pipeline.extractors._pdf.glyphs import Array


@lru_cache(maxsize=1)
def table() -> dict[int, str]:
    """Code point -> what it stands for."""
    lines = Path(__file__).with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {int(code, 16): text for code, text, *_ in rows}


def as_printed(codes: Array) -> tuple[str, dict[int, str]]:
    """The characters of the codes, and by its place what is shown instead of one."""
    text = codes.astype("<u4").tobytes().decode("utf-32-le", "replace")
    strange = (codes == 0xAD) | (codes >= 0xE000) | ((codes >= 0x2010) & (codes <= 0x2011))
    known, shown = table(), {}
    for index in np.flatnonzero(strange).tolist():
        character = text[index]
        if ord(character) >= 0x1D400:
            shown[index] = unicodedata.normalize("NFKC", character)
        else:
            shown[index] = known.get(ord(character), character)
    return text, shown
