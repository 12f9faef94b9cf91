"""Step back in a real browser: every frame by keys, the lines that run, links, hostile input."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.boxes import in_turn
from tests.browser.conftest import ready
from tests.browser.test_read import HOSTILE, SVG, nothing_broke, press, shown, type_in, where

Open = Callable[..., Page]
IN_ITS_CARD = """() => [...document.querySelectorAll('.film .run.alone')].every((run) => {
    const [inner, outer] = [run, run.closest('.card')].map((one) => one.getBoundingClientRect());
    return inner.top >= outer.top && inner.bottom <= outer.bottom + 1;
})"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.film text, .film .text *')]
    .filter((one) => one.textContent.trim() && !one.closest('sub, sup, math, .sub, .sup')
        && one.getBoundingClientRect().width > 0 && one.textContent !== '▶')
    .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""
IN_ITS_SHEET = """() => {   // the strip's boxes and the bar of h_0
    const [boxes, bars] = ['.drawing .box rect', '.shapelayer path'].map(
        (what) => [...document.querySelectorAll('.film .sheet ' + what)]);
    return boxes.length > 0 && bars.length > 0 && [...boxes, ...bars].every((one) => {
        const [inner, outer] = [one, one.closest('.sheet')].map((it) => it.getBoundingClientRect());
        return inner.left >= outer.left && inner.right <= outer.right;
    });
}"""
PATH, SENTENCE = "step_back", "s=i+am+not+bad&epoch=4"
FRAMES = [
    ("the loss", "d_logits = "),
    ("the readout", 'd_asked = params["W_hy"].T @ d_logits'),
    ("back through bad", "d_a = self.activation.derivative(now.h) * d.h"),
    ("back through not", "d_a = self.activation.derivative(now.h) * d.h"),
    ("back through am", "d_a = self.activation.derivative(now.h) * d.h"),
    ("back through i", "d_a = self.activation.derivative(now.h) * d.h"),
    ("the update", "theta -= grad"),
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
        expect(where(page)).to_have_text(label)
        expect(lines(page).filter(has_text=line)).to_have_count(1)
        assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(f"window.before === {SVG} && window.before.isConnected")
    nothing_broke(page)


def test_by_line_each_line_runs_and_a_click_leads_back(open_page: Open) -> None:
    page = shown(open_page(PATH, SENTENCE + "&f=4"))
    page.get_by_role("button", name="by line").click()
    expect(page).to_have_url(re.compile(r"by=line"))
    running = page.locator(".film .run.alone")
    said = ["d.h = ", "d_a = ", "d_h_before = ", 'grads["W_hh"]', 'grads["b_h"]', 'grads["W_xh"]']
    for i, line in enumerate(said):
        expect(where(page)).to_have_text(f"back through not, line {i + 1} of 6")
        expect(running).to_have_count(1)
        expect(running).to_contain_text(line)
        assert page.evaluate(CUT_OFF) == []
        assert page.evaluate(IN_ITS_CARD)
        press(page, "ArrowRight")
    expect(where(page)).to_have_text("back through am, line 1 of 6")
    press(page, "ArrowLeft")
    page.get_by_role("button", name="by word").click()
    expect(where(page)).to_have_text("back through not")
    page.locator(".film .run", has_text="d_h_before = ").click()
    expect(where(page)).to_have_text("back through not, line 3 of 6")
    expect(running.locator("tr")).to_have_count(4)
    nothing_broke(page)


@pytest.mark.parametrize("more", ["", "&by=line&f=31", "&cell=lstm&by=line&f=50"])
def test_all_of_it_is_on_one_screen(open_page: Open, more: str) -> None:
    page = shown(open_page(PATH, f"units=16{more}"))
    for _, height in in_turn(page):
        for part in (".drawing", ".figure", ".transport", ".run", ".look", ".heading"):
            boxes = [one.bounding_box() for one in page.locator(f".film.filled {part}").all()]
            assert boxes
            for box in boxes[: None if part != ".run" else 1]:
                assert box["y"] >= 0
                assert box["y"] + box["height"] <= height
        assert page.evaluate(IN_ITS_CARD)
        small = page.evaluate(SMALLEST)
        assert small >= 12.5, small


def test_the_sum_grows_from_nothing_to_the_gradient(open_page: Open) -> None:
    page = shown(open_page(PATH, SENTENCE))
    largest = """() => {
        const figure = document.querySelectorAll('.film .figure')[1];
        return Math.max(...figure.data[1].z.flat().map(Math.abs));
    }"""
    press(page, "Home")
    expect(where(page)).to_have_text(FRAMES[0][0])
    page.wait_for_function(f"({largest})() === 0")
    press(page, "End")
    page.wait_for_function(f"({largest})() > 0.001")


def test_a_link_restores_the_frame_and_the_unit(open_page: Open) -> None:
    page = shown(open_page(PATH, SENTENCE + "&f=4&unit=5"))
    expect(where(page)).to_have_text(FRAMES[3][0])
    expect(page.locator(".film .heading .sub").last).to_contain_text("unit 5")
    press(page, "ArrowRight")
    expect(page).to_have_url(re.compile(r"[?&]f=5"))
    again = page.context.new_page()
    again.goto(page.url)
    expect(where(again)).to_have_text(FRAMES[4][0])


def test_truncation_and_target_change_the_film(open_page: Open) -> None:
    page = shown(open_page(PATH, SENTENCE + "&k=2&f=3"))
    look = page.locator(".film .look").first
    expect(look).to_contain_text("Memory horizon, 1 % or more left: 1 word.")
    expect(look).to_contain_text("Truncation lets it reach 2 words.")
    loss = page.locator(".film .run .mono").first
    before = loss.inner_text()
    page.get_by_test_id("stButtonGroup").get_by_text("positive", exact=True).click()
    expect(loss).not_to_have_text(before)


def test_a_held_gate_is_held_on_the_way_back_and_can_be_freed(open_page: Open) -> None:
    page = shown(open_page(PATH, "s=i+am+not+bad&cell=LSTM&f=4&unit=2&hold=f_1_all_all_0"))
    page.get_by_role("button", name="1 held").click()
    expect(page.get_by_text("f = 1.").first).to_be_visible()
    expect(page.locator(".film .run").first).to_be_visible()
    page.locator(".film .run", has_text="d_a = join").click()
    running = page.locator(".film .run.alone")
    expect(running).to_contain_text("held by hand: no gradient")
    page.get_by_role("button", name="1 held").click()
    page.get_by_role("button", name="Free").click()
    expect(page.get_by_role("button", name="1 held")).to_have_count(0)
    expect(running).not_to_contain_text("held by hand")
    expect(page).not_to_have_url(re.compile(r"[?&]hold="))
    nothing_broke(page)


def test_the_gradient_goes_to_the_right_in_the_half_that_reads_backwards(open_page: Open) -> None:
    page = shown(open_page(PATH, "s=i+am+not+bad&both=true&layer=backwards&f=3"))
    expect(where(page)).to_have_text("back through i")
    press(page, "ArrowRight")
    expect(where(page)).to_have_text("back through am")
    nothing_broke(page)


def test_hostile_input_one_after_the_other(open_page: Open) -> None:
    page = shown(open_page(PATH))
    page.evaluate(
        "() => { window.alert = () => { throw new Error('the visitor ran a script'); }; }"
    )
    for text in HOSTILE.values():
        type_in(page, text)
        page.get_by_role("textbox").first.blur()
        expect(page.get_by_role("textbox").first).to_have_value(text[:10_000])
        ready(page)
        expect(page.locator(".film").first).to_be_visible()
        nothing_broke(page)


def test_a_phone_does_not_scroll_sideways(open_page: Open) -> None:
    page = shown(open_page(PATH, SENTENCE))
    page.set_viewport_size({"width": 390, "height": 844})
    transport = page.locator(".film .transport")
    expect(transport).to_be_visible()
    box, film = transport.bounding_box(), page.locator(".film .drawing").first.bounding_box()
    assert film["y"] + film["height"] <= box["y"]
    assert box["y"] + box["height"] <= 844
    wide = "document.querySelector('[data-testid=stMain]').scrollWidth"
    page.wait_for_function(f"{wide} <= 392")


@pytest.mark.parametrize("width", [390, 1280, 1920])
@pytest.mark.parametrize(("words", "last"), [("not bad", 5), ("this is not bad now", 8)])
def test_what_stands_beside_the_columns_is_in_the_card(
    open_page: Open, width: int, words: str, last: int
) -> None:
    page = open_page(PATH, f"s={words.replace(' ', '+')}&epoch=4&f={last}")
    page.set_viewport_size({"width": width, "height": 844})
    expect(where(shown(page))).to_have_text("the update")
    page.wait_for_function(IN_ITS_SHEET)


EACH = "data=parity&s=1+0+1+1&epoch=3&f=7"
BANDS = """() => {
    const [figure] = document.querySelectorAll('.film .figure');
    return figure._fullData.filter((trace) => trace.type === 'bar' && trace.yaxis === 'y2').length;
}"""
BAND = """([trace, x]) => {   // the middle of a loss's band at a word
    const [figure] = document.querySelectorAll('.film .figure');
    const { xaxis, yaxis2 } = figure._fullLayout, box = figure.getBoundingClientRect();
    const { b, s0, s1 } = figure.calcdata[trace][x];
    const y = yaxis2.d2p((s0 + s1) / 2);
    return [box.left + xaxis._offset + xaxis.d2p(x), box.top + yaxis2._offset + y];
}"""


def test_one_of_several_losses_is_followed_and_a_link_restores_it(open_page: Open) -> None:
    page = shown(open_page(PATH, EACH))
    assert page.evaluate(BANDS) == 4
    page.mouse.click(*page.evaluate(BAND, [4 + 2, 0]))  # the third loss, at the first word
    expect(page).to_have_url(re.compile("loss_at=3"))
    expect(page.locator(".film .look").first).to_contain_text("the gradient of loss 3 alone")
    assert page.evaluate(BANDS) == 1
    link = page.url
    page.reload()
    expect(shown(ready(page)).locator(".film .look").first).to_contain_text("of loss 3 alone")
    page.locator(".st-key-controls").get_by_role("combobox").first.click()
    page.get_by_role("option", name="all losses").click()
    expect(page.locator(".film .look").first).to_contain_text("the bands")
    page.goto(link)
    expect(shown(ready(page)).locator(".film .look").first).to_contain_text("of loss 3 alone")
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        press(page, key)
    nothing_broke(page)
