"""The same network in PyTorch, its gradients by autograd: equal to the last digits.

Without PyTorch these are not run, and conftest.py says so loudly; central differences still are.
"""

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
