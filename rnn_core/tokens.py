"""Tokens: a text as the words that are read, each beside what was typed for it.

Typed texts and data are read alike, by these rules, in this order:

    typed                        read                 rule
    &amp; &#39; <br />           the sign; a space    HTML: entities become signs, tags separate
    e + U+0301                   é                    one look, one spelling (NFC)
    U+200B, tab, control         (separates)          zero-width space is a space
    U+00AD, U+200D, U+202E       (vanishes)           what shows nothing
    https://a.b/c  me@a.bc       @link                links and addresses
    @anna                        @name                names
    :) :D <3 😀 💕 😡            🙂 🙂 ❤ 🙂 ❤ 😠      a feeling: one sign stands for many
    GOOD                         good                 case
    #NotGood                     not good             tags lose their #, capitals separate
    so-so, good!                 so so good           hyphens and punctuation separate
    4.5  1,000                   4.5  1,000           digits with . or , between them
    不好  ดี                     不 好  ด ี             scripts without spaces: each character
    soooo                        soo                  letters more than twice; see `settle`
    isn't isn’t isnt "isn t"     is not               n't, with any apostrophe or none
    can't won't shan't ain't     can not, will not, shall not, is not
    i'm we've she'd that's       i am, we have, she would, that is
    film's                       film                 the possessive

All else (punctuation, other emoji) separates and is reported. It must not know a vocabulary.
"""

from __future__ import annotations

import html
import re
import sys
import unicodedata
from collections.abc import Container
from functools import lru_cache
from html.entities import html5
from itertools import chain, islice, product
from typing import NamedTuple

APOSTROPHES = "'\u2019\u02bc\u00b4`\u2018\u2032\uff07"
ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
# Unicode calls these letters or marks, but they show nothing: fillers and variation selectors.
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0").union(
    *(map(chr, range(a, b)) for a, b in ((0x180B, 0x1810), (0xFE00, 0xFE10), (0xE0100, 0xE01F0)))
)
# Thai and Lao, Burmese, Khmer, kana, Han.
UNSPACED = ((0xE00, 0xF00), (0x1000, 0x10A0), (0x1780, 0x1800), (0x3040, 0x3100), (0x3400, 0x4DC0),
            (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x40000))  # fmt: skip
FEELINGS = {sign: signs[0] for signs in (
    "🙂😀😃😄😁😊☺😆😋😎🤗🤩😇😌😻🥳", "🙁☹😞😟😔😢😭😣😖😫😩😥😿😰", "😠😡🤬😤🤮🤢😒🙄",
    "❤♥😍🥰😘💕💖💗💙💚💛💜🖤🧡💓💘💝", "💔", "👍👏🙌👌💯", "👎",
) for sign in signs}  # fmt: skip
"""Emoji that carry a feeling, and the one that stands for them."""
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,30});")
TAG = re.compile(
    r"</?(?:a|b|body|br|code|div|em|font|h[1-6]|head|hr|html|i|img|li|ol|p|pre|q|s|small|span"
    r"|strong|sub|sup|table|td|th|title|tr|u|ul)"
    r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s<>"']+))*\s*/?>|<!--[^<>]*-->""", re.I
)  # fmt: skip
SIGN = re.compile(
    r"(?P<link>@link(?!\w)|(?<!\w)(?i:https?://|www\.)[!-~]*[\w/]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.\w[\w.]*)|(?P<name>(?<!\w)@\w+)"
    r"|(?P<smile>[:;=]-?(?:\)|D(?!\w)))|(?P<frown>[:=]'?-?\()|(?P<heart><3(?!\d))"
)
HINT = re.compile("[@:;=<]|www", re.I)
"""Without it there is no SIGN; most texts have none."""
MEANT = {"link": "@link", "name": "@name", "smile": "🙂", "frown": "🙁", "heart": "❤"}
LONG = 50
"""Characters without a space that are not kept: few texts have the same."""
PIECE = re.compile(r"Ss*|#?[a1]m*(?:[a1]m*|(?<=[am])'(?=a)|(?<=1)\.(?=1))*|om*|\S")
"""One piece, in the alphabet of `_kind`; S and s are a SIGN."""
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
RUN = re.compile(r"([^\W\d_])\1\1+")
NOT = re.compile(r"(.*?)n't+|(is|are|was|were|do|does|did|has|have|had|would|could|should|must"
                 r"|need|ca|wo|ai)nt")  # fmt: skip
STEMS = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
ENDINGS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"}
WITH_IS = {"he", "here", "how", "it", "she", "that", "there", "this", "what", "where", "who"}
WITHOUT = {  # apostrophes are forgotten; "ill", "its", "were" and such are words of their own
    "cannot": ("can", "not"), "im": ("i", "am"), "ive": ("i", "have"), "thats": ("that", "is"),
    "theyre": ("they", "are"), "whats": ("what", "is"), "youre": ("you", "are"),
}  # fmt: skip


class Tokens(NamedTuple):
    """What a text is read as.

    tokens : the words that are read, in order. shown : for each of them what was typed.
    dropped : the characters that are no part of a word, each once.
    """

    tokens: tuple[str, ...]
    shown: tuple[str, ...]
    dropped: tuple[str, ...]


def tokenize(text: str) -> Tokens:
    """Cut a text into words, by the table above; what was read once, is read as the same again.

    What stands between two spaces comes again and again and is read once, where no rule looks
    across the space: HTML may, and a "t" belongs to the word before it.
    """
    parts = text.split()
    if max(map(len, parts), default=LONG) < LONG and "<" not in text and "&" not in text:
        read = map(chain.from_iterable, zip(*map(_read_part, parts), strict=True))
        tokens, shown, dropped = map(tuple, read)
        if "t" not in tokens:
            return Tokens(tokens, shown, tuple(dict.fromkeys(dropped)))
    return _read_whole(text)


@lru_cache(8192)
def _read_part(text: str) -> Tokens:
    """Equal words become one string: there are few different ones."""
    return Tokens(*(tuple(map(sys.intern, words)) for words in _read_whole(text)))


def _read_whole(text: str) -> Tokens:
    text = _clean(text)
    kinds = list(map(_kind, text))
    meant: dict[int, str] = {}
    for sign in SIGN.finditer(text) if HINT.search(text) else ():
        start, end = sign.span()
        kinds[start:end] = "S" + "s" * (end - start - 1)
        meant[start] = MEANT[sign.lastgroup or ""]
    pieces: list[tuple[str, str]] = []
    dropped: dict[str, None] = {}
    for piece in PIECE.finditer("".join(kinds)):
        start, end = piece.span()
        typed = text[start:end]
        if start in meant:
            pieces.append((meant[start], typed))
        elif kinds[start] in "a1o" or end - start > 1:
            if typed in ("t", "T") and pieces and NOT.fullmatch(pieces[-1][0] + "t"):
                typed = pieces.pop()[1] + typed
            pieces += _read(typed)
        elif typed in FEELINGS:
            pieces.append((FEELINGS[typed], typed))
        else:
            dropped[typed] = None
    return Tokens(tuple(p[0] for p in pieces), tuple(p[1] for p in pieces), tuple(dropped))


def settle(token: str, shown: str, words: Container[str]) -> str:
    """A token whose letters were drawn out ("soooo"), as it is spelled among these words: "so"."""
    if token in words or not RUN.search(shown := shown.lower().lstrip("#")):
        return token
    parts = RUN.split(shown)  # every other one is the letter of a run
    ways = ((part * 2, part) if i % 2 else (part,) for i, part in enumerate(parts))
    spelled = map("".join, islice(product(*ways), 64)) if len(parts) < 15 else iter(())
    return next((word for word in spelled if word in words), token)


def _clean(text: str) -> str:
    """Without HTML and without what shows nothing; every space is one."""
    while (plain := ENTITY.sub(_sign, text)) != text:
        text = plain
    text = unicodedata.normalize("NFC", TAG.sub(" ", text)).replace("\u200b", " ")
    return unicodedata.normalize("NFC", "".join(filter(_kind, text)))


def _sign(entity: re.Match[str]) -> str:
    """What an entity stands for, or itself. No part of its name counts: &notgood; is no ¬good."""
    named = entity[0][1:]
    return html.unescape(entity[0]) if named[0] == "#" else html5.get(named, entity[0])


@lru_cache(4096)
def _kind(char: str) -> str:
    """a letter, 1 digit, o of a script without spaces, m mark, x other; '' for what vanishes."""
    kind = unicodedata.category(char)
    if kind in ("Cf", "Cs", "Co", "Cn") or char in INVISIBLE:
        return ""
    if char in APOSTROPHES:
        return "'"
    if kind in ("Mn", "Mc"):
        return "m"
    if char.isspace() or kind == "Cc":
        return " "
    if kind[0] == "L":
        return "o" if any(a <= ord(char) < b for a, b in UNSPACED) else "a"
    return "1" if kind[0] == "N" else {"#": "#", ".": ".", ",": "."}.get(char, "x")


def _read(typed: str) -> list[tuple[str, str]]:
    """One typed word as (token, shown): more than one for a contraction or a tag."""
    if typed[0] == "#" and len(parts := CAMEL.split(typed)) > 1:
        return [piece for part in parts for piece in _read(part)]
    *said, (last, _) = _said(typed.lower().lstrip("#"))
    if not said:
        return [(last, typed)]
    pieces, start = [], 0
    for token, length in said:
        end = start + length + typed.startswith("#", start)
        pieces.append((token, typed[start:end]))
        start = end
    return [*pieces, (last, typed[start:])]


@lru_cache(4096)
def _said(word: str) -> tuple[tuple[str, int], ...]:
    """The words that a word says, and how many of its letters each has: isn't: is 2, not 3."""
    word = RUN.sub(r"\1\1", unicodedata.normalize("NFC", word).translate(ONE_APOSTROPHE))
    if found := NOT.fullmatch(word):
        stem = found[1] or found[2] or ""
        of = ((STEMS[stem], len(stem) + (stem == "ca")),) if stem in STEMS else _said(stem)
        return (*(of if stem else ()), ("not", 3))
    if word in WITHOUT:
        return tuple((token, len(token)) for token in WITHOUT[word])
    head, sign, ending = word.rpartition("'")
    if sign and ending in ENDINGS:
        return (*_said(head), (ENDINGS[ending], len(ending) + 1))
    if sign and ending == "s" and (head == "let" or head in WITH_IS):
        return (head, len(head)), ("us" if head == "let" else "is", 2)
    return _said(head) if sign and ending == "s" else ((word, len(word)),)
