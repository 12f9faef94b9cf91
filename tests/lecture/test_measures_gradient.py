"""Measures of the way back, against sums done by hand."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from rnn_core import Hyperparameters, load_dataset, start_run
from ui.lecture import measures_gradient as measures

RUN = start_run(load_dataset("sentiment"), Hyperparameters(n_hidden=8, lr=0.05))
RUN.advance(epochs=3)


def look(sentence: str, wanted: str = "negative", **set_to: Any) -> Any:
    """What a measure asks of a look, of the model after three epochs."""
    model = RUN.model
    fwd = model.forward(sentence)
    chosen = SimpleNamespace(
        run=RUN, at_epoch=lambda epoch: SimpleNamespace(model=RUN.snapshot_at(epoch).model)
    )
    return SimpleNamespace(
        model=model, fwd=fwd, wanted=wanted, bwd=model.backward(fwd, wanted), chosen=chosen,
        reading=SimpleNamespace(encoding=RUN.dataset.vocabulary.encode(sentence),
                                words=sentence.split()),
        place=lambda word: word - 1 if word > 0 else word, setting=set_to.__getitem__,
    )  # fmt: skip


def test_what_arrives_is_the_first_length_over_the_last() -> None:
    here = look("this is not good")
    d_h = np.linalg.norm(here.bwd.d_h, axis=1)
    assert measures.arrives(here) == pytest.approx(d_h[0] / d_h[-1])
    untrained = measures.arrives(here, epoch=0)
    assert untrained != measures.arrives(here)
    assert measures.arrives_more(here, than=0) == pytest.approx(measures.arrives(here) / untrained)


def test_the_strongest_word_without_which_the_loss_rises_most() -> None:
    words = ["this", "is", "not", "good"]
    rises = []
    for t in range(len(words)):
        without = RUN.model.forward(" ".join(words[:t] + words[t + 1 :]))
        whole = RUN.model.forward(" ".join(words))
        rises.append(RUN.model.loss(without, "negative") - RUN.model.loss(whole, "negative"))
    assert measures.strongest_word(look("this is not good"), "leave one out") == 1 + np.argmax(
        np.abs(rises)
    )
    with pytest.raises(ValueError, match="left out"):
        measures.strongest_word(look("good"), "leave one out")


def test_only_clipping_by_value_turns() -> None:
    assert measures.turned(look("this is not good"), "norm", 0.01) == 0
    assert measures.turned(look("this is not good"), "value", 0.01) > 10


@pytest.mark.parametrize(
    ("bug", "words", "wrong"), [("step", "this is not good", 1), ("overwrite", "this is good", 3),
                                ("overwrite", "good", 0)],
)  # fmt: skip
def test_how_many_gradients_a_bug_makes_wrong(bug: str, words: str, wrong: int) -> None:
    assert measures.wrong_gradients(look(words, bug=bug)) == wrong


def test_a_mystery_is_the_bug_behind_its_number() -> None:
    assert measures.wrong_gradients(look("this is good", bug="mystery", mystery=3)) == 1
