"""The film: the loss, the readout, each word from last to first, the update; by word or by line.

By word each of these is one frame, by line each line that runs in them. All that is shown is taken
from one BackwardTrace and one Update.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ui.kit import frame as page_frame
from ui.kit import source
from ui.kit.formula import formula
from ui.kit.numbers import percent, short
from ui.kit.player import Drawing, Figure, Film, Frame, Node, Panel, Text, look_for, node
from ui.kit.theme import NEGATIVE, POSITIVE
from ui.sequence.backward_view import BackwardView
from ui.step_back import figures, formulas, gradient, lines
from ui.step_back.lines import Line

LOW, HIGH = 50, 84
"""Pixels of bars, at least, and of bands."""
WAYS = {"word": "by word", "line": "by line"}


class Moment(NamedTuple):
    """A part of the way back. at : a word's number, or "loss", "readout", "end". what : happens.

    say : for the ear. look : beside the sums.
    """

    at: int | str
    what: str
    say: str
    lines: list[Line]
    look: str


def film(view: BackwardView, unit: int, by: str = "word", present: bool = False) -> Film:
    """On the left where the gradient is; on the right code, formulas and sums. by : of WAYS."""
    made = _Frames(view, unit, by, LOW if present else HIGH)
    panels = [Text("headline", "", card=True), *made.pictures()] if present else made.panels()
    return panels, made.frames()


def moments(view: BackwardView, unit: int) -> list[Moment]:
    """All of the way back, in its order."""
    now, done = view.reading, view.update
    entry = view.path[0] if now.place.backwards and not now.model.per_step else view.asked[-1]
    enters = f"the column of “{now.words[entry]}”: here the gradient enters."
    if len(view.asked) > 1:
        enters = f"the columns under an L: at these {len(view.asked)} words the gradient enters."
    if not now.is_top:
        enters = "the columns: below the top, it comes from the layer above, at each word."
    lower = "lower" if done.loss_after < done.loss_before else "not lower"
    return [
        Moment("loss", "the loss", f"the loss is {done.loss_before:.3f} nats", lines.loss(view),
               "∂L/∂y: negative for the answer wanted only." if len(view.asked) == 1 else
               formulas.largest(view)),
        Moment("readout", "the readout", f"the gradient enters at {now.words[entry]}",
               lines.readout(view, unit, entry), enters),
        *(_word(view, unit, t) for t in view.path),
        Moment("end", "the update", f"the loss is now {done.loss_after:.3f}",
               lines.update(view, unit), f"the loss of this sentence: {lower} than before."),
    ]  # fmt: skip


def _word(view: BackwardView, unit: int, t: int) -> Moment:
    now, i, word = view.reading, view.path.index(t), view.reading.words[t]
    here, since = (percent(s) for s in (view.shares[t], view.shares[view.path[: i + 1]].sum()))
    look = f"the share: “{word}” adds {here} of all; with it {since}."
    if now.earlier(t) is None:
        look = f"the share: “{word}” adds nothing: the state before it is 0."
    elif view.truncate and (i + 1) % view.truncate == 0 and view.bwd.d_a[t].any():
        look += " Here truncation cuts."
    return Moment(t, f"back through {word}", f"gradient at {word}: length {view.lengths[t]:.2g}",
                  lines.word(view, unit, t), look)  # fmt: skip


def stretched(view: BackwardView, unit: int, by: str, frames: list[Frame]) -> list[Frame]:
    """A frame for each moment, as often as the film has one for it."""
    counts = [len(moment.lines) if by == "line" else 1 for moment in moments(view, unit)]
    return [frame for frame, n in zip(frames, counts, strict=True) for _ in range(n)]


class _Frames:
    """The frames of one film, and the panels that they change."""

    def __init__(self, view: BackwardView, unit: int, by: str, high: int) -> None:
        self.view, self.unit, self.by, self.high = view, unit, by, high
        self.now = now = view.reading
        self.moments = moments(view, unit)
        self.place = now.order.index(unit), now.order.index(view.partner)
        losses = None
        if now.model.per_step:
            losses = dict(zip(view.asked, map(short, view.losses), strict=True))
        self.strip = now.strip(True, f"{view.update.loss_before:.3f}", losses)
        self.figure = gradient.figure(view)
        self.weights = now.params["W_hh"][now.block][np.ix_(now.order, now.order)].T

    def panels(self) -> list[Panel]:
        """All that the page shows."""
        view, now, side = self.view, self.now, {"area": "side"}
        loss = [node("em", "L"), f" = {view.update.loss_before:.3f}"]
        right: list[Node] = [f"the mean of {len(view.asked)} losses, ", *loss]
        if isinstance(view.target, str):
            number = view.wanted[0]
            wanted = node("b", view.target, color=POSITIVE if number == now.answer else NEGATIVE)
            p = f" = {now.fwd.p[-1, number]:.2f}, loss "
            right = ["wanted ", wanted, ", ", node("em", "P"), p, *loss]
        shown = [now.called, "" if now.signal == "h" else f"gradient of {now.drawn.symbol}",
                 "" if view.follow is None else f"of loss {view.follow + 1} alone"]  # fmt: skip
        sub = " · ".join(filter(None, shown))
        grad = view.bwd.grads["W_hh" + now.place.suffix][now.block]
        limit = float(np.abs(grad).max()) if view.finite else 0.0
        return [
            Text("heading", page_frame.heading("step_back", *right, sub=sub), card=True),
            *self.pictures(), Text("gradient look", gradient.look(view)),
            Text("code", "", **side, card=True, share=380),
            Text("sums title", "", **side, card=True, share=190),
            Figure("sums", figures.sums(len(now.order), limit or 1.0), 90, "The gradient of W_hh",
                   "What this word adds, and all so far", factors=self._factors(), grow=1, **side),
            Text("sums look", "", **side),
        ]  # fmt: skip

    def pictures(self) -> list[Panel]:
        """The unrolled network turned round, and the gradient over it."""
        now, n = self.now, self.now.n_columns
        banded = self.view.itemised and self.view.follow is None
        said = (
            f"Heatmap of the gradient at {now.model.n_hidden} hidden units over {len(now.words)} "
            f"words; under it its length at each"
        )
        if not self.view.itemised:
            said += f". The memory horizon is {self.view.horizon} words"
        return [
            Drawing("strip", self.strip.marks, self.strip.height, "The way back", columns=n),
            Figure("gradient", self.figure, 250, "How the gradient travels back", said,
                   clicks="cell", narrow=figures.NARROW, columns=n, grow=1,
                   stack=figures.stack(now.model.n_hidden, self.high if banded else LOW)),
        ]  # fmt: skip

    def _factors(self) -> dict[str, Any]:
        """The vectors whose outer products fill the sums, in the path's order; after them those
        that make W_hh^T: its rows, and for each the vector that picks it.
        """
        view, now, order = self.view, self.now, self.now.order
        left, right = view.bwd.d_u[view.path][:, now.block], now.fwd.h_before[view.path]
        if not view.finite:
            left, right = np.zeros_like(left), np.zeros_like(right)
        pick, rows = np.eye(len(order), dtype=int).tolist(), np.round(self.weights, 4).tolist()
        return {"left": np.round(left[:, order], 9).tolist() + pick,
                "right": np.round(right[:, order], 6).tolist() + rows}  # fmt: skip

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
        where = "" if j is None else f", line {j + 1} of {len(moment.lines)}"
        lit: dict[str, Any] = {"pill": isinstance(t, int)}
        if line is not None:
            lit = {"lit": (line.lit,) if line.lit else ()}
        multiplies = line is not None and line.lit == "before" and line.more != ""
        look, rows = moment.look, f": the rows of {now.gate.symbol}" if now.gate else ""
        title: list[Node] = ["dW", node("sub", "hh"), " adds up", rows]
        if multiplies:
            title = ["Handed on: ", formula("W_hh^T"), " times ", formula("dL/da_t")]
            look = "the framed row: it makes the framed number."
        panels = {
            "strip": self.strip.states(t, **lit),
            **self._pictures(i, j, multiplies),
            "code": self._code(moment, line, place[0] - (j or 0), other),
            "headline": _headline(moment, line),
            "sums title": node("h3", *title),
            "sums look": look_for(look),
        }
        what: list[Node] = [moment.what]
        if isinstance(t, int):
            what = ["back through ", node("b", now.words[t])]
        label = f"frame {place[0] + 1} of {place[1]}: {moment.what}{where}"
        at = now.columns[t] if isinstance(t, int) else None
        if t in ("loss", "readout"):  # where the way begins; a column's number would take its click
            at = now.columns[self.view.path[0]] + 0.5
        return Frame(label, node("span", *what, where), moment.say, panels, at)

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
            reached, t = int(j is None or len(lit) == 3), view.path[0]
        sums: dict[str, Any] = {"outer": {"0": [done, done + added], "1": [0, done + added]},
                                "layout": figures.adds(self.place, parts)}  # fmt: skip
        word = t if isinstance(t, int) else None
        if multiplies and word is not None:
            sums = self._product(word)
        return {"sums": sums, "gradient": figures.at_step(
            self.figure, now.known, word, self.place[0], reached, now.place.backwards, to
        )}  # fmt: skip

    def _product(self, t: int) -> dict[str, Any]:
        """In place of the sums: W_hh^T, the gradient that it multiplies, what word t hands on."""
        now, n = self.now, len(self.now.words)
        d, handed = (np.nan_to_num(v[now.order])
                     for v in (self.view.bwd.d_u[t, now.block], self.view.passed[t]))  # fmt: skip
        gradient = f"∂L/∂{formulas.seen(self.view)}<sub>{t + 1}</sub>"
        names = "W<sub>hh</sub><sup>T</sup>", gradient, "handed on"
        largest = float(np.abs(self.weights).max())
        return {**figures.product(d, handed, largest, self.place[0], names),
                "outer": {"0": [n, n + len(d)]}}  # fmt: skip

    def _code(self, moment: Moment, line: Line | None, start: int, other: int) -> Node:
        """The lines of a moment, those that run marked; a click on one goes to where it runs."""
        ways = [node("button", said, class_="token on" if way == self.by else "token",
                     click=None if way == self.by else {"by": way, "f": other + 1})
                for way, said in WAYS.items()]  # fmt: skip
        here, t, loop = f"unit {self.unit}", moment.at, list[Node]()
        if isinstance(t, int):
            here = f"“{self.now.words[t]}”, {here}"
            loop = [node("p", *lines.LOOP.lines, class_="mono sub")] if line else []
        head = node("div", node("h3", "The lines that run"), node("span", here, class_="sub"),
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
