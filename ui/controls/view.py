"""Which part of a reading is drawn: order of units, layer, signal. Bound to the address."""

from __future__ import annotations

import streamlit as st

from rnn_core import Model
from ui import state
from ui.controls.kinds import short_names
from ui.figures.order import ORDERS


def order_choice() -> str:
    """In which order the units are drawn: a key of ORDERS."""
    state.choice_from_link("order", list(ORDERS.values()))
    return st.segmented_control(
        "Units", list(ORDERS), default="effect", required=True, key="order",
        format_func=ORDERS.__getitem__, bind="query-params", label_visibility="collapsed",
    )  # fmt: skip


def layer_choice(model: Model) -> int:
    """The layer to look at, counted as in a trace's layers; asked only where there are several."""
    names = short_names(model.n_layers, model.bidirectional)
    top = len(names) - 1 - model.bidirectional
    state.choice_from_link("layer", names)
    if len(names) == 1:
        return 0
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="row layer"):
        st.markdown("Half" if model.n_layers == 1 else "Layer", width="content")
        name = st.segmented_control(
            "Layer", names, default=names[top], required=True, key="layer", bind="query-params",
            label_visibility="collapsed",
        )  # fmt: skip
    return names.index(name) if name in names else top


def signal_choice(model: Model) -> str:
    """What the film draws: h, or another of the cell's signals; asked only where it has more."""
    names = [signal.name for signal in model.cell.signals]
    state.choice_from_link("signal", names)
    if len(names) == 1:
        return names[0]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="row signal"):
        st.markdown("Draw", width="content")
        name = st.segmented_control(
            "Signal", names, default=names[0], required=True, key="signal", bind="query-params",
            label_visibility="collapsed",
        )  # fmt: skip
    return name if name in names else names[0]


def choices(model: Model) -> tuple[int, str, str]:
    """Layer, signal and order, in this order; each in a line of its own."""
    layer = layer_choice(model)
    signal = signal_choice(model)
    return layer, signal, order_choice()
