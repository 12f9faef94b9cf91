"""Cells, layers and directions in the views: the numbers are the trace's, a hand holds a gate."""

import itertools
import json

import numpy as np
import pytest

from rnn_core import CELLS, Hyperparameters, Intervention, TrainingRun, load_dataset
from tests.apptest import film, open_app, payloads, texts
from ui import arithmetic, gating, models
from ui.controls import kinds
from ui.lenses import back, gates, gates_back, leaning, pair, path, training, whole_step
from ui.reading import Reading
from ui.state import holds
from ui.state.holds import Held
from ui.unit_sum import unit_sum
from ui.way_back import WayBack
from ui.words import number
from ui.words.back import small

GATED = [cell for cell in CELLS if CELLS[cell].n_gates > 1]
SHAPES = list(itertools.product((1, 2, 3), (False, True)))
TEXT = "i am not bad"
DATA = load_dataset("sentiment")


def run_of(cell: str, n_layers: int = 1, both: bool = False, **settings) -> TrainingRun:
    run = TrainingRun(DATA, Hyperparameters(
        cell=cell, n_hidden=settings.pop("n_hidden", 5), n_layers=n_layers, bidirectional=both,
        **settings,
    ))  # fmt: skip
    run.advance(epochs=2)
    return run


def reading(cell: str, n_layers: int = 1, both: bool = False, text: str = TEXT, **shown) -> Reading:
    model = run_of(cell, n_layers, both).model
    return Reading(model, model.vocabulary.encode(text), **shown)


def way(now: Reading, truncate: int | None = None) -> WayBack:
    return WayBack(now, "positive", truncate, Hyperparameters(), False)


def said(panels: list, frames: list) -> str:
    """All that is sent, as JSON; a number that is none raises."""
    sent = [[json.loads(panel.text) for panel in panels], [frame.panels for frame in frames]]
    return json.dumps(sent, allow_nan=False)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("n_layers", "both"), SHAPES)
@pytest.mark.parametrize("text", ["good", TEXT])
def test_every_view_stands_for_every_network(cell, n_layers, both, text) -> None:
    run = run_of(cell, n_layers, both, activation=CELLS[cell].activations[-1])
    model = run.model
    signals = [signal.name for signal in model.cell.signals]
    for layer, signal in itertools.product(range(len(model.layers)), signals):
        now = Reading(model, model.vocabulary.encode(text), "effect", layer, signal,
                      (Intervention(signals[-1], 0.5, None, (0, 1), layer),))  # fmt: skip
        unit, back_from = now.telling_unit, way(now, 2)
        said(*arithmetic.film(now, unit))
        films = [whole_step.film(now, unit), back.film(back_from, unit)]
        if now.gates:
            films += [gates.film(now, unit), gates_back.film(back_from, unit)]
        if signal == "h":
            films += [path.film(now, DATA), pair.film(now, now), training.film(now, run.snapshots)]
        for panels, frames in films:
            said(panels, frames)
        said(leaning.panels(back_from), [])


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
@pytest.mark.parametrize(("n_layers", "both"), SHAPES)
def test_the_products_make_each_gate_s_blame(cell, n_layers, both) -> None:
    model = run_of(cell, n_layers, both).model
    for i in range(len(model.layers)):
        now = Reading(model, model.vocabulary.encode(TEXT), layer=i)
        made_from = way(now)
        bwd, h = made_from.bwd, model.n_hidden
        for gate in now.gates:
            blamed, met = gating.blames(model)[gate.name]
            rows = slice(gate.gate * h, (gate.gate + 1) * h)
            made = gating.blame(bwd, blamed, model) * gating.value(now.fwd.layer, met)
            made = made * made_from.derivatives[:, rows]
            np.testing.assert_allclose(made, bwd.d_a[:, rows], atol=1e-14)


@pytest.mark.parametrize("cell", GATED)
@pytest.mark.parametrize(("n_layers", "both"), [(1, False), (2, True)])
@pytest.mark.parametrize("unit", [0, 4])
def test_the_arithmetic_is_the_network_s(cell, n_layers, both, unit) -> None:
    for layer in range(n_layers * (1 + both)):
        now = reading(cell, n_layers, both, layer=layer)
        for t, frame in enumerate(arithmetic.explained(now, unit)):
            top, bottom = texts(frame.panels["sum"]), texts(frame.panels["result"])
            for gate in now.gates:
                row = gate.gate * now.model.n_hidden + unit
                parts = unit_sum(now, t, row)
                memory = parts.total - (parts.word + parts.bias)
                squashed = now.fwd.signals[gate.name][t, unit, 0]
                for value in (parts.word, memory, parts.bias, parts.total, squashed):
                    assert number(float(value), 2) in top
            for name in now.model.cell.carry:
                assert number(float(now.fwd.signals[name][t, unit, 0])) in bottom


@pytest.mark.parametrize("cell", GATED)
@pytest.mark.parametrize(("n_layers", "both"), [(1, False), (2, True)])
def test_the_way_back_shows_each_gate_s_numbers(cell, n_layers, both) -> None:
    for layer in range(n_layers * (1 + both)):
        now, unit = reading(cell, n_layers, both, layer=layer), 2
        made = way(now)
        frames = back.film(made, unit)[1]
        assert len(frames) == len(now.words) + 3
        for frame, t in zip(frames[2:-1], made.path, strict=True):
            told = texts(frame.panels["formula"])
            for gate in now.gates:
                row = gate.gate * now.model.n_hidden + unit
                assert small(float(made.bwd.d_a[t, row])) in told


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("n_layers", "both"), SHAPES)
def test_the_words_shares_add_up_in_every_layer(cell, n_layers, both) -> None:
    for layer in range(n_layers * (1 + both)):
        now = reading(cell, n_layers, both, layer=layer)
        made = way(now)
        panels, frames = back.film(made, 0)
        factors = next(panel for panel in panels if panel.name == "sums").factors
        total = np.array(factors["left"]).T @ np.array(factors["right"])
        grad = made.bwd.grads["W_hh" + now.place.suffix][now.block]
        np.testing.assert_allclose(total, grad[np.ix_(now.order, now.order)], atol=1e-6)
        assert frames[-1].panels["sums"]["outer"]["1"] == [0, len(now.words)]


@pytest.mark.parametrize("cell", GATED)
def test_gates_held_right_copy_the_memory(cell) -> None:
    copy = CELLS[cell].copying
    held = tuple(Intervention(gate, value, None, range(2, 40)) for gate, value in copy.items())
    now = reading(cell, holds=held)
    layer, memory = now.fwd.layer, gating.memory(now.model)
    after, before = gating.value(layer, memory), gating.value(layer, f"before {memory}")
    np.testing.assert_allclose(after[2:], before[2:], rtol=0, atol=gates.EXACT)
    assert np.abs(after[:2] - before[:2]).max() > 0.01
    frames = gates.film(now, 0)[1]
    assert ["Copied" in texts(frame.panels["gates numbers"]) for frame in frames] == [
        False, False, True, True,
    ]  # fmt: skip


def test_what_is_held_passes_no_blame() -> None:
    now = reading("lstm", holds=(Intervention("f", 1.0),))
    made = way(now)
    gate = next(signal.gate for signal in now.gates if signal.name == "f")
    assert not np.split(made.bwd.d_a, 4, axis=1)[gate].any()
    assert "held by hand: no blame" in texts(back.film(made, 0)[1][3].panels["formula"])


def test_the_loss_after_the_step_is_read_with_the_same_hand() -> None:
    now = reading("lstm", holds=(Intervention("i", 0.0),))
    made = way(now)
    again = made.update.model.forward(TEXT, interventions=now.holds)
    assert made.update.loss_after == made.update.model.loss(again, "positive")


@pytest.mark.parametrize("one", [
    Held("f", 1.0), Held("i", 0.25, (3,), (0,), 2),
    Held("h", -1.0, (0, 1, 2, 7), tuple(range(5, 40))),
])  # fmt: skip
def test_a_hold_survives_its_link(one: Held) -> None:
    assert holds._read(holds._written(one)) == one


@pytest.mark.parametrize("text", ["", "f", "f_x_all_all_0", "f_nan_all_all_0", "f_1_-3_all_0",
                                  "f_1_all_0_0", "f_1_all_all_-1", "f_1_all_9-3_0", "_1_all_all_0",
                                  "f_1_all_all_0_0", "f_1_all_1-99999999999_0"])  # fmt: skip
def test_a_bad_hold_is_none(text: str) -> None:
    assert holds._read(text) is None


def on(app, **choices):
    """Open Read with these in the session, as if chosen."""
    for key, value in choices.items():
        app.session_state[key] = value
    return app.run()


@pytest.mark.parametrize(("cell", "n_layers", "both"), [
    (cell, *shape) for cell in CELLS for shape in SHAPES
])  # fmt: skip
def test_the_page_s_recipe_learns_everything(cell, n_layers, both) -> None:
    run = models.trained("sentiment", models.recipe("sentiment", 16, 0, cell, n_layers, both)).run
    assert run.converged is not None
    assert run.epoch <= models.LONGEST


@pytest.mark.parametrize(("settings", "name"), [
    ({"n_hidden": 16}, "vanilla RNN, 16 units, seed 0"),
    ({"n_hidden": 1, "activation": "relu"}, "vanilla RNN with relu, 1 unit, seed 0"),
    ({"cell": "lstm", "n_hidden": 16, "n_layers": 2, "bidirectional": True},
     "LSTM, 16 units, 2 layers, both directions, seed 0"),
])  # fmt: skip
def test_the_model_is_named(settings, name) -> None:
    assert kinds.describe(Hyperparameters(**settings)) == name


def test_the_page_says_which_model_it_is() -> None:
    app = on(open_app("read"), cell="gru", layers=2, both=True)
    assert not app.exception
    assert not app.error
    card = " ".join(markdown.value for markdown in app.markdown)
    assert "GRU, 16 units, 2 layers, both directions, seed 0" in card
    look = next(p for p in film(app)["panels"] if p["name"] == "look")
    assert "beside what the backward half made of the whole sentence" in texts(look["content"])


def test_one_click_from_no_gates_to_gates() -> None:
    app = on(open_app("read"), lens="Gates")
    assert any("no gates" in markdown.value for markdown in app.markdown)
    app.button(key="become lstm").click().run()
    assert not app.exception
    assert any(panel["name"] == "gates" for p in payloads(app) for panel in p["panels"])


@pytest.mark.parametrize("name", ["read", "step_back"])
def test_a_held_gate_is_said_and_freed(name: str) -> None:
    app = on(open_app(name), cell="lstm", hold="f_1_all_all_0~i_0_all_3-40_0")
    assert not app.exception
    held = [m.value for m in app.markdown if "Held by hand" in m.value]
    assert held == [":material/pan_tool: **Held by hand:** f = 1; i = 0 from word 3 on."]
    before = film(app)
    app.button(key="free").click().run()
    assert not [m.value for m in app.markdown if "Held by hand" in m.value]
    assert film(app) != before


def test_a_hold_that_does_not_fit_is_let_go_and_said() -> None:
    app = on(open_app("read"), cell="gru", hold="f_1_all_all_0~z_9_all_all_0")
    assert app.session_state["hold"] == "z_1_all_all_0"
    assert any("so what was held there is free" in info.value for info in app.info)


def test_another_signal_is_drawn() -> None:
    app = on(open_app("read"), cell="lstm", signal="f")
    fwd = models.trained("sentiment", models.recipe("sentiment", 16, 0, "lstm")).run.model.forward(
        "i am not at all bad or sad right now"
    )
    heat = next(p for p in film(app)["panels"] if p["name"] == "states")["figure"]["data"][0]
    rows = [row[0][1] for row in heat["customdata"]]
    np.testing.assert_allclose(heat["z"], fwd.signals["f"][..., 0].T[rows], atol=5e-5)
    assert (heat["zmin"], heat["zmax"]) == (0, 1)
