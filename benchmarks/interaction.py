"""How long a person waits: the app in a real browser, beside the figures of the commit before.

    python -m benchmarks interaction            measure, and print the stored figures beside
    python -m benchmarks interaction --store    store them: what the next commit is measured by
    python -m benchmarks interaction ../other   measure another checkout as well, turn by turn

Medians over a few rounds. A busy machine is slower: only two checkouts in one run can be compared.
"""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.find_chrome import find
from tests.browser.serve import CHROME_FLAGS, READY, serve

HERE = Path(__file__).parent
BASELINE = HERE / "interaction.json"
ROUNDS = 5
DRAWN = """document.querySelector('.film .figure .main-svg') && performance.now()"""
STEP = """() => new Promise((done) => {
    const where = document.querySelector('.film .where'), before = where.innerText;
    const began = performance.now();
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
    const painted = () => done(performance.now() - began);
    const look = () => requestAnimationFrame(where.innerText !== before ? painted : look);
    look();
})"""
PAUSE = """() => new Promise((done) => {
    const buttons = () => [...document.querySelectorAll('button')];
    const began = performance.now();
    buttons().find((button) => /Pause/.test(button.innerText)).click();
    const look = () => buttons().some((button) => /Play/.test(button.innerText))
        ? done(performance.now() - began) : requestAnimationFrame(look);
    look();
})"""
FRAMES = """() => new Promise((done) => {
    const plots = [...document.querySelectorAll('.film .figure .main-svg')];
    let frames = 0, blank = 0;
    const began = performance.now();
    const look = () => {
        const seconds = (performance.now() - began) / 1000;
        frames++;
        if (!plots.every((plot) => plot.isConnected && plot.childElementCount)) blank++;
        if (seconds < 3) requestAnimationFrame(look); else done([frames / seconds, blank]);
    };
    look();
})"""
PAGE = """(name) => new Promise((done) => {
    const title = document.title, began = performance.now();
    const links = [...document.querySelectorAll('a')];
    links.find((link) => link.innerText.trim().endsWith(name)).click();
    const look = () => document.title !== title
        && document.querySelector('.film .figure .main-svg')
        ? done(performance.now() - began) : requestAnimationFrame(look);
    look();
})"""


def ready(page: Page) -> Page:
    """Wait until the page stands."""
    page.wait_for_function(READY)
    page.wait_for_function(DRAWN)
    return page


def measure(browser: Browser, server: str) -> dict[str, float]:
    """One visitor's round; milliseconds, but for the frames."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(server)
    seen = {"first content": page.wait_for_function(DRAWN, polling="raf").json_value()}
    seen["Start to Read"] = ready(page).evaluate(PAGE, "Read")
    ready(page)
    seen["key to painted step"] = median(page.evaluate(STEP) for _ in range(8))
    seen["Read to Train"] = page.evaluate(PAGE, "Train")
    page.goto(f"{server}/train?goal=2000")
    ready(page)
    page.get_by_role("button", name="Play").first.click()
    page.get_by_role("button", name="Pause").first.wait_for()
    page.wait_for_timeout(1000)  # the first second is of another kind
    seen["frames a second"], seen["blank frames"] = page.evaluate(FRAMES)
    seen["Pause to label"] = page.evaluate(PAUSE)
    context.close()
    return seen


def main() -> None:
    """Measure this checkout, and another one turn by turn where one is named."""
    folders = [HERE.parent, *(Path(name) for name in sys.argv[2:] if name != "--store")]
    stored = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    rounds: list[list[dict[str, float]]] = [[] for _ in folders]
    with ExitStack() as stack:
        servers = [stack.enter_context(serve(folder)) for folder in folders]
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=find(), args=CHROME_FLAGS)
        for server in servers:
            measure(browser, server)  # the first visitor of a server waits for its imports
        for _ in range(ROUNDS):
            for server, seen in zip(servers, rounds, strict=True):
                seen.append(measure(browser, server))
        browser.close()
    medians = [{name: median(one[name] for one in seen) for name in seen[0]} for seen in rounds]
    before = medians[1] if medians[1:] else stored
    print(f"{'':24}{'here':>10}{'other' if medians[1:] else 'stored':>10}")
    for name, value in medians[0].items():
        print(f"{name:24}{value:10.1f}{before.get(name, float('nan')):10.1f}")
    if "--store" in sys.argv:
        rounded = {name: round(value, 1) for name, value in medians[0].items()}
        BASELINE.write_text(json.dumps(rounded, indent=1) + "\n")
