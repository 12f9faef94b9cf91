"""Slow motion: one update, as it happens to the sentence from which it is learned.

It is read, word by word; there is a loss; the gradient flows back; the weights move.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.formula import formula
from ui.kit.numbers import compact, number, short
from ui.kit.player import Drawing, Figure, Node, Panel, Text, node
from ui.kit.sentence import sentence
from ui.kit.theme import BACKWARD, FORWARD
from ui.sequence import states, targets
from ui.sequence.reading import Reading
from ui.sequence.session import STAGES, Session
from ui.sequence.targets import Target
from ui.train import text


class Lesson:
    """The sentence of the next update, or of the one just made, and how far it is.

    now : read by the model before the update. bwd : its gradient. stage : of STAGES. t : the word.
    """

    def __init__(self, session: Session, layer: int) -> None:
        self.session, self.stage = session, STAGES[session.stage]
        data, train = session.run.dataset, session.run.dataset.train
        right = data.right(train, session.lesson)
        self.target: Target = tuple(right) if isinstance(right, list) else right or ""
        before = session.before if self.stage == "update" else None
        model = before.model if before else session.run.model
        self.now = Reading(model, model.vocabulary.encode(train.texts[session.lesson]), layer=layer)
        self.bwd = model.backward(self.now.fwd, self.target)
        asked = targets.asked(self.target, len(self.now.words))
        self._losses = {
            t: short(model.loss(self.now.fwd, targets.only(self.target, i)))
            for i, t in enumerate(asked) if model.per_step
        }  # fmt: skip
        self.strip = self.now.strip(self.stage != "forward", losses=self._losses)
        steps = list(range(len(self.now.words)))
        if self.now.place.backwards != (self.stage == "backward"):
            steps.reverse()
        last = len(steps) - 1
        place = last
        if self.stage in ("forward", "backward"):
            place = min(int(session.stage_share * len(steps)), last)
        self.t, self._seen = steps[place], steps[: place + 1]

    @property
    def panels(self) -> list[Panel]:
        """One card: the unrolled network of this sentence, its states or gradients, and a line."""
        n = self.now.n_columns
        return [
            Text("lesson title", "", card=True, share=266),
            Drawing("lesson strip", self.strip.marks, self.now.strip(True).height,
                    text.STRIP, columns=n),
            Figure("lesson", self._figure(), 40, text.LESSON_LABEL, text.LESSON_SAYS, columns=n,
                   grow=1),
            Text("lesson line", ""),
        ]  # fmt: skip

    @property
    def patches(self) -> dict[str, Any]:
        """How the panels are now."""
        at: int | str = {"loss": "loss", "update": "end"}.get(self.stage, self.t)
        names = [node("span", text.STAGES[one], class_="token on" if one == self.stage else "token")
                 for one in STAGES]  # fmt: skip
        batch, is_one = len(self.session.run.upcoming), isinstance(self.target, str)
        said = text.LESSON[("one" if is_one else "many") + (" of" if batch > 1 else "")]
        title = node("h3", *sentence(said, answer=node("em", str(self.target)), batch=batch,
                                     n=len(self._losses)))  # fmt: skip
        tokens = node("span", *names, class_="tokens")
        return {
            "lesson title": node("div", title, tokens, class_="heading"),
            "lesson strip": self.strip.states(at, pill=self.stage == "backward"),
            "lesson line": node("p", *self._line(), class_="look"),
        }

    def _figure(self) -> go.Figure:
        """The states read so far; on the way back, the gradients that have arrived so far."""
        back = self.stage in ("backward", "update")
        values = np.array(self.bwd.d_h if back else self.now.fwd.h, float)
        limit = float(np.abs(values).max()) if back else 1.0
        values[[t for t in range(len(values)) if t not in self._seen]] = np.nan
        bar = theme.color_bar((-1, 1))
        bar |= {"tickvals": [-limit, 0, limit], "ticktext": [f"−{limit:.2g}", "0", f"+{limit:.2g}"]}
        cells = theme.heatmap(
            states.spread(values, self.now.known), BACKWARD if back else FORWARD, limit or 1.0,
            ygap=0.5, showscale=True, colorbar=bar, hoverinfo="skip",
        )  # fmt: skip
        bare = theme.axis(showticklabels=False)
        return go.Figure(cells, theme.layout(
            margin={"l": 46, "r": 44, "t": 8, "b": 8},
            xaxis={**bare, "range": [-0.5, self.now.n_columns - 0.5]},
            yaxis={**bare, "range": [values.shape[1] - 0.5, -0.5],
                   "title": theme.title("dL/dh" if back else "h")},
        ))  # fmt: skip

    def _line(self) -> list[Node]:
        """The stage in one line, with its number."""
        run, word, model = self.session.run, self.now.words[self.t], self.now.model
        loss = model.loss(self.now.fwd, self.target)
        if self.stage == "forward":
            law = formula("h_t = f(x_t, h_{t-1})", self.now.indices(self.t))
            return sentence(text.READS, word=word, t=self.t + 1, n=len(self.now.words), formula=law)
        if self.stage == "loss" and isinstance(self.target, str):
            p = self.now.fwd.p[-1, model.class_number(self.target)]
            return [text.ITS_LOSS.format(answer=self.target, p=p, loss=loss)]
        if self.stage == "loss":
            return [text.ITS_LOSSES.format(n=len(self._losses), loss=loss)]
        if self.stage == "backward":
            length = compact(float(np.linalg.norm(self.bwd.d_h[self.t])))
            return sentence(text.GOES_BACK, word=word, length=length, sum=formula("dW_hh"))
        old, new = self.now.params["W_hh"], run.model.weights(self.now.place)["W_hh"]
        i, j = np.unravel_index(np.abs(new - old).argmax(), old.shape)
        after = run.model.loss(run.model.forward(self.now.encoding.ids), self.target)
        return sentence(
            text.MOVES, weights=formula("W_hh"), column=j, row=i, old=number(float(old[i, j])),
            new=number(float(new[i, j])), before=loss, after=after,
        )  # fmt: skip
