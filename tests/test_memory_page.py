"""How far back does it remember?, run without a browser: dials, stories, trials, the cliff."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from rnn_core import task_names
from tests.apptest import ROOT, open_app, payloads, texts
from ui.controls.memory import CUTS, FORGETS, RADII, SEEDS, STEPS, UNITS
from ui.experiment import Experiment
from ui.laboratory import CELLS, COMPARISONS, RULES, STARTS
from ui.words.memory_stories import STORIES, USUAL, setup_of

CLIFF = "The cliff in the loss"
DIALS = [
    *(("m_length", n) for n in (1, 2, 10, 200)),
    *(("m_cell", cell) for cell in CELLS),
    *(("m_init", start) for start in STARTS),
    *(("m_radius", radius) for radius in (RADII[0], RADII[-1])),
    *(("m_activation", name) for name in ("relu", "sigmoid")),
    *(("m_units", n) for n in (UNITS[0], UNITS[-1])),
    *(("m_k", k) for k in (1, 7, 200)),
    *(("m_task", task) for task in task_names()),
    *(("m_rule", rule) for rule in RULES),
    *(("m_clip", clip) for clip in ("value", "none")),
    *(("m_at", at) for at in (CUTS[0], CUTS[-1])),
    *(("m_seed", seed) for seed in (7, 999)),
    *(("m_seeds", n) for n in SEEDS),
    *(("m_steps", n) for n in STEPS),
    *(("m_compare", name) for name in COMPARISONS),
    ("m_when", "trained"),
]  # fmt: skip


def open_lab(**state: object) -> AppTest:
    return open_app("memory", **state)


def panel(app: AppTest, name: str) -> dict:
    return next(p for payload in payloads(app) for p in payload["panels"] if p["name"] == name)


def now(app: AppTest, name: str) -> str:
    """What a text of the trials says at this moment."""
    return texts(payloads(app)[-1]["frames"][0]["panels"][name])


def stands(app: AppTest) -> AppTest:
    assert not app.exception
    assert not app.error
    assert json.dumps(payloads(app))
    return app


def keys(app: AppTest) -> set[str]:
    return {button.key for button in app.button}


@pytest.mark.parametrize(("key", "value"), DIALS)
def test_every_dial_stands_everywhere(key: str, value: object) -> None:
    stands(open_lab(**{key: value}))


@pytest.mark.parametrize("forget", [FORGETS[0], FORGETS[-1]])
def test_the_forget_bias_is_the_lstms(forget: float) -> None:
    app = stands(open_lab(m_cell="lstm", m_forget=forget))
    assert app.session_state["m_forget"] == forget
    assert len(panel(app, "circles")["figure"]["data"]) == 2 * 4


@pytest.mark.parametrize("compare", COMPARISONS)
@pytest.mark.parametrize("length", [1, 200])
def test_every_comparison_at_the_ends_of_the_range(compare: str, length: int) -> None:
    app = stands(open_lab(m_compare=compare, m_length=length, m_units=1, m_radius=0.0))
    lines = [t for t in panel(app, "profile")["figure"]["data"] if t.get("yaxis") == "y2"]
    assert len(lines) == len(COMPARISONS[compare].values)


def test_one_word_has_no_way_back() -> None:
    app = stands(open_lab(m_length=1, m_task="parity", m_units=1))
    assert "needs 4 words" in " ".join(c.value for c in app.caption)


@pytest.mark.parametrize("name", STORIES)
def test_a_story_turns_the_dials_and_begins(name: str) -> None:
    app = open_lab(m_seed=5, m_units=1)
    app.button(key=f"story {name}").click().run()
    stands(app)
    for key, usual in USUAL.items():
        if key != "m_forget":
            assert app.session_state[key] == STORIES[name].dials.get(key, usual)
    assert STORIES[name].told in [m.value for m in app.markdown]
    assert "stop trials" in keys(app) or "have ended" in now(app, "trial where")
    app.slider(key="m_length").set_value(33).run()
    assert STORIES[name].told not in [m.value for m in app.markdown]
    assert "start trials" in keys(app)


def test_it_is_stopped_half_way_and_goes_on() -> None:
    app = open_lab(m_length=60, m_steps=1000)
    app.button(key="start trials").click().run()
    assert "step" in now(app, "trial where")
    app.button(key="stop trials").click().run()
    stood = now(app, "trial where")
    assert now(app.run(), "trial where") == stood
    assert app.button(key="start trials").label == "Go on"
    app.button(key="start trials").click().run()
    assert now(app, "trial where") != stood


def test_what_came_out_is_there_when_the_dials_come_back() -> None:
    app = open_lab(m_length=3, m_radius=1.0)
    app.button(key="start trials").click().run()
    for _ in range(200):
        if "stop trials" not in keys(app):
            break
        app.run()
    table = now(app, "trial table")
    assert "3 of 3" in table
    app.slider(key="m_length").set_value(4).run()
    assert "3 trials are waiting" in now(app, "trial where")
    app.slider(key="m_length").set_value(3).run()
    assert now(app, "trial table") == table


def finished(**dials: object) -> tuple[AppTest, Experiment]:
    setup = setup_of(dials)
    experiment = Experiment(setup)
    experiment.advance(600.0)
    return open_lab(experiments={setup: experiment}, m_when="trained", **dials), experiment


def test_numbers_are_those_of_the_trials() -> None:
    app, experiment = finished(m_length=10, m_radius=1.0, m_compare="k", m_steps=100)
    stands(app)
    table = now(app, "trial table")
    for outcome in experiment.outcomes.values():
        assert ("never" if outcome.learned is None else str(outcome.learned)) in table
    lines = [t for t in panel(app, "profile")["figure"]["data"] if "back<extra" in
             t.get("hovertemplate", "")]  # fmt: skip
    for variant, found in experiment.trained.items():
        inside = [v for v in lines[2 * variant]["y"] if v is not None]
        assert inside == [float(f"{v:.3g}") for v in found.lengths[::-1] if v >= 1e-25]


def test_a_trained_network_that_is_not_there_is_said() -> None:
    app = stands(open_lab(m_when="trained"))
    assert "Does it learn?" in texts(panel(app, "profile title")["content"])


def test_the_last_setting_stays_as_a_shadow() -> None:
    app = open_lab()

    def greys() -> int:
        return sum(t.get("line", {}).get("width") == 1.3
                   for t in panel(app, "profile")["figure"]["data"])  # fmt: skip

    assert greys() == 0
    app.slider(key="m_length").set_value(33).run()
    assert greys() == 1
    app.run()
    assert greys() == 1


@pytest.mark.parametrize("radius", [0.0, 3.0])
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_what_is_out_of_range_is_marked(radius: float, activation: str) -> None:
    app = stands(open_lab(m_radius=radius, m_length=200, m_activation=activation))
    lengths = panel(app, "profile")["figure"]["data"]
    marked = [t for t in lengths if "triangle" in str(t.get("marker", {}).get("symbol"))]
    assert marked or (radius, activation) == (3.0, "tanh")


BAD = {
    "m_length": "999", "m_cell": "transformer", "m_radius": "-1", "m_init": "magic",
    "m_activation": "x", "m_units": "1e9", "m_k": "0", "m_task": "../etc", "m_rule": "<b>",
    "m_clip": "", "m_at": "nan", "m_seed": "-5", "m_compare": "all", "m_seeds": "1000",
    "m_steps": "10000000", "m_when": "?", "m_tab": "nowhere",
}  # fmt: skip


@pytest.mark.parametrize("key", BAD)
def test_a_bad_link_stands_and_is_said(key: str) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    app.run()
    app.query_params[key] = BAD[key]
    app.switch_page("pages/memory.py").run()
    stands(app)
    assert [info.value for info in app.info if key in info.value]


def test_the_cliff_stands_on_its_own_tab() -> None:
    app = stands(open_lab(m_tab=CLIFF))
    names = {p["name"] for payload in payloads(app) for p in payload["panels"]}
    assert "cliff" in names
    assert "profile" not in names
