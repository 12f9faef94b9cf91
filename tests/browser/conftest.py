"""The running app and a real browser. Tests here wait for things; they never sleep.

    def test_title(open_page):
        page = open_page("read", "s=not+bad")
        expect(page.get_by_role("heading", level=1)).to_have_text("How does it read?")

After a click, wait for what the click should change (`expect(...)` retries); `ready(page)` alone
may look before the server has heard of the click.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.browser.find_chrome import INSTRUCTIONS, find
from tests.browser.serve import CHROME_FLAGS, READY, serve

ROOT = Path(__file__).parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark this folder's tests, and run them last: the quick ones fail first."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Tell of a test that failed what its page showed."""
    report = yield
    page = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and page is not None:
        try:
            shown = " | ".join(page.locator("body").inner_text(timeout=3000).split("\n"))
        except PlaywrightError as error:
            shown = f"nothing that can be read: {error}"
        report.sections.append(("the page", f"{page.url}\n{shown[:2000]}"))
    return report


def ready(page: Page) -> Page:
    """Wait until the script has run, something is shown and no placeholder is left."""
    page.wait_for_function(READY)
    return page


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start the app as a process of its own and return its address."""
    with serve(ROOT) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[BrowserType]:
    """What starts a browser."""
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def options() -> dict[str, Any]:
    """How it is started. A machine without one fails: it never skips."""
    path = find()
    if path is None:
        pytest.fail(INSTRUCTIONS)
    return {"executable_path": path, "args": CHROME_FLAGS}


@pytest.fixture(scope="session")
def browser(chromium: BrowserType, options: dict[str, Any]) -> Iterator[Browser]:
    """A browser beside the one of `page`, for other visitors."""
    started = chromium.launch(**options)
    yield started
    started.close()


@pytest.fixture(scope="session")
def kept(
    chromium: BrowserType, options: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """One browser for all tests. It keeps what it has compiled, a third of a page's work."""
    folder = tmp_path_factory.mktemp("browser")
    window = {"width": 1280, "height": 800}
    context = chromium.launch_persistent_context(folder, viewport=window, **options)
    yield context
    context.close()


@pytest.fixture
def page(kept: BrowserContext) -> Iterator[Page]:
    """Open an empty page of a new visitor; fail if any script in it threw."""
    errors: list[str] = []
    kept.on("weberror", note := lambda event: errors.append(str(event.error)))
    page = kept.new_page()
    yield page
    kept.remove_listener("weberror", note)
    for left in kept.pages[1:]:  # without one it would end
        left.close()
    kept.set_offline(False)
    kept.clear_cookies()
    assert not errors, "JavaScript threw:\n" + "\n".join(errors)


@pytest.fixture
def open_page(server: str, page: Page) -> Callable[..., Page]:
    """Return a function that opens a path of the app and waits until it is ready."""

    def open_path(path: str = "", query: str = "") -> Page:
        page.goto(f"{server}/{path.lstrip('/')}" + (f"?{query}" if query else ""))
        return ready(page)

    return open_path
