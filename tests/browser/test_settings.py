"""Settings, links and Back, by a person: everything goes along, and Back is boring.

Each test is of a kind; none waits for a time to pass, but for what should be seen.
"""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ready

Open = Callable[..., Page]
PAGES = {"Start": "/", "Read": "/read", "Step back": "/step_back", "Train": "/train",
         "Memory": "/memory", "Check": "/check"}  # fmt: skip
LINK = "s=not+bad&cell=lstm&units=8&seed=3&epoch=7"
PICTURE = """() => {
    const figure = document.querySelector('.film .figure');
    const film = document.querySelector('.film .where')?.innerText;
    const numbers = figure?.data?.map((trace) => trace.z ?? trace.y);
    return numbers && [location.pathname, film, numbers];
}"""


def query(page: Page) -> dict[str, str]:
    """What the address says, without its version."""
    said = dict(parse_qsl(urlsplit(page.url).query, keep_blank_values=True))
    return {name: text for name, text in said.items() if name != "v"}


def says(page: Page, path: str, **settings: str) -> None:
    """Wait until the address is this one, and nothing else is set in it."""
    page.wait_for_function(
        """([path, settings]) => {
            const now = Object.fromEntries(new URLSearchParams(location.search));
            delete now.v;
            const sorted = (one) => JSON.stringify(Object.entries(one).sort());
            return location.pathname === path && sorted(now) === sorted(settings);
        }""",
        arg=[path, settings],
    )


def go(page: Page, name: str) -> Page:
    """Click a page of the navigation, and wait until it stands."""
    page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_function("(path) => location.pathname === path", arg=PAGES[name])
    return ready(page)


def box(page: Page):
    return page.get_by_role("textbox").first


def names_its_model(page: Page, label: str, *said: str) -> None:
    """The model's button says this, and what opens under it that."""
    button = page.locator(".st-key-model button").first
    expect(button).to_contain_text(label)
    button.click()
    for text in said:
        expect(page.get_by_test_id("stPopoverBody")).to_contain_text(text)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_be_hidden()


def entries(page: Page) -> int:
    return page.evaluate("history.length")


def picture(page: Page) -> list:
    """Numbers of the page's first picture, once it is drawn."""
    page.wait_for_function(PICTURE)
    ready(page)
    return page.evaluate(PICTURE)


def test_a_link_goes_along_to_every_page_and_each_is_one_entry(open_page: Open) -> None:
    page, wanted = open_page("read", LINK), dict(parse_qsl(LINK))
    names_its_model(page, "LSTM · 8 units · epoch 7", "Shown as it was at epoch 7")
    before = entries(page)
    for n, name in enumerate(["Step back", "Train", "Memory", "Check", "Start", "Read"], 1):
        go(page, name)
        says(page, PAGES[name], **wanted)
        if name in ("Start", "Read", "Step back", "Check"):
            names_its_model(page, "LSTM · 8 units · epoch 7", "LSTM, 8 units, seed 3")
        if name not in ("Memory",):
            expect(box(page)).to_have_value("not bad")
        assert entries(page) == before + n


def test_a_page_that_shows_one_plain_layer_keeps_the_rest(open_page: Open) -> None:
    page = open_page("check", LINK + "&tab=Find+the+bug")
    names_its_model(page, "RNN · 8 units · epoch 7", "yours is kept for the other pages")
    go(page, "Read")
    names_its_model(page, "LSTM · 8 units · epoch 7", "LSTM, 8 units, seed 3")


def test_back_back_forward_and_each_page_is_as_it_was_left(open_page: Open) -> None:
    page = open_page()
    box(page).fill("good not bad")
    says(page, "/", s="good not bad")
    go(page, "Read")
    page.get_by_role("button", name="Rows").click()
    page.get_by_role("radio", name="by number", exact=True).click()
    page.get_by_role("button", name="First").first.click()
    says(page, "/read", s="good not bad", order="number", t="1")
    before = entries(page)
    go(page, "Train")
    expect(page.locator(".film .ticker")).to_be_visible()
    ready(page)  # until then it is drawn anew, and a press in between is lost
    page.get_by_role("slider", name="Hidden units").press("ArrowRight")
    trained = {"s": "good not bad", "order": "number", "t": "1", "units": "24"}
    says(page, "/train", **trained)
    page.go_back()
    says(page, "/read", s="good not bad", order="number", t="1")
    expect(page.locator(".film .where").first).to_have_text("word 1 of 3: good")
    names_its_model(page, "RNN · 16 units", "vanilla RNN, 16 units")
    page.go_back()
    says(page, "/", s="good not bad")
    expect(box(page)).to_have_value("good not bad")
    page.go_forward()
    says(page, "/read", s="good not bad", order="number", t="1")
    page.go_forward()
    says(page, "/train", **trained)
    assert entries(page) == before + 1  # no entry for a setting


def test_back_and_forward_while_it_trains(open_page: Open) -> None:
    page = open_page("read", "s=not+bad")
    go(page, "Train")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("Number(new URLSearchParams(location.search).get('epoch')) > 8")
    page.go_back()
    says(page, "/read", s="not bad")
    expect(page.locator(".film h3").first).to_have_text("How does it read?")
    expect(box(page)).to_have_value("not bad")
    page.go_forward()
    page.wait_for_function("location.pathname === '/train'")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.wait_for_function(
        "/epoch (\\d+) of/.exec(document.querySelector('.film .ticker')?.innerText)?.[1] > 8"
    )
    expect(box(page)).to_have_value("not bad")


@pytest.mark.parametrize(
    "link",
    ["read?s=not+bad&cell=gru&units=8&t=1&unit=3&order=number&seed=2",
     "step_back?s=this+is+not+good&target=positive&f=4&k=2&epoch=5",
     "train?s=so+good&units=8&lr=0.1&epoch=12", "?s=bad+not+good&both=1&units=8"],
)  # fmt: skip
def test_an_address_is_the_same_picture_in_another_browser(
    server: str, browser: Browser, page: Page, link: str
) -> None:
    page.goto(f"{server}/{link}")
    ready(page)
    go(page, "Memory")
    page.go_back()
    page.wait_for_function("location.pathname !== '/memory' && !location.search.includes('back=')")
    if link.startswith("train"):
        page.wait_for_function(
            "/epoch 12 of/.test(document.querySelector('.film .ticker')?.innerText)"
        )
    here = picture(page)
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    other = context.new_page()
    other.goto(page.url)
    if link.startswith("train"):
        other.wait_for_function(
            "/epoch 12 of/.test(document.querySelector('.film .ticker')?.innerText)"
        )
    assert picture(other) == here
    context.close()


def test_two_tabs_do_not_disturb_each_other(open_page: Open, page: Page, server: str) -> None:
    open_page("read", "s=good")
    other = page.context.new_page()
    other.goto(f"{server}/read?s=bad&seed=4")
    ready(other)
    box(page).fill("not good")
    says(page, "/read", s="not good")
    says(other, "/read", s="bad", seed="4")
    go(other, "Step back")
    go(page, "Step back")
    expect(box(other)).to_have_value("bad")
    expect(box(page)).to_have_value("not good")


def test_a_new_tab_takes_along_what_a_part_of_the_page_changed(open_page: Open, page: Page) -> None:
    open_page("read", "s=good+not+bad")
    page.get_by_role("button", name="First").first.click()
    says(page, "/read", s="good not bad", t="1")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Step back", exact=True).click(button="middle")
    says(opened.value, "/step_back", s="good not bad", t="1")


def test_who_types_and_clicks_a_link_at_once_takes_the_text_along(open_page: Open) -> None:
    page = open_page("read")
    box(page).press_sequentially("!", delay=5)
    box(page).fill("so good")
    page.get_by_role("link", name="Step back", exact=True).click()
    says(page, "/step_back", s="so good")
    expect(box(page)).to_have_value("so good")


def test_a_reload_is_the_same_page(open_page: Open) -> None:
    page = open_page("read", "s=not+bad&cell=gru&units=8")
    page.get_by_role("button", name="First").first.click()
    says(page, "/read", s="not bad", cell="gru", units="8", t="1")
    here = picture(page)
    page.reload()
    assert picture(ready(page)) == here
