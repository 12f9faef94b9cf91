"""The app without a browser: a page as AppTest runs it, and what its components were sent."""

import json
import re
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from ui.kit.frame import PAGES
from ui.kit.settings import Owner
from ui.kit.table import TABLE

ROOT = Path(__file__).parents[1]
EXISTING = list(PAGES)


def open_app(name: str = "start", limit_s: float = 20, **settings: object) -> AppTest:
    """Open a page of PAGES in a new session, by a link that says these settings."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=limit_s)
    for key, value in settings.items():
        app.query_params[key] = TABLE[key].text(value)
    app.run()
    return go_to(app, name) if name != "start" else app


def go_to(app: AppTest, name: str) -> AppTest:
    """Go to another page in the same session."""
    return app.switch_page(PAGES[name].path).run()


def sent(app: AppTest) -> AppTest:
    """Go where the page sends the browser, see go.follow."""
    html = " ".join(element.proto.body for element in app.get("html"))
    called = re.findall(r'unrolledGo\("([^"]+)"\)', html)[-1]
    return go_to(app, next(name for name, page in PAGES.items() if page.name == called))


def owner(app: AppTest) -> Owner:
    """The session's settings."""
    return app.session_state["settings"]


def key(app: AppTest, name: str) -> str:
    """The key of a setting's widget now: app.text_input(key=key(app, "s"))."""
    return f"{name} {owner(app).choices[name].births}"


def value(app: AppTest, name: str) -> Any:
    """A setting's value after the last run."""
    return owner(app).choices[name].value


def payloads(app: AppTest) -> list[dict]:
    """What each player was sent, from top to bottom."""
    sent = [json.loads(element.proto.bytes) for element in app.get("bidi_component")]
    return [payload for payload in sent if "panels" in payload]


def film(app: AppTest) -> dict:
    """The payload of the page's film, the one that arrow keys move."""
    return next(payload for payload in payloads(app) if payload["transport"])


def texts(node: object) -> str:
    """All text of a node, as it is read."""
    return node if isinstance(node, str) else "".join(texts(child) for child in node[2:])
