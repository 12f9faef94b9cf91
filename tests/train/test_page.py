"""Train, run without a browser: every setting, links, coming back, presses, the run's numbers."""

import json
import re
from dataclasses import replace
from functools import lru_cache
from itertools import permutations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnn_core import Dataset, Hyperparameters, LanguageRun, TrainingRun
from rnn_core.buffers import errors
from rnn_core.texts import text_names
from tests.apptest import EXISTING, go_to, key, open_app, owner, payloads, texts, value
from tests.models import SMALL, dataset
from ui.kit import address, jobs, settings
from ui.kit.scheduler import Scheduler
from ui.kit.table import RADII, TABLE
from ui.sequence import datasets, models
from ui.sequence.architecture import layer_names, short_names
from ui.sequence.session import STAGES, Session
from ui.train import sentences, slow_motion, story, text, training

FEW = 4
"""Units: enough for every picture, and quick."""


@pytest.fixture
def app() -> AppTest:
    return open_app("train", units=FEW)


def use(monkeypatch: pytest.MonkeyPatch, given: Dataset) -> None:
    """Give every page these data, whatever is chosen; a text of its own stays what Write learns."""
    real = datasets.dataset
    for module in (models, datasets):
        monkeypatch.setattr(
            module, "dataset", lambda name: real(name) if name in text_names() else given
        )
    monkeypatch.setattr(models, "_trained", lru_cache(models._trained.__wrapped__))


def stands(app: AppTest) -> AppTest:
    assert not app.exception
    assert not app.error
    return app


def dashboard(app: AppTest) -> dict:
    return next(p for p in payloads(app) if p["panels"][0]["name"] == "progress")


def patch(app: AppTest, name: str) -> dict:
    return dashboard(app)["frames"][0]["panels"][name]


def session(app: AppTest) -> Session:
    return owner(app).kept["jobs"][models.SESSION].work


def run_of(app: AppTest) -> TrainingRun:
    return session(app).run


def change(app: AppTest, name: str, to: object) -> AppTest:
    """Change a setting by its widget."""
    kinds = ("select_slider", "segmented_control", "toggle", "number_input", "selectbox",
             "text_input", "slider")  # fmt: skip
    widgets = [w for kind in kinds for w in app.get(kind)]
    return stands(next(w for w in widgets if w.key == key(app, name)).set_value(to).run())


def press(app: AppTest, label: str) -> AppTest:
    return stands(next(b for b in app.button if b.label == label).click().run())


def rested(app: AppTest) -> AppTest:
    """Wait until it pauses by itself."""
    while session(app).playing:
        app.run()
    return stands(app.run())


def train(app: AppTest, epochs: int = 3) -> AppTest:
    """Epoch by epoch, as the button does it."""
    for _ in range(epochs):
        rested(press(app, "Epoch"))
    return app


def notes(app: AppTest) -> str:
    return " ".join(info.value for info in app.info)


# ---- settings ----


@pytest.mark.parametrize(
    "changes",
    [{"lr": 10.0, "at": 0.01, "clip": "norm", "loss": "log", "pace": "all", "goal": 20},
     {"lr": 0.0, "at": 10.0, "clip": "none", "pace": "slow", "seed": 999, "radius": RADII[0]},
     {"units": 1, "batch": 128, "radius": RADII[-1], "activation": "relu", "optimizer": "adam"},
     {"cell": "gru", "both": True, "layers": 3, "init": "tiny"},
     {"cell": "lstm", "forget": 10.0}, {"data": "sentiment_large"}, {"units": 128}],
)  # fmt: skip
def test_every_setting(app: AppTest, changes: dict) -> None:
    ours = {**models.RECOMMENDED, **models.CHOSEN, "units": "n_hidden", "cell": "cell"}
    for name, to in changes.items():
        change(app, name, to)
        assert value(app, name) == to
        if name in ours:
            assert getattr(run_of(app).hyperparameters, ours[name]) == to
    train(app, 1)


def test_what_is_not_chosen_suits_the_cell(app: AppTest) -> None:
    change(app, "cell", "lstm")
    hp = run_of(app).hyperparameters
    assert (hp.optimizer, hp.lr, hp.batch_size, hp.init) == ("adam", 0.01, 4, "uniform")
    assert app.select_slider(key=key(app, "lr")).value == 0.01
    assert app.select_slider(key=key(app, "radius")).disabled  # a uniform start scales nothing
    change(app, "init", "orthogonal")
    assert not app.select_slider(key=key(app, "radius")).disabled


def test_settings_that_act_at_once_start_no_new_run(app: AppTest) -> None:
    run = run_of(train(app, 2))
    change(app, "lr", 0.01)
    change(app, "clip", "norm")
    assert run_of(app) is run
    assert (run.hyperparameters.lr, run.hyperparameters.clip) == (0.01, "norm")
    assert "a link trains afresh" in texts(patch(app, "curves look"))


def test_they_act_while_it_plays(app: AppTest) -> None:
    change(app, "goal", 2000)
    press(app, "Play")
    change(app, "lr", 0.01)
    assert (run_of(app).hyperparameters.lr, session(app).playing) == (0.01, True)


def test_a_new_run_keeps_the_previous_one_s_curve(app: AppTest) -> None:
    old = run_of(train(app)).history
    change(app, "units", 1)
    assert (run_of(app).epoch, value(app, "epoch")) == (0, None)
    previous = patch(app, "curves")["data"]["0"]
    assert previous["x"] == [record.epoch for record in old]
    np.testing.assert_allclose(previous["y"], [record.train_loss for record in old], atol=1e-4)


@pytest.mark.parametrize("name", training.PRESETS)
def test_a_preset_plays_a_new_run_and_has_two_begin(app: AppTest, name: str) -> None:
    run, asked = run_of(change(app, "radius", 2.0)), training.PRESETS[name]
    press(app, text.RECIPES[name])
    assert run_of(app) is not run
    pair = owner(app).kept["jobs"].get("ab")
    assert (session(app).playing, pair is not None) == (True, "runs" in asked)
    for setting in (*training.PRESET, *asked):
        assert value(app, setting) == asked.get(setting, TABLE[setting].default)
    assert not value(app, "play")
    if pair:
        hps = [begin().hyperparameters for begin in pair.work.make.values()]
        assert hps[0] == run_of(app).hyperparameters != hps[1]
    else:
        assert run_of(app).hyperparameters.lr == asked.get("lr", 0.01 if name == "lstm" else 0.05)
    assert recipe_named(app.run()) == text.RECIPES[name]
    assert recipe_named(change(app, "units", 8)) == "your own"


def test_a_preset_that_would_turn_what_is_locked_cannot_be_pressed() -> None:
    app = open_app("train", units=FEW, lock="lr", lr=0.2)
    free = {b.label: not b.disabled for b in app.button if b.label in text.RECIPES.values()}
    presets = {text.RECIPES[name]: asked for name, asked in training.PRESETS.items()}
    assert free == {called: asked.get("lr") == 0.2 for called, asked in presets.items()}


@pytest.mark.parametrize(("asked", "job"), [
    ({}, "session"), ({"runs": text.TABS["two"], "ab": "batch"}, "ab"),
    ({"runs": text.TABS["many"]}, "seeds"),
])  # fmt: skip
def test_a_link_that_says_play_begins_what_it_shows_once(asked: dict, job: str) -> None:
    app = open_app("train", units=FEW, play=True, **asked)
    going = {name for name, one in owner(app).kept["jobs"].items() if one.going}
    assert (going, value(app, "play")) == ({job}, False)


def recipe_named(app: AppTest) -> str:
    """The recipe that the button names."""
    labels = [block.proto.popover.label for block in app.get("popover")]
    return next(label for label in labels if "Recipe" in label).removeprefix("Recipe: ")


def test_the_learning_rate_that_is_too_high_ends_with_what_happened() -> None:
    hp = Hyperparameters(**training.PRESETS["fast"])
    run = TrainingRun(models.dataset("sentiment"), hp)
    run.advance(epochs=60)
    losses = [record.train_loss for record in run.history]
    rises = np.diff(losses)
    assert f"rose in {sum(r > 0 for r in rises)} of 60 epochs" in story.ending(run)
    assert f"(epoch {int(np.argmax(rises)) + 1})" in story.ending(run)


def test_without_clipping_its_preset_fails_and_with_it_learns() -> None:
    made = {**training.PRESETS["unclipped"], "n_hidden": 16}
    converged = {"none": 0, "norm": 0}
    for clip in converged:
        for seed in range(5):
            hp = Hyperparameters(**{**made, "clip": clip, "seed": seed})
            run = TrainingRun(models.dataset("sentiment"), hp)
            run.advance(epochs=60)
            converged[clip] += run.converged is not None
    assert (converged["none"] <= 1, converged["norm"] >= 4) == (True, True)


# ---- pictures ----


def below(app: AppTest, name: str) -> dict:
    """What the tab shows: its payload."""
    return next(p for p in payloads(app) if p["panels"][0]["name"] == name)


def test_pictures_are_the_run_s(app: AppTest) -> None:
    run = run_of(train(app, 4))
    curves = patch(app, "curves")["data"]
    for trace, name in zip("2356", ["train_loss", "test_loss", "train_accuracy", "test_accuracy"],
                           strict=True):  # fmt: skip
        expected = [getattr(record, name) for record in run.history]
        np.testing.assert_allclose(curves[trace]["y"], expected, atol=1e-4)
    numbers = " ".join(note["text"] for note in patch(app, "curves")["layout"]["annotations"])
    assert f"train {run.history[-1].train_loss:.3f}" in numbers
    fwd = run.model.forward(value(app, "s"))
    np.testing.assert_allclose(patch(app, "state")["data"]["0"]["z"], fwd.h.T, atol=1e-4)
    np.testing.assert_allclose(patch(app, "state")["data"]["2"]["y"], fwd.p[:, 1], atol=1e-4)


def test_every_sentence_is_a_cell_and_wrong_ones_are_marked_not_only_by_colour(app) -> None:
    run = run_of(train(app, 2))
    drawn = patch(app, "sentences")
    cells, crosses = drawn["data"]["0"]["z"], drawn["data"]["1"]
    n_train, n_test = len(run.dataset.train), len(run.dataset.test)
    places = sentences.places(n_train, n_test)
    marked = set(zip(crosses["y"], crosses["x"], strict=True))
    texts_ = [*run.dataset.train.texts, *run.dataset.test.texts]
    labels = [*run.dataset.train.labels, *run.dataset.test.labels]
    right = []
    for i, error in enumerate(errors(run.model, run.dataset)):
        row, column = places[i]
        assert cells[row][column] == pytest.approx(error, abs=1e-3)
        assert sentences.index_at(column, row, n_train, n_test) == i
        says = run.model.classes[run.model.forward(texts_[i]).p[-1].argmax()]
        right.append(says == labels[i])
        assert (places[i] in marked) == (says != labels[i])
    assert 0 < len(marked) < n_train
    said = [note["text"] for note in drawn["layout"]["annotations"]]
    assert said == [f"train: {sum(right[:n_train])} of {n_train} right",
                    f"test: {sum(right[n_train:])} of {n_test} right"]  # fmt: skip
    change(app, "s", texts_[60])
    (frame,) = patch(app, "sentences")["layout"]["shapes"]
    row, column = places[60]
    assert (frame["x0"], frame["y0"]) == (column - 0.5, row - 0.5)
    change(app, "s", "good good good bad bad")
    assert patch(app, "sentences")["layout"]["shapes"] == []


def test_the_eigenvalues_are_the_run_s_beside_those_at_the_start(app: AppTest) -> None:
    run = run_of(train(app, 2))
    drawn = patch(app, "weights")
    for trace, model in (("1", run.snapshots[0].model), ("2", run.model)):
        values = np.linalg.eigvals(model.params["W_hh"])
        np.testing.assert_allclose(
            sorted(drawn["data"][trace]["x"]), sorted(values.real), atol=1e-3
        )
    radius = np.abs(values).max()
    assert drawn["layout"]["annotations"][0]["text"] == f"{radius:.2f}"
    assert drawn["data"]["3"]["y"][-1] == pytest.approx(radius, abs=1e-3)


def test_under_the_tabs_what_became_of_the_sentence_and_every_weight() -> None:
    app = open_app("train", units=FEW, runs="On the way: reach, radius, gradient")
    run = run_of(train(app, 4))
    payload = below(app, "metrics")
    drawn = [trace["y"] for trace in payload["panels"][0]["figure"]["data"]]
    norms = drawn[3][1:]
    np.testing.assert_allclose(norms, [r.gradient_norm for r in run.history[1:]], atol=1e-4)
    said = texts(payload["panels"][1]["content"])
    horizons, radii = drawn[1:3]
    assert f"from {horizons[0]:g} to {horizons[-1]:g}" in said
    assert f"from {radii[0]:.2f} to {radii[-1]:.2f}" in said
    app = open_app("train", units=FEW, epoch=1, runs="The weights")
    w_hh = below(rested(app), "matrix")["panels"][0]["figure"]["data"][0]["z"]
    np.testing.assert_allclose(w_hh, run_of(app).model.params["W_hh"], atol=1e-3)


def words_of(marks: list[dict]) -> list[str]:
    """The words under a strip."""
    return ["".join(part for _, part in m["text"]) for m in marks if m.get("look") == "x"]


SLOW = {"forward": "It reads", "loss": "the loss is L", "backward": "the gradient is",
        "update": "loss: "}  # fmt: skip


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_slow_motion_shows_the_sentence_that_is_learned(cell: str) -> None:
    app = open_app("train", units=FEW, cell=cell)
    here, seen = session(app), {}
    here.pace = "slow"
    run, text = here.run, run_of(app).dataset.train.texts[int(here.run.upcoming[0])]
    here.play()
    for now in np.arange(0, 30, 0.1):
        here.tick(60, now)
        if here.run.steps and STAGES[here.stage] == "forward":
            break
        if (stage := STAGES[here.stage]) not in seen:
            lesson = slow_motion.Lesson(here, 0)
            strip = next(p for p in lesson.panels if p.name == "lesson strip")
            drawn = lesson.patches
            seen[stage] = texts(drawn["lesson line"]), drawn["lesson strip"], strip.marks
    assert list(seen) == list(STAGES)
    for stage, (said, letters, marks) in seen.items():
        assert SLOW[stage] in said
        assert len(letters) == len(marks)
        looks = [mark.get("look") for mark in marks]
        assert words_of(marks) == text.split()
        assert ("L" in looks) == (stage != "forward")
    assert run.steps == 1


def test_the_page_shows_the_lesson_in_slow_motion(app: AppTest) -> None:
    change(app, "pace", "slow")
    press(app, "Play")
    here = session(app)
    text, label = (
        [*part][here.lesson]
        for part in (here.run.dataset.train.texts, here.run.dataset.train.labels)
    )
    said = texts(patch(app, "lesson title"))
    assert f"wanted {label}" in said
    (strip,) = [p for p in dashboard(app)["panels"] if p["name"] == "lesson strip"]
    assert words_of(strip["marks"]) == text.split()
    press(app, "Pause")
    change(app, "pace", "epochs")
    press(app, "Step")
    assert "Your sentence" in texts(patch(app, "state title"))


@pytest.mark.parametrize(("both", "names"), [(False, ["1", "2"]), (True, ["1 back", "2 forth"])])
def test_one_layer_of_several_is_shown(both: bool, names: list[str]) -> None:
    app = open_app("train", units=FEW, layers=2, both=both, runs="The weights")
    model = run_of(train(app, 2)).model
    for name in names:
        change(app, "layer", name)
        layer = short_names(2, both).index(name)
        w_hh = model.weights(model.layers[layer])["W_hh"]
        z = below(app, "matrix")["panels"][0]["figure"]["data"][0]["z"]
        np.testing.assert_allclose(z, w_hh, atol=1e-3)
        x = patch(app, "weights")["data"]["2"]["x"]
        np.testing.assert_allclose(sorted(x), sorted(np.linalg.eigvals(w_hh).real), atol=1e-3)
        h = model.forward(value(app, "s")).showing(layer).h
        np.testing.assert_allclose(patch(app, "state")["data"]["0"]["z"], h.T, atol=1e-4)
        assert layer_names(2, both)[layer] in texts(patch(app, "weights title"))
        assert layer_names(2, both)[layer] in texts(patch(app, "state title"))
    radius = patch(app, "weights")["data"]["3"]["y"][-1]
    assert radius == pytest.approx(np.abs(np.linalg.eigvals(w_hh)).max(), abs=1e-3)
    change(app, "layers", 3)
    change(app, "layer", short_names(3, both)[-1])
    change(app, "layers", 2)
    names = short_names(2, both)  # there is no third
    assert app.segmented_control(key=key(app, "layer")).value == names[-1 - both]


def test_ranges_are_fixed(app: AppTest) -> None:
    figures = [p for p in dashboard(app)["panels"] if p["kind"] == "figure"]
    before = json.dumps([p["figure"]["layout"] for p in figures])
    axes = [a for p in figures for k, a in p["figure"]["layout"].items() if k[1:5] == "axis"]
    assert all("range" in axis for axis in axes)
    train(app)
    after = [p["figure"]["layout"] for p in dashboard(app)["panels"] if p["kind"] == "figure"]
    assert json.dumps(after) == before


@pytest.mark.parametrize("sentence", ["", "zebra quagga", "good not " * 20, "<b>good</b> :red[x]"])
def test_page_stands_for_any_sentence(app: AppTest, sentence: str) -> None:
    assert "epoch 0" in texts(patch(change(app, "s", sentence), "progress"))
    known = "good" in sentence
    assert ("Your sentence" in texts(patch(app, "state title"))) == known


def test_a_clicked_sentence_becomes_one_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.st, "session_state", {})
    from ui.train import page

    row, column = sentences.places(58, 20)[60]
    click = {"panel": "sentences", "x": column, "y": row}
    monkeypatch.setattr(settings, "reported", lambda *_: click)
    page.sentence_clicked()
    data = models.dataset("sentiment")
    assert (len(data.train), settings.get("s")) == (58, data.test.texts[2])


@pytest.mark.parametrize(
    ("column", "row", "index"),
    [(0, 0, 0), (14, 0, 14), (0, 1, 15), (13, 3, None), (0, 4, None), (0, 5, 58), (-1, 0, None),
     (0, -1, None), (15, 0, None), (0, 99, None)],
)  # fmt: skip
def test_the_sentence_at_a_cell(column: int, row: int, index: int | None) -> None:
    assert sentences.index_at(column, row, 58, 20) == index


# ---- the buttons ----


def test_time_travel_and_a_fork(app: AppTest) -> None:
    run = run_of(train(app, 5))
    assert value(app, "epoch") == 5
    change(app, "epoch", 2)
    h = run.snapshot_at(2).model.forward(value(app, "s")).h
    np.testing.assert_allclose(patch(app, "state")["data"]["0"]["z"], h.T, atol=1e-4)
    assert patch(app, "curves")["layout"]["shapes"][0]["x0"] == 2
    press(app, "Play")
    press(app, "Pause")
    assert run_of(app) is not run
    assert patch(app, "curves")["data"]["0"]["x"] == [0, 1, 2, 3, 4, 5]
    assert [record.epoch for record in run_of(app).history][:3] == [0, 1, 2]
    assert value(app, "epoch") == run_of(app).epoch


def test_a_run_that_explodes_stops_with_a_reason() -> None:
    app = open_app("train", clip="none", activation="relu", radius=3.0, lr=10.0, pace="all")
    with np.errstate(all="ignore"):
        rested(press(app, "Play"))
    assert run_of(app).stopped
    assert "It stopped at" in texts(patch(app, "curves look"))
    assert app.button(key="step").disabled
    press(app, "Play")
    assert "cannot go on" in notes(app)
    press(app, "Restart")
    assert (run_of(app).stopped, value(app, "epoch")) == (None, None)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session in a settings owner of its own, without a page."""
    monkeypatch.setattr(settings.st, "session_state", {})
    use(monkeypatch, SMALL)
    settings.put(units=FEW)
    return training.session()


@pytest.mark.parametrize("order", list(permutations(["play 0", "pause 1", "play 2", "pause 3"])))
@pytest.mark.parametrize("turn", [0, 3])
def test_presses_that_arrive_together_act_once_and_only_the_newest(here, turn, order) -> None:
    for i in range(turn):
        (training.pause if i % 2 else training.play)(i)
    assert here.turn == turn
    for pressed in order:
        verb, drawn = pressed.split()
        if int(drawn) <= turn:  # a button of a later turn was never drawn
            for _ in range(2):
                {"play": training.play, "pause": training.pause}[verb](int(drawn))
    assert here.playing == (turn % 2 == 0) == jobs.going(models.SESSION)
    assert here.turn == turn + 1


def test_a_step_and_an_epoch_pressed_twice_are_made_once(here: Session) -> None:
    for _ in range(2):
        training.step_to(1)
    assert (here.run.steps, settings.get("epoch")) == (1, None)
    for _ in range(2):
        training.epoch_to(1)
    assert (here.until, settings.get("epoch")) == (1, 1)
    here.advance(60)
    training.epoch_to(1)
    assert (here.run.epoch, here.playing) == (1, False)


def test_the_address_is_told_now_and_then_and_exactly_at_the_end(here: Session) -> None:
    here.pace, told = "all", []
    training.play(0)
    for _ in range(5):
        here.run.advance(epochs=1)
        training.follow(here)
        told.append(settings.get("epoch"))
    assert told == [1] * 5  # much less than 5 TELL_S have passed
    training.pause(here.turn)
    assert settings.get("epoch") == 5


# ---- links, other pages, coming back ----


@pytest.mark.parametrize(
    ("epoch", "reached", "said"),
    [("4", 4, ""), ("-3", 0, "nearest"), ("0", 0, ""), ("x", 0, "means nothing"),
     ("1000000000", 2000, "the nearest that there is: 2000")],
)  # fmt: skip
def test_a_link_s_epoch_is_trained_to(monkeypatch, epoch: str, reached: int, said: str) -> None:
    monkeypatch.setattr(settings.st, "session_state", {})
    use(monkeypatch, dataset("good,yes,train"))
    address.read({"epoch": epoch, "units": "1"})
    settings.owner().arrived = True
    here = training.session()
    assert said in " ".join(settings.owner().notes)
    while here.playing:
        here.advance(60)
    training.settle(here)
    assert (here.run.epoch, here.goal) == (reached, max(60, reached))
    assert (settings.get("epoch") or 0) == reached


def test_a_preset_plays_on_while_a_link_s_epoch_is_on_its_way() -> None:
    app = open_app("train", units=FEW, epoch=300)
    press(app, text.RECIPES["fast"])
    assert (session(app).playing, session(app).until, run_of(app).hyperparameters.lr) == (
        True, None, 0.2)  # fmt: skip


def test_a_changed_setting_goes_to_a_link_s_epoch_as_well() -> None:
    app = change(open_app("train", units=FEW, epoch=300), "units", 8)
    assert (session(app).until, run_of(app).hyperparameters.n_hidden) == (300, 8)
    assert value(app, "epoch") == 300


def test_other_pages_show_the_page_s_own_run(app: AppTest) -> None:
    run = run_of(train(app, 3))
    for page in ("read", "step_back"):
        stands(go_to(app, page))
        assert any("on the Train page" in m.value for m in app.markdown)
        assert list(app.select_slider(key=key(app, "epoch")).options) == ["0", "1", "2", "3"]
    change(app, "seed", run.hyperparameters.seed + 1)
    assert not any("on the Train page" in m.value for m in app.markdown)


@pytest.mark.parametrize("playing", [False, True])
def test_who_comes_back_finds_the_run_as_it_was_left(app: AppTest, playing: bool) -> None:
    run = run_of(train(change(app, "goal", 2000), 2))
    if playing:
        press(app, "Play")
    go_to(app, "memory")
    left = run.steps
    go_to(app, "train")
    assert run_of(app) is run
    assert (run.steps, session(app).playing) == (left, False)
    assert value(app, "epoch") == run.epoch


def test_an_earlier_moment_stays_chosen(app: AppTest) -> None:
    change(train(app, 3), "epoch", 1)
    go_to(go_to(app, "memory"), "train")
    assert (value(app, "epoch"), run_of(app).epoch) == (1, 3)


@pytest.mark.parametrize(("epoch", "reached"), [(None, 0), (2, 2)])
def test_who_comes_with_other_settings_gets_their_run(app: AppTest, epoch, reached) -> None:
    old = run_of(train(app, 3))
    stands(go_to(app, "step_back"))
    change(app, "seed", 5)
    if epoch is None:
        owner(app).choices["epoch"].value = None
    else:
        change(app, "epoch", epoch)
    rested(go_to(app, "train"))
    assert (run_of(app).hyperparameters.seed, run_of(app).epoch) == (5, reached)
    assert session(app).previous == old.history


# ---- others, and any data ----


def shared(app: AppTest) -> str | None:
    """With how many others it is shared, as the page says it, and what to do; or None."""
    found = re.search(r"shared with (\d+ others: [^.]*)", texts(patch(app.run(), "curves look")))
    return found and found[1]


def test_a_crowd_is_said_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = Scheduler()  # in the process's own there may be places that other tests have left
    for module in ("ui.kit.jobs", "ui.train.page", "ui.train.training"):
        monkeypatch.setattr(f"{module}.SCHEDULER", alone)
    me, *others = (open_app("train", units=FEW, goal=2000) for _ in range(7))
    for visitor in (me, *others):
        assert shared(visitor) is None
        press(visitor, "Play")
    assert shared(me) == "6 others: pause when you have seen enough"
    press(others[0], "Pause")
    assert shared(me) == "5 others: pause when you have seen enough"
    go_to(others[1], "start")
    assert shared(me) is None


@pytest.mark.parametrize(
    "rows",
    [["good,yes,train"], ["good,yes,train", "not good,yes,train", "very good,yes,test"],
     ["good,yes,train", "bad,no,train"], ["good,*no*,train", "bad,<no>,test"]],
    ids=["one sentence", "one class", "no test", "a class that only the test knows"],
)  # fmt: skip
def test_any_data_is_trained(monkeypatch: pytest.MonkeyPatch, rows: list[str]) -> None:
    few = replace(dataset(*rows), name=" ".join(rows))
    use(monkeypatch, few)
    app = open_app("train", units=FEW, s="good")
    run = run_of(train(app, 6))
    assert (run.dataset, run.epoch, run.stopped) == (few, 6, None)
    for page in EXISTING[1:]:
        assert payloads(stands(go_to(app, page)))


@pytest.mark.parametrize(
    ("tab", "key_"), [("Two runs, one difference", "ab"), ("Many seeds", "seeds")]
)
def test_paired_runs_are_started_stopped_and_seen(tab: str, key_: str) -> None:
    app = open_app("train", units=1, goal=20, runs=tab)
    press(app, "Start")
    work = owner(app).kept["jobs"][key_].work
    press(app, "Stop")
    at = work.share
    assert 0 < at < 1
    app.run()
    assert work.share == at
    press(app, "Start")
    work = owner(app).kept["jobs"][key_].work
    while not work.done:
        app.run()
    panels = next(p for p in payloads(stands(app.run())) if p["panels"][0]["name"] == "runs")
    drawn = panels["frames"][0]["panels"]
    for i, run in enumerate(work.runs.values()):
        expected = [record.train_loss for record in run.history]
        np.testing.assert_allclose(drawn["runs"]["data"][str(2 * i)]["y"], expected, atol=1e-4)
    assert "seeds have every sentence right" in texts(drawn["runs look"]) or key_ == "ab"


@pytest.mark.parametrize("data", ["parity", "copy"])
def test_a_network_that_answers_at_each_step_is_trained_and_shown(
    data: str, own_trainings: None
) -> None:
    app = stands(open_app("train", data=data, units=FEW))
    press(app, "Epoch")
    app = rested(app)
    run = run_of(app)
    assert "answers" not in texts(patch(app, "curves title"))
    fwd = run.model.forward(value(app, "s"))
    right = run.dataset.known_target(value(app, "s"))
    p = [None if name is None else round(fwd.p[t, run.model.class_number(name)], 4)
         for t, name in enumerate(right)]  # fmt: skip
    assert patch(app, "state")["data"]["2"]["y"] == p
    name, share = story.majority(run)
    asked = run.dataset.train.answers[run.dataset.train.answers >= 0]
    assert share == max(np.mean(asked == c) for c in range(len(run.dataset.classes)))
    assert name in run.dataset.classes


def test_slow_motion_shows_every_loss_of_a_sequence(own_trainings: None) -> None:
    app = stands(open_app("train", data="copy", units=FEW, pace="slow"))
    here = session(app)
    here.stage = STAGES.index("backward")
    lesson = slow_motion.Lesson(here, 0)
    losses = [mark for mark in lesson.strip.marks if mark.get("look") == "L each"]
    assert len(losses) == 6
    assert "6 answers" in texts(lesson.patches["lesson title"])


def test_a_text_is_trained_by_its_own_run_and_measured_in_perplexity(own_trainings: None) -> None:
    app = stands(open_app("train", data="rhymes", units=FEW, pace="slow"))
    press(app, "Epoch")
    app = rested(app)
    run = run_of(app)
    assert isinstance(run, LanguageRun)
    assert "Perplexity" in texts(patch(app, "curves title"))
    drawn = patch(app, "curves")["data"]["2"]["y"]
    highest = 1.1 * len(run.model.classes)
    expected = [min(np.exp(record.train_loss), highest) for record in run.history]
    np.testing.assert_allclose(drawn, expected, atol=1e-3)
    assert not session(app).slow  # there is no sentence to show it with
