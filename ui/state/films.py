"""What the films report, and what they are of."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from ui.state import note, read


def identity(of: str) -> str:
    """What makes it another film: what it is of, and how often a sentence was asked for."""
    return f"{of} {st.session_state.get('asked', 0)}"


def film_moved(key: str, name: str = "t") -> Callable[[], None]:
    """A callback: the film with this key rests at another step (t counts words from 1)."""

    def moved() -> None:
        step = st.session_state[key].get("step")
        if step is not None:
            st.session_state[name] = int(step["at"]) + 1

    return moved


def cell_clicked(key: str, order: Sequence[int], unit: int, name: str = "t") -> Callable[[], None]:
    """A callback: a cell of the film was clicked, or arrow up or down was pressed.

    order : the units from top to bottom; unit : the one chosen now.
    """

    def clicked() -> None:
        click = st.session_state[key].get("click")
        if not click:
            return
        st.session_state[name] = int(click["step"]) + 1
        row = order.index(unit) + click["move"] if "move" in click else click.get("y")
        if isinstance(row, int) and click.get("curve", 0) == 0:
            st.session_state["unit"] = order[min(max(row, 0), len(order) - 1)]

    return clicked


def word_clicked(key: str, box: str) -> Callable[[], None]:
    """A callback: a chip with a suggestion for the sentence of this box was clicked; it carries
    the whole new sentence.
    """

    def clicked() -> None:
        click = st.session_state[key].get("click")
        if click and isinstance(click.get("read"), str):
            read(click["read"], box)

    return clicked


def away(rest: Callable[[], None]) -> Callable[[], None]:
    """A callback: nobody has looked at this tab for a while, so what it trains rests."""

    def left() -> None:
        rest()
        note("It has paused, because nobody was looking. It goes on from here.")

    return left
