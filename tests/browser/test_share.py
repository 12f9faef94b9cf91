"""Share, by a person: the link, pictures that open, a film that steps from a disk, a model back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
SENTENCE = "s=this+is+not+good&v=2"


def shared(page: Page) -> None:
    """Open it, once the film is drawn."""
    page.locator(".film .figure .plot-container").first.wait_for()
    page.get_by_role("button", name="Share").click()
    expect(page.locator(".pictures button").first).to_be_visible()


def saved(page: Page, name: str, folder: Path) -> Path:
    """What a button saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def size(page: Page, file: Path) -> list[int]:
    """Width and height of a picture, by the browser."""
    page.goto(file.as_uri())
    return page.evaluate("""() => {
        const image = document.querySelector("img"), svg = document.documentElement;
        return image ? [image.naturalWidth, image.naturalHeight]
            : [svg.width.baseVal.value, svg.height.baseVal.value];
    }""")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_is_light_and_has_a_title_the_link_and_a_size(
    open_page: Open, page: Page, tmp_path: Path, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)
    open_page("read", SENTENCE)
    shared(page)
    png = saved(page, "How does it read?: PNG", tmp_path)
    svg = saved(page, "How does it read?: SVG", tmp_path)
    text = svg.read_text(encoding="utf-8")
    assert all(said in text for said in ("How does it read?", ">good<", "read?s=this+is+not+good"))
    assert "#f08a3d" not in text, "a colour of the dark theme"
    small = size(page, svg)
    assert [2 * side for side in small] == pytest.approx(size(page, png), abs=2)
    assert small[0] > 600
    assert small[1] > 300


def test_a_film_opens_from_the_disk_and_steps_by_keys(
    open_page: Open, page: Page, tmp_path: Path
) -> None:
    open_page("read", SENTENCE)
    shared(page)
    file = saved(page, "The film: HTML", tmp_path)
    assert file.stat().st_size < 3 * 10**6
    page.context.set_offline(True)
    page.goto(file.as_uri())
    where = page.locator(".where")
    expect(where).to_have_text("word 4 of 4: good")
    page.locator(".figure .plot-container").first.wait_for()
    page.keyboard.press("ArrowLeft")
    expect(where).to_have_text("word 3 of 4: not")
    page.keyboard.press("Home")
    expect(where).to_have_text("word 1 of 4: this")
    expect(page.locator("footer")).to_contain_text("read?s=this+is+not+good&v=2")


def test_the_link_is_the_address_and_a_model_comes_back(
    open_page: Open, page: Page, tmp_path: Path
) -> None:
    open_page("read", "s=this+is+not+good&units=8&v=2")
    shared(page)
    link = page.locator(".st-key-share-link pre").inner_text().strip()
    assert link == page.url
    model = saved(page, "Model", tmp_path)
    open_page("read", SENTENCE)
    page.get_by_role("button", name=re.compile(r"\d+ units")).click()
    page.locator("input[type=file]").set_input_files(model)
    expect(page.get_by_role("button", name="RNN · 8 units · from a file")).to_be_visible()
    expect(page.get_by_text("one from a file")).to_be_visible()
