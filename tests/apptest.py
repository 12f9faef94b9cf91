"""The app without a browser: a page as AppTest runs it, and what its components were sent."""

import json
from pathlib import Path

from streamlit.testing.v1 import AppTest

from ui.frame import PAGES

ROOT = Path(__file__).parents[1]
EXISTING = list(PAGES)


def open_app(name: str = "start", limit_s: float = 20, **state: object) -> AppTest:
    """Run a page of PAGES, reached from the app's one way in, with this in the session."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=limit_s)
    if name != "start":
        app.run()
        app.switch_page(PAGES[name].path)
    for key, value in state.items():
        app.session_state[key] = value
    return app.run()


def payloads(app: AppTest) -> list[dict]:
    """What each plot component was sent, from top to bottom."""
    return [json.loads(element.proto.bytes) for element in app.get("bidi_component")]


def film(app: AppTest) -> dict:
    """The payload of the page's film, the one that arrow keys move."""
    return next(payload for payload in payloads(app) if payload["transport"])


def texts(node: object) -> str:
    """All text of a node, as it is read."""
    return node if isinstance(node, str) else "".join(texts(child) for child in node[2:])
