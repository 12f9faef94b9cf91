"""The race: dots in the order in which they come early, and more seeds without a new beginning."""

import pytest

from rnn_core import Hyperparameters, TrainingRun
from rnn_core.cells import RNN
from rnn_core.experiments.bugs import MissingTranspose
from rnn_core.experiments.paired_runs import PairedRuns
from tests.apptest import key, open_app, owner, payloads, texts
from tests.models import SMALL
from ui.check import race


@pytest.fixture
def small(monkeypatch) -> None:
    """Runs of a moment, of which the right ones arrive within 200 epochs."""

    def begin(right: bool, seed: int) -> TrainingRun:
        cell = RNN() if right else MissingTranspose()
        return TrainingRun(SMALL, Hyperparameters(n_hidden=5, lr=0.01, seed=seed), cell)

    monkeypatch.setattr(race, "begin", begin)
    monkeypatch.setattr(race, "LONGEST", 200)


def said(app, name: str) -> str:
    panels = [panel for sent in payloads(app) for panel in sent["panels"]]
    return texts(next(p for p in panels if p["name"] == name)["content"])


def finished(app) -> PairedRuns:
    """Stop the race, and let all of it run."""
    app.button(key="stop race").click().run()
    now = owner(app).kept["jobs"]["race"].work
    while not now.done:
        now.advance(1.0)
    return now


def dots(app) -> list[str]:
    panels = [panel for sent in payloads(app) for panel in sent["panels"]]
    return next(p for p in panels if p["name"] == "race")["figure"]["data"][0]["text"]


def test_those_that_arrive_soon_go_first() -> None:
    order = [("right" if right else "wrong", seed) for right, seed in race.runs(3)]
    assert order == [("right", 0), ("right", 1), ("wrong", 0), ("right", 2), ("wrong", 1),
                     ("wrong", 2)]  # fmt: skip


@pytest.mark.usefixtures("small")
def test_it_starts_stops_where_it_is_and_goes_on() -> None:
    app = open_app("check", tab="The race", race_seeds=3)
    assert said(app, "race where") == "0 of 6 trainings have ended"
    app.button(key="start race").click().run()
    assert "now seed" in said(app, "race where")
    app.button(key="stop race").click().run()
    stood = said(app, "race where")
    assert said(app.run(), "race where") == stood
    assert app.button(key="start race").label == "Go on"
    app.button(key="start race").click().run()
    assert said(app, "race where") != stood


@pytest.mark.usefixtures("small")
def test_more_seeds_go_on_from_what_is_there_and_fewer_hide_some() -> None:
    app = open_app("check", tab="The race", race_seeds=3)
    app.button(key="start race").click().run()
    now = finished(app)
    app.run()
    assert "6 of 6" in said(app, "race where")
    first = dict(now.results)
    app.selectbox(key=key(app, "race_seeds")).set_value(4).run()
    assert (app.button(key="start race").label, len(dots(app))) == ("Go on", 6)
    app.button(key="start race").click().run()
    assert "of 8 trainings" in said(app, "race where")
    now = finished(app)
    assert {place: now.results[place] for place in first} == first
    assert len(dots(app.run())) == 8
    app.selectbox(key=key(app, "race_seeds")).set_value(3).run()
    assert len(dots(app)) == 6


@pytest.mark.usefixtures("small")
def test_when_it_is_over_nothing_ticks_and_it_can_begin_anew() -> None:
    app = open_app("check", tab="The race", race_seeds=3)
    app.button(key="start race").click().run()
    now = finished(app)
    app.run()
    assert app.button(key="start race").label == "Start the race"
    sums = said(app, "race sums")
    assert "With the transpose: " in sums
    assert "of 3 got everything right" in sums
    app.button(key="start race").click().run()
    assert owner(app).kept["jobs"]["race"].work is not now


def test_a_dot_for_each_end_and_a_height_for_each_seed() -> None:
    ends = {(True, 0): 400, (True, 1): 500, (False, 0): None}
    ran, runs = race.strip(ends, (False, 70), 3, 1000).data
    assert list(ran.x) == [400, 500, 1090]
    assert list(ran.text) == ["seed 0: epoch 400", "seed 1: epoch 500", "seed 0: never"]
    assert ran.y[2] - ran.y[0] == 1
    assert [ran.marker.color.index(color) for color in ran.marker.color] == [0, 0, 2]
    assert (list(runs.x), list(runs.y)) == ([0, 70], [1.4, 1.4])


@pytest.mark.parametrize(
    ("ends", "look"),
    [
        ({}, "where the two rows of dots will stand"),
        ({(True, 0): 400}, "where the two rows of dots will stand"),
        ({(True, 0): 400, (False, 0): 500},
         "without the transpose 1.2 times as many epochs. And the red column: 0 of 1 without"),
        ({(True, 0): 400, (True, 1): 200, (False, 0): None, (False, 1): 900},
         "3 times as many epochs. And the red column: 1 of 2 without the transpose never arrive, "
         "0 of 2 with it."),
        ({(True, 0): 400, (False, 0): None}, "the red column: 1 of 1 without the transpose never"),
    ],
)  # fmt: skip
def test_what_the_dots_say_is_counted(ends: dict, look: str) -> None:
    assert look in race._look(ends)
