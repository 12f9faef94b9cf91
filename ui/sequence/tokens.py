"""The sentence as tokens: what was not read, and why."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import streamlit as st

from rnn_core import Encoding, Vocabulary
from ui.kit.player import Node, Text, node, still
from ui.kit.sentence import sentence as filled
from ui.kit.theme import short
from ui.sequence import added, datasets, text
from ui.sequence.box import Sentence
from ui.sequence.events import sentence_clicked

MOST_KNOWN, LONGEST = 60, 24
MANY = 200
"""Words; of fewer, each pair that never met is remarked on."""


def remarks(sentence: Sentence, vocabulary: Vocabulary, offer: bool = True) -> None:
    """A button, where there is something to remark on the sentence, that says what and shows all.

    Where nothing can be read `readable` says so instead. offer : that the everyday model reads it,
    or that it is added to the data; what was added has a button as well.
    """
    added.line()
    encoding = sentence.encoding
    if not (len(encoding.ids) and (notes := _notes(sentence, vocabulary))):
        return
    if offer and encoding.unknown:
        notes += [_offer(vocabulary), *added.offers(encoding, vocabulary)]
    unknown = len(encoding.unknown) + len(rare(encoding, vocabulary))
    pairs = len(_new_pairs(encoding, vocabulary))
    said = [text.N_UNKNOWN.format(n=unknown)] if unknown else []
    said += [text.N_PAIRS["many" if pairs > 1 else "one"].format(n=pairs)] if pairs else []
    said += [text.IS_CUT] if sentence.trimmed else []
    with st.popover(" · ".join(said) or text.IS_LEFT_OUT, icon=":material/help:", key="remarks"):
        still("remarks shown", Text("remarks", node("div", *notes), card="bare"),
              on_click=sentence_clicked("remarks shown", sentence.box))  # fmt: skip


def readable(
    sentence: Sentence, vocabulary: Vocabulary, key: str = "nothing", inline: bool = False,
    offer: bool = True,
) -> bool:  # fmt: skip
    """Whether there is anything to read; where there is not, say so, and which words are known.

    inline : show what there is to remark here as well, for a box that has no button beside it.
    offer : as in remarks.
    """
    encoding, clicked = sentence.encoding, sentence_clicked(key, sentence.box)
    if len(encoding.ids):
        if inline and (notes := _notes(sentence, vocabulary)):
            still(key, Text("remarks", node("div", *notes), card="bare"), on_click=clicked)
        return True
    said = text.NOTHING_KNOWN.format(words=_list(encoding)) if encoding.tokens else text.NOTHING
    known = _companions(vocabulary)[:MOST_KNOWN]
    more = len(vocabulary) - len(known)
    offers = [node("button", w, class_="token", click={"read": w}) for w in known]
    ways: list[Node] = []
    if offer and encoding.tokens:
        ways = [_offer(vocabulary), *added.offers(encoding, vocabulary)]
    knows = text.KNOWS["most" if more else "all"]
    content = node(
        "div", node("h3", said), *ways,
        node("p", *filled(knows, n=node("b", f"{len(vocabulary):,}")), class_="quiet"),
        node("div", *offers, text.KNOWS_MORE.format(n=more) if more else "", class_="tokens"),
        class_="empty",
    )  # fmt: skip
    still(key, Text("tokens", content, card=True), on_click=clicked)
    return False


def _offer(vocabulary: Vocabulary) -> Node:
    """A button: the everyday model reads the sentence; nothing where it does already."""
    everyday = datasets.checkpoint().model.vocabulary
    if everyday is None or everyday.words == vocabulary.words:
        return ""
    said = text.READ_EVERYDAY.format(n=len(everyday))
    return node("p", node("button", said, class_="token", click={"model": datasets.EVERYDAY}))


def _list(encoding: Encoding) -> str:
    shown = ", ".join(short(word, LONGEST) for word in encoding.unknown[:8])
    return shown + (" …" if len(encoding.unknown) > 8 else "")


def rare(encoding: Encoding, vocabulary: Vocabulary) -> list[str]:
    """The words that are read as UNKNOWN, each once."""
    return [word for word in dict.fromkeys(encoding.words) if word not in vocabulary]


def _notes(sentence: Sentence, vocabulary: Vocabulary) -> list[Node]:
    """What the reader should know about this sentence, each in one line."""
    encoding = sentence.encoding
    notes: list[Node] = []
    if sentence.trimmed:
        notes.append(node("p", sentence.trimmed, class_="note"))
    for word in encoding.unknown[:3]:
        near = vocabulary.nearest(word)
        offers = [
            node("button", other, class_="token", click={"read": _swap(encoding, word, other)})
            for other in near
        ]
        said = filled(text.SKIPPED, word=node("b", short(word, LONGEST)))
        ask: list[Node] = [text.NEAREST, *offers] if offers else []
        notes.append(node("p", *said, *ask, class_="note"))
    if len(encoding.unknown) > 3:
        rest = ", ".join(short(word, LONGEST) for word in encoding.unknown[3:11])
        notes.append(node("p", text.SKIPPED_TOO.format(words=rest), class_="note"))
    if new := rare(encoding, vocabulary):
        listed = ", ".join(short(word, LONGEST) for word in new[:8])
        notes.append(node("p", *filled(text.RARE, words=node("b", listed)), class_="note"))
    positions = _new_pairs(encoding, vocabulary)
    pairs = [*dict.fromkeys(f"“{' '.join(encoding.words[i : i + 2])}”" for i in positions)]
    if pairs:
        how = "one" if len(pairs) == 1 else "more" if len(pairs) > 3 else "many"
        listed = node("b", ", ".join(pairs[:3]))
        new_pairs = filled(text.NEW_PAIRS[how], pairs=listed, n=len(pairs) - 3)
        notes.append(node("p", *new_pairs, class_="note"))
    if encoding.dropped:
        signs = " ".join(encoding.dropped[:12])
        notes.append(node("p", text.LEFT_OUT.format(signs=signs), class_="note"))
    return notes


def _new_pairs(encoding: Encoding, vocabulary: Vocabulary) -> list[int]:
    """Where two words stand that never met in training. Of many words that is usual, and is only
    said where it is so of half the sentence.
    """
    found = vocabulary.new_pairs(encoding.words)
    return found if len(vocabulary) <= MANY or 2 * len(found) >= len(encoding.words) - 1 else []


def _companions(vocabulary: Vocabulary) -> list[str]:
    """The words, first those that met most others in training."""
    met = Counter(chain.from_iterable(vocabulary.pairs))
    return sorted(vocabulary.words, key=lambda word: -met[word])


def _swap(encoding: Encoding, word: str, other: str) -> str:
    """The sentence with one unknown word exchanged."""
    return " ".join(other if token == word else token for token in encoding.tokens)
