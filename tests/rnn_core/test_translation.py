"""Numbers, dates and phrases: each rule against lines written by hand, and what was left out."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core import Hyperparameters, TrainingRun, load_dataset
from rnn_core.decoding import exact_by_length, exact_match, translate
from rnn_core.experiments import dates, numbers, phrases
from rnn_core.experiments.translation import LONGER, TRANSLATIONS, make_translation

BY_HAND = {
    "numbers": {
        "0": "0", "seven": "7", "Forty-Two": "4 2", "4007": "4 0 0 7",
        "four thousand and seven": "4 0 0 7", "nine hundred": "9 0 0", "1,310": "1 3 1 0",
        "one thousand three hundred and ten": "1 3 1 0", "one thousand twenty": None,
        "two and": None, "hundred hundred": None, "007": "7",
    },
    "dates": {
        "4.7.1999": "1999-07-04", "jul 4, 1999": "1999-07-04", " 4  JULY 1999 ": "1999-07-04",
        "7/4/1999": "1999-07-04", "1999-07-04": "1999-07-04", "29.2.2000": "2000-02-29",
        "december 31, 2029": "2029-12-31", "1.1.1970": "1970-01-01",
    },
    "translation": {
        "the red house sees a small cat": "la casa roja ve un gato pequeño",
        "This new book falls.": "este libro nuevo cae",
        "a dog sleeps and the moon sings": "un perro duerme y la luna canta",
        "the girl wants this white table": "la niña quiere esta mesa blanca",
        "red dog": None, "the dog": None, "the dog sees": None, "the dog sleeps and": None,
        "the dog sleeps the cat": None, "the the": None, "dog": None,
    },
}  # fmt: skip
EVERY = pytest.mark.parametrize("name", TRANSLATIONS)


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in BY_HAND.items() for text in texts]
)
def test_the_rule_says_what_was_written_by_hand(name: str, text: str) -> None:
    assert TRANSLATIONS[name].known(text) == BY_HAND[name][text]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("numbers", "10000", "numbers go from 0 to 9999"),
        ("numbers", "9" * 5000, "numbers go from 0 to 9999"),
        ("numbers", " ", "there is nothing to read"),
        ("numbers", "four zillion", "unknown: zillion; type"),
        ("numbers", "-٣", "unknown: ٣"),
        ("dates", "31.2.2000", "no date that can be read: type a day from 1970 to 2029"),
        ("dates", "1.1.1969", "no date"),
        ("dates", "1.1.2030", "no date"),
        ("dates", "july 1999", "no date"),
        ("dates", "", "no date"),
        ("dates", "٤.٧.١٩٩٩", "no date"),
        ("translation", "the green dog <b>", "unknown: green, <b>; type a sentence such as"),
        ("translation", "", "there is nothing to read"),
        ("translation", "x" * 3000, f"unknown: {'x' * 20}; type"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        TRANSLATIONS[name].read(text)


@given(st.integers(0, numbers.LARGEST))
def test_a_number_is_the_same_in_words_and_digits(n: int) -> None:
    words = numbers.in_words(n)
    assert numbers.read(str(n)) == numbers.read(" ".join(words)) == words
    assert numbers.right(words) == list(str(n))


@given(st.dates(dates.FIRST, dates.LAST), st.sampled_from(range(len(dates.FORMS))))
def test_a_day_is_the_same_in_every_form(day: date, form: int) -> None:
    written = dates.write(day, form)
    assert dates.read(written) == list(written)
    assert dates.right(list(written)) == list(day.isoformat())


@given(st.integers(0, 2**32 - 1), st.booleans())
def test_every_sentence_that_is_drawn_has_a_translation_of_its_length(
    seed: int, held_out: bool
) -> None:
    words = phrases.draw(np.random.default_rng(seed), held_out, 3, 11)
    said = phrases.right(words)
    assert said is not None
    assert len(said) == len(words)
    assert set(said) <= set(phrases.SPANISH)
    assert phrases.read(" ".join(words)) == words


@given(st.text(max_size=40), st.sampled_from([*TRANSLATIONS]))
def test_any_text_is_read_or_refused_in_one_sentence(text: str, name: str) -> None:
    task = TRANSLATIONS[name]
    try:
        symbols, said = task.read(text), ""
    except ValueError as error:
        symbols, said = [], str(error)
    assert bool(symbols) != bool(said)
    assert len(said) < 250
    assert "\n" not in said
    assert set(symbols) <= set(task.source)
    task.right(symbols)


@EVERY
def test_a_name_is_a_dataset_of_sources_and_targets(name: str) -> None:
    data, task = load_dataset(name), TRANSLATIONS[name]
    assert (len(data.train), len(data.test)) == (task.n_train, 300)
    assert data.source is not None
    assert data.vocabulary is not None
    for split in (data.train, data.test, *data.more.values()):
        for i in range(0, len(split), 97):
            ids = split.source[: split.source_lengths[i], i]
            assert ids.tolist() == task.encode(split.texts[i])
            assert split.labels[i] == task.known(split.texts[i])
            wanted = split.answers[: split.lengths[i], i]
            said = task.joint.join(data.vocabulary.words[symbol] for symbol in wanted[:-1])
            assert said == split.labels[i]
            assert wanted[-1] == data.vocabulary.end
            assert split.ids[: split.lengths[i], i].tolist() == [wanted[-1], *wanted[:-1]]


@EVERY
def test_nothing_that_is_asked_was_in_training(name: str) -> None:
    data = load_dataset(name)
    trained = set(data.train.texts)
    assert not any(trained & set(split.texts) for split in (data.test, *data.more.values()))


def test_reversed_is_read_from_the_end() -> None:
    forth, back = (make_translation("translation", turned, n_train=20) for turned in (False, True))
    assert forth.train.texts == back.train.texts
    n = forth.train.source_lengths[3]
    np.testing.assert_array_equal(forth.train.source[:n, 3], back.train.source[:n, 3][::-1])
    np.testing.assert_array_equal(forth.train.answers, back.train.answers)
    task, text = TRANSLATIONS["translation"], "the dog sleeps"
    assert task.encode(text, reversed_source=True) == task.encode(text)[::-1]


def test_pairs_never_met_in_training_and_longer_is_longer() -> None:
    data = load_dataset("translation")
    noun_of = {noun: adjective for noun, adjective in phrases.HELD_OUT}
    assert len(noun_of) == len(phrases.NOUNS)

    def met(text: str) -> list[bool]:
        words = text.split()
        return [noun_of[noun] == adjective
                for adjective, noun in pairwise(words)
                if adjective in phrases.ADJECTIVES]  # fmt: skip

    assert not any(any(met(text)) for text in (*data.train.texts, *data.test.texts))
    assert all(all(met(text)) for text in data.more["pairs"].texts)
    assert any(met(text) for text in data.more["pairs"].texts)
    assert data.train.source_lengths.max() == 7
    assert set(data.more["longer"].source_lengths) == set(LONGER)


def test_a_task_that_is_not_there() -> None:
    with pytest.raises(ValueError, match=r"^no translation 'x'; there are: numbers, translation"):
        make_translation("x")


@pytest.mark.parametrize("seed", [0, 1])
def test_a_pair_that_was_never_seen_is_translated_and_a_longer_sentence_is_not(seed: int) -> None:
    data, task = load_dataset("translation"), TRANSLATIONS["translation"]
    run = TrainingRun(data, Hyperparameters(**task.settings, seed=seed))
    run.advance(epochs=task.epochs)
    assert exact_match(run.model, data.test).mean() > 0.95
    assert exact_match(run.model, data.more["pairs"]).mean() > 0.95
    assert exact_by_length(run.model, data.more["longer"])[10] < 0.1
    assert exact_match(run.model, data.test, attend=False).mean() < 0.2
    fwd, written = translate(run.model, task.encode("the red house sees a small cat"))
    words = [run.model.classes[i] for i in written.ids]
    assert words == ["la", "casa", "roja", "ve", "un", "gato", "pequeño"]
    looked_at = fwd.alpha.argmax(axis=1)[[1, 2, 3, 5, 6]]
    assert looked_at.tolist() == [2, 1, 3, 6, 5]
    assert looked_at[0] == fwd.alpha[0].argmax(), "the article looks at its noun, for the gender"
