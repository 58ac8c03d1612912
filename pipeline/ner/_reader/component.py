"""The spaCy component of the trained reader, and the tokenizer that goes with it."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import ensure_path, minibatch, registry
from spacy.vocab import Vocab
from thinc.api import Model
from thinc.types import Ragged

from pipeline.ner._reader import layers as _registered  # noqa: F401
from pipeline.ner._reader.crf import allowed, decode, n_tags, spans

# A number with its decimals, a word that begins with a letter, or one other character: `10mg` is two words.
WORDS = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_][^\W_]*|\S")


class Words:
    """Splits a text into :data:`WORDS`; the text itself is kept by each doc as it was, but for runs of spaces."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The words of ``text``; a run of white space counts as one space."""
        found = list(WORDS.finditer(text))
        spaces = [text[m.end() : m.end() + 1].isspace() for m in found]
        return Doc(self.vocab, words=[m.group() for m in found], spaces=spaces)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing is to be kept."""
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> "Words":
        """Nothing was kept."""
        return self

    def to_disk(self, _path: Any, **__: Any) -> None:
        """Nothing is to be kept."""

    def from_disk(self, _path: Any, **__: Any) -> "Words":
        """Nothing was kept."""
        return self


@registry.tokenizers("casebook.Words.v1")
def create_words() -> Callable[[Language], Words]:
    """The tokenizer, as a spaCy config names it."""
    return lambda nlp: Words(nlp.vocab)


@Language.factory("casebook_reader")
def create_reader(nlp: Language, name: str, model: Model[list[Doc], Ragged], styles: dict[str, list[str]]) -> "Reader":
    """The component, as a spaCy config names it; ``styles`` are the labels of each annotation style."""
    return Reader(nlp.vocab, name, model, styles)


class Reader:
    """Writes the spans of each annotation style into ``doc.spans[style]``; spans of different styles may overlap.

    Attributes:
        styles: the labels of each annotation style, in the order of their tags.
        transitions: for each style, what tag follows what (``crf.allowed`` plus what was learned).
    """

    def __init__(self, vocab: Vocab, name: str, model: Model[list[Doc], Ragged], styles: dict[str, list[str]]) -> None:
        self.vocab, self.name, self.model = vocab, name, model
        self.styles = styles
        output = model.get_ref("output")
        if output.has_dim("nO") is None:
            output.set_dim("nO", sum(n_tags(labels) for labels in styles.values()))
        self.transitions = {style: allowed(len(labels)) for style, labels in styles.items()}

    def __call__(self, doc: Doc) -> Doc:
        """Mark one doc."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Mark docs, some at a time."""
        for batch in minibatch(docs, batch_size):
            self._mark(batch)
            yield from batch

    def columns(self) -> Iterator[tuple[str, int, int]]:
        """For each style the columns of its tags in the model's output."""
        at = 0
        for style, labels in self.styles.items():
            yield style, at, at + n_tags(labels)
            at += n_tags(labels)

    def _mark(self, docs: list[Doc]) -> None:
        lengths = [len(doc) for doc in docs]
        read = [doc for doc in docs if len(doc)]
        scores = self.model.predict(read).dataXd if read else np.zeros((0, sum(b - a for _, a, b in self.columns())))
        for style, first, last in self.columns():
            paths = decode(scores[:, first:last], lengths, self.transitions[style])
            labels = self.styles[style]
            for doc, path in zip(docs, paths, strict=True):
                doc.spans[style] = [Span(doc, start, end, label=labels[label]) for start, end, label in spans(path)]

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the weights and the transitions into the folder ``path``."""
        folder = ensure_path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "model").write_bytes(self.model.to_bytes())
        np.savez(folder / "transitions.npz", **self.transitions)
        (folder / "styles.json").write_text(json.dumps(self.styles, indent=1) + "\n", encoding="utf-8")

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "Reader":
        """Read what :meth:`to_disk` wrote."""
        folder = ensure_path(path)
        self.styles = json.loads((folder / "styles.json").read_text(encoding="utf-8"))
        self.model.initialize()
        self.model.from_bytes((folder / "model").read_bytes())
        with np.load(folder / "transitions.npz") as stored:
            self.transitions = {style: stored[style] for style in self.styles}
        return self
