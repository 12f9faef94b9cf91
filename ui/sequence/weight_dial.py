"""Weights by hand: a click takes one in hand, a dial sets it, a chip lists them, puts back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from rnn_core import Model
from ui.kit import settings
from ui.kit.cache import passing, shared
from ui.kit.dial import dial
from ui.kit.numbers import number
from ui.sequence import own_weights, take_along
from ui.sequence import text_model as text
from ui.sequence.models import Chosen
from ui.sequence.own_weights import Place


def called(place: Place, model: Model) -> str:
    """What a weight is: "W_hh[3, 5], from unit 5 to unit 3"."""
    array, inside = model.params[place.name], ", ".join(map(str, place.index))
    name = f"{place.name}[{inside}]"
    row = take_along.row_names(place.name, array, model)[place.row]
    if place.column is None:
        return text.WEIGHT["bias"].format(name=name, row=row)
    column = take_along.column_names(place.name, array, model)[place.column]
    return text.WEIGHT["weight"].format(name=name, column=column, row=row)


def grabbed(key: str) -> bool:
    """In a callback: whether the click in this film was on a weight; then that is in hand."""
    place = Place.parse(str((settings.reported(key, "click") or {}).get("weight", "")))
    if place is not None:
        own_weights.grab(place)
    return place is not None


def as_dragged(chosen: Chosen) -> Chosen:
    """With the weight whose dial is being dragged where it stands; what is not drawn by its part of
    the page hears of it when it is let go.
    """
    if not (dragged := own_weights.dragged(chosen.trained)):
        return chosen
    return replace(chosen, by_hand=tuple({**dict(chosen.by_hand), **dict(dragged)}.items()))


def maker(chosen: Chosen) -> Callable[..., Any]:
    """What makes films: those of a weight that is being dragged are kept by nobody."""
    return passing if own_weights.dragged(chosen.trained) else shared


def show(chosen: Chosen) -> None:
    """The dial of the weight in hand, if one is. Draw it after the pictures that follow it."""
    if (place := own_weights.in_hand(chosen.model)) is None:
        return
    with st.container(key="weight dial", horizontal=True, vertical_alignment="center"):
        st.markdown(_name(chosen, place), width="content")
        _dial(chosen, place, "held")
        st.button(text.DONE, key="let go", type="tertiary", on_click=own_weights.grab, args=(None,))


def _name(chosen: Chosen, place: Place) -> str:
    return f"**{settings.as_text(called(place, chosen.model))}**"


def _dial(chosen: Chosen, place: Place, where: str) -> None:
    """A weight's dial, and where it is set by hand the way back. where : for the keys."""
    dial("weights", f"{place.text} {where}", text.WEIGHTS, place.value(chosen.model),
         own_weights.LARGEST, partial(own_weights.drag, place, reader=chosen.reader),
         live=where == "held")  # fmt: skip
    if place in dict(chosen.by_hand):
        value = number(place.value(chosen.trained), 2)
        st.button(text.PUT_BACK.format(value=value), type="tertiary",
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
        st.button(text.PUT_ALL_BACK, key="put all back", on_click=own_weights.put_back)


def said(n: int) -> str:
    """How many: "2 weights by hand"."""
    return text.N_WEIGHTS["many" if n > 1 else "one"].format(n=n)


def not_trained() -> None:
    """Where a run is trained: it has numbers of its own, and no hand is in them."""
    if n := len(own_weights.asked()):
        with st.popover(text.NOT_HERE, icon=":material/tune:", key="by hand"):
            st.markdown(text.NOT_HERE_SAYS.format(weights=said(n)))
            st.button(text.PUT_ALL_BACK, key="put all back", on_click=own_weights.put_back)
