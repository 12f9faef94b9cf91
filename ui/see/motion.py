"""A label for each frame of a film: many to many. Three networks say where a dot went."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnn_core.experiments import frames as rule
from ui.kit import frame as page_frame
from ui.kit.numbers import percent
from ui.kit.player import Film, Frame, Node, Panel, Text, look_for, node, table
from ui.kit.theme import BAD, GOOD, UNSURE
from ui.see import pixels, tasks, text
from ui.see.back import Back, gradients
from ui.see.card import COLORS, Card, Line, at, switch
from ui.see.learning import Moment
from ui.see.steps import Steps
from ui.see.tasks import TASKS
from ui.sequence.wiring import Plan, Segment

ARROWS = {"left": "←", "right": "→", "up": "↑", "down": "↓", "still": "•"}
DIRECTIONS = list(rule.STEPS)


@dataclass(frozen=True)
class Motion:
    """A film, and what networks say of it. moments : {network: at its moment}, those that have
    begun. network : which is shown. seed : of the film.
    """

    moments: tuple[tuple[str, Moment], ...]
    network: str
    seed: int
    goal: int

    @property
    def key(self) -> Hashable:
        """What every picture of it is made from."""
        read = tuple((name, moment.key, moment.epoch) for name, moment in self.moments)
        return read, self.network, self.seed, self.goal

    @cached_property
    def film(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(T, 36) the frames; (T,) the dot's last steps, -1 at the first; (T,) where it is lit."""
        films, steps, lit = rule.film(np.random.default_rng(self.seed), 1)
        return films[0], steps[0], lit[0]

    @cached_property
    def read(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """{network: P (T, C) and states (T, N)}."""
        found = {}
        for name, moment in self.moments:
            p, h = tasks.film_answers(moment.model, name, self.film[0][None])
            found[name] = p[0], h[0]
        return found

    @cached_property
    def p_right(self) -> dict[str, np.ndarray]:
        """{network: (T - 1,) P of the true step}, from the second frame on."""
        frames, steps = np.arange(1, rule.N_FRAMES), self.film[1][1:]
        return {name: p[frames, steps] for name, (p, _) in self.read.items()}

    @cached_property
    def steps(self) -> Steps:
        """For the pictures."""
        (p, h), (frames, steps, _) = self.read[self.network], self.film
        said = tuple(ARROWS[DIRECTIONS[int(c)]] for c in p.argmax(axis=1))
        segment = Segment(tuple(str(t + 1) for t in range(len(p))), asked="each", said=said)
        plan = Plan((segment,), bidirectional=self.network == "both",
                    memory=self.network != "frame")  # fmt: skip
        named = [text.STEPS[name] for name in DIRECTIONS]
        right = [int(step) if step >= 0 else None for step in steps]
        side = (len(frames), rule.SIZE, rule.SIZE)
        return Steps(plan, p, h, named, right, frames.reshape(side))

    @cached_property
    def telling(self) -> int | None:
        """The frame at which both directions gain most on one, where that one is wrong and they are
        right; None where there is none.
        """
        if not {"one", "both"} <= self.p_right.keys():
            return None
        steps = self.film[1][1:]
        one, both = (self.read[name][0][1:].argmax(axis=1) == steps for name in ("one", "both"))
        gain = np.where(both & ~one, self.p_right["both"] - self.p_right["one"], -1)
        return int(gain.argmax()) + 1 if gain.max() > 0 else None

    def back(self, t: int) -> Back:
        """The gradient of the loss of one frame; without memory it stays there."""
        frames, steps, _ = self.film
        n, model = len(frames), dict(self.moments)[self.network].model
        alone, side = self.network == "frame", rule.SIZE
        fwd = tasks.read_films(model, frames[None, t : t + 1] if alone else frames[None])
        at = 0 if alone else t
        wanted = int(steps[t]) if steps[t] >= 0 else int(fwd.p[at].argmax())
        bwd = model.backward(fwd, [wanted if s == at else None for s in range(len(fwd.p))])
        d_x = bwd.layers[0].d_x[:, :, 0]
        if model.bidirectional:
            d_x = d_x + bwd.layers[1].d_x[::-1, :, 0]
        ways = tuple(gradients(bwd, way)[0] for way in range(1 + model.bidirectional))
        if alone:
            whole = np.zeros((n, ways[0].shape[1])), np.zeros(frames.shape)
            whole[0][t], whole[1][t] = ways[0][0], d_x[0]
            ways, d_x = (whole[0],), whole[1]
        spoken = (-d_x * frames).reshape(n, side, side)
        names = [text.FRAME_NAME.format(t=s + 1) for s in range(n)]
        return Back(
            self.steps.plan, names, [str(s + 1) for s in range(n)], t, fwd.p[at, wanted], ways,
            None, frames.reshape(n, side, side), spoken,
        )  # fmt: skip


def film(now: Motion, present: bool) -> Film:
    """One frame for each frame."""
    panels: list[Panel] = [
        Text("heading", "", card=True), *now.steps.panels(present),
        *([] if present else [Text("look", look_for(_look(now)))]),
        Text("picture", "", area="side", card=True, share=270),
        *([] if present else _learned(now).panels()),
    ]  # fmt: skip
    frames = []
    for t in range(now.steps.n_steps):
        said = _said(now, t)
        patches = {
            "heading": page_frame.heading("see", node("b", said), sub=_sub(now)),
            "picture": _picture(now, t), **now.steps.at(t, present),
            **({} if present else {"curves": at(t + 1)}),
        }  # fmt: skip
        where = node("span", text.FRAME_OF.format(t=t + 1, n=now.steps.n_steps))
        frames.append(Frame(text.FRAME_SAYS.format(t=t + 1, said=said), where, said, patches, t))
    return panels, frames


def _sub(now: Motion) -> str:
    return text.ABOUT[now.network]


def _said(now: Motion, t: int) -> str:
    p = now.steps.p[t]
    return text.SAYS.format(name=DIRECTIONS[int(p.argmax())], p=p.max())


def _picture(now: Motion, t: int) -> Node:
    """The frame, large; and what each network says of it."""
    frames, steps, lit = now.film
    title = node("div", node("h3", text.FRAME.format(t=t + 1)),
                 node("span", _where(int(steps[t]), bool(lit[t])), class_="sub right"),
                 class_="heading")  # fmt: skip
    rows: list[list[Node]] = []
    colors = dict(zip(TASKS["film"].networks, COLORS, strict=True))
    for name, (p, _) in now.read.items():
        answer = int(p[t].argmax())
        mark = "" if steps[t] < 0 else "✓" if answer == steps[t] else "✗"
        rows.append([node("b", text.NETWORKS[name], color=colors[name]),
                     f"{ARROWS[DIRECTIONS[answer]]} {percent(float(p[t, answer]))}",
                     node("b", mark, color=GOOD if mark == "✓" else BAD)])  # fmt: skip
    side = rule.SIZE
    grid = pixels.grid(frames[t].reshape(side, side), still=True)
    heard = node("div", table(rows, ["", text.SAYS_HEAD, ""], ["", "mono", ""]))
    return node("div", title, node("div", grid, heard, class_="drawn"))


def _where(step: int, is_lit: bool) -> Node:
    """What is true of a frame."""
    went = text.NOT_ASKED if step < 0 else text.WENT.format(name=DIRECTIONS[step])
    if step == DIRECTIONS.index("still"):
        went = text.STOOD
    hidden = node("b", text.HIDDEN, color=UNSURE)
    return node("span", *([] if is_lit else [hidden]), went)


def _look(now: Motion) -> str:
    """What the future is good for, in this film."""
    t = now.telling
    if t is None:
        if not {"one", "both"} <= now.p_right.keys():
            return text.WHO
        right = {name: int((p[1:].argmax(axis=1) == now.film[1][1:]).sum())
                 for name, (p, _) in now.read.items()}  # fmt: skip
        return text.NONE_TOLD.format(n=rule.N_FRAMES - 1, one=right["one"], both=right["both"])
    return text.TOLD[bool(now.film[2][t])].format(
        t=t + 1, name=DIRECTIONS[int(now.film[1][t])], both=now.p_right["both"][t - 1],
        one=now.p_right["one"][t - 1],
    )  # fmt: skip


def _learned(now: Motion) -> Card:
    moments, lines = dict(now.moments), []
    x = list(range(2, rule.N_FRAMES + 1))
    for name in TASKS["film"].networks:
        if name not in moments:
            lines.append(Line(text.NETWORKS[name], [text.WAITS, "", ""]))
            continue
        moment = moments[name]
        shares = [percent(moment.measured[part]) for part in ("seen", "hidden")]
        cells = [text.N_OF.format(epoch=moment.epoch, goal=now.goal), *shares]
        lines.append(Line(switch(name, now.network), cells, x, now.p_right[name].tolist()))
    return Card(text.WHICH_WAY, text.OF_FILMS.format(n=tasks.N_FILMS), text.FILM_HEAD, lines,
                text.P_RIGHT, text.FRAME_OF_THIS, (1, rule.N_FRAMES + 0.2))  # fmt: skip
