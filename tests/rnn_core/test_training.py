"""A run is the same however it is sliced, keeps what it must, and stops with a reason."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import CELLS, Hyperparameters, TrainingRun, load_dataset
from rnn_core.buffers import errors, evaluate, lend_buffers
from rnn_core.history import MAX_SNAPSHOTS
from tests.models import DATA, SMALL, dataset, run_of, story

N = len(SMALL.train)
EPOCHS = 4


@pytest.fixture(scope="module", params=[{}, {"batch_size": 3, "optimizer": "adam", "clip": "norm"}])
def whole(request: pytest.FixtureRequest) -> tuple[dict, tuple]:
    """Settings, and the story of four epochs made in one go."""
    run = run_of(**request.param)
    with np.errstate(all="raise", under="ignore"):
        run.advance(epochs=EPOCHS)
    return request.param, story(run)


def test_one_step_at_a_time(whole) -> None:
    made, expected = whole
    run = run_of(**made)
    while run.epoch < EPOCHS:
        assert run.advance(steps=1) == 1
    assert story(run) == expected


def test_one_epoch_at_a_time(whole) -> None:
    made, expected = whole
    run = run_of(**made)
    for _ in range(EPOCHS):
        run.advance(epochs=1)
    assert story(run) == expected


def test_as_many_steps_at_once(whole) -> None:
    made, expected = whole
    run = run_of(**made)
    assert run.advance(steps=expected[0]) == expected[0]
    assert story(run) == expected


def test_on_a_budget(whole) -> None:
    made, expected = whole
    run = run_of(**made)
    while run.epoch < EPOCHS:
        assert run.advance(steps=1, budget_s=10) == 1
    assert story(run) == expected


@settings(max_examples=25)
@given(slices=st.lists(st.integers(0, 9), max_size=12))
def test_in_any_slices(whole, slices: list[int]) -> None:
    made, expected = whole
    run = run_of(**made)
    for steps in slices:
        run.advance(steps=min(steps, expected[0] - run.steps))
    run.advance(steps=expected[0] - run.steps)
    assert story(run) == expected


def test_looking_does_not_disturb(whole) -> None:
    made, expected = whole
    run = run_of(**made)
    while run.epoch < EPOCHS:
        run.advance(steps=1)
        fwd = run.model.forward("this is not bad")
        run.model.backward(fwd, "positive")
        with lend_buffers(run.model, SMALL) as buffers:
            evaluate(buffers, SMALL.test)
        errors(run.model, SMALL)
        assert len(run.upcoming) > 0
    assert story(run) == expected


def test_a_budget_makes_at_least_one_step() -> None:
    assert run_of().advance(budget_s=0) == 1


def test_the_first_bound_ends_it() -> None:
    assert run_of().advance(steps=3, epochs=9) == 3
    assert run_of().advance(steps=99, epochs=2, budget_s=60) == 2 * N


@pytest.mark.parametrize("nothing", [{"steps": 0}, {"epochs": 0}])
def test_no_step_asked_no_step_made(nothing: dict) -> None:
    assert run_of().advance(**nothing) == 0


def test_a_bound_must_be_given() -> None:
    with pytest.raises(ValueError, match="say how far"):
        run_of().advance()


@pytest.mark.parametrize("cell", CELLS)
def test_a_seed_decides_a_run(cell: str) -> None:
    runs = [run_of(cell=cell, seed=seed) for seed in (0, 0, 1)]
    for run in runs:
        run.advance(epochs=2)
    one, same, other = map(story, runs)
    assert one == same != other


def test_each_sentence_is_met_once_in_an_epoch() -> None:
    run, met = run_of(batch_size=3), []
    while run.epoch < 2:
        met.append(run.upcoming.tolist())
        run.advance(steps=1)
    assert [len(which) for which in met] == [3, 3, 1] * 2
    for epoch in (met[:3], met[3:]):
        assert sorted(i for which in epoch for i in which) == list(range(N))
    assert met[:3] != met[3:]


def test_history_begins_with_the_untrained_model() -> None:
    run, untrained = run_of(), run_of().model
    run.advance(epochs=3)
    first = run.history[0]
    losses = [
        untrained.loss(untrained.forward(text), label)
        for text, label in zip(SMALL.train.texts, SMALL.train.labels, strict=True)
    ]
    assert [record.epoch for record in run.history] == [0, 1, 2, 3]
    assert first.train_loss == pytest.approx(np.mean(losses), rel=1e-12)
    assert (first.gradient_norm, first.clipped) == (0, 0)


def test_history_is_of_one_model_measured_on_all() -> None:
    run = run_of()
    run.advance(epochs=5)
    right = [
        run.model.classes[run.model.forward(text).p[-1].argmax()] == label
        for text, label in zip(SMALL.test.texts, SMALL.test.labels, strict=True)
    ]
    assert run.history[-1].test_accuracy == np.mean(right)
    last = run.history[-1]
    with lend_buffers(run.model, SMALL) as buffers:
        assert (last.train_loss, last.train_accuracy) == evaluate(buffers, SMALL.train)


def test_errors_are_one_minus_the_right_answers_probability() -> None:
    run = run_of()
    run.advance(epochs=2)
    expected = [
        1 - run.model.forward(text).p[-1, run.model.class_number(label)]
        for split in (SMALL.train, SMALL.test)
        for text, label in zip(split.texts, split.labels, strict=True)
    ]
    np.testing.assert_allclose(errors(run.model, SMALL), expected, rtol=0, atol=1e-12)


def test_a_knob_acts_from_the_next_step_on() -> None:
    run = run_of(lr=0.05)
    run.advance(steps=3)
    run.change(lr=0.0)
    before = run.model.flat.copy()
    run.advance(steps=3)
    assert run.hyperparameters.lr == 0
    assert run.changes == [(3, {"lr": 0.0})]
    np.testing.assert_array_equal(run.model.flat, before)


def test_turning_a_knob_to_where_it_is_is_no_change() -> None:
    run = run_of(lr=0.05)
    run.change(lr=0.05)
    assert run.changes == []


@pytest.mark.parametrize(
    ("knobs", "message"), [({"n_hidden": 3}, "n_hidden"), ({"lr": -1.0}, "lr")]
)
def test_a_run_refuses_what_it_cannot_change(knobs: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        run_of().change(**knobs)


def test_a_fork_begins_at_its_snapshot_and_leaves_the_trunk_alone() -> None:
    run = run_of()
    run.advance(epochs=6)
    kept = run.model.flat.copy()
    fork = run.fork(3)
    np.testing.assert_array_equal(fork.model.flat, run.snapshot_at(3).model.flat)
    assert [record.epoch for record in fork.history] == [0, 1, 2, 3]
    fork.advance(epochs=2)
    assert (fork.epoch, fork.history[-1].epoch, fork.snapshots[-1].epoch) == (5, 5, 5)
    np.testing.assert_array_equal(run.model.flat, kept)


def test_clipping_is_counted() -> None:
    always, never = run_of(clip_at=1e-6), run_of(clip_at=1e6)
    always.advance(epochs=1)
    never.advance(epochs=1)
    assert always.history[-1].clipped == 1
    assert never.history[-1].clipped == 0
    assert never.history[-1].gradient_norm > 0


def test_snapshots_are_whole_independent_models() -> None:
    run = run_of()
    run.advance(epochs=2)
    kept = [snapshot.model.flat.copy() for snapshot in run.snapshots]
    run.advance(epochs=2)
    assert [snapshot.epoch for snapshot in run.snapshots] == [0, 1, 2, 3, 4]
    for snapshot, flat in zip(run.snapshots, kept, strict=False):
        np.testing.assert_array_equal(snapshot.model.flat, flat)
    np.testing.assert_array_equal(run.snapshots[0].model.flat, run_of().model.flat)
    np.testing.assert_array_equal(run.snapshots[-1].model.flat, run.model.flat)
    assert run.snapshots[-1].model is not run.model


def test_large_models_are_kept_at_fewer_epochs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rnn_core.history.MAX_BYTES", 5 * run_of().model.flat.nbytes)
    run = run_of()
    run.advance(epochs=20)
    assert len(run.snapshots) == 5
    assert (run.snapshots[0].epoch, run.snapshots[-1].epoch) == (0, 20)
    monkeypatch.setattr("rnn_core.history.MAX_BYTES", 1)
    small = run_of()
    small.advance(epochs=20)
    assert len(small.snapshots) == 3


def test_a_run_that_made_room_goes_on_as_it_would_have() -> None:
    run, other = run_of(), run_of()
    for one in (run, other):
        one.advance(epochs=6)
    before = run.n_bytes
    run.make_room()
    assert [snapshot.epoch for snapshot in run.snapshots] == [0, 6]
    assert before - run.n_bytes == 5 * run.model.flat.nbytes
    for one in (run, other):
        one.advance(epochs=3)
    np.testing.assert_array_equal(run.model.flat, other.model.flat)
    assert run.history == other.history
    assert [snapshot.epoch for snapshot in run.snapshots] == [0, 6, 7, 8, 9]


@pytest.mark.slow
def test_snapshots_are_bounded_and_denser_where_the_run_was_young() -> None:
    run = run_of(dataset("good,yes,train"), n_hidden=2)
    for _ in range(20):
        run.advance(epochs=100)
        assert len(run.snapshots) <= MAX_SNAPSHOTS
        assert (run.snapshots[0].epoch, run.snapshots[-1].epoch) == (0, run.epoch)
    epochs = np.array([snapshot.epoch for snapshot in run.snapshots])
    assert (np.diff(epochs) > 0).all()
    assert set(range(6)) <= set(epochs.tolist())
    # On a log scale no gap is much wider than an even spread would have.
    gaps = np.diff(np.log1p(epochs))
    assert gaps[6:].max() < 6 * np.log(2001) / MAX_SNAPSHOTS
    assert len(run.history) == 2001


@pytest.mark.parametrize(("epoch", "nearest"), [(0, 0), (2, 2), (99, 4)])
def test_the_snapshot_nearest_to_an_epoch(epoch: int, nearest: int) -> None:
    run = run_of()
    run.advance(epochs=4)
    assert run.snapshot_at(epoch).epoch == nearest


HOT = {"activation": "relu", "spectral_radius": 3.0, "lr": 10.0, "clip": "none", "n_hidden": 16}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("optimizer", ["sgd", "momentum"])
def test_a_run_that_explodes_stops_with_a_reason(optimizer: str, dtype: str) -> None:
    run = run_of(load_dataset("sentiment", DATA), **HOT, optimizer=optimizer, dtype=dtype)
    run.advance(epochs=60)
    assert run.stopped is not None
    assert any(word in run.stopped for word in ("the gradient is", "the loss is"))
    assert run.history[0].epoch == 0
    assert len(run.history) >= run.epoch
    assert np.isfinite(run.model.flat).all()
    told = story(run)
    assert run.advance(steps=5, epochs=5, budget_s=1) == 0
    assert story(run) == told


@pytest.mark.parametrize("bad", [np.inf, np.nan])
def test_parameters_that_overflowed_are_put_back(bad: float) -> None:
    run = run_of()
    run.advance(steps=N + 3)
    run.model.flat[:] = bad
    assert run.advance(steps=5) == 0
    assert run.stopped == f"step {N + 4}: the gradient is nan"
    np.testing.assert_array_equal(run.model.flat, run.snapshots[-1].model.flat)


def test_a_step_without_a_gradient_is_not_made() -> None:
    run = run_of(activation="relu")
    run.advance(steps=N + 3)
    run.model.flat[:] = 1e200
    assert run.advance(steps=5) == 0
    assert (run.stopped, run.steps) == (f"step {N + 4}: the gradient is nan", N + 3)
    assert (run.model.flat == 1e200).all()


def test_a_run_may_be_sliced_when_it_explodes() -> None:
    whole, sliced = (run_of(load_dataset("sentiment", DATA), **HOT) for _ in range(2))
    whole.advance(steps=400)
    while sliced.stopped is None:
        sliced.advance(steps=1)
    assert whole.stopped is not None
    assert story(sliced) == story(whole)


@pytest.mark.parametrize("batch_size", [N, N + 1, 1024])
def test_a_batch_may_be_larger_than_the_data(batch_size: int) -> None:
    run = run_of(batch_size=batch_size)
    assert run.advance(epochs=3) == 3
    assert run.history[3].train_loss < run.history[0].train_loss


@pytest.mark.parametrize("batch_size", [1, 4])
@pytest.mark.parametrize("rows", [["good,yes,train"], ["good,yes,train", "bad,yes,train"]])
def test_one_sentence_or_one_class(rows: list[str], batch_size: int) -> None:
    run = run_of(dataset(*rows), batch_size=batch_size)
    run.advance(epochs=6)
    assert run.stopped is None
    assert run.history[-1].train_accuracy == 1
    assert run.history[-1].train_loss == 0


def test_no_test_sentence() -> None:
    run = run_of(dataset("good,yes,train", "bad,no,train"))
    run.advance(epochs=2)
    assert math.isnan(run.history[-1].test_loss)
    assert math.isnan(run.history[-1].test_accuracy)
    assert run.stopped is None
    assert run.converged is None


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "rmsprop", "adam"])
@pytest.mark.parametrize("clip", ["value", "norm", "none"])
def test_float32_stays_float32(optimizer: str, clip: str) -> None:
    run = run_of(dtype="float32", optimizer=optimizer, clip=clip, clip_at=0.1, lr=0.01)
    run.advance(epochs=2)
    fwd = run.model.forward("good")
    arrays = [run.model.flat, run.snapshots[-1].model.flat, fwd.h, fwd.p]
    arrays += [run.model.backward(fwd, 0).flat, *run._trainer._state.values()]
    assert {a.dtype for a in arrays if a.size > 1} == {np.dtype(np.float32)}


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "rmsprop", "adam"])
def test_no_learning_rate_no_change(optimizer: str) -> None:
    run = run_of(lr=0.0, optimizer=optimizer)
    run.advance(epochs=2)
    np.testing.assert_array_equal(run.model.flat, run_of().model.flat)


@pytest.mark.parametrize("batch_size", [1, 3])
def test_float32_may_be_truncated(batch_size: int) -> None:
    run = run_of(dtype="float32", truncate=2, batch_size=batch_size)
    run.advance(epochs=3)
    assert run.model.flat.dtype == np.float32
    assert run.history[-1].train_loss < run.history[0].train_loss


def test_truncation_is_used() -> None:
    runs = [run_of(truncate=k) for k in (None, 6, 1)]
    for run in runs:
        run.advance(epochs=1)
    whole, long, short = (story(run) for run in runs)
    assert whole == long != short


def test_converged_is_the_first_of_five_perfect_epochs() -> None:
    run = run_of()
    good = dataclasses.replace(run.history[0], train_accuracy=1.0, test_accuracy=1.0)
    poor = dataclasses.replace(good, test_accuracy=0.9)
    for n, record in enumerate([good] * 4 + [poor] + [good] * 5):
        run.history[n:] = [dataclasses.replace(record, epoch=n)]
        assert run.converged == (5 if n == 9 else None)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("n_hidden", [16, 64])
def test_the_recipes_learn(n_hidden: int, seed: int) -> None:
    run = TrainingRun(load_dataset("sentiment"), Hyperparameters(n_hidden=n_hidden, seed=seed))
    run.advance(epochs=60)
    assert run.converged is not None
