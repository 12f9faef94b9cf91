"""A sentence with an unknown word, added to the data: trained again, the network knows the word.

The present data and one more training sentence, once, become the visitor's own data; the way back
is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from rnn_core import Dataset, Encoding, Text, Vocabulary
from rnn_core.datasets import MAX_WORDS, from_rows
from rnn_core.vocabulary import UNKNOWN
from ui.kit import settings
from ui.kit.player import Node, node
from ui.kit.theme import short
from ui.sequence import box, datasets
from ui.sequence import text_model as text
from ui.sequence.own_data import MOST_CLASSES, OWN, rows

ADDED = "added"
"""Under this key what was added last."""
FEW_CLASSES, LONGEST = 6, 24
MOST_BACK = 4
"""Ways back that are kept, one after another: each holds its data."""


@dataclass(frozen=True)
class Added:
    """words : that were unknown. label : what was said of the sentence. dataset : with it. before :
    the data without it. earlier : what had been added to that.
    """

    words: tuple[str, ...]
    label: str
    dataset: Dataset
    before: Dataset
    earlier: Added | None


def offers(encoding: Encoding, vocabulary: Vocabulary) -> list[Node]:
    """A button for each class, where the sentence has a word that its data could teach."""
    data = datasets.data()
    known = data.vocabulary
    fits = (
        known is not None and known.words == vocabulary.words and UNKNOWN not in known
        and not (data.per_step or data.rule or isinstance(data, Text))
        and len(data.classes) <= min(FEW_CLASSES, MOST_CLASSES)
        and len(encoding.tokens) <= MAX_WORDS
    )  # fmt: skip
    if not (encoding.unknown and fits):
        return []
    said: list[Node] = [text.ADD]
    for label in data.classes:
        said += [" ", node("button", label, class_="token", click={"add": label})]
    return [node("p", *said)]


def add(label: str) -> None:
    """A callback: the sentence in the box becomes one more training sentence, with this label."""
    data = datasets.data()
    if data.vocabulary is None or label not in data.classes:
        return
    sentence = box.trim(str(settings.get("s")), data.vocabulary)[0]
    unknown = data.vocabulary.encode(sentence).unknown
    made = from_rows(OWN, [*rows(data), (sentence, label, "train")], read=data.read)
    settings.kept()[ADDED] = Added(unknown, label, made, data, _newest(last(), MOST_BACK - 1))
    datasets.take(made)
    box.read(sentence)


def _newest(mine: Added | None, n: int) -> Added | None:
    """The same, with no more than so many in all."""
    return replace(mine, earlier=_newest(mine.earlier, n - 1)) if mine and n else None


def last() -> Added | None:
    """What was added last, if that is what is learned from now."""
    mine: Added | None = settings.kept().get(ADDED)
    own = datasets.own()
    is_used = mine and own and own.dataset is mine.dataset and settings.get("data") == OWN
    return mine if is_used else None


def back() -> None:
    """A callback: to the data without what was added last."""
    if mine := last():
        settings.kept()[ADDED] = mine.earlier
        if mine.before.name == OWN:
            datasets.take(mine.before)
        else:
            datasets.forget()
            settings.put(data=mine.before.name, epoch=None, model="trained")
        box.read(str(settings.get("s")))


def line() -> None:
    """A button that says what was added, and behind it what that is and the way back."""
    if not (mine := last()):
        return
    words = ", ".join(f"“{settings.as_text(short(word, LONGEST))}”" for word in mine.words[:3])
    with st.popover(text.ADDED.format(words=words), icon=":material/add:", key="added"):
        label, n = settings.as_text(mine.label), len(mine.dataset.train)
        st.markdown(text.ADDED_SAYS.format(n=n, words=words, label=label))
        name = text.YOUR_OWN if mine.before.name == OWN else settings.as_text(mine.before.name)
        st.button(text.ADDED_BACK.format(data=name), key="added back", on_click=back)
