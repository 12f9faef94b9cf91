"""Text to words to numbers and back, for any text that a visitor may type."""

import unicodedata

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rnn_core import Vocabulary

WORDS = ("am", "bad", "café", "don't", "good", "happy", "i", "not", "very")
VOCABULARY = Vocabulary(["I am not bad", "i am very good; happy", "café", "don't"])
EACUTE = "e\u0301"  # é in two characters


def test_words_are_sorted_and_numbered() -> None:
    assert VOCABULARY.words == WORDS
    assert [VOCABULARY.id_of[word] for word in WORDS] == list(range(len(VOCABULARY)))


def test_order_and_repetition_of_the_texts_do_not_matter() -> None:
    texts = ["b a", "c", "a d"]
    assert Vocabulary(texts).words == Vocabulary(texts[::-1] * 3).words


@pytest.mark.parametrize("texts", [[], [""], ["!", " \u200b"]])
def test_no_word_at_all_is_refused(texts: list[str]) -> None:
    with pytest.raises(ValueError, match="at least one word"):
        Vocabulary(texts)


@given(st.lists(st.integers(0, len(WORDS) - 1)))
def test_round_trip(ids: list[int]) -> None:
    assert VOCABULARY.encode(VOCABULARY.decode(ids)).ids.tolist() == ids


@pytest.mark.parametrize(
    ("text", "tokens", "dropped"),
    [
        ("I  am\tnot\nbad", "i am not bad", ""),
        ("Good, good... GOOD!", "good good good", ",.!"),
        (f"caf{EACUTE} CAFE\u0301", "café café", ""),
        ("don't don’t 'good' rock'n'roll", "don't don't good rock'n'roll", "'"),
        ("i❤️good 👍🏽 1️⃣", "i good 1", "❤👍🏽\u20e3"),
        ("שלום good مرحبا", "שלום good مرحبا", ""),
        ("\u202egood\u202c \u2067bad\u2069", "good bad", ""),
        ("go\u200bod go\u200dod go\u00adod \ufeffgood", "good good good good", ""),
        (f"caf{EACUTE[0]}\u200d{EACUTE[1]}", "café", ""),
        ("\u3164 \u115f good \ufe0f", "good", ""),
        ("\u0301 good", "good", "\u0301"),
        ("a\x00b\x07c", "a b c", ""),
        ("42 good 4.2", "42 good 4 2", "."),
        ("", "", ""),
        ("\ud800good", "good", ""),
    ],
)
def test_tokens(text: str, tokens: str, dropped: str) -> None:
    encoding = VOCABULARY.encode(text)
    assert encoding.tokens == tuple(tokens.split())
    assert encoding.dropped == tuple(dropped)


def test_unknown_words_are_reported_not_raised() -> None:
    encoding = VOCABULARY.encode("i zebra am yak not zebra bad")
    assert encoding.unknown == ("zebra", "yak")
    assert encoding.words == ("i", "am", "not", "bad")
    assert encoding.known == (True, False, True, False, True, False, True)
    assert VOCABULARY.decode(encoding.ids) == "i am not bad"


@pytest.mark.parametrize("text", ["", "!?", "zebra"])
def test_nothing_known_is_an_empty_row_of_numbers(text: str) -> None:
    ids = VOCABULARY.encode(text).ids
    assert (ids.shape, ids.dtype) == ((0,), np.dtype(np.intp))


@pytest.mark.parametrize(
    ("word", "best"), [("hapy", "happy"), ("goood", "good"), ("vary", "very"), ("dont", "don't")]
)
def test_nearest_finds_the_misspelled(word: str, best: str) -> None:
    assert VOCABULARY.nearest(word)[0] == best


@pytest.mark.parametrize("word", ["xyz", "", "q" * 5000])
def test_nearest_may_find_nothing(word: str) -> None:
    assert VOCABULARY.nearest(word) == []


def test_nearest_gives_no_more_than_asked() -> None:
    assert len(Vocabulary(["aab aac aad aae"]).nearest("aaa", 2)) == 2


@pytest.mark.parametrize(
    ("text", "positions"),
    [("i am not bad", []), ("not very bad", [0, 1]), ("good", []), ("", []), ("good happy", [])],
)
def test_new_pairs(text: str, positions: list[int]) -> None:
    assert VOCABULARY.new_pairs(text.split()) == positions


def test_one_hot_has_a_column_for_each_word() -> None:
    columns = VOCABULARY.one_hot([2, 0])
    assert columns.shape == (len(WORDS), 2)
    assert columns.argmax(axis=0).tolist() == [2, 0]
    assert columns.sum() == 2


def test_a_word_of_five_thousand_letters() -> None:
    encoding = VOCABULARY.encode("g" + "o" * 5000 + "d")
    assert len(encoding.tokens) == 1
    assert VOCABULARY.nearest(encoding.tokens[0]) == []


@given(st.text(st.characters()))
@example("e\u200d\u0301")
@example("İΑΣ ΑΣ\u200d'a ﷺ")
@example("❤\ufe0f")
@example("ᄀ\u115fᅡ")
def test_any_text_becomes_clean_words(text: str) -> None:
    encoding = VOCABULARY.encode(text)
    assert len(encoding.tokens) == len(encoding.known)
    assert len(encoding.ids) == sum(encoding.known)
    assert sum(map(len, encoding.tokens)) <= 4 * len(text)
    for token in encoding.tokens:
        assert token
        assert unicodedata.is_normalized("NFC", token)
        assert {unicodedata.category(char)[0] for char in token} <= set("LNMP")
        assert not set(token) & set("\ufe0f\u3164\u200d\u202e ")
        assert unicodedata.category(token[0])[0] != "M"


@given(st.text(st.characters()))
@example("e\u200d\u0301")
@example("a'\u200db")
def test_reading_words_again_changes_nothing(text: str) -> None:
    tokens = VOCABULARY.encode(text).tokens
    assert VOCABULARY.encode(" ".join(tokens)).tokens == tokens
