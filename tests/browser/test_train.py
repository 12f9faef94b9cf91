"""Train, by a person: play, pause, settings, time travel, links; a dropped socket, a closed tab.

Nothing here waits for a time to pass, but for what should be seen.
"""

import re
from collections.abc import Callable
from statistics import median

from playwright.sync_api import Page, expect

from tests.browser.boxes import in_turn
from tests.browser.conftest import ready
from tests.browser.fresh import TICKS

Open = Callable[..., Page]
EPOCH = re.compile(r"epoch (\d+) of (\d+) · step (\d+)")
PLAY, PAUSE = re.compile("^Play"), re.compile("^Pause")
WATCH = """() => {
    const drawn = () => [...document.querySelectorAll('.film .figure .main-svg')];
    const plots = drawn(), line = document.querySelector('.film .ticker').parentNode;
    const watch = window.watch = { plots: plots.length, blank: 0, updates: 0 };
    new MutationObserver(() => watch.updates++).observe(line, { childList: true });
    const look = () => {
        const now = drawn();
        if (!plots.every((plot, i) => plot === now[i] && plot.childElementCount)) watch.blank++;
        requestAnimationFrame(look);
    };
    look();
}"""
PRESS_PAUSE = """() => new Promise((done) => {
    const buttons = () => [...document.querySelectorAll('.st-key-card-transport button')];
    const steps = new Set(), began = performance.now();
    buttons().find((button) => /Pause/.test(button.innerText)).click();
    const look = () => {
        steps.add(document.querySelector('.film .ticker').innerText);
        if (!buttons().some((button) => /Play/.test(button.innerText))) requestAnimationFrame(look);
        else done([steps.size, performance.now() - began]);
    };
    look();
})"""
REMEMBER = """() => {
    window.presses = 0;
    const note = (event) => {
        if (event.type === 'keydown' && event.key !== ' ') return;
        window.presses++;
        const all = [...document.querySelectorAll('.st-key-card-transport button')];
        const here = event.type === 'click' && event.target.closest('button');
        const seen = here || all.filter((one) => /^(Play|Pause)/m.test(one.innerText)).at(-1);
        window.pressed = seen.innerText;
    };
    for (const kind of ['keydown', 'click']) document.addEventListener(kind, note, true);
}"""
AS_THE_LINK_SAYS = """() => {
    const link = new URLSearchParams(location.search).get('epoch');
    const shown = /epoch (\\d+) of/.exec(document.querySelector('.film .ticker')?.innerText)?.[1];
    const drawn = [...document.querySelectorAll('.film .figure')].every((figure) => figure.data);
    return link > 9 && link === shown && drawn;
}"""
SOCKETS = """() => {
    const Real = WebSocket;
    window.sockets = [];
    window.WebSocket = class extends Real {
        constructor(...where) { super(...where); window.sockets.push(this); }
    };
}"""


def button(page: Page, name: re.Pattern | str):
    return page.locator(".st-key-card-transport").get_by_role("button", name=name)


def press(page: Page, name: re.Pattern | str) -> None:
    button(page, name).click()


def where(page: Page) -> tuple[int, int, int]:
    """Epoch, goal, step."""
    found = EPOCH.search(page.locator(".film .ticker").inner_text())
    assert found
    return tuple(int(number) for number in found.groups())


def until_step(page: Page, step: int) -> None:
    at = "+/step (\\d+)/.exec(document.querySelector('.film .ticker')?.innerText)?.[1]"
    page.wait_for_function(f"(step) => {at} >= step", arg=step, timeout=12_000)


def four_ticks(page: Page) -> None:
    """As long as four ticks take, if it ran on."""
    page.evaluate("() => new Promise((done) => setTimeout(done, 400))")


def losses(page: Page) -> list[float]:
    return page.locator(".film .figure").first.evaluate("figure => figure.data[2].y")


def opened(open_page: Open, query: str = "") -> Page:
    page = open_page("train", query)
    page.locator(".film .main-svg").first.wait_for()
    page.locator(".film .ticker").wait_for()
    return page


def test_play_grows_the_curve_in_place(open_page: Open) -> None:
    page = opened(open_page, "goal=2000")
    press(page, PLAY)
    until_step(page, 60)
    page.evaluate(WATCH)
    before, epoch = len(losses(page)), where(page)[0]
    page.wait_for_function("window.watch.updates >= 9")
    until_step(page, (epoch + 2) * 58)
    seen = page.evaluate("window.watch")
    assert seen["blank"] == 0
    assert seen["plots"] >= 8  # of four pictures; Plotly draws each in two parts
    assert len(losses(page)) > before


def test_a_tick_is_drawn_in_place_and_looks_as_if_drawn_afresh(open_page: Open) -> None:
    page = opened(open_page, "goal=2000")
    press(page, PLAY)
    until_step(page, 60)
    assert page.evaluate(TICKS) == []


def test_pause_answers_at_once_and_the_epoch_stays(open_page: Open) -> None:
    page = opened(open_page, "goal=2000")
    pauses = []
    for _ in range(10):
        press(page, PLAY)
        expect(button(page, PAUSE)).to_be_visible()
        until_step(page, where(page)[2] + 20)
        pauses.append(page.evaluate(PRESS_PAUSE))
        ready(page)
    at = where(page)
    four_ticks(page)
    assert where(page) == at
    print(f"Pause's label after {median(ms for _, ms in pauses):.0f} ms")  # 80 to 90 when quiet
    assert median(n for n, _ in pauses) <= 5, pauses  # the one shown, and what was on the way


def test_twenty_quick_presses_end_in_the_state_of_the_last(open_page: Open) -> None:
    page = opened(open_page, "goal=2000&pace=steps")
    page.locator(".film h3").first.click()
    page.evaluate(REMEMBER)
    box = page.locator(".st-key-card-transport button").first.bounding_box()
    assert box
    for i in range(20):
        if i % 2:
            page.mouse.click(box["x"] + 30, box["y"] + 12)
        else:
            page.keyboard.press(" ")
    assert page.evaluate("window.presses") > 10
    playing = "Play" in page.evaluate("window.pressed")
    expect(button(page, PAUSE if playing else PLAY)).to_be_visible()
    expect(button(page, PLAY if playing else PAUSE)).to_have_count(0)  # what is hidden has no role
    step = where(ready(page))[2]
    if playing:
        until_step(page, step + 1)
    else:
        four_ticks(page)
        assert where(page)[2] == step


def test_quick_presses_do_not_go_back_in_time(open_page: Open) -> None:
    page = opened(open_page, "goal=2000")
    page.locator(".film h3").first.click()
    page.evaluate(REMEMBER)
    step = 0
    for _ in range(3):
        press(page, PLAY)
        until_step(page, step + 6 * 58)
        step = where(page)[2]
        for _ in range(7):
            page.keyboard.press(" ")
        ready(page)
        if "Play" in page.evaluate("window.pressed") and button(page, PAUSE).count():
            press(page, PAUSE)
        expect(button(page, PLAY)).to_be_visible()
        assert where(ready(page))[2] >= step
        step = where(page)[2]


def test_a_learning_rate_moved_on_the_way_acts(open_page: Open) -> None:
    page = opened(open_page, "goal=2000")
    press(page, PLAY)
    until_step(page, 3 * 58)
    page.get_by_role("slider", name="Learning rate").press("Home")
    expect(page).to_have_url(re.compile(r"lr=0\.0"))
    step = where(page)[2]
    until_step(page, step + 6 * 58)
    y = losses(page)
    assert y[-1] == y[-2] == y[-3]
    assert y[0] != y[-1]
    press(page, PAUSE)
    expect(page.get_by_text("a link trains afresh")).to_be_visible()


def test_time_travel_reaches_read(open_page: Open) -> None:
    page = opened(open_page, "epoch=9&s=not+bad")
    until_step(page, 9 * 58)
    expect(button(page, PLAY)).to_be_visible()
    slider = page.get_by_role("slider", name="Go back in time")
    expect(page.locator(".film .ticker .meter")).to_have_count(0)  # the bar is the slider
    slider.press("Home")
    for _ in range(4):
        slider.press("ArrowRight")
    expect(page).to_have_url(re.compile("epoch=4"))
    state = page.locator(".film .figure[aria-label^='The hidden state now']")
    page.wait_for_function("document.querySelector('.film .figure').layout.shapes[0].x0 === 4")
    here = state.evaluate("figure => figure.data[0].z")
    page.get_by_role("link", name="Read", exact=True).click()
    expect(page.get_by_role("button", name="epoch 4")).to_be_visible()
    film = page.locator(".film .figure").first
    page.wait_for_function("document.querySelector('.film .figure')?.data?.[0].customdata")
    z, units = film.evaluate("f => [f.data[0].z, f.data[0].customdata.map((row) => row[0][1])]")
    for row, unit in enumerate(units):
        assert [round(v, 3) for v in z[row]] == [round(v, 3) for v in here[unit]]


def test_a_link_trains_what_it_says(open_page: Open) -> None:
    link, seen = "epoch=20&lr=0.02&units=24", []
    for _ in range(2):
        page = opened(open_page, link)
        until_step(page, 20 * 58)
        expect(button(page, PLAY)).to_be_visible()
        expect(page).to_have_url(re.compile("epoch=20"))
        assert where(page) == (20, 60, 20 * 58)
        seen.append(losses(page))
    assert seen[0] == seen[1]


def test_a_dropped_socket_goes_on(open_page: Open, page: Page) -> None:
    page.add_init_script(f"({SOCKETS})()")
    opened(open_page, "goal=2000")
    press(page, PLAY)
    until_step(page, 58)
    n_sockets = page.evaluate("sockets.forEach((socket) => socket.close()) ?? sockets.length")
    page.wait_for_function("(n) => sockets.length > n", arg=n_sockets)
    step = where(page)[2]
    until_step(page, step + 3 * 58)
    press(page, PAUSE)
    expect(button(page, PLAY)).to_be_visible()


def test_a_reload_while_it_plays_stands(open_page: Open) -> None:
    page = opened(open_page, "goal=2000&units=24&s=not+bad")
    press(page, PLAY)
    until_step(page, 20 * 58)
    page.wait_for_function("/epoch=(1\\d|2\\d)/.test(location.search)")
    page.reload()
    page.wait_for_function(AS_THE_LINK_SAYS)
    expect(button(page, PLAY)).to_be_visible()
    expect(page.get_by_role("textbox").first).to_have_value("not bad")
    expect(page.get_by_role("slider", name="Hidden units")).to_have_attribute(
        "aria-valuetext", "24"
    )
    epoch, goal, step = where(ready(page))
    assert (goal, step) == (2000, epoch * 58)
    assert len(losses(page)) == epoch + 1
    press(page, PLAY)
    until_step(page, (epoch + 2) * 58)
    assert len(losses(page)) > epoch + 2
    press(page, "Restart")
    page.wait_for_function("!location.search.includes('epoch')")


def shown_at(page: Page, epoch: int) -> None:
    """Wait until the pictures show the run at this epoch, its last one, with its 24 units."""
    page.wait_for_function(
        "(epoch) => document.querySelector('.film .figure')?.layout?.shapes[0].x0 === epoch",
        arg=epoch,
    )
    assert where(ready(page)) == (epoch, 100, epoch * 58)
    expect(page).to_have_url(re.compile(rf"units=24&.*epoch={epoch}(&|$)"))


def test_who_comes_back_finds_the_run_as_it_was_left(open_page: Open) -> None:
    page = opened(open_page, "units=24&goal=100&epoch=8")
    shown_at(page, 8)
    press(page, "Epoch")
    shown_at(page, 9)
    for come_back in (lambda: page.get_by_role("link", name="Train", exact=True).click(),
                      page.go_back):  # fmt: skip
        page.get_by_role("link", name="Memory", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("How far back")
        ready(page)
        come_back()
        expect(page.get_by_role("heading", level=1)).to_contain_text("How does it learn")
        shown_at(page, 9)
    assert len(losses(page)) == 10


def hide(page: Page, hidden: bool) -> None:
    """Behave as in a tab that another one covers."""
    page.evaluate(
        """(hidden) => {
            Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
            document.dispatchEvent(new Event('visibilitychange'));
        }""",
        hidden,
    )


def test_a_tab_that_nobody_sees_rests(open_page: Open, page: Page) -> None:
    page.clock.install()
    opened(open_page, "goal=2000")
    press(page, PLAY)
    until_step(page, 58)
    hide(page, True)
    page.clock.fast_forward("01:30")
    hide(page, False)
    page.clock.fast_forward("01:30")
    hide(page, True)
    page.clock.fast_forward("01:30")
    until_step(page, where(page)[2] + 58)  # not yet: someone has looked in between
    page.clock.fast_forward("00:31")
    expect(button(page, PLAY)).to_be_visible()
    hide(page, False)
    expect(page.get_by_text("nobody was looking")).to_be_visible()
    step = where(ready(page))[2]
    assert len(losses(page)) == step // 58 + 1
    press(page, PLAY)
    until_step(page, step + 58)
    expect(page.get_by_text("nobody was looking")).to_have_count(0)


def test_a_closed_tab_trains_no_more(open_page: Open, page: Page, server: str) -> None:
    other = page.context.new_page()
    other.goto(f"{server}/train?goal=2000")
    ready(other).locator(".film .ticker").wait_for()
    press(other, PLAY)
    until_step(other, 58)
    opened(open_page)
    sessions = (
        "fetch('/_stcore/metrics').then((answer) => answer.text())"
        ".then((text) => +/^active_sessions (\\d+)/m.exec(text)[1])"
    )
    before = page.evaluate(sessions)
    other.close()
    # Ticks come from the tab's own timer, over its session: without one, nothing trains.
    page.wait_for_function(f"(n) => {sessions}.then((now) => now < n)", arg=before)


def test_a_clicked_sentence_becomes_one_s_own(open_page: Open) -> None:
    page = opened(open_page, "goal=2000")
    press(page, PLAY)
    until_step(page, 58)
    figure = page.locator(".film .figure[aria-label^='Every sentence']")
    figure.click(position={"x": 30, "y": 32})
    expect(page).to_have_url(re.compile("s=bad"))
    expect(page.get_by_role("textbox").first).to_have_value("bad")
    expect(button(page, PAUSE)).to_be_visible()


OUTSIDE = """() => {
    const film = '.st-key-dashboard .card, .st-key-dashboard .figure, .st-key-dashboard .meter';
    const all = [...document.querySelectorAll(`${film}, [class*=st-key-card]`)];
    return all.length < 11 ? ['too few'] : all.filter((one) => {
        const { top, bottom, left, right } = one.getBoundingClientRect();
        return top < 44 || bottom > innerHeight || left < 0 || right > innerWidth;
    }).map((one) => one.className);
}"""


def test_pictures_transport_and_settings_are_in_one_screen_while_it_plays(
    open_page: Open, page: Page
) -> None:
    opened(open_page, "goal=2000")
    press(page, PLAY)
    until_step(page, 58)
    labels = "Loss and accuracy", "The hidden state now", "Every sentence", "The eigenvalues"
    for _ in in_turn(page):
        page.wait_for_function(f"({OUTSIDE})().length === 0")
        for label in labels:
            box = page.locator(f".st-key-dashboard .figure[aria-label^='{label}']").bounding_box()
            assert box
            assert box["height"] >= 90
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0


JUMPS = """() => {
    const places = () => [...document.querySelectorAll('.film .panel, .st-key-card-transport')].map(
        (one) => ['top', 'bottom'].map((edge) => Math.round(one.getBoundingClientRect()[edge])));
    const before = JSON.stringify(places());
    window.panels = places().length;
    window.jumps = [];
    const look = () => {
        if (JSON.stringify(places()) !== before) window.jumps.push([before, places()]);
        requestAnimationFrame(look);
    };
    look();
}"""


def test_nothing_jumps_in_slow_motion(open_page: Open) -> None:
    page = opened(open_page, "pace=slow")
    press(page, PLAY)
    expect(page.locator(".film .token.on")).to_have_text("forward")
    page.evaluate(JUMPS)
    for stage in ("loss", "backward", "update", "forward"):
        expect(page.locator(".film .token.on")).to_have_text(stage, timeout=30_000)
    assert page.evaluate("window.panels") > 6
    assert page.evaluate("window.jumps") == []
    assert where(page)[2] >= 1


def test_the_window_may_change_while_it_plays(open_page: Open) -> None:
    page = opened(open_page, "goal=2000")
    press(page, PLAY)
    for width in (700, 1280, 420, 1100, 900, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        until_step(page, where(page)[2] + 58)
    figures = "[...document.querySelectorAll('.film .figure')]"
    page.wait_for_function(f"{figures}.every((f) => f.clientWidth === f._fullLayout?.width)")
