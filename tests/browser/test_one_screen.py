"""One screen: what stands on every page fits its window, in a hall and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.boxes import PHONE, in_turn, inside
from tests.browser.test_read import shown

TWELVE = "s=i+am+not+at+all+bad+or+sad+right+now+and+happy"
PATHS = {"start": "", "read": "read", "step_back": "step_back", "train": "train",
         "write": "write", "translate": "translate", "see": "see", "memory": "memory",
         "check": "check"}  # fmt: skip


@pytest.mark.parametrize("model", ["trained", "everyday"])
def test_start_stands_in_a_hall(open_page: Callable[..., Page], page: Page, model: str) -> None:
    shown(open_page("", f"{TWELVE}&model={model}"))
    for window in in_turn(page):
        for what in (".st-key-nav", ".st-key-controls", ".film .drawing", ".film .figure",
                     ".film .transport", ".film .steps"):  # fmt: skip
            assert inside(page, what), (what, window)


@pytest.mark.parametrize(("path", "n_figures"), [("read", 2), ("step_back", 1)])
def test_answers_at_each_step_stand_in_one_screen(
    open_page: Callable[..., Page], page: Page, path: str, n_figures: int
) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    shown(open_page(path, "data=bracket_depth&epoch=2"))
    film = page.locator(".film").first
    for what in (".drawing", ".look >> nth=0", ".transport"):
        assert inside(page, film.locator(what)), what
    assert all(inside(page, film.locator(".figure").nth(i)) for i in range(n_figures))


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_on_a_phone_the_navigation_is_one_line_and_nothing_is_wider(
    open_page: Callable[..., Page], page: Page, path: str
) -> None:
    page.set_viewport_size(dict(zip(("width", "height"), PHONE, strict=True)))
    shown(open_page(path))
    assert page.locator(".st-key-nav").bounding_box()["height"] <= 50
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= PHONE[0]


@pytest.mark.parametrize("path", ["", "read", "step_back"])
def test_on_a_phone_the_film_and_its_buttons_are_in_view_together(
    open_page: Callable[..., Page], page: Page, path: str
) -> None:
    page.set_viewport_size(dict(zip(("width", "height"), PHONE, strict=True)))
    shown(open_page(path))
    assert inside(page, page.locator(".film .transport").first)
    assert inside(page, page.locator(".film .drawing").first)
    film = page.locator(".film .figure").first.bounding_box()
    buttons = page.locator(".film .transport").first.bounding_box()
    assert film["y"] + film["height"] <= buttons["y"] + 1


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_no_type_in_a_picture_is_too_small_for_a_hall(
    open_page: Callable[..., Page], page: Page, path: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    shown(open_page(path))
    small = page.evaluate("""() => [...document.querySelectorAll('.film .figure text')]
        .filter((node) => node.textContent.trim() && !node.closest('[data-notex]')?.hidden)
        .map((node) => [parseFloat(getComputedStyle(node).fontSize), node.textContent])
        .filter(([size, text]) => size < 12 && text !== '▶')""")
    assert not small
