"""Read in a real browser: typing, keys, clicks, links, hostile input, a phone, the dark."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.boxes import HALL, PHONE, in_turn, inside
from tests.browser.conftest import ready
from tests.browser.fresh import STEPS

Open = Callable[..., Page]
SVG = "document.querySelector('.film .figure .main-svg')"
CELL = """([x, y]) => {
    const figure = document.querySelector('.film .figure');
    const { xaxis, yaxis } = figure._fullLayout, box = figure.getBoundingClientRect();
    return [box.left + xaxis._offset + xaxis.d2p(x), box.top + yaxis._offset + yaxis.d2p(y)];
}"""
TYPE = """() => Object.fromEntries([...document.querySelectorAll('.film text, .film td, .film p')]
    .filter((node) => /\\w/.test(node.textContent))
    .map((node) => [node.textContent, parseFloat(getComputedStyle(node).fontSize)]))"""
HOSTILE = {
    "nothing": "",
    "400 words": "good " * 400,
    "5 kB": "x" * 5000,
    "emoji": "\U0001f600 \U0001f468\u200d\U0001f469",
    "right to left": "שלום \u202eabc",
    "script": "<script>alert(1)</script> <img src=x onerror=alert(1)> good",
    "tags": "<b>good</b> <a href='javascript:alert(1)'>bad</a>",
    "marks": "g" + "\u0301" * 300,
}
BAD_LINKS = {
    "t=999&unit=-5&v=9": ["There is no word 999", "There is no unit -5", "another version"],
    "t=abc&unit=1e9": ["link’s t means nothing", "link’s unit means nothing"],
    "seed=99999999&units=17": ["nearest that there is: 999", "nearest that there is: 16"],
    "seed=1.5&units=x": ["link’s seed means nothing", "link’s units means nothing"],
    "epoch=-3&order=zzz": ["asks for epoch -3", "asks for order zzz"],
    "data=../x&view=zzz": ["There is no data ../x", "There is no view zzz"],
    "cell=zebra&both=perhaps": ["asks for cell zebra", "link’s both means nothing"],
    "cell=lstm&layers=3&both=1&units=256": ["There is no units 256"],
    "cell=gru&hold=zzz~f_1_all_all_0": ["cannot be held", "what was held there is free"],
}


def shown(page: Page) -> Page:
    page.locator(".film .main-svg").first.wait_for()
    return page


def where(page: Page):
    return page.locator(".film .where").first


def type_in(page: Page, sentence: str) -> None:
    page.get_by_role("textbox").first.fill(sentence)


def press(page: Page, *keys: str) -> None:
    page.get_by_text("Unrolled", exact=True).click()
    for key in keys:
        page.keyboard.press(key)


def example(page: Page, sentence: str) -> None:
    page.get_by_role("button", name="Examples").click()
    page.get_by_role("menuitem", name=sentence, exact=True).click()


def nothing_broke(page: Page) -> None:
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    expect(page.locator("[data-testid=stMain]")).not_to_contain_text(
        re.compile("Traceback|BidiComponent Error|Something went wrong")
    )


def test_keys_step_the_same_picture(open_page: Open) -> None:
    page = shown(open_page("read", "s=i+am+not+bad"))
    page.evaluate(f"window.before = {SVG}")
    for key, word in [("Home", "1 of 4: i"), ("ArrowRight", "2 of 4: am"), ("End", "4 of 4: bad"),
                      ("ArrowLeft", "3 of 4: not")]:  # fmt: skip
        press(page, key)
        expect(where(page)).to_have_text(f"word {word}")
    expect(page).to_have_url(re.compile(r"[?&]t=3"))
    assert page.evaluate(f"window.before === {SVG} && window.before.isConnected")


@pytest.mark.parametrize("path", ["read", "step_back"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_step_is_drawn_in_place_and_looks_as_if_drawn_afresh(
    open_page: Open, page: Page, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    shown(open_page(path, "s=i+am+not+bad"))
    press(page, "Home", "ArrowRight")
    expect(page).to_have_url(re.compile(r"[?&][tf]=2"))  # the server knows, and says no more
    ready(page)
    right, left = "ArrowRight", "ArrowLeft"
    for keys in ([right], [right, left], [left, left, right, right, right]):
        assert page.evaluate(STEPS, keys) == []


def test_a_new_sentence_changes_the_same_picture_and_keeps_the_link_whole(open_page: Open) -> None:
    page = shown(open_page("read"))
    page.evaluate(f"window.before = {SVG}")
    press(page, "ArrowLeft")
    expect(page).to_have_url(re.compile(r"[?&]t=9"))
    type_in(page, "i am not good")
    expect(where(page)).to_have_text("word 4 of 4: good")
    expect(page).to_have_url(re.compile(r"\?s=i\+am\+not\+good&v=2$"))  # t is gone, s is kept
    press(page, "ArrowLeft")
    expect(page).to_have_url(re.compile(r"\?s=i\+am\+not\+good&t=3&v=2$"))
    assert page.evaluate(f"window.before === {SVG} && window.before.isConnected")


def test_the_same_step_of_another_sentence_is_told_again(open_page: Open) -> None:
    page = shown(open_page("read", "s=i+am+not+bad"))
    press(page, "Home", "ArrowRight")
    expect(page).to_have_url(re.compile(r"[?&]t=2"))
    type_in(page, "this is not good")
    expect(where(page)).to_have_text("word 4 of 4: good")
    expect(page).not_to_have_url(re.compile(r"[?&]t="))
    press(page, "Home", "ArrowRight")
    expect(page).to_have_url(re.compile(r"[?&]t=2"))


@pytest.mark.parametrize(
    ("path", "key", "elsewhere", "first", "start"),
    [("read", "Home", r"[?&]t=1(&|$)", "word 1 of 10: i", "word 10 of 10: now"),
     ("step_back", "End", r"[?&]f=\d+(&|$)", "the loss", "the loss")],
)  # fmt: skip
def test_an_example_that_is_open_already_begins_its_film_anew(
    open_page: Open, path: str, key: str, elsewhere: str, first: str, start: str
) -> None:
    page = shown(open_page(path, "view=The+path"))
    expect(where(page)).to_have_text(start)
    press(page, key)
    expect(page).to_have_url(re.compile(elsewhere))
    expect(where(page)).not_to_have_text(start)
    example(page, "i am not at all bad or sad right now")
    expect(where(page)).to_have_text(start)
    expect(page).not_to_have_url(re.compile(elsewhere))
    press(page, "Home")
    expect(where(page)).to_have_text(first)
    page.keyboard.press(" ")  # it plays
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(where(page)).not_to_have_text(first)
    example(page, "i am not at all bad or sad right now")
    expect(where(page)).to_have_text(start)
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_the_views_begin_anew_with_the_film(open_page: Open) -> None:
    page = shown(open_page("read", "view=The+whole+step"))
    step = page.get_by_role("tabpanel").locator(".film")
    last = step.inner_text()
    press(page, "Home")
    expect(step).not_to_have_text(last, use_inner_text=True)
    example(page, "i am not at all bad or sad right now")
    expect(step).to_have_text(last, use_inner_text=True)


def test_a_suggestion_is_for_the_sentence_that_it_stands_under(open_page: Open) -> None:
    page = shown(open_page("read", "s=i+am+not+bad&view=Two+sentences&s2=not+goodd"))
    page.get_by_role("tabpanel").get_by_role("button", name="good", exact=True).click()
    boxes = page.get_by_role("textbox")
    expect(boxes.nth(1)).to_have_value("not good")
    expect(boxes.first).to_have_value("i am not bad")
    expect(page).to_have_url(re.compile(r"[?&]s2=not\+good(&|$)"))
    expect(page).to_have_url(re.compile(r"[?&]s=i\+am\+not\+bad(&|$)"))


def test_a_click_on_a_cell_chooses_its_unit_and_word(open_page: Open) -> None:
    page = shown(open_page("read", "s=i+am+not+bad&order=number&unit=0"))
    page.evaluate(f"window.before = {SVG}")
    page.mouse.click(*page.evaluate(CELL, [1, 3]))
    expect(page.get_by_role("heading", name="Unit 3 at “am”")).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]t=2"))
    expect(page).to_have_url(re.compile(r"[?&]unit=3"))
    assert page.evaluate(f"window.before === {SVG}")


def test_keys_in_the_box_leave_the_film_alone(open_page: Open) -> None:
    page = shown(open_page("read", "s=i+am+not+bad&t=2"))
    box = page.get_by_role("textbox").first
    for key in ("ArrowRight", "Home", "ArrowLeft", "End"):
        box.press(key)
    expect(where(page)).to_have_text("word 2 of 4: am")


def test_a_link_opens_the_same_picture(open_page: Open, browser: Browser) -> None:
    link = "s=i+am+not+good&t=3&unit=5&seed=4&epoch=7&order=number&units=24&view=The+path"
    page = shown(open_page("read", link))
    expect(page.get_by_role("heading", name="Unit 5 at “not”")).to_be_visible()
    expect(page.get_by_role("tab", name="The path")).to_have_attribute("aria-selected", "true")
    expect(page.locator(".st-key-model")).to_contain_text("RNN · 24 units · epoch 7")
    page.locator(".st-key-model button").first.click()
    expect(page.get_by_test_id("stPopoverBody")).to_contain_text("24 units, seed 4")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    press(page, "ArrowLeft")
    expect(page).to_have_url(re.compile(r"[?&]t=2"))
    figure = page.locator(".film .figure").first
    said, address = figure.get_attribute("aria-label"), page.url
    other = browser.new_context().new_page()
    other.goto(address)
    expect(other.locator(".film .figure").first).to_have_attribute("aria-label", said)
    other.context.close()


def test_a_link_opens_any_kind_of_network(open_page: Open) -> None:
    link = "s=i+am+not+bad&cell=lstm&layers=2&both=1&layer=2+back&signal=f&view=Gates"
    page = shown(open_page("read", link))
    expect(page.locator(".st-key-model")).to_contain_text("LSTM · both ways · 2 layers · 16 units")
    sub = page.locator(".film .heading .sub").first
    expect(sub).to_have_text("The forget gate f · layer 2, backwards")
    for said in ("cell=lstm", "layers=2", "both=1", r"layer=2\+back", "signal=f"):
        expect(page).to_have_url(re.compile(rf"[?&]{said}(&|$)"))
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    nothing_broke(page)


def test_a_gate_is_held_by_hand_and_freed(open_page: Open) -> None:
    page = shown(open_page("read", "s=i+am+not+bad&view=Gates&t=3"))
    page.get_by_role("button", name="Look at an LSTM").click()
    expect(page.locator(".st-key-model")).to_contain_text("LSTM · 16 units")
    numbers = page.locator(".film .text", has=page.get_by_role("heading", name="What “not” does"))
    expect(numbers).to_contain_text("moved by")
    page.get_by_role("button", name="Copy from “not” on").click()
    expect(numbers).to_contain_text("Copied exactly.")
    page.get_by_role("button", name="2 held").click()
    held = page.get_by_test_id("stPopoverBody")
    expect(held).to_contain_text("f = 1, i = 0 from word 3 on")
    expect(page).to_have_url(re.compile(r"[?&]hold=f_1_all_3-40_0~i_0_all_3-40_0(&|$)"))
    page.get_by_role("button", name="Free").click()
    expect(numbers).to_contain_text("moved by")
    expect(page).not_to_have_url(re.compile(r"[?&]hold="))
    nothing_broke(page)


def test_a_sentence_of_the_data_is_read_and_the_visitor_s_own_comes_back(open_page: Open) -> None:
    page = shown(open_page("read", "s=i+am+not+bad&units=4&view=Intervene+on+the+state"))
    box, bars = page.get_by_role("textbox").first, page.get_by_role("tabpanel").locator(".film")
    bars.get_by_role("button", name="→").first.click()
    expect(box).not_to_have_value("i am not bad")
    page.get_by_role("button", name="Back to yours: i am not bad").click()
    expect(box).to_have_value("i am not bad")
    expect(page).to_have_url(re.compile(r"[?&]s=i\+am\+not\+bad(&|$)"))
    nothing_broke(page)


@pytest.fixture(scope="module")
def visitor(server: str, browser: Browser) -> Iterator[Page]:
    """One visitor who types everything, one after the other; scripts that run are counted."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("window.alerts = 0; window.alert = () => { window.alerts += 1 }")
    page.goto(f"{server}/read")
    yield shown(ready(page))
    context.close()


@pytest.mark.parametrize("sentence", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_only_text(visitor: Page, sentence: str) -> None:
    page = visitor
    first = page.locator(".film .text").first
    before = first.inner_text()
    type_in(page, sentence)
    expect(first).not_to_have_text(before, use_inner_text=True)
    ready(page)
    nothing_broke(page)
    assert page.evaluate("window.alerts") == 0
    assert page.locator(".film script, .film img, .film a[href]").count() == 0


@pytest.mark.parametrize("query", BAD_LINKS)
def test_a_bad_link_is_put_right_and_said_once(open_page: Open, query: str) -> None:
    page = shown(open_page("read", query))
    expect(page.get_by_test_id("stAlert")).to_have_count(len(BAD_LINKS[query]))
    for said in BAD_LINKS[query]:
        expect(page.get_by_test_id("stAlert").filter(has_text=said)).to_have_count(1)
    nothing_broke(page)
    example(page, "good not bad")
    expect(where(page)).to_have_text("word 3 of 3: bad")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_a_corrected_number_is_in_the_address(open_page: Open) -> None:
    page = shown(open_page("read", "seed=99999999&units=9"))
    expect(page).to_have_url(re.compile(r"[?&]seed=999(&|$)"))
    expect(page).to_have_url(re.compile(r"[?&]units=8(&|$)"))


def test_odd_words_and_new_pairs_are_marked(open_page: Open) -> None:
    page = shown(open_page("read", "s=not+very+zebra+good&model=trained"))
    expect(page.locator(".drawing .box.unknown").first).to_contain_text("zebra")
    page.get_by_role("button", name=re.compile(r"1 unknown · \d new pair")).click()
    said = page.get_by_test_id("stPopoverBody")
    expect(said).to_contain_text("zebra is not among its words")
    expect(said).to_contain_text("in training: nothing taught it what they mean together")


@pytest.mark.parametrize(
    ("query", "windows"),
    [("s=i+am+not+at+all+bad+or+gloomy+right+now+not+good&t=6", HALL),
     *((query, HALL[:1]) for query in ("", "cell=lstm&t=6", "cell=gru&t=6"))],
)  # fmt: skip
def test_film_transport_and_arithmetic_are_seen_together(
    open_page: Open, page: Page, query: str, windows: list[tuple[int, int]]
) -> None:
    shown(open_page("read", query))
    expect(page.locator(".film .pushes tr").last).to_contain_text("memory")
    film = page.locator(".film").first
    parts = (
        ".drawing",
        ".figure",
        ".look",
        ".transport button",
        ".unit h3",
        ".unit td",
        ".pushes td",
    )
    for window in in_turn(page, windows):
        for what in (*(film.locator(part) for part in parts), "[role=tab] p"):
            assert inside(page, what), (what, window)
        sizes = page.evaluate(TYPE)
        assert min(sizes.values()) >= 12.5, sizes


def test_on_a_phone_film_and_transport_are_seen_together(open_page: Open, page: Page) -> None:
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    shown(open_page("read", "s=i+am+not+at+all+bad+or+gloomy+right+now"))
    for what in (".film .sheet >> nth=0", ".film .transport button"):
        assert inside(page, what), what


def test_arrow_up_and_down_choose_the_unit_and_mark_its_row(open_page: Open) -> None:
    page = shown(open_page("read", "s=i+am+not+bad&order=number&unit=3"))
    press(page, "Home")
    expect(page.locator(".film").first).to_be_focused()
    expect(page).to_have_url(re.compile(r"[?&]t=1(&|$)"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("heading", name="Unit 4 at “i”")).to_be_visible()
    expect(page.locator(".film .figure").first.get_by_text("▶")).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("heading", name="Unit 3 at “i”")).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]unit=3"))


def test_the_presentation_says_the_formula_with_its_numbers_and_escape_leaves_it(
    open_page: Open, page: Page
) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    shown(open_page("read", "s=i+am+not+bad&unit=3&present=1"))
    for what in (".film .terms", ".film .headline", ".film .drawing", ".film .figure"):
        assert inside(page, what), what
    expect(page.locator(".film .terms")).to_contain_text("unit 3")
    before = page.locator(".film .terms").inner_text()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".film .terms")).not_to_have_text(before, use_inner_text=True)
    expect(page).to_have_url(re.compile(r"[?&]t=3(&|$)"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("tab", name="Gates")).to_be_visible()
    expect(page.get_by_role("heading", name="Unit 3 at “not”")).to_be_visible()


def test_another_page_keeps_the_sentence_of_a_link(open_page: Open) -> None:
    page = shown(open_page("read", "s=i+am+not+good"))
    page.get_by_test_id("stPageLink-NavLink").filter(has_text="Start").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Watch a network read")
    expect(where(page)).to_have_text("word 4 of 4: good")


@pytest.mark.parametrize(
    "view",
    ["The+whole+step", "The+path", "Two+sentences", "Before+and+after", "Gates&cell=lstm",
     "The+whole+step&cell=gru&layers=2&both=1"],
)  # fmt: skip
def test_no_sideways_scroll_on_a_phone(open_page: Open, page: Page, view: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    shown(open_page("read", f"view={view}"))
    for element in ("document.scrollingElement", "document.querySelector('[data-testid=stMain]')"):
        assert page.evaluate(f"{element}.scrollWidth") <= 390
