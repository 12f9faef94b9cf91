"""Pictures: tasks whose inputs are seen, not read; a caption, a label for each frame, a digit.

Three wirings of the same cell: one to many, many to many, and something of one size read as a
sequence. data/README.md says what learns them, and how well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rnn_core.datasets import MADE, Dataset
from rnn_core.experiments import captions, digits, frames
from rnn_core.experiments.translation import RECIPE
from rnn_core.vocabulary import END, Vocabulary
from rnn_core.wirings import Split, caption, classify, encode_decode, tag


def make_captions(seed: int = 0, n_train: int = 2000, first_input: bool = False) -> Dataset:
    """All pictures with one or two shapes; "pairs": of two shapes that never met in training.

    first_input : the picture is read before the words, by an encoder of that one step (Vinyals et
    al. 2015), instead of becoming h_0.
    """
    rng, (pictures, seen) = np.random.default_rng(seed), captions.all_pictures()
    held_out = np.array([captions.is_held_out(one) for one in seen])
    rest = rng.permutation(np.flatnonzero(~held_out))
    vocabulary = Vocabulary.of((END, *captions.WORDS))
    parts = {"train": rest[:n_train], "test": rest[n_train:], "pairs": np.flatnonzero(held_out)}
    splits = {}
    for name, which in parts.items():
        said = [captions.words(seen[i]) for i in which]
        ids = [[vocabulary.id_of[word] for word in words] for words in said]
        vectors = np.array([pictures[i].ravel() for i in which])
        split = (encode_decode(list(vectors[:, None]), ids, vocabulary) if first_input
                 else caption(vectors, ids, vocabulary))  # fmt: skip
        splits[name] = replace(split, labels=tuple(" ".join(words) for words in said))
    return Dataset("captions", splits.pop("train"), splits.pop("test"), vocabulary,
                   vocabulary.words, more=splits)  # fmt: skip


def make_frames(seed: int = 0, n_train: int = 8000, n_test: int = 500) -> Dataset:
    """Films, with the dot's last step asked after each frame but the first."""
    rng = np.random.default_rng(seed)

    def split(n: int) -> Split:
        films, steps, _ = frames.film(rng, n)
        return tag(list(films), list(steps))

    return Dataset("frames", split(n_train), split(n_test), None, tuple(frames.STEPS))


def single_frames(films: Dataset) -> Dataset:
    """The same films, each cut to one of its frames, in turn: what can be told without memory."""

    def cut(split: Split) -> Split:
        film = np.arange(len(split))
        frame = 1 + film % (len(split.ids) - 1)
        return tag(
            list(split.ids[frame, :, film][:, None]), list(split.answers[frame, film][:, None])
        )

    return Dataset("single frames", cut(films.train), cut(films.test), None, films.classes)


def make_digits(
    seed: int = 0, n_train: int = 6000, n_test: int = 500, every_row: bool = True
) -> Dataset:
    """Digits, asked after every row, or after the last one only."""
    rng = np.random.default_rng(seed)

    def split(n: int) -> Split:
        pictures, right = digits.draw(rng, n)
        if not every_row:
            return classify(list(pictures), right.tolist())
        return tag(list(pictures), list(np.repeat(right[:, None], digits.SIZE, axis=1)))

    return Dataset("digits", split(n_train), split(n_test), None, digits.NAMES)


@dataclass(frozen=True)
class Pictures:
    """A task, and a recipe for it that was measured: settings, and how many epochs."""

    make: Callable[[], Dataset]
    settings: Mapping[str, Any]
    epochs: int


PICTURES = {
    "captions": Pictures(make_captions, {**RECIPE, "lr": 0.01}, 25),
    "frames": Pictures(make_frames, {**RECIPE, "lr": 0.01}, 6),
    "digits": Pictures(make_digits, {**RECIPE, "lr": 0.01}, 9),
}
MADE.update({name: task.make for name, task in PICTURES.items()})
