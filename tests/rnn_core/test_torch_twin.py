"""The same network in PyTorch, its gradients by autograd: equal to the last digits.

Without PyTorch these are not run, and conftest.py says so loudly; central differences still are.
"""

from collections.abc import Sequence

import numpy as np
import pytest

from rnn_core import Model, relative_errors
from tests.conftest import HAS_TORCH
from tests.models import KINDS, SENTENCE, WIRINGS, read_together, small_model, some_state

pytestmark = pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed")
PADDED, ANSWERS = [[0, 2, 1, 2, 4], [3], [1, 1, 0], [4, 3]], [0, 1, 2, 1]


class Twin:
    """The vanilla RNN with one-hot vectors, written for autograd."""

    def __init__(self, model: Model) -> None:
        import torch

        self.torch = torch
        self.squash = getattr(torch, model.cell.activation.value.__name__)
        self.q = {
            name: torch.tensor(np.ascontiguousarray(array), requires_grad=True)
            for name, array in model.params.items()
        }

    def read(self, ids: list[int], h_0: np.ndarray | None = None) -> tuple:
        """States (T, H) and logits (T, C)."""
        q, torch = self.q, self.torch
        h = torch.zeros_like(q["b_h"]) if h_0 is None else torch.tensor(h_0)
        states = []
        for word in ids:
            x = torch.eye(q["W_xh"].shape[1], dtype=h.dtype)[word]
            h = self.squash(q["W_xh"] @ x + q["W_hh"] @ h + q["b_h"])
            states.append(h)
        states = torch.stack(states)
        return states, states @ q["W_hy"].T + q["b_y"]

    def loss(self, logits: object, answers: int | list) -> object:
        """Mean cross-entropy over what is asked."""
        if isinstance(answers, int):
            answers = [None] * (len(logits) - 1) + [answers]
        asked = [t for t, answer in enumerate(answers) if answer is not None]
        wanted = self.torch.tensor([answers[t] for t in asked])
        return self.torch.nn.functional.cross_entropy(logits[asked], wanted)

    def grads(self, loss: object) -> dict[str, np.ndarray]:
        loss.backward()
        return {name: array.grad.numpy() for name, array in self.q.items()}


RNNS = [activation for cell, activation in KINDS if cell == "rnn"]


@pytest.mark.parametrize("wiring", WIRINGS)
@pytest.mark.parametrize("activation", RNNS)
def test_one_sentence(activation: str, wiring: str) -> None:
    model = small_model(activation=activation, n_hidden=7)
    twin, h_0 = Twin(model), some_state(model)
    states, logits = twin.read(SENTENCE, h_0)
    loss = twin.loss(logits, WIRINGS[wiring])
    fwd = model.forward(SENTENCE, h_0)
    np.testing.assert_allclose(fwd.h, states.detach().numpy(), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(fwd.y, logits.detach().numpy(), rtol=1e-12, atol=1e-15)
    assert model.loss(fwd, WIRINGS[wiring]) == pytest.approx(loss.item(), rel=1e-12)
    errors = relative_errors(model.backward(fwd, WIRINGS[wiring]).grads, twin.grads(loss))
    assert max(errors.values()) < 1e-12


@pytest.mark.parametrize("every_step", [False, True])
@pytest.mark.parametrize("activation", RNNS)
def test_a_padded_batch(activation: str, every_step: bool) -> None:
    model = small_model(activation=activation, n_hidden=7)
    twin = Twin(model)
    losses = [twin.loss(twin.read(ids)[1], c) for ids, c in zip(PADDED, ANSWERS, strict=True)]
    bwd = read_together(model, PADDED, ANSWERS, every_step)
    errors = relative_errors(bwd.grads, twin.grads(sum(losses) / len(losses)))
    assert max(errors.values()) < 1e-12


GATES = {"rnn": [0], "lstm": [1, 2, 3, 0], "gru": [0, 1, 2]}
"""PyTorch's order of blocks, by our numbers: its LSTM has i, f, g, o, ours o, i, f, g."""
SHAPES = [(n_layers, both) for n_layers in (1, 2, 3) for both in (False, True)]


class Torch:
    """PyTorch's own cells with our weights, many-to-one: the readout sees where reading ended."""

    def __init__(self, model: Model, kind: str) -> None:
        import torch

        self.torch, self.model, self.order = torch, model, GATES[kind]
        made = getattr(torch.nn, kind.upper())
        width = len(model.vocabulary)
        self.net = made(width, model.n_hidden, model.n_layers, bidirectional=model.bidirectional)
        self.net = self.net.double()
        self.readout = torch.nn.Linear(model.params["W_hy"].shape[1], len(model.classes)).double()
        with torch.no_grad():
            for name, ours in self.pairs():
                theirs = dict(self.net.named_parameters())[name]
                theirs.copy_(torch.tensor(self.to_torch(model.params[ours])))
            for name, theirs in self.net.named_parameters():
                if name.startswith("bias_hh"):
                    theirs.zero_()
            self.readout.weight.copy_(torch.tensor(model.params["W_hy"]))
            self.readout.bias.copy_(torch.tensor(model.params["b_y"]))

    def pairs(self) -> list[tuple[str, str]]:
        """PyTorch's name and ours of each parameter but the readout's."""
        return [
            (f"{theirs}_l{layer.number}{'_reverse' if layer.backwards else ''}",
             ours + layer.suffix)
            for layer in self.model.layers
            for theirs, ours in (("weight_ih", "W_xh"), ("weight_hh", "W_hh"), ("bias_ih", "b_h"))
        ]  # fmt: skip

    def to_torch(self, array: np.ndarray) -> np.ndarray:
        """Our blocks of rows in PyTorch's order."""
        return self.in_order(array, self.order)

    def from_torch(self, array: np.ndarray) -> np.ndarray:
        """PyTorch's blocks of rows in our order."""
        return self.in_order(array, np.argsort(self.order))

    def in_order(self, array: np.ndarray, order: Sequence[int]) -> np.ndarray:
        blocks = np.split(np.ascontiguousarray(array), len(order))
        return np.concatenate([blocks[i] for i in order])

    def loss(self, ids: list[int], answer: int) -> object:
        torch = self.torch
        x = torch.eye(len(self.model.vocabulary), dtype=torch.float64)[ids]
        out, _ = self.net(x)
        n = self.model.n_hidden
        ended = torch.cat([out[-1, :n], out[0, n:]])
        return torch.nn.functional.cross_entropy(self.readout(ended), torch.tensor(answer))

    def grads(self) -> dict[str, np.ndarray]:
        theirs = dict(self.net.named_parameters())
        found = {ours: self.from_torch(theirs[name].grad.numpy()) for name, ours in self.pairs()}
        return {
            **found,
            "W_hy": self.readout.weight.grad.numpy(),
            "b_y": self.readout.bias.grad.numpy(),
        }


@pytest.mark.parametrize(("n_layers", "bidirectional"), SHAPES)
@pytest.mark.parametrize("kind", GATES)
def test_pytorchs_own_cells(kind: str, n_layers: int, bidirectional: bool) -> None:
    model = small_model(kind, n_hidden=5, n_layers=n_layers, bidirectional=bidirectional)
    twin = Torch(model, kind)
    losses = [twin.loss(ids, answer) for ids, answer in zip(PADDED, ANSWERS, strict=True)]
    sum(losses).backward()
    bwd = read_together(model, PADDED, ANSWERS)
    alone = [model.loss(model.forward(ids), c) for ids, c in zip(PADDED, ANSWERS, strict=True)]
    np.testing.assert_allclose(alone, [loss.item() for loss in losses], rtol=1e-12)
    ours = {name: len(PADDED) * grad for name, grad in bwd.grads.items()}
    assert max(relative_errors(ours, twin.grads()).values()) < 1e-12
