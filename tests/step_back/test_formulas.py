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
from ui.step_back import formulas, lines
from ui.step_back.formulas import precise
from ui.step_back.text import NOT_USED
from ui.step_back.watched import Watched

SUM = re.compile(r"(?<!× )[+−]\d+\.\d+(?: [+−] \d+\.\d+)+ = [+−]\d+\.\d+(?!\d|e)")


def view(cell: str, n_layers: int = 1, both: bool = False, layer: int = 0, **more) -> BackwardView:
    """A view of one layer. more : as for Reading, and the activation."""
    settings = {name: more.pop(name) for name in ("activation", "clip", "clip_at") if name in more}
    return views.view(cell=cell, n_layers=n_layers, bidirectional=both, **settings,
                      shown={"layer": layer, **more})  # fmt: skip


def said(made: BackwardView, unit: int, t: int) -> str:
    """All that stands at one word, a line for each formula."""
    rows = [row for line in lines.word(made, unit, t) for row in line.rows]
    return "\n".join(f"{texts(left)} {right}" for left, right in rows)


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
            assert (NOT_USED in told) == first
            for name, length in made.start.items():
                assert (f"|∂L/∂{name}| = {compact(length)}" in told) == first
            assert_sums_add_up(told)


@pytest.mark.parametrize("cell", CELLS)
def test_the_readout_s_sum_is_the_gradient_that_enters(cell: str) -> None:
    made = view(cell)
    told = "\n".join(right for _, right in formulas.readout(made, 2, 3))
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


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("unit", [0, 3])
def test_what_is_handed_on_is_the_sum_over_the_links(cell: str, unit: int) -> None:
    """As it is printed, the strongest first, all others as one; and it is the trace's number."""
    made = view(cell)
    for t in made.path:
        (line,) = (one for one in lines.word(made, unit, t) if one.more)
        rows, total = line.more[2:]
        printed = [Decimal(texts(row[-1]).replace("−", "-")) for row in rows[2][2:]]
        whole = re.search(r"[+−][\d.e−]+$", texts(total))[0].replace("−", "-")
        assert sum(printed) == Decimal(whole)
        assert float(whole) == pytest.approx(made.passed[t, unit], abs=1e-4)
        d_u = made.bwd.d_u[t]
        terms = np.abs(made.reading.params["W_hh"][:, unit] * d_u)
        shown = [texts(row[2]) for row in rows[2][2 : 2 + formulas.N_TERMS]]
        n_units, gates = made.reading.model.n_hidden, {s.gate: s.symbol for s in made.reading.gates}
        for name, row in zip(shown, np.argsort(-terms, kind="stable").tolist(), strict=False):
            gate = f"{gates[row // n_units]} of " if gates else ""
            assert name == f"{gate}unit {row % n_units}"


@pytest.mark.parametrize("activation", CELLS["rnn"].activations)
def test_every_activation_has_its_derivative(activation: str) -> None:
    made = view("rnn", activation=activation)
    assert f"{compact(float(made.derivatives[1, 0]), 4)} ×" in said(made, 0, 1)


def test_a_layer_that_reads_backwards_hands_on_to_the_next_word() -> None:
    made = view("rnn", 1, True, layer=1)
    assert "∂L/∂h3=WhhT∂L/∂a2" in said(made, 0, 1)


def test_what_is_held_passes_no_gradient() -> None:
    made = view("lstm", interventions=(Intervention("f", 1.0),))
    assert "held by hand: no gradient" in said(made, 0, 2)


def test_the_loss_and_the_update() -> None:
    made = view("gru")
    p = float(made.reading.fwd.p[-1, made.reading.model.class_number("positive")])
    (_, loss), _ = formulas.loss(made)[0]
    assert loss == f"−ln {p:.4f} = {-np.log(p):.4f} nats"
    told = "".join(texts(more) for _, more in formulas.update(made, 1))
    assert f"length of the gradient{compact(made.update.length, 4)}" in told


@pytest.mark.parametrize("clip", ["none", "value", "norm"])
@pytest.mark.parametrize(("cell", "n_layers", "layer"), [("rnn", 1, 0), ("lstm", 2, 1)])
def test_one_weight_goes_from_before_to_after_the_step(
    clip: str, cell: str, n_layers: int, layer: int
) -> None:
    made = view(cell, n_layers, layer=layer, clip=clip, clip_at=0.01)
    now, entry = made.reading, (made.reading.block.start + 2, made.partner)
    *_, ((_, step), *_) = (rows for rows, _ in formulas.update(made, 2))
    assert_sums_add_up(step)
    before, _, after = (float(x.replace("−", "-").replace("- ", "-").replace("+ ", ""))
                        for x in re.findall(r"[+−] ?[\d.]+", step))  # fmt: skip
    weights = [model.weights(now.place)["W_hh"][entry] for model in (now.model, made.update.model)]
    np.testing.assert_allclose([before, after], weights, atol=2e-6)


@pytest.mark.parametrize("activation", CELLS["rnn"].activations)
@pytest.mark.parametrize("held", [(), (Intervention("h", 0.5, (1,)),)])
def test_the_watched_cell_makes_what_the_trace_says(activation: str, held: tuple) -> None:
    for cell in CELLS:
        held = (Intervention(view(cell).reading.model.cell.signals[-1].name, 0.5, (1,)),) * bool(
            held
        )
        for layer in (0, 1):
            made = view(cell, 1, True, layer, interventions=held,
                        activation=activation if cell == "rnn" else "tanh")  # fmt: skip
            for t in made.path:
                names = Watched(made, t).names
                np.testing.assert_array_equal(names["d_a"][:, 0], made.bwd.d_a[t])
                np.testing.assert_array_equal(names["d_h_before"][:, 0], made.passed[t])


def test_a_layer_below_the_top_gets_its_gradient_from_above() -> None:
    made = view("rnn", 2, layer=0)
    left, right = formulas.handed_down(made, 1, 0)
    assert "WxhT∂L/∂a1" in texts(left)
    assert precise(made.bwd.d_h_from_output[0, 1]) in right
