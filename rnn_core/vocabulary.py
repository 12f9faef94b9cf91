"""Vocabulary: text to tokens to ids, and back.

It knows words, their order and which of them met in training. It must not know what a
sentence means, nor what is done with its numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from rnn_core.cells.base import Array, Ints
from rnn_core.tokens import FEELINGS, Tokens, settle, tokenize

END = "<end>"
"""The symbol that starts and ends what a decoder writes."""
UNKNOWN = "<unknown>"
"""A vocabulary with this symbol reads all words as it that it does not know by name."""
FORMS = ("s", "es", "ed", "ing", "ly", "er", "est", "ingly")
"""Endings of one word: plural, past, -ing, adverb, comparatives."""


@dataclass(frozen=True)
class Encoding:
    """What a text became.

    tokens : every word, known or not, in order.
    ids : (T,) the numbers of the known words, in order; unknown words are left out.
    known : for each token, whether it has a number.
    dropped : the characters that are no part of a word, each once (punctuation, emoji).
    shown : for each token, what was typed: "isn't" is read as is, not, and shown as is, n't.
    """

    tokens: tuple[str, ...]
    ids: Ints
    known: tuple[bool, ...]
    dropped: tuple[str, ...]
    shown: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The known words: what the network reads, one for each id."""
        return tuple(word for word, known in zip(self.tokens, self.known, strict=True) if known)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The words without a number, in order, each once."""
        missing = (w for w, known in zip(self.tokens, self.known, strict=True) if not known)
        return tuple(dict.fromkeys(missing))


class Vocabulary:
    """The words of a training set, sorted, so that the same texts give the same numbers.

    Parameters
    ----------
    texts : the training sentences, or their tokens.
    least : words that come less often become UNKNOWN, so that a network learns that one as well.

    Raises
    ------
    ValueError : when the texts hold no word at all.
    """

    def __init__(self, texts: Iterable[str | Tokens], least: int = 1) -> None:
        read = [tuple(zip(*_tokens(text)[:2], strict=True)) for text in texts]
        pieces = set(chain.from_iterable(read))
        plain = {token for token, shown in pieces if token == shown.lower()}
        spelled = {piece: settle(*piece, plain) for piece in pieces}
        sentences = [[spelled[piece] for piece in sentence] for sentence in read]
        counts = Counter(chain.from_iterable(sentences))
        known = sorted(word for word in counts if counts[word] >= least)
        self.words: tuple[str, ...] = (*known, *[UNKNOWN] * (len(known) < len(counts)))
        if not self.words:
            raise ValueError("a vocabulary needs at least one word; these texts have none")
        self._number()
        self.pairs = frozenset(pair for words in sentences for pair in pairwise(self._read(words)))

    def _number(self) -> None:
        self.id_of: dict[str, int] = {word: i for i, word in enumerate(self.words)}

    def _read(self, words: Iterable[str]) -> list[str]:
        """The same words, UNKNOWN for those that are not known by name."""
        return [word if word in self.id_of else UNKNOWN for word in words]

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

    def number(self, token: str, shown: str) -> int | None:
        """The number of a token and of what was typed for it; None where it is left out."""
        token = settle(token, shown, self.id_of)
        unknown = None if token in FEELINGS else self.id_of.get(UNKNOWN)
        return self.id_of.get(token, unknown)

    def encode(self, text: str | Tokens) -> Encoding:
        """Turn a text into ids; words without a number are reported in the result, not raised."""
        tokens, typed, dropped = _tokens(text)
        read = [(settle(*piece, self.id_of), piece[1]) for piece in zip(tokens, typed, strict=True)]
        signs = [token for token, _ in read if token in FEELINGS and token not in self.id_of]
        read = [piece for piece in read if piece[0] not in signs]
        numbers = [self.number(*piece) for piece in read]
        known = tuple(number is not None for number in numbers)
        ids = [number for number in numbers if number is not None]
        return Encoding(
            tuple(token for token, _ in read), np.array(ids, dtype=np.intp), known,
            tuple(dict.fromkeys((*dropped, *signs))), tuple(shown for _, shown in read),
        )  # fmt: skip

    def decode(self, ids: Sequence[int] | Ints) -> str:
        """Turn ids back into words; the inverse of encode for known words."""
        return " ".join(self.words[i] for i in ids)

    def one_hot(self, ids: Sequence[int] | Ints) -> Array:
        """(V, T): a column for each word with a single 1. The network itself never needs it."""
        columns: Array = np.eye(len(self))[:, np.asarray(ids, dtype=np.intp)]
        return columns

    def nearest(self, word: str, count: int = 3) -> list[str]:
        """The known words that this one may mean, best first: other forms of it, then those
        spelled with one slip after the first letter, of four letters or more. May be empty.
        """
        stems = _stems(word)
        forms = [known for known in self.words if known in stems or word in _stems(known)
                 or stems & _stems(known)]  # fmt: skip
        slips = [known for known in self.words if _one_slip(word, known)]
        near = dict.fromkeys((*sorted(forms, key=len), *slips))
        return [known for known in near if known != word][:count]

    def new_pairs(self, words: Sequence[str]) -> list[int]:
        """Positions i where words[i] and words[i + 1] never stood side by side in training."""
        pairs = pairwise(self._read(words))
        return [i for i, pair in enumerate(pairs) if pair not in self.pairs]


def _tokens(text: str | Tokens) -> Tokens:
    return text if isinstance(text, Tokens) else tokenize(text)


def _stems(word: str) -> set[str]:
    """What a word may be a form of: "stopped" of stopp, stoppe, stop. An -er may be no ending."""
    stems = set()
    for ending in FORMS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= (5 if ending == "er" else 3):
            stems |= {stem, stem + "e", stem[:-1] + "y" if stem[-1] == "i" else stem}
            stems |= {stem[:-1]} if stem[-1] == stem[-2] else set()
    return stems


def _one_slip(a: str, b: str) -> bool:
    """Whether one letter is too many, missing, wrong, or swapped with the next; not the first."""
    if min(len(a), len(b)) < 4 or abs(len(a) - len(b)) > 1 or a[0] != b[0]:
        return False
    i = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return (
        a[i + 1 :] in (b[i:], b[i + 1 :]) or a[i:] == b[i + 1 :]
        or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])
    )  # fmt: skip
