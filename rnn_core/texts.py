"""Texts: one stream of symbols, characters or words, cut into what is learned and what is held out.

A `data/*.txt` is a text by its file name; experiments/grammars.py generates others. It must not
know networks: what reads a text is one like any other, asked at each step for the next symbol.

A character is what a reader takes for one: a letter with its accents, an emoji with its joiners, a
flag. (Of Unicode's rules for that, UAX 29, those for conjuncts of Indic scripts are left out.) A
word is a run of letters and digits with the apostrophes inside it, in lower case; each other mark
and each line end is a word of its own. Scripts without spaces are better read in characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from rnn_core.cells import Ints
from rnn_core.datasets import DATA, READERS, Dataset, Right, dataset_names
from rnn_core.tokens import Tokens
from rnn_core.vocabulary import UNKNOWN, Encoding, Vocabulary
from rnn_core.wirings import Split, tag

UNITS = {"characters": 200, "words": 2000}
"""How a text may be cut into symbols, and how many different ones there may be."""
SHORTEST, LONGEST = 500, 200_000
"""Characters."""
LONGEST_SYMBOL = 40
"""Characters, of which one that is longer is cut."""
HELD_OUT = 1 / 6
PIECE, LEAD = 150, 50
"""Symbols of a piece that are asked, and before them those that are only read."""
MOST_JUDGED = 2_000_000
"""Numbers that the one-hot answers of all pieces may take."""
LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
JOINER = "\u200d"
CLOSING, OPENING = frozenset(".,;:!?)]}’”»%…"), frozenset("([{‘“«")


class Symbols(Vocabulary):
    """The symbols of a text, sorted, and how text becomes symbols and symbols become text again.

    unit : a key of UNITS.
    """

    def __init__(self, symbols: Iterable[str], unit: str) -> None:
        self.words, self.pairs, self.unit = tuple(symbols), frozenset(), unit
        self._number()

    def encode(self, text: str | Tokens) -> Encoding:
        """Turn a text into ids; a symbol without a number is read as the unknown one, if there is
        one; else it is left out, and reported.
        """
        symbols = text.tokens if isinstance(text, Tokens) else cut(clean(text), self.unit)
        unknown = self.id_of.get(UNKNOWN)
        numbers = [self.id_of.get(symbol, unknown) for symbol in symbols]
        known = tuple(number is not None for number in numbers)
        ids = np.array([number for number in numbers if number is not None], dtype=np.intp)
        return Encoding(tuple(symbols), ids, known, (), tuple(symbols))

    def decode(self, ids: Sequence[int] | Ints) -> str:
        """Turn ids back into a text; of words, with blanks where they are usual."""
        symbols = [self.words[i] for i in ids]
        return "".join(symbols if self.unit == "characters" else _with_blanks(symbols))


@dataclass(frozen=True, kw_only=True)
class Text(Dataset):
    """A text as a dataset: at each step the symbol that comes next is asked.

    vocabulary : of the whole text. classes : the same symbols. train, test : pieces on which a
    network is judged, evenly spread over what is learned and over what is held out; LEAD symbols
    before a piece are read, and not asked. unit : a key of UNITS.
    stream, held_out : (N,) and (M,) what is learned, and the rest of the text after it.
    floor : the perplexity of whoever knows the rule that made what is held out; None: nobody does.
    replaced : how many symbols of the text became the unknown one.
    """

    vocabulary: Symbols
    unit: str
    stream: Ints
    held_out: Ints
    floor: float | None = None
    replaced: int = 0

    def encode(self, text: str) -> tuple[Ints, tuple[str, ...]]:
        """The ids of a text, and those of its symbols that are not known, each once."""
        encoding = self.vocabulary.encode(text)
        strangers = (s for s in encoding.tokens if s not in self.vocabulary)
        return encoding.ids, tuple(dict.fromkeys(strangers))

    def shown(self, ids: Sequence[int] | Ints) -> str:
        """The text of some ids."""
        return self.vocabulary.decode(ids)

    def known_target(self, text: str) -> Right:
        """What comes next after each symbol of a text; None after the last."""
        return [*self.vocabulary.encode(text).words[1:], None]


def text_dataset(
    name: str, content: str, unit: str = "characters", floor: float | None = None
) -> Text:
    """Make a dataset of a text; floor : as in Text, where it is known.

    Raises ValueError for a text that is too short or too long, and for one of a single symbol.
    """
    content = clean(content).strip()
    if not SHORTEST <= len(content) <= LONGEST:
        much = f"at least {SHORTEST}" if len(content) < SHORTEST else f"at most {LONGEST:,}"
        raise ValueError(f"the text has {len(content):,} characters; there must be {much}")
    symbols = cut(content + "\n", unit)
    counts = Counter(symbols)
    if len(counts.keys() - {"\n"}) < 2:
        raise ValueError("the text repeats one symbol: there must be two different ones at least")
    often = sorted(counts, key=lambda symbol: (symbol != "\n", -counts[symbol], symbol))
    rare = often[UNITS[unit] - 1 :] if len(often) > UNITS[unit] else []
    vocabulary = Symbols(sorted({*often} - {*rare}) + [UNKNOWN][: len(rare)], unit)
    ids = vocabulary.encode(Tokens(tuple(symbols), (), ())).ids
    first = _held_out_from(symbols)
    words = vocabulary.words
    vocabulary.pairs = frozenset((words[a], words[b]) for a, b in pairwise(ids[:first].tolist()))
    most = min(MOST_JUDGED // len(words), len(ids) - first)
    train, test = (
        _pieces(vocabulary, ids, start, stop, most)
        for start, stop in ((1, first), (first, len(ids)))
    )
    return Text(
        name=name, train=train, test=test, vocabulary=vocabulary, classes=words, unit=unit,
        stream=ids[:first], held_out=ids[first:], floor=floor,
        replaced=sum(counts[symbol] for symbol in rare),
    )  # fmt: skip


def _held_out_from(symbols: Sequence[str]) -> int:
    """Where the held-out part begins: after the line end nearest to its place, if one is near."""
    wanted = round(len(symbols) * (1 - HELD_OUT))
    ends = [i + 1 for i, symbol in enumerate(symbols[:-1]) if symbol == "\n"]
    nearest = min(ends, key=lambda end: abs(end - wanted), default=wanted)
    return nearest if abs(nearest - wanted) <= HELD_OUT / 2 * len(symbols) else wanted


def _pieces(vocabulary: Symbols, ids: Ints, start: int, stop: int, most: int) -> Split:
    """Pieces of a text, evenly spread, that together ask for at most so many of ids[start:stop]."""
    starts = np.arange(start, stop, PIECE)
    n = min(-(-most // PIECE), len(starts))
    read, asked = [], []
    for begin in starts[np.arange(n) * len(starts) // n]:
        lead, end = max(begin - 1 - LEAD, 0), min(begin + PIECE, stop)
        read.append(ids[lead : end - 1])
        asked.append(np.where(np.arange(lead + 1, end) < begin, -1, ids[lead + 1 : end]))
    texts = tuple(vocabulary.decode(piece) for piece in read)
    labels = tuple(vocabulary.decode(piece[piece >= 0]) for piece in asked)
    return tag(read, asked, texts, labels)


def clean(text: str) -> str:
    """One spelling for each look (NFC), one kind of line end, and nothing that only steers a
    terminal or turns the direction of writing.
    """
    text = LINE_END.sub("\n", text).replace("\t", " ")
    return unicodedata.normalize("NFC", "".join(c for c in text if c == "\n" or _shows(c)))


def _shows(char: str) -> bool:
    """Whether a character shows something, or joins what does."""
    return _joins(char) or unicodedata.category(char) not in ("Cc", "Cf", "Cs")


def _joins(char: str) -> bool:
    """Whether it shows nothing itself: a joiner, or a letter of a flag's name."""
    return char in "\u200c\u200d" or 0xE0020 <= ord(char) <= 0xE007F


def cut(text: str, unit: str) -> list[str]:
    """Cut a clean text into its symbols. Raises ValueError for no unit of UNITS."""
    if unit not in UNITS:
        raise ValueError(f"a text is cut into {' or '.join(UNITS)}, not {unit!r}")
    characters = graphemes(text)
    return characters if unit == "characters" else [*_words(characters)]


def graphemes(text: str) -> list[str]:
    """Cut a text into what a reader takes for one character."""
    found: list[str] = []
    for char in text:
        if found and _continues(found[-1], char):
            found[-1] += char
        else:
            found.append(char)
    return found


def _continues(before: str, char: str) -> bool:
    """Whether a character belongs to those before it: a mark, a tone of skin, what follows a
    joiner, the second half of a flag.
    """
    if char < "\u0300" or before == "\n" or len(before) == LONGEST_SYMBOL:
        return False
    kind = unicodedata.category(char)
    if kind in ("Mn", "Mc", "Me") or _joins(char) or 0x1F3FB <= ord(char) <= 0x1F3FF:
        return True
    return (before[-1] == JOINER and kind == "So") or (_is_flag(before) and _is_flag(char))


def _is_flag(text: str) -> bool:
    return len(text) == 1 and 0x1F1E6 <= ord(text) <= 0x1F1FF


def _words(characters: Sequence[str]) -> Iterator[str]:
    """Letters and digits in a row are one word; so is each mark, and each line end."""
    word = ""
    for character, after in zip(characters, [*characters[1:], "\n"], strict=True):
        is_part = character[0].isalnum() or (word and character in "'’" and after[0].isalnum())
        if word and (not is_part or len(word + character) > LONGEST_SYMBOL):
            yield word
            word = ""
        if is_part:
            word += character.lower()
        elif character == "\n" or not character.isspace():
            yield character
    if word:
        yield word


def _with_blanks(words: Sequence[str]) -> Iterator[str]:
    """Words with the blanks between them; a quotation mark that looks the same at both ends opens
    and closes by turns, and not beyond a line.
    """
    inside, glued = False, True
    for word in words:
        closes = word in CLOSING or word == "\n" or (word == '"' and inside)
        yield word if glued or closes else " " + word
        inside = word != "\n" and inside ^ (word == '"')
        glued = word in OPENING or word == "\n" or (word == '"' and inside)


def read_text(name: str, content: bytes) -> Text:
    """A file's text, in characters; ValueError names the file and says what is wrong with it."""
    try:
        return text_dataset(name, content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError(f"{name}.txt: this is not UTF-8 text") from None
    except ValueError as error:
        raise ValueError(f"{name}.txt: {error}") from None


READERS[".txt"] = read_text
GENERATED: dict[str, Callable[[], Text]] = {}
"""Texts that need no file, by name; see experiments/grammars.py."""


def text_names(folder: Path = DATA) -> list[str]:
    """The names of the texts that there are: of files, then those that a grammar makes."""
    return [*dataset_names(folder, ".txt"), *GENERATED]
