"""To another page by a button: one entry of the history, Back finds what was left, no key lost."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from rnn_core import Hyperparameters, TrainingRun, load_dataset
from rnn_core.checkpoint import dumps

Open = Callable[..., Page]


def test_a_wiring_leads_away_and_back_leads_to_what_was_left(open_page: Open) -> None:
    page = open_page("check", "s=not+bad+film&tab=Check+it&layers=2&units=128&seed=5&v_units=8")
    page.locator(".st-key-model button").first.click()  # while its model still learns
    before = page.evaluate("history.length")
    page.locator(".wiring", has_text="Row by row").last.click()
    expect(page).to_have_url(re.compile("/see.*v_task=digit"))
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".film .where")).to_contain_text("row 7 of 8")
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    expect(page).to_have_url(re.compile("/check.*layers=2"))
    expect(page).not_to_have_url(re.compile("v_task"))


def test_a_model_from_a_file_is_trained_on_from_within_a_part_of_a_page(
    open_page: Open, tmp_path: Path
) -> None:
    run = TrainingRun(load_dataset("sentiment"), Hyperparameters(n_hidden=8))
    run.advance(epochs=1)
    (tmp_path / "mine.safetensors").write_bytes(dumps(run))
    page = open_page("read", "s=not+good")
    page.locator(".st-key-model button").first.click()
    page.locator("input[type=file]").first.set_input_files(tmp_path / "mine.safetensors")
    page.get_by_role("button", name="Train it on").click()
    expect(page).to_have_url(re.compile("/train.*units=8"))
    page.go_back()
    expect(page).to_have_url(re.compile("/read.*model=file"))
