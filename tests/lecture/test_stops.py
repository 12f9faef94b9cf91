"""Every stop of our lecture: its link, its measure, and that what it says holds.

One stop alone: pytest tests/lecture/test_stops.py -k "2.3"
"""

import pytest

from tests.apptest import open_app, owner, payloads, texts
from ui.kit import jobs
from ui.kit.table import TABLE
from ui.lecture import library, stops
from ui.lecture.condition import Condition
from ui.lecture.score import KEY
from ui.lecture.stops import Choices, Number, Stop

LECTURE = stops.lecture(library.ours())


def test_no_stop_is_broken() -> None:
    assert not LECTURE.broken


@pytest.mark.parametrize("stop", LECTURE.stops, ids=lambda stop: f"{stop.key} {stop.title}")
def test_a_stop_holds(stop: Stop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "AT_ONCE_S", 60.0)  # what is measured in slices is measured at once
    assert not stop.remarks
    for name, said in stop.link.settings:
        value = TABLE[name].parse(said)
        assert TABLE[name].nearest(value) == value, name
    settings = {name: TABLE[name].parse(said) for name, said in stop.link.settings}
    app = open_app(stop.link.page, limit_s=120, stop=stop.key, **settings)
    assert not app.exception
    assert not app.error
    assert not app.info, "the page corrects or explains something of the link"
    assert any(stop.title in texts(panel.get("content", "")) for sent in payloads(app)
               for panel in sent["panels"])  # fmt: skip
    question = stop.question
    if question is None:
        return
    if stop.link.page == "step_back":
        assert "epoch" in settings, "else the page opens at a moment of its own"
    app.button(key="strip skip").click().run()
    assert not app.exception
    assert not app.error
    outcome = next(iter(owner(app).kept[KEY].values()))
    assert not outcome.why
    if isinstance(question.answer, Choices):
        assert [when.holds(outcome.value) for when in question.answer.when].count(True) == 1
    if isinstance(question.answer, Number):
        assert question.answer.low <= outcome.value <= question.answer.high
    assert isinstance(question.check, Condition)
    assert question.check.holds(outcome.value), outcome.numbers
