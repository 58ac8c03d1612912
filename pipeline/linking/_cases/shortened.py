"""A diagnosis that the report gives in letters alone (``the diagnosis of IPH``), which no lexicon spells out."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.datamodel import Document, Mention, Sentence
from pipeline.linking.cues import load_cues


def shortened(document: Document, sentences: Sequence[Sentence], known: Iterable[Mention]) -> Counter[str]:
    """Letters that the patient's sentences name as the diagnosis, each with how often these sentences hold it.

    Args:
        document: the report.
        sentences: about the patient.
        known: mentions of conditions with a name; what they cover is no riddle.
    """
    cue = load_cues("cases")["diagnosis.letters"]
    covered = [(mention.start, mention.end) for mention in known]
    found: set[str] = set()
    for sentence in sentences:
        for match in cue.finditer(document.slice(sentence)):
            start, end = (sentence.start + at for at in match.span("letters"))
            if not any(low < end and start < high for low, high in covered):
                found.add(match["letters"])
    counts: Counter[str] = Counter()
    for letters in sorted(found):
        counts[letters] = sum(len(re.findall(rf"\b{re.escape(letters)}\b", document.slice(s))) for s in sentences)
    return counts
