"""The formulas of the way back: the numbers beneath them are the trace's, and their sums add up."""

import itertools
import re
from decimal import Decimal

import numpy as np
import pytest

from rnn_core import CELLS, Intervention
from tests.apptest import texts
from tests.step_back import views
from ui.kit.numbers import compact
from ui.sequence.backward_view import BackwardView
from ui.step_back import formulas
from ui.step_back.formulas import precise

SUM = re.compile(r"[+−]\d+\.\d+(?: [+−] \d+\.\d+)+ = [+−]\d+\.\d+(?!\d|e)")


def view(cell: str, n_layers: int = 1, both: bool = False, layer: int = 0, **more) -> BackwardView:
    """A view of one layer. more : as for Reading, and the activation."""
    activation = more.pop("activation", "tanh")
    return views.view(cell=cell, n_layers=n_layers, bidirectional=both, activation=activation,
                      shown={"layer": layer, **more})  # fmt: skip


def said(made: BackwardView, unit: int, t: int) -> str:
    """All that stands at one word."""
    return texts((formulas.gated if made.reading.gates else formulas.plain)(made, unit, t))


def assert_sums_add_up(text: str) -> None:
    for found in SUM.findall(text):
        left, right = found.replace("−", "-").replace("- ", "-").replace("+ ", "+").split(" = ")
        assert sum(map(Decimal, left.split())) == Decimal(right), found


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("n_layers", "both"), [(1, False), (2, True)])
def test_the_numbers_are_the_trace_s(cell: str, n_layers: int, both: bool) -> None:
    for layer, unit in itertools.product(range(n_layers * (1 + both)), (0, 3)):
        made = view(cell, n_layers, both, layer)
        for t in made.path:
            told = said(made, unit, t)
            rows = [(gate.gate or 0) * 5 + unit for gate in made.reading.gates] or [unit]
            assert all(precise(made.bwd.d_a[t, row]) in told for row in rows)
            first = made.reading.earlier(t) is None
            assert (formulas.FIRST in told) == first
            for name, length in made.start.items():
                assert (f"|∂L/∂{name}| = {compact(length)}" in told) == first
            assert_sums_add_up(told)


@pytest.mark.parametrize("cell", CELLS)
def test_the_readout_s_sum_is_the_gradient_that_enters(cell: str) -> None:
    made = view(cell)
    told = texts(formulas.readout(made, 2, 3))
    assert SUM.search(told)
    assert_sums_add_up(told)
    total = float(SUM.findall(told)[0].rpartition(" = ")[2].replace("−", "-"))
    assert total == pytest.approx(made.bwd.d_h_from_output[3, 2], abs=5e-5)


def test_the_first_state_s_gradient_is_the_trace_s() -> None:
    for made in (view("lstm", 1, True, layer=1), view("rnn")):
        first = made.path[-1]
        assert made.start["h"] == pytest.approx(np.linalg.norm(made.bwd.d_h_before[first]))
        assert made.start.keys() == set(made.reading.model.cell.carry)
        assert made.start["h"] > 0


def test_what_is_handed_on_is_the_sum_over_the_links() -> None:
    made = view("rnn")
    told = said(made, 1, 2)
    total = SUM.findall(told)[-1].rpartition(" = ")[2]
    links = made.reading.params["W_hh"][:, 1] @ made.bwd.d_a[2]
    assert float(total.replace("−", "-")) == pytest.approx(links, abs=5e-5)


@pytest.mark.parametrize("activation", CELLS["rnn"].activations)
def test_every_activation_has_its_derivative(activation: str) -> None:
    made = view("rnn", activation=activation)
    assert f"{made.derivatives[1, 0]:.4f} ×" in said(made, 0, 1)


def test_a_layer_that_reads_backwards_hands_on_to_the_next_word() -> None:
    made = view("rnn", 1, True, layer=1)
    assert "∂L/∂h3=WhhT∂L/∂a2" in said(made, 0, 1)


def test_what_is_held_passes_no_gradient() -> None:
    made = view("lstm", interventions=(Intervention("f", 1.0),))
    assert "held by hand: no gradient" in said(made, 0, 2)


def test_the_loss_and_the_update() -> None:
    made = view("gru")
    p = float(made.reading.fwd.p[-1, made.reading.model.class_number("positive")])
    assert f"L=−lnpc−ln {p:.4f} = {-np.log(p):.4f} nats" in texts(formulas.loss(made))
    assert f"length of the gradient{compact(made.update.length, 4)}" in texts(formulas.update(made))


def test_a_layer_below_the_top_gets_its_gradient_from_above() -> None:
    made = view("rnn", 2, layer=0)
    told = texts(formulas.handed_down(made, 1, 0))
    assert "WxhT∂L/∂a1" in told
    assert precise(made.bwd.d_h_from_output[0, 1]) in told
