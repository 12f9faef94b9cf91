"""To another page: what is asked for in a callback is set there, when the browser has come."""

import pytest

from ui.kit import go, settings
from ui.kit.settings import Owner


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A visitor on Start who asked to go to See; what was set there so far."""
    mine = Owner(page="start")
    monkeypatch.setattr(settings, "owner", lambda: mine)
    done: list[str] = []
    go.to("see", lambda: done.append(mine.page))
    return done


def test_it_is_set_once_and_where_one_has_come(done: list[str]) -> None:
    assert go.follow() == "see"
    assert not done
    settings.owner().page = "see"
    assert go.follow() == ""
    assert go.follow() == ""
    assert done == ["see"]


def test_the_browser_is_told_until_it_goes(done: list[str]) -> None:
    assert go.unheard()
    assert [go.follow(), go.follow()] == ["see", "see"]
    assert not go.unheard()


def test_who_goes_elsewhere_has_thought_better_of_it(done: list[str]) -> None:
    settings.owner().page = "read"
    assert go.follow() == ""
    settings.owner().page = "see"
    assert go.follow() == ""
    assert not done


def test_on_the_same_page_it_is_set_before_the_page_is_drawn_anew(done: list[str]) -> None:
    go.to("start", lambda: done.append("here"))
    assert go.unheard()
    assert go.follow() == ""
    assert not go.unheard()
    assert done == ["here"]
