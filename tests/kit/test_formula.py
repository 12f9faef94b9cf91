"""Formulas: what is written as text becomes MathML, with this step's indices and the colours."""

import contextlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core import CELLS
from rnn_core.cells import ACTIVATIONS
from tests.apptest import texts
from ui.kit.formula import formula
from ui.kit.theme import BIAS, GRADIENT, W_HH, W_HY, W_XH
from ui.sequence.signals import written

SUM = "h_t = tanh(W_xh x_t + W_hh h_{t-1} + b_h)"
MATH = {"math", "mrow", "mi", "mn", "mo", "mtext", "msub", "msup", "msubsup"}  # as in player.js


def nodes(tree: list) -> Iterator[list]:
    """Every element of a formula."""
    yield tree
    for child in tree[2:]:
        if not isinstance(child, str):
            yield from nodes(child)


def colored(text: str, **at: int) -> list[tuple[str, str]]:
    """What has a colour, and which."""
    found = nodes(formula(text, at))
    return [(texts(one), one[1]["color"]) for one in found if "color" in one[1]]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("h_t", "ht"),
        ("h_{t-1}^T", "ht−1T"),
        ("h_t^2", "ht2"),
        ("h_t²", "ht2"),
        ("a_{i,t-1}", "ai,t−1"),
        ("W_hh^T dL/da_t", "WhhT∂L/∂at"),
        ("d_a_n * u_n", "∂L/∂an·un"),
        ("f_t ⊙ c_{t-1}", "ft⊙ct−1"),
        ("L = -ln p_c", "L=−lnpc"),
        ("z * h - (1 - h_t^2)", "z·h−(1−ht2)"),
        ("dW_xh[word] += dL/da_t x_t^T", "dWxh[word]+=∂L/∂atxtT"),
        ("W -= η · dW / √v", "W−=η·dW/√v"),
        ("f_t c_{t-1} + …", "ftct−1+…"),
        ("0.5 h_1", "0.5h1"),
    ],
)
def test_text_becomes_a_formula(text: str, shown: str) -> None:
    assert texts(formula(text)) == shown


@pytest.mark.parametrize("t", [1, 7])
def test_indices_are_this_step_s(t: int) -> None:
    assert texts(formula(SUM, {"t": t})) == f"h{t}=tanh(Wxhx{t}+Whhh{t - 1}+bh)"


def test_a_layer_that_reads_backwards_has_another_step_before() -> None:
    assert texts(formula("h_t h_{t-1}", {"t": 3, "t-1": 4})) == "h3h4"


def test_a_word_is_data() -> None:
    assert texts(formula("dW_xh[word]", {"word": "<b>h_t"})) == "dWxh[<b>h_t]"


def test_products_have_their_weight_s_colour() -> None:
    assert colored(SUM, t=3) == [("Wxhx3", W_XH), ("Whhh2", W_HH), ("bh", BIAS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dL/dh_t = W_hy^T dL/dy", [("∂L/∂ht", GRADIENT), ("WhyT", W_HY), ("∂L/∂y", GRADIENT)]),
        ("dW_hh += dL/da_t h_{t-1}^T", [("dWhh", W_HH), ("∂L/∂at", GRADIENT)]),
        ("W_hh (h_t) x_t", [("Whh", W_HH)]),
        ("W_hh tanh(c)", [("Whh", W_HH)]),
        ("db_y", [("dby", BIAS)]),
        ("dW = W", []),
    ],
)
def test_colours(text: str, expected: list[tuple[str, str]]) -> None:
    assert colored(text) == expected


@pytest.mark.parametrize(
    ("text", "upright"),
    [("σ(a)", ["σ"]), ("h_t (1 - h_t)", []), ("tanh(c_t)", ["tanh"]), ("W_hh^T", ["T"])],
)
def test_functions_and_transposes_stand_upright(text: str, upright: list[str]) -> None:
    assert [texts(one) for one in nodes(formula(text)) if one[1].get("class") == "fn"] == upright


@pytest.mark.parametrize("cell", CELLS.values())
def test_every_cell_s_formulas_can_be_shown(cell) -> None:
    for text in (*cell.mixes, *cell.gradients.values()):
        made = formula(written(text), {"t": 5})
        assert {one[0] for one in nodes(made)} <= MATH
        assert "_" not in texts(made)


@pytest.mark.parametrize("f", ACTIVATIONS.values())
def test_every_derivative_can_be_shown(f) -> None:
    assert texts(formula(f.formula)).replace("\u00a0", "")


@pytest.mark.parametrize(
    ("text", "place", "rest"),
    [
        ("h_t = $", 5, "$"),
        ("h_t =", 5, "nothing"),
        ("(a + b", 6, "nothing"),
        ("a)", 1, ")"),
        ("a + * b", 3, "* b"),
        ("h_{}", 1, "_{}"),
        ("h_{t-}", 1, "_{t-}"),
        ("W_xh[)", 5, ")"),
        ("dL/d3", 4, "3"),
        ("", 0, "nothing"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, place: int, rest: str) -> None:
    with pytest.raises(ValueError, match="cannot read") as said:
        formula(text)
    assert f"{text!r}, place {place}: cannot read {rest!r}" in str(said.value)


@given(st.text("hWdLxt_{}^T()[]+-=* 12,.", max_size=12))
def test_any_text_is_shown_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert all(one[2:] and one[0] in MATH for one in nodes(formula(text)))
