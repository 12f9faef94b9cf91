"""A lecture by keyboard alone, one screen with its strip, own lectures: as a lecturer gives it."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.boxes import PHONE, inside
from tests.browser.conftest import ready
from tests.browser.test_one_screen import PATHS
from ui.lecture import library

Open = Callable[..., Page]
OWN = """
title = "Three stops"
[[chapter]]
title = "Only one"
[[chapter.stop]]
title = "It reads"
text = "Go to [the second word](?t=2)."
link = "read?s=this+is+not+good&t=1"
question = "Which word is the last?"
word = true
measure = { name = "words_read" }
[[chapter.stop]]
title = "It learns"
link = "train?units=8"
[[chapter.stop]]
title = "It reads again"
link = "read?s=not+bad&view=Gates"
question = "How many words?"
number = { low = 0, high = 9, step = 1 }
measure = { name = "words_read" }
[[chapter.stop]]
title = "Broken"
"""
LECTURE = library.packed(OWN)
STOPS = {"It reads": "1.1", "It learns": "1.2", "It reads again": "1.3"}
SLOW_MS = 20_000
"""A page change trains a model on a busy machine."""


def stands(page: Page, title: str, path: str) -> None:
    """Wait until the strip shows this stop, and the address says it, and its page."""
    expect(page.locator(".st-key-strip h3")).to_have_text(title, timeout=SLOW_MS)
    page.wait_for_function(
        "([path, stop]) => location.pathname === path && location.search.includes(`stop=${stop}&`)",
        arg=[path, STOPS[title]],
    )
    expect(page.locator(".st-key-strip-way")).to_be_visible()
    ready(page)


def seen(page: Page, text: str) -> None:
    """Wait until the question is answered, with these words."""
    expect(page.locator(".st-key-strip .area").nth(1)).to_contain_text(text, timeout=SLOW_MS)
    expect(page.locator(".st-key-strip-skip")).to_have_count(0)


def where(page: Page) -> Locator:
    return page.locator(".film .where").first


@pytest.mark.parametrize("present", ["", "&present=1"], ids=["on the page", "presented"])
def test_a_lecture_is_given_with_the_keyboard_alone(open_page: Open, present: str) -> None:
    page = open_page("lecture", f"lecture={LECTURE}{present}")
    expect(page.locator(".film .chapter")).to_be_visible()
    page.keyboard.press("PageDown")
    stands(page, "It reads", "/read")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("new URLSearchParams(location.search).get('t') === '2'")
    page.keyboard.press("PageDown")
    seen(page, "It is 4.")
    page.keyboard.press("Shift+ArrowRight")
    stands(page, "It learns", "/train")
    page.keyboard.press("PageDown")
    stands(page, "It reads again", "/read")
    page.keyboard.press("PageUp")
    stands(page, "It learns", "/train")
    page.keyboard.press("Shift+ArrowLeft")
    stands(page, "It reads", "/read")
    seen(page, "It is 4.")


def test_back_leads_to_the_stop_on_the_page_before(open_page: Open) -> None:
    page = open_page("read", urlencode({"lecture": LECTURE, "s": "good", "stop": "1.1", "t": "1"}))
    stands(page, "It reads", "/read")
    page.keyboard.press("PageDown")
    seen(page, "It is 1.")
    before = page.evaluate("history.length")
    page.keyboard.press("PageDown")
    stands(page, "It learns", "/train")
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    stands(page, "It reads", "/read")
    expect(page.get_by_role("textbox").first).to_have_value("good")


def test_keys_that_are_typed_lead_nowhere(open_page: Open) -> None:
    page = open_page("train", urlencode({"stop": "1.2", "lecture": LECTURE}))
    stands(page, "It learns", "/train")
    page.get_by_role("textbox").first.click()
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("PageDown")
    page.keyboard.press("Escape")
    page.get_by_role("slider", name="Hidden units").press("ArrowRight")
    page.wait_for_function("location.search.includes('units=')")
    stands(page, "It learns", "/train")


def test_a_word_in_a_sentence_sets_the_film_and_reset_puts_it_back(open_page: Open) -> None:
    query = {"lecture": LECTURE, "stop": "1.1", "s": "this is not good", "t": "1"}
    page = open_page("read", urlencode(query))
    stands(page, "It reads", "/read")
    expect(where(page)).to_have_text("word 1 of 4: this")
    page.get_by_role("button", name="the second word").click()
    expect(where(page)).to_have_text("word 2 of 4: is")
    expect(page.locator(".st-key-strip .sets.lit")).to_have_text("the second word")
    page.get_by_role("button", name="This one").click()
    seen(page, "You said “is”, word 2; it is “good”, word 4: off by 2 words.")
    page.get_by_role("button", name="Reset").click()
    expect(where(page)).to_have_text("word 1 of 4: this")


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_page_and_the_strip_stand_in_one_screen(open_page: Open, page: Page, path: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_page(path, urlencode({"lecture": LECTURE, "stop": "1.1"}))
    film = page.locator(".film:not(.st-key-strip .film)").first
    expect(film.locator(".card").first).to_be_visible()
    expect(page.locator(".st-key-strip-way")).to_be_visible()
    ready(page)
    assert inside(page, ".st-key-strip")
    assert inside(page, page.locator(".st-key-strip button:visible"))
    top = page.locator(".st-key-strip").bounding_box()["y"]
    page.wait_for_function(
        "top => document.querySelectorAll('.film')[1].getBoundingClientRect().bottom <= top",
        arg=top,
    )
    assert inside(page, ".st-key-nav")


def test_on_a_phone_the_strip_is_one_line_that_opens(open_page: Open, page: Page) -> None:
    page.set_viewport_size(dict(zip(("width", "height"), PHONE, strict=True)))
    open_page("read", urlencode({"lecture": LECTURE, "stop": "1.1", "s": "good"}))
    strip = page.locator(".st-key-strip")
    expect(strip.locator(".st-key-strip-open")).to_contain_text("stop 1 of 3")
    expect(strip.locator("h3")).to_be_hidden()
    assert strip.bounding_box()["height"] <= 48
    strip.locator(".st-key-strip-open label").first.click()
    expect(strip.locator("h3")).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= PHONE[0]
    page.get_by_role("button", name="This one").click()
    expect(strip).to_contain_text("Right: “good”, word 1.")


def test_an_own_file_is_given_and_its_link_opens_it_elsewhere(
    open_page: Open, page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(OWN, encoding="utf-8")
    open_page("lecture")
    page.get_by_role("button", name="Your own lecture").click()
    page.locator("input[type=file]").set_input_files(file)
    page.wait_for_function("location.search.includes('lecture=')")
    expect(page.locator(".film")).to_contain_text("It reads again")
    expect(page.locator(".film")).to_contain_text("Stop 1.4 “Broken” is left out")
    link = page.url
    other = page.context.new_page()
    other.goto(link)
    expect(other.locator(".film")).to_contain_text("It reads again")
    with page.expect_download() as download:
        page.get_by_role("button", name="Student sheet").click()
    sheet = Path(download.value.path()).read_text(encoding="utf-8")
    assert "Which word is the last?" in sheet
    assert f"{link.partition('/lecture')[0]}/read?" in sheet
