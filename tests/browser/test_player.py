"""The component: payloads out of order, the room of its figures, its keys, the presentation."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_read import shown, where
from ui.kit import player as plot

SOURCE = plot.SOURCE
HOLD = """async (source) => {
    const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    const { default: draw } = await import(url);
    const home = document.body.appendChild(document.createElement('div'));
    home.innerHTML = '<div class="film-root"></div>';
    const panel = { name: 'said', kind: 'text', area: 'main', card: false, columns: 0, stack: [] };
    const payload = (said) => ({ identity: '', step: 0, group: 'g', transport: false, columns: '',
        fill: null, present: false, away_ms: 0, dark: {}, frames: [],
        panels: [{ ...panel, content: said }] });
    window.home = home;
    window.give = (said) => draw({
        data: new TextEncoder().encode(JSON.stringify(payload(said))), parentElement: home });
    window.drawn = () => new Promise((done) => setTimeout(() => done(home.innerText.trim()), 20));
}"""


def test_a_payload_that_comes_too_late_is_not_shown(open_page: Callable[..., Page]) -> None:
    page = open_page("read")
    page.evaluate(HOLD, SOURCE)
    # As Streamlit does it: who is late is told so as soon as it has been called.
    late_last = "() => { give('new'); Promise.resolve(give('old')).then((late) => late()); }"
    late_first = "() => { const late = give('old'); give('newer'); Promise.resolve().then(late); }"
    for calls, said in ((late_last, "new"), (late_first, "newer")):
        page.evaluate(calls)
        assert page.evaluate("drawn()") == said
        page.evaluate("window.film ??= home.querySelector('.film-root').film")
    assert page.evaluate("home.querySelector('.film-root').film === window.film")


def test_what_is_taken_away_hears_no_more(open_page: Callable[..., Page]) -> None:
    page = open_page("read")
    page.evaluate(HOLD, SOURCE)
    page.evaluate("() => { window.end = give('here'); }")
    assert page.evaluate("drawn()") == "here"
    page.evaluate("() => { window.root = home.firstChild; end(); home.remove(); }")
    page.wait_for_function("root.film === undefined")


SHARE = """async ([source, stack, height]) => {
    const url = URL.createObjectURL(new Blob([source + '; export { shareRoom, needed };'],
        { type: 'text/javascript' }));
    const { shareRoom, needed } = await import(url);
    return [needed(stack, 1), shareRoom(stack, height, 1)];
}"""


@pytest.mark.parametrize("height", [120, 260, 700])
@pytest.mark.parametrize("n_units", [1, 16, 64])
def test_the_axes_of_a_figure_share_its_height(
    open_page: Callable[..., Page], n_units: int, height: int
) -> None:
    stack = [vars(plot.Room("yaxis", rows=n_units)), vars(plot.Room("yaxis2", 50, grow=1, gap=10))]
    needed, (rows, curve) = open_page("check").evaluate(SHARE, [SOURCE, stack, height])
    assert rows["domain"][1] == 1
    if needed <= height:  # else the figure is made as high as it needs, and its card scrolls
        assert rows["domain"][0] - curve["domain"][1] == pytest.approx(10 / height)
        assert curve["domain"][0] == pytest.approx(0, abs=1e-9)
        assert (curve["domain"][1] - curve["domain"][0]) * height >= 50 - 1e-9
        assert rows["row"] * n_units == pytest.approx((1 - rows["domain"][0]) * height)


def test_keys_go_on_after_a_click_and_leave_typing_alone(open_page: Callable[..., Page]) -> None:
    page = shown(open_page())
    page.keyboard.press("ArrowLeft")
    expect(where(page)).to_have_text("word 9 of 10: right")
    page.get_by_role("button", name=re.compile(r"\d+ units")).click()
    page.keyboard.press("Escape")
    page.locator(".film h3").first.click()
    page.keyboard.press("ArrowLeft")
    expect(where(page)).to_have_text("word 8 of 10: sad")
    page.get_by_role("textbox").first.click()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    expect(where(page)).to_have_text("word 8 of 10: sad")


def test_a_presentation_fills_the_window_and_escape_leaves_it(
    open_page: Callable[..., Page],
) -> None:
    page = shown(open_page("", "present=1"))
    film = page.locator(".film.present").first
    box = film.bounding_box()
    assert (box["width"], box["height"]) == (1280, 800)
    page.keyboard.press("Escape")
    expect(film).to_have_count(0)


FITS = """() => {   // drawn as high as the room that it has
    const figure = document.querySelector('.film .figure'), box = figure.getBoundingClientRect();
    const drawn = figure.querySelector('.main-svg').getBoundingClientRect();
    const room = figure.closest('.sheet').getBoundingClientRect();
    return Math.abs(box.bottom - room.bottom) < 1 && Math.abs(drawn.bottom - room.bottom) < 1;
}"""


@pytest.mark.parametrize("query", ["", "present=1"])
def test_a_figure_fills_its_room_also_when_that_becomes_lower(
    open_page: Callable[..., Page], page: Page, query: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 960})
    shown(open_page("", query)).wait_for_function(FITS)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.wait_for_function(f"() => innerHeight === 720 && ({FITS})()")
