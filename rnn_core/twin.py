"""Twin: a training as a textbook listing in plain numpy, as a script and as a notebook.

Each carries its sentences and needs nothing of ours. It starts from the same random numbers, takes
the same steps in the same order, and prints the run's loss, accuracy and p. It writes text; it runs
nothing.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rnn_core import listing
from rnn_core.cells import CELLS, Ints
from rnn_core.datasets import Dataset
from rnn_core.training import TrainingRun
from rnn_core.wirings import Split

SCRIPT, NOTEBOOK = "train.py", "train.ipynb"
WIDTH = 100


@dataclass(frozen=True)
class Part:
    """A stretch of the listing. says : Markdown with its equations, which a notebook shows."""

    says: str
    code: str


def why_not(run: TrainingRun) -> str:
    """Why there is no such listing of a run: a sentence; or "" where there is one."""
    hp, data = run.hyperparameters, run.dataset
    if data.per_step or data.vocabulary is None or data.source or hp.attention:
        return "it is written for sentences with one answer, after the last word"
    if hp.n_layers > 1 or hp.bidirectional or type(run.model.cell) is not CELLS[hp.cell]:
        return "it is written for one layer of a usual cell, in one direction"
    if not run.from_seed:
        return "this training did not come from its seed: it was loaded, or went on from a moment"
    if any(step for step, _ in run.changes):
        return "a setting was turned while it trained"
    return "" if hp.dtype == "float64" else "it was trained in float32, which rounds otherwise"


def script(run: TrainingRun, epoch: int, ids: Sequence[int] | Ints, link: str = "") -> str:
    """The listing as a script that trains up to an epoch and then reads a sentence.

    ids : the sentence. link : where it was seen. Raises ValueError where `why_not` says something.
    """
    parts = _parts(run, epoch, ids)
    doc = f'"""{_title(run)}\n\n{_said(SCRIPT, link)}\n"""\n'
    return doc + "\n" + "\n\n\n".join(part.code for part in parts) + "\n"


def notebook(run: TrainingRun, epoch: int, ids: Sequence[int] | Ints, link: str = "") -> str:
    """The same as a notebook: the equations in Markdown before the lines that compute them."""
    said = [("markdown", f"# {_title(run)}\n\n{_said(NOTEBOOK, link)}")]
    for part in _parts(run, epoch, ids):
        said += [("markdown", part.says), ("code", part.code)]
    cells: list[dict[str, object]] = []
    for i, (kind, text) in enumerate(said):
        code: dict[str, object] = {"execution_count": None, "outputs": []} if kind == "code" else {}
        cells.append({"cell_type": kind, "id": f"cell-{i}", "metadata": {}, **code,
                      "source": text.splitlines(keepends=True)})  # fmt: skip
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    made = {"cells": cells, "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
            "nbformat": 4, "nbformat_minor": 5}  # fmt: skip
    return json.dumps(made, indent=1)


def _parts(run: TrainingRun, epoch: int, ids: Sequence[int] | Ints) -> list[Part]:
    if said := why_not(run):
        raise ValueError(f"no code that trains it: {said}")
    hp, data = run.hyperparameters, run.dataset
    forth, back = listing.EQUATIONS[hp.cell]
    f, derivative = listing.ACTIVATIONS[hp.activation]
    keeps_c = "c" in run.model.cell.carry
    first = listing.FIRST.format(
        data=_data(data, ids), units=hp.n_hidden, gates=run.model.cell.n_gates, epochs=epoch,
        batch=hp.batch_size, lr=hp.lr, seed=hp.seed,
    )  # fmt: skip
    start = listing.STREAMS + listing.STARTS[hp.init].format(radius=hp.spectral_radius)
    start += listing.FORGET.format(forget=hp.forget_bias) * keeps_c
    helper = listing.SIGMOID * (hp.cell != "rnn" or hp.activation == "sigmoid")
    reads = listing.READS.format(
        carry="h, c" if keeps_c else "h", zeros="np.zeros(H), np.zeros(H)" if keeps_c else
        "np.zeros(H)", at_rest="h_0 = c_0 = 0" if keeps_c else "h_0 = 0",
        step=_inside(listing.STEPS[hp.cell].format(f=f)),
    )  # fmt: skip
    goes_back = listing.GOES_BACK.format(
        d_c="\n    d_c = 0  # nothing reads c_T" * keeps_c,
        way="::-1" if hp.truncate is None else f": -{hp.truncate + 1} : -1",
        truncated="" if hp.truncate is None else f"  # truncated BPTT: {hp.truncate} steps",
        step=_inside(listing.STEPS_BACK[hp.cell].format(derivative=derivative)),
    )  # fmt: skip
    state, count, update = listing.UPDATES[hp.optimizer]
    learns = listing.LEARNS.format(
        state=state, clip=_inside(listing.CLIPS[hp.clip].format(at=hp.clip_at)),
        count=_inside(count), update=_inside(update, 12),
    )  # fmt: skip
    return [
        Part("What it learns: sentences, each with its class.", first),
        Part("Where it starts: the same seed, the same numbers.", start + listing.NAMED),
        Part(f"Forward, word by word:\n\n{forth}\n\n"
             r"$$y = W_{hy} h_T + b_y \qquad p = \mathrm{softmax}(y)$$", helper + reads),
        Part(r"Backward through time; $\delta q$ is $\partial L / \partial q$, in the code d_q:"
             "\n\n" r"$$\delta y = p - \mathrm{onehot}(c) \qquad \delta h_T = W_{hy}^T \delta y$$"
             f"\n\n{back}", goes_back),
        Part(f"Learning: {hp.optimizer}, {hp.batch_size} sentences for each update.", learns),
        Part(r"What came of it: $L = -\ln p_c$, the share of right answers, and a sentence.",
             listing.SAYS),
    ]  # fmt: skip


def _inside(code: str, indent: int = 8) -> str:
    return textwrap.indent(code, " " * indent)


def _data(data: Dataset, ids: Sequence[int] | Ints) -> str:
    """The sentences of known words as literals, which no word can leave."""
    assert data.vocabulary is not None
    words = data.vocabulary.words

    def spelled(part: Split) -> list[tuple[str, str]]:
        return [(" ".join(words[i] for i in part.ids[: part.lengths[n], n]),
                 data.classes[part.answers[n]]) for n in range(len(part))]  # fmt: skip

    made: dict[str, list[Any]] = {
        "TRAIN": spelled(data.train),
        "TEST": spelled(data.test),
        "WORDS": list(words),
        "CLASSES": list(data.classes),
    }
    lines = [f"{name} = [{_filled(rows)}]" for name, rows in made.items()]
    return "\n".join([*lines, f"SENTENCE = {' '.join(words[i] for i in ids)!r}"])


def _filled(rows: Sequence[Any]) -> str:
    """Literals in lines of WIDTH, none broken."""
    whole = ", ".join(repr(row).replace(" ", "\0") for row in rows)
    lines = textwrap.wrap(whole, WIDTH - 4, break_long_words=False, break_on_hyphens=False)
    if len(lines) > 1:
        lines = ["", *(f"    {line}" for line in lines), ""]
    return "\n".join(lines).replace("\0", " ")


def _title(run: TrainingRun) -> str:
    hp = run.hyperparameters
    return (f"{hp.cell.upper()} of {hp.n_hidden} units that learns {len(run.dataset.train):,} "
            "sentences, in plain numpy")  # fmt: skip


def _said(file: str, link: str) -> str:
    said = f"{file} trains anew what Unrolled trained, and prints its loss, accuracy and p."
    seen = re.sub(r"[^\w:/?&=.,%+~#@-]", "", link)  # nothing that could end a docstring
    return said + f"\nSeen at {seen}" * bool(seen)
