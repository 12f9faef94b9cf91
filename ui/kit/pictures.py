"""Pictures: what the browser saves of a page. Each card as PNG or SVG, and its film as a file.

The other component: it finds the players on the page and asks nothing of Python.
"""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from ui.kit import film_file

HERE = Path(__file__).parent
_component = st.components.v2.component(
    "unrolled_pictures",
    html='<div class="pictures"></div>\n',
    css=(HERE / "pictures.css").read_text(encoding="utf-8"),
    js=(HERE / "pictures.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show(link: str) -> None:
    """A line for each card with a picture, and one for the film. link : it stands in all of them,
    in small type.
    """
    said = {"link": link, "light": film_file.light(), "shell": film_file.shell()}
    _component(key="pictures", data=json.dumps(said).encode())
