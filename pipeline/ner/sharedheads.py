"""Tests that share the words behind them: ``total and direct bilirubin`` names two."""

import re
from collections.abc import Sequence

from pipeline.datamodel import Mention
from pipeline.lexicon import Lexicons, fold

_BEFORE = re.compile(r"\b(?P<word>[A-Za-z]{4,})(?:\s+(?:and|or|&)\s+|\s?/\s?)$")
_REACH = 25  # characters before a test in which the word stands


def shared_heads(text: str, found: Sequence[Mention], lexicons: Lexicons) -> list[Mention]:
    """A mention for each word that is a test's name with what follows the first word of the test behind it."""
    added = []
    for mention in found:
        first, _, rest = mention.text.partition(" ")
        if mention.label != "ANALYTE" or not rest:
            continue
        before = _BEFORE.search(text, max(mention.start - _REACH, 0), mention.start)
        if before is None or before["word"].casefold() == first.casefold():
            continue
        name = fold(f"{before['word']} {rest}")
        start, end = before.span("word")
        if lexicons.find(name, "ANALYTE") and not any(m.start < end and start < m.end for m in found):
            added.append(
                Mention(
                    start=start,
                    end=end,
                    label="ANALYTE",
                    text=text[start:end],
                    rule="shared_head",
                    entry=f"{before['word']} {rest}",
                    confidence=0.8,
                )
            )
    return added
