"""A caption for a picture: one to many. The vector becomes h_0; each word is fed back."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from rnn_core.decoding import translate
from rnn_core.experiments import captions
from rnn_core.experiments.analysis import vector_leave_one_out, vector_times_gradient
from rnn_core.traces import ForwardTrace
from rnn_core.vocabulary import END
from rnn_core.wirings import Written
from ui.kit import frame as page_frame
from ui.kit.numbers import compact, percent
from ui.kit.player import Film, Frame, Node, Panel, Text, look_for, node
from ui.kit.theme import BAD, GOOD
from ui.see import pixels, tasks
from ui.see.card import Card, Line, at
from ui.see.learning import Moment, Watched
from ui.see.steps import Steps
from ui.sequence.wiring import Plan, Segment

MOST = 12
"""Words that are written, at most: a caption never hangs."""
SIGNS = {END: "⟨end⟩"}
GO = "⟨go⟩"
VIEWS = {"picture": "picture", "leave": "leave one out", "gradient": "gradient × input"}


@dataclass(frozen=True)
class Caption:
    """A picture, and what a network writes of it. picture : 16 digits. view : a key of VIEWS.
    course : {epoch: measured} so far. other : what was measured of the other network, last; () as
    long as there is none.
    """

    now: Moment
    picture: str
    view: str
    course: tuple[tuple[int, float, float], ...]
    goal: int
    other: tuple[float, ...] = ()

    @property
    def key(self) -> Hashable:
        """What every picture of it is made from."""
        return self.now.key, self.picture, self.view, self.course, self.goal, self.other

    @cached_property
    def pixels(self) -> np.ndarray:
        """(8, 8)"""
        return pixels.array(self.picture)

    @cached_property
    def made(self) -> tuple[ForwardTrace, Written]:
        """What it writes, and the trace of it."""
        vector, model = self.pixels.ravel(), self.now.model
        if model.n_source:
            return translate(model, vector[None], most=MOST)
        return translate(model, vector=vector, most=MOST)

    @cached_property
    def said(self) -> list[int]:
        """The symbols that it writes, the end mark as well."""
        written = self.made[1]
        return [*written.ids, *[self.now.model.classes.index(END)] * written.ended]

    @cached_property
    def names(self) -> list[str]:
        """The same as it is shown."""
        return [SIGNS.get(name, name) for name in (self.now.model.classes[i] for i in self.said)]

    @cached_property
    def right(self) -> list[int | None]:
        """The right symbol at each step, as far as all before it was right."""
        wanted = captions.right(self.pixels)
        if wanted is None:
            return [None] * len(self.said)
        numbers = [self.now.model.classes.index(word) for word in [*wanted, END]]
        return [numbers[t] if t < len(numbers) and self.said[:t] == numbers[:t] else None
                for t in range(len(self.said))]  # fmt: skip

    @cached_property
    def spoken(self) -> np.ndarray:
        """(T, 64) how much each pixel speaks for the word of each step."""
        act = vector_leave_one_out if self.view == "leave" else vector_times_gradient
        return act(self.now.model, self.made[0], self.said)

    @cached_property
    def steps(self) -> Steps:
        """For the pictures."""
        fwd, n = self.made[0], len(self.said)
        segment = Segment((GO, *self.names[:-1]), asked="each", inputs="first",
                          said=tuple(self.names))  # fmt: skip
        classes = [SIGNS.get(name, name) for name in self.now.model.classes]
        return Steps(Plan((segment,), vector=True), fwd.probs[:n, :, 0], fwd.asked[:n, :, 0],
                     classes, self.right)  # fmt: skip


def of(
    watched: Watched, now: Moment, picture: str, view: str, goal: int, other: Moment | None = None
) -> Caption:
    """A picture and a network at a moment, beside the last of the other network."""
    course = tuple((epoch, *one.values()) for epoch, one in watched.measured.items())
    beside = tuple(other.measured.values()) if other else ()
    return Caption(now, picture, view, course, goal, beside)


def film(now: Caption, present: bool) -> Film:
    """One frame for each word."""
    panels: list[Panel] = [
        Text("heading", "", card=True), *now.steps.panels(present),
        *([] if present else [Text("look", look_for(_look(now)))]),
        Text("picture", "", area="side", card=True, share=290),
        *([] if present else _learned(now).panels()),
    ]  # fmt: skip
    frames = []
    for t, name in enumerate(now.names):
        said = f"writes {name}, P = {now.steps.p[t, now.said[t]]:.2f}"
        patches = {
            "heading": page_frame.heading("see", node("b", said), sub=_sub(now)),
            "picture": _picture(now, t), **now.steps.at(t, present),
            **({} if present else {"curves": at(now.now.epoch)}),
        }  # fmt: skip
        where = node("span", f"word {t + 1} of {len(now.names)}: ", node("b", name))
        frames.append(Frame(f"word {t + 1}: {name}", where, said, patches, t))
    return panels, frames


def _sub(now: Caption) -> str:
    if now.now.model.n_source:
        return "One to many: the picture is read first, by weights of its own; its state is h₀."
    return "One to many: the picture becomes h₀."


def _picture(now: Caption, t: int) -> Node:
    """The picture, coloured by what each pixel says of the present word; what is said of it all."""
    lit, spoken = now.pixels.any(), now.spoken[t]
    values = None
    if now.view != "picture" and lit:
        values = (spoken / max(float(np.abs(spoken).max()), 1e-300)).reshape(8, 8)
    title = node("div", node("h3", "Your picture"),
                 node("span", "click a pixel", class_="sub right"), class_="heading")  # fmt: skip
    told = [node("p", line, class_="look") for line in (_leans(now, t), kind(now.picture)) if line]
    beside = node("div", *_verdict(now), *told)
    return node("div", title, node("div", pixels.grid(now.pixels, values), beside, class_="drawn"))


def _verdict(now: Caption) -> list[Node]:
    """What it says, and what is right."""
    wanted, ids = captions.right(now.pixels), now.made[1].ids
    said = [now.now.model.classes[i] for i in ids]
    made: list[Node] = [node("p", node("b", " ".join(said) or "nothing"))]
    if not now.made[1].ended:
        made.append(
            node("p", f"It never says the end mark: cut after {MOST} words.", class_="look")
        )
    if wanted is None:
        return made
    if said == wanted:
        return [*made, node("p", node("b", "✓ right", color=GOOD))]
    return [*made, node("p", node("b", "✗ right is ", color=BAD), " ".join(wanted))]


def _leans(now: Caption, t: int) -> str:
    """Which pixels the word leans on, in words."""
    if now.view == "picture" or not now.pixels.any():
        return ""
    best, share = int(now.spoken[t].argmax()), pixels.quarters(now.spoken[t])
    place = max(share, key=share.__getitem__)
    most = compact(float(now.spoken[t][best]), sign=True)
    return (
        f"Orange speaks for “{now.names[t]}”, blue against: most of all {pixels.where(best)} "
        f"({most} nats). {percent(share[place])} of all stands {place}."
    )


@lru_cache(maxsize=1)
def _seen() -> frozenset[str]:
    """The pictures of the training."""
    return frozenset(pixels.text(v) for v in tasks.data("captions").train.vectors.T)  # type: ignore[union-attr]


def kind(picture: str) -> str:
    """What sort of picture it is, by the rule."""
    seen = captions.seen_in(pixels.array(picture))
    if seen is None:
        return "Not only whole shapes, each in a quarter: no caption is right."
    if not seen:
        return "Nothing is lit: h₀ = tanh(b), and it captions that all the same."
    if len(seen) > 2:
        return f"{len(seen)} shapes: in training there were never more than two."
    if captions.is_held_out(seen):
        return f"{seen[0][0]} before {seen[1][0]}: never in one picture in training."
    return f"This picture was {'' if picture in _seen() else 'not '}in training."


def _look(now: Caption) -> str:
    """The word that it is least sure of."""
    p = now.steps.p[np.arange(len(now.said)), now.said]
    t = int(p.argmin())
    other = int(np.argsort(-now.steps.p[t])[1])
    return (f"the least sure word: “{now.names[t]}”, P = {p[t]:.2f}; next comes "
            f"“{now.steps.classes[other]}”, P = {now.steps.p[t, other]:.2f}.")  # fmt: skip


def _learned(now: Caption) -> Card:
    data = tasks.data("captions")
    called = {"unseen": f"{len(data.test)} unseen pictures",
              "pairs": f"{len(data.more['pairs'])} of shapes never together"}  # fmt: skip
    epochs = [row[0] for row in now.course]
    names = ["as first input", "as h₀"] if now.now.model.n_source else ["as h₀", "as first input"]
    names = names[: 1 + bool(now.other)]
    lines = [
        Line(called[name], [percent(now.now.measured[name]), *map(percent, now.other[i : i + 1])],
             epochs, [row[1 + i] for row in now.course])
        for i, name in enumerate(now.now.measured)
    ]  # fmt: skip
    return Card("The whole caption right", f"epoch {now.now.epoch} of {now.goal}",
                ["", *names], lines, "exact match", "epoch", (0, now.goal))  # fmt: skip


@lru_cache(maxsize=1)
def examples() -> dict[str, str]:
    """Pictures to choose from: {what it is called: its digits}."""
    data, placed = tasks.data("captions"), captions.placed
    three = placed("ex", 0, 0) + placed("tee", 0, 5) + placed("corner", 5, 1)
    unseen, pairs = data.test.vectors, data.more["pairs"].vectors
    assert unseen is not None
    assert pairs is not None
    made = {f"Unseen in training {i + 1}": pixels.text(unseen[:, 40 * i + 1]) for i in range(3)}
    made |= {f"Never seen together {i + 1}": pixels.text(pairs[:, 170 * i + 3]) for i in range(3)}
    made |= {"One shape": pixels.text(placed("square", 5, 5)),
             "Three shapes": pixels.text(three)}  # fmt: skip
    return {**made, "Nothing lit": "0" * 16, "All lit": "f" * 16}
