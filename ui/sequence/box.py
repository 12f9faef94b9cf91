"""The box for a sentence, its examples, and the answer that is wanted for it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from rnn_core import Dataset, Encoding, Text, Vocabulary
from rnn_core.texts import Symbols
from rnn_core.vocabulary import tokenize
from ui.kit import settings
from ui.kit.player import Text as Panel
from ui.kit.player import node, still
from ui.kit.table import MOST_WORDS, TABLE
from ui.sequence import models, targets, text
from ui.sequence.models import Chosen
from ui.sequence.targets import Target

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
N_EXAMPLES = 6
FEW_LETTERS = 30
"""Of all classes, that have room side by side; the names of more are a list to choose from."""


@dataclass(frozen=True)
class Sentence:
    """What was typed, and what became of it. trimmed : a sentence about what was cut, or "".
    box : the setting of its box.
    """

    encoding: Encoding
    trimmed: str
    box: str


def trim(typed: str, vocabulary: Vocabulary | None = None) -> tuple[str, str]:
    """Cut a text to 200 characters and 40 words, or of symbols as a text has them to 40; return it
    and a sentence about the cut, or "".
    """
    if isinstance(vocabulary, Symbols):
        symbols = vocabulary.encode(typed[:MAX_PASTE]).tokens
        if len(symbols) <= MOST_WORDS:
            return typed, ""
        said = text.CUT[vocabulary.unit].format(n=MOST_WORDS)
        return (" " * (vocabulary.unit == "words")).join(symbols[:MOST_WORDS]), said
    cut = typed[:MAX_CHARACTERS]
    if len(cut) < len(typed) and not typed[MAX_CHARACTERS].isspace():
        cut = cut.rpartition(" ")[0] or cut
    words = tokenize(cut)[0]
    if len(words) > MOST_WORDS:
        cut = " ".join(words[:MOST_WORDS])
    if cut == typed:
        return typed, ""
    return cut, text.CUT_AT_MOST.format(n=min(len(words), MOST_WORDS), most=MOST_WORDS)


def show(vocabulary: Vocabulary, name: str = "s", label: str = text.SENTENCE) -> Sentence:
    """The box for a sentence; it answers while one types. name : the setting that it shows."""
    _suggest(vocabulary, name)
    with st.container(key=f"box {name}"):
        typed = settings.text(
            name, label, max_chars=MAX_PASTE, label_visibility="collapsed", live="300ms",
            placeholder=text.SENTENCE_EMPTY,
            on_change=_begin_anew if name == "s" else "rerun",
        )  # fmt: skip
    kept, trimmed = trim(typed, vocabulary)
    return Sentence(vocabulary.encode(kept), trimmed, name)


def _suggest(vocabulary: Vocabulary, name: str) -> None:
    """Where the sentence is ours and none of its words is known, it is one of the data's instead;
    what was typed stays.
    """
    usual, suggested = str(TABLE[name].default), f"suggested {name}"
    now = settings.get(name)
    if now in (usual, settings.kept().get(suggested)) and not _fits(vocabulary, now):
        ours = [usual] if _fits(vocabulary, usual) else _of_the_data(models.data())
        settings.kept()[suggested] = ours[(name == "s2") % len(ours)]
        settings.put(**{name: settings.kept()[suggested]})


def _fits(vocabulary: Vocabulary, sentence: str) -> bool:
    """Whether it is a sentence for these words: of ours any is known, of another's data all."""
    known = vocabulary.encode(sentence).known
    if sentence in (*EXAMPLES, TABLE["s2"].default):
        return any(known) and not isinstance(vocabulary, Symbols)
    return all(known)


def _of_the_data(data: Dataset) -> list[str]:
    """Sentences of the data: of its test, of a text the first lines of it."""
    texts = data.test.texts or data.train.texts
    if not isinstance(data, Text):
        return list(texts[:N_EXAMPLES])
    lines = [line.strip() for one in texts for line in one.split("\n")[1:-1]]
    short = [line for line in dict.fromkeys(lines)
             if 1 < len(data.vocabulary.encode(line).ids) <= MOST_WORDS]  # fmt: skip
    return short[:N_EXAMPLES] or [trim(texts[0].strip(), data.vocabulary)[0]]


def has_unknown(vocabulary: Vocabulary) -> bool:
    """Whether the sentence, as it stands, has a word that a vocabulary does not know."""
    return not all(vocabulary.encode(trim(str(settings.get("s")), vocabulary)[0]).known)


def read(sentence: str, name: str = "s") -> None:
    """A callback: make this the sentence of a box, as if it had been typed."""
    settings.put(**{name: sentence})
    if name == "s":
        _begin_anew()


def _begin_anew() -> None:
    """A film of another sentence, or of the same one asked for again, begins anew."""
    settings.put(t=None, f=None, target=None)
    anew()


def anew() -> None:
    """Let films begin where the settings say."""
    settings.kept()["asked"] = asked() + 1


def asked() -> int:
    """How often a sentence was asked for: a film is another one each time."""
    count: int = settings.kept().get("asked", 0)
    return count


def examples(vocabulary: Vocabulary | None = None) -> None:
    """Sentences to choose from: ours, or where a vocabulary knows none of them, the data's."""
    known = vocabulary is None or any(_fits(vocabulary, one) for one in EXAMPLES)
    texts = EXAMPLES if known else _of_the_data(models.data())
    settings.menu("examples", text.EXAMPLES, texts, read, of="s")


def target(chosen: Chosen, encoding: Encoding) -> Target | None:
    """The answer that is wanted: the sentence's own where it has one, until it is changed; of a
    network that answers at each step what is right there, None where nothing is asked.

    encoding : a sentence with at least one known word.
    """
    classes, known = chosen.model.classes, targets.right(chosen.run.dataset, chosen.model, encoding)
    if chosen.model.per_step or isinstance(known, tuple):
        return known
    usual = known or classes[int(chosen.model.forward(encoding.ids).p[-1].argmax())]
    said = text.WANTED_HELP["unknown"]
    if known is not None:
        said = text.WANTED_HELP["known"].format(label=settings.as_text(known))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="target row",
                      width="content"):  # fmt: skip
        st.markdown(text.WANTED, help=said)
        few = sum(map(len, classes)) <= FEW_LETTERS
        widget = settings.segments if few else settings.select
        widget("target", text.TARGET, classes, usual, label_visibility="collapsed")
    wanted: str = settings.get("target") or usual
    return wanted


def nothing_asked() -> None:
    """Say that no answer is asked of this sentence, in place of pictures of its loss."""
    said = node("div", node("h3", text.NOTHING_ASKED), class_="empty")
    still("nothing", Panel("tokens", said, card=True))
