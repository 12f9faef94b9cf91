"""Memory, by a person: a story in place, trials stopped and gone on with, a link, the cliff."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import ready

Open = Callable[..., Page]
PROFILE = "[...document.querySelectorAll('.film .figure')].find((f) => /arrives/.test(f.ariaLabel))"
WHERE = re.compile(r"step (\d+) of")


def opened(open_page: Open, query: str = "") -> Page:
    page = open_page("memory", query)
    page.locator(".film .figure .main-svg").first.wait_for()
    page.wait_for_function(f"{PROFILE}?.data")
    return page


def where(page: Page) -> str:
    return page.locator(".film .mono").first.inner_text()


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


def test_it_is_stopped_and_goes_on(open_page: Open) -> None:
    page = opened(open_page, "m_length=60&m_steps=1000&m_seeds=5")
    page.get_by_role("button", name=re.compile("Does it learn")).click()
    page.wait_for_function("/step [1-9]/.test(document.querySelector('.film .mono').innerText)")
    stop(page).click()
    go_on = page.get_by_role("button", name=re.compile("Go on"))
    expect(go_on).to_be_visible()
    stood = where(ready(page))
    page.evaluate("() => new Promise((done) => setTimeout(done, 400))")  # four ticks, if it ran on
    assert where(page) == stood
    go_on.click()
    page.wait_for_function(
        "(stood) => document.querySelector('.film .mono').innerText !== stood", arg=stood
    )
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


def test_the_cliff_is_on_its_tab(open_page: Open) -> None:
    page = opened(open_page)
    page.get_by_role("tab", name="The cliff in the loss").click()
    expect(page.get_by_role("heading", name="The cliff in the loss")).to_be_visible()
    page.wait_for_function("document.querySelectorAll('.film .figure').length === 2")
