"""Figures by their data, never by pixels: places, ranges, colours."""

import json
import re
from collections.abc import Callable
from itertools import combinations

import numpy as np
import plotly.graph_objects as go
import pytest

from ui.figures import compare, matrices, order, paths, squash, states, theme

RNG = np.random.default_rng(0)
H = RNG.uniform(-1, 1, (5, 4))
P = np.array([0.2, 0.9, 0.95, 0.05, 0.5])
WORDS = ["i", "am", "<b>not</b>", "so", "bad"]
ORDER = [2, 0, 3, 1]
STATES = states.film(H, P, WORDS, ORDER, "positive")
PAIR = compare.film((H, H[::-1]), (P, P[::-1]), (WORDS, WORDS[::-1]), ORDER, "positive")
BLOCKS = matrices.blocks([H, H[:, :1]], ["W", "x"], ["×", ""], [1.0, 2.0], [theme.W_XH, ""])
PATH = paths.film(H[:, :2], WORDS[:4], [(H[:, 2:], "good <i>", True)], np.array([0.6, 0.3]))
SQUASH = squash.film(-1.1, 1.1, np.array([-1.0, 1.0]), np.array([-0.8, 0.8]))
FIGURES = {"states": STATES, "pair": PAIR, "blocks": BLOCKS, "path": PATH, "squash": SQUASH}
PATCHES = {
    "states": states.at_step(STATES, WORDS, 2, 1),
    "pair": compare.at_column(PAIR, 1),
    "path": paths.at_step(H[:, :2], WORDS[:4], 1),
    "frame": matrices.framed_column(2, 0, 4, theme.W_HH),
    "cell": matrices.framed_cell(1, 0, 4),
}


def test_states_hold_h_in_the_order_asked_for() -> None:
    np.testing.assert_allclose(STATES.data[0].z, H.T[ORDER], atol=5e-5)
    assert (STATES.data[0].zmin, STATES.data[0].zmax) == (-1, 1)
    np.testing.assert_allclose(STATES.data[1].y, P, atol=5e-5)


@pytest.mark.parametrize("t", range(5))
def test_a_step_outlines_its_column_and_veils_the_rest(t: int) -> None:
    patch = states.at_step(STATES, WORDS, t, row=1)
    shapes = patch["layout"]["shapes"]
    assert [(s["x0"], s["x1"]) for s in shapes[-2:]] == [(t - 0.5, t + 0.5)] * 2
    assert (shapes[-1]["y0"], shapes[-1]["y1"]) == (0.5, 1.5)
    assert len(shapes) == (4 if t < 4 else 3)
    assert patch["data"]["1"]["marker"]["size"].index(13) == t


@pytest.mark.parametrize("a", [-9.0, -1.0, 0.0, 2.5, 9.0])
def test_the_point_on_the_curve_stays_in_the_picture(a: float) -> None:
    point = squash.at_step(a, np.tanh(a), 4.0)["data"]["1"]
    assert -4 <= point["x"][1] <= 4
    assert point["y"][1] == pytest.approx(np.tanh(a), abs=1e-4)


@pytest.mark.parametrize("signs", [["×", "=", ""], ["+", "softmax", ""], ["·", "+ b =", ""]])
@pytest.mark.parametrize("width", [1, 2, 4, 8, 12, 16, 18, 24, 32, 48, 64, 69, 128, 256])
def test_matrices_fit_side_by_side(width: int, signs: list[str]) -> None:
    array, column = np.ones((3, width)), np.ones((3, 1))
    figure = matrices.blocks([array, column, column], ["W"] * 3, signs, [1.0] * 3, [""] * 3)
    domains = [figure.layout[f"xaxis{i}"].domain for i in ("", 2, 3)]
    ends = [end for domain in domains for end in domain]
    assert ends == sorted(ends)
    assert (ends[0], ends[-1]) == (0, pytest.approx(1))
    assert np.shape(figure.data[0].z) == (3, width)


def test_the_plane_is_orthonormal_and_holds_most_of_the_spread() -> None:
    points = RNG.normal(size=(50, 6)) * [5, 3, 1, 1, 1, 1]
    centre, axes, share = paths.plane(points)
    np.testing.assert_allclose(axes @ axes.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(paths.project(centre[None], centre, axes), 0, atol=1e-12)
    projected = paths.project(points, centre, axes)
    spread = ((points - centre) ** 2).sum()
    np.testing.assert_allclose((projected**2).sum(axis=0) / spread, share)
    assert share[0] >= share[1] > 0.1


def test_the_plane_of_one_point_is_flat() -> None:
    _, axes, share = paths.plane(np.ones((1, 4)))
    assert axes.shape == (2, 4)
    assert share.tolist() == [0, 0]


@pytest.mark.parametrize("t", range(4))
def test_a_path_ends_where_we_are(t: int) -> None:
    data = paths.at_step(H[:, :2], WORDS[:4], t)["data"]
    assert len(data["2"]["x"]) == t + 2
    assert (data["2"]["x"][-1], data["2"]["y"][-1]) == (data["3"]["x"][0], data["3"]["y"][0])


@pytest.mark.parametrize(
    ("first", "second", "columns"),
    [
        ("a b", "a b", [(0, 0), (1, 1)]),
        ("this is good", "this is not good", [(0, 0), (1, 1), (None, 2), (2, 3)]),
        ("a x y b", "a z b", [(0, 0), (1, 1), (2, None), (3, 2)]),
        ("a", "b c", [(0, 0), (None, 1)]),
        ("a b", "b", [(0, None), (1, 0)]),
    ],
)
def test_align(first: str, second: str, columns: list) -> None:
    assert compare.align(first.split(), second.split()) == columns


def test_held_waits_at_a_gap_and_begins_at_zero() -> None:
    assert compare.held(np.array([1.0, 2.0]), [None, 0, None, 1]).tolist() == [0, 1, 1, 2]


@pytest.mark.parametrize(("other", "apart"), [(H, 0.0), (H + 0.5, 0.5), (H - 2.0, 2.0)])
def test_parting(other: np.ndarray, apart: float) -> None:
    assert compare.parting((H, other)) == pytest.approx([apart] * 5)


def test_the_difference_is_the_difference() -> None:
    np.testing.assert_allclose(PAIR.data[2].z, (H - H[::-1]).T[ORDER], atol=5e-5)
    assert (PAIR.data[2].zmin, PAIR.data[2].zmax) == (-2, 2)


@pytest.mark.parametrize(
    "sort", [order.by_effect, lambda push: order.by_likeness(H[:, : len(push)])]
)
@pytest.mark.parametrize("n", [1, 2, 4])
def test_an_order_is_a_permutation(sort: Callable, n: int) -> None:
    assert sorted(sort(H[0, :n])) == list(range(n))


def test_by_effect_begins_with_the_strongest_push() -> None:
    assert order.by_effect(np.array([0.1, 3.0, -2.0])) == [1, 0, 2]


@pytest.mark.parametrize("name", FIGURES)
def test_a_reader_s_tags_are_not_obeyed(name: str) -> None:
    assert not re.search(r"<b>not|<i>", json.dumps(json.loads(FIGURES[name].to_json())["data"]))
    assert "<b>not" not in json.dumps(json.loads(FIGURES[name].to_json())["layout"]["xaxis"])


@pytest.mark.parametrize("name", [*FIGURES, *(f"{name} patch" for name in PATCHES)])
def test_every_colour_has_a_dark_partner(name: str) -> None:
    if name in FIGURES:
        spec = json.loads(FIGURES[name].to_json())
        spec["layout"].pop("template", None)
    else:
        spec = PATCHES[name.removesuffix(" patch")]
    used = set(re.findall(r"#[0-9a-fA-F]{3,8}", json.dumps(spec)))
    assert used or name == "path patch"  # it moves what is there
    assert used <= set(theme.DARK)


def test_dark_colours_are_six_hexadecimal_digits_and_no_light_colour_is_used_twice() -> None:
    colours = [*theme.DARK, *theme.DARK.values()]
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)
    named = [theme.INK, theme.QUIET, theme.FAINT, theme.HAIR, theme.CARD, theme.EMPTY, theme.ACCENT,
             theme.BLAME, theme.W_XH, theme.W_HH, theme.W_HY, theme.BIAS, theme.POSITIVE,
             theme.NEGATIVE, *theme.FORWARD, *theme.BACKWARD, *theme.AMOUNT]  # fmt: skip
    assert len(named) == len(set(named))


# Linear RGB -> what a dichromat sees, at full strength (Machado, Oliveira and Fernandes 2009).
BLINDNESS = {
    "none": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def seen(colour: str, blindness: str) -> np.ndarray:
    """CIE Lab of a colour as this eye sees it."""
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(np.array(BLINDNESS[blindness]) @ linear, 0, 1) / TO_XYZ.sum(axis=1)
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), xyz * 841 / 108 + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


TOLD_APART = [
    *combinations((theme.W_XH, theme.W_HH, theme.W_HY), 2),
    (theme.FORWARD[0], theme.FORWARD[-1]),
    (theme.BACKWARD[0], theme.BACKWARD[-1]),
    (theme.POSITIVE, theme.NEGATIVE),
]


@pytest.mark.parametrize("blindness", BLINDNESS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("pair", TOLD_APART, ids="-".join)
def test_colours_are_told_apart(pair: tuple[str, str], dark: bool, blindness: str) -> None:
    first, second = (theme.DARK[c] if dark else c for c in pair)
    assert np.linalg.norm(seen(first, blindness) - seen(second, blindness)) >= 10


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_a_plotly_figure_with_fixed_axes(name: str) -> None:
    figure = FIGURES[name]
    assert isinstance(figure, go.Figure)
    assert all(axis.fixedrange and axis.range for axis in figure.select_xaxes())
    assert all(axis.fixedrange and axis.range for axis in figure.select_yaxes())
