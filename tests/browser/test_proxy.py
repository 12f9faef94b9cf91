"""The app behind the real proxy, in a browser: no page meets the security policy's walls.

The policy forbids eval, by which Playwright's wait_for_function works: here locators wait.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Response

from benchmarks.replicas import Proxy, proxied
from ui.kit.frame import PAGES

LISTEN = """window.walls = [];
document.addEventListener('securitypolicyviolation', (wall) =>
    window.walls.push(`${wall.violatedDirective}: ${wall.blockedURI} ${wall.sourceFile}`));"""
READY = ("[data-testid=stApp][data-test-connection-state=CONNECTED]"
         "[data-test-script-state=notRunning]")  # fmt: skip


@pytest.fixture(scope="module")
def proxy() -> Iterator[Proxy]:
    """One replica and nginx: the policy is the same for all."""
    with proxied("1") as made:
        yield made


def opened(page: Page, proxy: Proxy, path: str) -> Response:
    """Open a path and wait until its film is there, and nothing more to come."""
    page.add_init_script(LISTEN)
    answer = page.goto(f"http://127.0.0.1:{proxy.port}/{path}")
    page.locator(READY).wait_for()
    page.locator(".film").first.wait_for()
    return answer


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_lets_a_page_be_what_it_is(proxy: Proxy, page: Page, name: str) -> None:
    answer = opened(page, proxy, f"{'' if name == 'start' else name}?s=not+bad")
    assert "script-src" in answer.headers["content-security-policy"]
    assert page.evaluate("window.walls") == []


def test_a_script_that_is_not_ours_does_not_run(proxy: Proxy, page: Page) -> None:
    opened(page, proxy, "")
    page.evaluate("""() => new Promise((met) => {
        document.addEventListener('securitypolicyviolation', met);
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.body.append(script);
    })""")
    assert not page.evaluate("window.ran")


def test_share_works_behind_it(proxy: Proxy, page: Page) -> None:
    opened(page, proxy, "read?s=not+bad")
    page.get_by_role("button", name="Share").click()
    picture = page.locator("[data-testid=stImage] img")
    assert picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }")
    with page.expect_download() as saved:
        page.get_by_role("button", name="film").first.click()
    assert saved.value.suggested_filename.endswith(".html")
    assert page.evaluate("window.walls") == []
