"""The five wirings: what goes in, what is asked, and that every gradient is the derivative."""

import numpy as np
import pytest

from rnn_core import CELLS, Dataset, Hyperparameters, Model, TrainingRun, Vocabulary
from rnn_core.gradcheck import numeric_gradients, relative_errors
from rnn_core.traces import Batch, Targets
from rnn_core.vocabulary import END
from rnn_core.wirings import (
    WIRINGS,
    Split,
    caption,
    classify,
    decode,
    distribution,
    encode_decode,
    free_run,
    generate,
    next_token,
    padded,
    tag,
)
from tests.conftest import HAS_TORCH

WORDS = Vocabulary(["a b c d e"])
SOURCE = Vocabulary.of("pqrst")
TARGET = Vocabulary.of([END, "x", "y", "z"])
SEQUENCES = [[0, 2, 1, 2, 4], [3, 0], [1, 1, 2]]
SOURCES, TARGETS = [[1, 2, 3, 0], [2], [3, 1]], [[1, 2], [3], [2, 2, 1]]
VECTORS = np.random.default_rng(2).normal(size=(3, 6))
FRAMES = [np.random.default_rng(n).normal(size=(n, 6)) for n in (4, 1, 3)]
SHAPES = [(1, False), (2, False), (1, True), (2, True)]
# wiring, what is read and asked, how the model is made, and whether both directions make sense
CASES = {
    "classify": (lambda: classify(SEQUENCES, [0, 2, 1]), {"vocabulary": WORDS}, True),
    "classify vectors": (lambda: classify(FRAMES, [0, 2, 1]), {"n_features": 6}, True),
    "tag": (lambda: tag(SEQUENCES, [[0, 1, 2, -1, 0], [1, -1], [-1, -1, 2]]),
            {"vocabulary": WORDS, "per_step": True}, True),
    "tag vectors": (lambda: tag(FRAMES, [[-1, 0, 1, 2], [2], [0, 0, -1]]),
                    {"n_features": 6, "per_step": True}, True),
    "next_token": (lambda: next_token(SEQUENCES),
                   {"vocabulary": WORDS, "classes": WORDS.words, "per_step": True}, False),
    "encode_decode": (lambda: encode_decode(SOURCES, TARGETS, TARGET),
                      {"vocabulary": TARGET, "classes": TARGET.words, "per_step": True,
                       "source": SOURCE}, True),
    "encode_decode vectors": (lambda: encode_decode(FRAMES, TARGETS, TARGET),
                              {"vocabulary": TARGET, "classes": TARGET.words, "per_step": True,
                               "n_source": 6}, True),
    "attention": (lambda: encode_decode(SOURCES, TARGETS, TARGET),
                  {"vocabulary": TARGET, "classes": TARGET.words, "per_step": True,
                   "source": SOURCE, "attends": True}, True),
    "caption": (lambda: caption(VECTORS, TARGETS, TARGET),
                {"vocabulary": TARGET, "classes": TARGET.words, "per_step": True, "n_start": 6},
                False),
}  # fmt: skip

EVERY = [(case, shape) for case in CASES for shape in SHAPES if CASES[case][2] or not shape[1]]


def a_model(cell: str, n_layers: int, bidirectional: bool, **how: object) -> Model:
    """A model with weights of size about 1."""
    how = {"vocabulary": None, "classes": ("one", "two", "three"), **how}
    model = Model(CELLS[cell](), n_hidden=4, n_layers=n_layers, bidirectional=bidirectional, **how)
    model.flat[:] = np.random.default_rng(4).uniform(-1, 1, model.flat.size)
    return model


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("case", "shape"), EVERY)
def test_every_gradient_of_every_wiring_is_the_derivative(case, shape, cell):
    asked, how, _ = CASES[case]
    model = a_model(cell, *shape, **how)
    batch, targets = asked().batch(model, np.arange(3))
    exact = model.backward(model.read(batch), targets).grads
    errors = relative_errors(exact, numeric_gradients(model, batch, targets))
    assert max(errors.values()) < 1e-6, errors
    assert set(exact) == set(model.params)
    assert all(np.abs(grad).max() > 0 for grad in exact.values()), "a parameter without effect"


@pytest.mark.parametrize(("case", "shape"), [one for one in EVERY if one[1][0] == 2])
def test_a_padded_batch_is_its_sequences_one_by_one(case, shape):
    asked, how, _ = CASES[case]
    model, split = a_model("lstm", *shape, **how), asked()
    batch, targets = split.batch(model, np.arange(3))
    together = model.backward(model.read(batch), targets)
    n_asked = [int(split.batch(model, np.array([i]))[1].one_hot.sum()) for i in range(3)]
    summed = {name: np.zeros_like(grad) for name, grad in together.grads.items()}
    for i in range(3):
        alone, wanted = split.batch(model, np.array([i]))
        grads = model.backward(model.read(alone), wanted).grads
        for name in summed:
            summed[name] += n_asked[i] / sum(n_asked) * grads[name]
    for name, grad in together.grads.items():
        np.testing.assert_allclose(grad, summed[name], atol=1e-12, err_msg=name)


def test_what_leaves_the_decoder_is_what_enters_the_encoder():
    model = a_model("lstm", 1, False, **CASES["encode_decode"][1])
    batch, targets = encode_decode(SOURCES, TARGETS, TARGET).batch(model, np.arange(3))
    fwd = model.read(batch)
    bwd = model.backward(fwd, targets)
    encoder, decoder = bwd.layers
    for name in ("h", "c"):
        np.testing.assert_array_equal(fwd.layers[0].carried[name][-1],
                                      fwd.layers[1].carried[name][0])  # fmt: skip
    np.testing.assert_array_equal(decoder.d_start.h[:, 0], encoder.d["h"][-1][:, 0])
    assert np.abs(decoder.d_start.c).max() > 1e-3


def test_the_decoder_starts_where_both_directions_of_the_encoder_ended():
    model = a_model("lstm", 1, True, **CASES["encode_decode"][1])
    batch, targets = encode_decode(SOURCES, TARGETS, TARGET).batch(model, np.arange(3))
    fwd = model.read(batch)
    forth, back, decoder = model.backward(fwd, targets).layers
    for name in ("h", "c"):
        ends = [fwd.layers[way].carried[name][-1] for way in range(2)]
        np.testing.assert_array_equal(np.concatenate(ends), fwd.layers[2].carried[name][0])
    d_ends = np.concatenate([forth.d["h"][-1], back.d["h"][-1]])
    np.testing.assert_array_equal(decoder.d_start.h[:, 0], d_ends[:, 0])


def test_next_token_asks_for_what_comes_next():
    split = next_token([[3, 1, 2]])
    assert split.ids[:, 0].tolist() == [3, 1]
    assert split.answers[:, 0].tolist() == [1, 2]


def test_a_decoder_is_given_the_symbol_before_and_asked_for_the_end():
    split = encode_decode([[1, 2, 3]], [[2, 1]], TARGET)
    assert split.ids[:, 0].tolist() == [0, 2, 1]
    assert split.answers[:, 0].tolist() == [2, 1, 0]
    assert split.source is not None
    assert split.source[:, 0].tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: classify([[1], []], [0, 0]), "sequence 2 is empty"),
        (lambda: tag([[1, 2]], [[0]]), "1 answers for 2 steps"),
        (lambda: next_token([[1]]), "nothing comes next"),
        (lambda: encode_decode([[1]], [[1]], SOURCE), "needs an end mark"),
        (lambda: padded([np.zeros((2, 3)), np.zeros((1, 4))]), "of one width"),
        (lambda: Model(CELLS["rnn"](), TARGET, "xy", 4, bidirectional=True, n_start=6),
         "reads in one direction"),
        (lambda: Model(CELLS["rnn"](), TARGET, "xy", 3, bidirectional=True, source=SOURCE),
         "n_hidden must be even"),
        (lambda: a_model("rnn", 1, False, n_features=6).forward(np.zeros((2, 5))), "vectors"),
        (lambda: generate(lm(), [0], 5, temperature=0.0), "temperature must be above 0"),
        (lambda: generate(lm(), [0], 5, top_k=0), "top_k must be 1 or more"),
        (lambda: generate(lm(), [], 5), "nothing to read"),
        (lambda: decode(a_model("rnn", 1, False, **CASES["encode_decode"][1]), []), "is empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_wired_is_said(make, said):
    with pytest.raises(ValueError, match=said):
        make()


def lm(cell: str = "gru") -> Model:
    """A model that writes a, b, c, d, e."""
    return a_model(cell, 1, False, **CASES["next_token"][1])


def test_writing_on_is_the_same_as_reading_what_was_written():
    model = lm()
    written = generate(model, [0, 2], 6, np.random.default_rng(1))
    fwd = model.forward([0, 2, *written.ids])
    np.testing.assert_allclose(written.p, fwd.p[1:-1], atol=1e-12)
    for step, whole in zip(written.end, fwd.end, strict=True):
        np.testing.assert_allclose(step.h, whole.h, atol=1e-12)


def test_the_same_seed_writes_the_same():
    drawn = [generate(lm(), [1], 20, np.random.default_rng(7)).ids for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert drawn[0] != generate(lm(), [1], 20, np.random.default_rng(8)).ids


def test_symbols_are_drawn_as_often_as_they_are_likely():
    model, rng = lm(), np.random.default_rng(0)
    fwd = model.forward([0, 1])
    n = 4000
    drawn = [free_run(model, fwd, 1, rng=rng, temperature=1.5).ids[0] for _ in range(n)]
    p = distribution(fwd.logits[-1, :, 0], 1.5)
    counts = np.bincount(drawn, minlength=len(p))
    chi_square = float(((counts - n * p) ** 2 / (n * p)).sum())
    assert chi_square < 18.5, "4 degrees of freedom: beyond this once in a thousand seeds"


def test_temperature_sharpens_and_top_k_cuts():
    y = np.array([1.0, 3.0, 2.0, -1.0])
    cold, warm, hot = (distribution(y, t)[1] for t in (0.1, 1.0, 100.0))
    assert cold > 0.999 > warm > hot
    assert hot == pytest.approx(0.25, abs=0.02)
    assert np.flatnonzero(distribution(y, 1.0, 2)).tolist() == [1, 2]
    assert distribution(y * 1e5, 1e-3).tolist() == [0, 1, 0, 0]


def test_greedy_takes_the_likeliest():
    fwd = lm().forward([0])
    written = free_run(lm(), fwd, 1)
    assert written.ids == [int(fwd.p[-1].argmax())]


def test_an_encoder_decoder_learns_to_turn_digits_round():
    rng = np.random.default_rng(0)
    words, marked = Vocabulary.of("0123"), Vocabulary.of([END, *"0123"])
    digits = [rng.integers(0, 4, rng.integers(2, 5)).tolist() for _ in range(240)]
    turned = [[digit + 1 for digit in reversed(one)] for one in digits]
    train, test = (encode_decode(digits[part], turned[part], marked)
                   for part in (slice(200), slice(200, None)))  # fmt: skip
    data = Dataset("turned", train, test, marked, marked.words, words)
    settings = Hyperparameters(cell="gru", n_hidden=24, optimizer="adam", lr=0.02, batch_size=16,
                               clip="norm", spectral_radius=1.0)  # fmt: skip
    run = TrainingRun(data, settings)
    run.advance(epochs=25)
    written = [decode(run.model, one, most=8) for one in digits[200:]]
    right = [w.ended and w.ids == t for w, t in zip(written, turned[200:], strict=True)]
    assert np.mean(right) > 0.8
    assert run.history[-1].test_accuracy > 0.95


def test_every_wiring_makes_a_split():
    assert list(WIRINGS) == ["classify", "tag", "next_token", "encode_decode", "caption"]
    assert all(isinstance(asked(), Split) for asked, _, _ in CASES.values())


TORCH_ROWS = {"rnn": [0], "gru": [0, 1, 2], "lstm": [1, 2, 3, 0]}
"""In which order PyTorch has our blocks of H rows: its LSTM is i, f, g, o, ours o, i, f, g."""


class Twin:
    """The same network of PyTorch's own modules, with our parameters."""

    def __init__(self, model: Model) -> None:
        import torch

        self.torch, self.model = torch, model
        self.q = {
            name: torch.tensor(np.ascontiguousarray(array), requires_grad=True)
            for name, array in model.params.items()
        }

    def read(self, layers: list, x: object, start: tuple) -> tuple:
        """States (T, B, H) of one segment's layers, and the carry of each at the end."""
        torch, cell = self.torch, type(self.model.cell).__name__.lower()
        kind = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[cell]
        ways = 1 + layers[-1].backwards
        net = kind(x.shape[2], self.model.n_hidden // ways, self.model.n_layers,
                   bidirectional=ways == 2, dtype=torch.float64)  # fmt: skip
        own = {}
        for layer in layers:
            place = f"l{layer.number}{'_reverse' * layer.backwards}"
            blocks = {
                name: torch.cat([self.q[name + layer.suffix].chunk(self.model.cell.n_gates)[row]
                                 for row in TORCH_ROWS[cell]])
                for name in ("W_xh", "W_hh", "b_h")
            }  # fmt: skip
            own[f"weight_ih_{place}"], own[f"weight_hh_{place}"] = blocks["W_xh"], blocks["W_hh"]
            own[f"bias_ih_{place}"] = blocks["b_h"]
            own[f"bias_hh_{place}"] = torch.zeros_like(blocks["b_h"])
        start = tuple(one.reshape(len(layers), 1, -1) for one in start)
        states, end = torch.func.functional_call(
            net, own, (x, start if cell == "lstm" else start[0])
        )
        end = end if cell == "lstm" else (end, end)
        return states, tuple(one.reshape(self.model.n_layers, 1, -1) for one in end)

    def grads(self, batch: Batch, targets: Targets) -> dict[str, np.ndarray]:
        """Of the mean cross-entropy, by autograd; one sequence."""
        torch, model = self.torch, self.model
        zero = torch.zeros(model.n_layers, 1, model.n_hidden, dtype=torch.float64)
        start = (zero, zero)
        if batch.vector is not None:
            s = torch.tanh(self.q["W_vh"] @ torch.tensor(batch.vector[:, 0]) + self.q["b_v"])
            start = (s.reshape(model.n_layers, 1, model.n_hidden), zero)
        states = None
        for layers, x in zip(model.segments, batch.x, strict=True):
            n_words = len(self.q["W_xh" + layers[0].suffix].T)
            one_hot = torch.eye(n_words, dtype=torch.float64)[torch.tensor(x)]
            below = states
            states, start = self.read(layers, one_hot, start)
        if model.attends:
            alpha = torch.softmax(states[:, 0] @ below[:, 0].T, dim=1)
            states = torch.cat([states, (alpha @ below[:, 0])[:, None]], dim=2)
        logits = (states @ self.q["W_hy"].T + self.q["b_y"])[-len(targets.one_hot) :, 0]
        wanted = torch.tensor(targets.one_hot[:, :, 0].argmax(axis=1))
        torch.nn.functional.cross_entropy(logits, wanted).backward()
        return {name: q.grad.numpy() for name, q in self.q.items()}


@pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed")
@pytest.mark.parametrize("n_layers", [1, 2])
@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("case", "bidirectional"), [
    ("classify", False), ("next_token", False), ("caption", False), ("encode_decode", False),
    ("encode_decode", True), ("attention", False), ("attention", True),
])  # fmt: skip
def test_pytorch_s_own_modules_find_the_same_gradients(case, bidirectional, cell, n_layers):
    asked, how, _ = CASES[case]
    model = a_model(cell, n_layers, bidirectional, **how)
    batch, targets = asked().batch(model, np.array([0]))
    exact = model.backward(model.read(batch), targets).grads
    errors = relative_errors(exact, Twin(model).grads(batch, targets))
    assert max(errors.values()) < 1e-12, errors
