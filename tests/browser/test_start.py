"""Start in a real browser: the first thing that anybody sees."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_read import shown, type_in, where

Open = Callable[..., Page]


def test_typing_is_read(open_page: Open) -> None:
    page = shown(open_page())
    type_in(page, "i am not good")
    expect(where(page)).to_have_text("word 4 of 4: good")
    expect(page.locator(".film .heading")).to_contain_text(re.compile(r"it says negative \d+\s%"))


def test_an_example_is_one_click(open_page: Open) -> None:
    page = shown(open_page())
    page.get_by_role("button", name="Examples").click()
    page.get_by_role("menuitem", name="i am good").click()
    expect(where(page)).to_have_text("word 3 of 3: good")


def test_by_keyboard_alone(open_page: Open) -> None:
    page = shown(open_page())
    play = page.get_by_role("button", name="Play").first
    for _ in range(40):
        page.keyboard.press("Tab")
        if play.evaluate("node => node === document.activeElement"):
            break
    expect(play).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause").first).to_be_focused()
    expect(where(page)).to_have_text("word 2 of 10: am")


def test_dark_and_light_differ_and_both_can_be_read(open_page: Open, page: Page) -> None:
    looks = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        shown(open_page())
        looks[scheme] = page.evaluate(
            """() => [document.querySelector('[data-testid=stApp]'), document.querySelector('h1')]
                .map((node, i) => getComputedStyle(node)[i ? 'color' : 'backgroundColor'])
                .map((colour) => colour.match(/\\d+/g).slice(0, 3))
                .map((rgb) => rgb.reduce((a, b) => a + +b / 3, 0))"""
        )
    (light_paper, light_ink), (dark_paper, dark_ink) = looks["light"], looks["dark"]
    assert light_paper - light_ink > 150
    assert dark_ink - dark_paper > 150
    figure_ink = page.locator(".film .figure").first.evaluate("node => node.layout.font.color")
    assert figure_ink == "#e8e6e2"


def test_no_sideways_scroll_on_a_phone(open_page: Open, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    shown(open_page())
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
