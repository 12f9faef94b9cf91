"""Is it right?: each tab, run without a browser; a mystery solved; hostile sentences."""

from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.experiments.bugs import BUGS, mystery
from tests.apptest import go_to, key, open_app, owner, payloads, texts, value
from ui.check import case
from ui.check.page import EPSILONS
from ui.kit.jobs import Job
from ui.sequence import models
from ui.sequence.architecture import layer_names, short_names
from ui.sequence.session import Session

TABS = ["Check it", "Find the bug", "The race", "All of it"]
RED = "✗"
SHORT = {"s": "this is not good", "units": 4, "seed": 77}


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trainings of 3 epochs, with a seed of their own; checks of fewer numbers."""
    monkeypatch.setattr(models, "LONGEST", 3)
    monkeypatch.setattr(case, "MOST_READINGS", 10_000)
    monkeypatch.setattr(case, "SAMPLE", 60)


def open_check(tab: str = TABS[0], **settings: object) -> AppTest:
    return open_app("check", tab=tab, **{**SHORT, **settings})


def panel(app: AppTest, name: str) -> dict:
    return next(p for payload in payloads(app) for p in payload["panels"] if p["name"] == name)


def said(app: AppTest, name: str) -> str:
    return texts(panel(app, name)["content"])


def shown(app: AppTest) -> set[str]:
    return {p["name"] for payload in payloads(app) for p in payload["panels"]}


def stands(app: AppTest) -> None:
    assert not app.exception
    assert not app.error


def type_in(app: AppTest, sentence: str) -> AppTest:
    return app.text_input(key=key(app, "s")).set_value(sentence).run()


@pytest.mark.parametrize(
    ("tab", "name"), list(zip(TABS, ["table", "log", "race", "all"], strict=True))
)
def test_each_tab_stands_and_shows_only_itself(tab: str, name: str) -> None:
    app = open_check(tab)
    stands(app)
    assert shown(app) & {"table", "log", "race", "all"} == {name}


# ---- check it ----


@pytest.mark.parametrize(
    ("cell", "n_layers", "both"),
    [("rnn", 1, False), ("gru", 1, False), ("rnn", 2, True)],
)
def test_every_kind_of_network_is_checked(cell: str, n_layers: int, both: bool) -> None:
    app = open_check(cell=cell, layers=n_layers, both=both)
    stands(app)
    names = layer_names(n_layers, both)
    assert said(app, "table").count("✓") == 2 + 3 * len(names)
    assert str(panel(app, "table")["content"]).count("'bar'") == 2 + 3 * len(names)
    if len(names) == 1:
        return
    seen = []
    for name, short in zip(names, short_names(n_layers, both), strict=True):
        assert said(app, "table").count(name.replace(" ", "\u00a0")) == 3
        stands(app.segmented_control(key=key(app, "layer")).set_value(short).run())
        assert said(app, "matrices title").endswith(name)
        pictures = panel(app, "matrices")["figure"]["data"]
        np.testing.assert_allclose(pictures[0]["z"], pictures[1]["z"], atol=1e-6)
        seen.append(pictures[0]["z"])
    assert all(seen.count(one) == 1 for one in seen)


def trained(app: AppTest, epochs: int) -> Session:
    """Let this visitor have trained on the page Train."""
    hp = replace(models.recommended("sentiment", 4), seed=77)
    session = Session(models.dataset("sentiment"), hp)
    session.run.advance(epochs=epochs)
    owner(app).kept.setdefault("jobs", {})["session"] = Job(session, "train")
    return session


@pytest.mark.parametrize("tab", TABS[:2])
def test_it_checks_the_model_on_the_card(tab: str) -> None:
    # A training of the page Train went on for longer than a fresh one would, with another setting
    # on the way: no other training has these numbers.
    app = open_check(tab, bug="step")
    session = trained(app, epochs=5)
    session.run.change(clip_at=0.3)
    session.run.advance(epochs=4)
    owner(app).choices["at"].value = 0.3
    app.run()
    if tab == TABS[1]:
        app = check_now(app)
        assert "epoch 9 · 4 units" in said(app, "log")
    model = BUGS["step"].plant(session.run.model) if tab == TABS[1] else session.run.model
    bwd = model.backward(model.forward(SHORT["s"]), value(app, "target") or "negative")
    picture = panel(app, "matrices")["figure"]["data"][0]
    np.testing.assert_allclose(picture["z"], bwd.grads["W_hh"], rtol=6e-3)


@pytest.mark.parametrize(("epsilon", "word"), [("1e-1", "doubtful"), ("1e-5", "passed")])
def test_epsilon_matters_and_the_formulas_are_not_blamed(epsilon: str, word: str) -> None:
    app = open_check()
    app.select_slider(key=key(app, "epsilon")).set_value(epsilon).run()
    assert word in said(app, "table")
    assert ("formulas have not changed" in said(app, "scale")) == (word == "doubtful")
    curve = panel(app, "epsilon")["figure"]["data"][0]
    best = EPSILONS[int(np.argmin(curve["y"]))]
    assert f"epsilon {best:.0e}".replace("e-0", "e−") in said(app, "epsilon look")
    sizes = curve["marker"]["size"]
    assert sizes.index(max(sizes)) == int(epsilon[3:]) - 1


@pytest.mark.parametrize(
    ("tab", "panel_name"), [(TABS[0], "legend"), (TABS[1], "hides"), (TABS[3], "all legend")]
)
def test_the_verdicts_have_a_legend(tab: str, panel_name: str) -> None:
    legend = said(open_check(tab, bug="step"), panel_name)
    for sign, word in (("✓", "passed"), ("!", "doubtful"), ("✗", "wrong"), ("?", "lost")):
        assert f"{sign}\u00a0{word}" in legend


def test_every_colour_of_the_matrices_has_its_number() -> None:
    data = panel(open_check(), "matrices")["figure"]["data"]
    assert [trace["showscale"] for trace in data] == [False, True, True]
    for trace in data[1:]:
        ticks = trace["colorbar"]["tickvals"]
        assert (ticks[0], ticks[-1]) == (trace["zmin"], trace["zmax"])


@pytest.mark.parametrize("tab", TABS)
def test_for_an_audience_there_is_the_table_alone(tab: str) -> None:
    app = open_check(tab, bug="step", present=True)
    stands(app)
    assert [len(payload["panels"]) for payload in payloads(app) if payload["present"]] == [3]


def test_little_gradient_is_not_called_doubtful() -> None:
    app = open_check()
    snapshot = trained(app, epochs=20).run.snapshots[-1]
    sure = snapshot.model
    y = sure.forward(SHORT["s"]).y[-1]
    for name in ("W_hy", "b_y"):
        sure.params[name] *= 17 / np.ptp(y)  # as sure as after a thousand epochs
    snapshot.flat[:], right = sure.flat, int(y.argmax())
    app.run()
    app.segmented_control(key=key(app, "target")).set_value(sure.classes[right]).run()
    assert "lost in rounding" in said(app, "table")
    assert "too little gradient left to check" in said(app, "scale")
    app.select_slider(key=key(app, "epsilon")).set_value("1e-11").run()
    assert "rounding wins" in said(app, "scale")
    app.select_slider(key=key(app, "epsilon")).set_value("1e-5").run()
    app.segmented_control(key=key(app, "target")).set_value(sure.classes[1 - right]).run()
    assert said(app, "table").count("passed") == 5


def test_one_word_says_nothing_about_the_memory() -> None:
    app = type_in(open_check(), "good")
    assert "three empty pictures" in said(app, "matrices look")
    assert "epsilon" not in shown(app)


HOSTILE = ["", "zebra quagga", "good " * 400, "<script>alert(1)</script> good", "$x$ *good* \x00"]


@pytest.mark.parametrize("sentence", HOSTILE)
@pytest.mark.parametrize("tab", TABS[:2])
def test_the_page_stands_for_any_sentence(tab: str, sentence: str) -> None:
    app = type_in(open_check(tab), sentence)
    stands(app)
    assert payloads(app)


def label(app: AppTest) -> str:
    """What is said beside the answer wanted."""
    return next(m.help for m in app.markdown if m.value == "wanted")


def test_the_target_is_the_known_label_until_it_is_changed() -> None:
    app = open_check()
    assert app.segmented_control(key=key(app, "target")).value == "negative"
    assert label(app) == "The true label is negative."
    assert "wanted negative" in said(app, "table title")
    app.segmented_control(key=key(app, "target")).set_value("positive").run()
    stands(app)
    assert label(app) == "The true label is negative."
    assert "wanted positive" in said(app, "table title")
    type_in(app, "not not very good")
    assert "you choose" in label(app)


def test_a_large_model_is_sampled_and_says_so() -> None:
    app = open_check(units=64, s="good " * 40, epoch=0)
    stands(app)
    assert "a sample of" in said(app, "cost")


# ---- find the bug ----


def name_suspect(app: AppTest, suspect: str) -> AppTest:
    return app.get("button_group")[-1].set_value(suspect).run()


def check_now(app: AppTest, sentence: str = "") -> AppTest:
    if sentence:
        type_in(app, sentence)
    return app.button(key="check this").click().run()


def test_bugs_are_planted_in_one_plain_layer() -> None:
    app = check_now(open_check(TABS[1], layers=3, cell="lstm", both=True))
    stands(app)
    assert RED in said(app, "log")


def test_a_mystery_from_the_first_check_to_the_reveal() -> None:
    app = check_now(open_check(TABS[1]))
    assert RED in said(app, "log")
    assert "reveal" not in shown(app)
    culprit = mystery(0)
    wrong = next(key for key in BUGS if key != culprit.key)
    assert "Not this one" in said(name_suspect(app, wrong), "answer")
    assert "Right, after 2 guesses" in said(name_suspect(app, culprit.key), "answer")
    assert culprit.title in said(app, "reveal")
    assert culprit.lesson.split("W_hh")[0] in said(app, "lesson")
    assert "the write-up's initialisation" in said(app, "hides")
    assert "Solved by you: 1" in [c.value for c in app.caption]
    app.button(key="next mystery").click().run()
    assert (value(app, "mystery"), "log title" in shown(app)) == (1, False)
    assert "Name somebody" in said(app, "answer")


def test_the_log_keeps_each_check_once() -> None:
    app = open_check(TABS[1])
    for sentence in ("good", "not good", "good"):
        check_now(app, sentence)
    assert "2 checks" in said(app, "log title")


def test_it_is_checked_on_the_write_ups_start() -> None:
    app = check_now(open_check(TABS[1], start="tiny"))
    assert "the write-up's initialisation" in said(app, "log")


@pytest.mark.parametrize("bug", BUGS.values(), ids=list(BUGS))
def test_a_bug_in_the_open_shows_its_lines(bug) -> None:
    app = open_check(TABS[1], bug=bug.key)
    stands(app)
    assert bug.title in said(app, "reveal")
    lines = said(app, "twin")
    assert bug.wrong.__name__ in lines
    assert bug.right.__name__ in lines


def test_the_log_of_one_bug_is_not_another_s() -> None:
    app = check_now(open_check(TABS[1]))
    app.selectbox(key=key(app, "bug")).set_value("derivative").run()
    assert "log title" not in shown(app)
    app.selectbox(key=key(app, "bug")).set_value("mystery").run()
    assert "log title" in shown(app)
    app = go_to(go_to(app, "start"), "check")
    assert "log title" in shown(app)


def test_all_of_it_is_right() -> None:
    app = open_check(TABS[3])
    assert RED not in said(app, "all")
    assert "50 of 50" in said(app, "all title")
    assert "many to many" in said(app, "all")


@pytest.mark.parametrize("data", ["parity", "copy", "rhymes"])
def test_gradients_of_answers_at_each_step_are_right(
    data: str, monkeypatch: pytest.MonkeyPatch, own_trainings: None
) -> None:
    monkeypatch.setattr(models, "LONGEST_OF_MUCH", 1)
    app = open_app("check", data=data, units=4)
    stands(app)
    assert "wanted at each word" in said(app, "table title")
    assert RED not in said(app, "table")
    assert "✓" in said(app, "table")


def test_where_nothing_is_asked_there_is_nothing_to_check(own_trainings: None) -> None:
    app = open_app("check", data="bracket_depth", units=4, s="close close")
    stands(app)
    assert "nothing is asked" in str(payloads(app))
