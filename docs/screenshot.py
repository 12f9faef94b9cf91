"""Take docs/read.png, the picture in README.md: `python docs/screenshot.py` from the root.

It starts the app on a port of its own, opens Read at word 6 of 10, and stops the app again.
"""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from tests.browser.conftest import CHROME_FLAGS, ready  # noqa: E402
from tests.browser.find_chrome import find  # noqa: E402

ADDRESS = "http://127.0.0.1:8733"
LINK = f"{ADDRESS}/read?s=i+am+not+at+all+bad+or+sad+right+now&t=6"
LIMIT_BYTES = 500_000


def main() -> None:
    """Start, look, stop."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "8733",
               "--server.address", "127.0.0.1"]  # fmt: skip
    app = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find(), args=CHROME_FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            for _ in range(100):
                try:
                    page.goto(LINK)
                    break
                except Exception:
                    page.wait_for_timeout(100)
            ready(page)
            page.locator(".film .main-svg").first.wait_for()
            page.evaluate("document.fonts.ready")
            page.screenshot(path=ROOT / "docs" / "read.png")
            browser.close()
    finally:
        app.terminate()
        app.wait()
    size = (ROOT / "docs" / "read.png").stat().st_size
    print(f"docs/read.png: {size // 1000} kB")
    assert size < LIMIT_BYTES


if __name__ == "__main__":
    main()
