"""Read's figures by their data, never by pixels: places, ranges, colours."""

import json
import re
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go
import pytest

from ui.kit import theme
from ui.read import comparison, matrices, pair, path
from ui.read.comparison import State
from ui.read.matrices import Block
from ui.sequence.words import Words

RNG = np.random.default_rng(0)
H = RNG.uniform(-1, 1, (5, 4))
P = np.array([0.2, 0.9, 0.95, 0.05, 0.5])
WORDS = ["i", "am", "<b>not</b>", "so", "bad"]
ORDER = [2, 0, 3, 1]
KNOWN = [True, True, False, True, True, True]
COLUMNS = [0, 1, 3, 4, 5]
STATES = [State("<i>first", H, ORDER, KNOWN, look=0),
          State("second", H[::-1], ORDER, KNOWN, look=1),
          State("difference", H - H[::-1], ORDER, KNOWN, 2.0)]  # fmt: skip
PLOTS = [comparison.answers("<i>good</i>", ["first", "second"], [P, P + 0.04]),
         comparison.lengths("|gradient|", ["first", "second"], [P, P * 1e-3])]  # fmt: skip
COMPARED = comparison.figure(STATES, PLOTS)
BARS = comparison.bars(np.array([0.4, -0.6]), ["<i>a</i>", "b"], [True, False], "word")
BLOCKS = matrices.figure([Block(H, "W", "×", 1.0, theme.W_XH), Block(H[:, :1], "x", limit=2.0)])
PATH = path.figure(H[:, :2], WORDS[:4], [(H[:, 2:], "good <i>", True)], np.array([0.6, 0.3]))
FIGURES = {"compared": COMPARED, "bars": BARS, "blocks": BLOCKS, "path": PATH}
PATCHES = {
    "column": comparison.at_column(3, 1),
    "bar": comparison.bar_at(1),
    "frame": matrices.framed(2, slice(0, 4), slice(0, 1), theme.W_HH),
    "row": matrices.framed_row(1, 0, 4),
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
    drawn = [np.array(trace.z, float) for trace in COMPARED.data[:3]]
    np.testing.assert_allclose(drawn[0][:, COLUMNS], H.T[ORDER], atol=6e-3)
    np.testing.assert_allclose(drawn[2][:, COLUMNS], (H - H[::-1]).T[ORDER], atol=6e-3)
    assert all(np.isnan(z[:, 2]).all() for z in drawn)  # a word that is not known
    assert all(list(curve.x) == COLUMNS for curve in COMPARED.data[3:])
    assert (COMPARED.data[0].zmax, COMPARED.data[2].zmax) == (1, 2)
    np.testing.assert_allclose(COMPARED.data[3].y, P, atol=5e-5)
    np.testing.assert_allclose(COMPARED.data[6].y, np.log10(P * 1e-3), atol=5e-5)
    assert COMPARED.data[6].customdata[0] == "2e−4"


@pytest.mark.parametrize("n_plots", [1, 2])
def test_every_axis_has_its_room_and_every_scale_its_numbers(n_plots: int) -> None:
    words = Words((["a", "b", "<i>", "c", "d", "e"], KNOWN))
    made = comparison.panels("x", "Title", STATES, PLOTS[:n_plots], words, "")
    _, drawing, picture, _ = made
    assert [panel.name for panel in made] == ["x title", "x words", "x", "x look"]
    assert {panel.columns for panel in (drawing, picture)} == {6}
    axes = {name for name in picture.figure.layout.to_plotly_json() if name.startswith("yaxis")}
    assert [room.axis for room in picture.stack] == sorted(axes)
    assert all(room.px > 0 for room in picture.stack)
    for state, trace in zip(STATES, picture.figure.data, strict=False):
        assert trace.colorbar.ticktext[-1] == f"+{state.limit:g}"
    assert "●" in picture.figure.layout.yaxis.title.text


@pytest.mark.parametrize("ends", [[1, 1, 1], [0, 0, 0], [0.5, 0.52, 0.1], [1, 0, 0.5]])
def test_names_keep_apart_and_in_the_picture(ends: list[float]) -> None:
    places = comparison.apart(ends, 0.2, 0, 1)
    assert all(b - a >= 0.2 - 1e-9 for a, b in pairwise(sorted(places)))
    assert min(places) >= 0
    assert max(places) <= 1 + 1e-9
    assert np.argsort(places, kind="stable").tolist() == np.argsort(ends, kind="stable").tolist()


def test_each_curve_ends_with_its_number_in_its_colour() -> None:
    named = comparison.answers("good", ["<b>", "after"], [P, P + 0.04]).ends_at("y4")
    assert [one["text"] for one in named] == ["0.50", "0.54"]
    assert [one["font"]["color"] for one in named] == [look[0] for look in comparison.LOOKS[:2]]
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
    assert comparison.distance(H, other) == pytest.approx([apart] * 5)


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
    says = pair.waiting(np.array([0.2, 0.9]), [None, 0, None, 1], np.nan)
    drawn = comparison.answers("good", ["one"], [says]).patch[0]["y"]
    assert drawn == [None, 0.2, 0.2, 0.9]  # before the first word it has not said anything


@pytest.mark.parametrize(("n", "named"), [(2, True), (24, True), (25, False)])
def test_columns_are_named_by_their_words_where_there_is_room(n: int, named: bool) -> None:
    names = [f"<i>{i}" for i in range(n)]
    figure = matrices.figure([Block(np.ones((3, n)), "W", names=names)])
    escaped = tuple(f"&lt;i&gt;{i}" for i in range(n))
    assert figure.layout.xaxis.ticktext == (escaped if named else None)
    assert figure.data[0].customdata[1][1] == "&lt;i&gt;1"  # where the pointer is, always
    assert "“%{customdata}”" in figure.data[0].hovertemplate


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
