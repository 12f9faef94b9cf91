"""Language: a network that learns what comes next in a text, and writes one.

    learning    L = mean -ln p(x_{t+1} | x_1 .. x_t)       perplexity = e^L
    writing     x_{t+1} drawn from softmax(y_t / T)        and read as the next input

The text runs past in B streams side by side, chunk by chunk; the gradient stops where a chunk
begins, the state goes on (truncated backpropagation through time). Source: Williams & Peng 1990;
Mikolov et al. 2010. It must not know where texts come from, nor a screen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.buffers import Asked, Buffers
from rnn_core.cells import Array, Cell, Ints, Step
from rnn_core.datasets import Dataset
from rnn_core.hyperparameters import Hyperparameters
from rnn_core.model import Model, asked_for
from rnn_core.texts import Text
from rnn_core.traces import Batch, ForwardTrace
from rnn_core.training import TrainingRun
from rnn_core.wirings import distribution, generate

CHUNK = 25
"""Symbols of a chunk, where the settings name no truncation."""
MOST_WRITTEN = 1000


class LanguageRun(TrainingRun):
    """One training on a text. An epoch is the whole stream, once past; all else as in TrainingRun.

    batch_size : streams, fewer where a text is too short to fill a chunk of each. truncate : the
    length of a chunk; the last one of an epoch may be shorter. carry : whether a chunk starts from
    the state in which the one before it ended; an epoch starts from zero in any case.
    Raises ValueError for a network that reads in both directions.
    """

    dataset: Text

    def __init__(
        self, dataset: Text, hyperparameters: Hyperparameters, cell: Cell | None = None,
        trained: Model | None = None, epoch: int = 0,
    ) -> None:  # fmt: skip
        if hyperparameters.bidirectional:
            raise ValueError("what comes next must not be read: bidirectional must be False")
        n, self._chunk = len(dataset.stream) - 1, hyperparameters.truncate or CHUNK
        n_streams = max(min(hyperparameters.batch_size, n // self._chunk), 1)
        n -= n % n_streams
        self._read, self._next = (
            dataset.stream[first : first + n].reshape(n_streams, -1).T for first in (0, 1)
        )  # (N / B, B)
        self._carry: list[Step] = []
        super().__init__(dataset, hyperparameters, cell, trained, epoch)

    @property
    def steps_an_epoch(self) -> int:
        """Chunks of a stream."""
        return -(-len(self._read) // self._chunk)

    def _order(self) -> list[Ints]:
        """The steps of all streams that each chunk reads."""
        steps = np.arange(len(self._read))
        return [steps[i : i + self._chunk] for i in range(0, len(steps), self._chunk)]

    def _learn(self, buffers: Buffers) -> tuple[float, bool]:
        """One update with the next chunk of all streams; see Trainer.step."""
        steps = self.upcoming
        if steps[0] == 0 or not self.hyperparameters.carry:
            self._carry = buffers.model.rest(self._read.shape[1])
        batch = Batch((self._read[steps],), start=self._carry)
        asked = Asked(batch, asked_for(buffers.model, batch, self._next[steps]))
        made = self._trainer.step(buffers, asked)
        self._carry = [
            Step(**{name: array.copy() for name, array in vars(end).items()}) for end in asked.end
        ]
        return made


def start_run(dataset: Dataset, hyperparameters: Hyperparameters) -> TrainingRun:
    """A training of the kind that a dataset needs."""
    if isinstance(dataset, Text):
        return LanguageRun(dataset, hyperparameters)
    return TrainingRun(dataset, hyperparameters)


def perplexity(loss: float) -> float:
    """e^loss: among how many equally likely symbols it would be as unsure. loss : in nats."""
    return math.exp(loss) if loss < 700 else math.inf


def surprise(fwd: ForwardTrace) -> Array:
    """(T,) -ln p of each symbol of one text, given those before it; nan for the first."""
    p = fwd.p[np.arange(len(fwd.ids) - 1), fwd.ids[1:]]
    return np.concatenate([[np.nan], -np.log(np.maximum(p, np.finfo(p.dtype).tiny))])


@dataclass(frozen=True)
class Baselines:
    """Perplexities of those who know less, or all there is to know.

    uniform : each symbol is as likely as the others. unigram : as likely as it is frequent in what
    is learned, each counted once more; measured on what is held out. floor : as in Text.
    """

    uniform: float
    unigram: float
    floor: float | None


def baselines(text: Text) -> Baselines:
    """What a network's perplexity on a text is to be compared with."""
    counts = 1 + np.bincount(text.stream, minlength=len(text.classes))
    log_p = np.log(counts / counts.sum())
    return Baselines(len(text.classes), perplexity(-log_p[text.held_out].mean()), text.floor)


@dataclass(frozen=True)
class Page:
    """A prompt and what a network wrote after it.

    ids : (T,) both. n_read : the prompt's length. fwd : the reading of all of it, by the same
    network; its p (T, C) says what comes next after each symbol. drawn_from : (T, C) the same at
    the temperature and of the likeliest only, as it was drawn from. ended : whether the last draw
    was the end symbol, which is not among the ids.
    """

    ids: Ints
    n_read: int
    fwd: ForwardTrace
    drawn_from: Array
    ended: bool


def write(
    model: Model, prompt: Sequence[int] | Ints, most: int, seed: int | None = None,
    temperature: float = 1.0, top_k: int | None = None, end: int | None = None,
    forced: Mapping[int, int] | None = None,
) -> Page:  # fmt: skip
    """Read a prompt of known symbols, and write on, at most MOST_WRITTEN symbols.

    seed : of the draws; None: always the likeliest symbol. Each symbol has a draw of its own: one
    that is forced changes what comes after it by what is read, not by luck. All else as in
    wirings.free_run, with its ValueErrors, and one for no prompt.
    """
    rng = None if seed is None else np.random.default_rng(seed)
    most = min(most, MOST_WRITTEN)
    written = generate(model, prompt, most, rng, temperature, top_k, end, forced)
    ids = np.array([*prompt, *written.ids], dtype=np.intp)
    fwd = model.forward(ids)
    drawn_from = np.array([distribution(y, temperature, top_k) for y in fwd.y])
    return Page(ids, len(prompt), fwd, drawn_from, written.ended)
