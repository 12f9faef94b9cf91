"""Write sentiment.csv and its variants few, three and large: `python data/make_sentiment.py`.

One small grammar makes every sentence and its label; nothing is labelled by hand.

    sentence = a frame around a form     "i am {} right now" around "not {a}"
    {a}        any word of the topic     "i am not sad right now"
    {opposite} the opposite of that      "i am bad not good"
    {other}    another of its polarity   "i am not at all bad or sad right now"

A word is positive or negative. A form that begins with "not" flips it, any other form keeps it:
"very good" is good, "good not bad" says what its first word says, "and" and "or" join words of one
polarity; what joins opposites is "mixed", where there are three classes. The frame (who and when)
changes nothing. Every run writes the same bytes.
"""

import random
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import NamedTuple

Row = tuple[str, str, str]  # text, label, split


class Topic(NamedTuple):
    """What goes together: every word in every form in every frame."""

    frames: tuple[str, ...]
    forms: tuple[str, ...]
    words: tuple[tuple[str, str], ...]  # pairs of opposites: positive, negative


class Sentence(NamedTuple):
    """A text, its label, and the form and frame that made it."""

    text: str
    label: str
    form: str
    frame: str


NOW = ("i am {}", "this is {}")
TIMED = ("i am {} right now", "this is {} right now", "i was {} earlier", "this was {} earlier")
WORDS = (("good", "bad"), ("happy", "sad"))
SMALL = (
    Topic(("{}", *NOW, *TIMED), ("{a}", "very {a}"), WORDS),
    Topic(("{}", *NOW), ("not {a}", "not at all {a}", "{a} not {opposite}"), WORDS),
    Topic(NOW, ("{a} and {other}", "not {a} and not {other}"), WORDS),
    Topic(TIMED[:2], ("not at all {a} or {other}",), WORDS),
)
SMALL_SEED = 232  # chooses the 78 sentences; README.md says how it was found
FEW_SEED, N_FEW = 0, 12
MIXED_SEED, N_MIXED_TEST = 0, 8
QUOTAS = {
    ("train", "positive"): 26, ("train", "negative"): 32,
    ("test", "positive"): 10, ("test", "negative"): 10,
}  # fmt: skip
IN_TRAIN = (  # the ten sentences that the write-up prints, and four that belong beside them
    "i am good", "i am bad", "this is very good", "this is not bad", "i am bad not good",
    "i am not at all happy", "this was good earlier", "i am not at all bad or sad right now",
    "good", "bad", "this is good", "this is not good", "good not bad", "bad not good",
)  # fmt: skip

FORMS = (
    "{a}", "very {a}", "really {a}", "quite {a}", "so {a}",
    "not {a}", "not at all {a}", "not very {a}", "not really {a}", "not quite {a}", "not so {a}",
    "{a} not {opposite}", "{a} but not {opposite}",
    "{a} and {other}", "not {a} and not {other}", "not at all {a} or {other}",
)  # fmt: skip
LARGE = (
    Topic(
        ("{}", "i am {}", "you are {} today", "he is {} now", "she was {} last week",
         "we were {} yesterday", "they are {}"),
        FORMS, (("happy", "sad"), ("glad", "angry"), ("calm", "upset")),
    ),
    Topic(
        ("{}", "it is {}", "this was {} earlier", "my day is {} right now",
         "our trip was {} yesterday", "the film is {}"),
        FORMS, (("good", "bad"), ("great", "awful"), ("nice", "terrible")),
    ),
    Topic(("{}", "the film was {} last night"), FORMS, (("funny", "boring"), ("clever", "dull"))),
    Topic(("{}", "the food is {}"), FORMS, (("tasty", "bland"), ("fresh", "stale"))),
    Topic(("{}", "the weather is {}"), FORMS, (("sunny", "gloomy"), ("mild", "nasty"))),
    Topic(("{}", "your friends are {}"), FORMS, (("kind", "rude"), ("honest", "selfish"))),
)  # fmt: skip
ONLY_IN_TEST = (
    "not very", "not glad", "not angry", "not great", "not awful", "not clever", "not dull",
    "not fresh", "not stale", "not mild", "not nasty", "not honest", "not selfish",
)  # fmt: skip


def sentences(topic: Topic) -> list[Sentence]:
    """Every sentence that a topic makes, each once."""
    made = []
    for frame in topic.frames:
        for form in topic.forms:
            for pair in topic.words:
                for side, word in enumerate(pair):
                    positive = (side == 0) != form.startswith("not")
                    label = "positive" if positive else "negative"
                    for other in (p[side] for p in topic.words if p != pair):
                        phrase = form.format(a=word, opposite=pair[1 - side], other=other)
                        made.append(Sentence(frame.format(phrase), label, form, frame))
    return list(dict.fromkeys(made))


def small(seed: int = SMALL_SEED) -> list[Row]:
    """Choose 58 + 20 sentences of the 18 words, in the grammar's order, training first.

    Training starts with IN_TRAIN and whatever is at most two words long. The rest is drawn at
    random, from what its split and label have used least: for training the form in that frame,
    so that every frame is met with both labels; for test the form, so that none is missing.
    """
    every = list(chain.from_iterable(map(sentences, SMALL)))
    pool = random.Random(seed).sample(every, len(every))
    split_of = {s: "train" for s in pool if s.text in IN_TRAIN or len(s.text.split()) <= 2}
    for (split, label), quota in QUOTAS.items():
        kind = {s: (s.form, s.frame) if split == "train" else s.form for s in pool}
        used = Counter(kind[s] for s in split_of if (split_of[s], s.label) == (split, label))
        while used.total() < quota:
            free = (s for s in pool if s.label == label and s not in split_of)
            pick = min(free, key=lambda s: used[kind[s]])
            split_of[pick] = split
            used[kind[pick]] += 1
    rows = [(s.text, s.label, split_of[s]) for s in every if s in split_of]
    return sorted(rows, key=lambda row: row[2] == "test")


def few(seed: int = FEW_SEED) -> list[Row]:
    """So few training sentences that they can be learned by heart: N_FEW of the small set's, half
    of them positive, drawn at random until each of its words occurs; the test is the same.
    """
    rows, rng = small(), random.Random(seed)
    words = {word for text, _, _ in rows for word in text.split()}
    while True:
        drawn = [
            row
            for label in ("positive", "negative")
            for row in rng.sample([r for r in rows if r[1:] == (label, "train")], N_FEW // 2)
        ]
        if words == {word for text, _, _ in drawn for word in text.split()}:
            return [row for row in rows if row in drawn or row[2] == "test"]


def three(seed: int = MIXED_SEED) -> list[Row]:
    """The small set, and sentences that join opposites, "i am good and bad", as a third class."""
    joined = [frame.format(f"{a} and {b}") for frame in ("{}", *NOW, *TIMED)
              for pair in WORDS for a, b in (pair, pair[::-1])]  # fmt: skip
    test = random.Random(seed).sample(joined, N_MIXED_TEST)
    mixed = [(text, "mixed", "test" if text in test else "train") for text in joined]
    return sorted([*small(), *mixed], key=lambda row: row[2] == "test")


def large() -> list[Row]:
    """Every sentence of the wider grammar; test is what holds a word pair of ONLY_IN_TEST."""
    rows = []
    for s in chain.from_iterable(map(sentences, LARGE)):
        unseen = any(f" {pair} " in f" {s.text} " for pair in ONLY_IN_TEST)
        rows.append((s.text, s.label, "test" if unseen else "train"))
    return sorted(rows, key=lambda row: row[2] == "test")


def to_csv(rows: list[Row]) -> str:
    """The rows as CSV text with a header. No field holds a comma or a quote."""
    return "".join(",".join(row) + "\n" for row in [("text", "label", "split"), *rows])


def main() -> None:
    """Write the files beside this script."""
    for name, rows in (("", small()), ("_few", few()), ("_three", three()), ("_large", large())):
        Path(__file__).with_name(f"sentiment{name}.csv").write_bytes(to_csv(rows).encode())


if __name__ == "__main__":
    main()
