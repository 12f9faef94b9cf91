"""The grammars' texts are what their rules say, and their floors are exact."""

import math
from collections import Counter

import pytest

from rnn_core import load_dataset
from rnn_core.experiments.grammars import (
    ALONE,
    NOUNS,
    WITH_OBJECT,
    WORD_CLASSES,
    Chooser,
    line,
    make_text,
    sentence,
)


def test_a_chooser_adds_up_what_its_choices_say() -> None:
    choose = Chooser(0)
    choose.one_of("abcd")
    assert choose.nats == pytest.approx(math.log(4))
    before, yes = choose.nats, choose.chance(0.2)
    assert choose.nats - before == pytest.approx(-math.log(0.2 if yes else 0.8))


@pytest.mark.parametrize("a_line", [line, lambda c: " ".join(sentence(c))])
def test_one_text_has_one_probability(a_line) -> None:
    """Drawn again, a line has the same one: there is one way to make it. And short lines come as
    often as it says.
    """
    choose, found, counts, n = Chooser(1), {}, Counter(), 3000
    for _ in range(n):
        before = choose.nats
        text = a_line(choose)
        p = math.exp(before - choose.nats)
        assert found.setdefault(text, p) == pytest.approx(p, rel=1e-6)
        counts[text] += 1
    text, often = counts.most_common(1)[0]
    spread = math.sqrt(n * found[text])
    assert abs(often - n * found[text]) < 4.5 * spread


@pytest.mark.parametrize("name", ["quotes", "grammar"])
def test_the_floor_is_that_of_what_is_held_out(name: str) -> None:
    text = load_dataset(name)
    seen, choose = {}, Chooser(0)
    a_line = {"quotes": line, "grammar": lambda c: " ".join(sentence(c))}[name]
    for _ in range(5000):
        before = choose.nats
        made = a_line(choose)
        seen[made] = choose.nats - before
    lines = text.shown(text.held_out).splitlines()
    nats = sum(seen[made] for made in lines)
    assert text.floor == pytest.approx(math.exp(nats / len(text.held_out)))


def test_brackets_and_quotes_close_in_their_line() -> None:
    choose = Chooser(3)
    depths = set()
    for _ in range(2000):
        made, depth = line(choose), 0
        for c in made:
            depth += (c == "(") - (c == ")")
            depths.add(depth)
        assert depth == 0
        assert made.count('"') in (0, 2)
        assert all(part.upper() == part for part in made.split('"')[1::2])
    assert depths == {0, 1, 2}


def test_verbs_agree_with_their_noun() -> None:
    """Of sentences in which nothing stands between the two."""
    number = {pair[i]: i for pair in (*NOUNS, *ALONE, *WITH_OBJECT) for i in (0, 1)}
    choose, n = Chooser(4), 0
    for _ in range(500):
        words = sentence(choose)
        said = [number[word] for word in words if word in number]
        if "that" not in words and WORD_CLASSES.get(words[-1], "").startswith("verb alone"):
            assert said[0] == said[-1]
            n += 1
    assert n > 50


def test_the_same_seed_makes_the_same_text() -> None:
    texts = [make_text("a", line, "characters", 40, seed).stream.tolist() for seed in (0, 0, 1)]
    assert texts[0] == texts[1] != texts[2]
