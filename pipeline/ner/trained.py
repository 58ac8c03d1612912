"""A trained spaCy pipeline as one more reader: named in the settings, never fetched at run time."""

from collections.abc import Sequence

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import get_installed_models

from pipeline.datamodel import Mention, Sentence
from pipeline.datamodel.vocabulary import MentionLabel, words
from pipeline.errors import UsageError

CONFIDENCE = 0.7
_LABELS: dict[str, MentionLabel] = {label: label for label in words(MentionLabel)}  # type: ignore[misc]


class TrainedReader:
    """Mentions from the entities and span groups of a spaCy pipeline whose labels are the contract's."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._nlp = _load(name)

    def find(self, text: str, sentences: Sequence[Sentence]) -> list[Mention]:
        """Mentions in the sentences, offsets in ``text``."""
        pieces = [text[sentence.start : sentence.end] for sentence in sentences]
        found: list[Mention] = []
        for sentence, doc in zip(sentences, self._nlp.pipe(pieces), strict=True):
            for span in _spans(doc):
                label = _LABELS.get(span.label_)
                if label is not None and span.text.strip():
                    found.append(self._mention(span, label, sentence.start))
        return found

    def _mention(self, span: Span, label: MentionLabel, offset: int) -> Mention:
        return Mention(
            start=offset + span.start_char,
            end=offset + span.end_char,
            label=label,
            text=span.text,
            rule=f"model:{self._name}",
            entry=span.text,
            confidence=CONFIDENCE,
        )


def _spans(doc: Doc) -> list[Span]:
    grouped = [span for key in sorted(doc.spans) for span in doc.spans[key]]
    return [*doc.ents, *grouped]


def _load(name: str) -> Language:
    try:
        nlp: Language = spacy.load(name)
    except (OSError, ValueError) as error:
        known = ", ".join(sorted(get_installed_models())) or "none"
        message = f"cannot load the model {name!r}; installed: {known}; or give the folder of a spaCy pipeline"
        raise UsageError(message) from error
    return nlp
