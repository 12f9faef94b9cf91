"""A dial for one number of a setting that holds several; what it says is heard while it is dragged.

The slider of Streamlit speaks when it is let go. This one (dial.js) reports on its way too, and
waits with the next report until the part of the page around it was drawn with the last: who draws
it last lets the pictures follow, and a slow server is never flooded.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ui.kit import settings

HERE = Path(__file__).parent
NEAR = 20
"""Of how far it may be from 0 the slider shows so small a part, or what holds the number."""
_component = st.components.v2.component(
    "unrolled_dial",
    html='<div class="dial"><input type="range"><input type="number"></div>\n',
    css=(HERE / "dial.css").read_text(encoding="utf-8"),
    js=(HERE / "dial.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def dial(
    name: str, key: str, label: str, value: float, most: float,
    act: Callable[[float, bool], None], live: bool = False,
) -> None:  # fmt: skip
    """Draw one. name : the setting's. value : the number now; most : how far from 0 it may be.
    act : a callback that takes what the number is to be, and whether it is still dragged; that it
    hears if it is live.
    """
    if (rule := settings.ruled(name, label)) == "hide":
        return

    def turned() -> None:
        at = settings.reported(key, "at")
        if at and not rule:
            act(min(max(float(at["value"]), -most), most), bool(at["held"]))

    heard = settings.reported(key, "at") or {}
    data = {
        "label": label, "value": value, "most": most, "disabled": bool(rule),
        "live": live,
        "near": max(most / NEAR, math.ceil(abs(value))), "heard": heard.get("number", 0),
    }  # fmt: skip
    _component(key=key, data=json.dumps(data).encode(), on_at_change=turned, width=424)
