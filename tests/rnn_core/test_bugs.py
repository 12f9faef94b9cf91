"""Planted bugs: the check finds each of them, nothing milder does, and each hides somewhere."""

import numpy as np
import pytest

from rnn_core import (
    Hyperparameters,
    Model,
    TrainingRun,
    check_gradients,
    load_dataset,
    numeric_gradients,
    relative_errors,
)
from rnn_core.cells import CELLS, RNN
from rnn_core.experiments.bugs import BUGS, Bug, ByHand, MissingTranspose, mystery
from rnn_core.experiments.paired_runs import WRITE_UP
from tests.models import SMALL, run_of, small_model, story
from ui.kit import source

DATA = load_dataset("sentiment")
LONG = "i am not at all bad or sad right now"
EACH_BUG = pytest.mark.parametrize("bug", BUGS.values(), ids=list(BUGS))


@pytest.fixture(scope="module")
def trained() -> Model:
    run = TrainingRun(DATA, Hyperparameters(n_hidden=8, lr=0.05))
    run.advance(epochs=20)
    return run.model


@pytest.fixture(scope="module")
def tiny() -> Model:
    """Return the write-up's own start, untrained."""
    return TrainingRun(DATA, WRITE_UP).model


def errors_of(bug: Bug, model: Model, text: str) -> dict[str, float]:
    return check_gradients(bug.plant(model), text, "positive")


def worst(bug: Bug, model: Model, text: str) -> float:
    return max(errors_of(bug, model, text).values())


@EACH_BUG
@pytest.mark.parametrize("text", [LONG, "this is not good"])
def test_the_check_turns_the_named_parameters_red_and_no_other(
    bug: Bug, text: str, trained: Model
) -> None:
    red = [name for name, error in errors_of(bug, trained, text).items() if error > 1e-2]
    assert red == [name for name in trained.params if name in bug.found_by]


@pytest.mark.parametrize("text", [LONG, "this is not good", "good"])
def test_the_untouched_model_passes(text: str, trained: Model) -> None:
    assert max(check_gradients(trained, text, "positive").values()) < 1e-6


@EACH_BUG
def test_nothing_milder_notices(bug: Bug, trained: Model) -> None:
    # The loss, and so accuracy and every forward picture, is bit for bit the same.
    planted = bug.plant(trained)
    same = planted.forward(LONG).p.tobytes() == trained.forward(LONG).p.tobytes()
    assert same == (bug.key != "comma")


@EACH_BUG
def test_a_planted_model_has_the_same_numbers_of_its_own(bug: Bug, trained: Model) -> None:
    planted = bug.plant(trained)
    np.testing.assert_array_equal(planted.flat, trained.flat)
    assert not np.shares_memory(planted.flat, trained.flat)


@EACH_BUG
def test_a_copy_keeps_the_bug(bug: Bug, trained: Model) -> None:
    planted = bug.plant(trained)
    assert (type(planted.copy()), planted.copy().cell) == (type(planted), planted.cell)


HIDDEN_IN_ONE_WORD = ["transpose", "overwrite", "comma"]


@EACH_BUG
def test_one_word_hides_what_travels_between_words(bug: Bug, trained: Model) -> None:
    assert (worst(bug, trained, "good") < 1e-7) == (bug.key in HIDDEN_IN_ONE_WORD)


def test_one_word_makes_the_missing_transpose_exactly_right(trained: Model) -> None:
    grads = [
        model.backward(model.forward("good"), "positive").flat
        for model in (trained, BUGS["transpose"].plant(trained))
    ]
    np.testing.assert_array_equal(*grads)


def error_of_b_h(bug: Bug, model: Model) -> float:
    """The error of b_h alone: all of a model of 64 units would take a second."""
    planted = bug.plant(model)
    fwd = planted.forward(LONG)
    bwd = planted.backward(fwd, "positive")
    which = {name: np.full(a.shape, name == "b_h") for name, a in bwd.grads.items()}
    numeric = numeric_gradients(planted, fwd.batch, bwd.targets, which=which)
    return relative_errors({"b_h": bwd.grads["b_h"]}, numeric)["b_h"]


# At the write-up's start all h are near zero, and W_hh is near zero either way round.
AT_THE_START = [("transpose", 1e-3, 2e-2), ("derivative", 1e-7, 1e-4), ("square", 1e-4, 1e-2),
                ("overwrite", 0.5, 2), ("comma", 1e-3, 2e-2)]  # fmt: skip


@pytest.mark.parametrize(("key", "low", "high"), AT_THE_START)
def test_the_write_ups_start_hides_it(key: str, low: float, high: float, tiny: Model) -> None:
    assert low < error_of_b_h(BUGS[key], tiny) < high


def test_after_training_the_missing_transpose_cannot_hide(trained: Model) -> None:
    assert error_of_b_h(BUGS["transpose"], trained) > 0.1


def test_adding_up_by_hand_gives_the_cores_gradients(trained: Model) -> None:
    by_hand = ByHand(trained.cell, trained.vocabulary, trained.classes, trained.n_hidden)
    by_hand.flat[:] = trained.flat
    both = [m.backward(m.forward(LONG), "negative").flat for m in (by_hand, trained)]
    np.testing.assert_allclose(*both, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
@EACH_BUG
def test_the_activation_stays(bug: Bug, activation: str) -> None:
    planted = bug.plant(small_model(activation=activation))
    assert planted.cell.activation.symbol == CELLS["rnn"](activation).activation.symbol


def test_another_cell_is_refused() -> None:
    model = small_model()
    model.cell = MissingTranspose()
    with pytest.raises(ValueError, match="vanilla RNN"):
        BUGS["derivative"].plant(model)


@EACH_BUG
def test_the_lines_shown_are_those_that_run(bug: Bug, trained: Model) -> None:
    planted = bug.plant(trained)
    holders = (type(planted), type(planted.cell), planted.cell.activation)
    assert bug.wrong in [value for holder in holders for value in vars(holder).values()]


@EACH_BUG
def test_wrong_and_right_lines_differ(bug: Bug) -> None:
    wrong, right = (source.excerpt(f, whole=True).lines for f in (bug.wrong, bug.right))
    assert wrong != right


def test_six_mysteries_are_six_bugs() -> None:
    assert {mystery(number).key for number in range(6)} == set(BUGS)


def test_a_mystery_is_the_same_for_everybody() -> None:
    assert [mystery(n).key for n in range(20)] == [mystery(n).key for n in range(20)]


def test_a_run_can_be_trained_with_another_cell() -> None:
    right, wrong = run_of(), TrainingRun(SMALL, Hyperparameters(n_hidden=6), MissingTranspose())
    for run in (right, wrong):
        run.advance(epochs=2)
    assert story(right)[3] != story(wrong)[3]


def test_without_another_cell_nothing_changes() -> None:
    runs = [run_of(), TrainingRun(SMALL, Hyperparameters(n_hidden=6), RNN())]
    for run in runs:
        run.advance(epochs=2)
    assert story(runs[0]) == story(runs[1])
