"""The spaCy component of the trained reader, and the tokenizer that goes with it."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
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
from pipeline.ner._reader.crf import allowed, decode_sparse, n_tags, spans

# A number with its decimals, a word that begins with a letter, or one other character: `10mg` is two words.
WORDS = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_][^\W_]*|\S")


MARGIN = 6.0  # a word whose best label is this far below "no label" (log scale) is not looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Words ``start`` to ``end`` (exclusive) of a doc bear ``label`` in ``style``; ``score`` is 0 to 1."""

    style: str
    label: str
    start: int
    end: int
    score: float


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


@registry.tokenizers("casebook.Words.v1")  # type: ignore[untyped-decorator]
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
        for batch in minibatch(docs, batch_size):  # type: ignore[no-untyped-call]
            self._mark(batch)
            yield from batch

    def columns(self) -> Iterator[tuple[str, int, int]]:
        """For each style the columns of its tags in the model's output."""
        at = 0
        for style, labels in self.styles.items():
            yield style, at, at + n_tags(labels)
            at += n_tags(labels)

    def read(self, docs: list[Doc], styles: Mapping[str, Collection[str]] | None = None) -> list[list[Found]]:
        """What each doc holds in the wanted styles and labels (in all where None), by style, then by place."""
        found: list[list[Found]] = [[] for _ in docs]
        numbers = [i for i, doc in enumerate(docs) if len(doc)]
        if not numbers:
            return found
        lengths = [len(docs[i]) for i in numbers]
        owner = np.repeat(numbers, lengths)
        first_word = np.repeat(np.cumsum([0, *lengths[:-1]]), lengths)
        all_scores: Any = self.model.predict([docs[i] for i in numbers]).dataXd
        for style, first, last in self.columns():
            if styles is not None and style not in styles:
                continue
            scores = all_scores[:, first:last]
            path = decode_sparse(scores, lengths, self.transitions[style], MARGIN)
            marked = np.flatnonzero(path)
            shares = np.zeros(len(path))
            shares[marked] = _label_shares(scores[marked])
            for start, end, label in spans(path):
                if styles is not None and self.styles[style][label] not in styles[style]:
                    continue
                place, offset = int(owner[start]), int(first_word[start])
                found[place].append(
                    Found(
                        style=style,
                        label=self.styles[style][label],
                        start=start - offset,
                        end=end - offset,
                        score=float(shares[start:end].min()),
                    )
                )
        return found

    def _mark(self, docs: list[Doc]) -> None:
        for doc, found in zip(docs, self.read(docs), strict=True):
            for style in self.styles:
                doc.spans[style] = [Span(doc, f.start, f.end, label=f.label) for f in found if f.style == style]

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


def _label_shares(scores: Any) -> Any:
    """For each word, how much of its probability is on any tag but "no label"."""
    others = np.log(np.exp(scores[:, 1:] - scores[:, :1]).sum(axis=1))
    return 1 / (1 + np.exp(-others))
