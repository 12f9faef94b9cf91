"""Text to words to numbers and back, for any text that a visitor may type."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rnn_core import Vocabulary

WORDS = ("am", "bad", "café", "do", "good", "happy", "i", "not", "very")
VOCABULARY = Vocabulary(["I am not bad", "i am very good; happy", "café", "don't"])


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


def test_what_is_typed_is_read_as_the_data_is() -> None:
    encoding = VOCABULARY.encode("CAFE\u0301 isn’t very GOOOOD!")
    assert encoding.tokens == ("café", "is", "not", "very", "good")
    assert encoding.shown == ("CAFÉ", "is", "n’t", "very", "GOOOOD")
    assert encoding.known == (True, False, True, True, True)
    assert encoding.dropped == ("!",)


def test_a_feeling_is_a_word_where_it_is_known_and_else_dropped() -> None:
    assert VOCABULARY.encode("good 😍!").dropped == ("!", "❤")
    assert VOCABULARY.encode("good 😍!").tokens == ("good",)
    assert Vocabulary(["good ❤", "bad"]).encode("good 😍!").words == ("good", "❤")


def test_drawn_out_words_of_the_data_are_the_plain_ones() -> None:
    assert Vocabulary(["soooo good", "so bad", "yummmm"]).words == ("bad", "good", "so", "yumm")


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
    ("word", "near"),
    [
        ("hapy", ["happy"]), ("goodd", ["good"]), ("vary", ["very"]), ("godo", ["good"]),
        ("films", ["film"]), ("loved", ["love"]), ("loving", ["love"]), ("stopping", ["stop"]),
        ("happier", ["happy"]), ("happily", ["happy"]), ("nicest", ["nice"]),
        ("greater", ["great"]),
        ("carries", ["carry"]), ("boring", ["bored"]), ("it", []), ("iss", []), ("food", []),
        ("ver", []), ("shower", []), ("letter", []), ("this", []), ("sing", []), ("xyz", []),
        ("", []),
        ("q" * 5000, []),
    ],
)  # fmt: skip
def test_nearest_is_a_form_or_a_slip_or_nothing(word: str, near: list[str]) -> None:
    known = "is good happy very film love stop nice great carry bored show let s"
    assert Vocabulary([known]).nearest(word) == near


def test_nearest_gives_no_more_than_asked() -> None:
    assert Vocabulary(["abca abcb abcd"]).nearest("abcx", 2) == ["abca", "abcb"]


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
    encoding = VOCABULARY.encode("go" * 2500)
    assert len(encoding.tokens) == 1
    assert VOCABULARY.nearest(encoding.tokens[0]) == []


@given(st.text(st.characters()))
@example("good ❤\ufe0f goooood")
def test_any_text_is_encoded(text: str) -> None:
    encoding = VOCABULARY.encode(text)
    assert len(encoding.tokens) == len(encoding.known) == len(encoding.shown)
    assert VOCABULARY.decode(encoding.ids).split() == list(encoding.words)
    assert VOCABULARY.encode(" ".join(encoding.tokens)).tokens == encoding.tokens
