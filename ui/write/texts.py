"""The texts that can be learned: ours, and the visitor's own, each in characters or in words."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, islice

import streamlit as st

from rnn_core.texts import LONGEST, SHORTEST, UNITS, Text, text_dataset
from rnn_core.vocabulary import UNKNOWN
from ui.kit import settings
from ui.sequence import datasets
from ui.sequence.own_table import own_text

OWN = "own"
USUAL = "quotes"
TEXTS = {
    "quotes": "Quotes",
    "rhymes": "Rhymes",
    "grammar": "A toy grammar",
}
"""{name of a dataset: what it is called}."""
KEPT = "own text"
"""Under this name the visitor's own text is kept: {unit: Text}."""


def names() -> dict[str, str]:
    """What can be chosen, and how it is called."""
    own: dict[str, Text] = settings.kept().get(KEPT, {})
    mine = {OWN: "Your own text"} if own else {}  # a choice's name must not change: no length
    return {**{name: f"{called} · {_size(ours(name))}" for name, called in TEXTS.items()}, **mine}


def _size(text: Text) -> str:
    """How long a text is: "24,000 characters"."""
    return f"{len(text.stream) + len(text.held_out):,} {text.unit}"


def ours(name: str, unit: str | None = None) -> Text:
    """One of our texts, in its usual unit or in another."""
    text = datasets.dataset(name)
    assert isinstance(text, Text)
    return text if unit in (None, text.unit) else _read_as(name, str(unit))


@lru_cache(maxsize=8)
def _read_as(name: str, unit: str) -> Text:
    text = ours(name)
    return text_dataset(name, text.shown([*text.stream, *text.held_out]), unit)


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
        return [ours(name, unit)] if name in TEXTS else []
    own: dict[str, Text] = settings.kept().get(KEPT, {})
    return [own[unit]] if unit in own else []


def settle() -> None:
    """Before anything is drawn: an own text that is not there gives way, and that is said."""
    if settings.get("text") == OWN and not settings.kept().get(KEPT):
        settings.put(text=USUAL)
        settings.note("A link holds no own text, and a page that is reloaded has forgotten it.")


def choose() -> None:
    """The widgets: which text, in which symbols, and the visitor's own."""
    settings.select("text", "The text that it learns", names())
    text = chosen()
    settings.segments("symbols", "Read as", list(UNITS), text.unit)
    st.caption(about(text))
    drawer()


def about(text: Text) -> str:
    """What is in it."""
    said = (
        f"{len(text.stream):,} {text.unit} to learn, {len(text.held_out):,} held out; "
        f"{len(text.classes):,} different ones."
    )
    if text.replaced:
        said += f" {text.replaced:,} rare ones are read as one unknown symbol."
    return said


def drawer() -> None:
    """Where the visitor brings a text; what is wrong with it is said, and nothing is lost."""
    with st.expander("Your own text"):
        pasted = st.text_area(
            "Paste it here", key="own pasted", height=120,
            placeholder=f"{SHORTEST} to {LONGEST:,} characters",
        )  # fmt: skip
        file = st.file_uploader("or a file", key="own file")
        if st.button("Learn this text", key="own learn"):  # a callback would see what stood before
            take(pasted, file.getvalue() if file else None)
        st.caption(
            "It stays in this visit's memory, is never written to disk, and is gone with it."
        )


def take(pasted: str, file: bytes | None) -> None:
    """Make it the text and draw the page anew; a longer one is cut, and that is said."""
    try:
        content = own_text(file) if file is not None else pasted
        cut = content[:LONGEST]
        made = text_dataset(OWN, cut)
    except ValueError as error:
        settings.note(f"Not taken: {error}. The text stays as it was.")
        return
    if len(cut) < len(content):
        settings.note(f"That was long: its first {LONGEST:,} characters are learned.")
    settings.kept()[KEPT] = {"characters": made}
    prompt = str(settings.get("prompt"))
    if not len(made.encode(prompt)[0]) or made.encode(prompt)[1]:
        prompt = beginning(made)
    settings.put(text=OWN, symbols=None, w_epoch=None, drawn="", w_t=None, prompt=prompt)
    st.rerun()


def beginning(text: Text) -> str:
    """A prompt that the text knows: how its held-out part begins, without what is unknown."""
    symbols = chain(text.held_out, text.stream, range(len(text.classes)))
    return text.shown(list(islice((i for i in symbols if text.classes[i] != UNKNOWN), 8))).strip()


def nothing_to_read(text: Text) -> None:
    """In place of the film: no symbol of the prompt is known."""
    st.info(
        f"No symbol of that prompt occurs in the text. Try “{settings.as_text(beginning(text))}”."
    )
