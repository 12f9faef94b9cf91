"""What follows the training: perplexity, and three temperatures that write from one prompt."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rnn_core.language import baselines, perplexity, write
from rnn_core.texts import Text as Corpus
from ui.kit.cache import shared
from ui.kit.player import Figure, Film, Frame, Panel, Text, Written, node
from ui.sequence.learner import Moment
from ui.write import perplexity as curves
from ui.write import text, writer
from ui.write.film import Writing

TEMPERATURES = (0.3, 0.7, 1.2)
SAMPLED = {"characters": 130, "words": 28}
"""Symbols of each sample."""
COLUMNS = "minmax(0, 368fr) minmax(0, 852fr)"


def panels(now: Moment, prompt: tuple[int, ...]) -> list[Panel | Written]:
    """The blank picture, the same one for all who train on this text to this goal; and samples,
    which are drawn once an epoch.
    """
    figure = _blank(now.session.goal, _guesses(writer.text_of(now)))
    drawn = Writing(now.model, writer.text_of(now), prompt, 1.0, 0, 0, epoch=now.epoch)
    return [
        Text("perplexity title", "", card=True),
        Figure("perplexity", figure, 132, text.PERPLEXITY_SHOW, text.PERPLEXITY_SAYS),
        *shared(samples, drawn)[0],
    ]  # fmt: skip


@lru_cache(maxsize=32)
def _blank(goal: int, guesses: tuple[tuple[str, float], ...]) -> Any:
    return curves.blank(goal, dict(guesses))


def _guesses(corpus: Corpus) -> tuple[tuple[str, float], ...]:
    """(name, perplexity) of those that the network is compared with."""
    return tuple((name, value) for name, value in vars(baselines(corpus)).items() if value)


def frame(now: Moment) -> Frame:
    """The perplexity at the moment."""
    history = [
        (record.epoch, perplexity(record.train_loss), perplexity(record.test_loss))
        for record in now.run.history
    ]
    figure = _blank(now.session.goal, _guesses(writer.text_of(now)))
    epoch = text.EPOCH_OF.format(epoch=now.epoch, goal=now.session.goal)
    title = node("div", node("h3", text.PERPLEXITY), node("span", epoch, class_="sub"),
                 node("span", _verdict(now), class_="sub"), class_="heading")  # fmt: skip
    return Frame("now", None, text.EPOCH.format(epoch=now.epoch), {
        "perplexity title": title,
        "perplexity": curves.filled(history, now.epoch, figure),
    })  # fmt: skip


def _verdict(now: Moment) -> str:
    """What the two numbers say of each other."""
    record = min(now.run.history, key=lambda one: abs(one.epoch - now.epoch))
    seen, held_out = perplexity(record.train_loss), perplexity(record.test_loss)
    if seen > 0.8 * baselines(writer.text_of(now)).uniform:
        return text.GUESSES
    return text.BY_HEART if held_out > 2 * seen else ""


def samples(now: Writing) -> Film:
    """Three texts from one prompt and one seed, at three temperatures."""
    corpus, cards = now.corpus, []
    for temperature in TEMPERATURES:
        made = write(now.model, now.prompt, SAMPLED[corpus.unit], 0, temperature)
        typed, drawn = corpus.shown(made.ids[: len(now.prompt)]), corpus.shown(made.ids)
        cards.append(node(
            "div", node("b", text.T["drawn"].format(t=temperature)),
            node("p", node("span", typed, class_="quiet"), drawn[len(typed):], class_="written"),
            class_="sample",
        ))  # fmt: skip
    head = node("div", node("h3", text.SAMPLES),
                node("span", text.ANEW, class_="sub right"),
                class_="heading")  # fmt: skip
    whole = node("div", head, node("div", *cards, class_="samples"))
    return [Text("samples", whole, card=True, area="side")], []
