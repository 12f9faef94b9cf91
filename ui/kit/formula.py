"""Formulas: written as text, shown as MathML, each symbol in its colour.

    formula("h_t = tanh(W_xh x_t + W_hh h_{t-1} + b_h)", {"t": 3})

The grammar; blanks only part what would run together, and side by side means times:

    row      = {"-" | "√"} factor {[operator {"-" | "√"}] factor}
    factor   = symbol | gradient | number | "(" row ")" | "[" row "]" | "…"
    symbol   = name ["_" index] ["^" character]      h_t  h_{t-1}  W_hh^T  h_t²  tanh  σ(
    index    = letters and digits | "{" index {("+" | "-" | ",") index} "}"
    gradient = ("dL/d" | "d_") symbol                dL/dh_t, or d_h_t as a cell writes it
             | "d" parameter                         dW_hh, in the parameter's colour
    operator = "=" "+=" "-=" "+" "-" "*" "·" "×" "⊙" "/" "," "<" ">" "→" "≈"

A name of several letters, or right before "(", is a function or a word: upright. A product has
the colour of the weight that begins it; a gradient, and a bias, have their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from ui.kit.player import Node, node
from ui.kit.theme import BIAS, GRADIENT, W_HH, W_HY, W_XH

TOKEN = re.compile(r"""\s*(?:
    (?P<gradient> dL/d | d_ | d(?=[Wb](?:_|\b)) )
  | (?P<name> [^\W\d_]+ ) (?: _(?: (?P<bare>[^\W_]+) | \{(?P<braced>\w+([-+,]\w+)*)\} ) )?
                          (?: \^(?P<power>[^\W_]) )? (?P<called>(?=\())?
  | (?P<number> \d+(?:\.\d+)? )
  | (?P<sign> [+-]= | [-+*/=,<>·×⊙→≈√…()[\]] )
  | (?P<end> $ )
)""", re.X)  # fmt: skip
COLORS = {"W_xh": W_XH, "W_hh": W_HH, "W_hy": W_HY, "b_h": BIAS, "b_y": BIAS}
PRINTED = {"-": "−", "-=": "−=", "*": "·", "if": "\u00a0if\u00a0", "else": "\u00a0else\u00a0"}


def formula(text: str, at: Mapping[str, int | str] = MappingProxyType({})) -> Node:
    """Turn a formula into MathML. at : what stands for a name or an index, {"t": 3, "t-1": 4}.

    Without a "t-1" it follows from t. Raises ValueError with the text and the place of what cannot
    be read.
    """
    return _made(text, tuple(at.items()))


@lru_cache(maxsize=4096)
def _made(text: str, at: tuple[tuple[str, int | str], ...]) -> Node:
    """Read each formula once: pages ask for the same ones again and again, and change no node."""
    reader = _Reader(text, dict(at))
    row = reader.row()
    return node("math", *row) if reader.ahead["end"] is not None else reader.fail()


class _Reader:
    """Reads a formula from left to right; `ahead` is the token that comes next."""

    def __init__(self, text: str, at: Mapping[str, int | str]) -> None:
        self.text, self.at, self.place = text.replace("²", "^2").replace("−", "-"), at, 0
        self.ahead = TOKEN.match(self.text) or self.fail()

    def fail(self) -> Any:
        rest = self.text[self.place :].strip() or "nothing"
        raise ValueError(f"formula {self.text!r}, place {self.place}: cannot read {rest!r}")

    def take(self, kind: str, *among: str) -> str:
        """Go on past a token of this kind, one of these, and return it."""
        text = self.ahead[kind]
        if text is None or (among and text not in among):
            self.fail()
        self.place = self.ahead.end()
        self.ahead = TOKEN.match(self.text, self.place) or self.fail()
        return text

    def sign(self, *among: str) -> Node:
        text = self.take("sign", *among)
        return node("mo", PRINTED.get(text, text))

    def row(self) -> list[Node]:
        """Factors with what stands between them."""
        nodes: list[Node] = []
        product = None  # the weight that the next factor may join, as it stands in nodes
        while True:
            while self.ahead["sign"] in ("-", "√"):
                nodes.append(self.sign())
            may_join = product is not None and self.ahead["name"]
            made, color = self.factor()
            if color:
                nodes.append(node("mrow", *made, color=color))
                product = None if color in (GRADIENT, BIAS) else nodes[-1]
            elif may_join and "class" not in made[0][1]:
                product.extend(made)
            else:
                nodes, product = nodes + made, None
            sign = self.ahead["sign"]
            if self.ahead["end"] is not None or sign in (")", "]"):
                return nodes
            if sign not in (None, "(", "[", "…", "√"):
                nodes, product = [*nodes, self.sign()], None

    def factor(self) -> tuple[list[Node], str | None]:
        """One factor's nodes, and its colour."""
        if self.ahead["number"]:
            return [node("mn", self.take("number"))], None
        if self.ahead["name"]:
            return self.symbol()
        if self.ahead["gradient"]:
            begun = self.take("gradient")
            made, color = self.symbol()
            if begun == "d":
                return [node("mi", "d"), *made], color
            before = [node("mo", "∂"), node("mi", "L"), node("mo", "/"), node("mo", "∂")]
            return [*before, *made], GRADIENT
        opening = self.sign("(", "[", "…")
        if opening[2] == "…":
            return [opening], None
        return [opening, *self.row(), self.sign(")" if opening[2] == "(" else "]")], None

    def symbol(self) -> tuple[list[Node], str | None]:
        """A name with its index and power, and the colour of a parameter."""
        found = self.ahead
        name, index, power = self.take("name"), found["bare"] or found["braced"], found["power"]
        if name in PRINTED:
            return [node("mtext", PRINTED[name])], None
        upright = len(name) > 1 or found["called"] is not None
        parts = [node("mi", str(self.at.get(name, name)), class_="fn" if upright else None)]
        if index:
            inside = [part for piece in re.split("(,)", index) for part in self.index(piece)]
            parts.append(inside[0] if len(inside) == 1 else node("mrow", *inside))
        if power:
            parts.append(node("mn", power) if power.isdigit() else node("mi", power, class_="fn"))
        tag = {(1, 0): "msub", (0, 1): "msup", (1, 1): "msubsup"}.get((bool(index), bool(power)))
        return [node(tag, *parts)] if tag else parts, COLORS.get(f"{name}_{index}")

    def index(self, text: str) -> list[Node]:
        """One index, or what stands for it here."""
        base, sign, by = re.fullmatch("([^+-]+)([+-]?)(.*)", text).groups()
        if sign and text not in self.at and base in self.at:
            text = str(int(self.at[base]) + int(sign + by))
        parts = re.findall(r"\w+|\W", str(self.at.get(text, text)))
        return [
            node("mo", PRINTED.get(part, part)) if not part.isalnum()
            else node("mn" if part.isdigit() else "mi", part)
            for part in parts
        ]  # fmt: skip
