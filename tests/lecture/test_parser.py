"""Lecture files: what is read of them, what is left out and why, and files that mean harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ui.lecture import library, said, stops
from ui.lecture.condition import condition
from ui.lecture.sentences import SYMBOL, Sets, symbols
from ui.lecture.stops import Choices, Number, Stop, Word

GOOD = {
    "title": '"Good"',
    "text": '"Before [not](?t=2)."',
    "link": '"read?s=not+bad&t=1"',
    "question": '"P?"',
    "number": "{ low = 0, high = 1, step = 0.05 }",
    "measure": '{ name = "p", class = "positive" }',
    "reveal": '"It is {value:%}."',
    "check": '"> 0.5"',
}
"""The keys of a stop, as TOML."""


def written(*stops: dict[str, str]) -> str:
    """A lecture of one chapter."""
    lines = ["[[chapter]]", 'title = "One"']
    for stop in stops:
        lines += ["[[chapter.stop]]", *(f"{key} = {said}" for key, said in stop.items() if said)]
    return "\n".join(lines)


def first(**changes: str) -> Stop:
    """The stop that works, with changes."""
    return stops.lecture(written(GOOD | changes)).stops[0]


def test_a_stop_is_a_page_with_its_settings_and_a_question() -> None:
    stop = first()
    assert (stop.key, stop.link.page) == ("1.1", "read")
    assert dict(stop.link.settings) == {"s": "not bad", "t": "1"}
    assert stop.text == ("Before ", Sets("not", "t=2"), ".")
    assert stop.question
    assert dict(stop.question.measure.arguments) == {"class_": "positive"}
    assert not stop.remarks


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, Number),
        ({"number": "", "word": "true"}, Word),
        ({"number": "", "choices": '[{say="a", when="> 0"}, {say="b", when="<= 0"}]'}, Choices),
    ],
)
def test_a_question_is_answered_in_one_of_three_ways(changes: dict, kind: type) -> None:
    assert isinstance(first(**changes).question.answer, kind)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"title": ""}, "its “title” is missing"),
        ({"title": "3"}, "its “title” is missing, or is no text"),
        ({"title": f'"{"x" * 81}"'}, "more than 80 characters"),
        ({"link": ""}, "its “link” is missing"),
        ({"meassure": "3"}, "a stop has no “meassure”"),
        ({"word": "true"}, "either “choices”, or a “number”, or a “word”"),
        ({"number": ""}, "either “choices”, or a “number”, or a “word”"),
        ({"number": "", "word": "false"}, "its “word” can only be true"),
        ({"number": "", "word": "true", "link": '"train"'}, "on the page train no word"),
        ({"reveal": '"It is {value:word}."', "link": '"train"'}, "can name a word"),
        ({"number": "{ low = 1, high = 0, step = 1 }"}, "from low up to high"),
        ({"number": "{ low = 0, high = 1, step = 1e-9 }"}, "in at most 1,000 steps"),
        ({"number": "{ low = 0, high = nan, step = 1 }"}, "from low up to high"),
        ({"number": '{ low = "0", high = 1, step = 1 }'}, "all numbers"),
        ({"number": "{ low = 0, high = 1, step = 1, more = 1 }"}, "has low, high and step"),
        ({"number": "", "choices": '[{say="a", when="> 0"}]'}, "2 to 6 “choices”"),
        ({"number": "", "choices": '[{say="a", when="x"}, {say="b", when="> 0"}]'}, "no condition"),
        ({"measure": ""}, "no measure “None”"),
        ({"measure": '"p"'}, "no measure “p”"),
        ({"measure": '{ name = "nothing" }'}, "no measure “nothing”"),
        ({"measure": '{ name = "p" }'}, "the measure “p” needs “class”"),
        ({"measure": '{ name = "p", class = 3 }'}, "“class” of the measure “p” is a text"),
        ({"measure": '{ name = "p", class = "a", word = true }'}, "is a whole number"),
        ({"measure": '{ name = "p", class = "a", x = 1 }'}, "the measure “p” takes no “x”"),
        ({"measure": '{ name = "accuracy", part = "all" }'}, "is one of train, test"),
        ({"also": "3"}, "its “also” is no table"),
        ({"also": '{ b = { name = "q" } }'}, "no measure “q”"),
        ({"reveal": '"It is {before}."'}, "names “before”, which nothing measures"),
        ({"check": "\"__import__('os')\""}, "is no condition"),
        ({"check": '"1 .. 0"'}, "is no condition"),
    ],
)
def test_a_broken_stop_is_named_with_its_reason_and_the_others_work(changes: dict, why: str):
    lecture = stops.lecture(written(GOOD | changes, GOOD))
    assert [stop.key for stop in lecture.stops] == ["1.2"]
    assert lecture.broken[0].startswith("Stop 1.1 “")
    assert why in lecture.broken[0]


@pytest.mark.parametrize(
    ("link", "page", "said"),
    [
        ("nowhere?t=1", "start", "There is no page “nowhere”"),
        ("lecture", "start", "There is no page “lecture”"),
        ("read?foo=1", "read", "“foo”, which is no setting"),
        ("read?stop=2.1", "read", "“stop”, which is no setting"),
        ("read?t=x", "read", "Its link’s t means nothing"),
        ("read?v=1", "read", "another version"),
    ],
)
def test_what_a_link_cannot_set_is_said_and_the_stop_stays(link: str, page: str, said: str):
    stop = first(link=f'"{link}"', number="", measure="", reveal="", check="", question="")
    assert stop.link.page == page
    assert not stop.link.settings or link == "nowhere?t=1"
    assert len(stop.remarks) == 1
    assert said in stop.remarks[0]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "no stop that works"),
        ("not toml", "It is no TOML file"),
        ("chapter = 3", "no stop that works"),
        ("chapter = [1, 'x', []]", "no stop that works"),
        ("a = " + "[" * 20_000, "too much is nested"),
        ("a = " + "{b=" * 20_000, "too much is nested"),
        ("a." * 99_000 + "a = 1", "more than 100 dots"),
        ("[" + "a." * 99_000 + "a]", "more than 100 dots"),
        ("x = " + "9" * 10_000, "It is no TOML file"),
        ("# " + "x" * stops.MOST_BYTES, "at most 200 kB"),
        (written({"title": '"Only this, and broken"'}), "Stop 1.1 “Only this, and broken”"),
    ],
)
def test_a_file_of_which_nothing_can_be_used_is_refused_in_a_sentence(content: str, why: str):
    with pytest.raises(ValueError, match=why):
        stops.lecture(content)


def test_of_too_many_stops_the_first_are_taken_and_one_sentence_says_so() -> None:
    lecture = stops.lecture(written(*[GOOD] * (stops.MOST_STOPS + 50)))
    assert len(lecture.stops) == stops.MOST_STOPS
    assert len(lecture.broken) == 1


@given(some.text(max_size=300))
def test_any_text_is_refused_in_a_sentence(content: str) -> None:
    with pytest.raises(ValueError, match="It "):
        stops.lecture(content)


@given(some.dictionaries(
    some.sampled_from(sorted(stops.KEYS)),
    some.sampled_from(["3", "true", '""', '"> 1"', "[]", "[[]]", "{}", "nan", "1979-05-27",
                       '"a?b=c&d"', '{name = "p"}', '[{say = "a"}, {say = "b"}]']),
))  # fmt: skip
def test_any_stop_is_read_or_named(stop: dict[str, str]) -> None:
    lecture = stops.lecture(written(stop, GOOD))
    assert len(lecture.stops) + len(lecture.broken) == 2


@pytest.mark.parametrize(
    ("written", "yes", "no"),
    [
        ("> 0.5", 0.6, 0.5), (">=.5", 0.5, 0.4), ("< -1e-3", -1, 0), ("<= 2", 2, 2.1),
        ("= 0.3", 0.1 + 0.2, 0.31), ("0.2 .. 0.8", 0.2, 0.81), ("-1..1", -1, float("nan")),
    ],
)  # fmt: skip
def test_a_condition_holds_where_it_says(written: str, yes: float, no: float) -> None:
    assert condition(written).holds(yes)
    assert not condition(written).holds(no)


@given(some.from_regex(SYMBOL, fullmatch=True))
def test_symbols_are_shown_as_in_a_formula_or_as_they_stand(symbol: str) -> None:
    assert symbols(f"So {symbol} is.")[1] == symbol.replace("−", "-")
    assert said.prose(f"So {symbol} is.")[::2] == ["So ", " is."]


# ---- a lecture in a link ----


def test_a_lecture_goes_into_a_link_and_comes_back() -> None:
    assert library.unpacked(library.packed(written(GOOD))) == written(GOOD)


def bomb() -> str:
    return library.packed("x" * (stops.MOST_BYTES * 100))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("%%%", "cut off or damaged"),
        ("ä", "cut off or damaged"),
        ("AAAA", "cut off or damaged"),
        (library.packed(written(GOOD))[:-9], "cut off or damaged"),
        (bomb(), "more than 200 kB"),
    ],
    ids=["no letters of it", "an umlaut", "not compressed", "cut off", "a bomb"],
)
def test_a_link_that_holds_no_lecture_is_said(said: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        library.unpacked(said)
