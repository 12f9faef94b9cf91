"""What is read of a text: each rule of the table, sixty sentences, and laws for any text."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rnn_core.tokens import APOSTROPHES, FEELINGS, INVISIBLE, LONG, _read_whole, settle, tokenize

EACUTE = "e\u0301"  # é in two characters
SENTENCES = [
    ("I  am\tnot\nbad", "i am not bad"),
    ("Good, good... GOOD!", "good good good"),
    ("This isn't good!", "this is not good"),
    ("this isnt good", "this is not good"),
    ("It isn’t bad; it wasnʼt, it won´t be", "it is not bad it was not it will not be"),
    ("I don`t, you don‘t, we dont", "i do not you do not we do not"),
    ("CAN'T cant cannot can not", "can not can not can not can not"),
    ("won't wont shan't ain't", "will not will not shall not is not"),
    ("is n't it? n't", "is not it not"),
    ("isn t it what they didn t say", "is not it what they did not say"),
    ("don\ufffdt", "do not"),
    ("it isn&#39;t", "it is not"),
    ("He shouldn't've come", "he should not have come"),
    ("I'm glad we've met", "i am glad we have met"),
    ("im glad ive met whats good", "i am glad i have met what is good"),
    ("she'd say they'll win, you're late", "she would say they will win you are late"),
    ("youre late, theyre not", "you are late they are not"),
    ("It's what's there that's good", "it is what is there that is good"),
    ("its ill-lit well, were we there?", "its ill lit well were we there"),
    ("Let's go", "let us go"),
    ("the film's end, the films' end", "the film end the films end"),
    ("John's isn't", "john is not"),
    ("i want a dent in the front", "i want a dent in the front"),
    ("rock'n'roll at five o'clock", "rock'n'roll at five o'clock"),
    ("'good' \"bad\" `fine´", "good bad fine"),
    ("well-made, so-so, not-so-good", "well made so so not so good"),
    ("good/bad (really) [sic]", "good bad really sic"),
    ("snake_case and e-mail", "snake case and e mail"),
    ("Sooooo goooood", "soo good"),
    ("noooo reallllly coool", "noo reallly cool".replace("lll", "ll")),
    ("DOOON'TTT", "doon't".replace("n't", " not")),
    ("#good #NotGood #not_bad #ILoveIt", "good not good not bad i love it"),
    ("C# is #1", "c is 1"),
    ("@anna_b: thanks @bob!", "@name thanks @name"),
    ("mail me@home.org now", "mail @link now"),
    ("see https://good.com/not?bad=1, or www.bad.org.", "see @link or @link"),
    ("HTTP://X.ORG/ is down", "@link is down"),
    ("@link @name", "@link @name"),
    ("42 good 4.2", "42 good 4.2"),
    ("1,000 of 10/10, 3. and 5", "1,000 of 10 10 3 and 5"),
    ("2nd b4 5pm", "2nd b4 5pm"),
    ("good :) great :-) fun :D ;)", "good 🙂 great 🙂 fun 🙂 🙂"),
    ("bad :( :'(", "bad 🙁 🙁"),
    ("i <3 it, not <30", "i ❤ it not 30"),
    ("I ❤️ it 😍 👍🏽", "i ❤ it ❤ 👍"),
    ("😡😭💔👎", "😠 🙁 💔 👎"),
    ("i❤️good 👍🏽 1️⃣", "i ❤ good 👍 1"),
    ("❤️\u200d🔥 🍕", "❤"),
    ("good<br />bad<br>fine", "good bad fine"),
    ('<p class="not">good</p><a href=x/y>it</a>', "good it"),
    ("if a<b and b>c <not> good", "if a b and b c not good"),
    ("salt &amp; pepper &lt;b&gt;not&lt;/b&gt; &nbsp;good", "salt pepper not good"),
    ("this &notgood; &not that", "this notgood not that"),
    (f"caf{EACUTE} CAFE\u0301", "café café"),
    ("שלום good مرحبا", "שלום good مرحبا"),
    ("\u202egood\u202c \u2067bad\u2069", "good bad"),
    ("go\u200bod go\u200dod go\u00adod \ufeffgood", "go od good good good"),
    ("\u3164 \u115f good \ufe0f\u0301 a\x00b", "good a b"),
    ("我不高兴 good です", "我 不 高 兴 good で す"),
    ("ไม่ดี หนัง", "ไ ม่ ดี ห นั ง"),
    ("हिन्दी में अच्छा", "हिन्दी में अच्छा"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "read"), SENTENCES)
def test_what_is_read(text: str, read: str) -> None:
    assert " ".join(tokenize(text).tokens) == read


def test_there_are_sixty() -> None:
    assert len({text for text, _ in SENTENCES}) >= 60


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("This isn’t GOOD", "This|is|n’t|GOOD"),
        ("cannot can't won't I'm", "can|not|can|'t|wo|n't|I|'m"),
        ("Soooo isnt film's", "Soooo|is|nt|film's"),
        ("#NotGood @anna https://a.b/c :-)", "#Not|Good|@anna|https://a.b/c|:-)"),
        ("😍 <3", "😍|<3"),
    ],
)
def test_what_was_typed_is_shown(text: str, shown: str) -> None:
    assert tokenize(text).shown == tuple(shown.split("|"))


@pytest.mark.parametrize(
    ("text", "dropped"),
    [("Good, good... GOOD!", ",.!"), ("'good' # 👍🏽 🍕", "'#🏽🍕"), ("a_b (1️⃣)", "_(\u20e3)")],
)
def test_what_is_dropped_is_said_once(text: str, dropped: str) -> None:
    assert tokenize(text).dropped == tuple(dropped)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("sooooo", "so"), ("gooood", "good"), ("hellloooo", "hello"), ("zzzz", "zz"),
        ("soo", "soo"), ("a" * 5000, "aa"), ("abc" * 9 + "dddd", "abc" * 9 + "dd"),
        ("aaabbbcccdddeeefffggghhhiiijjj", "aabbccddeeffgghhiijj"),
    ],
)  # fmt: skip
def test_drawn_out_letters_are_spelled_as_a_known_word(typed: str, read: str) -> None:
    (token,), (shown,), _ = tokenize(typed)
    assert settle(token, shown, {"so", "good", "hello", "god"}) == read


ANY = st.text(st.characters())
PIECES = st.lists(st.sampled_from(
    ["isn't", "Not", "n", "t", "'", "’", "don", ".", ",", "1", "#", "@", "<", "b", ">", "&", "amp;",
     "#38;", "http://", "www.", ":", ")", "3", "oooo", "_", "ไ", "ดี", "ß", "İ", "Σ", "\u0301", "A",
     "\u200b", "\u200d", "ᄀ", "ᅡ", "cannot", "me", "im", "'s", "'ve", " ", "  ", "link", "😍"]
)).map("".join)  # fmt: skip


@given(ANY | PIECES)
@example("e\u200d\u0301")
@example("a'\u200db")
@example("cannnot don, t don'tt")
@example("&amp;amp;lt;br&amp;gt;")
@example("@link @link1 x@link")
@example("İΑΣ ΑΣ\u200d'a ﷺ")
@example("ᄀ\u115fᅡ")
def test_what_was_read_once_is_read_as_the_same_again(text: str) -> None:
    tokens = tokenize(text).tokens
    assert tokenize(" ".join(tokens)).tokens == tokens


@given(ANY | PIECES)
@example("it isn t so")
@example("so &lt; b >")
@example("so <b title='a b'> :) (: so")
@example("x" * LONG + " so")
def test_parts_that_are_read_one_by_one_are_read_as_the_whole(text: str) -> None:
    assert tokenize(text) == _read_whole(text)


@given(ANY | PIECES)
@example("e\u200d\u0301")
@example("❤\ufe0f")
def test_any_text_becomes_clean_words(text: str) -> None:
    tokens, shown, _ = tokenize(text)
    assert len(tokens) == len(shown)
    assert sum(map(len, tokens)) <= 8 * len(text)
    for token in set(tokens) - set(FEELINGS.values()) - {"@link", "@name"}:
        assert unicodedata.is_normalized("NFC", token)
        assert {unicodedata.category(char)[0] for char in token} <= set("LNMP")
        assert not set(token) & INVISIBLE
        assert unicodedata.category(token[0])[0] in "LNS"


@given(ANY | PIECES)
def test_nothing_is_lost_but_what_is_said(text: str) -> None:
    """Where there is no HTML, all that shows is shown with a token, in order, or dropped."""
    text = unicodedata.normalize("NFC", re.sub("[<&\u200b]", " ", text))
    _, shown, dropped = tokenize(text)
    hidden = {c for c in text if unicodedata.category(c) in ("Cf", "Cs", "Co", "Cn")} | INVISIBLE
    seen = (" " if c.isspace() or unicodedata.category(c) == "Cc" else c for c in text
            if c not in hidden)  # fmt: skip
    seen = unicodedata.normalize("NFC", "".join(seen))
    assert set(seen) - {" "} <= set("".join(shown)) | set(dropped)
    letters = [c for c in seen if unicodedata.category(c)[0] in "LN"]
    assert [c for c in "".join(shown) if unicodedata.category(c)[0] in "LN"] == letters


NOTS = ["not", "NOT", "isnt", "can not", "cannot", "isn t", "n't", "#NotGood", "noot not"] + [
    f"{stem}n{mark}t" for stem in ("is", "do", "ca", "wo", "would", "may") for mark in APOSTROPHES
]


@given(st.lists(st.tuples(st.text(st.characters(exclude_characters="<>&")), st.sampled_from(NOTS))))
def test_not_is_never_lost(parts: list[tuple[str, str]]) -> None:
    tokens = tokenize("".join(f"{text} {negation} " for text, negation in parts)).tokens
    assert tokens.count("not") >= len(parts)
