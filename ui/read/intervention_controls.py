"""Which intervention: its kind, a click on a unit, a word or a sentence, and examples."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from rnn_core import Dataset
from ui.kit import jobs, player, settings
from ui.read import intervention_view, text
from ui.read.intervention import Inquiry, Intervened
from ui.sequence import box, events, tokens
from ui.sequence.reading import Reading


def show(now: Reading, unit: int, data: Dataset, **follow: Any) -> None:
    """Ask what to change, and show what comes of it. unit : the page's chosen one. follow : how
    to step with the page's film.
    """
    _own_sentence()
    kind = settings.segments("cut", text.INTERVENTION, text.KINDS, label_visibility="collapsed")
    examples, other = st.container(horizontal=True, gap="small", key="examples cut"), None
    if kind == "swap":
        vocabulary = now.model.vocabulary
        second = box.show(vocabulary, "s2", text.SWAPPED_IN)
        if not tokens.readable(second, vocabulary, "nothing 2", inline=True, offer=False):
            return
        other = Reading(now.model, second.encoding)
    if inquiry := _inquiry(Intervened(now, kind, unit, other), data):
        with examples:
            _examples(inquiry)
        player.film("intervention", *intervention_view.film(inquiry),
                    on_click=_clicked("intervention", inquiry.now), **follow)  # fmt: skip


def _inquiry(now: Intervened, data: Dataset) -> Inquiry | None:
    """What is known of it, and of one of each kind; None while that is found out."""
    second = now.reading.model.vocabulary.encode(box.trim(settings.get("s2"))[0])
    swapped = Reading(now.reading.model, second) if len(second.ids) else None
    examples = [Intervened(now.reading, kind, 0, swapped if kind == "swap" else None)
                for kind in text.KINDS if kind != "swap" or swapped]  # fmt: skip
    wanted, found = Inquiry(now, examples, data), jobs.work("inquiry")
    if found is None or found.key != wanted.key:
        found = wanted
        jobs.stop("inquiry")
        jobs.start("inquiry", lambda: found)
    if jobs.at_once(found):
        return found
    jobs.wait_for("inquiry", found, lambda _: text.INQUIRING)
    return None


def _examples(inquiry: Inquiry) -> None:
    """An intervention each, one click, where it does most to the visitor's own sentence."""
    for one in inquiry.examples:
        place = one.strongest
        chosen = {"unit": place} if one.by_unit else {"t": place + 1}
        at = place if one.by_unit else one.reading.words[place]
        label = text.EXAMPLES[one.kind].format(place=at)
        values = {"cut": one.kind, **chosen}
        settings.preset(settings.as_text(label), f"example {one.kind}", values,
                        partial(settings.put, **values), type="tertiary")  # fmt: skip


def _own_sentence() -> None:
    """Where a sentence of the data is read instead of the visitor's own, offer that back."""
    own, instead = settings.kept().get("own sentence", ("", ""))
    if own and settings.get("s") == instead:
        with st.container(horizontal=True, vertical_alignment="center", key="own sentence"):
            st.markdown(text.OF_THE_DATA, width="content")
            back = text.BACK_TO_YOURS.format(sentence=settings.as_text(own))
            if st.button(back, key="back to own"):
                box.read(own)
                st.rerun()


def _clicked(key: str, now: Intervened) -> Callable[[], None]:
    """A callback: a cell, a bar or one of the data's sentences was clicked."""
    bars = intervention_view.bars_shown(now)
    in_states = events.cell_clicked(key, intervention_view.units_shown(now), now.unit, n_states=3)

    def act() -> None:
        click = settings.reported(key, "click") or {}
        if isinstance(click.get("read"), str):
            _read_instead(click["read"])
        elif click.get("panel") == "effects":
            place = bars[min(max(int(click["x"]), 0), len(bars) - 1)]
            settings.put(**({"unit": place} if now.by_unit else {"t": place + 1}))
        else:
            in_states()

    return act


def _read_instead(other: str) -> None:
    """Read a sentence of the data; the visitor's own is kept."""
    own, instead = settings.kept().get("own sentence", ("", ""))
    sentence = settings.get("s")
    settings.kept()["own sentence"] = (own if sentence == instead else sentence), other
    box.read(other)
