"""What the rules found, as one mark a word: a feature of the trained reader."""

from collections.abc import Sequence

from pipeline.datamodel import Mention

# Short codes keep the marks few; labels that are not here leave no mark.
_CODES = {
    "DRUG": "D",
    "THERAPY": "H",
    "CONDITION": "C",
    "TOXICITY": "C",
    "ANALYTE": "N",
    "VALUE": "V",
    "DOSE": "Q",
    "ROUTE": "R",
    "FREQUENCY": "F",
    "DURATION": "P",
    "TIME": "T",
    "AGE": "A",
    "SEX": "S",
}


def marks(words: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> list[str]:
    """A mark for each word: which labels' mentions begin at or go through it; empty where none does.

    Args:
        words: start and end of each word, ascending, in the mentions' offsets.
        mentions: those that may lie on these words, ascending by start.
    """
    found = [""] * len(words)
    first = 0
    for mention in mentions:
        code = _CODES.get(mention.label)
        if code is None:
            continue
        while first < len(words) and words[first][1] <= mention.start:
            first += 1
        if code == "D" and not mention.rule.startswith("lexicon"):
            code = "d"
        place = first
        while place < len(words) and words[place][0] < mention.end:
            found[place] += code + ("1" if place == first else "2")
            place += 1
    return found
