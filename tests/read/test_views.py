"""The views stand for every network, and their numbers are the trace's."""

import itertools
import json

import numpy as np
import pytest

from rnn_core import CELLS, Hyperparameters, Intervention, TrainingRun, load_dataset
from tests.apptest import texts
from tests.models import SMALL, run_of
from ui.kit.numbers import adding_up, number
from ui.read import arithmetic, before_after, gates, pair, path, whole_step
from ui.sequence import architecture
from ui.sequence import signals as gating
from ui.sequence.own_weights import Place
from ui.sequence.reading import Reading
from ui.sequence.unit_sum import unit_sum

GATED = [cell for cell in CELLS if CELLS[cell].n_gates > 1]
SHAPES = [(1, False), (2, True)]
TEXT = "this is not bad"


def trained(cell: str, n_layers: int = 1, both: bool = False, **settings) -> TrainingRun:
    run = run_of(cell=cell, n_hidden=5, n_layers=n_layers, bidirectional=both, **settings)
    run.advance(epochs=2)
    return run


def reading(cell: str, n_layers: int = 1, both: bool = False, text: str = TEXT, **shown) -> Reading:
    model = trained(cell, n_layers, both).model
    return Reading(model, model.vocabulary.encode(text), **shown)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("n_layers", "both"), SHAPES)
@pytest.mark.parametrize("text", ["good", TEXT])
def test_every_view_stands_for_every_network(cell, n_layers, both, text) -> None:
    run = trained(cell, n_layers, both, activation=CELLS[cell].activations[-1])
    model = run.model
    signals = [signal.name for signal in model.cell.signals]
    for layer, signal in itertools.product(range(len(model.layers)), {"h", signals[-1]}):
        now = Reading(model, model.vocabulary.encode(text), "effect", layer, signal,
                      (Intervention(signals[-1], 0.5, None, (0, 1), layer),))  # fmt: skip
        unit = now.telling_unit
        films = [arithmetic.film(now, unit), whole_step.film(now, unit)]
        if now.gates:
            films.append(gates.film(now, unit))
        if signal == "h":
            films += [path.film(now, SMALL), pair.film(now, now)]
            films.append(before_after.film(now, run.snapshots))
        for panels, frames in films:
            assert all(json.loads(panel.text) for panel in panels)
            assert json.dumps([frame.panels for frame in frames], allow_nan=False)


@pytest.mark.parametrize("cell", GATED)
@pytest.mark.parametrize(("n_layers", "both"), SHAPES)
def test_the_products_make_the_state(cell, n_layers, both) -> None:
    now = reading(cell, n_layers, both)
    mixes = gating.mixes(now.model)
    assert [mix.target for mix in mixes][-1:] == ["h"]
    for layer in now.fwd.layers:
        for mix in mixes:
            made = sum(gating.value(layer, a) * gating.value(layer, b) for a, b in mix.products)
            np.testing.assert_allclose(made, layer.signals[mix.target][..., 0], atol=1e-14)


@pytest.mark.parametrize("cell", GATED)
@pytest.mark.parametrize(("n_layers", "both"), [(1, False), (2, True)])
def test_the_gates_arithmetic_is_the_network_s(cell, n_layers, both) -> None:
    unit = 4
    for layer in range(n_layers * (1 + both)):
        now = reading(cell, n_layers, both, layer=layer)
        for t, frame in enumerate(arithmetic.film(now, unit)[1]):
            top = bottom = texts(frame.panels["sum"])
            for gate in now.gates:
                parts = unit_sum(now, t, gate.gate * now.model.n_hidden + unit)
                memory = parts.total - (parts.word + parts.bias)
                squashed = now.fwd.signals[gate.name][t, unit, 0]
                shown, total = adding_up((parts.word, memory, parts.bias), 2)
                for text in (*shown, total, number(float(squashed), 2)):
                    assert text in top
            for name in now.model.cell.carry:
                assert number(float(now.fwd.signals[name][t, unit, 0])) in bottom


@pytest.mark.parametrize("unit", [0, 3])
def test_a_plain_unit_s_arithmetic_is_the_network_s(unit: int) -> None:
    now = reading("rnn")
    for t, frame in enumerate(arithmetic.film(now, unit)[1]):
        parts, h = unit_sum(now, t, unit), now.fwd.h[t, unit]
        shown, total = adding_up((parts.word, float(parts.memory.sum()), parts.bias))
        assert number(parts.total) == total
        assert all(text in texts(frame.panels["sum"]) for text in (*shown, total))
        assert number(float(h)) in texts(frame.panels["sum"])


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layer", [0, 1])
def test_a_click_on_a_matrix_finds_the_weight_that_is_drawn_there(cell: str, layer: int) -> None:
    now = reading(cell, 2, layer=layer)
    found = set()
    for panel in whole_step.film(now, 0)[0]:
        for block, trace in enumerate(panel.figure.data if panel.kind == "figure" else ()):
            for row, numbers in enumerate(trace.z):
                for column, drawn in enumerate(numbers):
                    if place := whole_step.weight_at(now, panel.name, block, row, column):
                        found.add(place.name.removesuffix(now.place.suffix))
                        assert drawn == pytest.approx(place.value(now.model), abs=5e-5)
    assert found == {"W_xh", "W_hh", "b_h", "W_hy", "b_y"}
    assert whole_step.weight_at(now, "memory", 0, 99, 0) is None
    assert whole_step.weight_at(now, "memory", 1, 0, 0) is None


def test_what_is_set_by_hand_is_framed_where_it_stands() -> None:
    now, place = reading("gru"), Place("W_hh", 0, 1)
    unit = now.block.start  # of the gate that is shown
    shown = Place("W_hh", unit, 1)
    plain, framed = (whole_step.film(now, 0, marked)[1][0].panels["memory"]["layout"]["shapes"]
                     for marked in ((), (place, shown)))  # fmt: skip
    (new,) = framed[len(plain) :]
    row, column = now.order.index(0), now.order.index(1)
    assert (new["x0"], new["y0"]) == (column - 0.5, row - 0.5)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layer", [0, 1])
def test_the_matrices_hold_the_network_s_vectors(cell: str, layer: int) -> None:
    now = reading(cell, 2, layer=layer, order_by="number")
    rows = now.block
    for t, frame in enumerate(whole_step.film(now, 0)[1]):
        z = {name: {int(i): np.ravel(trace["z"]) for i, trace in patch["data"].items()}
             for name, patch in frame.panels.items() if "look" not in name}  # fmt: skip
        np.testing.assert_allclose(z["word"][2], now.fwd.input_projection[t, rows], atol=5e-5)
        np.testing.assert_allclose(z["memory"][2], now.params["W_hh"][rows] @ now.fwd.h_before[t],
                                   atol=5e-5)  # fmt: skip
        np.testing.assert_allclose(z["sum"][3], now.fwd.a[t, rows], atol=5e-5)
        np.testing.assert_allclose(z["answer"][4], now.fwd.p[t], atol=5e-5)
        if now.gates:
            np.testing.assert_allclose(z["mix"][max(z["mix"])], now.fwd.h[t], atol=5e-5)


@pytest.mark.parametrize("cell", GATED)
def test_gates_held_right_copy_the_memory(cell) -> None:
    copy = CELLS[cell].copying
    held = tuple(Intervention(gate, value, None, range(2, 40)) for gate, value in copy.items())
    now = reading(cell, interventions=held)
    layer, memory = now.fwd.layer, gating.memory(now.model)
    after, before = gating.value(layer, f"{memory}_t"), gating.value(layer, f"{memory}_{{t-1}}")
    np.testing.assert_allclose(after[2:], before[2:], rtol=0, atol=gates.EXACT)
    assert np.abs(after[:2] - before[:2]).max() > 0.01
    frames = gates.film(now, 0)[1]
    assert ["Copied" in texts(frame.panels["gates numbers"]) for frame in frames] == [
        False, False, True, True,
    ]  # fmt: skip
    assert "without the hand" in texts(frames[0].panels["gates numbers"])


def test_before_and_after_has_a_frame_for_each_epoch_kept() -> None:
    run = TrainingRun(load_dataset("sentiment"), Hyperparameters(n_hidden=4))
    run.advance(epochs=3)
    now = Reading(run.model, run.model.vocabulary.encode("i am not bad"))
    panels, frames = before_after.film(now, run.snapshots)
    assert len(frames) == len(run.snapshots) == 4
    for frame, snapshot in zip(frames, run.snapshots, strict=True):
        fwd = snapshot.model.forward("i am not bad")
        data = frame.panels["training"]["data"]
        np.testing.assert_allclose(data["0"]["z"], fwd.h.T[now.order], atol=6e-4)
        for curve in ("1", "2"):  # what is to come and what was read: here the same
            np.testing.assert_allclose(data[curve]["y"], fwd.p[:, now.answer], atol=6e-4)
    figure = next(panel for panel in panels if panel.name == "training").figure
    assert [row[0][1] for row in figure.data[0].customdata] == now.order


def test_only_so_many_other_sentences_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(path, "MOST_OTHERS", 2)
    panels, _ = path.film(reading("rnn"), SMALL)
    assert len(panels[1].figure.data[1].x) == 2


@pytest.mark.parametrize("cell", CELLS)
def test_the_whole_step_says_how_many_weights_and_that_a_longer_sentence_adds_none(cell) -> None:
    said = []
    for text in ("good", TEXT):
        now = reading(cell, text=text)
        panel = next(p for p in whole_step.film(now, 0)[0] if p.name == "weights")
        said.append(texts(panel.content))
        formula = architecture.parameter_formula(now.model)
        assert formula in said[-1]
        assert f"{now.model.flat.size:,} parameters" in said[-1]
        assert f"{len(now.words)} words" in said[-1]
    assert said[0] != said[1]


def test_a_gate_s_bands_leave_room_for_unknown_words() -> None:
    now = reading("lstm", text="this zebra is not bad")
    panels, frames = gates.film(now, 0)
    picture = next(panel for panel in panels if panel.name == "gates")
    assert picture.columns == 5
    for trace in picture.figure.data:
        assert all(row[1] is None and None not in (row[0], *row[2:]) for row in trace.z)
        assert len(trace.colorbar.ticktext) in (2, 3)
    assert [frame.at for frame in frames] == [0, 2, 3, 4]
    assert frames[1].panels["gates words"][5:] == "punff"
