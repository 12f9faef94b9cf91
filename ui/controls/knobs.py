"""The knobs of the way back: how far blame may travel, how it is clipped, how big the step is."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from rnn_core import Hyperparameters
from ui import state
from ui.controls import MAX_WORDS

CLIPS = {"value": "each entry", "norm": "the whole", "none": "not at all"}
CLIP_AT = [0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0]
RATES = [0.0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0]
SCALES = {"linear": "plain", "log": "by decades"}


def scale() -> bool:
    """Whether blame is coloured by decades."""
    state.choice_from_link("scale", list(SCALES.values()))
    choice = st.segmented_control(
        "Colours", list(SCALES), default="linear", required=True, key="scale", bind="query-params",
        format_func=SCALES.__getitem__,
    )  # fmt: skip
    return choice == "log"


def truncation() -> int | None:
    """How many words blame may travel; None for all."""
    state.number_from_link("k", range(1, MAX_WORDS + 1), MAX_WORDS)
    k = st.slider(
        "Truncation: blame travels at most k words", 1, MAX_WORDS, MAX_WORDS, key="k",
        bind="query-params", help=f"{MAX_WORDS} is the longest sentence: all the way.",
    )  # fmt: skip
    return None if k >= MAX_WORDS else int(k)


def step(usual: Hyperparameters) -> Hyperparameters:
    """The settings of one update: how to clip, where, and the learning rate."""
    state.choice_from_link("clip", list(CLIPS.values()))
    clip = st.segmented_control(
        "Clip", list(CLIPS), default=usual.clip, required=True, key="clip", bind="query-params",
        format_func=CLIPS.__getitem__,
    )  # fmt: skip
    state.choice_from_link("at", [str(value) for value in CLIP_AT])
    at = st.select_slider("Clip at", CLIP_AT, usual.clip_at, key="at", bind="query-params")
    state.choice_from_link("lr", [str(value) for value in RATES])
    lr = st.select_slider("Learning rate", RATES, usual.lr, key="lr", bind="query-params")
    return replace(usual, clip=clip, clip_at=float(at), lr=float(lr))
