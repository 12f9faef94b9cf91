"""What is taken along has the numbers of the page, under their names."""

import csv
import io
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from rnn_core import CELLS
from rnn_core.checkpoint import loads
from tests.models import run_of, small_model
from ui.sequence import take_along
from ui.sequence.models import Chosen
from ui.sequence.own_table import as_csv
from ui.sequence.own_weights import Place
from ui.sequence.reading import Reading


def reading(cell: str = "rnn", **shape: object) -> Reading:
    model = small_model(cell, **shape)
    return Reading(model, model.vocabulary.encode("a b a d"))


def tables(now: Reading) -> dict[str, list[list[str]]]:
    """Each CSV of a reading, as rows."""
    numbers = take_along.arrays(now, "red")
    file, made = zipfile.ZipFile(io.BytesIO(take_along.as_tables(now, numbers))), {}
    for name in file.namelist():
        text = file.read(name).decode("utf-8-sig")
        made[name.removesuffix(".csv")] = list(csv.reader(io.StringIO(text)))
    return made


@pytest.mark.parametrize("shape", [{}, {"n_layers": 2, "bidirectional": True, "per_step": True}])
@pytest.mark.parametrize("cell", CELLS)
def test_the_trace_has_every_number_under_its_name(cell: str, shape: dict) -> None:
    now = reading(cell, **shape)
    target = "red" if not shape else ("red", None, "blue", "red")
    kept = np.load(io.BytesIO(take_along.as_npz(take_along.arrays(now, target))))
    bwd = now.model.backward(now.fwd, target)
    assert kept["words"].tolist() == ["a", "b", "a", "d"]
    assert kept["p"].tobytes() == np.ascontiguousarray(now.fwd.p).tobytes()
    for i, layer in enumerate(now.model.layers):
        fwd = now.fwd.showing(i)
        for signal in (one.name for one in now.model.cell.signals):
            np.testing.assert_array_equal(kept[signal + layer.suffix], getattr(fwd, signal))
        shown = now.model.backward(fwd, target)
        for name in ("d_h", "d_a"):
            np.testing.assert_array_equal(kept[name + layer.suffix], getattr(shown, name))
    for name, array in now.model.params.items():
        np.testing.assert_array_equal(kept[name], array)
        np.testing.assert_array_equal(kept["d_" + name], bwd.grads[name])


def test_without_a_target_the_loss_asks_for_what_it_says() -> None:
    now = reading()
    said = now.model.classes[int(now.fwd.p[-1].argmax())]
    mine, other = (take_along.arrays(now, target)["d_W_hh"] for target in (None, said))
    np.testing.assert_array_equal(mine, other)


@pytest.mark.parametrize("cell", CELLS)
def test_a_table_names_its_rows_and_columns_and_holds_the_exact_numbers(cell: str) -> None:
    now = reading(cell)
    made = tables(now)
    assert made["h"][0] == ["h", "1 a", "2 b", "3 a", "4 d"]
    assert [row[0] for row in made["h"][1:]] == [f"unit {i}" for i in range(4)]
    assert np.array([row[1:] for row in made["h"][1:]], float).tolist() == now.fwd.h.T.tolist()
    assert made["W_xh"][0] == ["W_xh", "a", "b", "c", "d", "e"]
    assert made["W_hy"][0] == ["W_hy", *(f"unit {i}" for i in range(4))]
    assert [row[0] for row in made["p"][1:]] == ["blue", "green", "red"]
    assert [row[0] for row in made["d_b_y"][1:]] == ["blue", "green", "red"]
    gates = {row[0].split()[0] for row in made["W_hh"][1:]}
    assert gates == {"rnn": {"unit"}, "lstm": set("oifg"), "gru": set("rzn")}[cell]


def test_both_directions_have_their_own_tables() -> None:
    made = tables(reading(n_layers=2, bidirectional=True))
    assert made["W_hy"][0][4:6] == ["unit 3", "unit 0 back"]
    assert {"h", "h_back", "h_2", "h_2_back", "d_h_2_back"} <= set(made)


def test_texts_are_guarded_and_numbers_are_not() -> None:
    assert as_csv([["=1+1", "-x", -0.5, 1]]) == b"\xef\xbb\xbf'=1+1,'-x,-0.5,1\r\n"


def test_a_model_is_saved_as_it_was_at_its_epoch() -> None:
    run = run_of(cell="gru")
    run.advance(epochs=3)
    chosen = Chosen(run, 2, 0.0, 0.0)
    made = loads(take_along.model_file(chosen.run, chosen.epoch))
    assert made.model.flat.tobytes() == chosen.model.flat.tobytes()
    assert (made.epoch, len(made.history), made.hyperparameters) == (2, 3, run.hyperparameters)
    assert loads(take_along.model_file(run, None)).epoch == 3
    by_hand = replace(chosen, by_hand=((Place("b_h", 0), 9.0),))
    kept = loads(take_along.model_file(by_hand.run, by_hand.epoch, by_hand.model))
    assert kept.model.params["b_h"][0] == 9.0 != chosen.model.params["b_h"][0]


def test_a_link_that_restores_less_says_so() -> None:
    run = run_of()
    assert take_along.lacks(Chosen(run, 0, 0.0, 0.0)) == ""
    assert "no file" in take_along.lacks(Chosen(run, 0, 0.0, 0.0, file="m"))


def test_curves_have_a_row_for_each_epoch() -> None:
    run = run_of()
    run.advance(epochs=2)
    rows = take_along.history(run.history)
    assert rows[0][:2] == ["epoch", "train_loss"]
    assert [row[0] for row in rows[1:]] == [0, 1, 2]
