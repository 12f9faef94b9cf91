"""Widgets of the loss cliff: where the walks begin, how big an update is, where it is cut."""

from __future__ import annotations

import numpy as np
import streamlit as st

from rnn_core.experiments.loss_cliff import CLIP_AT, LR, STARTING_POINTS
from ui import state
from ui.figures.cliff import HIGH, LOW
from ui.state import memory as state_memory

PLACES = [
    [round(float(w), 2) for w in np.arange(low, high + 0.01, 0.05)]
    for low, high in zip(LOW, HIGH, strict=True)
]
"""What the sliders offer for W_xh and W_hh."""
RATES = [0.05, 0.1, 0.2, 0.5, 1.0]
CUTS = [0.3, 1.0, 3.0, 10.0]
USUAL = next(iter(STARTING_POINTS.values()))
KEYS = (*state_memory.START, "rate", "cut")


def knobs() -> tuple[tuple[float, float], float, float]:
    """The start (W_xh, W_hh), the learning rate, and the length to which a gradient is cut."""
    left, middle, right = st.columns([1.25, 0.5, 0.5], gap="medium", vertical_alignment="center")
    with left, st.container(horizontal=True, gap="small", key="examples cliff"):
        for name, place in STARTING_POINTS.items():
            values = dict(zip(KEYS, (*place, LR, CLIP_AT), strict=True))
            st.button(name, key=f"cliff {name}", type="tertiary", on_click=state_memory.begin_at,
                      args=(values,))  # fmt: skip
        with st.popover("start", type="tertiary", icon=":material/tune:"):
            w_xh = _slide(":orange[W_xh] at the start", PLACES[0], USUAL[0], KEYS[0])
            w_hh = _slide(":green[W_hh] at the start", PLACES[1], USUAL[1], KEYS[1])
    with middle:
        lr = _slide("Learning rate", RATES, LR, KEYS[2])
    with right:
        clip_at = _slide("Cut the gradient to", CUTS, CLIP_AT, KEYS[3])
    return (w_xh, w_hh), lr, clip_at


def _slide(label: str, values: list[float], usual: float, key: str) -> float:
    state.choice_from_link(key, [str(value) for value in values])
    return float(st.select_slider(label, values, usual, key=key, bind="query-params"))
