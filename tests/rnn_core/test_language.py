"""A language model's run: perplexity by hand, chunks and streams, the state that is carried, and
what it writes.
"""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import (
    CELLS,
    Hyperparameters,
    LanguageRun,
    Model,
    TrainingRun,
    numeric_gradients,
    relative_errors,
    start_run,
    text_dataset,
)
from rnn_core.language import MOST_WRITTEN, baselines, perplexity, surprise, write
from rnn_core.model import asked_for
from rnn_core.traces import Batch
from rnn_core.wirings import distribution
from tests.conftest import HAS_TORCH
from tests.models import SMALL, story

TEXT = text_dataset("abc", "abcab cbacb\nacb bca\n" * 30)
V = len(TEXT.classes)


def run_of(**made: object) -> LanguageRun:
    """A run that is small unless told otherwise."""
    return LanguageRun(TEXT, Hyperparameters(**{"n_hidden": 5, "batch_size": 4, **made}))


def sure_of(p: list[float]) -> Model:
    """A model that always says p, whatever it read."""
    model = run_of().model
    model.flat[:] = 0
    model.params["b_y"][:] = np.log(p)
    return model


# ---- perplexity ----


def test_perplexity_by_hand() -> None:
    """Guessing 1/2, 1/4, 1/8 of what comes costs (1 + 2 + 3) bits: 2^(6/3) = 4 in the mean."""
    p = [1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 16]
    fwd = sure_of(p).forward([4, 0, 1, 2])
    nats = surprise(fwd)
    assert math.isnan(nats[0])
    np.testing.assert_allclose(nats[1:], np.log([2, 4, 8]))
    assert perplexity(nats[1:].mean()) == pytest.approx(4)
    assert (perplexity(0.0), perplexity(1e9)) == (1.0, math.inf)


def test_an_untrained_readout_is_as_unsure_as_there_are_symbols() -> None:
    run = LanguageRun(TEXT, Hyperparameters(init="tiny"))
    first = run.history[0]
    for loss in (first.train_loss, first.test_loss):
        assert perplexity(loss) == pytest.approx(V, rel=1e-3)
    assert baselines(TEXT).uniform == V


def test_what_is_judged_is_the_held_out_text_read_on() -> None:
    """The run's held-out loss, in pieces, is that of one reading of the whole text."""
    run = run_of(cell="gru", optimizer="adam", lr=0.02)
    run.advance(epochs=2)
    whole = np.concatenate([TEXT.stream, TEXT.held_out])
    nats = surprise(run.model.forward(whole))[len(TEXT.stream) :]
    assert run.history[-1].test_loss == pytest.approx(nats.mean(), rel=1e-3)


def test_the_unigram_is_counted() -> None:
    counts = [(TEXT.stream == i).sum() + 1 for i in range(V)]
    p = [counts[i] / sum(counts) for i in TEXT.held_out]
    assert baselines(TEXT).unigram == pytest.approx(math.exp(-np.mean(np.log(p))))


# ---- streams and chunks ----


def test_each_symbol_of_each_stream_is_asked_once_an_epoch() -> None:
    run = run_of(batch_size=3, truncate=7)
    n = (len(TEXT.stream) - 1) // 3
    assert run.steps_an_epoch == -(-n // 7)
    met = []
    while run.epoch < 1:
        met.append(run.upcoming)
        run.advance(steps=1)
    assert np.concatenate(met).tolist() == list(range(n))
    assert {len(steps) for steps in met[:-1]} == {7}


def test_a_short_text_has_fewer_streams() -> None:
    run = run_of(batch_size=1024, truncate=100)
    assert run._read.shape[1] == (len(TEXT.stream) - 1) // 100
    assert run_of(truncate=1000).steps_an_epoch == 1
    for made in (run, run_of(truncate=1000), run_of(truncate=1, batch_size=1024)):
        assert made.advance(epochs=1) == made.steps_an_epoch


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("carry", [True, False])
@settings(max_examples=3)
@given(slices=st.lists(st.integers(0, 15), max_size=4))
def test_in_any_slices(cell: str, carry: bool, slices: list[int]) -> None:
    made = {"cell": cell, "carry": carry, "truncate": 9, "optimizer": "adam", "dtype": "float32"}
    whole, run = run_of(**made), run_of(**made)
    whole.advance(steps=30)
    for steps in slices:
        run.advance(steps=min(steps, 30 - run.steps))
        other = run_of(**made, seed=3)  # at the same buffers
        other.advance(steps=2)
    run.advance(steps=30 - run.steps)
    assert story(run) == story(whole)


def test_a_fork_goes_on_from_its_epoch() -> None:
    run = run_of(optimizer="adam")
    run.advance(epochs=4)
    twin = run.fork(2)
    assert isinstance(twin, LanguageRun)
    assert (twin.epoch, twin.steps) == (2, 2 * run.steps_an_epoch)
    assert twin.model.flat.tolist() == run.snapshot_at(2).flat.tolist()
    assert twin.advance(epochs=1) == run.steps_an_epoch


def test_it_reads_in_one_direction() -> None:
    with pytest.raises(ValueError, match="bidirectional must be False"):
        run_of(bidirectional=True)


def test_the_run_that_a_dataset_needs() -> None:
    assert type(start_run(TEXT, Hyperparameters())) is LanguageRun
    assert type(start_run(SMALL, Hyperparameters())) is TrainingRun


# ---- the gradient of a chunk ----


def chunks(run: LanguageRun, n: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """(read, asked) of the first n chunks, each (k, B)."""
    k = run.hyperparameters.truncate
    n_streams = run.hyperparameters.batch_size
    length = (len(TEXT.stream) - 1) // n_streams
    read, asked = (
        np.stack([TEXT.stream[b * length + s :][: n * k] for b in range(n_streams)], axis=1)
        for s in (0, 1)
    )
    return [(read[i : i + k], asked[i : i + k]) for i in range(0, n * k, k)]


def third_step(carry: bool, **made: object) -> tuple[Model, dict[str, np.ndarray], Batch, tuple]:
    """The model before the third step, the gradient that the step used (SGD, unclipped, lr 1), and
    what it read, from where.
    """
    run = run_of(carry=carry, truncate=6, lr=1.0, clip="none", **made)
    model = run.model.copy()
    start = model.rest(4)
    for i, (read, _) in enumerate(parts := chunks(run, 3)):
        model.flat[:] = run.model.flat
        if i == 2:
            break
        start = model.read(Batch((read,), start=start)).end if carry else model.rest(4)
        run.advance(steps=1)
    run.advance(steps=1)
    moved = model.copy()
    moved.flat[:] = model.flat - run.model.flat
    return model, moved.params, Batch((read,), start=start), parts[2]


@pytest.mark.parametrize("carry", [True, False])
@pytest.mark.parametrize(
    "made", [{"cell": "rnn"}, {"cell": "lstm"}, {"cell": "gru", "n_layers": 2}]
)
def test_a_step_is_the_derivative_from_where_its_chunk_starts(carry: bool, made: dict) -> None:
    model, moved, batch, (read, asked) = third_step(carry, **made)
    np.testing.assert_array_equal(batch.x[0], read)
    targets = asked_for(model, batch, asked)
    errors = relative_errors(moved, numeric_gradients(model, batch, targets))
    assert max(errors.values()) < 1e-6, errors


@pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed")
@pytest.mark.parametrize("carry", [True, False])
def test_pytorch_finds_the_same_gradient_of_a_chunk(carry: bool) -> None:
    import torch

    model, moved, batch, (read, asked) = third_step(carry, cell="rnn")
    q = {name: torch.tensor(np.ascontiguousarray(a), requires_grad=True)
         for name, a in model.params.items()}  # fmt: skip
    h, losses = torch.tensor(batch.start[0].h), []
    for x, wanted in zip(read, asked, strict=True):
        h = torch.tanh(q["W_xh"][:, x] + q["W_hh"] @ h + q["b_h"][:, None])
        y = (q["W_hy"] @ h + q["b_y"][:, None]).T
        losses.append(torch.nn.functional.cross_entropy(y, torch.tensor(wanted)))
    torch.stack(losses).mean().backward()
    errors = relative_errors(moved, {name: a.grad.numpy() for name, a in q.items()})
    assert max(errors.values()) < 1e-9


# ---- writing ----

WRITER = run_of(cell="gru").model
WRITER.flat[:] = np.random.default_rng(4).uniform(-1.5, 1.5, WRITER.flat.size)


def test_what_is_written_is_what_was_drawn_from() -> None:
    page = write(WRITER, [0, 2], 40, seed=1, temperature=0.7, top_k=3)
    assert (page.n_read, len(page.ids), page.ended) == (2, 42, False)
    np.testing.assert_array_equal(page.fwd.ids, page.ids)
    for t in range(len(page.ids)):
        np.testing.assert_array_equal(page.drawn_from[t], distribution(page.fwd.y[t], 0.7, 3))
    came = page.drawn_from[np.arange(1, 41), page.ids[2:]]
    assert (came > 0).all()
    assert ((page.drawn_from > 0).sum(axis=1) == 3).all()


def test_the_same_seed_writes_the_same() -> None:
    first, again, other = (write(WRITER, [1], 30, seed).ids.tolist() for seed in (5, 5, 6))
    assert first == again != other
    assert write(WRITER, [1], 12, 5).ids.tolist() == first[:13]


def test_without_a_seed_the_likeliest_is_taken() -> None:
    page = write(WRITER, [1], 20)
    assert page.ids[1:].tolist() == page.fwd.p[:-1].argmax(axis=1).tolist()
    assert page.ids.tolist() == write(WRITER, [1], 20, seed=9, top_k=1).ids.tolist()


def test_a_symbol_drawn_by_hand_changes_what_follows_not_the_luck() -> None:
    free = write(WRITER, [1], 30, seed=2)
    same = write(WRITER, [1], 30, seed=2, forced={10: int(free.ids[11])})
    assert same.ids.tolist() == free.ids.tolist()
    forced = write(WRITER, [1], 30, seed=2, forced={10: (int(free.ids[11]) + 1) % V})
    assert forced.ids[:11].tolist() == free.ids[:11].tolist()
    assert forced.ids[11] != free.ids[11]


def test_it_ends_at_the_end_symbol_or_at_the_cap() -> None:
    end = TEXT.vocabulary.id_of["\n"]
    page = write(WRITER, [1], 500, seed=0, end=end)
    assert page.ended
    assert end not in page.ids[1:]
    assert len(write(WRITER, [1], 10**9, seed=0).ids) == MOST_WRITTEN + 1
    assert len(write(WRITER, [1], 0, seed=0).ids) == 1


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ({"prompt": []}, "nothing to read"),
        ({"temperature": 0.0}, "temperature must be above 0"),
        ({"top_k": 0}, "top_k must be 1 or more"),
    ],
)
def test_what_cannot_be_written_is_said(made: dict, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        write(WRITER, **{"prompt": [1], "most": 5, "seed": 0, **made})


@pytest.mark.parametrize("temperature", [1e-300, 0.01, 100.0, 1e300])
def test_any_temperature_writes(temperature: float) -> None:
    assert len(write(WRITER, [1], 20, seed=0, temperature=temperature).ids) == 21


def test_symbols_come_as_often_as_they_are_likely() -> None:
    """Of a network that says the same p at each step: 3,000 draws, chi-square with 4 degrees of
    freedom, beyond 18.5 once in a thousand seeds.
    """
    p = np.array([0.4, 0.3, 0.15, 0.1, 0.05])
    model = sure_of(p.tolist())
    drawn = np.concatenate([write(model, [0], 1000, seed).ids[1:] for seed in range(3)])
    expected = p * len(drawn)
    assert ((np.bincount(drawn, minlength=V) - expected) ** 2 / expected).sum() < 18.5
