"""What a line is by its looks: a heading, the start of a caption or of a list item, a stray mark."""

import re
from functools import lru_cache
from pathlib import Path

from pipeline.toml import read_toml

_NUMBERING = re.compile(r"(?:(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4})[.)]?\s+)(?=\S)")
_RUN_IN = re.compile(r"(?P<name>[A-Z][A-Za-z0-9 /&\-]{2,40}?)\s?(?::(?=\s)|[:.](?=\s+[A-Z0-9“\"(]|\s*\Z))")
_BULLET = re.compile(r"[•◦▪■●○‣⁃∙·\uf0b7\uf0a7\u2013\u2014*\-]\s+(?=\S)|\(?(?:\d{1,2}|[a-z])[.)]\s+(?=[A-Z])")
_LONE_BULLET = re.compile(r"[•◦▪■●○‣⁃∙·\uf0b7\uf0a7\s]+\Z")
_STRAY_MARK = re.compile(r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\Z")
_LABELS = re.compile(r"(?:\(?[A-Za-z]\)?|\d{1,2})(?:\s+(?:\(?[A-Za-z]\)?|\d{1,2}))*\Z")
_REFERENCE = re.compile(r"(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}\.?)\s+(?=\S)")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;)\]]")
_LONGEST_HEADING = 80
_MOST_WORDS = 12


@lru_cache(maxsize=1)
def _names() -> dict[str, frozenset[str]]:
    lists = read_toml(Path(__file__).with_name("names.toml"))
    return {name: frozenset(words) for name, words in lists.items()}


@lru_cache(maxsize=1)
def _caption() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _names()["captions"]), key=len, reverse=True))
    return re.compile(
        rf"(?:{words})\.?\s?(?:S\s?)?(?:\d{{1,2}}[a-z]?|[IVX]{{1,4}})\s?(?P<sign>[.:|–—-]+(?=\s|\Z)|(?=\s+[A-Z(])|\Z)",
        re.IGNORECASE,
    )


def _bare(text: str) -> str:
    numbering = _NUMBERING.match(text)
    return (text[numbering.end() :] if numbering else text).rstrip(" .:").casefold()


def is_named_heading(text: str) -> bool:
    """The line is a section's name: ``2. Case Report``."""
    return len(text) <= _LONGEST_HEADING and _bare(text) in _names()["headings"]


def is_references_heading(text: str) -> bool:
    """The line opens the reference list."""
    return _bare(text) in _names()["references"]


def is_abstract_heading(text: str) -> bool:
    """The line opens the abstract."""
    return _bare(text) in _names()["abstracts"]


def is_rubric(text: str) -> bool:
    """The line is the journal's name for the kind of article."""
    return _bare(text) in _names()["rubrics"]


def is_capitals(text: str) -> bool:
    """A short line in capitals: ``HEMATOLOGIC TOXICITY``."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 4 and len(text) <= _LONGEST_HEADING and text.isupper() and not text.endswith((".", ",", ";"))


def looks_like_heading(text: str) -> bool:
    """A line that stands alone could be a heading: short, capitalised, not the start of a sentence."""
    words = text.split()
    if not words or len(text) > _LONGEST_HEADING or len(words) > _MOST_WORDS or not text[0].isupper():
        return False
    return text[-1] not in ".,;:-–" and not is_unfinished(text) and any(c.isalpha() for c in text)


def run_in_heading(text: str) -> int:
    """Length of the section name with its sign that the line begins with, 0 where there is none."""
    match = _RUN_IN.match(text)
    return match.end() if match and match.group("name").casefold() in _names()["headings"] else 0


def caption_start(text: str) -> bool:
    """The line begins a caption: ``Fig. 1. Platelet count``, ``Table 2: Doses``."""
    return bool(_caption().match(text))


def signed_caption(text: str) -> bool:
    """It begins one beyond doubt: a colon or the line's end follows the number."""
    match = _caption().match(text)
    return bool(match) and match is not None and (match.end() == len(text) or ":" in match.group("sign"))


def bullet(text: str) -> int:
    """Length of the bullet or number of a list item, 0 where there is none."""
    match = _BULLET.match(text)
    return match.end() if match else 0


def is_lone_bullet(text: str) -> bool:
    """The line holds bullets only."""
    return bool(_LONE_BULLET.match(text))


def is_stray_mark(text: str) -> bool:
    """The line holds reference numbers only."""
    return bool(_STRAY_MARK.match(text))


def is_panel_labels(text: str) -> bool:
    """The line holds the letters of a figure's panels only: ``A B``."""
    return bool(_LABELS.match(text)) and not text.isdecimal()


def starts_reference(text: str) -> bool:
    """The line begins an entry of the reference list."""
    return bool(_REFERENCE.match(text))


def is_unfinished(text: str) -> bool:
    """The line's last word cannot end a sentence."""
    last = text.rsplit(None, 1)[-1].casefold() if text.strip() else ""
    return last.endswith((",", "(", "–")) or last in _names()["unfinished"]


def points_at_figure(text: str) -> bool:
    """The line ends in a word that a figure's name follows: ``as shown in``."""
    last = text.rsplit(None, 1)[-1] if text.strip() else ""
    return last.lstrip("(").casefold() in _names()["pointing"] or last.endswith(("(", ","))


def find_doi(text: str) -> str:
    """The first DOI, or empty."""
    match = _DOI.search(text)
    return match.group() if match else ""
