"""Which part of a reading is drawn: order of units, layer, signal."""

from __future__ import annotations

import streamlit as st

from rnn_core import Model
from ui.kit import settings
from ui.sequence.architecture import short_names

ORDERS = {"effect": "by effect", "likeness": "by likeness", "number": "by number"}


def order_choice() -> str:
    """In which order the units are drawn: a key of ORDERS."""
    return str(settings.segments("order", "Units", ORDERS, label_visibility="collapsed"))


def layer_choice(model: Model) -> int:
    """The layer to look at, counted as in a trace's layers; asked only where there are several."""
    names = short_names(model.n_layers, model.bidirectional)
    if len(names) == 1:
        return 0
    top = len(names) - 1 - model.bidirectional
    return names.index(_row("layer", "Half" if model.n_layers == 1 else "Layer", names, names[top]))


def signal_choice(model: Model) -> str:
    """What the film draws: h, or another of the cell's signals; asked only where it has more."""
    names = [signal.name for signal in model.cell.signals]
    return names[0] if len(names) == 1 else _row("signal", "Draw", names, names[0])


def _row(name: str, label: str, names: list[str], usual: str) -> str:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"row {name}"):
        st.markdown(label, width="content")
        settings.segments(name, label, names, usual, label_visibility="collapsed")
    return settings.get(name) or usual


def choices(model: Model) -> tuple[int, str, str]:
    """Layer, signal and order, in this order; each in a line of its own."""
    layer = layer_choice(model)
    signal = signal_choice(model)
    return layer, signal, order_choice()
