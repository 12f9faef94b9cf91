"""The line above the pictures: where a training is, and what it is doing to which sentence."""

from __future__ import annotations

import numpy as np

from ui.plot.plot import Node, node
from ui.studio import STAGES, Studio
from ui.words import story


def line(studio: Studio, others: int) -> Node:
    """How far it is, and a second line: the stages in slow motion, the ending, or the speed.

    others : how many more train at this moment, when they are enough to be felt; else 0.
    """
    run = studio.run
    last = run.history[-1]
    text = [f"epoch {run.epoch} of {studio.goal}", f"step {run.steps}"]
    text.append(f"{last.train_accuracy:.0%} train")
    if len(run.dataset.test):
        text.append(f"{last.test_accuracy:.0%} test")
    if studio.over and (run.epoch or run.stopped) and not studio.playing:
        second = node("p", node("b", story.ending(run)))
    elif studio.pace == "slow" and studio.until is None:
        second = slow(studio)
    else:
        second = node("p", _speed(studio, others), class_="mono small quiet")
    share = min(run.epoch / max(studio.goal, 1), 1.0)
    first = node("p", " · ".join(text), class_="mono small")
    return node("div", node("meter", value=share), first, second, class_="ticker")


def _speed(studio: Studio, others: int) -> str:
    """What the training took so far, or with how many others the machine is shared."""
    if others and studio.playing:
        return f"shared with {others} others: pause when you have seen enough"
    if studio.busy_s < 0.01:
        return ""
    size = min(studio.run.hyperparameters.batch_size, len(studio.run.dataset.train))
    rate = f"{studio.busy_steps * size / studio.busy_s:,.0f}".replace(",", " ")
    return f"{studio.busy_s:.2f} s of training, {rate} sentences a second"


def slow(studio: Studio) -> Node:
    """The four stages of one update, the present one marked, with its number."""
    run = studio.run
    number = int(run.upcoming[0])
    text, label = run.dataset.train.texts[number], run.dataset.train.labels[number]
    fwd = run.model.forward(text)
    said = {
        "forward": f"reads “{text}”",
        "loss": f"L = {run.model.loss(fwd, label):.3f}, wanted {label}",
        "backward": f"|gradient| = {np.linalg.norm(run.model.backward(fwd, label).flat):.3f}",
        "update": f"W −= {run.hyperparameters.lr:g} · dW",
    }
    stage = STAGES[studio.stage]
    chips = [node("span", name, class_="chip on" if name == stage else "chip") for name in STAGES]
    return node("div", *chips, node("span", " " + said[stage], class_="mono small"), class_="chips")
