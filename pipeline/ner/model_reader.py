"""Trained readers: casebook's own, or any installed spaCy pipeline that the settings name. None is ever fetched.

The shipped reader marks the spans of several annotation styles; which style is heeded where is decided when
its mentions are merged with the rules' (:mod:`pipeline.ner.agreement`).
"""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import get_installed_models
from thinc.api import use_ops

from pipeline.datamodel import Mention, Sentence
from pipeline.datamodel.vocabulary import MentionLabel, words
from pipeline.errors import UsageError
from pipeline.ner._reader.component import WORDS, Reader
from pipeline.ner._reader.marks import marks
from pipeline.ner.reading import Reading
from pipeline.settings import NerSettings
from pipeline.toml import read_toml

LABELS = Path(__file__).with_name("model_labels.toml")
_HERE = Path(__file__).parent
# In an installed casebook the model lies beside the code, in a checkout among the models.
SHIPPED = (_HERE / "models" / "casebook", _HERE.parents[1] / "models" / "casebook")
NONE = "none"
CONFIDENCE = 0.7
_BATCH = 64
_KNOWN = frozenset(words(MentionLabel))


def shipped() -> Path | None:
    """The folder of the model that casebook ships; None where it is not there."""
    return next((path for path in SHIPPED if (path / "meta.json").is_file()), None)


def model_hash(folder: Path) -> str:
    """Hash of a model folder's files, the same on every machine; notes (``*.md``) do not count."""
    digest = sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".md"):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def load_reader(settings: NerSettings) -> "ModelReader | None":
    """The reader that the settings name; None for rules only.

    Raises:
        UsageError: the model is not there or cannot be read; the message names those that are.
    """
    if settings.model == NONE:
        return None
    if settings.model:
        return ModelReader(settings.model, _load(settings.model), settings.labels)
    folder = shipped()
    return ModelReader("casebook", _load(str(folder)), {}) if folder else None


class ModelReader:
    """Built once a worker; keeps no state of any document but what it made of single words."""

    def __init__(self, name: str, nlp: Language, labels: Mapping[str, str]) -> None:
        self.name = Path(name).name
        self._nlp = nlp
        self._labels = _label_map(nlp, labels)
        parts = [part for _, part in nlp.pipeline if isinstance(part, Reader)]
        self._own = parts[0] if len(nlp.pipeline) == 1 and parts else None

    @property
    def is_own(self) -> bool:
        """Whether it is a pipeline of casebook's own making, which tells annotation styles apart."""
        return self._own is not None

    def find(
        self,
        text: str,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
        styles: Mapping[str, Collection[str]] | None = None,
    ) -> list[Reading]:
        """What the model marks in the sentences, in text order within each, offsets in ``text``.

        Args:
            text: the document's text.
            sentences: in text order.
            mentions: what the rules found, in text order: a feature of casebook's own reader.
            styles: of casebook's own reader, those that are wanted, with their labels; all where None.
        """
        if self._own is not None:
            return self._own_spans(self._own, (text, sentences), mentions, styles)
        pieces = [text[sentence.start : sentence.end] for sentence in sentences]
        found = []
        for sentence, doc in zip(sentences, self._nlp.pipe(pieces), strict=True):
            for span, style in _spans(doc):
                label = self._labels.get(span.label_)
                if label is not None and span.text.strip():
                    place = sentence.start + span.start_char, sentence.start + span.end_char
                    found.append(self._reading(text, place, label, (style, CONFIDENCE)))
        return found

    def _own_spans(
        self,
        reader: Reader,
        where: tuple[str, Sequence[Sentence]],
        mentions: Sequence[Mention],
        styles: Mapping[str, Collection[str]] | None,
    ) -> list[Reading]:
        text, sentences = where
        found: list[Reading] = []
        places = [[m.span() for m in WORDS.finditer(text, s.start, s.end)] for s in sentences]
        marked = marks([place for sentence in places for place in sentence], mentions)
        docs, first = [], 0
        for sentence in places:
            last = first + len(sentence)
            surfaces = [text[start:end] for start, end in sentence]
            docs.append(Doc(self._nlp.vocab, words=surfaces, tags=marked[first:last]))
            first = last
        for at in range(0, len(docs), _BATCH):
            for number, spans in enumerate(reader.read(docs[at : at + _BATCH], styles), at):
                for span in spans:
                    place = places[number][span.start][0], places[number][span.end - 1][1]
                    label: MentionLabel = span.label  # type: ignore[assignment]
                    found.append(self._reading(text, place, label, (span.style, span.score)))
        return found

    def _reading(self, text: str, place: tuple[int, int], label: MentionLabel, told: tuple[str, float]) -> Reading:
        start, end = place
        style, score = told
        surface = text[start:end]
        mention = Mention(
            start=start,
            end=end,
            label=label,
            text=surface,
            rule=f"model:{self.name}.{style}" if style else f"model:{self.name}",
            entry=surface,
            confidence=round(score, 3),
        )
        return Reading(mention=mention, style=style)


def _label_map(nlp: Language, given: Mapping[str, str]) -> dict[str, MentionLabel]:
    """The model's labels as the contract's: those that the settings map, those that are known, those that are alike."""
    wrong = sorted(set(given.values()) - _KNOWN)
    if wrong:
        raise UsageError(f"ner.labels: unknown label {wrong[0]!r}; known: {', '.join(words(MentionLabel))}")
    table: dict[str, Any] = {label: label for label in words(MentionLabel)}
    return {**table, **read_toml(LABELS)["labels"], **given}


def _spans(doc: Doc) -> list[tuple[Span, str]]:
    grouped = [(span, key) for key in sorted(doc.spans) for span in doc.spans[key]]
    return [*((span, "") for span in doc.ents), *grouped]


def _load(name: str) -> Language:
    try:
        # numpy's own products of matrices take half the time of those that spaCy brings.
        with use_ops("numpy", use_blis=False):
            nlp: Language = spacy.load(name)
    except (OSError, ValueError, ImportError) as error:
        known = ", ".join(["none (rules only)", *sorted(get_installed_models())])
        own = f"; leave ner.model empty for casebook's own ({shipped()})" if shipped() else ""
        message = f"cannot load the model {name!r}; known: {known}; or give the folder of a spaCy pipeline{own}"
        raise UsageError(message) from error
    return nlp
