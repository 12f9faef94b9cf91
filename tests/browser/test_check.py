"""Is it right?, by a person: a mystery solved, and a race that runs, stops and stays."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from rnn_core.experiments.bugs import mystery

Open = Callable[..., Page]
WHERE = re.compile(r"now seed \d+ .*: epoch (\d+)")


def plot(page: Page, label: str):
    """The node that Plotly draws into."""
    return page.locator(f".figure[aria-label^='{label}']")


def add_check(page: Page, sentence: str, log: str) -> None:
    box = page.get_by_label("Your sentence")
    box.fill(sentence)
    expect(page).to_have_url(re.compile(f"s={sentence.replace(' ', '.')}(&|$)"))
    page.get_by_role("button", name="Check this sentence").click()
    expect(page.get_by_role("heading", name=log)).to_be_visible()


def test_a_mystery_solved_by_checks(open_page: Open) -> None:
    page = open_page("check", "tab=Find+the+bug&mystery=0")
    add_check(page, "this is not good", "One check")
    add_check(page, "good", "2 checks")
    rows = page.locator(".findings tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(1).get_by_text("wrong").first).to_be_visible()
    page.locator("[data-testid=stButtonGroup]").get_by_text(mystery(0).title).click()
    expect(page.get_by_text("✓ Right")).to_be_visible()
    expect(page.locator(".twin pre")).to_have_count(2)
    expect(page.locator(".twin .line.on").first).to_be_visible()
    expect(page.get_by_text("Solved by you: 1")).to_be_visible()
    page.get_by_role("button", name="Next mystery").click()
    expect(page.get_by_role("spinbutton", name="Mystery number")).to_have_value("1")
    expect(page.get_by_text("No check yet")).to_be_visible()


def test_epsilon_by_the_keyboard_changes_the_pictures_in_place(open_page: Open) -> None:
    page = open_page("check")
    curve = plot(page, "What epsilon does")
    expect(curve.locator(".point")).to_have_count(11)
    curve.evaluate("node => { node.mark = 'same' }")
    page.get_by_role("button", name="More").click()
    page.get_by_role("slider", name="Epsilon: move each number by ±").press("Home")
    expect(page.locator(".verdicts").get_by_text("wrong").first).to_be_visible()
    assert curve.evaluate("node => node.mark") == "same"
    expect(page).to_have_url(re.compile("epsilon=1e-1"))


@pytest.mark.parametrize("tab", ["Check it", "Find the bug", "The race", "All of it"])
def test_a_tab_is_seen_whole(open_page: Open, tab: str) -> None:
    page = open_page("check", f"tab={tab.replace(' ', '+')}&bug=transpose")
    page.set_viewport_size({"width": 1280, "height": 720})
    cards = page.locator(".film .card")
    expect(cards.locator("h3").last).to_be_visible()
    if tab == "Find the bug":
        expect(page.locator(".findings")).to_be_visible()
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollHeight <= 730")
    for box in (card.bounding_box() for card in cards.all()):
        assert box["y"] + box["height"] <= 720
    assert cards.evaluate_all("all => all.every((c) => c.scrollHeight <= c.clientHeight + 1)")


def epoch(page: Page) -> int:
    found = WHERE.search(page.locator(".film p.quiet").first.inner_text())
    assert found
    return int(found[1])


def look_away_and_back(page: Page) -> None:
    for tab, shown in (("All of it", "gradients are right"), ("The race", "ended")):
        page.get_by_role("radio", name=tab).or_(page.get_by_role("button", name=tab)).first.click()
        expect(page.locator(".film").get_by_text(shown).first).to_be_visible()


@pytest.mark.slow
def test_a_race_runs_stops_and_goes_on(open_page: Open) -> None:
    page = open_page("check", "tab=The+race&race_seeds=3")
    figure = plot(page, "Epochs until")
    expect(figure.locator(".main-svg").first).to_be_visible()
    figure.evaluate("node => { node.mark = 'same' }")
    page.get_by_role("button", name="Start the race").click()
    # The first run ends, its dot lands in the figure that was there before.
    expect(figure.locator(".trace").first.locator(".point")).to_have_count(1, timeout=90_000)
    assert figure.evaluate("node => node.mark") == "same"
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    # The text may be a tick behind the button, so it is read after another answer of the server;
    # two more answers later nothing has moved on.
    look_away_and_back(page)
    stood = epoch(page)
    look_away_and_back(page)
    expect(page.locator(".film p.quiet").first).to_contain_text(f"epoch {stood},")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    page.wait_for_function(
        "before => Number(/epoch (\\d+)/.exec(document.querySelector('.film p.quiet')"
        "?.textContent)?.[1]) > before",
        arg=stood,
    )


def test_a_link_opens_the_bug(open_page: Open) -> None:
    page = open_page("check", "tab=Find+the+bug&bug=overwrite&s=good")
    expect(page.get_by_role("heading", name="It is this: = for +=")).to_be_visible()
