"""The formulas of the way back, as on the board, and the same with this step's numbers."""

from __future__ import annotations

from collections.abc import Sequence

from ui.figures.theme import BIAS, BLAME, W_HH, W_HY, W_XH
from ui.plot.plot import Node, node
from ui.words import indexed, maths, number, weight


def d(name: str, index: str = "") -> Node:
    """d_h with its index: the blame at h_t."""
    parts = [node("mo", "∂"), node("mi", "L"), node("mo", "/"), node("mo", "∂"),
             indexed(name, index) if index else node("mi", name)]  # fmt: skip
    return node("mrow", *parts, color=BLAME)


def transposed(name: str) -> Node:
    """W_hh with a T."""
    return node("msubsup", node("mi", "W"), node("mi", name), node("mi", "T", class_="fn"))


def small(value: float) -> str:
    """A number of any size, four digits: −0.0423 or −4.23e−08."""
    text = f"{value:+.4f}" if value == 0 or 1e-3 <= abs(value) < 1e4 else f"{value:+.2e}"
    return text.replace("-", "−")


def rows(*lines: tuple[Node, str]) -> Node:
    """Formulas, each with its numbers beneath."""
    blocks = [
        node("div", node("p", formula), node("p", numbers, class_="mono small quiet"))
        for formula, numbers in lines
    ]
    return node("div", *blocks, class_="formulas")


def loss(classes: Sequence[str], p: Sequence[float], target: int, value: float) -> Node:
    """L = -ln p_c, dL/dy = p - onehot(c), and a table with the numbers."""
    formula = maths(node("mi", "L"), node("mo", "="), node("mo", "−"),
                    node("mi", "ln", class_="fn"), indexed("p", "c"))  # fmt: skip
    blame = maths(d("y"), node("mo", "="), node("mi", "p"), node("mo", "−"),
                  node("mi", "onehot", class_="fn"), node("mo", "("), node("mi", "c"),
                  node("mo", ")"))  # fmt: skip
    head = node("tr", *(node("th", text, class_="quiet") for text in ("", "p", "onehot", "∂L/∂y")))
    body = [
        node(
            "tr",
            node("td", node("b", name) if i == target else name),
            *(node("td", text, class_="mono") for text in (
                f"{p[i]:.4f}", "1" if i == target else "0", small(p[i] - (i == target)))),
        )
        for i, name in enumerate(classes)
    ]  # fmt: skip
    return node(
        "div",
        rows((formula, f"−ln {p[target]:.4f} = {value:.4f} nats"), (blame, "")),
        node("table", node("tbody", head, *body)),
    )


def readout(
    t: int, unit: int, h: float, d_y: Sequence[float], w: Sequence[float], d_h: float
) -> Node:
    """dW_hy = dL/dy h_T^T, db_y = dL/dy, and the blame that enters the last state."""
    h_t = node("msubsup", node("mi", "h"), node("mn", str(t)), node("mi", "T", class_="fn"))
    step = maths(node("mrow", node("mi", "d"), weight("hy"), color=W_HY), node("mo", "="), d("y"),
                 h_t)  # fmt: skip
    enter = maths(d("h", str(t)), node("mo", "="), node("mrow", transposed("hy"), color=W_HY),
                  d("y"))  # fmt: skip
    bias = maths(node("mi", "d"), indexed("b", "y"), node("mo", "="), d("y"))
    first = ", ".join(f"{small(v)} × {number(h)} = {small(v * h)}" for v in d_y[:2])
    terms = " + ".join(f"{number(a, 2)} × {small(b)}" for a, b in zip(w[:3], d_y[:3], strict=True))
    return rows(
        (step, f"unit {unit}: {first}"),
        (bias, ", ".join(small(v) for v in d_y[:4])),
        (enter, f"unit {unit}: {terms} = {small(d_h)}"),
    )


def adds(
    t: int, earlier: int, word: str, unit: int, partner: int, g: float, h_partner: float,
    before: float, after: float, own: float,
) -> list[tuple[Node, str]]:  # fmt: skip
    """What word t adds to dW_hh, dW_xh and db_h. word : "" where no single word comes in.

    before, after : dW_hh[unit, partner] before and after this word's share. own : what its
    column and its bias get: g, unless the memory sees another.
    """
    g_t = node("mrow", indexed("g", str(t)), color=BLAME)
    h_before = node(
        "msubsup", node("mi", "h"), node("mn", str(earlier)), node("mi", "T", class_="fn")
    )
    add = maths(node("mrow", node("mi", "d"), weight("hh"), color=W_HH), node("mo", "+="), g_t,
                h_before)  # fmt: skip
    x_t = node("msubsup", node("mi", "x"), node("mn", str(t)), node("mi", "T", class_="fn"))
    place = [node("mo", "["), node("mi", word, class_="fn"), node("mo", "]")] if word else []
    column = maths(node("mrow", node("mi", "d"), weight("xh"), color=W_XH), *place,
                   node("mo", "+="), g_t, *([] if word else [x_t]),
                   node("mo", ","), node("mrow", node("mi", "d"), indexed("b", "h"), color=BIAS),
                   node("mo", "+="), g_t)  # fmt: skip
    share = f"unit {unit} ← unit {partner}: {small(before)} + ({small(g)} × {number(h_partner)})"
    to = f"{small(own)} is added to both" if word else f"{small(own)} is added to its bias"
    return [(add, f"{share} = {small(after)}"), (column, f"unit {unit}: {to}")]


def one_word(
    t: int, word: str, unit: int, partner: int, slope: float, d_h: float, g: float,
    h_partner: float, before: float, after: float, passed: float, derivative: str,
    earlier: int, first: bool,
) -> Node:  # fmt: skip
    """What happens at word t: g_t, the three sums, and the blame passed on to the word before.

    earlier : its number; first : whether there is none. For the others see `adds`.
    """
    g_t = node("mrow", indexed("g", str(t)), color=BLAME)
    squash = maths(g_t, node("mo", "="), node("mo", "("), node("mi", derivative, class_="fn"),
                   node("mo", ")"), node("mo", "·"), d("h", str(t)))  # fmt: skip
    back = maths(d("h", str(earlier)), node("mo", "="),
                 node("mrow", transposed("hh"), color=W_HH), g_t)  # fmt: skip
    nothing = "before the first word there is nothing to blame: h₀ = 0"
    return rows(
        (squash, f"unit {unit}: {slope:.4f} × {small(d_h)} = {small(g)}"),
        *adds(t, earlier, word, unit, partner, g, h_partner, before, after, g),
        (back, nothing if first else f"unit {unit}: {small(passed)}"),
    )


def handed_down(t: int, unit: int, layer: str, d_h: float) -> Node:
    """The blame that a state below the top gets: from the layer above, at the same word."""
    g = node("mrow", indexed("g", str(t)), color=BLAME)
    enter = maths(d("h", str(t)), node("mo", "+="), node("mrow", transposed("xh"), color=W_XH), g)
    return rows((enter, f"g of the layer above; unit {unit} of {layer} gets {small(d_h)}"))


def update(lr: float, how: str, at: float) -> Node:
    """Clipping and the step against the gradient."""
    theta = node("mi", "W")
    step = maths(theta, node("mo", "−="), node("mi", "η"), node("mo", "·"), node("mi", "d"),
                 node("mi", "W"))  # fmt: skip
    said = {
        "value": f"every entry cut to −{at:g} … +{at:g}",
        "norm": f"the whole scaled to length {at:g}, if it is longer",
        "none": "no clipping",
    }[how]
    return rows((step, f"η = {lr:g}; before it: {said}"))


def update_table(
    length: float, clipped: float, n_cut: int, size: int, degrees: float,
    loss_before: float, loss_after: float,
) -> Node:  # fmt: skip
    """What clipping did to the gradient, and what the step does to this sentence's loss."""

    def row(label: str, value: str, class_: str = "") -> Node:
        cells = [node("td", label), node("td", value, class_="mono")]
        return node("tr", *cells, class_=class_ or None)

    return node(
        "table",
        node(
            "tbody",
            row("length of the gradient", f"{length:.4g}"),
            row("after clipping", f"{clipped:.4g}"),
            row("entries cut", f"{n_cut} of {size}"),
            row("direction turned by", f"{degrees:.1f}°"),
            row("loss of this sentence before", f"{loss_before:.4f}", "sum"),
            row("after the step", f"{loss_after:.4f}", "strong"),
        ),
    )
