"""How far back does it remember?, without a browser: settings, stories, trials, the cliff."""

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.apptest import ROOT, go_to, key, open_app, owner, payloads, texts, value
from ui.kit.table import TABLE
from ui.memory import profiles, text
from ui.memory.experiment import Experiment
from ui.memory.setup import COMPARISONS, USUAL, profile_of, setup_of
from ui.memory.stories import STORIES

BOTH = ("m_length", "m_radius", "m_units", "m_k")
ENDS = [
    (name, end)
    for name in USUAL
    if name not in ("m_compare", "m_task")
    for end in TABLE[name].allowed[:: max(len(TABLE[name].allowed) - 1, 1)][name not in BOTH :]
]
SETTINGS = [*ENDS, *(("m_task", task) for task in TABLE["m_task"].allowed), ("m_cell", "gru"),
            ("m_when", "trained")]  # fmt: skip


def panel(app: AppTest, name: str) -> dict:
    return next(p for payload in payloads(app) for p in payload["panels"] if p["name"] == name)


def now(app: AppTest, name: str) -> str:
    """What a text of the trials says at this moment."""
    frames = next(payload["frames"] for payload in payloads(app) if payload["frames"])
    return texts(frames[0]["panels"][name])


def drawn(app: AppTest) -> list[dict]:
    """The curves of the gradient."""
    return [t for t in panel(app, "profile")["figure"]["data"] if "back<extra" in
            t.get("hovertemplate", "")]  # fmt: skip


def stands(app: AppTest) -> AppTest:
    assert not app.exception
    assert not app.error
    assert json.dumps(payloads(app))
    return app


def keys(app: AppTest) -> set[str]:
    return {button.key for button in app.button}


@pytest.mark.parametrize(("name", "setting"), SETTINGS)
def test_every_setting_stands_at_its_ends(name: str, setting: object) -> None:
    stands(open_app("memory", **{name: setting}))


@pytest.mark.parametrize("forget", [0.0, 10.0])
def test_the_forget_bias_is_the_lstms(forget: float) -> None:
    app = stands(open_app("memory", m_cell="lstm", m_forget=forget))
    assert value(app, "m_forget") == forget
    assert app.select_slider(key=key(app, "m_forget")).value == forget
    assert len(panel(app, "circles")["figure"]["data"]) == 2 * 4


@pytest.mark.parametrize("compare", COMPARISONS)
@pytest.mark.parametrize("length", [1, 200])
def test_every_comparison_at_the_ends_of_the_range(compare: str, length: int) -> None:
    app = stands(open_app("memory", m_compare=compare, m_length=length, m_units=1, m_radius=0.0))
    assert len(drawn(app)) == 2 * len(COMPARISONS[compare].values)  # the curve, and where 1 % is
    assert len(panel(app, "horizons")["content"][3][2:]) == len(COMPARISONS[compare].values)


def test_a_setting_that_changes_nothing_is_disabled() -> None:
    app = open_app("memory", m_length=5, m_units=4)
    assert not app.select_slider(key=key(app, "m_radius")).disabled
    app.selectbox(key=key(app, "m_init")).set_value("uniform").run()
    assert app.select_slider(key=key(app, "m_radius")).disabled
    app.selectbox(key=key(app, "m_compare")).set_value("init").run()
    assert not app.select_slider(key=key(app, "m_radius")).disabled
    assert app.selectbox(key=key(app, "m_init")).disabled


def test_the_factor_in_the_caption_is_that_of_the_curve() -> None:
    app = open_app("memory")
    line = panel(app, "profile")["figure"]["data"][0]["y"]
    back = profile_of(setup_of({}).first).lengths[::-1]
    factors = back[1:] / back[:-1]
    look = texts(panel(app, "profile look")["content"])
    assert f"Here it is {factors.min():.2f} to {factors.max():.2f}, of which" in look
    assert "gives 0.9 and the derivative of tanh the rest" in look
    mean = (line[-1] / line[0]) ** (1 / (len(line) - 1))
    assert f"{mean:.2f}25 of 39" in texts(panel(app, "horizons")["content"])
    assert f"a factor of {mean:.2f} a word" in texts(panel(app, "circles look")["content"])
    app.select_slider(key=key(app, "m_k")).set_value(2).run()
    assert "1 of 39" in texts(panel(app, "horizons")["content"])


def test_one_word_has_no_way_back() -> None:
    app = stands(open_app("memory", m_length=1, m_task="parity", m_units=1))
    assert "needs 4 words" in " ".join(c.value for c in app.caption)


@pytest.mark.parametrize("name", STORIES)
def test_a_story_sets_everything_and_begins(name: str) -> None:
    app = open_app("memory", m_seed=5, m_units=1)
    app.button(key=f"story {name}").click().run()
    stands(app)
    assert {setting: value(app, setting) for setting in USUAL} == STORIES[name].values
    told = STORIES[name].told(setup_of(STORIES[name].values))
    assert told in [m.value for m in app.markdown]
    assert "stop trials" in keys(app) or "have ended" in now(app, "trials where")
    app.select_slider(key=key(app, "m_length")).set_value(33).run()
    assert told not in [m.value for m in app.markdown]
    assert "start trials" in keys(app)


def test_a_story_begins_while_another_goes_on() -> None:
    app = open_app("memory")
    for name in ("truncation", "the echo"):
        app.button(key=f"story {name}").click().run()
        assert "stop trials" in keys(app)
        work = owner(app).kept["jobs"]["trials"].work
        assert work.setup == setup_of(STORIES[name].values)


def test_it_is_stopped_half_way_and_goes_on() -> None:
    app = open_app("memory", m_length=60, m_steps=1000)
    app.button(key="start trials").click().run()
    assert "step" in now(app, "trials where")
    app.button(key="stop trials").click().run()
    stood = now(app, "trials where")
    assert now(app.run(), "trials where") == stood
    assert app.button(key="start trials").label == "Go on"
    app.button(key="start trials").click().run()
    assert now(app, "trials where") != stood


def test_what_came_out_is_there_when_the_settings_come_back() -> None:
    app = open_app("memory", m_length=3, m_radius=1.0)
    app.button(key="start trials").click().run()
    for _ in range(200):
        if "stop trials" not in keys(app):
            break
        app.run()
    table = now(app, "trials table")
    assert "3 of 3" in table
    app.select_slider(key=key(app, "m_length")).set_value(4).run()
    assert "3 trials are waiting" in now(app, "trials where")
    app.select_slider(key=key(app, "m_length")).set_value(3).run()
    assert now(app, "trials table") == table


def test_numbers_are_those_of_the_trials() -> None:
    values = {"m_length": 10, "m_radius": 1.0, "m_compare": "k", "m_steps": 100}
    app = open_app("memory", m_when="trained", **values)
    experiment = Experiment(setup_of(values))
    experiment.advance(600.0)
    owner(app).kept["experiments"][experiment.setup] = experiment
    stands(app.run())
    table, counts = now(app, "trials table"), " ".join(m.value for m in app.markdown)
    for outcome in experiment.outcomes.values():
        assert ("never" if outcome.learned is None else str(outcome.learned)) in table
    for variant, (name, _) in enumerate(experiment.setup.variants):
        assert f"{name}: {experiment.count(variant)}" in counts
    lines = drawn(app)
    for variant, found in experiment.trained.items():
        inside = [v for v in lines[2 * variant]["y"] if v is not None]
        assert inside == [float(f"{v:.3g}") for v in found.lengths[::-1] if v >= 1e-12]


def test_a_trained_network_that_is_not_there_is_said() -> None:
    app = stands(open_app("memory", m_when="trained"))
    assert "Does it learn?" in texts(panel(app, "profile title")["content"])


def test_the_last_setting_stays_in_grey() -> None:
    app = open_app("memory")

    def greys() -> int:
        return sum(t.get("line", {}).get("width") == 1.3
                   for t in panel(app, "profile")["figure"]["data"])  # fmt: skip

    assert greys() == 0
    app.select_slider(key=key(app, "m_length")).set_value(33).run()
    assert greys() == 1
    app.run()
    assert greys() == 1


@pytest.mark.parametrize("compare", COMPARISONS)
@pytest.mark.parametrize("length", [2, 40, 200])
def test_the_axis_fits_what_is_drawn(compare: str, length: int) -> None:
    app = open_app("memory", m_compare=compare, m_length=length)
    axis = panel(app, "profile")["figure"]["layout"]["yaxis"]
    values = np.log10([v for line in drawn(app) for v in line["y"] if v])
    ticks = np.log10(axis["tickvals"])
    assert 2 <= len(ticks) <= 7
    np.testing.assert_array_equal(ticks, ticks.round())
    low, high = axis["range"]
    assert low <= values.min() <= values.max() <= high
    room = 0.16 * (high - low) + 1
    assert high - values.max() <= max(room, 2 - (values.max() - values.min()))
    assert values.min() - low <= max(room, 2.1)


@pytest.mark.parametrize(
    ("found", "axis", "said"),
    [([1.0, 0.5], (-1, 1), ("", "")), ([1.0, 1e-3], (-3, 0), ("", "")),
     ([1.0, 1e-20], (-12, 0), ("below 1e−12: nothing arrives", "")),
     ([1.0, 0.0], (0, 2), ("0: nothing arrives", "")),
     ([1.0, 1e30], (0, 12), ("", "above 1e12")), ([1.0, np.inf], (0, 2), ("", "not a number")),
     ([1e20, 1e30], (10, 12), ("", "above 1e12")), ([1e-30] * 2, (-12, -10),
      ("below 1e−12: nothing arrives", "")), ([0.0, 0.0], (0, 2), ("0: nothing arrives", ""))],
)  # fmt: skip
def test_what_lies_beyond_the_axis_is_said(found: list, axis: tuple, said: tuple) -> None:
    assert profiles.span([np.array(found)]) == axis
    assert profiles.beyond([np.array(found)]) == said


@pytest.mark.parametrize("radius", [0.0, 3.0])
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_what_is_out_of_range_is_marked(radius: float, activation: str) -> None:
    app = stands(open_app("memory", m_radius=radius, m_length=200, m_activation=activation))
    lengths = panel(app, "profile")["figure"]["data"]
    marked = [t for t in lengths if "triangle" in str(t.get("marker", {}).get("symbol"))]
    assert any(t["x"] for t in marked)


def test_every_eigenvalue_is_in_its_picture() -> None:
    app = open_app("memory", m_radius=3.0)
    figure = panel(app, "circles")["figure"]
    edge = figure["layout"]["xaxis"]["range"][1]
    assert np.abs(figure["data"][1]["x"] + figure["data"][1]["y"]).max() + 0.5 >= 3
    assert np.hypot(figure["data"][1]["x"], figure["data"][1]["y"]).max() <= edge
    look = texts(panel(app, "circles look")["content"])
    assert "32 of 32" in look


def test_for_an_audience_there_are_two_large_pictures() -> None:
    app = open_app("memory", m_compare="k", present=True)
    large = next(payload for payload in payloads(app) if payload["present"])
    assert [p["name"] for p in large["panels"]] == ["profile title", "profile", "trials where",
                                                    "trials"]  # fmt: skip
    app = open_app("memory", m_tab=list(text.TABS)[1], present=True)
    assert [p["name"] for p in payloads(app)[0]["panels"]] == ["cliff task", "cliff"]


BAD = {
    "m_length": "999", "m_cell": "transformer", "m_radius": "-1", "m_units": "1e9", "m_k": "0",
    "m_task": "../etc", "m_optimizer": "<b>", "m_clip": "", "m_at": "nan", "m_seed": "-5",
    "m_steps": "10000000", "m_when": "?", "m_tab": "nowhere",
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_link_stands_and_is_said(name: str) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    app.switch_page("pages/memory.py")
    app.query_params[name] = BAD[name]
    stands(app.run())
    assert [info.value for info in app.info if name in info.value]


def test_another_page_is_looked_at_and_the_trials_wait() -> None:
    app = open_app("memory", m_length=60, m_steps=1000)
    app.button(key="start trials").click().run()
    go_to(app, "start")
    go_to(app, "memory")
    assert app.button(key="start trials").label == "Go on"
    assert "step" in now(app, "trials where")


def test_the_cliff_stands_on_its_own_tab() -> None:
    app = stands(open_app("memory", m_tab=list(text.TABS)[1]))
    names = {p["name"] for payload in payloads(app) for p in payload["panels"]}
    assert "cliff" in names
    assert "profile" not in names
