"""Train, run without a browser: every control, bad links, hostile sentences, the run's numbers."""

import json
import re
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnn_core import TrainingRun
from rnn_core.buffers import errors
from tests.apptest import open_app, payloads, texts
from tests.models import dataset
from tests.test_pages import SENTENCES
from ui import models
from ui.controls import UNITS, bench
from ui.controls.bench import BATCHES, RADII
from ui.controls.kinds import layer_names, short_names
from ui.figures import sentences
from ui.scheduler import Scheduler
from ui.state import knobs as state_knobs
from ui.state import training as state_train
from ui.studio import Studio


@pytest.fixture
def app() -> AppTest:
    return open_app("train")


def stands(app: AppTest) -> AppTest:
    assert not app.exception
    assert not app.error
    return app


def wall(app: AppTest) -> dict:
    return next(p for p in payloads(app) if p["panels"][0]["name"] == "ticker")


def patch(app: AppTest, name: str) -> dict:
    return wall(app)["frames"][0]["panels"][name]


def run_of(app: AppTest) -> TrainingRun:
    return app.session_state["studio"].run


def press(app: AppTest, verb: str) -> AppTest:
    """Play or Pause, whatever turn it is."""
    button = next(one for one in app.button if one.label.lower() == verb)
    return button.click().run()


def train(app: AppTest, epochs: int = 3) -> AppTest:
    """Epoch by epoch, as the button does it."""
    for _ in range(epochs):
        before = run_of(app).epoch
        app.button(key="one epoch").click().run()
        while run_of(app).epoch == before or app.session_state["studio"].playing:
            app.run()
    return stands(app)


@pytest.mark.parametrize(
    ("kind", "key", "values"),
    [("select_slider", "units", [1, 256]), ("select_slider", "radius", [RADII[0], RADII[-1]]),
     ("select_slider", "batch", [BATCHES[-1]]), ("select_slider", "lr", [0.0, 10.0]),
     ("select_slider", "at", [0.01, 10.0]), ("select_slider", "goal", [20]),
     ("number_input", "seed", [999]), ("selectbox", "data", ["sentiment_large"]),
     ("segmented_control", "clip", ["none", "norm"]), ("segmented_control", "loss", ["decades"]),
     ("segmented_control", "optimizer", ["adam"]), ("segmented_control", "activation", ["relu"]),
     ("segmented_control", "cell", ["gru", "lstm"]), ("segmented_control", "layers", [3]),
     ("toggle", "both", [True]), ("segmented_control", "init", ["tiny"]),
     ("segmented_control", "pace", ["slow", "all"])],
)  # fmt: skip
def test_every_control(app: AppTest, kind: str, key: str, values: list) -> None:
    for value in values:
        next(w for w in app.get(kind) if w.key == key).set_value(value)
        stands(app.run())
        assert app.session_state[key] == value
        train(app, 1)


def test_knobs_that_act_at_once_start_no_new_run(app: AppTest) -> None:
    run = run_of(train(app, 2))
    app.select_slider(key="lr").set_value(0.01)
    app.segmented_control(key="clip").set_value("norm").run()
    assert run_of(app) is run
    assert (run.hyperparameters.lr, run.hyperparameters.clip) == (0.01, "norm")
    assert any("a link trains afresh" in caption.value for caption in app.caption)


def shared(app: AppTest) -> str | None:
    """With how many others it is shared, as the page says it, and what to do; or None."""
    found = re.search(r"shared with (\d+ others: .*)", texts(patch(app.run(), "ticker")))
    return found and found[1]


def test_a_crowd_is_said_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = Scheduler()  # in the process's own there may be places that other tests have left
    monkeypatch.setattr("ui.scheduler.PROCESS", alone)
    monkeypatch.setattr(state_train, "PROCESS", alone)
    me, *others = (open_app("train") for _ in range(7))
    for visitor in (me, *others):
        visitor.select_slider(key="goal").set_value(2000).run()
        assert shared(visitor) is None
        press(visitor, "play")
    assert shared(me) == "6 others: pause when you have seen enough"
    press(others[0], "pause")
    assert shared(me) == "5 others: pause when you have seen enough"
    others[1].switch_page("pages/read.py").run()
    assert shared(me) is None


def test_a_new_run_keeps_the_old_curve_as_a_shadow(app: AppTest) -> None:
    old = run_of(train(app)).history
    app.select_slider(key="units").set_value(UNITS[0]).run()
    assert run_of(app).epoch == 0
    ghost = patch(app, "curves")["data"]["0"]
    assert ghost["x"] == [record.epoch for record in old]
    np.testing.assert_allclose(ghost["y"], [record.train_loss for record in old], atol=1e-4)


def test_pictures_are_the_run_s(app: AppTest) -> None:
    run = run_of(train(app, 4))
    curves = patch(app, "curves")["data"]
    for trace, name in zip("2345", ["train_loss", "test_loss", "train_accuracy", "test_accuracy"],
                           strict=True):  # fmt: skip
        expected = [getattr(record, name) for record in run.history]
        np.testing.assert_allclose(curves[trace]["y"], expected, atol=1e-4)
    fwd = run.model.forward(app.text_input(key="s").value)
    np.testing.assert_allclose(patch(app, "state")["data"]["0"]["z"], fwd.h.T, atol=1e-4)
    w_hh = patch(app, "weights")["data"]["0"]["z"]
    np.testing.assert_allclose(w_hh, run.model.params["W_hh"], atol=1e-3)
    cells = patch(app, "sentences")["data"]["0"]["z"]
    n_train = len(run.dataset.train)
    for i, error in enumerate(errors(run.model, run.dataset)):
        column, row = sentences.place(i, n_train)
        assert cells[row][column] == pytest.approx(error, abs=1e-3)
        assert sentences.index_at(column, row, n_train, len(run.dataset.test)) == i
    norms = patch(app, "tracks")["data"]["3"]["y"][1:]
    np.testing.assert_allclose(norms, [r.gradient_norm for r in run.history[1:]], atol=1e-4)


@pytest.mark.parametrize(("both", "names"), [(False, ["1", "2"]), (True, ["1 back", "2 forth"])])
def test_one_layer_of_several_is_shown(app: AppTest, both: bool, names: list[str]) -> None:
    assert not [g for g in app.segmented_control if g.key == "layer"]  # there is only one
    app.toggle(key="both").set_value(both)
    app.segmented_control(key="layers").set_value(2).run()
    model = run_of(train(app, 2)).model
    for name in names:
        stands(app.segmented_control(key="layer").set_value(name).run())
        layer = short_names(2, both).index(name)
        w_hh = model.weights(model.layers[layer])["W_hh"]
        np.testing.assert_allclose(patch(app, "weights")["data"]["0"]["z"], w_hh, atol=1e-3)
        x = patch(app, "weights")["data"]["2"]["x"]
        np.testing.assert_allclose(sorted(x), sorted(np.linalg.eigvals(w_hh).real), atol=1e-3)
        h = model.forward(app.text_input(key="s").value).showing(layer).h
        np.testing.assert_allclose(patch(app, "state")["data"]["0"]["z"], h.T, atol=1e-4)
        title = next(p for p in wall(app)["panels"] if p["name"] == "weights title")
        assert layer_names(2, both)[layer] in texts(title["content"])
    radii = patch(app, "tracks")["data"]["2"]["y"]
    app.segmented_control(key="layers").set_value(3).run()
    app.segmented_control(key="layer").set_value(short_names(3, both)[-1]).run()
    app.segmented_control(key="layers").set_value(2).run()
    assert app.session_state["layer"] == ("2 forth" if both else "2")  # there is no third
    assert radii[-1] == pytest.approx(np.abs(np.linalg.eigvals(w_hh)).max(), abs=1e-3)


def test_ranges_are_fixed(app: AppTest) -> None:
    figures = [p for p in wall(app)["panels"] if p["kind"] == "figure"]
    before = json.dumps([p["figure"]["layout"] for p in figures])
    axes = [a for p in figures for k, a in p["figure"]["layout"].items() if k[1:5] == "axis"]
    assert all("range" in axis for axis in axes)
    train(app)
    after = [p["figure"]["layout"] for p in wall(app)["panels"] if p["kind"] == "figure"]
    assert json.dumps(after) == before


def test_time_travel_and_a_branch(app: AppTest) -> None:
    run = run_of(train(app, 5))
    next(s for s in app.select_slider if s.label == "Go back in time").set_value(2).run()
    model = run.snapshot_at(2).model
    h = model.forward(app.text_input(key="s").value).h
    np.testing.assert_allclose(patch(app, "state")["data"]["0"]["z"], h.T, atol=1e-4)
    assert patch(app, "curves")["layout"]["shapes"][0]["x0"] == 2
    press(app, "play")
    press(app, "pause")
    assert run_of(app) is not run
    assert patch(app, "curves")["data"]["0"]["x"] == [0, 1, 2, 3, 4, 5]
    assert [record.epoch for record in run_of(app).history][:3] == [0, 1, 2]


def test_read_and_step_back_show_the_page_s_own_run(app: AppTest) -> None:
    run = run_of(train(app, 3))
    for page in ("pages/read.py", "pages/step_back.py"):
        stands(app.switch_page(page).run())
        assert any("on the Train page" in m.value for m in app.markdown)
        assert list(app.select_slider(key="epoch slider").options) == ["0", "1", "2", "3"]
    app.number_input(key="seed").set_value(run.hyperparameters.seed + 1).run()
    assert not any("on the Train page" in m.value for m in app.markdown)


@pytest.mark.parametrize("name", state_knobs.PRESETS)
def test_a_preset_plays_a_new_run(app: AppTest, name: str) -> None:
    run = run_of(app)
    stands(app.button(key=f"preset {name}").click().run())
    assert run_of(app) is not run
    assert app.session_state["studio"].playing
    for key, value in state_knobs.PRESETS[name].items():
        assert app.session_state[key] == value


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
def test_page_stands_for_any_sentence(app: AppTest, sentence: str) -> None:
    stands(app.text_input(key="s").set_value(sentence).run())
    assert "epoch 0" in texts(patch(app, "ticker"))


def test_a_run_that_explodes_stops_with_a_reason(app: AppTest) -> None:
    app.segmented_control(key="clip").set_value("none")
    app.segmented_control(key="activation").set_value("relu")
    app.select_slider(key="radius").set_value(3.0)
    app.select_slider(key="lr").set_value(10.0).run()
    with np.errstate(all="ignore"):
        app.segmented_control(key="pace").set_value("all")
        press(app, "play")
        while app.session_state["studio"].playing:
            app.run()
        stands(app.run())
    assert run_of(app).stopped
    said = texts(patch(app, "ticker"))
    assert "It stopped at" in said
    assert "clipping" in said
    assert app.button(key="step").disabled
    press(app, "play")
    assert any("cannot go on" in info.value for info in app.info)
    assert stands(app.button(key="again").click().run())


@pytest.mark.parametrize(
    ("epoch", "reached", "said"),
    [(4, 4, None), (None, 0, None), (-3, 0, None), (0, 0, None), (10**9, 2000, "trained for 2000")],
)
def test_a_link_s_epoch(monkeypatch, epoch: int | None, reached: int, said: str | None) -> None:
    notes: list[str] = []
    monkeypatch.setattr(state_train.st, "session_state", {"epoch": epoch})
    monkeypatch.setattr(state_train, "note", notes.append)
    data, settings = models.dataset("sentiment"), models.recipe("sentiment", 4, 0)
    here = state_train.studio(data, settings, 60)
    if reached:
        assert bench.how_far(here) == reached
        here.tick(0.001, 0)
        other = replace(settings, n_hidden=8)  # a knob of the link that is known only now
        assert state_train.studio(data, other, 60) is here
        assert (here.run.epoch, here.until, here.run.hyperparameters.n_hidden) == (0, reached, 8)
    for i in range(400):
        here.tick(1.0, i)
    assert (here.run.epoch, here.goal, here.playing) == (reached, max(60, reached), False)
    assert [said in text for text in notes] == ([True] if said else [])
    assert state_train.st.session_state.get("epoch") is None


def test_a_preset_plays_on_while_a_link_s_epoch_is_on_its_way(monkeypatch) -> None:
    monkeypatch.setattr(state_train.st, "session_state", {"epoch": 40})
    data, settings = models.dataset("sentiment"), models.recipe("sentiment", 4, 0)
    assert state_train.studio(data, settings, 60).until == 40
    state_train.st.session_state["fresh"] = True
    here = state_train.studio(data, replace(settings, lr=0.2), 60)
    assert (here.playing, here.until, here.run.hyperparameters.lr) == (True, None, 0.2)


@pytest.mark.parametrize("order", list(permutations(["play 0", "pause 1", "play 2", "pause 3"])))
@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_presses_that_arrive_together_act_once_and_only_the_newest(
    monkeypatch, turn, order
) -> None:
    here = Studio(models.dataset("sentiment"), models.recipe("sentiment", 4, 0))
    for i in range(turn):
        here.pause() if i % 2 else here.play()
    assert here.turn == turn
    monkeypatch.setattr(state_train.st, "session_state", {"studio": here})
    for press in order:
        verb, drawn = press.split()
        if int(drawn) <= turn:  # a button of a later turn was never drawn
            {"play": state_train.play, "pause": state_train.pause}[verb](int(drawn))
            {"play": state_train.play, "pause": state_train.pause}[verb](int(drawn))
    assert here.playing == (turn % 2 == 0)
    assert here.turn == turn + 1


def test_a_page_drawn_for_one_that_plays_hears_that_it_ended(monkeypatch) -> None:
    monkeypatch.setattr(state_train.st, "session_state", {})
    here = Studio(models.dataset("sentiment"), models.recipe("sentiment", 4, 0))
    assert state_train.tick(here, drawn=True)  # whoever ended it, the page does not know
    assert not state_train.tick(here, drawn=False)


@pytest.mark.parametrize(
    ("column", "row", "index"),
    [(0, 0, 0), (14, 0, 14), (0, 1, 15), (13, 3, None), (0, 4, None), (0, 5, 58), (-1, 0, None),
     (0, -1, None), (15, 0, None), (0, 99, None)],
)  # fmt: skip
def test_the_sentence_at_a_cell(column: int, row: int, index: int | None) -> None:
    assert sentences.index_at(column, row, 58, 20) == index


@pytest.mark.parametrize("pages", [(), ("read", "step_back", "check")])
@pytest.mark.parametrize(
    "rows",
    [["good,yes,train"], ["good,yes,train", "not good,yes,train", "very good,yes,test"],
     ["good,yes,train", "bad,no,train"], ["good,yes,train", "bad,no,test"]],
    ids=["one sentence", "one class", "no test", "a class that only the test knows"],
)  # fmt: skip
def test_any_data_is_trained(monkeypatch: pytest.MonkeyPatch, rows: list[str], pages) -> None:
    few = replace(dataset(*rows), name=" ".join(rows))  # what is trained is kept by its name
    monkeypatch.setattr(models, "names", lambda: [few.name])
    monkeypatch.setattr(models, "dataset", lambda name: few)
    app = open_app("train")
    app.text_input(key="s").set_value("good").run()
    run = run_of(train(app, 6))
    assert (run.dataset, run.epoch, run.stopped) == (few, 6, None)
    for page in pages:
        stands(app.switch_page(f"pages/{page}.py").run())
        assert payloads(app)
