"""The film: the loss, the readout, each word from last to first, the update; by word or by line.

By word each of these is one frame, by line each line that runs in them. All that is shown is taken
from one BackwardTrace and one Update.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from ui.kit import frame as page_frame
from ui.kit import source
from ui.kit.formula import formula
from ui.kit.numbers import percent, short
from ui.kit.player import Drawing, Figure, Film, Frame, Node, Panel, Text, look_for, node
from ui.kit.sentence import sentence
from ui.kit.theme import NEGATIVE, POSITIVE
from ui.sequence.backward_view import BackwardView
from ui.sequence.own_weights import Place
from ui.step_back import figures, formulas, gradient, lines, sums, text
from ui.step_back.lines import Line

LOW, HIGH = 50, 84
"""Pixels of bars, at least, and of bands."""


class Moment(NamedTuple):
    """A part of the way back. at : a word's number, or "loss", "readout", "end". what : happens.

    say : for the ear. look : beside the sums.
    """

    at: int | str
    what: str
    say: str
    lines: list[Line]
    look: str


def film(
    view: BackwardView, unit: int, by: str = "word", present: bool = False,
    marked: tuple[Place, ...] = (),
) -> Film:  # fmt: skip
    """On the left where the gradient is; on the right code, formulas and sums. by : "word" or
    "line".
    marked : weights that are framed: those set by hand, and the one in hand.
    """
    made = _Frames(view, unit, by, LOW if present else HIGH, marked)
    panels = [Text("headline", "", card=True), *made.pictures()] if present else made.panels()
    return panels, made.frames()


def moments(view: BackwardView, unit: int) -> list[Moment]:
    """All of the way back, in its order."""
    now, done = view.reading, view.update
    entry = view.path[0] if now.place.backwards and not now.model.per_step else view.asked[-1]
    n, word = len(view.asked), now.words[entry]
    enters = text.ENTERS["below" if not now.is_top else "many" if n > 1 else "one"]
    ends = "lower" if done.loss_after < done.loss_before else "higher"
    return [
        Moment("loss", text.MOMENTS["loss"], text.SAY["loss"].format(loss=done.loss_before),
               lines.loss(view), text.LOOK["loss"] if n == 1 else formulas.largest(view)),
        Moment("readout", text.MOMENTS["readout"], text.SAY["readout"].format(word=word),
               lines.readout(view, unit, entry), enters.format(word=word, n=n)),
        *(_word(view, unit, t) for t in view.path),
        Moment("end", text.MOMENTS["end"], text.SAY["end"].format(loss=done.loss_after),
               lines.update(view, unit), text.LOOK[ends]),
    ]  # fmt: skip


def _word(view: BackwardView, unit: int, t: int) -> Moment:
    now, i, word = view.reading, view.path.index(t), view.reading.words[t]
    here, since = (percent(s) for s in (view.shares[t], view.shares[view.path[: i + 1]].sum()))
    cuts = view.truncate and (i + 1) % view.truncate == 0 and view.bwd.d_a[t].any()
    look = text.LOOK["first" if now.earlier(t) is None else "word cut" if cuts else "word"]
    return Moment(
        t, text.MOMENTS["word"].format(word=word),
        text.SAY["word"].format(word=word, length=view.lengths[t]), lines.word(view, unit, t),
        look.format(word=word, share=here, since=since),
    )  # fmt: skip


def stretched(view: BackwardView, unit: int, by: str, frames: list[Frame]) -> list[Frame]:
    """A frame for each moment, as often as the film has one for it."""
    counts = [len(moment.lines) if by == "line" else 1 for moment in moments(view, unit)]
    return [frame for frame, n in zip(frames, counts, strict=True) for _ in range(n)]


def weight_at(view: BackwardView, unit: int, by: str, click: Mapping[str, Any]) -> Place | None:
    """The weight whose cell was clicked in the film's sums; None for another click."""
    if click.get("panel") != "sums" or "y" not in click:
        return None
    lines = (
        [line for moment in moments(view, unit) for line in moment.lines] if by == "line" else []
    )
    return sums.weight_at(view, lines[int(click["step"])] if lines else None, click)


class _Frames:
    """The frames of one film, and the panels that they change."""

    def __init__(
        self, view: BackwardView, unit: int, by: str, high: int, marked: Sequence[Place]
    ) -> None:
        self.view, self.unit, self.by, self.high, self.marked = view, unit, by, high, marked
        self.now = now = view.reading
        self.moments = moments(view, unit)
        self.row = now.order.index(unit)
        losses = None
        if now.model.per_step:
            losses = dict(zip(view.asked, map(short, view.losses), strict=True))
        self.strip = now.strip(True, f"{view.update.loss_before:.3f}", losses)
        self.figure = gradient.figure(view)

    def panels(self) -> list[Panel]:
        """All that the page shows."""
        view, now, side = self.view, self.now, {"area": "side"}
        loss: dict[str, Any] = {"loss_of": node("em", "L"), "loss": view.update.loss_before}
        right = sentence(text.MEAN_LOSS, n=len(view.asked), **loss)
        if isinstance(view.target, str):
            number = view.wanted[0]
            wanted = node("b", view.target, color=POSITIVE if number == now.answer else NEGATIVE)
            right = sentence(text.WANTED, answer=wanted, p_of=node("em", "P"),
                             p=now.fwd.p[-1, number], **loss)  # fmt: skip
        of = "" if now.signal == "h" else text.GRADIENT.format(signal=now.drawn.symbol)
        alone = "" if view.follow is None else text.LOSS_ALONE.format(n=view.follow + 1)
        sub = " · ".join(filter(None, [now.called, of, alone]))
        grad = view.bwd.grads["W_hh" + now.place.suffix][now.block]
        limit = float(np.abs(grad).max()) if view.finite else 0.0
        return [
            Text("heading", page_frame.heading("step_back", *right, sub=sub), card=True),
            *self.pictures(), Text("gradient look", gradient.look(view)),
            Text("code", "", **side, card=True, share=380),
            Text("sums title", "", **side, card=True, share=190),
            Figure("sums", figures.sums(len(now.order), limit or 1.0), 90, text.SUMS, text.SUMS_SAY,
                   factors=sums.factors(view), clicks="cell", grow=1, **side),
            Text("sums look", "", **side),
        ]  # fmt: skip

    def pictures(self) -> list[Panel]:
        """The unrolled network turned round, and the gradient over it."""
        now, n = self.now, self.now.n_columns
        banded = self.view.itemised and self.view.follow is None
        said = text.PICTURE_SAYS["many" if self.view.itemised else "one"].format(
            units=now.model.n_hidden, words=len(now.words), horizon=self.view.horizon
        )
        return [
            Drawing("strip", self.strip.marks, self.strip.height, text.STRIP, columns=n),
            Figure("gradient", self.figure, 250, text.PICTURE, said,
                   clicks="cell", narrow=figures.NARROW, columns=n, grow=1,
                   stack=figures.stack(now.model.n_hidden, self.high if banded else LOW)),
        ]  # fmt: skip

    def frames(self) -> list[Frame]:
        """By word one for each moment; by line one for each line."""
        counts = [len(moment.lines) for moment in self.moments]
        if self.by == "word":
            return [self._frame(i, None, (i, len(counts)), sum(counts[:i]))
                    for i in range(len(counts))]  # fmt: skip
        places = [(i, j) for i, n in enumerate(counts) for j in range(n)]
        return [self._frame(i, j, (place, len(places)), i) for place, (i, j) in enumerate(places)]

    def _frame(self, i: int, j: int | None, place: tuple[int, int], other: int) -> Frame:
        """Moment i, or line j of it. place : of the frame, and how many there are. other : the
        frame that shows it by the other way.
        """
        moment, now = self.moments[i], self.now
        t, line = moment.at, None if j is None else moment.lines[j]
        kind, number = ("word", {}) if j is None else ("line", {"j": j + 1})
        lit: dict[str, Any] = {"pill": isinstance(t, int)}
        if line is not None:
            lit = {"lit": (line.lit,) if line.lit else ()}
        multiplies = sums.multiplies(line)
        look, gate = moment.look, now.gate.symbol if now.gate else ""
        title = sentence(text.ADDS_UP["gate" if gate else "plain"],
                         sum=formula("dW_hh"), gate=gate)  # fmt: skip
        if multiplies:
            title = sentence(text.HANDED_ON, weights=formula("W_hh^T"), gradient=formula("dL/da_t"))
            look = text.LOOK["product"]
        panels = {
            "strip": self.strip.states(t, **lit),
            **self._pictures(i, j, multiplies),
            "code": self._code(moment, line, place[0] - (j or 0), other),
            "headline": _headline(moment, line),
            "sums title": node("h3", *title),
            "sums look": look_for(look),
        }
        if t in ("loss", "readout"):
            panels["gradient look"] = gradient.begins(self.view, j)
        what: Node = moment.what
        if isinstance(t, int):
            what = node("span", *sentence(text.MOMENTS["word"], word=node("b", now.words[t])))
        label = text.FRAME[kind].format(i=place[0] + 1, n=place[1], what=moment.what,
                                        all=len(moment.lines), **number)  # fmt: skip
        at = now.columns[t] if isinstance(t, int) else None
        if t in ("loss", "readout"):  # where the way begins; a column's number would take its click
            at = now.columns[self.view.path[0]] + 0.5
        title = sentence(text.WHERE[kind], what=what, all=len(moment.lines), **number)
        return Frame(label, node("span", *title), moment.say, panels, at)

    def _pictures(self, i: int, j: int | None, multiplies: bool) -> dict[str, Any]:
        """How far the gradient has come, and what is added to dW_hh; or the product that runs."""
        moment, view, now, n = self.moments[i], self.view, self.now, len(self.now.words)
        lit = [line.lit for line in moment.lines[: None if j is None else j + 1]]
        t, to, done, parts = moment.at, None, min(max(i - 2, 0), n), ()
        reached, added = done + 1, 0
        if isinstance(t, int):
            if j is not None and lit[-1] == "before":
                to = now.earlier(t)
            reached += "before" in lit and (j is not None or now.earlier(t) is None)
            if added := int("W_hh" in lit):
                d_u = view.bwd.d_u[:, now.block.start + self.unit]
                parts = formulas.running(view, t, d_u * now.fwd.h_before[:, view.partner])
        elif t != "end":
            reached, t = gradient.reached(j), view.path[0]
        word = t if isinstance(t, int) else None
        made = sums.adds(view, self.unit, done, added, parts, self.marked)
        if multiplies and word is not None:
            made = sums.product(view, self.unit, word, self.marked)
        return {"sums": made, "gradient": figures.at_step(
            self.figure, now.known, word, self.row, reached, now.place.backwards, to
        )}  # fmt: skip

    def _code(self, moment: Moment, line: Line | None, start: int, other: int) -> Node:
        """The lines of a moment, those that run marked; a click on one goes to where it runs."""
        ways = [node("button", said, class_="token on" if way == self.by else "token",
                     click=None if way == self.by else {"by": way, "f": other + 1})
                for way, said in text.WAYS.items()]  # fmt: skip
        here, t, loop = text.UNIT.format(unit=self.unit), moment.at, list[Node]()
        if isinstance(t, int):
            here = text.AT_WORD.format(word=self.now.words[t], unit=self.unit)
            loop = [node("p", *lines.LOOP.lines, class_="mono sub")] if line else []
        head = node("div", node("h3", text.LINES), node("span", here, class_="sub"),
                    node("span", *ways), class_="heading")  # fmt: skip
        rows = [_row(one, line, not isinstance(t, int)) for one in moment.lines]
        for j, row in enumerate(rows):
            row[1] |= {"go": start + j} if line else {"click": {"by": "line", "f": other + j + 1}}
        return node("div", head, *loop, *rows)


def _row(one: Line, running: Line | None, whole: bool) -> list[Any]:
    """A line of code with its formula and numbers; larger, with all of them, while it runs alone.

    whole : all of them as well where it runs with others.
    """
    alone, rows = one is running, one.rows
    shown = (source.listing(cut, alone or running is None) for cut in one.cuts)
    code = node("div", *shown, class_="code")
    if running and not alone:
        result = rows[0][1].rpartition(" = ")[2] if rows else " "
        short = [node("span", result, class_="mono")] if " " not in result else []
        return ["div", {"class": "run off"}, code, *short]
    if not (alone or whole):
        rows = rows[:1]
    elif alone and one.more and one.lit:
        rows = rows[1:]  # the table ends in it
    elif alone and one.lit == "a" and len(rows) > 1:
        rows = (rows[0][0], ""), *rows[1:]  # told in full
    said = [node("p", left, node("span", right, class_="mono")) for left, right in rows]
    more = [one.more] if one.more and (alone or whole) else []
    return ["div", {"class": "run alone" if alone else "run"}, code, *said, *more]


def _headline(moment: Moment, line: Line | None) -> Node:
    """For an audience: the formula and the numbers of the line that runs, or of the word's d_a."""
    of = line or next((one for one in moment.lines if one.lit == "a"), moment.lines[-1])
    said = [node("p", left, node("span", right, class_="mono")) for left, right in of.rows[:2]]
    return node("div", *said, class_="said")
