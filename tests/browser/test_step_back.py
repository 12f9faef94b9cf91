"""Step back in a real browser: every frame by keys, the lines that run, links, hostile input."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import ready
from tests.browser.test_read import HOSTILE, SVG, nothing_broke, press, shown, type_in, where

Open = Callable[..., Page]
PATH, SENTENCE = "step_back", "s=i+am+not+bad&epoch=4"
FRAMES = [
    ("1 of 7: the loss", "d_logits = "),
    ("2 of 7: the readout", "d_above = _from_readout("),
    ("3 of 7: back through bad", "d_a = self.activation.derivative(now.h) * d.h"),
    ("4 of 7: back through not", "d_a = self.activation.derivative(now.h) * d.h"),
    ("5 of 7: back through am", "d_a = self.activation.derivative(now.h) * d.h"),
    ("6 of 7: back through i", "d_a = self.activation.derivative(now.h) * d.h"),
    ("7 of 7: the update", "theta -= grad"),
]

CUT_OFF = """() => [...document.querySelectorAll('.film .code pre, .film .code .line')]
    .filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.textContent)"""


def lines(page: Page):
    return page.locator(".film .code .line.on")


def test_the_whole_film_by_keys(open_page: Open) -> None:
    page = shown(open_page(PATH, SENTENCE))
    page.evaluate(f"window.before = {SVG}")
    for i, (label, line) in enumerate(FRAMES):
        press(page, "ArrowRight" if i else "Home")
        expect(where(page)).to_have_text(f"frame {label}")
        expect(lines(page).filter(has_text=line)).to_have_count(1)
        assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(f"window.before === {SVG} && window.before.isConnected")
    nothing_broke(page)


def test_the_sum_grows_from_nothing_to_the_gradient(open_page: Open) -> None:
    page = shown(open_page(PATH, SENTENCE))
    largest = """() => {
        const figure = document.querySelectorAll('.film .figure')[1];
        return Math.max(...figure.data[1].z.flat().map(Math.abs));
    }"""
    press(page, "Home")
    expect(where(page)).to_have_text(f"frame {FRAMES[0][0]}")
    page.wait_for_function(f"({largest})() === 0")
    press(page, "End")
    page.wait_for_function(f"({largest})() > 0.001")


def test_a_link_restores_the_frame_and_the_unit(open_page: Open) -> None:
    page = shown(open_page(PATH, SENTENCE + "&f=4&unit=5"))
    expect(where(page)).to_have_text(f"frame {FRAMES[3][0]}")
    expect(page.locator(".film .formulas")).to_contain_text("unit 5:")
    press(page, "ArrowRight")
    expect(page).to_have_url(re.compile(r"[?&]f=5"))
    again = page.context.new_page()
    again.goto(page.url)
    expect(where(again)).to_have_text(f"frame {FRAMES[4][0]}")


def test_truncation_and_target_change_the_film(open_page: Open) -> None:
    page = shown(open_page(PATH, SENTENCE + "&k=2"))
    expect(page.locator(".film .look").nth(1)).to_contain_text("Memory horizon: 1 word")
    loss = page.locator(".film .formulas .mono").first
    before = loss.inner_text()
    page.get_by_test_id("stButtonGroup").get_by_text("positive", exact=True).click()
    expect(loss).not_to_have_text(before)


def test_a_held_gate_is_held_on_the_way_back_and_can_be_freed(open_page: Open) -> None:
    page = shown(open_page(PATH, "s=i+am+not+bad&cell=LSTM&f=4&unit=2&hold=f_1_all_all_0"))
    expect(page.locator(".st-key-held-line")).to_contain_text("f = 1")
    expect(page.locator(".film .formulas").first).to_be_visible()
    expect(page.locator(".film table").first).to_contain_text("held by hand: no gradient")
    page.get_by_role("button", name="Free").click()
    expect(page.locator(".st-key-held-line")).to_have_count(0)
    expect(page.locator(".film table").first).not_to_contain_text("held by hand")
    expect(page).not_to_have_url(re.compile(r"[?&]hold="))
    nothing_broke(page)


def test_the_gradient_goes_to_the_right_in_the_half_that_reads_backwards(open_page: Open) -> None:
    page = shown(open_page(PATH, "s=i+am+not+bad&both=true&layer=backwards&f=3"))
    expect(where(page)).to_have_text("frame 3 of 7: back through i")
    press(page, "ArrowRight")
    expect(where(page)).to_have_text("frame 4 of 7: back through am")
    nothing_broke(page)


def test_hostile_input_one_after_the_other(open_page: Open) -> None:
    page = shown(open_page(PATH))
    page.evaluate(
        "() => { window.alert = () => { throw new Error('the visitor ran a script'); }; }"
    )
    for text in HOSTILE.values():
        type_in(page, text)
        page.get_by_role("heading", level=1).click()
        expect(page.get_by_role("textbox").first).to_have_value(text[:10_000])
        ready(page)
        expect(page.locator(".film").first).to_be_visible()
        nothing_broke(page)


def test_a_phone_does_not_scroll_sideways(open_page: Open) -> None:
    page = shown(open_page(PATH, SENTENCE))
    page.set_viewport_size({"width": 390, "height": 844})
    expect(where(page)).to_be_visible()
    wide = "document.querySelector('[data-testid=stMain]').scrollWidth"
    page.wait_for_function(f"{wide} <= 392")
