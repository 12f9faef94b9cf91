"""Gradient flow: profiles against the trace of one sentence, and trials."""

import numpy as np
import pytest

from rnn_core import ACTIVATIONS, CELLS, TASKS, Hyperparameters, task_names
from rnn_core.experiments import analysis
from rnn_core.experiments.gradient_flow import LOOKED_AT, Lesson, Trial, derivatives, profile
from tests.models import KINDS, SENTENCE, small_model

SMALL = Hyperparameters(n_hidden=6, spectral_radius=1.0, batch_size=8, optimizer="adam", lr=0.01)


@pytest.mark.parametrize("cell", CELLS)
def test_a_profile_is_the_mean_of_its_sentences(cell: str) -> None:
    lesson = Lesson("remember_first", 9)
    model = lesson.start(Hyperparameters(cell=cell, n_hidden=5))
    split = lesson.draw(np.random.default_rng(0), LOOKED_AT)
    lengths = [
        analysis.gradient_norms(
            model.backward(model.forward(split.ids[:, i]), int(split.answers[i]))
        )[:, 0]
        for i in range(LOOKED_AT)
    ]
    np.testing.assert_allclose(profile(lesson, model).lengths, np.mean(lengths, axis=0))


@pytest.mark.parametrize("task", task_names())
def test_only_the_last_answer_is_asked(task: str) -> None:
    lesson = Lesson(task, 14)
    model = lesson.start(Hyperparameters(n_hidden=5, spectral_radius=0.0))
    lengths = profile(lesson, model).lengths
    assert lengths[-1] > 0
    assert not lengths[:-1].any()


@pytest.mark.parametrize("k", [1, 3, 9])
def test_truncation_ends_the_profile(k: int) -> None:
    lesson = Lesson("remember_first", 9)
    lengths = profile(lesson, lesson.start(SMALL), truncate=k).lengths
    assert np.count_nonzero(lengths) == k


@pytest.mark.parametrize(("cell", "gates"), [("rnn", 1), ("gru", 3), ("lstm", 4)])
def test_each_gate_has_its_eigenvalues(cell: str, gates: int) -> None:
    lesson = Lesson("remember_first", 4)
    found = profile(
        lesson, lesson.start(Hyperparameters(cell=cell, n_hidden=7, spectral_radius=1.3))
    )
    assert len(found.eigenvalues) == gates
    for values in found.eigenvalues.values():
        np.testing.assert_allclose(np.abs(values), 1.3)


@pytest.mark.parametrize(("cell", "activation"), KINDS)
def test_derivatives_are_those_of_each_block(cell: str, activation: str) -> None:
    model, epsilon = small_model(cell, activation), 1e-6
    fwd = model.forward(SENTENCE)
    gates = {s.gate or 0: s for s in model.cell.signals if s.gate is not None or cell == "rnn"}
    for gate, found in enumerate(np.split(derivatives(fwd), model.cell.n_gates, axis=1)):
        signal = gates[gate]
        name = activation if cell == "rnn" else "tanh" if signal.low < 0 else "sigmoid"
        a = np.split(fwd.signals["a"], model.cell.n_gates, axis=1)[gate]
        value = ACTIVATIONS[name].value
        numeric = (value(a + epsilon) - value(a - epsilon)) / (2 * epsilon)
        np.testing.assert_allclose(found, numeric, rtol=0, atol=1e-9)
        np.testing.assert_allclose(value(a), fwd.signals[signal.name], rtol=0, atol=1e-15)


def test_a_relu_that_is_off_counts_as_saturated() -> None:
    lesson = Lesson("remember_first", 4)
    found = profile(lesson, lesson.start(Hyperparameters(activation="relu", n_hidden=64)))
    assert 0.2 < found.saturated[0] < 0.8


def test_a_trial_does_not_depend_on_its_slices() -> None:
    lesson = Lesson("remember_first", 6)
    whole, sliced = (Trial(lesson, SMALL, 30) for _ in range(2))
    whole.advance()
    while not sliced.done:
        sliced.advance(budget_s=0.0)
    assert whole.accuracies == sliced.accuracies
    assert np.array_equal(whole.model.flat, sliced.model.flat)


def test_learned_is_the_first_of_ten_right_in_a_row() -> None:
    trial = Trial(Lesson("remember_first", 3), SMALL, 400)
    trial.advance()
    assert trial.learned is not None
    assert min(trial.accuracies[trial.learned - 1 :]) >= 0.99
    assert trial.steps == trial.learned + 9


def test_a_trial_that_overflows_stops_and_can_be_looked_at() -> None:
    wild = Hyperparameters(
        n_hidden=8, activation="relu", spectral_radius=3.0, optimizer="sgd", lr=10.0, clip="none",
        batch_size=8, dtype="float32",
    )  # fmt: skip
    trial = Trial(Lesson("remember_first", 60), wild, 100)
    trial.advance()
    assert trial.stopped
    assert len(trial.look().lengths) == 60


def test_every_task_is_short_enough_for_the_laboratory() -> None:
    assert all(1 <= task.shortest <= 200 for task in TASKS.values())
