"""What a screen reader hears: every picture, slider and button has a name."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_read import shown

PATHS = {"start": "", "read": "read", "step_back": "step_back"}
NAMELESS = """() => [...document.querySelectorAll('.film button, .film input')]
    .filter((node) => !(node.getAttribute('aria-label') ?? node.textContent).trim()).length"""


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_everything_has_a_name(open_page: Callable[..., Page], path: str) -> None:
    page = shown(open_page(path))
    figures = page.locator(".film .figure")
    assert figures.count()
    for figure in figures.all():
        expect(figure).to_have_attribute("role", "img")
        assert len(figure.get_attribute("aria-label")) > 10
    slider = page.get_by_role("slider", name="Step").first
    assert slider.get_attribute("aria-valuetext")
    page.get_by_role("button", name="First").first.click()
    assert "1" in slider.get_attribute("aria-valuetext")
    assert page.evaluate(NAMELESS) == 0
