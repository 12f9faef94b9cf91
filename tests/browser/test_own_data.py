"""A visitor's own data, by a person: upload, columns, training, reading, and a reload."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ready

Open = Callable[..., Page]
ROWS = [f"{i};{text};{text and label}" for i, (text, label) in enumerate(
    [(f"{a} {b} {c}{d}", "$gut$" if (c == "schön") == (b == "ist") else "schlecht")
     for a in ("das", "es", "alles") for b in ("ist", "ist nicht") for c in ("schön", "häßlich")
     for d in ("", " heute", " hier", ", wirklich")]
)]  # fmt: skip


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A German spreadsheet's: semicolons, Windows-1252, one row without a label."""
    file = tmp_path / "meinungen.csv"
    file.write_text("\n".join(["Nr;Satz;Urteil", *ROWS, "99;leer;"]), encoding="cp1252")
    return file


def drawer(page: Page) -> Locator:
    """Open it from the model's button."""
    page.get_by_role("button", name=re.compile(r"\d+ units")).click()
    page.get_by_role("button", name="Your own data").click()
    found = page.get_by_role("dialog", name="Your data")
    expect(found).to_be_visible()
    return found


def upload(page: Page, file: Path) -> Locator:
    found = drawer(page)
    found.get_by_text("A file", exact=True).click()
    found.locator("input[type=file]").set_input_files(file)
    return found


def test_a_spreadsheets_export_is_trained_and_reads_an_own_sentence(
    open_page: Open, export: Path
) -> None:
    page = open_page("read")
    found = upload(page, export)
    use = found.get_by_role("button", name="Use these 48 sentences")
    expect(use).to_be_visible()
    expect(found).to_contain_text("49 rows read (Windows-1252, semicolons)")
    expect(found).to_contain_text("1 left out: no label (first in line 50)")
    expect(found).to_contain_text("$gut$ 24 · schlecht 24")
    expect(page.get_by_test_id("stPopoverBody")).to_be_hidden()
    use.click()
    expect(found).to_be_hidden()
    page.wait_for_function("new URLSearchParams(location.search).get('data') === 'own'")
    box = page.get_by_role("textbox").first
    box.fill("es ist nicht schön")
    expect(page.locator(".film .heading").first).to_contain_text("it says schlecht")
    page.get_by_role("link", name="Step back", exact=True).click()
    page.wait_for_function("location.pathname === '/step_back'")
    expect(ready(page).locator(".film .figure").first).to_be_visible()
    expect(page.get_by_role("textbox").first).to_have_value("es ist nicht schön")


def test_columns_are_mapped_by_hand(open_page: Open, export: Path) -> None:
    found = upload(open_page(), export)
    expect(found).to_contain_text("$gut$ 24 · schlecht 24")
    found.get_by_role("combobox", name="Label").click()
    found.page.get_by_role("option", name="1: Nr").click()
    expect(found.get_by_role("alert")).to_contain_text("49 different labels")
    expect(found.get_by_role("alert")).to_contain_text("Nothing has changed")


def test_a_reload_forgets_own_data_and_says_so(open_page: Open, export: Path) -> None:
    page = open_page()
    found = upload(page, export)
    found.get_by_role("button", name="Use these").click()
    page.wait_for_function("new URLSearchParams(location.search).get('data') === 'own'")
    page.reload()
    page.get_by_text("A link holds no own data").wait_for()
    page.wait_for_function("!location.search.includes('data=own')")


def test_a_table_is_edited_and_a_file_is_taken_along(open_page: Open, tmp_path: Path) -> None:
    page = open_page()
    found = drawer(page)
    found.get_by_text("A table", exact=True).click()
    expect(found.get_by_test_id("stDataFrame")).to_be_visible()
    found.get_by_role("button", name="Use these 78 sentences").click()
    expect(found).to_be_hidden()
    page.wait_for_function("new URLSearchParams(location.search).get('data') === 'own'")
    found = drawer(page)
    expect(found).to_contain_text("Kept: your own (78 sentences)")
    with page.expect_download() as download:
        found.get_by_role("button", name="Take it along").click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbftext,label,split\r\n")
    assert content.count(b"\r\n") == 79


def test_too_large_a_file_is_refused_in_a_sentence(open_page: Open, tmp_path: Path) -> None:
    file = tmp_path / "large.csv"
    file.write_bytes(b"good,pos\n" * 500_000)
    found = upload(open_page(), file)
    expect(found).to_contain_text("2.0MB or smaller")
    expect(found.get_by_role("button", name="Use these")).to_be_hidden()
