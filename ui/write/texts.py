"""The texts that can be learned: ours, and the visitor's own, each in characters or in words."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, islice

import streamlit as st

from rnn_core.texts import LONGEST, SHORTEST, Text, text_dataset
from rnn_core.vocabulary import UNKNOWN
from ui.kit import settings
from ui.sequence import datasets
from ui.sequence.own_table import own_text
from ui.write import text

OWN = "own"
USUAL = "quotes"
KEPT = "own text"
"""Under this name the visitor's own text is kept: {unit: Text}."""


def names() -> dict[str, str]:
    """What can be chosen, and how it is called."""
    own: dict[str, Text] = settings.kept().get(KEPT, {})
    mine = {OWN: text.OWN_TEXT} if own else {}  # a choice's name must not change: no length
    sizes = {name: _size(ours(name)) for name in text.TEXTS}
    return {name: text.CHOICE.format(name=text.TEXTS[name], size=size)
            for name, size in sizes.items()} | mine  # fmt: skip


def _size(corpus: Text) -> str:
    """How long a text is: "24,000 characters"."""
    return text.SIZE.format(n=len(corpus.stream) + len(corpus.held_out),
                            unit=text.SYMBOLS[corpus.unit])  # fmt: skip


def ours(name: str, unit: str | None = None) -> Text:
    """One of our texts, in its usual unit or in another."""
    corpus = datasets.dataset(name)
    assert isinstance(corpus, Text)
    return corpus if unit in (None, corpus.unit) else _read_as(name, str(unit))


@lru_cache(maxsize=8)
def _read_as(name: str, unit: str) -> Text:
    corpus = ours(name)
    return text_dataset(name, corpus.shown([*corpus.stream, *corpus.held_out]), unit)


def chosen() -> Text:
    """The text that is chosen, in the unit that is chosen."""
    name, unit = str(settings.correct("text", list(names()))), settings.get("symbols")
    if name != OWN:
        return ours(name, unit)
    own: dict[str, Text] = settings.kept()[KEPT]
    wanted = str(unit or "characters")
    if wanted not in own:
        whole = own["characters"].shown([*own["characters"].stream, *own["characters"].held_out])
        own[wanted] = text_dataset(OWN, whole, wanted)
    return own[wanted]


def known(name: str, unit: str) -> list[Text]:
    """The text of this name in this unit, where it is here."""
    if name != OWN:
        return [ours(name, unit)] if name in text.TEXTS else []
    own: dict[str, Text] = settings.kept().get(KEPT, {})
    return [own[unit]] if unit in own else []


def settle() -> None:
    """Before anything is drawn: an own text that is not there gives way, and that is said."""
    if settings.get("text") == OWN and not settings.kept().get(KEPT):
        settings.put(text=USUAL)
        settings.note(text.GONE)


def choose() -> None:
    """The widgets: which text, in which symbols, and the visitor's own."""
    settings.select("text", text.LEARNS, names())
    corpus = chosen()
    settings.segments("symbols", text.READ_AS, text.SYMBOLS, corpus.unit)
    st.caption(about(corpus))
    drawer()


def about(corpus: Text) -> str:
    """What is in it."""
    about = text.ABOUT + (text.RARE if corpus.replaced else "")
    return about.format(
        learned=len(corpus.stream), unit=text.SYMBOLS[corpus.unit], held_out=len(corpus.held_out),
        classes=len(corpus.classes), rare=corpus.replaced,
    )  # fmt: skip


def drawer() -> None:
    """Where the visitor brings a text; what is wrong with it is said, and nothing is lost."""
    with st.expander(text.OWN_TEXT):
        pasted = st.text_area(
            text.PASTE, key="own pasted", height=120,
            placeholder=text.PASTE_EMPTY.format(shortest=SHORTEST, longest=LONGEST),
        )  # fmt: skip
        file = st.file_uploader(text.FILE, key="own file")
        if st.button(text.LEARN, key="own learn"):  # a callback would see what stood before
            take(pasted, file.getvalue() if file else None)
        st.caption(text.STAYS)


def take(pasted: str, file: bytes | None) -> None:
    """Make it the text and draw the page anew; a longer one is cut, and that is said."""
    try:
        content = own_text(file) if file is not None else pasted
        cut = content[:LONGEST]
        made = text_dataset(OWN, cut)
    except ValueError as error:
        settings.note(text.NOT_TAKEN.format(error=error))
        return
    if len(cut) < len(content):
        settings.note(text.OWN_CUT.format(n=LONGEST))
    settings.kept()[KEPT] = {"characters": made}
    prompt = str(settings.get("prompt"))
    if not len(made.encode(prompt)[0]) or made.encode(prompt)[1]:
        prompt = beginning(made)
    settings.put(text=OWN, symbols=None, w_epoch=None, drawn="", w_t=None, prompt=prompt)
    st.rerun()


def beginning(corpus: Text) -> str:
    """A prompt that the text knows: how its held-out part begins, without what is unknown."""
    symbols = chain(corpus.held_out, corpus.stream, range(len(corpus.classes)))
    return corpus.shown(
        list(islice((i for i in symbols if corpus.classes[i] != UNKNOWN), 8))
    ).strip()


def nothing_to_read(corpus: Text) -> None:
    """In place of the film: no symbol of the prompt is known."""
    st.info(text.NOTHING.format(prompt=settings.as_text(beginning(corpus))))
