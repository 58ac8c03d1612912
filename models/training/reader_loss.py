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
    longest = max(lengths)
    starts = np.cumsum([0, *lengths])
    inside = np.arange(longest)[:, None] < np.asarray(lengths)[None, :]
    rows = (starts[:-1][None, :] + np.arange(longest)[:, None])[inside]
    padded = np.zeros((longest, n, tags))
    padded[inside] = scores[rows]
    peak = padded.max(axis=2, keepdims=True)
    emit = np.exp(padded - peak)
    step = np.exp(transitions.astype("d"))
    inner, enter, leave = step[:-1, :-1], step[-1, :-1], step[:-1, -1]

    alpha = np.zeros_like(emit)
    scale = np.ones((longest, n))
    forward = emit[0] * enter
    scale[0] = forward.sum(axis=1)
    alpha[0] = forward / scale[0][:, None]
    for t in range(1, longest):
        forward = np.where(inside[t][:, None], (alpha[t - 1] @ inner) * emit[t], alpha[t - 1])
        scale[t] = np.where(inside[t], forward.sum(axis=1), 1.0)
        alpha[t] = forward / scale[t][:, None]
    total = alpha[-1] @ leave
    loglik = np.log(total) + np.log(scale).sum(axis=0) + (peak[..., 0] * inside).sum(axis=0)

    beta = np.zeros_like(emit)
    last = np.asarray(lengths) - 1
    after = np.broadcast_to(leave, (n, tags)) / total[:, None]
    d_transitions = np.zeros_like(step)
    for t in range(longest - 1, -1, -1):
        if t == longest - 1:
            beta[t] = after
        else:
            flowing = (emit[t + 1] * beta[t + 1] / scale[t + 1][:, None]) @ inner.T
            beta[t] = np.where((last == t)[:, None], after, flowing)
            go = inside[t + 1]
            coming = emit[t + 1][go] * beta[t + 1][go] / scale[t + 1][go][:, None]
            d_transitions[:-1, :-1] += (alpha[t][go].T @ coming) * inner
    marginal = alpha * beta
    d_transitions[-1, :-1] = marginal[0].sum(axis=0)
    d_transitions[:-1, -1] = marginal[last, np.arange(n)].sum(axis=0)

    flat = np.zeros_like(scores)
    flat[rows] = marginal[inside]
    best = np.zeros(n)
    for i, path in enumerate(gold):
        at = starts[i]
        flat[at + np.arange(len(path)), path] -= 1
        ways = [tags, *path], [*path, tags]
        np.subtract.at(d_transitions, ways, 1.0)
        best[i] = scores[at + np.arange(len(path)), path].sum() + transitions[ways].sum()
    return float((loglik - best).sum()), flat.astype("f"), d_transitions.astype("f")
