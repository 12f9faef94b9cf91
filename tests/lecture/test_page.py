"""From stop to stop without a browser: the list, answers and the score, own lectures, bad links."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.apptest import go_to, key, open_app, owner, payloads, sent, texts, value
from ui.kit.frame import PAGES
from ui.lecture import library, sheet, stops
from ui.lecture.stops import Lecture

OWN = """
title = "Mine <b>own</b>"
[[chapter]]
title = "Only *one*"
[[chapter.stop]]
title = "Choose <script>alert(1)</script>"
text = "Set [the sentence](?s=this+is+bad)."
link = "read?s=this+is+good&t=1"
question = "Is P above one half?"
choices = [ { say = "yes", when = "> 0.5" }, { say = "no", when = "<= 0.5" } ]
measure = { name = "p", class = "positive" }
reveal = "It is {value:%}."
check = "< 0.5"
[[chapter.stop]]
title = "Guess"
link = "start?s=this+is+good&model=trained"
question = "How many words?"
number = { low = 0, high = 10, step = 1 }
measure = { name = "words_read" }
[[chapter.stop]]
title = "Choose a word"
link = "read?s=this+is+good&t=2"
question = "Which word is the last?"
word = true
measure = { name = "words_read" }
[[chapter.stop]]
title = "Nothing to measure"
link = "read?s=this+is+good"
question = "P?"
number = { low = 0, high = 1, step = 0.1 }
measure = { name = "p", class = "nobody" }
[[chapter.stop]]
title = "Gone"
link = "nowhere?data=gone"
[[chapter.stop]]
title = "Broken"
"""
LECTURE = library.packed(OWN)


def said(app: AppTest, name: str) -> str:
    """What a text panel of this name says on the page."""
    panels = [panel for sent in payloads(app) for panel in sent["panels"]]
    return next((texts(panel["content"]) for panel in panels if panel["name"] == name), "")


def stop_of(app: AppTest) -> str:
    return str(value(app, "stop"))


def at(stop: str, page: str = "read", **settings: object) -> AppTest:
    """The own lecture, at one of its stops."""
    found = next(one for one in stops.lecture(OWN).stops if one.key == stop)
    app = open_app(page, lecture=LECTURE, stop=stop, **dict(found.link.settings), **settings)
    assert not app.error
    return app


def lines(app: AppTest) -> list[str]:
    return [info.value for info in app.info]


def test_the_list_names_every_stop_and_begin_leads_to_the_first() -> None:
    app = open_app("lecture")
    ours: Lecture = stops.lecture(library.ours())
    for i, chapter in enumerate(ours.chapters):
        shown = said(app, f"chapter {i}")
        assert chapter.title in shown
        assert all(stop.title in shown for stop in chapter.stops)
    app = sent(app.button(key="begin").click().run())
    first = ours.stops[0]
    assert stop_of(app) == first.key
    assert app.title[0].value == PAGES[first.link.page].question
    assert first.title in said(app, "said")


def test_next_brings_the_settings_of_its_stop_and_only_those() -> None:
    app = sent(at("1.1", units=32, present=True).button(key="strip next").click().run())
    assert stop_of(app) == "1.2"
    assert app.title[0].value == PAGES["start"].question
    now = {name: value(app, name) for name in ("s", "model", "units", "present", "lecture")}
    assert now == {"s": "this is good", "model": "trained", "units": 16, "present": True,
                   "lecture": LECTURE}  # fmt: skip


def test_previous_and_reset_and_leave() -> None:
    app = at("1.3")
    app.text_input(key=key(app, "s")).set_value("bad").run()
    app.button(key="strip reset").click().run()
    assert value(app, "s") == "this is good"
    app = sent(app.button(key="strip previous").click().run())
    assert stop_of(app) == "1.2"
    app.button(key="strip leave").click().run()
    assert stop_of(app) == ""
    assert not said(app, "said")
    assert value(app, "s") == "this is good"


def test_skipping_shows_the_answer_and_scores_nothing() -> None:
    app = at("1.1")
    app.button(key="strip skip").click().run()
    assert "It is “yes”." in said(app, "asked")
    assert "This run says otherwise: the lecture expects below 0.5" in said(app, "asked")
    assert "so far" not in said(app, "asked")


def test_a_guess_is_told_how_far_off_it_was_and_only_the_first_counts() -> None:
    app = at("1.2", "start")
    app.slider(key="strip guess 1.2").set_value(5.0)
    app.button(key="strip see").click().run()
    assert "You said 5; it is 3: off by 2." in said(app, "asked")
    assert "0 of 1 right so far" in said(app, "asked")
    key_of_it = next(iter(owner(app).kept["lecture answers"]))
    del owner(app).kept["lecture answers"][key_of_it]  # as "Ask again" does
    app.run()
    app.slider(key="strip guess 1.2").set_value(3.0)
    app.button(key="strip see").click().run()
    assert "Right: 3." in said(app, "asked")
    assert "0 of 1 right so far" in said(app, "asked")
    assert "✗" in said(go_to(app, "lecture"), "chapter 0")


def test_the_word_where_the_film_stands_is_the_answer() -> None:
    app = at("1.3")
    app.button(key="strip see").click().run()
    assert "You said “is”, word 2; it is “good”, word 3: off by 1 word." in said(app, "asked")


def test_what_cannot_be_measured_says_why() -> None:
    app = at("1.4")
    app.button(key="strip skip").click().run()
    assert "This cannot be measured here: no class 'nobody'" in said(app, "asked")


def test_on_another_page_the_strip_says_where_its_stop_is() -> None:
    assert "This stop is on Read: go there" in said(go_to(at("1.1"), "check"), "said")


def test_of_an_own_lecture_a_broken_stop_is_named_and_text_is_data() -> None:
    app = open_app("lecture", lecture=LECTURE)
    assert "Stop 1.6 “Broken” is left out: its “link” is missing, or is no text." in said(
        app, "broken")  # fmt: skip
    assert "<script>alert(1)</script>" in said(app, "chapter 0")
    assert not [html for html in app.get("html") if "alert(1)" in html.proto.body]


@pytest.mark.parametrize(
    ("settings", "note"),
    [
        ({"stop": "9.9"}, "no stop 9.9"),
        ({"stop": "<b>"}, "no stop <b>"),
        ({"lecture": "%%%"}, "cut off or damaged. Until then it is our own lecture"),
        ({"lecture": library.FILE}, "A link holds no lecture of this length"),
    ],
)
def test_a_link_to_what_is_not_there_is_said_and_ours_is_given(settings: dict, note: str) -> None:
    app = open_app(**({"stop": "1.1"} | settings))
    assert not app.error
    assert any(note in line for line in lines(app))
    assert value(app, "lecture") == ""
    assert stops.lecture(library.ours()).stops[0].title in said(app, "said")


def test_a_stop_whose_data_is_gone_is_said_where_it_leads() -> None:
    app = sent(at("1.4").button(key="strip next").click().run())
    assert not app.error
    assert any("There is no page “nowhere” to go to" in line for line in lines(app))
    assert any("There is no data gone here" in line for line in lines(app))


# ---- files ----


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"x" * (stops.MOST_BYTES + 1), "at most 200"),
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (b"nothing", "no TOML file"),
    ],
)
def test_a_file_that_is_no_lecture_is_refused_in_a_sentence(file: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        library.take(file)


def test_the_sheet_has_every_question_no_answer_and_loads_nothing() -> None:
    lecture = stops.lecture(OWN)
    queries = {stop.key: {"stop": stop.key} for stop in lecture.stops}
    page = sheet.page(lecture, "http://host/app/", queries)
    assert all(stop.question.ask in page for stop in lecture.stops if stop.question)
    assert 'href="http://host/app/read?stop=1.1"' in page
    assert 'href="http://host/app/?stop=1.2"' in page
    assert "<script" not in page
    assert "<b>own" not in page
    assert "src=" not in page
    assert "It is {value" not in page


@pytest.mark.parametrize(("title", "job"), [
    ("Why not just try?", "ab"), ("A learning rate too high", "session"),
    ("The missing transpose", "race"), ("The forget bias", "trials"),
])  # fmt: skip
def test_what_a_stop_plays_begins_once_its_question_is_answered(title: str, job: str) -> None:
    stop = next(one for one in stops.lecture(library.ours()).stops if one.title == title)
    app = open_app(stop.link.page)
    app.query_params["stop"], app.query_params["back"] = stop.key, "1"
    for name, text in stop.link.settings:
        app.query_params[name] = text
    app.run()

    def going() -> bool:
        found = owner(app).kept.get("jobs", {}).get(job)
        return found is not None and found.going

    assert (stop_of(app), going()) == (stop.key, False)
    app.button(key="strip skip").click().run()
    assert (going(), value(app, "play")) == (True, False)
