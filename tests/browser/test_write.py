"""Write, by a person: it learns by itself, its film steps, a symbol is drawn by hand, own text."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.boxes import inside
from tests.browser.conftest import ready

Open = Callable[..., Page]
QUICK = "text=rhymes&w_units=16&w_goal=10"
VERSE = "a kite went up, a kite came down,\nit saw the roofs of all the town.\n" * 12


def rested(page: Page) -> Page:
    """Wait until it has learned, and paused by itself."""
    expect(page.get_by_role("button", name="Train", exact=True)).to_be_visible(timeout=60_000)
    return page


def bars(page: Page):
    return page.locator(".film").first.locator(".figure").nth(1)


def test_it_learns_steps_and_takes_a_symbol_that_is_drawn_by_hand(open_page: Open) -> None:
    page = rested(open_page("write", QUICK))
    expect(page.locator(".film").nth(1)).to_contain_text("epoch 10 of 10")
    where = page.locator(".film .where").first
    expect(where).to_contain_text("character 4 of 83")
    page.keyboard.press("ArrowRight")
    expect(where).to_contain_text("character 5 of 83")
    box = bars(page).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.3)
    page.wait_for_function("new URLSearchParams(location.search).get('drawn')?.startsWith('5-')")
    expect(where).to_contain_text("character 6 of 83")
    drawn = where.inner_text()
    ready(page.reload() and page)
    expect(where).to_have_text(drawn, timeout=60_000)
    rested(page)


def test_temperature_changes_the_bars_at_once(open_page: Open) -> None:
    page = rested(open_page("write", QUICK))
    expect(page.locator(".film").first).to_contain_text("T = 0.7")
    page.get_by_role("slider", name="Temperature T").press("Home")
    expect(page.locator(".film").first).to_contain_text("always the likeliest")


def test_an_own_text_becomes_words_and_a_reload_says_that_it_is_gone(open_page: Open) -> None:
    page = open_page("write", "text=rhymes&w_units=32&w_goal=80")
    page.get_by_role("button", name="Rhymes").click()
    page.get_by_text("Your own text", exact=True).click()
    page.get_by_label("Paste it here").fill(VERSE)
    page.get_by_label("Paste it here").press("Control+Enter")
    page.get_by_role("button", name="Learn this text").click()
    page.wait_for_function("new URLSearchParams(location.search).get('text') === 'own'")
    page.keyboard.press("Escape")
    rested(page)
    expect(page.locator(".samples")).to_contain_text(re.compile("kite|roofs|town"))
    ready(page.reload() and page)
    expect(page.get_by_test_id("stAlert")).to_contain_text("A link holds no own text")


@pytest.mark.parametrize("text", ["rhymes", "grammar"])
def test_it_stands_in_one_screen(open_page: Open, page: Page, text: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    rested(open_page("write", f"text={text}&w_units=8&w_goal=5"))
    expect(page.locator(".film .drawing").first).to_be_visible()
    for what in (".st-key-controls", ".film .transport", ".film .drawing .box.s-n >> nth=0",
                 ".film >> nth=1"):  # fmt: skip
        assert inside(page, what), what
    assert inside(page, bars(page))
