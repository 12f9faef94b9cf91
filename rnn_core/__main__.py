"""The core without a screen: train a model into a file, and read a sentence with one.

python -m rnn_core train sentiment --cell lstm --units 16 --seed 3 --out model.safetensors
python -m rnn_core read model.safetensors "i am not bad"
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rnn_core import CELLS, Hyperparameters, Model, TrainingRun, load, load_dataset, save, start_run
from rnn_core.cells import Array
from rnn_core.hyperparameters import CHOICES

BAR = 30
"""Characters."""
BY_ADAM = {"optimizer": "adam", "lr": 0.01, "batch_size": 4}
"""How it is trained where nothing else is said; one plain layer is by the core's own defaults."""
SET = {"units": "n_hidden", "layers": "n_layers", "both": "bidirectional", "batch": "batch_size"}
"""{option: its name in Hyperparameters}, where that is another."""
MOST_CLASSES, MOST_UNITS = 4, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 if it went well, else 2, and what is wrong is said in one sentence."""
    try:
        asked = vars(_parser().parse_args(arguments))
        asked.pop("command")(**asked)
    except (ValueError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    as_it_is = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m rnn_core", None, __doc__, formatter_class=as_it_is)
    commands = parser.add_subparsers(required=True)
    learn = commands.add_parser("train", help="train a model and save it")
    learn.set_defaults(command=train)
    learn.add_argument("data", help="a dataset of data/, a task or a text, such as sentiment")
    learn.add_argument("--cell", choices=[*CELLS], default="rnn")
    learn.add_argument("--units", type=int, default=16, help="hidden units (16)")
    learn.add_argument("--layers", type=int, default=1)
    learn.add_argument("--both", action="store_true", help="read in both directions")
    learn.add_argument("--optimizer", choices=[*CHOICES["optimizer"]])
    learn.add_argument("--lr", type=float, help="learning rate")
    learn.add_argument("--batch", type=int, help="sentences for each update")
    learn.add_argument("--seed", type=int, default=0)
    learn.add_argument("--epochs", type=int, default=60,
                       help="at most so many (60); fewer once everything stays right")  # fmt: skip
    learn.add_argument("--out", type=Path, default=Path("model.safetensors"))
    reads = commands.add_parser("read", help="read a sentence with a saved model")
    reads.set_defaults(command=read)
    reads.add_argument("model", type=Path, help="a file that train, or Share in the app, saved")
    reads.add_argument("sentence")
    return parser


def train(data: str, epochs: int, out: Path, **options: object) -> None:
    """Train until it converges, at most so many epochs, and save; Ctrl-C saves what there is.

    options : of Hyperparameters, under their own names or those of SET; None for what suits.
    """
    if not out.resolve().parent.is_dir():
        raise ValueError(f"there is no folder {out.resolve().parent}")
    said = {SET.get(name, name): value for name, value in options.items() if value is not None}
    is_plain = said["cell"] == "rnn" and said["n_layers"] == 1 and not said["bidirectional"]
    hp = Hyperparameters(**{} if is_plain else BY_ADAM, **said)  # type: ignore[arg-type]
    run = start_run(load_dataset(data), hp)
    try:
        while run.epoch < epochs and run.converged is None and run.stopped is None:
            run.advance(epochs=1)
            print(f"\r{progress(run, epochs)}  ", end="", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        pass
    print(file=sys.stderr)
    if run.stopped is not None:
        raise ValueError(f"it stopped at {run.stopped}; nothing is saved")
    save(run, out)
    print(f"{out}: {hp.cell.upper()} of {hp.n_hidden} units, {run.epoch} epochs on {data}")


def progress(run: TrainingRun, epochs: int) -> str:
    """How far it is and what it scores, in one line."""
    now, full = run.history[-1], round(BAR * run.epoch / epochs)
    return (
        f"[{'#' * full}{'.' * (BAR - full)}] epoch {run.epoch} of {epochs}, loss "
        f"{now.train_loss:.4f}, right {now.train_accuracy:.0%}, of the test {now.test_accuracy:.0%}"
    )


def read(model: Path, sentence: str) -> None:
    """Print what a saved model makes of a sentence, word by word."""
    made = load(model).model
    if made.vocabulary is None or len(made.segments) > 1 or made.n_start:
        raise ValueError(f"{model.name} reads no single sentence: it is a model of another wiring")
    encoding = made.vocabulary.encode(sentence)
    if encoding.unknown:
        print(f"left out, not among its words: {', '.join(encoding.unknown)}", file=sys.stderr)
    if not len(encoding.ids):
        raise ValueError(f"it knows no word of {sentence!r}")
    words = [made.vocabulary.words[i] for i in encoding.ids]
    for line in table(made, words, *states(made, encoding.ids.tolist())):
        print(line.rstrip())


def states(model: Model, ids: list[int]) -> tuple[Array, Array]:
    """p (T, C), and the highest layer's h (T, H) as it reads forwards."""
    fwd = model.forward(ids)
    return fwd.p, fwd.showing(len(fwd.layers) - 1 - model.bidirectional).h


def table(model: Model, words: list[str], p: Array, h: Array) -> list[str]:
    """A line for each word: p of the classes, of many the likeliest ones, and the largest units."""
    few = len(model.classes) <= MOST_CLASSES
    rows = [["word", *(f"p({name})" for name in model.classes if few), *["p"] * (not few), "units"]]
    for word, p_t, h_t in zip(words, p, h, strict=True):
        likely = np.argsort(-p_t, kind="stable")[: MOST_CLASSES - 1]
        said = [f"{model.classes[c]!r} {p_t[c]:.3f}" for c in likely]
        largest = np.argsort(-np.abs(h_t), kind="stable")[:MOST_UNITS]
        rows.append([
            word if word.isprintable() else repr(word),
            *([f"{value:.3f}" for value in p_t] if few else [", ".join(said)]),
            "  ".join(f"h_{unit} {h_t[unit]:+.2f}" for unit in largest),
        ])  # fmt: skip
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            for row in rows]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
