"""The box for a sentence, its examples, and the answer that is wanted for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from rnn_core import Encoding, Vocabulary
from rnn_core.vocabulary import tokenize
from ui.kit import settings
from ui.kit.table import MOST_WORDS
from ui.sequence.models import Chosen

MAX_CHARACTERS = 200
MAX_PASTE = 10_000
"""The box takes so many characters, to be cut with a word about it; it ignores a longer paste."""
EXAMPLES = [
    "i am good",
    "this is not good",
    "good not bad",
    "bad not good",
    "i am not at all bad or sad right now",
    "not very good",
]


@dataclass(frozen=True)
class Sentence:
    """What was typed, and what became of it. trimmed : a sentence about what was cut, or "".
    box : the setting of its box.
    """

    encoding: Encoding
    trimmed: str
    box: str


def trim(text: str) -> tuple[str, str]:
    """Cut a text to 200 characters and 40 words; return it and a sentence about the cut, or ""."""
    cut = text[:MAX_CHARACTERS]
    if len(cut) < len(text) and not text[MAX_CHARACTERS].isspace():
        cut = cut.rpartition(" ")[0] or cut
    words = tokenize(cut)[0]
    if len(words) > MOST_WORDS:
        cut = " ".join(words[:MOST_WORDS])
    if cut == text:
        return text, ""
    read = min(len(words), MOST_WORDS)
    return cut, f"That was long: only its first {read} words are read (at most {MOST_WORDS} words)."


def show(vocabulary: Vocabulary, name: str = "s", label: str = "Your sentence") -> Sentence:
    """The box for a sentence; it answers while one types. name : the setting that it shows."""
    with st.container(key=f"box {name}"):
        text = settings.text(
            name, label, max_chars=MAX_PASTE, label_visibility="collapsed", live="300ms",
            placeholder="type a sentence, such as: this is not bad",
            on_change=_begin_anew if name == "s" else "rerun",
        )  # fmt: skip
    kept, trimmed = trim(text)
    return Sentence(vocabulary.encode(kept), trimmed, name)


def has_unknown(vocabulary: Vocabulary) -> bool:
    """Whether the sentence, as it stands, has a word that a vocabulary does not know."""
    return not all(vocabulary.encode(trim(str(settings.get("s")))[0]).known)


def read(sentence: str, name: str = "s") -> None:
    """A callback: make this the sentence of a box, as if it had been typed."""
    settings.put(**{name: sentence})
    if name == "s":
        _begin_anew()


def _begin_anew() -> None:
    """A film of another sentence, or of the same one asked for again, begins anew."""
    settings.put(t=None, f=None, target=None)
    settings.kept()["asked"] = asked() + 1


def asked() -> int:
    """How often a sentence was asked for: a film is another one each time."""
    count: int = settings.kept().get("asked", 0)
    return count


def examples(texts: Sequence[str] = EXAMPLES) -> None:
    """Sentences to choose from."""
    settings.menu("examples", "Examples", texts, read)


def target(chosen: Chosen, encoding: Encoding) -> str:
    """The answer that is wanted: the sentence's own label where it has one, until it is changed.

    encoding : a sentence with at least one known word. Returns the name of a class.
    """
    classes = chosen.model.classes
    known = chosen.run.dataset.known_label(" ".join(encoding.tokens))
    usual = known or classes[int(chosen.model.forward(encoding.ids).p[-1].argmax())]
    said = "Not in the data: you choose what is right."
    if known is not None:
        said = f"The true label is {settings.as_text(known)}."
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="target row",
                      width="content"):  # fmt: skip
        st.markdown("wanted", help=said)
        settings.segments("target", "Answer wanted", classes, usual, label_visibility="collapsed")
    wanted: str = settings.get("target") or usual
    return wanted
