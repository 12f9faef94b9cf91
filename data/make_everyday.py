"""Write everyday.csv, and with `train` the checkpoint: `python -m data.make_everyday [train]`.

A grammar makes every sentence and its label; nothing is labelled by hand. The rules are in
everyday_rules.py, the words in everyday_words.py. Words are dealt like cards, so that none is met
less than another, and those that take no side stand in sentences of both. Every run writes the
same bytes; the checkpoint too, where the processor and numpy are the same.
"""

import random
import re
import sys
from collections.abc import Iterable, Iterator, Set
from itertools import islice
from pathlib import Path

from data.everyday_rules import RULES
from data.everyday_words import LISTS
from rnn_core import Dataset, Hyperparameters, TrainingRun, Vocabulary, load_dataset
from rnn_core.checkpoint import Checkpoint, save
from rnn_core.experiments.calibration import answers, temperature
from rnn_core.wirings import Split, classify

Row = tuple[str, str]  # text, label
# SEED: the first from 7 on with which every word is met in the training part of everyday.csv.
SEED, N_TRAIN, N_TEST, SHORT, MOST = 11, 4800, 1200, 12, 40
N_LEARNED, N_VALIDATION, EPOCHS = 120_000, 3_000, 4
LEFT_OUT, PUT_IN, NEITHER = 0.12, 0.03, 0.1
HP = Hyperparameters(cell="gru", n_hidden=48, optimizer="adam", lr=0.006, batch_size=128,
                     clip="norm", dtype="float32")  # fmt: skip
FUNCTION = ("never", "very", "det", "dets", "who", "we", "iam", "prep", "aside", "self")
SLOT = re.compile(r"\{([\w]+)([=!]?)\}")
CLASSES = ("negative", "positive")


def rules(name: str) -> list[str]:
    """The rules of a name, each as often as its number says."""
    made = []
    for rule in " ".join(RULES[name].split()).split(" / ") if name in RULES else ():
        number, _, rest = rule.partition(" ")
        made += int(number) * [rest] if number.isdigit() else [rule]
    return made


class Grammar:
    """Deals words and rules, each list from a pack of its own: none twice before all were dealt."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.packs: dict[str, list[str]] = {}

    def deal(self, name: str, side: int) -> str:
        """The next word of a list, or the next rule; of this side where there are two."""
        key = name + ("", "+", "-")[side]
        if not self.packs.get(key):
            cards = (LISTS.get(key) or LISTS.get(name) or "").split()
            cards = cards or [*rules(name), *(rules(key) if side else ())]
            self.packs[key] = self.random.sample(cards, len(cards))
        return self.packs[key].pop()

    def make(self, name: str, side: int) -> str:
        """A phrase of this side by a rule, or a word of a list."""
        found = self.deal(name, side).replace("_", " ")
        sides = {"=": side, "!": -side, "": 0}
        return SLOT.sub(lambda slot: self.make(slot[1], sides[slot[2]]), found)

    def row(self, most: int) -> Row:
        """A sentence of so many words at most with its label, each side as often as the other."""
        side = self.random.choice((1, -1))
        while True:
            text = re.sub(r"\ba (?=[aeio]|un[a-hj-z]|ug|up)", "an ", self.make("sentence", side))
            if len(text.split()) <= most:
                return text, CLASSES[side > 0]


def sentences(seed: int, most: int, without: Set[str] = frozenset()) -> Iterator[Row]:
    """Sentences of so many words at most, without end, none twice, none of these."""
    grammar, seen = Grammar(seed), set(without)
    while True:
        text, label = grammar.row(most)
        if text not in seen:
            seen.add(text)
            yield text, label


def dataset() -> list[tuple[str, str, str]]:
    """The rows of everyday.csv. Raises ValueError if a word that there is, is not in training."""
    test = tested()
    train = list(islice(sentences(SEED + 1, SHORT, set(test)), N_TRAIN))
    listed = {word for words in LISTS.values() for word in words.replace("_", " ").split()}
    if missing := {*listed, *words_of(test)} - words_of(text for text, _ in train):
        raise ValueError(f"never in training: {', '.join(sorted(missing))}")
    return [(*row, "train") for row in train] + [(*row, "test") for row in test.items()]


def tested() -> dict[str, str]:
    """The test sentences with their labels: drawn first, so that nothing else has them."""
    return dict(islice(sentences(SEED, SHORT), N_TEST))


def words_of(texts: Iterable[str]) -> set[str]:
    """All words of some texts."""
    return {word for text in texts for word in text.replace(".", " ").split()}


def to_csv(made: list[tuple[str, str, str]]) -> str:
    """The rows as CSV text with a header. No field holds a comma or a quote."""
    return "".join(",".join(row) + "\n" for row in [("text", "label", "split"), *made])


# ---- the checkpoint ----


def noised(text: str, content: Set[str], others: list[str], rng: random.Random) -> str:
    """A sentence as it may be met: some words left out, as unknown ones are, some put in."""
    words = []
    for word in text.replace(".", "").split():
        if rng.random() < PUT_IN:
            words.append(rng.choice(others))
        if word not in content or rng.random() >= LEFT_OUT:
            words.append(word)
    return " ".join(words) or text


def examples(vocabulary: Vocabulary) -> tuple[Split, Split]:
    """What the checkpoint learns from, and the part that is kept for validation.

    What is left out or put in is content: no word that a rule spells out, none of FUNCTION. And
    a share takes no side at all, with a label by the toss of a coin: nobody can be sure there.
    """
    spelled = words_of(SLOT.sub(" ", text).replace("/", " ") for text in RULES.values())
    lists = {name: words_of([text.replace("_", " ")]) for name, text in LISTS.items()}
    sided = set().union(*(words for name, words in lists.items() if name[-1] in "+-"))
    content = set().union(*lists.values()) - spelled.union(*(lists[name] for name in FUNCTION))
    others, rng = sorted(content - sided), random.Random(SEED)
    grammar, source = Grammar(SEED + 3), sentences(SEED + 2, MOST, set(tested()))
    made = []
    for text, label in islice(source, N_LEARNED + N_VALIDATION):
        if rng.random() < NEITHER:
            text, label = grammar.make("neutral", 0), rng.choice(CLASSES)
        made.append((noised(text, content, others, rng), label))
    learned, validation = (
        classify(
            [vocabulary.encode(text).ids for text, _ in part],
            [CLASSES.index(label) for _, label in part], *map(tuple, zip(*part, strict=True)),
        )
        for part in (made[:N_LEARNED], made[N_LEARNED:])
    )  # fmt: skip
    return learned, validation


def train(path: Path) -> None:
    """Learn, keep the epoch with the least validation loss, fit the temperature, write the file."""
    base = load_dataset("everyday")
    learned, validation = examples(base.vocabulary)
    base.vocabulary.pairs |= Vocabulary(learned.texts).pairs
    run = TrainingRun(Dataset("everyday", learned, validation, base.vocabulary, base.classes), HP)
    for epoch in range(EPOCHS):
        run.change(lr=HP.lr / 2**epoch)
        run.advance(epochs=1)
        print(run.history[-1], flush=True)
    best = min(run.history, key=lambda record: record.test_loss).epoch
    model = run.snapshot_at(best).model
    t = temperature(answers(model, run.dataset, validation), validation.answers)
    for name in ("W_hy", "b_y"):
        model.params[name][...] /= t
    right = answers(model, base, base.test).argmax(axis=0) == base.test.answers
    figures = {"epoch": best, "validation": run.history[best].test_accuracy,
               "test": float(right.mean())}  # fmt: skip
    print(f"temperature {t:.2f}", figures)
    save(Checkpoint(model, HP, "everyday", t, figures), path)


def main() -> None:
    """Write the data beside this script, and the checkpoint if it is asked for."""
    here = Path(__file__)
    here.with_name("everyday.csv").write_bytes(to_csv(dataset()).encode())
    if sys.argv[1:] == ["train"]:
        train(here.with_name("everyday.safetensors"))


if __name__ == "__main__":
    main()
