"""Calibration: how often is a network right that says it is 80 % sure?

A temperature divides the logits before the softmax: above 1 it is less sure, and answers the same.
Source: Guo et al. 2017.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnn_core.buffers import lend_buffers
from rnn_core.cells import Array, Ints
from rnn_core.datasets import Dataset
from rnn_core.model import Model
from rnn_core.network import softmax
from rnn_core.wirings import Split


@dataclass(frozen=True)
class Calibration:
    """Confidence against right, in bins of equal width between 1 / C and 1; empty bins left out.

    confidence, right : (K,) the mean of max p, and the share of right answers, 0..1. count : (K,).
    """

    confidence: Array
    right: Array
    count: Ints

    @property
    def error(self) -> float:
        """The mean distance of the two, each answer alike (expected calibration error)."""
        distance = np.abs(self.confidence - self.right)
        return float(distance @ self.count / self.count.sum())


def answers(model: Model, dataset: Dataset, split: Split) -> Array:
    """(C, N) the logits of all answers that are asked of a dataset's training or test sequences."""
    found: list[Array] = []
    with lend_buffers(model, dataset) as buffers:
        for asked in buffers.answers(split):
            is_asked = asked.targets.one_hot.any(axis=1).T  # (B, S)
            found.append(asked.logits.transpose(2, 0, 1)[is_asked].T.astype(float))
    return np.concatenate(found, axis=1)


def temperature(logits: Array, right: Ints) -> float:
    """Of 0.25 to 8, the one with the least loss. logits : (C, N). right : (N,) classes."""
    tried = np.geomspace(0.25, 8, 401)
    p = [softmax(logits[None] / t)[0, right, np.arange(len(right))] for t in tried]
    return float(tried[np.log(np.array(p) + 1e-12).mean(axis=1).argmax()])


def calibration(p: Array, right: Ints, n_bins: int = 10) -> Calibration:
    """Sort answers into bins by their confidence. p : (C, N). right : (N,)."""
    confidence, is_right = p.max(axis=0), p.argmax(axis=0) == right
    bins = np.digitize(confidence, np.linspace(1 / len(p), 1, n_bins + 1)[1:-1])
    count = np.bincount(bins, minlength=n_bins)
    mean = [np.bincount(bins, of, n_bins)[count > 0] / count[count > 0]
            for of in (confidence, is_right)]  # fmt: skip
    return Calibration(mean[0], mean[1], count[count > 0])
