"""Recording: replayed is computed, bit for bit; what cannot be recorded says so, and where."""

import weakref
from collections.abc import Callable
from functools import partial
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core import Batch, Intervention, Targets, network
from rnn_core.cells import RNN, Step
from rnn_core.model import asked_for
from rnn_core.recording import Recording, mapped
from tests.models import KINDS, SENTENCE, padded, small_model

ALONE, PADDED = [SENTENCE], [[0, 2, 1, 2], [3], [1, 1]]
PLACES = list(product((1, 2), (False, True), (False, True)))


def passes(model, every_step: bool = False) -> Callable:
    """Both passes of a model: everything that they leave behind."""

    def run(params, batch, targets, flat):
        fwd = network.forward(model, params, batch, every_step)
        return network.backward(model, params, fwd, targets, flat)

    return run


def asked(model, sentences, every_step: bool = False, truncate: int | None = None):
    """A batch, and an answer after the last step; or at many steps, not all."""
    batch = padded(sentences, model.flat.dtype)
    labels = np.arange(len(sentences))[None] % 3
    if every_step:
        labels = np.arange(batch.x[0].size).reshape(batch.x[0].shape) % 4 - 1
        if batch.masks[0] is not None:
            labels[batch.masks[0][:, 0] == 0] = -1
    return batch, asked_for(model, batch, labels, truncate)


def arrays_of(trace) -> list[np.ndarray]:
    found: list[np.ndarray] = []
    mapped(trace, np.ndarray, found.append)
    return found


@pytest.mark.parametrize(("n_hidden", "dtype"), [(4, "float64"), (4, "float32"), (1, "float64")])
@pytest.mark.parametrize("sentences", [ALONE, PADDED, PADDED * 4], ids=["1", "3", "12"])
@pytest.mark.parametrize(("cell", "activation"), KINDS)
def test_replayed_is_computed_bit_for_bit(
    cell: str, activation: str, sentences: list, n_hidden: int, dtype: str
) -> None:
    for (n_layers, both, per_step), every_step in product(PLACES, (False, True)):
        truncate = 2 if both == every_step else None
        model = small_model(
            cell, activation, n_hidden, dtype=dtype, n_layers=n_layers, bidirectional=both,
            per_step=per_step,
        )  # fmt: skip
        batch, targets = asked(model, sentences, every_step, truncate)
        run, flat = passes(model, every_step), np.zeros_like(model.flat)
        eager = run(model.params, batch, targets, np.zeros_like(flat))
        recording = Recording(run, model.params, batch, targets, flat)
        flat[:] = np.nan
        recording.replay()
        np.testing.assert_array_equal(flat, eager.flat)
        np.testing.assert_array_equal(recording.result.forward.probs, eager.forward.probs)
        for ours, theirs in zip(arrays_of(recording.result), arrays_of(eager), strict=True):
            np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("truncate", [None, 2])
@pytest.mark.parametrize("sentences", [ALONE, PADDED], ids=["1", "3"])
@pytest.mark.parametrize(("cell", "activation"), KINDS)
def test_other_numbers_in_the_same_arrays(
    cell: str, activation: str, sentences: list, truncate: int | None
) -> None:
    model = small_model(cell, activation, n_layers=2)
    batch, targets = asked(model, sentences, truncate=truncate)
    flat = np.zeros_like(model.flat)
    recording = Recording(passes(model), model.params, batch, targets, flat)
    others, others_targets = asked(model, [[4, 4, 0, 1, 3][: len(ids)] for ids in sentences])
    for array, other in ((batch.x[0], others.x[0]), (targets.one_hot, others_targets.one_hot[:])):
        array[...] = other
    targets.one_hot[:] = targets.one_hot[:, ::-1].copy()
    model.flat[:] = np.random.default_rng(9).uniform(-1, 1, flat.size)
    for _ in range(2):
        recording.replay()
        eager = passes(model)(model.params, batch, targets, np.zeros_like(flat))
        np.testing.assert_array_equal(flat, eager.flat)


def test_the_other_ways_in_are_recorded_too() -> None:
    rng = np.random.default_rng(0)
    model = small_model("lstm", n_layers=2, n_start=6)
    x = rng.integers(0, 5, (4, 3))
    batch = Batch((x,), vector=rng.normal(size=(6, 3)))
    targets = asked_for(model, batch, rng.integers(0, 3, (4, 3)))
    flat = np.zeros_like(model.flat)
    eager = passes(model, True)(model.params, batch, targets, np.zeros_like(flat))
    Recording(passes(model, True), model.params, batch, targets, flat).replay()
    np.testing.assert_array_equal(flat, eager.flat)
    assert np.abs(eager.grads["W_vh"]).max() > 1e-4


def absolute(self, W_hh, x, before):
    return np.where(x > 0, x, -x)


def length(self, W_hh, x, before):
    return np.linalg.norm(before.h, axis=0)


def some_rows(self, W_hh, x, before):
    return before.h[[0, 1]]


def some_columns(self, W_hh, x, before):
    return before.h[:, [0]]


def positive(self, W_hh, x, before):
    return before.h[before.h > 0]


def total(self, W_hh, x, before):
    return before.h.sum()


def product_of_all(self, W_hh, x, before):
    return np.multiply.reduce(before.h)


def both_parts(self, W_hh, x, before):
    return np.modf(before.h)


def into_itself(self, W_hh, x, before):
    a = x + W_hh @ before.h
    a += 1
    return a


def into_a_part(self, W_hh, x, before):
    a = x + W_hh @ before.h
    a[0] = 0.0
    return a


def into_an_array(self, W_hh, x, before):
    return np.tanh(x, out=np.zeros((4, 1)))


REFUSED = {
    absolute: "where",
    length: "norm",
    some_rows: "indexing by an array",
    some_columns: "indexing by an array",
    positive: "indexing by an array",
    total: r"\.sum",
    product_of_all: "np.multiply",
    both_parts: "np.modf",
    into_itself: "np.add",
    into_a_part: "writing into a computed array",
    into_an_array: "np.tanh",
}


@pytest.mark.parametrize("forward", REFUSED, ids=[f.__name__ for f in REFUSED])
def test_what_cannot_be_recorded_says_so_and_where(forward: Callable) -> None:
    class Cell(RNN):
        def forward(self, W_hh, x, before):
            forward(self, W_hh, x, before)
            return super().forward(W_hh, x, before)

    model = small_model()
    model.cell = Cell()
    batch, targets = asked(model, ALONE)
    passes(model)(model.params, batch, targets, np.zeros_like(model.flat))  # computed, it works
    with pytest.raises(TypeError, match=f"{REFUSED[forward]}.* cannot be recorded.*, in ") as told:
        Recording(passes(model), model.params, batch, targets, np.zeros_like(model.flat))
    assert f"in {forward.__qualname__}, line" in str(told.value)


def test_a_cell_of_ones_own_is_recorded_as_it_is() -> None:
    class Leaky(RNN):
        def forward(self, W_hh, x, before):
            a = x + W_hh @ before.h
            return Step(a=a, h=0.9 * before.h + 0.1 * np.sin(a) * (a > 0))

        def backward(self, W_hh, before, now, d):
            d_a = 0.1 * np.cos(now.a) * d.h * (now.a > 0)
            return Step(a=d_a), Step(h=0.9 * d.h + W_hh.T @ d_a)

    model = small_model()
    model.cell = Leaky()
    batch, targets = asked(model, PADDED)
    flat = np.zeros_like(model.flat)
    eager = passes(model)(model.params, batch, targets, np.zeros_like(flat))
    Recording(passes(model), model.params, batch, targets, flat).replay()
    np.testing.assert_array_equal(flat, eager.flat)


def test_only_what_is_needed_is_computed() -> None:
    def run(x, out):
        wanted = x + 1
        np.exp(x * 1000)  # would overflow
        [np.sqrt(x - 5) for _ in range(3)]
        out[...] = wanted * 2
        return wanted

    x, out = np.arange(3.0), np.zeros(3)
    recording = Recording(run, x, out)
    with np.errstate(all="raise"):
        recording.replay()
    assert len(recording._calls) == 2
    np.testing.assert_array_equal(recording.result, [1, 2, 3])
    np.testing.assert_array_equal(out, [2, 4, 6])


def test_reading_alone_leaves_the_way_back_out() -> None:
    model = small_model()
    batch, targets = asked(model, ALONE)
    flat = np.zeros_like(model.flat)

    def logits(params, batch, targets, flat):
        return network.forward(model, params, batch).logits

    both = Recording(passes(model), model.params, batch, targets, flat)
    alone = Recording(logits, model.params, batch, targets, flat)
    assert len(alone._calls) < len(both._calls) / 2


def test_an_intervention_comes_after_each_call_that_fills_its_array() -> None:
    def run(x):
        doubled = x * 2
        halves = np.stack([doubled, doubled + 1])
        return halves, halves[0] * 10

    recording = Recording(run, np.array([1.0, 2.0]))
    halves, tenfold = recording.result
    recording.after(halves[0], partial(halves[0].fill, 7.0))
    for _ in range(2):
        recording.replay()
        np.testing.assert_array_equal(halves[0], 7)
        np.testing.assert_array_equal(tenfold, 70)
    np.testing.assert_array_equal(halves[1], 8)  # it is made of what was held
    recording.after(halves[0], partial(halves[0].fill, 9.0))  # the later one wins
    recording.replay()
    np.testing.assert_array_equal(tenfold, 90)


def test_a_replay_with_interventions_is_a_reading_with_interventions() -> None:
    model = small_model("gru")
    held = [Intervention("z", 1.0, steps=[1]), Intervention("h", 0.25, units=[2], steps=[3])]
    fwd = model.forward(SENTENCE, interventions=held)
    assert (fwd.z[1] == 1).all()
    np.testing.assert_array_equal(fwd.h[1], fwd.h[0])  # z = 1 keeps all
    assert fwd.h[3, 2] == 0.25


def test_the_arrays_that_come_in_are_left_alone() -> None:
    model = small_model("lstm", bidirectional=True)
    batch, targets = asked(model, PADDED)
    before = [array.copy() for array in arrays_of((model.params, batch, targets))]
    recording = Recording(passes(model), model.params, batch, targets, np.zeros_like(model.flat))
    recording.replay()
    for array, kept in zip(arrays_of((model.params, batch, targets)), before, strict=True):
        np.testing.assert_array_equal(array, kept)


UNARY = {"tanh": np.tanh, "negative": np.negative, "sign": np.sign, "square": np.square}
BINARY = {"add": np.add, "subtract": np.subtract, "multiply": np.multiply, "maximum": np.maximum}
SHAPE = (4, 4)


@st.composite
def programs(draw: st.DrawFn) -> list[tuple]:
    """Lines of a program: each makes one more (4, 4) from those before, two of them given."""
    lines: list[tuple] = []
    for n in range(2, draw(st.integers(3, 16))):
        one, other = draw(st.integers(0, n - 1)), draw(st.integers(0, n - 1))
        kind = draw(st.sampled_from(
            [*UNARY, *BINARY, "product", "number", "halves", "stack", "transposed", "reduce",
             "reversed", "mask"]
        ))  # fmt: skip
        lines.append((kind, one, other, draw(st.integers(0, 3))))
    return lines


def line(kind: str, a, b, i: int):
    """What one line computes."""
    if kind in UNARY:
        return UNARY[kind](a)
    if kind in BINARY:
        return BINARY[kind](a, b)
    return {
        "product": lambda: a @ b.T,
        "number": lambda: 0.5 - a * i,
        "halves": lambda: np.concatenate([a[2:], np.tanh(b[:2])], i % 2 * 0),
        "stack": lambda: np.stack([a[i], b[0], a[i] * b[1], b[i]], axis=i % 2),
        "transposed": lambda: a.T + b[i],
        "reduce": lambda: a + np.add.reduce(b, axis=0),
        "reversed": lambda: np.concatenate([a[:, ::-1][:, :2], b[:, 2:]], axis=-1),
        "mask": lambda: a * (b > 0),
    }[kind]()


@given(programs(), st.lists(st.integers(0, 15), min_size=1, max_size=4), st.integers(0, 15))
def test_any_program_replayed_is_the_program_run(
    lines: list[tuple], returned: list[int], stored: int
) -> None:
    def run(x, y, out):
        made = [x, y]
        for kind, one, other, i in lines:
            made.append(line(kind, made[one], made[other], i))
        out[1] = made[stored % len(made)]
        out[0, 1:3] = made[-1][1:3]
        return [made[n % len(made)] for n in returned], made[-1][1]

    rng = np.random.default_rng(len(lines))
    x, y, out = rng.uniform(-1, 1, SHAPE), rng.uniform(-1, 1, SHAPE), np.zeros((2, *SHAPE))
    with np.errstate(all="ignore"):
        recording = Recording(run, x, y, out)
        for _ in range(2):
            expected_out = np.zeros_like(out)
            expected = run(x, y, expected_out)
            recording.replay()
            np.testing.assert_array_equal(out, expected_out)
            for ours, theirs in zip(arrays_of(recording.result), arrays_of(expected), strict=True):
                np.testing.assert_array_equal(ours, theirs)
            x[...], y[...] = rng.uniform(-1, 1, SHAPE), rng.uniform(-1, 1, SHAPE)


def test_what_needs_no_step_before_it_is_done_for_many_steps_at_once() -> None:
    def run(x):
        h, state = [], x[0]
        for t in range(1, len(x)):
            state = np.tanh(state * (1 - x[t] * x[t]) + x[t - 1])
            h.append(state)
        return np.stack(h)

    x = np.random.default_rng(0).normal(size=(6, 3, 2))
    recording = Recording(run, x)
    for _ in range(2):
        recording.replay()
        np.testing.assert_array_equal(recording.result, run(x))
        x += 1
    assert len(recording._calls) == 2 + 5 * 3


def test_what_changes_no_number_is_left_out_unless_it_is_wanted() -> None:
    def run(x):
        whole = x + -0.0
        return np.sqrt(1.0 * (x * x + -0.0)), whole

    x = np.array([-0.0, 0.0, 2.0])
    recording = Recording(run, x)
    recording.replay()
    assert len(recording._calls) == 3
    assert recording.result[1] is not x
    np.testing.assert_array_equal(np.signbit(recording.result[1]), np.signbit(x))
    np.testing.assert_array_equal(recording.result[0], np.abs(x))


@pytest.mark.parametrize("sentences", [ALONE, PADDED], ids=["1", "3"])
@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_a_call_in_place_has_one_array_object(cell: str, sentences: list) -> None:
    """Given two objects for the same numbers, numpy looks for an overlap, and takes 60 % longer."""
    model = small_model(cell)
    arrays = model.params, *asked(model, sentences), np.zeros_like(model.flat)
    recording = Recording(lambda *given: passes(model)(*given).flat, *arrays)
    in_place = [
        x is call.args[-1]
        for call in recording._calls
        if isinstance(call.func, np.ufunc)
        for x in call.args[:-1]
        if x.__array_interface__ == call.args[-1].__array_interface__
    ]
    assert len(in_place) >= 4
    assert all(in_place)


def test_words_are_picked_from_rows_that_lie_in_memory_one_after_another() -> None:
    """Else np.take would make such rows of all words, at each step."""
    model = small_model()
    arrays = model.params, *asked(model, PADDED), np.zeros_like(model.flat)
    recording = Recording(passes(model), *arrays)
    takes = [call.func for call in recording._calls if call.func.__name__ == "take"]
    assert len(takes) == 4
    assert all(take.__self__.flags.c_contiguous for take in takes)


def test_a_recording_keeps_none_of_its_recorders() -> None:
    made = []

    def run(x):
        made.append(weakref.ref(y := x * 2))
        return y + 1

    Recording(run, np.ones(3))
    assert made[0]() is None


def test_numbers_written_into_what_was_given_are_written_each_time() -> None:
    def run(x, out):
        out[0] = 0.0
        out[1] = x * 2
        return x + 1

    x, out = np.ones(3), np.full((2, 3), 5.0)
    recording = Recording(run, x, out)
    for _ in range(2):
        out[:] = np.nan
        recording.replay()
        np.testing.assert_array_equal(out, [[0] * 3, [2] * 3])


def test_targets_say_what_is_asked_in_the_last_steps() -> None:
    model = small_model()
    fwd = model.forward(SENTENCE)
    whole = model.targets(fwd, 1)
    last = Targets(whole.one_hot[-1:], np.ones((), model.flat.dtype))
    np.testing.assert_allclose(
        model.backward(fwd, last).flat, model.backward(fwd, 1).flat, rtol=0, atol=1e-15
    )
