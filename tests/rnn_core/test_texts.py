"""A text becomes symbols and comes back; whatever is pasted works, or a sentence says why not."""

import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import Text, load_dataset, text_dataset, text_names
from rnn_core.texts import LONGEST, LONGEST_SYMBOL, SHORTEST, UNITS, clean, cut, graphemes
from rnn_core.vocabulary import UNKNOWN
from tests.models import DATA

PROSE = 'The cat sat, and the dog ran. "Who ran?" asked the cat (a small one).\nIt didn\'t.\n' * 9
FAMILY, FLAGS, WAVE = "👩‍👩‍👧‍👦", "🇩🇪🇫🇷", "👋🏽"


def many(n: int) -> str:
    """So many different characters, each twice, after some that are frequent."""
    return "ab " * 300 + "".join(chr(0x4E00 + i) * 2 for i in range(n))


def test_the_texts_are_the_files_and_what_a_grammar_makes() -> None:
    files = sorted(path.stem for path in DATA.glob("*.txt"))
    assert text_names() == [*files, "quotes", "grammar"]


@pytest.mark.parametrize("name", text_names())
def test_every_text_of_ours_is_whole(name: str) -> None:
    text = load_dataset(name)
    assert isinstance(text, Text)
    assert (text.name, text.replaced) == (name, 0)
    whole = np.concatenate([text.stream, text.held_out])
    assert len(text.held_out) / len(whole) == pytest.approx(1 / 6, abs=0.02)
    assert text.classes == text.vocabulary.words
    assert set(whole.tolist()) == set(range(len(text.classes)))
    assert text.classes[text.stream[-1]] == text.classes[text.held_out[-1]] == "\n"
    assert text.encode(text.shown(whole))[0].tolist() == whole.tolist()


def test_a_file_is_a_text_by_its_name(tmp_path) -> None:
    (tmp_path / "mine.txt").write_text(PROSE, encoding="utf-8-sig")
    text = load_dataset("mine", tmp_path)
    assert text.shown([*text.stream, *text.held_out]) == PROSE
    (tmp_path / "broken.txt").write_bytes(b"\xff" * SHORTEST)
    with pytest.raises(ValueError, match=r"^broken\.txt: this is not UTF-8"):
        load_dataset("broken", tmp_path)
    (tmp_path / "short.txt").write_bytes(b"too short")
    with pytest.raises(ValueError, match=r"^short\.txt: the text has 9 characters"):
        load_dataset("short", tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "has 0 characters; there must be at least 500"),
        (" \n\t " * SHORTEST, "has 0 characters"),
        ("\x00\x01" * SHORTEST, "has 0 characters"),
        ("ab " * 100, "at least 500"),
        ("ab" * LONGEST, "at most 200,000"),
        ("a\n\n" * SHORTEST, "repeats one symbol"),
        ("a\n" * SHORTEST, "repeats one symbol"),
    ],
)
@pytest.mark.parametrize("unit", UNITS)
def test_what_is_no_text_is_said(content: str, said: str, unit: str) -> None:
    with pytest.raises(ValueError, match=said):
        text_dataset("mine", content, unit)


def test_there_are_two_units() -> None:
    with pytest.raises(ValueError, match="characters or words, not 'letters'"):
        text_dataset("mine", PROSE, "letters")


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("naïve", ["n", "a", "ï", "v", "e"]),
        ("nai\u0308ve", ["n", "a", "ï", "v", "e"]),
        ("x\u0301\u0302y", ["x\u0301\u0302", "y"]),
        (FAMILY + WAVE, [FAMILY, WAVE]),
        (FLAGS, ["🇩🇪", "🇫🇷"]),
        ("❤️a", ["❤️", "a"]),
        ("\u0301a\n\u0301", ["\u0301", "a", "\n", "\u0301"]),
        ("שָׁלוֹם", ["שָׁ", "ל", "וֹ", "ם"]),
        ("a\r\nb\rc\u2028d\te", [*"a\nb\nc\nd e"]),
        ("a\u202eb\ufeff\x1b\u200b", ["a", "b"]),
        ("e" + "\u0301" * 100, None),
    ],
)
def test_a_character_is_what_a_reader_takes_for_one(text: str, symbols: list[str] | None) -> None:
    found = cut(clean(text), "characters")
    assert "".join(found) == clean(text)
    assert max(map(len, found)) <= LONGEST_SYMBOL
    if symbols is not None:
        assert found == [clean(symbol) for symbol in symbols]


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("The cat's ran.", ["the", "cat's", "ran", "."]),
        ("'no' it’s 4.5\n", ["'", "no", "'", "it’s", "4", ".", "5", "\n"]),
        ("हिन्दी है", ["हिन्दी", "है"]),
        (f"so{FAMILY}!", ["so", FAMILY, "!"]),
        ("x" * 100, ["x" * 40, "x" * 40, "x" * 20]),
    ],
)
def test_words(text: str, symbols: list[str]) -> None:
    assert cut(clean(text), "words") == symbols


def test_words_stand_as_usual_again() -> None:
    text = text_dataset("mine", PROSE, "words")
    assert text.shown([*text.stream, *text.held_out]) == PROSE.lower()


@pytest.mark.parametrize(("unit", "most"), UNITS.items())
def test_rare_symbols_become_one_that_is_counted(unit: str, most: int) -> None:
    symbols = [f"{chr(0x4E00 + i)}" for i in range(most + 50)]
    glue = "" if unit == "characters" else " "
    text = text_dataset("mine", "a b " * 200 + glue.join(symbols * 2), unit)
    n_kept = most - 1
    assert len(text.classes) == most
    assert UNKNOWN in text.classes
    n_common = 4 if unit == "characters" else 3  # a, b, line end; and the blank
    assert text.replaced == 2 * (most + 50 - (n_kept - n_common))
    ids = np.concatenate([text.stream, text.held_out])
    assert (ids == text.vocabulary.id_of[UNKNOWN]).sum() == text.replaced
    assert text.encode("a☃")[0].tolist() == [text.vocabulary.id_of[s] for s in ("a", UNKNOWN)]
    assert text.encode("a☃☃")[1] == ("☃",)


def test_unknown_symbols_of_a_prompt_are_left_out_and_named() -> None:
    text = text_dataset("mine", PROSE)
    ids, unknown = text.encode("cat☃ zq☃")
    assert text.shown(ids) == "cat "
    assert unknown == ("☃", "z", "q")
    assert text.vocabulary.encode("cat☃").unknown == ("☃",)


@pytest.mark.parametrize("unit", UNITS)
def test_every_step_asks_for_the_symbol_that_comes_next(unit: str) -> None:
    text = text_dataset("mine", PROSE, unit)
    whole = np.concatenate([text.stream, text.held_out])
    for split, part in ((text.train, text.stream[1:]), (text.test, text.held_out)):
        asked = []
        for i, length in enumerate(split.lengths):
            ids, answers = split.ids[:length, i], split.answers[:length, i]
            came = np.where(answers < 0, [*ids[1:], -1], answers)
            piece = [ids[0], *came]
            assert any(
                whole[at : at + length + 1].tolist() == piece for at in range(len(whole) - length)
            )
            asked += answers[answers >= 0].tolist()
            assert split.labels[i] == text.shown(answers[answers >= 0])
        assert len(asked) <= len(part)
        if split is text.test:
            assert asked == part.tolist(), "all that is held out is asked, once"


def test_what_comes_next_is_the_known_target() -> None:
    assert text_dataset("mine", PROSE).known_target("cat") == ["a", "t", None]


def test_much_text_is_judged_by_a_part_of_it() -> None:
    text = text_dataset("mine", many(150) * 100)
    assert text.test.answers.size < len(text.held_out)
    assert (text.train.answers >= 0).sum() <= len(text.held_out) + 150


STRANGE = ["é", "e\u0301", "\u0301", "\u200d", "👩", "🇩", "🏽", "漢", "ש", "\u202e", "\0", "ß", "İ"]
LETTERS = st.sampled_from([*string.ascii_letters, *" \n\r\t.,\"'()", *STRANGE])


@settings(max_examples=30)
@given(part=st.lists(LETTERS, min_size=1, max_size=60).map("".join), unit=st.sampled_from([*UNITS]))
def test_any_text_works_or_says_why(part: str, unit: str) -> None:
    content = part * (2 * SHORTEST // len(part) + 1)
    if len(clean(content).strip()) < SHORTEST or len({*cut(clean(content), unit)} - {"\n"}) < 2:
        with pytest.raises(ValueError, match="there must be"):
            text_dataset("mine", content, unit)
        return
    text = text_dataset("mine", content, unit)
    ids = np.concatenate([text.stream, text.held_out])
    assert len(text.held_out)
    assert len(text.stream) > 1
    assert text.shown(ids[: len(ids) // 2])
    if unit == "characters":
        assert text.shown(ids) == clean(content).strip() + "\n"
        assert graphemes(clean(content)) == graphemes(clean(clean(content)))
        assert text.encode(text.shown(ids))[0].tolist() == ids.tolist()
