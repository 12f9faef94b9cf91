"""What only a browser shows of the experiments: a word added by a click, a search that runs."""

import re

from playwright.sync_api import expect

TRAINED_MS = 30_000
"""On a busy machine a training may take so long."""


def test_an_unknown_word_is_added_by_a_click_and_taken_away_again(open_page) -> None:
    page = open_page("read", "s=this+is+fine&model=trained")
    page.get_by_role("button", name="1 unknown").click()
    page.get_by_role("button", name="positive", exact=True).click()
    expect(page.get_by_text("3 words, the same 610 parameters")).to_be_visible(timeout=TRAINED_MS)
    page.get_by_role("button", name="“fine” added").click()
    expect(page.get_by_text("One of 59 training sentences has “fine” now")).to_be_visible()
    page.get_by_role("button", name="Back to sentiment without it").click()
    expect(page.get_by_text("2 words, the same 594 parameters")).to_be_visible(timeout=TRAINED_MS)


def test_a_random_search_is_started_and_compared(open_page) -> None:
    page = open_page("train", "runs=Two+runs,+one+difference&ab=random&goal=20")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text("Of its 60 random steps")).to_be_visible(timeout=TRAINED_MS)


def test_p_by_hand_is_put_back(open_page) -> None:
    page = open_page("step_back", "below=The+loss,+by+hand&p=0.9")
    expect(page.get_by_text("L = −ln 0.9 = 0.105 nats")).to_be_visible()
    page.get_by_role("button", name="Put back").click()
    expect(page.get_by_text("the network’s own P", exact=True)).to_be_visible()
    expect(page).not_to_have_url(re.compile("[?&]p="))
