"""What may students change? Settings that the maker of a link locked, or hid; the link says which.

It is no security: who follows such a link sees one line, and unlocks with a click. Where a widget
is drawn, `settings.view` obeys.
"""

from __future__ import annotations

import streamlit as st

from ui.kit import settings, text
from ui.kit.table import TABLE

MADE, SHOWN = "made locks", "shown locks"
"""Under these keys: whether they were made in this visit, and those that the page was drawn with.
"""


def begin() -> None:
    """Before a page is drawn: what there is not of a link’s locks is left out, and said."""
    for rule in ("lock", "hide"):
        named = [name for name in settings.get(rule).split(",") if name]
        if lost := [name for name in named if name not in TABLE]:
            settings.note(text.NO_CONTROL[rule].format(name=lost[0][:40]))
            settings.put(**{rule: ",".join(name for name in named if name in TABLE)})
    settings.kept()[SHOWN] = _now()


def line() -> None:
    """One quiet line for who followed a link with locks, and the way out of them."""
    if any(_now()) and MADE not in settings.kept() and not settings.get("present"):
        with st.container(key="locks line", horizontal=True, vertical_alignment="center"):
            st.caption(text.LOCKED, width="content")
            st.button(text.UNLOCK, key="unlock", type="tertiary", on_click=settings.put,
                      kwargs={"lock": "", "hide": ""})  # fmt: skip


def panel() -> None:
    """Each control of the page: free, locked or hidden; nothing for who followed such a link."""
    if any(_now()) and MADE not in settings.kept():
        return
    opened = st.expander(text.LOCKS, key="locks", on_change="rerun")
    if opened.open:
        with opened, st.container(key="locks panel", height=240):
            st.caption(text.LOCKS_SAY)
            for name, label in settings.owner().drawn.items():
                _row(name, label)
    if settings.kept().get(SHOWN) != _now():
        st.rerun()


def _row(name: str, label: str) -> None:
    """One control; the widget is born anew with its state, for an unlock may change that."""
    now = settings.ruled(name)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(label)
        chosen = st.segmented_control(
            label, text.RULES, default=now, required=True, key=f"lock {name} {now}",
            format_func=text.RULES.__getitem__, label_visibility="collapsed", width="content",
        )  # fmt: skip
    if chosen != now:
        _rule(name, chosen)


def _rule(name: str, chosen: str) -> None:
    settings.kept()[MADE] = True
    for rule in ("lock", "hide"):
        others = [one for one in settings.get(rule).split(",") if one not in ("", name)]
        settings.put(**{rule: ",".join([*others, *([name] if rule == chosen else [])])})


def _now() -> tuple[str, str]:
    return settings.get("lock"), settings.get("hide")
