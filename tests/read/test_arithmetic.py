"""One unit's arithmetic: the printed parts add up to the printed totals, and are the network's."""

import re
from collections.abc import Iterator
from decimal import Decimal

import numpy as np
import pytest

from rnn_core import ACTIVATIONS, CELLS, Hyperparameters, Intervention, TrainingRun, load_dataset
from tests.apptest import texts
from ui.kit import theme
from ui.kit.numbers import adding_up, number
from ui.read import arithmetic, waterfall
from ui.sequence.reading import Reading
from ui.sequence.unit_sum import unit_sum

DATA = load_dataset("sentiment")
TEXT = "i am not so bad"
GATED = [cell for cell in CELLS if CELLS[cell].n_gates > 1]


def reading(cell: str, n_layers: int = 1, both: bool = False, **shown) -> Reading:
    run = TrainingRun(DATA, Hyperparameters(
        cell=cell, n_hidden=8, n_layers=n_layers, bidirectional=both,
    ))  # fmt: skip
    run.advance(epochs=2)
    return Reading(run.model, run.model.vocabulary.encode(TEXT), **shown)


def rows(content: list) -> Iterator[list[str]]:
    """The cells of every table row, as text."""
    for child in content[2:]:
        if isinstance(child, list):
            if child[0] == "tr":
                yield [texts(cell) for cell in child[2:]]
            else:
                yield from rows(child)


def value(text: str) -> Decimal:
    return Decimal(text.replace("−", "-"))


def numbers(content: list) -> list[Decimal]:
    """What stands at the end of each row that has a number there."""
    return [value(cells[-1]) for cells in rows(content) if cells[-1]]


def inside(content: object, tag: str) -> Iterator[dict]:
    """The attributes of every element of a kind."""
    if isinstance(content, list):
        if content[0] == tag:
            yield content[1]
        for child in content[2:]:
            yield from inside(child, tag)


def spans(content: list) -> list[dict]:
    return list(inside(content, "bar"))


def end_of(content: list) -> float:
    """Where the axis ends, as its ticks say."""
    (last,) = [
        cells[1] for cells in rows(content) if re.fullmatch(r"(−[\d.]+)+0(\+[\d.]+)+", cells[1])
    ]
    return float(last.rpartition("+")[2])


@pytest.mark.parametrize(("n_layers", "both"), [(1, False), (2, True)])
def test_a_unit_s_sum_and_its_pushes_add_up(n_layers: int, both: bool) -> None:
    for layer in range(n_layers * (1 + both)):
        now = reading("rnn", n_layers, both, layer=layer)
        for t, frame in enumerate(arithmetic.film(now, 3)[1]):
            *parts, total, on_the_curve, result = numbers(frame.panels["sum"])
            assert len(parts) == 3
            assert sum(parts) == total
            assert float(total) == pytest.approx(now.fwd.a[t, 3], abs=6e-4)
            assert float(result) == pytest.approx(now.fwd.h[t, 3], abs=6e-4)
            assert on_the_curve == result
            pushes, first = numbers(frame.panels["pushes"]), now.earlier(t) is None
            assert len(pushes) == (0 if first else arithmetic.N_PUSHES + 2)
            assert first or sum(pushes[:-1]) == pushes[-1] == parts[1]  # W_hh h_{t-1}, as above
            assert ("no memory yet" in texts(frame.panels["pushes"])) == first


@pytest.mark.parametrize("cell", GATED)
@pytest.mark.parametrize(("n_layers", "both"), [(1, False), (2, True)])
def test_the_gates_sums_and_what_they_make_add_up(cell: str, n_layers: int, both: bool) -> None:
    for layer in range(n_layers * (1 + both)):
        now = reading(cell, n_layers, both, layer=layer)
        for t, frame in enumerate(arithmetic.film(now, 3)[1]):
            _, *table = rows(frame.panels["sum"])
            for word, memory, bias, total, _ in zip(*(row[1:] for row in table[:5]), strict=True):
                assert value(word) + value(memory) + value(bias) == value(total)
            made = [value(cells[-1]) for cells in table[5:]]
            for mix in now.model.cell.mixes:
                n = mix.count(" * ")
                assert sum(made[:n]) == made[n]
                made = made[n + 1 :]
            pushes = numbers(frame.panels["pushes"])
            assert bool(pushes) == (now.earlier(t) is not None)
            assert sum(pushes[:-1]) == (pushes[-1] if pushes else 0)


def test_each_bar_begins_where_the_last_one_ended_and_the_sum_s_end_is_a() -> None:
    now = reading("rnn")
    for t, frame in enumerate(arithmetic.film(now, 3)[1]):
        word, memory, bias, total = spans(frame.panels["sum"])
        assert word["from"] == total["from"] == 0.5
        assert word["to"] == memory["from"]
        assert memory["to"] == bias["from"]
        assert bias["to"] == pytest.approx(total["to"], abs=2e-4)
        end = end_of(frame.panels["sum"])
        assert (total["to"] - 0.5) * 2 * end == pytest.approx(now.fwd.a[t, 3], abs=1e-3 * end)


@pytest.mark.parametrize("largest", [0.0, 2.9, 3.1, 7.0, 99.0, 1234.0])
def test_the_axis_holds_its_bars_and_says_its_ends(largest: float) -> None:
    axis = waterfall.Axis.holding([0.2, -largest])
    assert axis.end >= max(largest, waterfall.LARGEST_SUM)
    assert (axis.place(-axis.end), axis.place(0), axis.place(axis.end)) == (0, 0.5, 1)
    assert (axis.ticks[0], axis.ticks[-1]) == (-axis.end, axis.end)
    assert 0 in axis.ticks
    assert 5 <= len(axis.ticks) <= 11


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
@pytest.mark.parametrize("a", [-9.0, -1.0, 0.0, 2.5, 9.0, float("nan")])
def test_the_point_on_the_curve_stays_in_the_picture(activation: str, a: float) -> None:
    f, axis = ACTIVATIONS[activation].value, waterfall.Axis(3.0)
    made, _ = waterfall.curve(f, axis, a, float(f(np.array(a))), "", "#000000")
    dot = next(path for path in made[3][2][2:] if path[1].get("class") == "dot")
    x, y = (float(number) for number in re.findall(r"[-\d.]+", dot[1]["svg"]["d"])[:2])
    assert 0 <= x <= 100
    assert 0 <= y <= 100


def test_a_cell_s_colour_is_the_picture_s() -> None:
    assert waterfall.shade(-1.0).startswith(f"color-mix(in srgb, {theme.FORWARD[0]} 100.0%")
    assert waterfall.shade(0.0).startswith(f"color-mix(in srgb, {theme.FORWARD[3]} 100.0%")
    assert waterfall.shade(5.0).endswith(f"0.0%, {theme.FORWARD[-1]})")
    assert waterfall.shade(0.5, (0.0, 1.0)) == (
        f"color-mix(in srgb, {theme.AMOUNT[2]} 50.0%, {theme.AMOUNT[3]})"
    )


@pytest.mark.parametrize("cell", GATED)
def test_what_is_held_is_shown_as_held(cell: str) -> None:
    now = reading(cell, interventions=(Intervention("h", 0.5, None, (0, 1)),))
    frame = arithmetic.film(now, 2)[1][1]
    assert "held by hand here: h" in texts(frame.panels["sum"])
    assert number(0.5) in texts(frame.panels["sum"])


@pytest.mark.parametrize("cell", CELLS)
def test_for_an_audience_each_term_has_its_number_under_it(cell: str) -> None:
    now = reading(cell)
    panels, frames = arithmetic.film(now, 3, present=True)
    assert [panel.name for panel in panels] == ["heading", "strip", "states"]
    for t, frame in enumerate(frames):
        said = texts(frame.panels["heading"])
        assert number(float(now.fwd.h[t, 3])) in said
        assert "unit 3" in said
        assert now.verdict(t)[0] in said
        if not now.gates:
            parts = unit_sum(now, t, 3)
            shown, _ = adding_up((parts.word, float(parts.memory.sum()), parts.bias))
            assert all(one in said for one in shown)
