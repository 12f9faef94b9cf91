"""A visitor's own data: forty files with what is understood of them, or what is said."""

import csv
import gzip
import io
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core import Hyperparameters, TrainingRun
from rnn_core.vocabulary import UNKNOWN
from ui.sequence import own_data, own_table
from ui.sequence.own_data import Understood, Words, understand
from ui.sequence.own_table import as_csv, own_text, read

FOUR = [("good", "pos"), ("bad", "neg"), ("not good", "neg"), ("not bad", "pos")]
ALL = [text for text, _ in FOUR]


def made(content: bytes | str, least: int = 0) -> Understood:
    """All the way, as the drawer goes it."""
    table = read(content)
    work = Words(table, {})
    while not work.done:
        work.advance(60.0)
    return understand(table, work.known, least)


def texts(found: Understood) -> list[str]:
    return sorted([*found.dataset.train.texts, *found.dataset.test.texts])


def lines(*rows: tuple, sign: str = ",", head: str = "") -> str:
    return head + "".join(sign.join(map(str, row)) + "\n" for row in rows)


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.csv", b"good,pos\n" * 2_000_000)
    return file.getvalue()


WIDE = [(i, text, 2020 + i, label) for i, (text, label) in enumerate(FOUR * 3)]
UMLAUTS = [("schön", "gut"), ("hässlich", "schlecht"), ("nicht schön", "schlecht"),
           ("nicht hässlich", "gut")]  # fmt: skip
# name: (content, how it is read, the texts in use, rows left out)
UNDERSTOOD: dict[str, tuple[bytes | str, str, list[str], int]] = {
    "pasted": (lines(*FOUR), "commas", ALL, 0),
    "pasted with spaces": (lines(*FOUR, sign=" , "), "commas", ALL, 0),
    "pasted tabs": (lines(*FOUR, sign="\t"), "tabs", ALL, 0),
    "utf-8": (lines(*FOUR, head="text,label\n").encode(), "UTF-8, commas", ALL, 0),
    "utf-8 with a mark": (lines(*FOUR, head="text,label\n").encode("utf-8-sig"), "UTF-8, commas",
                          ALL, 0),
    "utf-16": (lines(*FOUR, sign="\t").encode("utf-16"), "UTF-16, tabs", ALL, 0),
    "utf-16 big end first": ("\ufeff".encode("utf-16-be") + lines(*FOUR).encode("utf-16-be"),
                             "UTF-16, commas", ALL, 0),
    "utf-16 without a mark": (lines(*FOUR).encode("utf-16-le"), "UTF-16-LE, commas", ALL, 0),
    "windows": (lines(*UMLAUTS, sign=";").encode("cp1252"), "Windows-1252, semicolons",
                [text for text, _ in UMLAUTS], 0),
    "latin-1": (lines(*UMLAUTS, ("\x81 schön", "gut")).encode("latin-1"), "Latin-1, commas",
                [text for text, _ in UMLAUTS], 1),
    "semicolons with commas in texts": (
        lines(*((f"{t}, really", label) for t, label in FOUR), sign=";"), "semicolons",
        [f"{t}, really" for t in ALL], 0),
    "quotes": (lines(*((f'"{t}, so ""so"""', label) for t, label in FOUR)), "commas",
               [f'{t}, so "so"' for t in ALL], 0),
    "a line break in quotes": (lines(*((f'"so\n{t}"', label) for t, label in FOUR)), "commas",
                               [f"so {t}" for t in ALL], 0),
    "stray quotes": (lines(('"good', "pos"), ("bad", "neg"), ('so" bad', "neg"),
                           ('"so good', "pos"), sign="\t"), "tabs, quotes as text",
                     ['"good', "bad", 'so" bad', '"so good'], 0),
    "windows line ends": (lines(*FOUR).replace("\n", "\r\n").encode(), "UTF-8, commas", ALL, 0),
    "old Mac line ends": (lines(*FOUR).replace("\n", "\r").encode(), "UTF-8, commas", ALL, 0),
    "excel's first line": (lines(*FOUR, sign=";", head="sep=;\ntext;label\n").encode(),
                           "UTF-8, semicolons", ALL, 0),
    "another sign by excel": (lines(*FOUR, sign="|", head="sep=|\n").encode(), "UTF-8, |", ALL, 0),
    "blank lines": ("\n\n" + lines(*FOUR).replace("\n", "\n\n") + "\n ,\n", "commas", ALL, 0),
    "header in another case": (lines(*FOUR, head="TEXT,Label\n"), "commas", ALL, 0),
    "header in another order": (lines(*(row[::-1] for row in FOUR), head="label,text\n"), "commas",
                                ALL, 0),
    "header in German": (lines(*UMLAUTS * 2, sign=";", head="Kommentar;Urteil\n"), "semicolons",
                         [text for text, _ in UMLAUTS], 4),
    "header in no language": (lines(*FOUR, *FOUR, sign="\t", head="qq\tzz\n"), "tabs", ALL, 4),
    "more columns": (lines(*WIDE, head="id,review,year,sentiment\n"), "commas", ALL, 8),
    "more columns, no header": (lines(*WIDE), "commas", ALL, 8),
    "a split": (lines(*((*row, "train") for row in FOUR), ("so bad", "neg", "Validation"),
                      ("a bad", "neg", "DEV"), head="text,label,split\n"), "commas",
                [*ALL, "so bad", "a bad"], 0),
    "a split that is unknown in a row": (
        lines(*((*row, "Train") for row in FOUR * 3), ("so bad", "neg", "test"),
              ("a bad", "neg", "?")), "commas", [*ALL, "so bad"], 9),
    "labels in numbers": (lines(*((t, len(label) % 2 or -1) for t, label in FOUR),
                                ("so", -1), ("la", 1), ("so so", -1)), "commas",
                          [*ALL, "so", "la", "so so"], 0),
    "signs everywhere": (lines(("=good so", "$neg$"), ("*bad*", "<b>"), ("so <bad>", "<b>"),
                               ("$so good", "$neg$")), "commas",
                         ["=good so", "*bad*", "so <bad>", "$so good"], 0),
    "Chinese": (lines(("不好", "坏"), ("很好", "好"), ("不坏", "好"), ("很坏", "坏"),
                      head="文本,标签\n").encode(), "UTF-8, commas",
                ["不好", "很好", "不坏", "很坏"], 0),
    "a row without a label": (lines(*FOUR, ("so", ""), ("so so", " ")), "commas", ALL, 2),
    "a row without a word": (lines(*FOUR, ("?!", "pos"), ("", "pos")), "commas", ALL, 2),
    "rows of another width": (lines(*FOUR, ("so", "la", "pos"), ("so",)), "commas", ALL, 2),
    "a long label": (lines(*FOUR, ("so", "x" * 41)), "commas", ALL, 1),
    "a row of 41 words": (lines(*FOUR, ("bad " * 41, "pos")), "commas",
                          [*ALL, ("bad " * 40).strip()], 0),
}  # fmt: skip


@pytest.mark.parametrize(
    ("content", "how", "used", "left_out"), UNDERSTOOD.values(), ids=UNDERSTOOD
)
def test_what_is_understood(content: bytes | str, how: str, used: list[str], left_out: int) -> None:
    found = made(content)
    assert read(content).said == how
    assert texts(found) == sorted(used)
    assert sum(count for count, _ in found.left_out.values()) == left_out
    assert found.n_read == len(used) + left_out
    assert set(found.classes) == set(found.dataset.classes)
    assert len(found.dataset.test) > 0


SAID: dict[str, tuple[bytes | str, str]] = {
    "empty": (b"", "It is empty"),
    "blank": ("  \n\t\n", "It is empty"),
    "a header only": ("text,label\n", "there is a header only|No row"),
    "one column": ("good\nbad\n", "one column only"),
    "one class": (lines(("good", "pos"), ("so", "pos")), "Every label is “pos”"),
    "labels that never come twice": (lines(*enumerate("abc")), "nothing to test on"),
    "a column of numbers as labels": (lines(*((f"a {i}", f"b{i}") for i in range(99))),
                                      "99 different labels"),
    "no test word in training": (lines(("a", "x"), ("b", "x"), ("c", "y"), ("d", "y")),
                                 "No test sentence has a word"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9, "not a text"),
    "half a UTF-16 file": (b"\xff\xfea", "not a text"),
    "a zip bomb": (zipped(), "an archive or a workbook"),
    "gzip": (gzip.compress(b"good,pos\n"), "an archive or a workbook"),
    "50 MB": (b"good,pos\n" * 5_600_000, "This is 50 MB"),
    "no row in use": (lines(("?", "pos"), ("!", "neg"), ("good", "")), "no word in the text"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "said"), SAID.values(), ids=SAID)
def test_what_is_said(content: bytes | str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as caught:
        made(content)
    assert "\n" not in str(caught.value)


def test_each_reason_is_counted_with_its_first_line() -> None:
    content = lines(*FOUR, head="text,label\n") + "\nso,\n\n?,pos\nla,\ngood,pos\n"
    assert made(content).left_out == {
        "no label": (2, 7),
        "no word in the text": (1, 9),
        "the same sentence with the same label came before": (1, 11),
    }


def test_rows_beyond_the_most_are_counted() -> None:
    rows = [(f"a b{i % 40} c{i}", ("pos", "neg")[i % 2]) for i in range(own_data.MOST_ROWS + 5)]
    found = made(lines(*rows))
    assert found.left_out == {"after the first 20,000": (5, 20_001)}
    assert len(found.dataset.train) + len(found.dataset.test) == own_data.MOST_ROWS


def test_the_split_is_a_fifth_of_each_label_and_always_the_same() -> None:
    rows = [(f"a {i}", "rare" if i % 10 == 0 else "often") for i in range(100)]
    first, second = made(lines(*rows)), made(lines(*rows))
    assert first.drawn
    assert sorted(first.dataset.test.labels) == ["often"] * 18 + ["rare"] * 2
    assert first.dataset.test.texts == second.dataset.test.texts


def test_a_split_column_is_kept_to_and_what_was_held_back_is_not_trained_on() -> None:
    found = made(UNDERSTOOD["a split"][0])
    assert not found.drawn
    assert found.dataset.test.texts == ("so bad", "a bad")


def test_rare_words_are_one_word_that_is_learned() -> None:
    rows = [(f"so {('good', 'bad')[i % 2]} w{i}", ("pos", "neg")[i % 2]) for i in range(100)]
    found = made(lines(*rows))
    words = found.dataset.vocabulary
    assert words.words == ("bad", "good", "so", UNKNOWN)
    assert (found.least, found.n_rare, len(found.words)) == (2, 80, 83)
    run = TrainingRun(found.dataset, Hyperparameters(n_hidden=4))
    before = run.model.params["W_xh"][:, words.id_of[UNKNOWN]].copy()
    run.advance(epochs=1)
    assert np.abs(run.model.params["W_xh"][:, words.id_of[UNKNOWN]] - before).max() > 0
    read = words.encode("so new")
    assert read.tokens == ("so", "new")
    assert list(read.ids) == [words.id_of["so"], words.id_of[UNKNOWN]]
    assert words.new_pairs(("good", "new", "so", "new")) == [1, 2]


def test_with_few_sentences_each_word_is_learned_unless_asked() -> None:
    assert made(lines(*FOUR)).n_rare == 0
    assert UNKNOWN not in made(lines(*FOUR)).dataset.vocabulary
    assert UNKNOWN in made(lines(*FOUR), least=2).dataset.vocabulary


def test_no_more_words_are_learned_by_name_than_a_page_bears() -> None:
    rows = [(f"w{i} w{i // 2} w{i // 3}", ("pos", "neg")[i % 2]) for i in range(6000)]
    found = made(lines(*rows))
    assert found.least > 2
    assert len(found.dataset.vocabulary) <= own_data.MOST_KNOWN + 1


def test_a_label_that_is_found_again() -> None:
    found = made(lines(*FOUR, ("bad " * 50, "pos")))
    assert found.dataset.known_label("Not GOOD!") == "neg"
    assert found.dataset.known_label("bad " * 40) == "pos"
    assert (found.n_cut, found.longest) == (1, 40)


@pytest.mark.parametrize(
    ("n_neg", "n_pos", "said"),
    [(80, 20, "80\xa0% are neg: always saying neg is right in 80\xa0%."),
     (3, 2, "60\xa0% are neg: always saying neg is right in 50\xa0% of the test sentences.")],
)  # fmt: skip
def test_imbalance_is_said(n_neg: int, n_pos: int, said: str) -> None:
    rows = [(f"a {i}", "neg" if i < n_neg else "pos") for i in range(n_neg + n_pos)]
    assert made(lines(*rows)).always() == said


def test_a_file_to_take_along_computes_nothing_and_is_read_again_as_it_was() -> None:
    rows = [["=1+1", "+a", "train"], ["-2 b", "@x", "test"], ["so, \"so\"", "-1", "train"],
            ["'tis", "-1", "test"]]  # fmt: skip
    file = as_csv([["text", "label", "split"], *rows])
    cells = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
    assert not [cell for row in cells for cell in row if cell.startswith(own_table.RISKY)]
    assert [row for _, row in read(file).rows[1:]] == rows


def test_an_edited_table() -> None:
    table = own_table.of_rows(
        [("good", "pos", "train"), (None, None, "train"), ("=bad", None, "test")]
    )
    assert table.rows == [(1, ["good", "pos", "train"]), (3, ["=bad", "", "test"])]
    with pytest.raises(ValueError, match="It is empty"):
        own_table.of_rows([(None, "", "train")])


@pytest.mark.parametrize("name", ["utf-8 with a mark", "utf-16", "windows"])
def test_a_file_is_read_as_one_text(name: str) -> None:
    content = UNDERSTOOD[name][0]
    assert isinstance(content, bytes)
    assert own_text(content).splitlines() == own_table.decode(content)[0].splitlines()
    assert any(text in own_text(content) for text in UNDERSTOOD[name][2])


@pytest.mark.parametrize("name", ["empty", "a picture", "gzip", "50 MB"])
def test_what_is_no_text_is_said(name: str) -> None:
    content, said = SAID[name]
    with pytest.raises(ValueError, match=said):
        own_text(content)


def test_words_are_read_in_slices_and_only_once() -> None:
    table, known = read(lines(*FOUR)), {}
    work = Words(table, known)
    work.advance(0.0)
    assert (len(known), work.done, work.share) == (1, False, 0.25)
    work.advance(60.0)
    assert work.done
    assert Words(table, known).done


@given(st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200),
    st.text(alphabet="ab,;\t\n\r\"'=\0 ", max_size=80),
    st.text(alphabet="ab,;\t\n\r\"' ", max_size=80).map(lambda text: "sep=" + text),
))  # fmt: skip
def test_anything_is_understood_or_said_in_a_sentence(content: bytes | str) -> None:
    said = ""
    try:
        found = made(content)
    except ValueError as error:
        said = str(error) or "\n"
    else:
        kept = len(found.dataset.train) + len(found.dataset.test) + found.dataset.left_out
        assert found.n_read == kept + sum(count for count, _ in found.left_out.values())
    assert "\n" not in said
