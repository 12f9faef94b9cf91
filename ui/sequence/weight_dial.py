"""Weights by hand: a click takes one in hand, a dial sets it, a chip lists them, puts back."""

from __future__ import annotations

from functools import partial

import streamlit as st

from rnn_core import Model
from ui.kit import settings
from ui.kit.numbers import number
from ui.sequence import own_weights, take_along
from ui.sequence.models import Chosen
from ui.sequence.own_weights import Place


def called(place: Place, model: Model) -> str:
    """What a weight is: "W_hh[3, 5], from unit 5 to unit 3"."""
    array, inside = model.params[place.name], ", ".join(map(str, place.index))
    said = f"to {take_along.row_names(place.name, array, model)[place.row]}"
    if place.column is not None:
        columns = take_along.column_names(place.name, array, model)
        said = f"from {columns[place.column]} {said}"
    return f"{place.name}[{inside}], {said}"


def grabbed(key: str) -> bool:
    """In a callback: whether the click in this film was on a weight; then that is in hand."""
    place = Place.parse(str((settings.reported(key, "click") or {}).get("weight", "")))
    if place is not None:
        own_weights.grab(place)
    return place is not None


def show(chosen: Chosen) -> None:
    """The dial of the weight in hand, if one is; the pictures below follow it."""
    if (place := own_weights.in_hand(chosen.model)) is None:
        return
    with st.container(key="weight dial", horizontal=True, vertical_alignment="center"):
        st.markdown(_name(chosen, place), width="content")
        _dial(chosen, place, "in hand")
        st.button("Done", key="let go", type="tertiary", on_click=own_weights.grab, args=(None,))


def _name(chosen: Chosen, place: Place) -> str:
    return f"**{settings.as_text(called(place, chosen.model))}**"


def _dial(chosen: Chosen, place: Place, where: str) -> None:
    """A weight's dial, and where it is set by hand the way back. where : for the keys."""
    settings.dial("weights", f"{place.text} {where}", "Weights by hand", place.value(chosen.model),
                  partial(own_weights.put, place, reader=chosen.reader),
                  own_weights.LARGEST)  # fmt: skip
    if place in dict(chosen.by_hand):
        st.button(f"Put back {number(place.value(chosen.trained), 2)}", type="tertiary",
                  key=f"put back {place.text} {where}", on_click=own_weights.put_back,
                  args=(place,))  # fmt: skip


def chip(chosen: Chosen) -> None:
    """A button that says how many weights are set by hand, behind it each with its dial; nothing
    where none is.
    """
    if not (n := len(chosen.by_hand)):
        return
    with st.popover(said(n), icon=":material/tune:", key="by hand"):
        for place, _ in chosen.by_hand:
            st.markdown(_name(chosen, place))
            with st.container(horizontal=True, vertical_alignment="center"):
                _dial(chosen, place, "listed")
        st.button("Put all back", key="put all back", on_click=own_weights.put_back)


def said(n: int) -> str:
    """How many: "2 weights by hand"."""
    return f"{n} weight{'s' * (n > 1)} by hand"


def not_trained() -> None:
    """Where a run is trained: it has numbers of its own, and no hand is in them."""
    if n := len(own_weights.asked()):
        with st.popover("By hand: not here", icon=":material/tune:", key="by hand"):
            st.markdown(f"**{said(n)}**: not in this run. It is trained, so its numbers are its "
                        "own; Read, Step back and Check show yours.")  # fmt: skip
            st.button("Put all back", key="put all back", on_click=own_weights.put_back)
