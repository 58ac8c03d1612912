"""Clauses of a sentence: where the reach of a cue ends."""

import re

from pipeline.datamodel import Document, Sentence, Span

# A semicolon or a coordinating conjunction with its own verb starts a clause; a comma in a list of drugs does not.
_BORDER = re.compile(
    r";\s|,?\s(?:but|however|whereas|while|although|and then|followed by)\s|,\s(?:and|so|which)\s", re.I
)


def clause_at(document: Document, sentence: Sentence, span: Span) -> str:
    """The words of the clause of ``sentence`` that holds ``span``."""
    words = document.slice(sentence)
    place = span.start - sentence.start
    start, end = 0, len(words)
    for border in _BORDER.finditer(words):
        if border.end() <= place:
            start = border.end()
        elif border.start() >= span.end - sentence.start:
            end = border.start()
            break
    return words[start:end]
