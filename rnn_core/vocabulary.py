"""Vocabulary: text to tokens to ids, and back.

It knows words, their order and which of them met in training. It must not know what a
sentence means, nor what is done with its numbers.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rnn_core.cells.base import Array, Ints

END = "<end>"
"""The symbol that starts and ends what a decoder writes."""
APOSTROPHES = "'\u2019"
# Unicode calls these letters or marks, but they show nothing: fillers and variation selectors.
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0").union(
    *(map(chr, range(a, b)) for a, b in ((0x180B, 0x1810), (0xFE00, 0xFE10), (0xE0100, 0xE01F0)))
)


@dataclass(frozen=True)
class Encoding:
    """What a text became.

    tokens : every word, known or not, in order.
    ids : (T,) the numbers of the known words, in order; unknown words are left out.
    known : for each token, whether it has a number.
    dropped : the characters that are no part of a word, each once (punctuation, emoji).
    """

    tokens: tuple[str, ...]
    ids: Ints
    known: tuple[bool, ...]
    dropped: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The known words: what the network reads, one for each id."""
        return tuple(word for word, known in zip(self.tokens, self.known, strict=True) if known)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The words without a number, in order, each once."""
        missing = (w for w, known in zip(self.tokens, self.known, strict=True) if not known)
        return tuple(dict.fromkeys(missing))


def tokenize(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Cut a text into lower-case words; return them and the characters that were dropped.

    NFC, so that one look has one spelling. Letters and digits with their accents, and an
    apostrophe between letters, make a word; control characters separate; zero-width and
    direction characters vanish; everything else (punctuation, emoji) separates, reported.
    """
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    kept: list[str] = []
    dropped: dict[str, None] = {}
    for i, char in enumerate(text):
        kind = unicodedata.category(char)
        inside = char in APOSTROPHES and text[i - 1 : i].isalpha() and text[i + 1 : i + 2].isalpha()
        if kind in ("Cf", "Cs", "Co", "Cn") or char in INVISIBLE:
            continue
        accent = kind in ("Mn", "Mc") and kept[-1:] not in ([], [" "])
        if kind[0] in "LN" or accent or inside:
            kept.append("'" if inside else char)
        else:
            kept.append(" ")
            if not char.isspace() and kind != "Cc":
                dropped[char] = None
    return tuple(unicodedata.normalize("NFC", "".join(kept)).split()), tuple(dropped)


class Vocabulary:
    """The words of a training set, sorted, so that the same texts give the same numbers.

    Parameters
    ----------
    texts : the training sentences.

    Raises
    ------
    ValueError : when the texts hold no word at all.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        sentences = [tokenize(text)[0] for text in texts]
        self.words: tuple[str, ...] = tuple(sorted({word for words in sentences for word in words}))
        if not self.words:
            raise ValueError("a vocabulary needs at least one word; these texts have none")
        self._number()
        self.pairs = frozenset(pair for words in sentences for pair in pairwise(words))

    def _number(self) -> None:
        self.id_of: dict[str, int] = {word: i for i, word in enumerate(self.words)}

    @classmethod
    def of(cls, symbols: Iterable[str]) -> Vocabulary:
        """A vocabulary of these symbols as they are, in their order: characters, marks, words."""
        made = cls.__new__(cls)
        made.words, made.pairs = tuple(dict.fromkeys(symbols)), frozenset()
        made._number()
        if not made.words:
            raise ValueError("a vocabulary needs at least one symbol")
        return made

    @property
    def end(self) -> int:
        """The number of the end mark; ValueError without one: a decoder could never end."""
        if END not in self.id_of:
            raise ValueError(f"a decoder needs an end mark: put {END} among its symbols")
        return self.id_of[END]

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: str) -> bool:
        return word in self.id_of

    def encode(self, text: str) -> Encoding:
        """Turn a text into ids; words without a number are reported in the result, not raised."""
        tokens, dropped = tokenize(text)
        known = tuple(token in self.id_of for token in tokens)
        ids = [self.id_of[token] for token in tokens if token in self.id_of]
        return Encoding(tokens, np.array(ids, dtype=np.intp), known, dropped)

    def decode(self, ids: Sequence[int] | Ints) -> str:
        """Turn ids back into words; the inverse of encode for known words."""
        return " ".join(self.words[i] for i in ids)

    def one_hot(self, ids: Sequence[int] | Ints) -> Array:
        """(V, T): a column for each word with a single 1. The network itself never needs it."""
        columns: Array = np.eye(len(self))[:, np.asarray(ids, dtype=np.intp)]
        return columns

    def nearest(self, word: str, count: int = 3) -> list[str]:
        """The known words spelled most like this one, best first; may be empty."""
        return difflib.get_close_matches(word[:40], self.words, count, cutoff=0.5)

    def new_pairs(self, words: Sequence[str]) -> list[int]:
        """Positions i where words[i] and words[i + 1] never stood side by side in training."""
        return [i for i, pair in enumerate(pairwise(words)) if pair not in self.pairs]
