"""The knobs of a training as they stand, and the presets that set them all."""

from __future__ import annotations

from typing import Any

import streamlit as st

PRESETS: dict[str, dict[str, Any]] = {
    "our default": {},
    "the write-up's own": {"init": "tiny", "units": 64, "lr": 0.02, "goal": 1000, "pace": "all"},
    "too hot": {"lr": 0.2},
    "no clipping": {"clip": "none", "lr": 0.1},
    "an LSTM": {"cell": "lstm", "optimizer": "adam", "lr": 0.01, "batch": 4, "init": "uniform"},
}
KNOBS: dict[str, Any] = {
    "lr": 0.05, "clip": "value", "at": 1.0, "units": 16, "activation": "tanh",
    "init": "orthogonal", "radius": 0.9, "batch": 1, "optimizer": "sgd", "goal": 60,
    "cell": "rnn", "layers": 1, "both": False, "forget": 1.0, "pace": "epochs",
    "data": "sentiment", "seed": 0,
}  # fmt: skip


def knob(name: str) -> Any:
    """A knob as it stands now, also one that was moved without a rerun."""
    return st.session_state.get(name, KNOBS.get(name))


def preset(name: str) -> None:
    """Set every knob that a preset names, the others to where they usually stand, and play."""
    st.session_state["fresh"] = True
    for key, usual in KNOBS.items():
        if key not in ("data", "seed"):
            st.session_state[key] = PRESETS[name].get(key, usual)
