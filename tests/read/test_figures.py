"""Read's figures by their data, never by pixels: places, ranges, colours."""

import json
import re
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go
import pytest

from ui.kit import theme
from ui.read import arithmetic, comparison, matrices, pair, path
from ui.read.comparison import State
from ui.read.matrices import Block

RNG = np.random.default_rng(0)
H = RNG.uniform(-1, 1, (5, 4))
P = np.array([0.2, 0.9, 0.95, 0.05, 0.5])
WORDS = ["i", "am", "<b>not</b>", "so", "bad"]
ORDER = [2, 0, 3, 1]
STATES = [State("first", H, ORDER), State("second", H[::-1], ORDER),
          State("difference", H - H[::-1], ORDER, 2.0)]  # fmt: skip
PLOTS = [comparison.answers("<i>good</i>", ["first", "second"], [P, P + 0.04]),
         comparison.lengths("|gradient|", ["first", "second"], [P, P * 1e-3])]  # fmt: skip
COMPARED = comparison.figure(STATES, PLOTS, theme.word_ticks(WORDS))
BARS = comparison.bars(np.array([0.4, -0.6]), ["<i>a</i>", "b"], [True, False], "word")
BLOCKS = matrices.figure([Block(H, "W", "×", 1.0, theme.W_XH), Block(H[:, :1], "x", limit=2.0)])
PATH = path.figure(H[:, :2], WORDS[:4], [(H[:, 2:], "good <i>", True)], np.array([0.6, 0.3]))
CURVE = arithmetic.curve(-1.1, 1.1, np.array([-1.0, 1.0]), np.array([-0.8, 0.8]))
FIGURES = {"compared": COMPARED, "bars": BARS, "blocks": BLOCKS, "path": PATH, "curve": CURVE}
PATCHES = {
    "column": comparison.at_column(3, 2, 1),
    "bar": comparison.bar_at(1),
    "frame": matrices.framed(2, slice(0, 4), slice(0, 1), theme.W_HH),
    "row": matrices.framed_row(1, 0, 4),
    "pair ticks": pair.ticks(WORDS, [*WORDS[:4], "<i>x"]),
}


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_a_figure_has_fixed_axes_and_obeys_no_tag_of_a_reader(figure: go.Figure) -> None:
    assert all(axis.fixedrange and axis.range for axis in figure.select_xaxes())
    assert all(axis.fixedrange and axis.range for axis in figure.select_yaxes())
    spec = json.loads(figure.to_json())
    assert not re.search(r"<b>not|<i>", json.dumps([spec["data"], spec["layout"]]))


@pytest.mark.parametrize("name", [*FIGURES, *(f"{name} patch" for name in PATCHES)])
def test_every_colour_has_a_dark_partner(name: str) -> None:
    if name in FIGURES:
        spec = json.loads(FIGURES[name].to_json())
        spec["layout"].pop("template", None)
    else:
        spec = PATCHES[name.removesuffix(" patch")]
    used = set(re.findall(r"#[0-9a-fA-F]{3,8}", json.dumps(spec)))
    assert used
    assert used <= set(theme.DARK)


# ---- comparison ----


def test_states_and_curves_are_what_was_given() -> None:
    np.testing.assert_allclose(COMPARED.data[0].z, H.T[ORDER], atol=6e-3)
    np.testing.assert_allclose(COMPARED.data[2].z, (H - H[::-1]).T[ORDER], atol=6e-3)
    assert (COMPARED.data[0].zmax, COMPARED.data[2].zmax) == (1, 2)
    np.testing.assert_allclose(COMPARED.data[3].y, P, atol=5e-5)
    np.testing.assert_allclose(COMPARED.data[6].y, np.log10(P * 1e-3), atol=5e-5)
    assert COMPARED.data[6].customdata[0] == "0.0002"


@pytest.mark.parametrize(("n_states", "n_plots"), [(3, 1), (3, 2), (1, 1)])
def test_no_axis_overlaps_another(n_states: int, n_plots: int) -> None:
    rooms = comparison.rooms(n_states, n_plots)
    assert all(0 < low < high <= 1 for low, high in rooms)
    assert all(below[1] < above[0] for above, below in pairwise(rooms))


@pytest.mark.parametrize("ends", [[1, 1, 1], [0, 0, 0], [0.5, 0.52, 0.1], [1, 0, 0.5]])
def test_names_keep_apart_and_in_the_picture(ends: list[float]) -> None:
    places = comparison.spread(ends, 0.2, 0, 1)
    assert all(b - a >= 0.2 - 1e-9 for a, b in pairwise(sorted(places)))
    assert min(places) >= 0
    assert max(places) <= 1 + 1e-9
    assert np.argsort(places, kind="stable").tolist() == np.argsort(ends, kind="stable").tolist()


def test_each_curve_is_named_at_its_end() -> None:
    named = comparison.answers("good", ["<b>", "after"], [P, P + 0.04]).names_at("y4")
    assert [one["text"] for one in named] == ["&lt;b&gt; 0.50", "after 0.54"]
    assert named[1]["y"] - named[0]["y"] > 0.2


@pytest.mark.parametrize("length", [[0.0, 0.0], [1e-30, 1e-3], [np.inf, 1.0], [np.nan, 1], [2, 3]])
def test_any_length_is_drawn(length: list[float]) -> None:
    curves = comparison.lengths("", ["a"], [np.array(length)])
    low, high = curves.axis["range"]
    assert high - low >= 1
    assert all(low <= v <= high for v in curves.patch[0]["y"])


@pytest.mark.parametrize("largest", [0.0, 1e-5, 0.013, 0.2, 0.7, 1.0])
def test_bars_fit_their_scale(largest: float) -> None:
    bars = comparison.bars(np.array([largest, 0.0]), ["1", "2"], [False] * 2, "unit")
    assert largest <= bars.layout.yaxis.range[1]
    assert all(a < b <= 2.5 * a for a, b in pairwise(comparison.TOPS))


@pytest.mark.parametrize(("other", "apart"), [(H, 0.0), (H + 0.5, 0.5), (H - 2.0, 2.0)])
def test_how_far_apart(other: np.ndarray, apart: float) -> None:
    assert comparison.apart(H, other) == pytest.approx([apart] * 5)


# ---- the others ----


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
    assert list(zip(*pair.align(first.split(), second.split()), strict=True)) == columns


def test_a_sentence_waits_at_a_gap_and_begins_at_zero() -> None:
    assert pair.waiting(np.array([1.0, 2.0]), [None, 0, None, 1]).tolist() == [0, 1, 1, 2]


@pytest.mark.parametrize("a", [-9.0, -1.0, 0.0, 2.5, 9.0])
def test_the_point_on_the_curve_stays_in_the_picture(a: float) -> None:
    point = arithmetic.point_at(a, np.tanh(a))["data"]["1"]
    assert abs(point["x"][1]) <= arithmetic.LARGEST_SUM
    assert point["y"][1] == pytest.approx(np.tanh(a), abs=1e-4)


@pytest.mark.parametrize("signs", [["×", "=", ""], ["+", "softmax", ""], ["·", "+ b =", ""]])
@pytest.mark.parametrize("width", [1, 2, 16, 69, 256])
def test_matrices_fit_side_by_side(width: int, signs: list[str]) -> None:
    array, column = np.ones((3, width)), np.ones((3, 1))
    arrays = zip([array, column, column], signs, strict=True)
    figure = matrices.figure([Block(made, "W", sign) for made, sign in arrays])
    domains = [figure.layout[f"xaxis{i}"].domain for i in ("", 2, 3)]
    ends = [end for domain in domains for end in domain]
    assert ends == sorted(ends)
    assert (ends[0], ends[-1]) == (0, pytest.approx(1))
    assert np.shape(figure.data[0].z) == (3, width)


def test_the_plane_is_orthonormal_and_holds_most_of_the_spread() -> None:
    points = RNG.normal(size=(50, 6)) * [5, 3, 1, 1, 1, 1]
    centre, axes, share = path.plane(points)
    np.testing.assert_allclose(axes @ axes.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(path.project(centre[None], centre, axes), 0, atol=1e-12)
    projected = path.project(points, centre, axes)
    spread = ((points - centre) ** 2).sum()
    np.testing.assert_allclose((projected**2).sum(axis=0) / spread, share)
    assert share[0] >= share[1] > 0.1


def test_the_plane_of_one_point_is_flat() -> None:
    _, axes, share = path.plane(np.ones((1, 4)))
    assert axes.shape == (2, 4)
    assert share.tolist() == [0, 0]


@pytest.mark.parametrize("t", range(4))
def test_a_path_ends_where_we_are(t: int) -> None:
    data = path.at_step(H[:, :2], WORDS[:4], t)["data"]
    assert len(data["2"]["x"]) == t + 2
    assert (data["2"]["x"][-1], data["2"]["y"][-1]) == (data["3"]["x"][0], data["3"]["y"][0])
