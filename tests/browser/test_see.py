"""See and the picker of wirings, as a visitor uses them."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.boxes import PHONE, inside

LEARN_MS = 60_000


def learned(page: Page) -> Page:
    """When nothing is left to learn."""
    expect(page.get_by_role("button", name="Train again")).to_be_visible(timeout=LEARN_MS)
    expect(page.locator(".film .transport")).to_be_visible()
    return page


@pytest.mark.parametrize("task", ["caption", "film", "digit"])
def test_it_is_one_screen(open_page: Callable[..., Page], page: Page, task: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    learned(open_page("see", f"v_task={task}&v_units=8"))
    for what in (".film .drawing", ".film .figure", ".film .transport", ".film .pixels"):
        assert inside(page, what), what


def test_what_is_drawn_is_captioned_and_a_link_says_it(
    open_page: Callable[..., Page], page: Page
) -> None:
    learned(open_page("see", "v_units=8"))
    page.locator(".pixel").nth(0).click()
    page.locator(".pixel").nth(2).click()
    expect(page).to_have_url(re.compile("v_picture=e0e0400000070507"))
    expect(page.locator(".pixel.lit")).to_have_count(15)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".where")).to_contain_text("word 2 of")
    expect(page).to_have_url(re.compile("v_t=2"))
    page.reload()
    learned(page)
    expect(page.locator(".pixel.lit")).to_have_count(15)
    expect(page.locator(".where")).to_contain_text("word 2 of")


def test_a_wiring_is_one_click_from_start(open_page: Callable[..., Page], page: Page) -> None:
    open_page()
    page.locator(".wiring", has_text="Row by row").last.click()
    expect(page).to_have_url(re.compile("/see.*v_task=digit"))
    expect(page.locator(".film .where")).to_contain_text("row 8 of 8", timeout=LEARN_MS)


def test_on_a_phone_nothing_is_wider(open_page: Callable[..., Page], page: Page) -> None:
    page.set_viewport_size(dict(zip(("width", "height"), PHONE, strict=True)))
    learned(open_page("see", "v_units=8"))
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= PHONE[0]
    assert inside(page, page.locator(".film .drawing").first)
