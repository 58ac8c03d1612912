"""The loss of a linear chain of tags, and its gradients, for a batch of sentences."""

from collections.abc import Sequence
from typing import Any

import numpy as np


def chain_loss(scores: Any, lengths: Sequence[int], gold: Sequence[Any], transitions: Any) -> tuple[float, Any, Any]:
    """Negative log-likelihood of the gold tags, and its gradients with regard to scores and transitions.

    Args:
        scores: (words of all sentences, tags).
        lengths: words of each sentence, none empty.
        gold: the tags of each sentence.
        transitions: (tags + 1, tags + 1), borders last; forbidden ones are large negative numbers.
    """
    tags, n = scores.shape[1], len(lengths)
    starts = np.cumsum([0, *lengths])
    inside = np.arange(max(lengths))[:, None] < np.asarray(lengths)[None, :]
    rows = (starts[:-1][None, :] + np.arange(max(lengths))[:, None])[inside]
    padded = np.zeros((max(lengths), n, tags))
    padded[inside] = scores[rows]
    peak = padded.max(axis=2)
    emit, step = np.exp(padded - peak[..., None]), np.exp(transitions.astype("d"))
    alpha, scale, total = _forward(emit, inside, step)
    loglik = np.log(total) + np.log(scale).sum(axis=0) + (peak * inside).sum(axis=0)
    last = np.asarray(lengths) - 1
    beta, expected = _backward(emit, inside, step, (alpha, scale, total, last))
    marginal = alpha * beta
    expected[-1, :-1] = marginal[0].sum(axis=0)
    expected[:-1, -1] = marginal[last, np.arange(n)].sum(axis=0)

    d_scores = np.zeros_like(scores)
    d_scores[rows] = marginal[inside]
    best = 0.0
    for i, path in enumerate(gold):
        places = starts[i] + np.arange(len(path)), path
        ways = [tags, *path], [*path, tags]
        d_scores[places] -= 1
        np.subtract.at(expected, ways, 1.0)
        best += scores[places].sum() + transitions[ways].sum()
    return float(loglik.sum() - best), d_scores.astype("f"), expected.astype("f")


def _forward(emit: Any, inside: Any, step: Any) -> tuple[Any, Any, Any]:
    """Scaled forward variables, their scales, and the mass that leaves each sentence."""
    alpha = np.zeros_like(emit)
    scale = np.ones(inside.shape)
    reached = emit[0] * step[-1, :-1]
    scale[0] = reached.sum(axis=1)
    alpha[0] = reached / scale[0][:, None]
    for t in range(1, len(emit)):
        reached = np.where(inside[t][:, None], (alpha[t - 1] @ step[:-1, :-1]) * emit[t], alpha[t - 1])
        scale[t] = np.where(inside[t], reached.sum(axis=1), 1.0)
        alpha[t] = reached / scale[t][:, None]
    return alpha, scale, alpha[-1] @ step[:-1, -1]


def _backward(emit: Any, inside: Any, step: Any, known: tuple[Any, Any, Any, Any]) -> tuple[Any, Any]:
    """Scaled backward variables, and how often each inner transition is expected."""
    alpha, scale, total, last = known
    inner = step[:-1, :-1]
    after = np.broadcast_to(step[:-1, -1], emit.shape[1:]) / total[:, None]
    beta = np.zeros_like(emit)
    expected = np.zeros_like(step)
    beta[-1] = after
    for t in range(len(emit) - 2, -1, -1):
        coming = emit[t + 1] * beta[t + 1] / scale[t + 1][:, None]
        beta[t] = np.where((last == t)[:, None], after, coming @ inner.T)
        go = inside[t + 1]
        expected[:-1, :-1] += (alpha[t][go].T @ coming[go]) * inner
    return beta, expected
