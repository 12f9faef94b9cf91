"""By hand: a weight is clicked and set, two units move in their plane, a control is locked."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.boxes import HALL, PHONE, inside
from tests.browser.conftest import ready

Open = Callable[..., Page]
CELL = """([figure, i, row, column]) => {   // the middle of a cell of block i, on the screen
    const { xaxis, yaxis } = Object.values(figure._fullLayout._plots)[i];
    const box = figure.getBoundingClientRect();
    return [box.left + xaxis._offset + xaxis.d2p(column), box.top + yaxis._offset + yaxis.d2p(row)];
}"""
STATES = "JSON.stringify(document.querySelector('.film .figure')._fullData[0].z)"
FIRST_ARROW = """() => [...document.querySelectorAll(".film .figure")]
    .find((node) => node.ariaLabel.startsWith("The state in the plane"))._fullData[0].x[1]"""


def test_a_weight_of_a_matrix_is_clicked_typed_and_put_back(open_page: Open) -> None:
    page = open_page("read", "s=i+am+not+bad&order=number")
    figure = page.locator(".film .figure").nth(2)
    figure.locator(".main-svg").first.wait_for()
    figure.scroll_into_view_if_needed()
    page.mouse.click(*page.evaluate(CELL, [figure.element_handle(), 0, 3, 5]))
    expect(page).to_have_url(re.compile(r"weight=W_hh\.3\.5"))
    dial = page.locator(".st-key-weight-dial")
    expect(dial).to_contain_text("W_hh[3, 5], from unit 5 to unit 3")
    assert inside(page, dial)  # it stays in view over the matrix
    before, handle = page.evaluate(STATES), dial.get_by_role("slider").bounding_box()
    middle = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 60, middle[1])
    page.wait_for_function(f"(before) => {STATES} !== before", arg=before)  # before it is let go
    assert "weights=" not in page.url
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"weights=W_hh\.3\.5"))
    dial.get_by_role("spinbutton").fill("2.5")
    dial.get_by_role("spinbutton").press("Enter")
    expect(page).to_have_url(re.compile(r"weights=W_hh\.3\.5%3D2\.5"))
    expect(page.get_by_role("button", name="1 weight by hand")).to_be_visible()
    dial.get_by_role("button", name="Put back").click()
    expect(page.get_by_role("button", name="1 weight by hand")).to_have_count(0)


def test_a_sum_s_weight_is_taken_and_a_word_tells_its_column(open_page: Open) -> None:
    page = open_page("step_back", "s=i+am+not+bad&order=number&f=4")
    figure = page.locator(".film .figure").nth(1)
    figure.locator(".main-svg").first.wait_for()
    page.mouse.click(*page.evaluate(CELL, [figure.element_handle(), 0, 12, 5]))
    expect(page.locator(".st-key-weight-dial")).to_contain_text("from unit 5 to unit 12")
    page = open_page("read", "s=i+am+not+bad&t=1")
    page.locator(".drawing .box.x").nth(2).hover()
    expect(page.locator(".film .tip")).to_contain_text("“not” picks this column")
    assert inside(page, page.locator(".film .tip"))
    page.mouse.move(0, 0)
    expect(page.locator(".film .tip")).to_have_count(0)


@pytest.mark.parametrize("size", [HALL[0], PHONE])
def test_a_number_of_two_units_moves_their_plane(open_page: Open, size: tuple[int, int]) -> None:
    page = open_page("read", "units=2&s=i+am+not+bad&t=2")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.locator(".film .figure .plot-container").first.wait_for()
    if size != PHONE:
        for what in (".film .worked", ".film .figure >> nth=0", ".film .transport"):
            assert inside(page, page.locator(what).first), what
    before = page.evaluate(FIRST_ARROW)
    page.locator(".film .worked .weight").nth(3).click()
    box = page.locator(".st-key-weight-dial").get_by_role("spinbutton")
    box.fill("-3")
    box.press("Enter")
    expect(page.locator(".film .worked .weight.on")).to_have_text("−3.000")
    page.wait_for_function(f"(before) => ({FIRST_ARROW})() !== before", arg=before)
    page.get_by_role("button", name="Done").click()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("t=3"))


def test_a_lecturer_locks_and_hides_and_a_student_unlocks(
    open_page: Open, browser: Browser
) -> None:
    page = open_page("read", "s=i+am+not+bad")
    page.get_by_role("button", name="Share").click()
    page.get_by_text("What may students change?").click()
    panel = page.locator(".st-key-locks-panel")
    panel.get_by_text("locked", exact=True).first.click()  # the sentence
    expect(page).to_have_url(re.compile("lock=s"))
    expect(page.get_by_role("textbox", name="Your sentence")).to_be_disabled()
    panel.get_by_text("hidden", exact=True).nth(1).click()
    expect(page).to_have_url(re.compile("hide=model"))
    expect(page.get_by_text("Unlock")).to_have_count(0)  # who made it has the panel
    context = browser.new_context()
    student = context.new_page()
    student.goto(page.url)
    ready(student)
    expect(student.get_by_role("textbox", name="Your sentence")).to_be_disabled()
    student.get_by_role("button", name="Share").click()
    expect(student.locator(".pictures button").first).to_be_visible()
    expect(student.get_by_text("What may students change?")).to_have_count(0)
    student.keyboard.press("Escape")
    student.get_by_role("button", name="Unlock").click()
    expect(student.get_by_role("textbox", name="Your sentence")).to_be_enabled()
    expect(student).not_to_have_url(re.compile("lock="))
    context.close()
