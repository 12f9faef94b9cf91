"""The bench: room in which a training is worked out, lent to one run at a time.

The traces of both passes, and of all sentences at once, weigh a hundred times more than what is
learned in them. So runs of one kind take turns: a run brings its parameters to a bench that is
free, and takes them along when it leaves.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

import numpy as np

from rnn_core.batch import Array
from rnn_core.exam import Exam
from rnn_core.network import Model
from rnn_core.split import Dataset
from rnn_core.workspace import Workspace

MOST = 16
"""Benches kept free; beyond, the one that has been free for longest goes."""


class Bench:
    """Room for one kind of model and one dataset.

    model : the one whose numbers everything here works with. workspace : for steps on the training
    sentences. exams : all training and all test sentences. truncate : see Workspace.
    """

    def __init__(self, model: Model, dataset: Dataset, truncate: int | None = None) -> None:
        self.model, self.dataset = model.copy(), dataset
        self.workspace = Workspace(self.model, dataset.train, truncate)
        self.exams = Exam(self.model, dataset.train), Exam(self.model, dataset.test)


_free: list[tuple[Hashable, Bench]] = []  # free for longest first
_changing = threading.Lock()


@contextmanager
def bench_for(model: Model, dataset: Dataset, truncate: int | None = None) -> Iterator[Bench]:
    """Lend a bench whose model has this one's numbers; what becomes of them is taken along.

    Nobody else has it meanwhile. Numbers may overflow there: whoever asks looks at the result.
    """
    key = model.kind, id(dataset), truncate  # a bench keeps its dataset, so the id stays its own
    with _changing:
        places = [i for i, (kind, _) in enumerate(_free) if kind == key]
        bench = _free.pop(places[-1])[1] if places else None
    bench = bench or Bench(model, dataset, truncate)
    bench.model.flat[:] = model.flat
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            yield bench
    finally:
        model.flat[:] = bench.model.flat
        with _changing:
            _free.append((key, bench))
            del _free[:-MOST]


def errors(model: Model, dataset: Dataset) -> Array:
    """(N,) 1 - p(right answer) of all training, then all test sentences; see Exam.errors."""
    with bench_for(model, dataset) as bench:
        return np.concatenate([exam.errors() for exam in bench.exams])
