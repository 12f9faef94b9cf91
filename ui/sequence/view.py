"""Which part of a reading is drawn: order of units, layer, signal."""

from __future__ import annotations

import streamlit as st

from rnn_core import Model
from ui.kit import settings
from ui.sequence import text
from ui.sequence.architecture import short_names


def order_choice() -> str:
    """In which order the units are drawn: a key of text.ORDERS."""
    return str(settings.segments("order", text.ORDER, text.ORDERS))


def layer_choice(model: Model) -> int:
    """The layer to look at, counted as in a trace's layers; asked only where there are several."""
    names = short_names(model.n_layers, model.bidirectional)
    if len(names) == 1:
        return 0
    top = names[len(names) - 1 - model.bidirectional]
    label = text.WHICH_LAYER["half" if model.n_layers == 1 else "layer"]
    settings.segments("layer", label, names, top)
    return names.index(settings.get("layer") or top)


def signal_choice(model: Model) -> str:
    """What the film draws: h, or another of the cell's signals; asked only where it has more."""
    names = [signal.name for signal in model.cell.signals]
    if len(names) > 1:
        settings.segments("signal", text.DRAW, names, names[0])
    return str((settings.get("signal") if len(names) > 1 else None) or names[0])


def choices(model: Model) -> tuple[int, str, str]:
    """Layer, signal and order, in this order: behind one button that says the order."""
    now = text.ORDERS.get(str(settings.get("order")), "")
    with st.popover(text.ORDER_IS.format(order=now)):
        order = order_choice()
        return layer_choice(model), signal_choice(model), order
