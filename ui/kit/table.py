"""What a visitor can set: one table. A new setting is a line here, and a widget that shows it.

Its name is its name in the address, too. `settings.py` owns the values.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rnn_core import ACTIVATIONS, CELLS, INITIALIZERS, OPTIMIZERS
from rnn_core.experiments.bugs import BUGS
from rnn_core.experiments.loss_cliff import CLIP_AT, LR, STARTING_POINTS
from rnn_core.experiments.tasks import TASKS
from rnn_core.experiments.translation import TRANSLATIONS

Value = str | int | float | bool | None
VERSION = "2"
"""What a link without a value means is fixed by this number: a changed default raises it."""
SWITCH = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
NUMBER = {
    int: re.compile(r"-?[0-9]{1,12}"),
    float: re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,12})?(e-?[0-9]{1,2})?"),
}
LONGEST_TEXT = 10_000
"""Characters of a text in an address."""


@dataclass(frozen=True)
class Setting:
    """One thing that can be set.

    default : None where the page knows better than a table: the last word, the strongest unit,
    the learning rate that suits the cell. kind : str, int, float or bool. allowed : a range, or
    the choices in their order; nothing for a text, and where only the page knows them.
    """

    default: Value
    allowed: Sequence[Value] = ()
    kind: type = str

    def nearest(self, value: Value, allowed: Sequence[Value] = ()) -> Value:
        """The value itself if it is allowed, else the nearest that is.

        allowed : where a page offers less than the table, or other choices.
        """
        allowed = allowed or self.allowed
        if value is None or value in allowed or not allowed:
            return value
        if self.kind in (str, bool):
            return self.default if self.default in (None, *allowed) else allowed[0]
        return min(allowed, key=lambda known: abs(known - value))  # type: ignore[operator]

    def parse(self, text: str) -> Value:
        """What a text in an address means; None for nothing. Choices are found in any spelling."""
        if self.kind is str:
            same = [known for known in self.allowed if str(known).lower() == text.lower()]
            return same[0] if same else text[:LONGEST_TEXT]
        if self.kind is bool:
            return SWITCH.get(text.lower())
        value = self.kind(text) if NUMBER[self.kind].fullmatch(text) else None
        return value if value is None or math.isfinite(value) else None

    def text(self, value: Value) -> str:
        """The value as an address says it."""
        return str(int(value) if isinstance(value, bool) else value)


def _setting(default: Value, allowed: Sequence[Value] = (), kind: type | None = None) -> Setting:
    return Setting(default, allowed, kind or type(default))


UNITS = (1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 128, 256)
RATES = (0.0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0,
         10.0)  # fmt: skip
CLIPS = ("value", "norm", "none")
CLIPS_AT = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
RADII = (0.0, 0.3, 0.4, 0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.5, 1.6, 2.0, 3.0)
FORGET = (0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0)
HUNDREDTHS = tuple(round(0.01 * i, 2) for i in range(1, 100))
LONGEST_RUN = 2000
"""Epochs that a link may ask for."""
MOST_WORDS = 40
ALL_THE_WAY = 200
"""Truncation at so many words of the laboratory is none: no sentence there is longer."""
FAR = range(-9999, 10000)
"""For a place whose range only the page knows: it corrects, and says so."""
CLIFF_XH = tuple(round(-1.2 + i * 0.05, 2) for i in range(81))
CLIFF_HH = tuple(round(0.4 + i * 0.05, 2) for i in range(45))

TABLE: dict[str, Setting] = {
    # the sentence
    "s": _setting("i am not at all bad or sad right now"),
    "s2": _setting("this is not good"),
    "target": _setting(None, (), str),
    "model": _setting(None, ("everyday", "trained", "file"), str),
    # which wiring Read, Step back and Train show: of a sentence, or as on the page of that name
    "wiring": _setting("sentence", ("sentence", "translate", "see")),
    # the network, and how it is trained; None: what suits the data and the cell (models.recipe)
    "data": _setting("sentiment"),
    "cell": _setting("rnn", tuple(CELLS)),
    "layers": _setting(1, range(1, 4)),
    "both": _setting(False, (False, True)),
    "units": _setting(16, UNITS),
    "seed": _setting(0, range(1000)),
    "epoch": _setting(None, range(LONGEST_RUN + 1), int),
    "lr": _setting(None, RATES, float),
    "optimizer": _setting(None, tuple(OPTIMIZERS), str),
    "batch": _setting(None, (1, 2, 4, 8, 16, 32, 58, 128), int),
    "init": _setting(None, tuple(INITIALIZERS), str),
    "radius": _setting(None, RADII, float),
    "clip": _setting("value", CLIPS),
    "at": _setting(1.0, CLIPS_AT),
    "activation": _setting("tanh", tuple(ACTIVATIONS)),
    "forget": _setting(1.0, FORGET),
    # what of it is shown
    "present": _setting(False, (False, True)),
    "stop": _setting(""),
    "lecture": _setting(""),
    "t": _setting(None, FAR, int),
    "unit": _setting(None, FAR, int),
    "order": _setting("effect", ("effect", "likeness", "number")),
    "layer": _setting(None, (), str),
    "signal": _setting(None, (), str),
    "hold": _setting(""),
    "hold_gate": _setting(None, (), str),
    "hold_at": _setting(1.0, tuple(round(-1 + i * 0.05, 2) for i in range(41))),
    "hold_units": _setting("all", ("all", "one")),
    "hold_words": _setting("all", ("all", "here")),
    # weights set by hand, whose they are, and the one in hand; the plane of two units
    "weights": _setting(""),
    "weights_of": _setting("trained", ("trained", "everyday", "file")),
    "weight": _setting(""),
    "plane": _setting(True, (False, True)),
    # what the maker of a link locked or hid: names of settings
    "lock": _setting(""),
    "hide": _setting(""),
    # whether a page's work begins by itself; it is asked once
    "play": _setting(False, (False, True)),
    # Read
    "view": _setting(None, (), str),
    "cut": _setting("silence", ("silence", "skip", "freeze", "swap")),
    # Step back
    "by": _setting("word", ("word", "line")),
    "below": _setting(None, (), str),
    "f": _setting(None, FAR, int),
    "k": _setting(MOST_WORDS, range(1, MOST_WORDS + 1)),
    "step_clip": _setting(None, CLIPS, str),
    "step_at": _setting(None, CLIPS_AT, float),
    "step_lr": _setting(None, RATES, float),
    "scale": _setting("linear", ("linear", "log")),
    "loss_at": _setting(0, range(MOST_WORDS + 1)),
    "p": _setting(None, HUNDREDTHS, float),
    "p_rest": _setting(None, HUNDREDTHS, float),
    # Train
    "goal": _setting(60, (20, 40, 60, 100, 200, 400, 600, 1000, 2000)),
    "pace": _setting("epochs", ("slow", "steps", "epochs", "all")),
    "loss": _setting("linear", ("linear", "log")),
    "runs": _setting(None, (), str),
    "part": _setting("test", ("test", "train")),
    "ab": _setting("start", ("clip", "optimizer", "start", "units", "cell", "both", "layers",
                              "transpose", "batch", "order", "random")),
    "seeds": _setting(5, range(5, 21)),
    # Write; None: what suits the text
    "prompt": _setting("the "),
    "text": _setting("quotes"),
    "symbols": _setting(None, ("characters", "words"), str),
    "w_cell": _setting(None, tuple(CELLS), str),
    "w_layers": _setting(1, range(1, 4)),
    "w_units": _setting(None, UNITS[:10], int),
    "w_lr": _setting(None, RATES, float),
    "w_optimizer": _setting("adam", tuple(OPTIMIZERS)),
    "w_batch": _setting(None, (1, 2, 4, 8, 16, 32), int),
    "w_k": _setting(25, (1, 2, 5, 10, 25, 50, 100)),
    "w_carry": _setting(True, (False, True)),
    "w_clip": _setting("norm", CLIPS),
    "w_at": _setting(1.0, CLIPS_AT),
    "w_seed": _setting(0, range(1000)),
    "w_goal": _setting(None, (5, 10, 20, 40, 80, 160, 320, 640), int),
    "w_epoch": _setting(None, range(LONGEST_RUN + 1), int),
    "w_t": _setting(None, FAR, int),
    "temperature": _setting(0.7, (0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 1.0, 1.2, 1.5, 2.0, 5.0)),
    "top_k": _setting(0, (0, 1, 2, 3, 5, 10)),
    "draw": _setting(0, range(1000)),
    "drawn": _setting(""),
    "colour": _setting("surprise", ("surprise", "unit")),
    "w_unit": _setting(None, FAR, int),
    "w_place": _setting(None, FAR, int),
    "feature": _setting(None, (), str),
    "passage": _setting("surprise", ("surprise", "unit")),
    "word": _setting(None, (), str),
    "w_below": _setting(None, (), str),
    # See; pictures are their 64 pixels, row by row, in hexadecimal
    "v_task": _setting("caption", ("caption", "film", "digit")),
    "v_picture": _setting("40e0400000070507"),
    "v_digit": _setting("0018241c04041800"),
    "v_film": _setting(51, range(1000)),
    "v_network": _setting(None, (), str),
    "v_pixels": _setting("leave", ("picture", "leave", "gradient")),
    "v_cell": _setting("gru", tuple(CELLS)),
    "v_units": _setting(64, UNITS[3:10]),
    "v_lr": _setting(0.01, RATES[1:9]),
    "v_seed": _setting(0, range(1000)),
    "v_epoch": _setting(None, range(LONGEST_RUN + 1), int),
    "v_loss": _setting(None, FAR, int),
    "v_t": _setting(None, FAR, int),
    # Translate; None: what suits the task
    "x_task": _setting("translation", tuple(TRANSLATIONS)),
    "source": _setting(None, (), str),
    "x_cell": _setting(None, tuple(CELLS), str),
    "x_units": _setting(None, UNITS[:10], int),
    "x_layers": _setting(1, range(1, 4)),
    "x_attention": _setting(None, (False, True), bool),
    "x_both": _setting(False, (False, True)),
    "x_reversed": _setting(False, (False, True)),
    "x_lr": _setting(None, RATES, float),
    "x_seed": _setting(0, range(1000)),
    "x_goal": _setting(None, (2, 4, 6, 8, 10, 13, 20, 30, 40), int),
    "x_epoch": _setting(None, range(LONGEST_RUN + 1), int),
    "x_t": _setting(None, FAR, int),
    "x_loss": _setting(None, range(60), int),
    "x_forced": _setting(False, (False, True)),
    "beam": _setting(1, (1, 3)),
    "x_below": _setting(None, (), str),
    # Memory: the laboratory
    "m_tab": _setting(None, (), str),
    "m_task": _setting("remember_first", tuple(TASKS)),
    "m_length": _setting(40, range(1, 201)),
    "m_cell": _setting("rnn", tuple(CELLS)),
    "m_both": _setting(False, (False, True)),
    "m_init": _setting("orthogonal", tuple(INITIALIZERS)),
    "m_radius": _setting(0.9, RADII),
    "m_activation": _setting("tanh", tuple(ACTIVATIONS)),
    "m_forget": _setting(1.0, FORGET),
    "m_units": _setting(32, (1, 4, 8, 16, 32, 64)),
    "m_k": _setting(ALL_THE_WAY, range(1, ALL_THE_WAY + 1)),
    "m_optimizer": _setting("Adam 0.003", ("Adam 0.003", "SGD 0.1", "SGD 0.02")),
    "m_clip": _setting("norm", ("norm", "value", "none")),
    "m_at": _setting(1.0, (0.1, 0.3, 1.0, 3.0, 10.0)),
    "m_seed": _setting(0, range(1000)),
    "m_compare": _setting("nothing", ("nothing", "radius", "init", "cell", "both", "forget", "clip",
                                      "k", "length")),
    "m_seeds": _setting(3, (3, 4, 5)),
    "m_steps": _setting(300, (100, 250, 300, 600, 1000)),
    "m_when": _setting("untrained", ("untrained", "trained")),
    # Memory: the loss cliff
    "w_xh": _setting(next(iter(STARTING_POINTS.values()))[0], CLIFF_XH),
    "w_hh": _setting(next(iter(STARTING_POINTS.values()))[1], CLIFF_HH),
    "cliff_lr": _setting(LR, (0.05, 0.1, 0.2, 0.5, 1.0)),
    "cliff_at": _setting(CLIP_AT, (0.3, 1.0, 3.0, 10.0)),
    # Is it right?
    "tab": _setting(None, (), str),
    "epsilon": _setting("1e-5", tuple(f"1e-{i}" for i in range(1, 12))),
    "bug": _setting("mystery", ("mystery", *BUGS)),
    "mystery": _setting(0, range(1000)),
    "start": _setting("model", ("model", "tiny")),
    "race_seeds": _setting(6, range(3, 21)),
}  # fmt: skip
