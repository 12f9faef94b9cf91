"""Two units: the point is the state, the numbers beside it add up, and a weight changes both."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.apptest import film, open_app, texts
from tests.models import SENTENCE, small_model
from ui.read import plane, plane_figure
from ui.sequence import field
from ui.sequence.own_weights import Place
from ui.sequence.reading import Reading

NUMBERS = some.floats(-90, 90).map(lambda x: round(x, 5))


def reading(cell: str = "rnn", activation: str = "tanh", **shape) -> Reading:
    model = small_model(cell, activation, n_hidden=2, n_classes=2, **shape)
    return Reading(model, model.vocabulary.encode("a c b c e"))


def read_number(text: str) -> int:
    """A printed number in thousandths."""
    return round(1000 * float(text.replace("−", "-")))


@given(some.lists(some.tuples(NUMBERS, some.one_of(some.none(), some.floats(-1, 1))), min_size=1,
                  max_size=6))  # fmt: skip
def test_what_is_printed_adds_up_and_weights_are_only_rounded(terms: list) -> None:
    weights, factors = [w for w, _ in terms], [x for _, x in terms]
    shown, total = plane.worked(weights, factors)
    assert sum(map(read_number, shown)) == read_number(total)
    for text, weight, factor in zip(shown, weights, factors, strict=True):
        if factor is None:
            assert read_number(text) == round(1000 * weight)
        else:
            assert abs(read_number(text) - 1000 * weight * factor) <= 0.5 + len(terms)


@pytest.mark.parametrize(("cell", "shape"), [
    ("rnn", {}), ("rnn", {"activation": "relu"}), ("gru", {}), ("lstm", {}),
    ("rnn", {"n_layers": 2}), ("rnn", {"bidirectional": True}),
])  # fmt: skip
@pytest.mark.parametrize("present", [False, True])
def test_the_point_is_the_state_at_every_word(cell: str, shape: dict, present: bool) -> None:
    now = reading(cell, **shape)
    panels, frames = plane.film(now, 0, present)
    assert {panel.name for panel in panels} >= {"heading", "strip", "plane"}
    for t, frame in enumerate(frames):
        moved = frame.panels["plane"]["data"]
        here = moved[str(plane_figure.HERE)]
        np.testing.assert_allclose([*here["x"], *here["y"]], now.fwd.h[t], atol=5e-5)
        assert len(moved[str(plane_figure.TRAIL)]["x"]) == t + 2
        assert set(frame.panels) <= {panel.name for panel in panels}
    json.dumps([frame.text for frame in frames])


def test_memory_first_then_the_word() -> None:
    now = reading()
    moved = plane_figure.at_step(now, 2)["data"]
    memory, word = moved[str(plane_figure.MEMORY)], moved[str(plane_figure.WORD)]
    alone = np.tanh(now.params["W_hh"] @ now.fwd.h[1] + now.params["b_h"])
    np.testing.assert_allclose([memory["x"][1], memory["y"][1]], alone, atol=5e-5)
    assert (memory["x"][1], word["x"][1]) == (word["x"][0], round(float(now.fwd.h[2, 0]), 4))


def test_on_the_readout_s_line_both_answers_are_equal() -> None:
    now = reading()
    line = plane_figure.figure(now, []).data[2]
    W_hy, b_y = now.model.params["W_hy"], now.model.params["b_y"]
    for h in zip(line.x, line.y, strict=True):
        y = W_hy @ np.array(h) + b_y
        assert y[0] == pytest.approx(y[1])


def test_every_number_of_the_step_is_there() -> None:
    now = reading()
    said = texts(plane.film(now, 0, False)[1][1].panels["sum"])
    word = int(now.fwd.ids[1])
    W_hh, W_xh, b_h = (now.params[name] for name in ("W_hh", "W_xh", "b_h"))
    wanted = [*W_hh.flat, *W_xh[:, word], *b_h, *now.fwd.h[1], *now.fwd.a[1], *now.fwd.y[1]]
    for number in [*wanted, *now.model.params["W_hy"].flat]:
        near = [f"{number + d:+.3f}".replace("-", "−") for d in (0, 0.001, -0.001)]
        assert any(text in said for text in near), number
    assert all(f"{p:.3f}" in said for p in now.fwd.p[1])


def test_what_is_said_counts_the_points_that_are_drawn() -> None:
    now = reading()
    points = field.fixed_points(now.model, now.place)
    panels, _ = plane.film(now, 0, False)
    drawn = next(panel for panel in panels if panel.name == "plane").figure.data
    held = sum(point.attracts for point in points)
    assert len(drawn[plane_figure.STAYS].x) == held
    assert len(drawn[plane_figure.LEAVES].x) == len(points) - held
    assert f"{held} attract" in texts(next(p for p in panels if p.name == "look").content)


def test_a_cell_with_two_memories_says_that_it_has_no_arrows() -> None:
    panels, _ = plane.film(reading("lstm"), 0, False)
    assert "no arrows" in texts(next(p for p in panels if p.name == "look").content)


def test_the_page_shows_the_plane_and_a_weight_moves_the_arrows() -> None:
    def arrows(**more) -> list:
        app = open_app("read", units=2, s="i am not bad", **more)
        assert not app.exception
        panel = next(p for p in film(app)["panels"] if p["name"] == "plane")
        return panel["figure"]["data"][0]["x"]

    assert arrows() != arrows(weights="W_hh.0.1=2.5")
    app = open_app("read", units=2, s="i am not bad", plane=False)
    assert "states" in [panel["name"] for panel in film(app)["panels"]]


def test_marked_weights_are_marked() -> None:
    place = Place("W_hh", 0, 1)
    frame = plane.film(reading(), 0, False, (place,))[1][len(SENTENCE) - 2]
    assert json.dumps(frame.panels["sum"]).count('"weight on"') == 1
