"""The everyday data is what its script makes, and the checkpoint reads as its README says."""

import numpy as np
import pytest

from data import make_everyday
from data.everyday_rules import RULES
from data.everyday_words import LISTS
from rnn_core import load_dataset
from rnn_core.checkpoint import Checkpoint, load
from rnn_core.experiments.calibration import answers, calibration
from rnn_core.network import softmax
from tests.models import DATA

EVERYDAY = load_dataset("everyday")


@pytest.fixture(scope="module")
def made() -> Checkpoint:
    return load(DATA / "everyday.safetensors")


@pytest.mark.slow
def test_the_script_makes_the_same_bytes() -> None:
    rows = make_everyday.dataset()
    assert make_everyday.to_csv(rows).encode() == (DATA / "everyday.csv").read_bytes()


def test_the_data_is_of_the_size_that_was_asked_for() -> None:
    assert 1000 <= len(EVERYDAY.vocabulary) <= 1500
    assert (len(EVERYDAY.train), len(EVERYDAY.test), EVERYDAY.left_out) == (4800, 1200, 0)
    assert np.bincount(EVERYDAY.train.answers) / 4800 == pytest.approx(0.5, abs=0.03)
    assert sum(path.stat().st_size for path in DATA.glob("everyday*")) < 2_000_000


@pytest.mark.parametrize("side", "+-")
def test_each_side_has_words_enough_of_its_own(side: str) -> None:
    sides = {s: {word for name, words in LISTS.items() if name.endswith(s)
                 for word in words.split()} for s in "+-"}  # fmt: skip
    assert len(sides[side] - sides["+-".replace(side, "")]) >= 250


def test_every_slot_of_a_rule_has_words_or_rules_for_each_side() -> None:
    for text in RULES.values():
        for name, sign in make_everyday.SLOT.findall(text):
            keys = {name, f"{name}+"}, {name, f"{name}-"}
            known = {*RULES, *LISTS}
            assert all(known & wanted for wanted in (keys if sign else ({name},))), name


@pytest.mark.parametrize("rule", ["{clause!} but {clause=}", "although {clause!} {clause=}"])
@pytest.mark.parametrize("side", [1, -1])
def test_the_clause_that_decides_has_the_sentences_side(rule: str, side: int, monkeypatch) -> None:
    monkeypatch.setitem(RULES, "clause", "{adj=}")
    for only in ("clause+", "clause-"):
        monkeypatch.delitem(RULES, only)
    monkeypatch.setitem(RULES, "sentence", rule)
    same, other = (LISTS["adj" + ("", "+", "-")[s]].replace("_", " ") for s in (side, -side))
    grammar = make_everyday.Grammar(0)
    for _ in range(50):
        text = grammar.make("sentence", side)
        assert text.split()[-1] in same.split()
        assert set(text.split()[:-1]) & set(other.split())


def test_the_checkpoint_reads_the_words_of_its_data(made: Checkpoint) -> None:
    model = made.model
    assert model.vocabulary.words == EVERYDAY.vocabulary.words
    assert model.vocabulary.pairs > EVERYDAY.vocabulary.pairs
    assert model.classes == EVERYDAY.classes
    assert model.n_hidden <= 48


def test_the_checkpoint_reaches_its_figures(made: Checkpoint) -> None:
    test = EVERYDAY.test
    p = softmax(answers(made.model, EVERYDAY, test)[None])[0]
    right = (p.argmax(axis=0) == test.answers).mean()
    assert right == pytest.approx(made.figures["test"], abs=0.002)
    assert right >= 0.97
    assert calibration(p, test.answers).error <= 0.03
    assert 0.5 < made.temperature < 2


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("This isn't good!", "negative"),
        ("I don't like this movie", "negative"),
        ("not bad at all", "positive"),
        ("I never really liked him", "negative"),
        ("nobody would call this a good film", "negative"),
        ("hardly any fun", "negative"),
        ("the pizza was cold and the waiter was rude", "negative"),
        ("The film was long, but I enjoyed every minute", "positive"),
        ("I liked the actors, but the story was boring", "negative"),
        ("although the food was cold we had a great time", "positive"),
        ("I wish it were better", "negative"),
        ("it could not be better", "positive"),
        ("it is worse than the old one", "negative"),
        ("I have never seen a better film", "positive"),
        ("It's impossible not to love this", "positive"),
        ("why is it so bad?", "negative"),
        ("sooooo good 😍", "positive"),
        ("I lost my keys", "negative"),
        ("I passed my exam!", "positive"),
        ("what a beautiful day", "positive"),
    ],
)
def test_sentences_that_come_to_mind(made: Checkpoint, text: str, verdict: str) -> None:
    encoding = made.model.vocabulary.encode(text)
    assert not encoding.unknown
    p = made.model.forward(encoding.ids).p[-1]
    assert made.model.classes[p.argmax()] == verdict


def test_a_sentence_for_or_against_nothing_leaves_it_unsure(made: Checkpoint) -> None:
    p = [made.model.forward(made.model.vocabulary.encode(text).ids).p[-1].max() for text in (
        "the table is in the kitchen", "i went to the store yesterday", "she has two brothers",
        "we are going to the city tomorrow")]  # fmt: skip
    assert np.mean(p) < 0.9
