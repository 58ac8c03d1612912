"""Tag sequences of a linear chain: which tag may follow which, and the best sequence of a batch of sentences.

Tags of a style with labels A, B are ``O``, ``B-A I-A L-A U-A``, ``B-B …`` in this order.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

FORBIDDEN = -1e4


def n_tags(labels: Sequence[str]) -> int:
    """How many tags these labels need."""
    return 1 + 4 * len(labels)


def allowed(n_labels: int) -> Any:
    """Matrix (tags + 1, tags + 1) of 0 where row may be followed by column, else a large negative number.

    The last row and column stand for the sentence's border.
    """
    tags = 1 + 4 * n_labels
    matrix = np.full((tags + 1, tags + 1), FORBIDDEN, dtype="f")
    opens = [0, *(1 + 4 * i for i in range(n_labels)), *(4 + 4 * i for i in range(n_labels)), tags]
    closes = [0, *(3 + 4 * i for i in range(n_labels)), *(4 + 4 * i for i in range(n_labels)), tags]
    for i in closes:
        matrix[i, opens] = 0.0
    for i in range(n_labels):
        begin, inside, last = 1 + 4 * i, 2 + 4 * i, 3 + 4 * i
        matrix[begin, [inside, last]] = 0.0
        matrix[inside, [inside, last]] = 0.0
    return matrix


def decode(scores: Any, lengths: Sequence[int], transitions: Any) -> list[Any]:
    """The best tag sequence of each sentence (Viterbi).

    Args:
        scores: (words of all sentences, tags), one sentence after the other.
        lengths: words of each sentence.
        transitions: (tags + 1, tags + 1), borders last.
    """
    tags = scores.shape[1]
    n = np.asarray(lengths)
    starts = np.cumsum(n) - n
    order = np.argsort(-n, kind="stable")
    order = order[n[order] > 0]
    paths = np.zeros(len(scores), dtype=np.int64)
    if not len(order):
        return [paths[start : start + length] for start, length in zip(starts, n, strict=True)]
    longest = int(n[order[0]])
    firsts = starts[order]
    alive = np.searchsorted(-n[order], -np.arange(longest), side="left").tolist()
    inner = np.ascontiguousarray(transitions[:-1, :-1].T)
    best = scores[firsts] + transitions[-1, :-1]
    back = np.zeros((longest, len(order), tags), dtype=np.int64)
    for t in range(1, longest):
        m = alive[t]
        routes = best[:m, None, :] + inner
        back[t, :m] = routes.argmax(axis=2)
        best[:m] = routes.max(axis=2) + scores[firsts[:m] + t]
    tag = (best + transitions[:-1, -1]).argmax(axis=1)
    columns = np.arange(len(order))
    for t in range(longest - 1, -1, -1):
        m = alive[t]
        paths[firsts[:m] + t] = tag[:m]
        tag[:m] = back[t, columns[:m], tag[:m]]
    return [paths[start : start + length] for start, length in zip(starts, n, strict=True)]


def decode_sparse(scores: Any, lengths: Sequence[int], transitions: Any, margin: float) -> Any:
    """Like :func:`decode`, as one sequence, but only where a tag other than ``O`` comes near to its score.

    Most words are far from any label; they are ``O`` without a search.
    """
    path = np.zeros(len(scores), dtype=np.int64)
    near = scores[:, 1:].max(axis=1) > scores[:, 0] - margin
    if not near.any():
        return path
    starts = np.zeros(len(scores) + 1, dtype=bool)
    starts[np.cumsum([0, *lengths])] = True
    around = near.copy()
    around[1:] |= near[:-1] & ~starts[1:-1]
    around[:-1] |= near[1:] & ~starts[1:-1]
    begins = around & (starts[:-1] | np.concatenate(([True], ~around[:-1])))
    places = np.flatnonzero(around)
    stretches = np.diff(np.append(np.flatnonzero(begins[places]), len(places))).tolist()
    path[places] = np.concatenate(decode(scores[places], stretches, transitions))
    return path


def spans(path: Any) -> Iterator[tuple[int, int, int]]:
    """``(first word, word after the last, label number)`` of the spans of a tag sequence."""
    start = 0
    for place in np.flatnonzero(path):
        label, kind = divmod(int(path[place]) - 1, 4)
        if kind in (0, 3):
            start = int(place)
        if kind in (2, 3):
            yield start, int(place) + 1, label


def tag_sequence(length: int, marked: Sequence[tuple[int, int, int]]) -> Any:
    """The tags of spans that do not overlap; the reverse of :func:`spans`."""
    path = np.zeros(length, dtype=np.int64)
    for start, end, label in marked:
        first = 1 + 4 * label
        if end - start == 1:
            path[start] = first + 3
        else:
            path[start:end] = first + 1
            path[start], path[end - 1] = first, first + 2
    return path
