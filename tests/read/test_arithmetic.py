"""One unit's arithmetic: the printed parts add up to the printed totals, and are the network's."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from rnn_core import CELLS, Hyperparameters, Intervention, TrainingRun, load_dataset
from tests.apptest import texts
from ui.kit.numbers import number
from ui.read import arithmetic
from ui.sequence.reading import Reading

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


@pytest.mark.parametrize(("n_layers", "both"), [(1, False), (2, True)])
def test_a_unit_s_sum_and_its_pushes_add_up(n_layers: int, both: bool) -> None:
    for layer in range(n_layers * (1 + both)):
        now = reading("rnn", n_layers, both, layer=layer)
        for t, frame in enumerate(arithmetic.explained(now, 3)):
            *parts, total = [value(cells[-1]) for cells in rows(frame.panels["sum"])]
            assert sum(parts) == total
            assert float(total) == pytest.approx(now.fwd.a[t, 3], abs=6e-4)
            result, *pushes = [value(cells[-1]) for cells in rows(frame.panels["result"])]
            assert float(result) == pytest.approx(now.fwd.h[t, 3], abs=6e-4)
            first = now.earlier(t) is None
            assert len(pushes) == (0 if first else arithmetic.N_PUSHES + 1)
            assert first or sum(pushes) == parts[1]  # W_hh h_{t-1}, as printed above
            assert ("no memory yet" in texts(frame.panels["result"])) == first


@pytest.mark.parametrize("cell", GATED)
@pytest.mark.parametrize(("n_layers", "both"), [(1, False), (2, True)])
def test_the_gates_sums_and_what_they_make_add_up(cell: str, n_layers: int, both: bool) -> None:
    for layer in range(n_layers * (1 + both)):
        now = reading(cell, n_layers, both, layer=layer)
        for frame in arithmetic.explained(now, 3):
            _, *table = rows(frame.panels["sum"])
            for word, memory, bias, total, _ in zip(*(cells[1:] for cells in table), strict=True):
                assert value(word) + value(memory) + value(bias) == value(total)
            made = [value(cells[-1]) for cells in rows(frame.panels["result"])]
            for mix in now.model.cell.mixes:
                n = mix.count(" * ")
                assert sum(made[:n]) == made[n]
                made = made[n + 1 :]


def test_the_longest_bar_is_full() -> None:
    made = arithmetic._bars([(["a"], 1.0, "", ""), (["b"], -2.0, "", ""), (["c"], 0.5, "", "")])
    assert [row[3][2][1]["value"] for row in made] == [0.5, -1.0, 0.25]


@pytest.mark.parametrize("cell", GATED)
def test_what_is_held_is_shown_as_held(cell: str) -> None:
    now = reading(cell, interventions=(Intervention("h", 0.5, None, (0, 1)),))
    frame = arithmetic.explained(now, 2)[1]
    assert "Held by hand here" in texts(frame.panels["sum"])
    assert number(0.5) in texts(frame.panels["result"])
