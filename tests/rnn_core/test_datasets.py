"""The shipped data is what its README says; a broken file is named, with line and reason."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from rnn_core import dataset_names, load_dataset
from rnn_core.datasets import parse_dataset
from tests.models import DATA, SMALL, dataset, run_of

HEAD = b"text,label,split\n"
QUOTED = [
    ("i am good", "positive"),
    ("i am bad", "negative"),
    ("this is very good", "positive"),
    ("this is not bad", "positive"),
    ("i am bad not good", "negative"),
    ("i am not at all happy", "negative"),
    ("this was good earlier", "positive"),
    ("i am not at all bad or sad right now", "positive"),
    ("good", "positive"),
    ("bad", "negative"),
]


def maker():
    """The script that made the data, as a module."""
    spec = importlib.util.spec_from_file_location("make_sentiment", DATA / "make_sentiment.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_names_are_the_files() -> None:
    assert dataset_names() == sorted(path.stem for path in DATA.glob("*.csv"))
    assert "sentiment" in dataset_names()


@pytest.mark.parametrize("name", dataset_names())
def test_every_shipped_dataset_loads_whole(name: str) -> None:
    data = load_dataset(name)
    n_lines = len((DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines())
    assert len(data.train) + len(data.test) == n_lines - 1
    assert not set(data.train.texts) & set(data.test.texts)
    assert len(set(data.train.texts)) == len(data.train)
    unknown = [word for text in data.test.texts for word in data.vocabulary.encode(text).unknown]
    assert not unknown


def test_the_write_ups_numbers() -> None:
    data = load_dataset("sentiment")
    assert (len(data.train), len(data.test), len(data.vocabulary)) == (58, 20, 18)
    assert data.classes == ("negative", "positive")
    assert np.bincount(data.train.answers).tolist() == [32, 26]
    assert np.bincount(data.test.answers).tolist() == [10, 10]
    assert max(data.train.lengths.max(), data.test.lengths.max()) == 10


@pytest.mark.parametrize(("text", "label"), QUOTED)
def test_the_quoted_sentences_are_in_training(text: str, label: str) -> None:
    train = load_dataset("sentiment").train
    assert (text, label) in zip(train.texts, train.labels, strict=True)


@pytest.mark.parametrize("pair", ["not very", "very not"])
def test_a_pair_that_is_left_for_the_reader_to_try(pair: str) -> None:
    data = load_dataset("sentiment")
    assert not [text for text in (*data.train.texts, *data.test.texts) if pair in text]


@pytest.mark.parametrize(("name", "rows"), [("sentiment", "small"), ("sentiment_few", "few"),
                                            ("sentiment_three", "three"),
                                            ("sentiment_large", "large")])  # fmt: skip
def test_the_script_makes_the_same_bytes(name: str, rows: str) -> None:
    made = maker().to_csv(getattr(maker(), rows)()).encode()
    assert made == (DATA / f"{name}.csv").read_bytes()


@pytest.mark.parametrize(
    "name",
    ["../x", "../data/sentiment", "sentiment.csv", "", "/etc/passwd", "SENTIMENT\0", "zebra"],
)
def test_a_name_that_is_not_there(name: str) -> None:
    with pytest.raises(ValueError, match=r"no dataset .*; there are: .*sentiment"):
        load_dataset(name)


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there are: none"):
        load_dataset("sentiment", tmp_path)


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", 1, "the columns must be text,label,split"),
        (b"text,label\n", 1, "the columns must be"),
        (b"good,positive,train\n", 1, "the columns must be"),
        (HEAD + b"good,positive\n", 2, "2 columns instead of 3"),
        (HEAD + b"good,positive,train\n\ngood,positive,train,x\n", 4, "4 columns instead of 3"),
        (HEAD + b"good,positive,train\n!!,positive,train\n", 3, "0 words; it must be 1 to 40"),
        (HEAD + b"a " * 41 + b",positive,train\n", 2, "41 words; it must be 1 to 40"),
        (HEAD + b"good, ,train\n", 2, "the label is empty"),
        (HEAD + b"good,positive,trian\n", 2, "split is 'trian', not train or test"),
        (HEAD + b"good,positive,train\ng\xf6d,positive,train\n", 3, "this is not UTF-8 text"),
        (HEAD + b'good,positive,train\n"good,positive,train\n', 3, "unexpected end of data"),
        (HEAD + b'"two\nlines",positive,train\nx,y\n', 4, "2 columns instead of 3"),
    ],
)
def test_a_broken_file_is_named(content: bytes, line: int, reason: str) -> None:
    with pytest.raises(ValueError, match=rf"^mine\.csv, line {line}: {reason}"):
        parse_dataset("mine", content)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (b"good,yes,train\nbad,yes,test\n", "every label is 'yes'; there must be two"),
        (b"good,yes,train\nbad,no,train\n", "no test sentence has a word"),
        (b"good,yes,train\nbad,no,train\nugly,no,test\n", "no test sentence has a word"),
    ],
)
def test_a_file_that_teaches_nothing_is_refused(rows: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_bytes(HEAD + rows)
    with pytest.raises(ValueError, match=rf"^mine\.csv: {reason}"):
        load_dataset("mine", tmp_path)


def test_sentences_without_a_known_word_are_counted() -> None:
    rows = b"good,yes,train\nbad,no,train\ngood,yes,test\nugly,no,test\nnice,yes,test\n"
    data = parse_dataset("mine", HEAD + rows)
    assert (len(data.train), len(data.test), data.left_out) == (2, 1, 2)


@pytest.mark.parametrize("content", [HEAD, HEAD + b"good,positive,test\n"])
def test_a_file_without_training_sentences(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"^mine\.csv: there is no training sentence"):
        parse_dataset("mine", content)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + HEAD + b"good,positive,train\n",
        HEAD.replace(b"\n", b"\r\n") + b"good,positive,train\r\n",
        b"text, label , split\n good , positive , train \n\n",
        HEAD + b'"Good!",positive,train',
    ],
)
def test_what_spreadsheets_write_is_read(content: bytes) -> None:
    data = parse_dataset("mine", content)
    assert data.vocabulary.words == ("good",)
    assert data.classes == ("positive",)


def test_words_that_only_the_test_knows_are_left_out() -> None:
    data = dataset("good,yes,train", "bad,no,train", "bad zebra,no,test", "zebra,yes,test")
    assert data.vocabulary.words == ("bad", "good")
    assert data.test.texts == ("bad zebra",)
    assert data.test.ids.tolist() == [[0]]


def test_a_batch_is_padded_and_asks_once() -> None:
    which = np.array([5, 0, 2])  # 6, 1 and 2 words
    batch, targets = SMALL.train.batch(run_of(dtype="float32").model, which)
    (x,), (mask,) = batch.x, batch.masks
    assert (x.shape, mask.shape) == ((6, 3), (6, 1, 3))
    lengths = mask.sum(axis=(0, 1)).astype(int).tolist()
    assert lengths == [6, 1, 2]
    assert [SMALL.vocabulary.decode(x[:n, b]) for b, n in enumerate(lengths)] == [
        SMALL.train.texts[i] for i in which
    ]
    assert targets.one_hot[0].T.tolist() == [[0, 1], [0, 1], [1, 0]]
    assert mask.dtype == targets.one_hot.dtype == targets.weight.dtype == np.float32
    np.testing.assert_allclose(targets.weight, 1 / 3, rtol=1e-6)


@pytest.mark.parametrize(
    ("text", "label"),
    [("good", "positive"), ("  NOT  good! ", "negative"), ("is not good", "negative"), ("", None)],
)
def test_known_label(text: str, label: str | None) -> None:
    assert SMALL.known_label(text) == label
