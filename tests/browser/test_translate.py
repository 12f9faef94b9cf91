"""Translate, by a person: it learns by itself, its film goes through both, own input, links."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.boxes import inside
from tests.browser.conftest import ready

Open = Callable[..., Page]
QUICK = "x_units=16&x_goal=4"


def rested(page: Page) -> Page:
    """Wait until it has learned, and paused by itself."""
    expect(page.get_by_role("button", name="Train", exact=True)).to_be_visible(timeout=60_000)
    return ready(page)


def where(page: Page):
    return page.locator(".film .where").first


def lines(page: Page):
    """Lines of attention that are seen."""
    return page.locator(".film .arrow.attention.s-n")


def test_the_film_steps_through_encoder_and_decoder(open_page: Open) -> None:
    page = rested(open_page("translate", QUICK))
    expect(page.locator(".progress")).to_contain_text("epoch 4 of 4")
    expect(where(page)).to_contain_text("step 5 of")
    expect(lines(page)).to_have_count(4)
    page.keyboard.press("ArrowLeft")
    expect(where(page)).to_have_text("step 4 of 9: reads sleeps")
    expect(lines(page)).to_have_count(0)
    expect(page.locator(".film .area").nth(1)).to_contain_text("If it ended here")
    page.keyboard.press("Home")
    expect(where(page)).to_contain_text("reads the")
    page.wait_for_function("new URLSearchParams(location.search).get('x_t') === '1'")
    page.keyboard.press(" ")
    expect(where(page)).to_contain_text("writes", timeout=20_000)


def test_a_link_opens_the_same_picture(open_page: Open) -> None:
    link = f"{QUICK}&x_task=numbers&source=forty+two&x_forced=1&x_attention=1&x_t=3&beam=3"
    page = rested(open_page("translate", link))
    expect(where(page)).to_contain_text("step 3 of 5")
    expect(page.locator(".st-key-model")).to_contain_text("GRU · 16 units · epoch 4")
    page.get_by_role("button", name="More").click()
    expect(page.get_by_role("radio", name="teacher forcing")).to_be_checked()
    expect(page.locator(".drawing .feed")).to_have_count(0)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_own_input_and_unknown_words(open_page: Open) -> None:
    page = rested(open_page("translate", QUICK))
    box = page.get_by_role("textbox").first
    box.fill("a cat falls")
    box.press("Enter")
    expect(page.locator(".drawing .box.x.encoder").nth(1)).to_contain_text("cat")
    box.fill("a zebra falls")
    box.press("Enter")
    expect(page.get_by_test_id("stAlert")).to_contain_text("unknown: zebra")
    expect(page.locator(".drawing .box.x.encoder").nth(1)).to_contain_text("cat")


@pytest.mark.parametrize("more", ["", "&x_task=dates", "&x_attention=0"])
def test_it_stands_in_one_screen(open_page: Open, page: Page, more: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    rested(open_page("translate", f"x_units=8&x_goal=2{more}"))
    for what in (".st-key-controls", ".film .transport", ".film .drawing", ".film .figure >> nth=0",
                 ".progress", "[role=tab] >> nth=0"):  # fmt: skip
        assert inside(page, what), what


def test_attention_is_taken_away_by_a_click(open_page: Open) -> None:
    page = rested(open_page("translate", QUICK))
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_role("heading", name="The bottleneck")).to_be_visible(timeout=20_000)
    page.wait_for_function("new URLSearchParams(location.search).get('x_attention') === '0'")


def test_read_step_back_and_train_show_the_wiring_that_was_chosen(open_page: Open) -> None:
    page = open_page("", QUICK)
    page.locator(".wiring", has_text="Encoder, decoder").last.click()
    expect(page.locator(".drawing .box.encoder").first).to_be_visible(timeout=60_000)
    for name in ("Read", "Step back", "Train"):
        page.locator(".st-key-nav-pages").get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
        page.wait_for_url(f"**/{name.lower().replace(' ', '_')}*wiring=translate*")
        rested(page)
    expect(page.locator(".progress")).to_contain_text("epoch 4 of 4")
    page.go_back()
    expect(where(page)).to_contain_text("back 1 of")
    page.keyboard.press("ArrowRight")
    expect(where(page)).to_contain_text("back 2 of")
    page.locator(".film button.token", has_text="la").first.click()
    expect(page.locator(".film h3").first).to_contain_text("The loss of “la” alone")
    page.locator(".st-key-model button").click()
    page.locator(".wiring", has_text="Many to one").last.click()
    expect(page.locator(".st-key-box-s input")).to_be_visible(timeout=20_000)
    assert "/step_back" in page.url


def test_the_beam_is_chosen_beside_the_film(open_page: Open) -> None:
    page = rested(open_page("translate", QUICK))
    page.get_by_role("button", name="beam of 3").click()
    expect(page.locator(".film")).to_contain_text(["Beginnings kept"])
    page.wait_for_function("new URLSearchParams(location.search).get('beam') === '3'")
