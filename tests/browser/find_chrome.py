"""Find a Chromium for the browser tests, or install one: `make browser`.

Order: $CHROME_PATH, a browser on this machine, playwright's own download, Debian's package.
A browser counts when it can say its version: a launcher that lacks its libraries cannot.
"""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
INSTRUCTIONS = """\
The browser tests found no browser. Any one of these will do:
    make browser                                 (tries the next two)
    python -m playwright install chromium        (needs the internet)
    apt-get install -y chromium                  (Debian, as root)
    CHROME_PATH=/path/to/chrome                  (any Chrome, Chromium or Edge)"""
INSTALL_LIMIT_S = 300


def works(path: str) -> bool:
    """Say whether the file at `path` is a browser that starts."""
    if not os.path.exists(path):
        return False
    if sys.platform == "win32":  # --version opens a window there
        return True
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def find() -> str | None:
    """Return the path of the first browser that works."""
    chosen = os.environ.get("CHROME_PATH")
    if chosen:
        return chosen if works(chosen) else None  # what was asked for, or nothing
    for path in (*filter(None, map(shutil.which, NAMES)), *PLACES):
        if works(path):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if works(own) else None


def install() -> None:
    """Try the ways to install a browser until one is found."""
    ways = [[[sys.executable, "-m", "playwright", "install", "chromium"]]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        ways.append([["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]])
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for commands in ways:
        try:
            for command in commands:
                print("browser:", " ".join(command), flush=True)
                subprocess.run(command, timeout=INSTALL_LIMIT_S, check=True, env=quiet)
        except (OSError, subprocess.SubprocessError) as error:
            print(f"browser: {error}")
        if find():
            return


def main() -> None:
    """Print the browser's path, after installing one if need be."""
    if not find() and not os.environ.get("CHROME_PATH"):
        install()
    path = find()
    if not path:
        sys.exit(INSTRUCTIONS)
    print(f"browser: {path}")


if __name__ == "__main__":
    main()
