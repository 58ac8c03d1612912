"""Layers of the trained reader, as thinc models: word types, convolutions with the sentence's features,
one output.

What the embedding makes of a word depends on the word and its rule mark alone, so it is computed once for
each pair and kept; a sentence then costs a look-up.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from spacy.attrs import ORTH, TAG
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab
from thinc.api import (
    HashEmbed,
    Linear,
    Maxout,
    Model,
    chain,
    expand_window,
    residual,
    with_array,
)
from thinc.types import Floats2d, Ragged

KEPT_TYPES = 200_000
_SEED = 7


@registry.architectures("casebook.StyleReader.v1")  # type: ignore[untyped-decorator]
def style_reader(
    width: int, depth: int, part_width: int, vector_width: int, context_after: int
) -> Model[list[Doc], Ragged]:
    """Sentences to the scores of all tags of all styles, one row a word.

    Args:
        width: of the word vectors between the layers.
        depth: how many convolutions, each over a word and its neighbours.
        part_width: of each hashed part (norm, prefix, suffix, shape, rule mark) and of the projected static vector.
        vector_width: of the static vectors of the pipeline's vocabulary.
        context_after: after how many convolutions the sentence's strongest features are added to each of its words.
    """
    layers: list[Model[Any, Any]] = [word_types(width, part_width, vector_width)]
    for number in range(depth):
        if number == context_after:
            layers.append(sentence_context(width))
        layers.append(_convolution(width))
    output: Model[Any, Any] = Linear(None, width)
    model: Model[list[Doc], Ragged] = chain(*layers, with_array(output))
    model.set_ref("output", output)
    return model


def _convolution(width: int) -> Model[Ragged, Ragged]:
    """A word and its two neighbours, the word's own vector added."""
    mix: Model[Any, Any] = Maxout(width, width * 3, nP=3, dropout=0.0, normalize=True)
    return residual(chain(expand_window(1), with_array(mix)))


def sentence_context(width: int) -> Model[Ragged, Ragged]:
    """Adds to each word a projection of the largest value of each feature in its sentence."""
    projection: Model[Any, Any] = Linear(width, width)
    return Model("sentence_context", _sentence_context, init=_init_layers, layers=[projection], dims={"nO": width})


def _sentence_context(
    model: Model[Any, Any], words: Ragged, is_train: bool
) -> tuple[Ragged, Callable[[Ragged], Ragged]]:
    lengths: Any = words.lengths
    vectors: Any = words.dataXd
    strongest, where = model.ops.reduce_max(vectors, lengths)
    projected, back = model.layers[0](strongest, is_train)
    output: Any = vectors + np.repeat(projected, lengths, axis=0)

    def backprop(gradient: Ragged) -> Ragged:
        d_output: Any = gradient.dataXd
        d_strongest = back(model.ops.reduce_sum(d_output, lengths))
        return Ragged(d_output + model.ops.backprop_reduce_max(d_strongest, where, lengths), lengths)

    return Ragged(output, lengths), backprop


def word_types(width: int, part_width: int, vector_width: int) -> Model[list[Doc], Ragged]:
    """A vector for each word, computed once for each pair of word and rule mark."""
    rows = (6000, 500, 2500, 1500, 400)
    parts: list[Model[Any, Any]] = [HashEmbed(part_width, n, seed=_SEED + i, dropout=0.0) for i, n in enumerate(rows)]
    static: Model[Any, Any] = Linear(part_width, vector_width)
    mix: Model[Any, Any] = Maxout(width, part_width * (len(rows) + 1), nP=3, dropout=0.0, normalize=True)
    return Model(
        "word_types",
        partial(_word_types, _Kept(width)),
        init=_init_layers,
        layers=[*parts, static, mix],
        dims={"nO": width},
        attrs={"mark_dropout": 0.0},
    )


class _Kept:
    """What the embedding made of the pairs of word and rule mark that were met; grows up to KEPT_TYPES."""

    def __init__(self, width: int) -> None:
        self.places: dict[tuple[int, int], int] = {}
        self.table: Any = np.zeros((1024, width), dtype="f")

    def add(self, pairs: list[tuple[int, int]], vectors: Any) -> None:
        """Keep the vectors of new pairs."""
        first = len(self.places)
        if first + len(pairs) > len(self.table):
            grown = np.zeros((2 * (first + len(pairs)), self.table.shape[1]), dtype="f")
            grown[:first] = self.table[:first]
            self.table = grown
        self.table[first : first + len(pairs)] = vectors
        self.places.update(zip(pairs, range(first, first + len(pairs)), strict=True))


def _init_layers(model: Model[Any, Any], **_: Any) -> None:
    for layer in model.layers:
        layer.initialize()


def _word_types(
    kept: _Kept, model: Model[Any, Any], docs: Sequence[Doc], is_train: bool
) -> tuple[Ragged, Callable[..., Any]]:
    vocab = docs[0].vocab
    keys = np.concatenate([doc.to_array([ORTH, TAG]) for doc in docs]).astype(np.uint64)
    lengths: Any = np.asarray([len(doc) for doc in docs], dtype="i")
    if not is_train:
        return Ragged(_looked_up(model, kept, vocab, keys), lengths), _no_backprop
    kept.places.clear()
    drop = model.attrs["mark_dropout"]
    if drop:
        keys[np.random.random(len(keys)) < drop, 1] = 0
    types, places = np.unique(keys, axis=0, return_inverse=True)
    output, back = _embedded(model, vocab, types, True)

    def backprop(gradient: Ragged) -> list[Doc]:
        summed = np.zeros_like(output)
        d_output: Any = gradient.dataXd
        model.ops.scatter_add(summed, places.astype("i").ravel(), d_output)
        back(summed)
        return []

    return Ragged(output[places.ravel()], lengths), backprop


def _no_backprop(gradient: Ragged) -> list[Doc]:
    return []


def _looked_up(model: Model[Any, Any], kept: _Kept, vocab: Vocab, keys: Any) -> Floats2d:
    """The rows of the kept table; new pairs of word and mark are added to it."""
    if len(kept.places) > KEPT_TYPES:
        kept.places.clear()
    pairs = list(map(tuple, keys.tolist()))
    new = [pair for pair in dict.fromkeys(pairs) if pair not in kept.places]
    if new:
        kept.add(new, _embedded(model, vocab, np.asarray(new, dtype=np.uint64), False)[0])
    return kept.table[[kept.places[pair] for pair in pairs]]  # type: ignore[no-any-return]


def _embedded(model: Model[Any, Any], vocab: Vocab, types: Any, is_train: bool) -> tuple[Any, Callable[..., Any]]:
    """Vectors of the types (rows of word and mark), and the way back."""
    words = [vocab[int(orth)] for orth in types[:, 0]]
    columns = [
        np.asarray(column, dtype=np.uint64)
        for column in (
            [word.norm for word in words],
            [word.prefix for word in words],
            [word.suffix for word in words],
            [word.shape for word in words],
            types[:, 1],
        )
    ]
    *parts, static, mix = model.layers
    vectors = _static(vocab, [word.lower_ for word in words], static.get_dim("nI"))
    made = [part(column, is_train) for part, column in zip(parts, columns, strict=True)]
    made.append(static(vectors, is_train))
    joined = np.concatenate([output for output, _ in made], axis=1)
    output, back_mix = mix(joined, is_train)

    def backprop(gradient: Any) -> None:
        d_joined = back_mix(gradient)
        at = 0
        for made_output, back in made:
            step = made_output.shape[1]
            back(np.ascontiguousarray(d_joined[:, at : at + step]))
            at += step

    return output, backprop


def _static(vocab: Vocab, words: list[str], width: int) -> Floats2d:
    if vocab.vectors.mode != "floret":
        return np.zeros((len(words), width), dtype="f")  # type: ignore[return-value]
    for word in words:
        vocab.strings.add(word)
    return vocab.vectors.get_batch(words)  # type: ignore[no-any-return]
