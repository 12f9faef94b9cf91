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
from ui.kit.sentence import sentence
from ui.kit.theme import BAD, GOOD
from ui.see import pixels, tasks, text
from ui.see.back import Back, gradients
from ui.see.card import Card, Line, at, switch
from ui.see.learning import Moment, Watched
from ui.see.steps import Steps
from ui.sequence.wiring import Plan, Segment

MOST = 12
"""Words that are written, at most: a caption never hangs."""
SIGNS = {END: "⟨end⟩"}
GO = "⟨go⟩"


@dataclass(frozen=True)
class Caption:
    """A picture, and what a network writes of it. picture : 16 digits. view : what its pixels show.
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

    def back(self, t: int) -> Back:
        """The gradient of the loss of one word, down to the picture."""
        fwd, model = self.made[0], self.now.model
        wanted = self.said[t] if (right := self.right[t]) is None else right
        bwd = model.backward(fwd, [wanted if s == t else None for s in range(len(self.said))])
        d, handed = gradients(bwd, -1)
        spoken = vector_times_gradient(model, fwd, [wanted] * len(self.said))[t]
        n = len(self.said)
        return Back(
            self.steps.plan, self.names, self.names, t, fwd.p[t, wanted], (d,), handed,
            np.repeat(self.pixels[None], n, 0), np.repeat(spoken.reshape(1, 8, 8), n, 0),
        )  # fmt: skip


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
        said = text.WRITES.format(name=name, p=now.steps.p[t, now.said[t]])
        patches = {
            "heading": page_frame.heading("see", node("b", said), sub=_sub(now)),
            "picture": _picture(now, t), **now.steps.at(t, present),
            **({} if present else {"curves": at(now.now.epoch)}),
        }  # fmt: skip
        n, bold = len(now.names), node("b", name)
        where = node("span", *sentence(text.WORD_OF, t=t + 1, n=n, name=bold))
        frames.append(Frame(text.WORD.format(t=t + 1, name=name), where, said, patches, t))
    return panels, frames


def _sub(now: Caption) -> str:
    return text.VECTOR_FIRST if now.now.model.n_source else text.VECTOR


def _picture(now: Caption, t: int) -> Node:
    """The picture, coloured by what each pixel says of the present word; what is said of it all."""
    lit, spoken = now.pixels.any(), now.spoken[t]
    values = None
    if now.view != "picture" and lit:
        values = (spoken / max(float(np.abs(spoken).max()), 1e-300)).reshape(8, 8)
    views = [node("button", name, class_="token on" if view == now.view else "token",
                  click=None if view == now.view else {"view": view})
             for view, name in text.VIEWS.items()]  # fmt: skip
    title = node("div", node("h3", text.PICTURE), node("span", *views), class_="heading")
    told = [
        node("p", line, class_="look")
        for line in (_leans(now, t), kind(now.picture, not now.now.model.n_source))
        if line
    ]
    beside = node("div", *_verdict(now), *told)
    return node("div", title, node("div", pixels.grid(now.pixels, values), beside, class_="drawn"))


def _verdict(now: Caption) -> list[Node]:
    """What it says, and what is right."""
    wanted, ids = captions.right(now.pixels), now.made[1].ids
    said = [now.now.model.classes[i] for i in ids]
    made: list[Node] = [node("p", node("b", " ".join(said) or text.NOTHING))]
    if not now.made[1].ended:
        made.append(node("p", text.NO_END.format(n=MOST), class_="look"))
    if wanted is None:
        return made
    if said == wanted:
        return [*made, node("p", node("b", text.IS_RIGHT, color=GOOD))]
    return [*made, node("p", node("b", text.RIGHT_IS, color=BAD), " ".join(wanted))]


def _leans(now: Caption, t: int) -> str:
    """Which pixels the word leans on, in words."""
    if now.view == "picture" or not now.pixels.any():
        return ""
    best, share = int(now.spoken[t].argmax()), pixels.quarters(now.spoken[t])
    place = max(share, key=share.__getitem__)
    most = compact(float(now.spoken[t][best]), sign=True)
    return text.LEANS.format(name=now.names[t], pixel=pixels.where(best), most=most,
                             share=percent(share[place]), quarter=place)  # fmt: skip


@lru_cache(maxsize=1)
def _seen() -> frozenset[str]:
    """The pictures of the training."""
    return frozenset(pixels.digits(v) for v in tasks.data("captions").train.vectors.T)  # type: ignore[union-attr]


def kind(picture: str, is_vector: bool = True) -> str:
    """What sort of picture it is, by the rule. is_vector : whether it becomes h_0 itself."""
    seen = captions.seen_in(pixels.array(picture))
    if seen is None:
        return text.KINDS["none"]
    if not seen:
        return text.KINDS["empty" if is_vector else "empty first"]
    if len(seen) > 2:
        return text.KINDS["many"].format(n=len(seen))
    if captions.is_held_out(seen):
        return text.KINDS["pair"].format(one=seen[0][0], other=seen[1][0])
    return text.KINDS["seen" if picture in _seen() else "unseen"]


def _look(now: Caption) -> str:
    """The word that it is least sure of."""
    p = now.steps.p[np.arange(len(now.said)), now.said]
    t = int(p.argmin())
    other = int(np.argsort(-now.steps.p[t])[1])
    return text.LEAST_SURE.format(name=now.names[t], p=p[t], other=now.steps.classes[other],
                                  q=now.steps.p[t, other])  # fmt: skip


def _learned(now: Caption) -> Card:
    data = tasks.data("captions")
    called = {"unseen": text.UNSEEN.format(n=len(data.test)),
              "pairs": text.PAIRS.format(n=len(data.more["pairs"]))}  # fmt: skip
    epochs = [row[0] for row in now.course]
    shown, other = ("x_1", "h_0") if now.now.model.n_source else ("h_0", "x_1")
    names = [switch(name, shown) for name in (shown, other)[: 1 + bool(now.other)]]
    lines = [
        Line(called[name], [percent(now.now.measured[name]), *map(percent, now.other[i : i + 1])],
             epochs, [row[1 + i] for row in now.course])
        for i, name in enumerate(now.now.measured)
    ]  # fmt: skip
    return Card(text.WHOLE_RIGHT, text.EPOCH_OF.format(epoch=now.now.epoch, goal=now.goal),
                ["", *names], lines, text.EXACT, text.EPOCH, (0, now.goal))  # fmt: skip


@lru_cache(maxsize=1)
def examples() -> dict[str, str]:
    """Pictures to choose from: {what it is called: its digits}."""
    data, placed = tasks.data("captions"), captions.placed
    three = placed("ex", 0, 0) + placed("tee", 0, 5) + placed("corner", 5, 1)
    unseen, pairs = data.test.vectors, data.more["pairs"].vectors
    assert unseen is not None
    assert pairs is not None
    name, made = text.CAPTION_EXAMPLES, dict[str, str]()
    for i in range(3):
        made[name["unseen"].format(n=i + 1)] = pixels.digits(unseen[:, 40 * i + 1])
    for i in range(3):
        made[name["pairs"].format(n=i + 1)] = pixels.digits(pairs[:, 170 * i + 3])
    made |= {name["one"]: pixels.digits(placed("square", 5, 5)),
             name["three"]: pixels.digits(three)}  # fmt: skip
    return {**made, text.EMPTY: "0" * 16, text.FULL: "f" * 16}
