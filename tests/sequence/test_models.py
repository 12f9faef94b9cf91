"""From settings to the model on the card: one way, for everybody, and it says what it could not."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from rnn_core import CELLS, Hyperparameters, LanguageRun, TrainingRun, load_dataset
from tests.apptest import go_to, key, open_app, owner, value
from ui.kit import jobs
from ui.sequence import datasets, models
from ui.sequence import text_model as text
from ui.sequence.architecture import Architecture, describe
from ui.sequence.models import Training, recommended, training

SHAPES = list(itertools.product((1, 2, 3), (False, True)))


def card(app) -> str:
    """All that the page says in words."""
    return " ".join(markdown.value for markdown in app.markdown)


@pytest.mark.parametrize(
    ("cell", "n_layers", "both"), [(cell, *shape) for cell in CELLS for shape in SHAPES]
)
def test_what_is_recommended_learns_everything(cell: str, n_layers: int, both: bool) -> None:
    work = Training("sentiment", recommended("sentiment", 16, Architecture(cell, n_layers, both)),
                    None)  # fmt: skip
    jobs.at_once(work)
    assert work.run.converged is not None
    assert work.run.epoch <= models.LONGEST


@pytest.mark.parametrize(("settings", "name"), [
    ({"n_hidden": 16}, "vanilla RNN, 16 units, seed 0"),
    ({"n_hidden": 1, "activation": "relu"}, "vanilla RNN with relu, 1 unit, seed 0"),
    ({"n_hidden": 4, "init": "positive"},
     "vanilla RNN, 4 units, started with weights U(0, 1), all positive, seed 0"),
    ({"cell": "lstm", "n_hidden": 16, "n_layers": 2, "bidirectional": True},
     "LSTM, 16 units, 2 layers, both directions, seed 0"),
])  # fmt: skip
def test_the_model_is_named(settings: dict, name: str) -> None:
    assert describe(Hyperparameters(**settings)) == name


def test_a_training_for_a_page_is_the_run_of_its_settings() -> None:
    hp = Hyperparameters(n_hidden=4, seed=5)
    work = Training("sentiment", hp, 7)
    while not work.done:
        work.advance(1e-9)  # by single steps
    run = TrainingRun(load_dataset("sentiment"), hp)
    run.advance(epochs=7)
    np.testing.assert_array_equal(work.run.model.flat, run.model.flat)
    assert (work.run.epoch, work.complete) == (7, True)


def test_it_pauses_at_its_cap_between_epochs_and_goes_on() -> None:
    work = Training("sentiment", Hyperparameters(n_hidden=4), 30)
    work.cap_s = 1e-9
    work.advance(60.0)
    assert (work.run.epoch, work.done, work.complete) == (1, True, False)
    work.longer()
    work.advance(60.0)
    assert work.complete


def test_a_run_that_cannot_go_on_is_done() -> None:
    hot = {"activation": "relu", "spectral_radius": 3.0, "lr": 10.0, "clip": "none", "n_hidden": 16}
    work = Training("sentiment", Hyperparameters(**hot), None)
    work.advance(60.0)
    assert (work.run.stopped is not None, work.done) == (True, True)


def test_everybody_who_asks_for_the_same_waits_for_one() -> None:
    hp = Hyperparameters(n_hidden=4)
    assert training("sentiment", hp) is training("sentiment", Hyperparameters(n_hidden=4))
    assert training("sentiment", hp) is not training("sentiment", hp, 100)


LINK = {"s": "not bad", "cell": "lstm", "units": 8, "seed": 3, "epoch": 7}


@pytest.mark.parametrize("name", ["start", "read", "step_back", "check"])
def test_every_page_shows_the_model_of_its_link(name: str) -> None:
    app = open_app(name, **LINK)
    assert not app.error
    assert "LSTM, 8 units, seed 3" in card(app)
    assert "epoch 7" in card(app)


def test_an_epoch_beyond_the_usual_end_is_trained_for() -> None:
    app = open_app("read", units=4, epoch=100)
    assert "Trained **100 epochs**" in card(app)
    assert "Shown as it was" not in card(app)


def test_the_models_of_its_moments_count_with_a_training() -> None:
    work = Training("sentiment", Hyperparameters(n_hidden=3), None)
    work.run.advance(epochs=2)
    before, flat = models._n_bytes(work), work.run.model.flat.nbytes
    assert before == (3 + 3) * flat
    here = models.Chosen(work.run, 1, 0.0, 0.0)
    assert here.trained is models.Chosen(work.run, 1, 0.0, 0.0).trained
    assert models._n_bytes(work) == before + flat


def test_a_page_change_keeps_what_the_page_cannot_show() -> None:
    app = go_to(go_to(open_app("read", **LINK), "memory"), "start")
    assert "LSTM, 8 units, seed 3" in card(app)
    assert {name: value(app, name) for name in LINK} == LINK


@pytest.mark.parametrize("name", ["read", "train", "start"])
def test_a_broken_file_is_named_and_the_usual_data_used(name: str, monkeypatch, tmp_path: Path):
    (tmp_path / "mine.csv").write_text("text,label,split\ngood,yes,train\nbad,,test\n")
    monkeypatch.setattr(datasets, "_from_file", lambda which: load_dataset(
        which, tmp_path if which == "mine" else load_dataset.__defaults__[0]))  # fmt: skip
    monkeypatch.setattr(datasets, "_files", lambda: ["mine", "sentiment"])
    app = open_app(name, data="mine")
    assert not app.error
    assert [info.value for info in app.info if "mine.csv, line 3: the label is empty" in info.value]
    assert "58 sentences" in card(app) or name == "train"


def test_the_seed_is_chosen_on_the_page() -> None:
    app = open_app("read", units=4)
    app.number_input(key=key(app, "seed")).set_value(2).run()
    assert "4 units, seed 2" in card(app)
    assert owner(app).published == {"units": "4", "seed": "2", "v": "2"}


def test_too_large_a_network_gives_way_to_the_nearest_and_that_is_said() -> None:
    app = open_app("start", cell="lstm", layers=3, both=True, units=256)
    assert value(app, "units") == 32
    assert [info.value for info in app.info if "the nearest is 32" in info.value]


@pytest.mark.parametrize(("shape", "much", "largest"), [
    (("rnn", 1, False), False, 256), (("rnn", 1, False), True, 128),
    (("lstm", 1, False), False, 128),
])  # fmt: skip
def test_no_size_keeps_a_visitor_waiting(shape: tuple, much: bool, largest: int) -> None:
    assert max(Architecture(*shape).sizes(much)) == largest


def test_the_everyday_model_reads_as_its_checkpoint_and_can_be_trained_on() -> None:
    ready, made = models.ready_made(), models.checkpoint()
    for sentence in ("the movie wasn't good", "i am happy"):
        p, same = ready.model.forward(sentence).p, made.model.forward(sentence).p
        np.testing.assert_allclose(p, same, atol=1e-12)
    assert ready.record.test_accuracy == pytest.approx(made.figures["test"], abs=0.005)
    assert ready.run.epoch == ready.epoch == made.figures["epoch"]
    assert ready.run.fork(ready.epoch).advance(steps=1) == 1


def test_another_network_that_is_chosen_reads_instead_of_the_everyday_model() -> None:
    usual = open_app("start")
    assert usual.get("popover")[2].proto.popover.label.startswith("Everyday · GRU")
    other = open_app("start", seed=3)
    assert other.get("popover")[2].proto.popover.label.startswith("RNN · 16 units")
    assert not other.error


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("name", ["parity", "bracket_depth", "remember_first"])
def test_a_task_is_learned_in_a_moment(name: str, cell: str) -> None:
    work = Training(name, recommended(name, 16, Architecture(cell)), None)
    jobs.at_once(work)
    assert max(record.test_accuracy for record in work.run.history) == 1


def test_a_text_is_trained_by_a_run_of_its_kind_and_in_one_direction() -> None:
    hp = recommended("rhymes", 4, Architecture("gru", 1, True))
    assert (hp.cell, hp.bidirectional) == ("gru", False)
    work = Training("rhymes", hp, 1)
    work.advance(60.0)
    assert isinstance(work.run, LanguageRun)
    assert work.complete
    assert models.learned(work.run) == f"{len(work.run.dataset.stream):,} symbols"


def test_tasks_and_texts_are_offered_by_name() -> None:
    app = open_app("train", data="parity")
    offered = next(box for box in app.selectbox if box.key == key(app, "data"))
    assert {*text.TASKS.values()} <= set(offered.options)
    assert "Next symbol: rhymes" in offered.options
