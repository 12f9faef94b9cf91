"""Is it right?: each tab, run without a browser; a mystery solved; hostile sentences."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.experiments.bugs import BUGS, mystery
from tests.apptest import open_app, payloads, texts
from tests.models import SMALL
from tests.test_pages import SENTENCES
from ui import checking, models, races
from ui.controls.check import MYSTERY
from ui.controls.kinds import layer_names, short_names
from ui.state import DEFAULT_SENTENCE
from ui.words import verdicts

TABS = ["Check it", "Find the bug", "The race", "All of it"]
RED = "✗"


def open_check(tab: str = TABS[0], **state: object) -> AppTest:
    return open_app("check", tab=tab, **state)


def panel(app: AppTest, name: str) -> dict:
    return next(p for payload in payloads(app) for p in payload["panels"] if p["name"] == name)


def said(app: AppTest, name: str) -> str:
    return texts(panel(app, name)["content"])


def shown(app: AppTest) -> set[str]:
    return {p["name"] for payload in payloads(app) for p in payload["panels"]}


def stands(app: AppTest) -> None:
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize(
    ("tab", "name"), list(zip(TABS, ["strip", "log", "race", "all"], strict=True))
)
def test_each_tab_stands_and_shows_only_itself(tab: str, name: str) -> None:
    app = open_check(tab)
    stands(app)
    assert shown(app) & {"strip", "log", "race", "all"} == {name}


def test_every_parameter_is_happy() -> None:
    assert said(open_check(), "table").count("✓") == 5


@pytest.mark.parametrize(
    ("cell", "n_layers", "both"),
    [("gru", 1, False), ("rnn", 2, False), ("lstm", 1, True), ("rnn", 2, True)],
)
def test_every_kind_of_network_is_checked(cell: str, n_layers: int, both: bool) -> None:
    app = open_check(cell=cell, layers=n_layers, both=both, units=4)
    stands(app)
    names = layer_names(n_layers, both)
    assert said(app, "table").count("✓") == 2 + 3 * len(names)
    assert len(panel(app, "strip")["figure"]["data"][0]["x"]) == 2 + 3 * len(names)
    if len(names) == 1:
        return
    for name in names:
        assert said(app, "table").count(name) == 3
    for name, short in zip(names, short_names(n_layers, both), strict=True):
        stands(app.segmented_control(key="layer").set_value(short).run())
        assert said(app, "matrices title").endswith(name)
        pictures = panel(app, "matrices")["figure"]["data"]
        np.testing.assert_allclose(pictures[0]["z"], pictures[1]["z"], atol=1e-6)
        assert np.abs(pictures[0]["z"]).max() > 0


def test_the_layers_have_gradients_of_their_own() -> None:
    app = open_check(layers=2, units=4)
    seen = []
    for short in ("1", "2"):
        app.segmented_control(key="layer").set_value(short).run()
        seen.append(panel(app, "matrices")["figure"]["data"][0]["z"])
    assert seen[0] != seen[1]


def test_bugs_are_planted_in_one_plain_layer() -> None:
    app = check_now(open_check(TABS[1], layers=3, cell="lstm", both=True, units=8))
    stands(app)
    assert RED in said(app, "log")


def test_a_deep_model_is_sampled() -> None:
    settings = models.recipe("sentiment", 16, 0, "lstm", 3, True)
    deep = checking.replace(of(DEFAULT_SENTENCE), settings=settings, epoch=0)
    check = checking.check(deep)
    assert check.n_nudged < 2500 < check.n_numbers
    assert max(check.errors.values()) < 1e-6


@pytest.mark.parametrize(("nudge", "word"), [("1e-1", "wrong"), ("1e-5", "happy")])
def test_the_nudge_matters(nudge: str, word: str) -> None:
    app = open_check()
    app.select_slider(key="nudge").set_value(nudge).run()
    assert word in said(app, "table")


def test_a_bad_nudge_is_not_called_a_bad_formula() -> None:
    app = open_check()
    app.select_slider(key="nudge").set_value("1e-1").run()
    assert "formulas have not changed" in said(app, "scale")


def test_one_word_says_nothing_about_the_memory() -> None:
    app = open_check()
    app.text_input(key="s").set_value("good").run()
    assert "three empty pictures" in said(app, "matrices look")


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
@pytest.mark.parametrize("tab", TABS[:2])
def test_the_page_stands_for_any_sentence(tab: str, sentence: str) -> None:
    app = open_check(tab, units=8)
    app.text_input(key="s").set_value(sentence).run()
    stands(app)
    assert payloads(app)


def test_the_target_is_the_known_label_until_it_is_changed() -> None:
    app = open_check()
    app.text_input(key="s").set_value("this is not good").run()
    assert app.segmented_control(key="target").value == "negative"
    assert "the true label" in [c.value for c in app.caption]


def test_the_target_can_be_another() -> None:
    app = open_check()
    app.segmented_control(key="target").set_value("negative").run()
    stands(app)
    assert "the true label is positive" in [c.value for c in app.caption]


def test_a_sentence_outside_the_data_lets_one_choose() -> None:
    app = open_check()
    app.text_input(key="s").set_value("not not very good").run()
    assert any("you choose" in c.value for c in app.caption)


def test_a_large_model_is_sampled_and_says_so() -> None:
    app = open_check(data="sentiment_large", units=64, limit_s=60)
    app.text_input(key="s").set_value("good " * 40).run()
    stands(app)
    assert "a sample of" in said(app, "cost")


def name_suspect(app: AppTest, title: str) -> AppTest:
    return app.get("button_group")[-1].set_value(title).run()


def check_now(app: AppTest, sentence: str = "") -> AppTest:
    if sentence:
        app.text_input(key="s").set_value(sentence).run()
    return app.button(key="add finding").click().run()


def test_a_mystery_from_the_first_check_to_the_reveal() -> None:
    app = check_now(open_check(TABS[1]))
    assert RED in said(app, "log")
    assert "reveal" not in shown(app)
    culprit = mystery(0)
    wrong = next(bug for bug in BUGS.values() if bug is not culprit)
    assert "Not this one" in said(name_suspect(app, wrong.title), "answer")
    assert "Right, after 2 guesses" in said(name_suspect(app, culprit.title), "answer")
    assert culprit.title in said(app, "reveal")
    assert culprit.lesson.split("W_hh")[0] in said(app, "lesson")
    assert "Solved by you: 1" in [c.value for c in app.caption]


def test_the_next_mystery_begins_with_an_empty_log() -> None:
    app = check_now(open_check(TABS[1]))
    app.button(key="next mystery").click().run()
    assert (app.number_input(key="mystery").value, "log title" in shown(app)) == (1, False)


def test_the_log_keeps_each_check_once() -> None:
    app = open_check(TABS[1])
    for sentence in ("good", "not good", "good"):
        check_now(app, sentence)
    assert "2 checks" in said(app, "log title")


@pytest.mark.parametrize("bug", BUGS.values(), ids=list(BUGS))
def test_a_bug_in_the_open_shows_its_lines(bug) -> None:
    app = open_check(TABS[1], bug=bug.title)
    stands(app)
    lines = said(app, "twin")
    assert bug.wrong.__name__ in lines
    assert bug.right.__name__ in lines


def test_the_log_of_one_bug_is_not_another_s() -> None:
    app = check_now(open_check(TABS[1]))
    app.selectbox(key="bug").set_value(BUGS["derivative"].title).run()
    assert "log title" not in shown(app)
    app.selectbox(key="bug").set_value(MYSTERY).run()
    assert "log title" in shown(app)


def of(text: str, bug: str = "", nudge: float = 1e-5) -> checking.Case:
    data = models.dataset("sentiment")
    words = tuple(text.split())
    ids = tuple(int(i) for i in data.vocabulary.encode(text).ids)
    settings = models.recipe("sentiment", 8, 0)
    return checking.Case("sentiment", settings, 10**6, ids, words, "positive", nudge, bug)


def test_a_case_at_the_write_ups_start() -> None:
    start = of(DEFAULT_SENTENCE, "transpose").at_the_start()
    assert (start.settings.init, start.model.n_hidden, start.bug) == ("tiny", 64, "transpose")


def test_a_sample_finds_what_all_numbers_find() -> None:
    case = of("good " * 40, "overwrite")
    case_of_many = checking.replace(case, settings=models.recipe("sentiment", 64, 0))
    check = checking.check(case_of_many)
    assert check.n_nudged < check.n_numbers
    assert check.errors["W_hh"] > 0.5


@pytest.mark.parametrize(
    ("error", "word"),
    [(0, "happy"), (9e-8, "happy"), (1e-6, "fine"), (1e-3, "uneasy"), (0.02, "wrong"),
     (float("nan"), "wrong"), (float("inf"), "wrong")],
)  # fmt: skip
def test_the_scale(error: float, word: str) -> None:
    assert verdicts.verdict(error).word == word


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (3.14e-9, "3.1e−9"),
        (0.954, "0.95"),
        (1.0, "1.00"),
        (float("nan"), "not a number"),
    ],
)
def test_a_number_in_a_few_signs(value: float, text: str) -> None:
    assert verdicts.scientific(value) == text


def test_the_race_starts_and_stops_where_it_is() -> None:
    app = open_check(TABS[2])
    app.button(key="start race").click().run()
    assert "ended · now seed 0" in said(app, "race where")
    app.button(key="stop race").click().run()
    stood = said(app, "race where")
    assert said(app.run(), "race where") == stood
    app.button(key="start race").click().run()
    assert said(app, "race where") != stood


def test_a_finished_race_says_what_came_of_it() -> None:
    race = races.race(SMALL, 6, longest=30)
    while not race.done:
        race.advance(budget_s=1.0)
    app = open_check(TABS[2], race=race)
    stands(app)
    assert "All 12 trainings" in said(app, "race where")
    dots = panel(app, "race")["figure"]["data"][0]
    assert len(dots["x"]) == 12


def test_a_race_that_ends_stops_ticking() -> None:
    race = races.race(SMALL, 6, longest=30)
    while len(race.results) < 11 or max((r.epoch for r in race.runs.values()), default=0) < 29:
        race.advance(budget_s=0.0)
        if race.done:
            break
    app = open_check(TABS[2], race=race, racing=True)
    for _ in range(3):
        app.run()
    assert app.session_state["racing"] is False


def test_all_of_it_is_right() -> None:
    app = open_check(TABS[3])
    assert RED not in said(app, "all")
    assert "50 of 50" in said(app, "all title")
