"""What is served to the browser is what static/README.md and the theme say it is."""

import os
import re
import tomllib
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "static"
HEAD = (STATIC / "plotly-cartesian.min.js").read_bytes()[:400].decode()
CONFIG = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
FONT_URLS = [face["url"] for face in CONFIG["theme"]["fontFaces"]]
LIMIT_BYTES = 2_000_000
# Dot folders are tools' own, except the two that are part of the repository.
DOT_FOLDERS_WE_SHIP = {".ci", ".streamlit"}


def bundle_version() -> str:
    """Read the version from the comment that opens the bundle."""
    found = re.search(r"plotly\.js \(cartesian - minified\) v(\S+)", HEAD)
    assert found, f"no version in the bundle's head: {HEAD[:80]!r}"
    return found[1]


def test_bundle_is_the_version_that_the_readme_names() -> None:
    readme = (STATIC / "README.md").read_text(encoding="utf-8")
    assert f"plotly.js {bundle_version()} " in readme


def test_bundle_is_the_version_that_plotly_builds_figures_for() -> None:
    assert bundle_version() == get_plotlyjs_version()


@pytest.mark.parametrize("url", FONT_URLS)
def test_font_of_the_theme_is_here(url: str) -> None:
    assert url.startswith("app/static/")
    assert (STATIC / url.removeprefix("app/static/")).read_bytes()[:4] == b"wOF2"


def test_every_font_here_is_used_by_the_theme() -> None:
    assert {path.name for path in STATIC.glob("*.woff2")} == {Path(url).name for url in FONT_URLS}


def test_icon_of_the_pages_is_here() -> None:
    url = re.search(r'page_icon="/app/static/(.+?)"', (ROOT / "ui/kit/frame.py").read_text())
    assert url
    assert (STATIC / url[1]).read_bytes()[:4] == b"\x89PNG"


@pytest.mark.parametrize("name", ["plotly-LICENSE.txt", "plex-LICENSE.txt"])
def test_licence_stands_beside_what_it_covers(name: str) -> None:
    assert "Copyright" in (STATIC / name).read_text(encoding="utf-8")


def test_no_file_is_over_two_megabytes() -> None:
    large, seen = [], 0
    for folder, below, names in os.walk(ROOT):
        below[:] = [
            d for d in below if d in DOT_FOLDERS_WE_SHIP or not d.startswith((".", "__pycache__"))
        ]
        for path in (Path(folder, name) for name in names):
            seen += 1
            if path.stat().st_size > LIMIT_BYTES:
                large.append(str(path.relative_to(ROOT)))
    assert seen > 10
    assert not large
