"""The sentence as tokens: which words are known, which pairs never met, what was dropped."""

from __future__ import annotations

from rnn_core import Encoding, Vocabulary
from ui.kit.player import Node, Text, node, still
from ui.sequence.box import Sentence
from ui.sequence.events import sentence_clicked

MOST_KNOWN = 60


def show(
    sentence: Sentence, vocabulary: Vocabulary, key: str = "chips", always: bool = True
) -> bool:
    """Show the sentence as it will be read; return whether there is anything to read.

    always : also when there is nothing to remark on it.
    """
    encoding, clicked = sentence.encoding, sentence_clicked(key, sentence.box)
    if len(encoding.ids):
        notes = _notes(sentence, vocabulary)
        if notes or always:
            content = node("div", _chips(encoding, vocabulary), *notes)
            still(key, Text("chips", content, card="bare"), on_click=clicked)
        return True
    if encoding.tokens:
        said = f"None of these words is known, so there is nothing to read: {_list(encoding)}."
    else:
        said = "Type a sentence above, and the network reads it here, word by word."
    known = vocabulary.words[:MOST_KNOWN]
    more = len(vocabulary) - len(known)
    chips = [node("button", w, class_="chip", click={"read": w}) for w in known]
    content = node(
        "div",
        node("h3", said),
        node("p", "It knows ", node("b", str(len(vocabulary))), " words:", class_="quiet"),
        node("div", *chips, *([f"and {more} more"] if more else []), class_="chips"),
        class_="empty",
    )
    still(key, Text("chips", content, card=True), on_click=clicked)
    return False


def _list(encoding: Encoding) -> str:
    shown = encoding.unknown[:8]
    return ", ".join(_short(word) for word in shown) + (" …" if len(encoding.unknown) > 8 else "")


def _short(word: str) -> str:
    return word if len(word) <= 24 else word[:23] + "…"


def _chips(encoding: Encoding, vocabulary: Vocabulary) -> Node:
    """The words in a row; between two that never met in training stands a mark."""
    new = set(vocabulary.new_pairs(encoding.words))
    chips: list[Node] = []
    position = 0
    for token, known in zip(encoding.tokens, encoding.known, strict=True):
        if not known:
            title = "not among the training words: it is skipped"
            chips.append(node("span", _short(token), class_="chip unknown", title=title))
            continue
        chips.append(node("span", token, class_="chip"))
        if position in new:
            pair = " ".join(encoding.words[position : position + 2])
            title = f"“{pair}” never occurs in the training sentences"
            chips.append(node("span", "?", class_="join new", title=title, label=title))
        position += 1
    return node("div", *chips, class_="chips")


def _notes(sentence: Sentence, vocabulary: Vocabulary) -> list[Node]:
    """What the reader should know about this sentence, each in one line."""
    encoding = sentence.encoding
    notes: list[Node] = []
    if sentence.trimmed:
        notes.append(node("p", sentence.trimmed, class_="note"))
    for word in encoding.unknown[:3]:
        near = vocabulary.nearest(word)
        offers = [
            node("button", other, class_="chip", click={"read": _swap(encoding, word, other)})
            for other in near
        ]
        said = [node("b", _short(word)), " is not among its words, so it is skipped."]
        ask: list[Node] = [" Nearest: ", *offers] if offers else []
        notes.append(node("p", *said, *ask, class_="note"))
    if len(encoding.unknown) > 3:
        notes.append(node("p", f"Skipped as well: {_list(encoding)}.", class_="note"))
    positions = vocabulary.new_pairs(encoding.words)
    pairs = dict.fromkeys(f"“{' '.join(encoding.words[i : i + 2])}”" for i in positions)
    if pairs:
        verb = "never occurs" if len(pairs) == 1 else "never occur"
        notes.append(
            node("p", node("b", ", ".join(pairs)),
                 f" {verb} in training (marked ?): here the answer is a guess.", class_="note")
        )  # fmt: skip
    if encoding.dropped:
        signs = " ".join(encoding.dropped[:12])
        notes.append(node("p", f"Left out, because only words are read: {signs}", class_="note"))
    return notes


def _swap(encoding: Encoding, word: str, other: str) -> str:
    """The sentence with one unknown word exchanged."""
    return " ".join(other if token == word else token for token in encoding.tokens)
