"""Memory, by a person: a story in place, trials stopped and gone on with, a link, the cliff."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.boxes import in_turn
from tests.browser.conftest import ready

Open = Callable[..., Page]
PROFILE = "[...document.querySelectorAll('.film .figure')].find((f) => /arrives/.test(f.ariaLabel))"
WHERE = "[...document.querySelectorAll('.film p.quiet')].at(-1).innerText"


def opened(open_page: Open, query: str = "") -> Page:
    page = open_page("memory", query)
    page.locator(".film .figure .main-svg").first.wait_for()
    page.wait_for_function(f"{PROFILE}?.data")
    return page


def where(page: Page) -> str:
    return page.evaluate(WHERE)


def button(page: Page, name: str):
    return page.get_by_role("button", name=name, exact=True)


def stop(page: Page):
    return page.locator(".st-key-card-transport-lab").get_by_role("button", name=re.compile("Stop"))


def test_a_story_changes_the_profile_in_place(open_page: Open) -> None:
    page = opened(open_page)
    page.evaluate(f"() => {{ window.plot = {PROFILE}.querySelector('.main-svg'); }}")
    before = page.evaluate(f"{PROFILE}.data.length")
    button(page, "truncation").click()
    page.wait_for_function(f"(n) => {PROFILE}.data.length > n", arg=before)
    assert page.evaluate(f"window.plot === {PROFILE}.querySelector('.main-svg')")
    expect(page.get_by_text("the gradient reaches only the last k of them")).to_be_visible()
    expect(page).to_have_url(re.compile("m_compare=k"))


def test_each_trial_has_its_curve(open_page: Open) -> None:
    page = opened(open_page, "m_length=5&m_steps=100&m_units=4&play=1")  # it begins by itself
    expect(page.get_by_text("All 3 trials have ended")).to_be_visible()
    trials = PROFILE.replace("arrives", "for each seed")
    page.wait_for_function(f"""() => {{
        const {{ data, _fullData }} = {trials};
        return data.filter(({{ x }}) => x.length).length >= 3
            && data.every(({{ x }}, i) => !x.length || _fullData[i].visible === true);
    }}""")


def test_it_is_stopped_and_goes_on(open_page: Open) -> None:
    page = opened(open_page, "m_length=60&m_steps=1000&m_seeds=5")
    page.get_by_role("button", name=re.compile("Does it learn")).click()
    page.wait_for_function(f"/step [1-9]/.test({WHERE})")
    stop(page).click()
    go_on = page.get_by_role("button", name=re.compile("Go on"))
    expect(go_on).to_be_visible()
    stood = where(ready(page))
    page.evaluate("() => new Promise((done) => setTimeout(done, 400))")  # four ticks, if it ran on
    assert where(page) == stood
    go_on.click()
    page.wait_for_function(f"(stood) => {WHERE} !== stood", arg=stood)
    stop(page).click()
    expect(go_on).to_be_visible()


def test_a_short_trial_ends_and_the_trained_network_is_shown(open_page: Open) -> None:
    page = opened(open_page, "m_length=3&m_radius=1.0&m_steps=100")
    page.get_by_role("button", name=re.compile("Does it learn")).click()
    expect(page.get_by_text("3 trials have ended")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name=re.compile("Does it learn"))).to_be_disabled()
    page.get_by_role("radio", name="trained", exact=True).or_(button(page, "trained")).first.click()
    expect(page.get_by_text("Grey: the same, untrained")).to_be_visible()


def test_a_link_brings_back_the_settings(open_page: Open) -> None:
    page = opened(open_page, "m_cell=lstm&m_length=30&m_forget=3.0&m_units=8")
    expect(page.get_by_text("30 words · LSTM · 8 units")).to_be_visible()


FIGURE = ".film .figure[aria-label^='{}']"
BOXES = """(all) => all.map(([selector, i]) => {
    const { x, y, width, height } = document.querySelectorAll(selector)[i].getBoundingClientRect();
    return { x, y, width, height };
})"""


def inside(page: Page, *selectors: str | tuple[str, int]) -> None:
    """Each is in the window, without scrolling, and none lies over another. They are measured at
    one moment: what a timer draws anew is another node a moment later.
    """
    size = page.viewport_size
    assert size
    boxes = page.evaluate(BOXES, [(s, 0) if isinstance(s, str) else s for s in selectors])
    for box in boxes:
        assert box["height"] > 20
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= size["height"]
        assert box["x"] + box["width"] <= size["width"]
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            apart = any(one[x] + one[long] <= other[x] + 1 or other[x] + other[long] <= one[x] + 1
                        for x, long in (("x", "width"), ("y", "height")))  # fmt: skip
            assert apart, (one, other)


def figure(page: Page, label: str) -> Locator:
    return page.locator(FIGURE.format(label))


def test_a_story_is_seen_whole_while_it_runs(open_page: Open) -> None:
    page = opened(open_page)
    button(page, "edge of chaos").click()
    page.wait_for_function(f"/step [1-9]/.test({WHERE})")
    expect(figure(page, "Share of right answers").locator(".main-svg").first).to_be_visible()
    for _ in in_turn(page):
        inside(page, ".st-key-card-transport-lab", ".st-key-told", ".st-key-card-settings-lab",
               FIGURE.format("How much of the last"), FIGURE.format("Share of right answers"),
               *((what, i) for what in (".film table", ".film .look") for i in (0, 1)))  # fmt: skip
    stop(page).click()


def test_the_cliff_is_seen_whole(open_page: Open) -> None:
    page = opened(open_page)
    page.get_by_role("radio", name="The cliff").or_(button(page, "The cliff")).first.click()
    expect(page.get_by_role("heading", name="The cliff in the loss")).to_be_visible()
    expect(figure(page, "The cliff").locator(".main-svg").first).to_be_visible()
    for _ in in_turn(page):
        inside(page, FIGURE.format("The cliff"), ".film .transport", ".film .look",
               FIGURE.format("Loss and norm"), (".film table", 0), (".film table", 1))  # fmt: skip
    before = page.locator(".film .where").inner_text()
    page.locator(".film h3").first.click()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".film .where")).not_to_have_text(before)
