"""The film of the way back: its numbers are the trace's, and its captions are true of it."""

import json
import re
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from rnn_core import CELLS, Intervention
from tests.apptest import texts
from tests.step_back.views import LONG, n_layers, view
from ui.kit.numbers import compact
from ui.sequence import signals as gating
from ui.sequence.backward_view import BackwardView
from ui.sequence.strip import Strip
from ui.step_back import attribution, figures, film, gates
from ui.step_back.text import WAYS

GATED = [cell for cell in CELLS if CELLS[cell].n_gates > 1]
SHAPES = [{"n_layers": n, "bidirectional": both} for n, both in ((1, False), (1, True), (2, True))]


@pytest.fixture(scope="module")
def usual() -> BackwardView:
    return view(LONG, n_hidden=12, epochs=4)


def panel(panels: list, name: str):
    return next(p for p in panels if p.name == name)


def look(made: BackwardView) -> str:
    """What stands under the picture of the gradient."""
    return texts(panel(film.film(made, 0)[0], "gradient look").content)


def sent(panels: list, frames: list) -> str:
    """All that is sent, as JSON; a number that is none raises."""
    whole = [[json.loads(p.text) for p in panels], [frame.panels for frame in frames]]
    return json.dumps(whole, allow_nan=False)


def layers_of(cell: str, shape: dict, **more) -> list[BackwardView]:
    """A view of each layer of one network."""
    count = n_layers(view(cell=cell, **shape))
    return [view(cell=cell, shown={"layer": i}, **shape, **more) for i in range(count)]


@pytest.mark.parametrize("text", ["good", "not bad", " ".join(["good not bad"] * 13)])
def test_there_are_three_frames_more_than_words(text: str) -> None:
    made = view(text)
    assert len(film.film(made, 0)[1]) == len(made.reading.words) + 3


def test_the_cells_are_the_trace_s_gradient(usual: BackwardView) -> None:
    cells = np.array(panel(film.film(usual, 0)[0], "gradient").figure.data[0].z)
    d_h = usual.bwd.d_h.T[usual.reading.order]
    np.testing.assert_allclose(cells, d_h / np.abs(d_h).max(), atol=1e-4)


def test_each_word_adds_its_own_step(usual: BackwardView) -> None:
    panels, frames = film.film(usual, 0)
    factors, order = panel(panels, "sums").factors, usual.reading.order
    for i, t in enumerate(usual.path):
        outer = frames[2 + i].panels["sums"]["outer"]
        assert (outer["0"], outer["1"]) == ([i, i + 1], [0, i + 1])
        share = np.outer(factors["left"][i], factors["right"][i])
        expected = usual.bwd.step_grads(t)["W_hh"][np.ix_(order, order)]
        np.testing.assert_allclose(share, expected, atol=1e-6)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_the_shares_add_up_to_the_gradient_in_every_layer(cell: str, shape: dict) -> None:
    for made in layers_of(cell, shape):
        now = made.reading
        panels, frames = film.film(made, 0)
        n, factors = len(now.words), panel(panels, "sums").factors
        total = np.array(factors["left"])[:n].T @ np.array(factors["right"])[:n]
        grad = made.bwd.grads["W_hh" + now.place.suffix][now.block]
        np.testing.assert_allclose(total, grad[np.ix_(now.order, now.order)], atol=1e-6)
        assert frames[-1].panels["sums"]["outer"]["1"] == [0, len(now.words)]


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("shape", "text", "held"), [(SHAPES[0], "good", 0),
                                                     (SHAPES[2], "i am not bad", 1)])  # fmt: skip
def test_every_film_stands_for_every_network(cell: str, shape: dict, text: str, held: int) -> None:
    signals = [signal.name for signal in view(cell=cell).reading.model.cell.signals]
    for made in layers_of(cell, shape, text=text, truncate=2, log=bool(held))[::3]:
        layer = made.reading.fwd.shown
        one = Intervention(signals[-1], 0.5, None, (0, 1), layer)
        sent(*attribution.film(made))
        for signal in signals:
            now = replace(made.reading, signal=signal, interventions=(one,) * held)
            changed = replace(made, reading=now)
            for by, present in zip(WAYS, (False, True), strict=True):
                made_film = film.film(changed, now.telling_unit, by, present)
                sent(*made_film)
                if now.gates:
                    followed = gates.film(changed, now.telling_unit, by)
                    assert len(followed[1]) == len(made_film[1])
                    sent(*followed)


def test_forty_words_send_factors_not_matrices() -> None:
    made = view(" ".join(["not bad"] * 20), n_hidden=64, epochs=0)
    assert len(sent(*film.film(made, 0))) < 1_000_000  # forty dense matrices would be 3 MB more


@pytest.mark.parametrize("scale", [1.0, 1e-9])
def test_colours_on_a_log_scale_keep_sign_and_order(scale: float) -> None:
    d_h = scale * np.array([[-1.0, 1e-3, 0.0], [1e-7, 0.5, -1e-2]])
    shown, limit = figures.colored(d_h, log=True)
    assert limit == 1
    np.testing.assert_array_equal(np.sign(shown)[0], [-1, 1, 0])
    np.testing.assert_allclose(shown[0], [-1, 0.5, 0], atol=1e-12)
    assert shown[1, 0] == 0


# ---- by word and by line ----


@pytest.mark.parametrize("cell", CELLS)
def test_by_line_there_is_a_frame_for_each_line_and_a_way_there_and_back(cell: str) -> None:
    made = view(cell=cell)
    words, by_line = (film.film(made, 0, by)[1] for by in WAYS)
    counts = [len(moment.lines) for moment in film.moments(made, 0)]
    assert len(by_line) == sum(counts)
    place = 0
    for i, count in enumerate(counts):
        to_line, to_word = (
            [click for frame in frames for click in clicks(frame.panels["code"])]
            for frames in ([words[i]], by_line[place : place + count])
        )
        assert {"by": "line", "f": place + 1} in to_line
        assert to_word == [{"by": "word", "f": i + 1}] * count
        assert [c["f"] for c in to_line[1:]] == list(range(place + 1, place + count + 1))
        place += count


def clicks(content: object) -> list[dict]:
    """What clicks on a node and all in it report, from top to bottom."""
    if isinstance(content, str):
        return []
    own = [content[1]["click"]] if "click" in content[1] else []
    return own + [click for child in content[2:] for click in clicks(child)]


def reached(made: BackwardView, frame) -> int:
    """How many words have a bar in a frame."""
    colors = frame.panels["gradient"]["data"]["1"]["marker"]["color"]
    return len(made.reading.words) - colors.count(figures.CLEAR)


def test_the_film_opens_with_a_loss_and_a_gradient(usual: BackwardView) -> None:
    panels, frames = film.film(usual, 0)
    assert reached(usual, frames[0]) == 1
    assert usual.lengths[-1] > 0
    heading = texts(panel(panels, "heading").content)
    p = usual.reading.fwd.p[-1, usual.reading.model.class_number("positive")]
    assert f"wanted positive, P = {p:.2f}, loss L = {usual.update.loss_before:.3f}" in heading


@pytest.mark.parametrize(("cell", "both"), [("rnn", False), ("lstm", True)])
def test_by_line_the_gradient_is_handed_on_by_the_line_that_does_it(cell: str, both: bool) -> None:
    for made in layers_of(cell, {"bidirectional": both}):
        frames, place = film.film(made, 0, "line")[1], 0
        for i, moment in enumerate(film.moments(made, 0)):
            lit = [line.lit for line in moment.lines]
            seen = [reached(made, frame) for frame in frames[place : place + len(lit)]]
            if 2 <= i < len(made.path) + 2:
                first = lit.index("before")
                after = min(i, len(made.path))
                assert seen == [i - 1] * first + [after] * (len(lit) - first)
            place += len(lit)
        assert reached(made, frames[0]) == 0


@pytest.mark.parametrize("text", ["i am not bad", "good", "i am zebra not bad"])
def test_the_gradient_before_the_first_word_is_shown_when_it_is_there(text: str) -> None:
    made = view(text)
    said = compact(made.start["h"])
    for by in WAYS:
        shown = [
            [one["text"] for one in frame.panels["gradient"]["layout"]["annotations"]].count(said)
            for frame in film.film(made, 0, by)[1]
        ]
        assert shown == sorted(shown)
        assert (shown[0], shown[-1]) == (0, 1)


def letters(made: BackwardView, frame, what: str) -> dict[int, str]:
    """{word: its letter in the strip} of the boxes of h, x or y."""
    now = made.reading
    strip = Strip(now.strip().plan, True, now.fwd.shown, "0.000")
    state = frame.panels["strip"]
    assert len(state) == len(strip.marks)
    boxes = [(mark, letter) for mark, letter in zip(strip.marks, state, strict=True)
             if mark["kind"] == "box" and mark["look"].split()[0] == what]  # fmt: skip
    return {now.columns.index(mark["go"]): letter for mark, letter in boxes}


@pytest.mark.parametrize("text", ["i am not bad", "i am zebra not bad"])
@pytest.mark.parametrize("by", WAYS)
def test_the_strip_is_where_the_film_is(text: str, by: str) -> None:
    made = view(text)
    frames = iter(film.film(made, 0, by)[1])
    for moment in film.moments(made, 0):
        for _ in moment.lines if by == "line" else [0]:
            h = letters(made, next(frames), "h")
            if not isinstance(moment.at, int):
                assert "n" not in h.values()
                continue
            assert [t for t, letter in h.items() if letter == "n"] == [moment.at]
            assert all(letter == "p" for t, letter in h.items() if t > moment.at)


def test_what_runs_by_line_is_shown_in_the_sums_or_as_the_product(usual: BackwardView) -> None:
    panels, frames = film.film(usual, 3, "line")
    factors, n, place = panel(panels, "sums").factors, len(usual.path), 0
    for moment in film.moments(usual, 3):
        for line in moment.lines:
            sums, place = frames[place].panels["sums"], place + 1
            if line.lit != "before":
                continue
            first, last = sums["outer"]["0"]
            matrix = (
                np.array(factors["left"])[first:last].T @ np.array(factors["right"])[first:last]
            )
            order = usual.reading.order
            weights = usual.reading.params["W_hh"].T[np.ix_(order, order)]
            np.testing.assert_allclose(matrix, weights, atol=1e-4)
            d_a, handed = sums["data"]["2"]["z"][0], np.array(sums["data"]["1"]["z"])[:, 0]
            np.testing.assert_allclose(d_a, usual.bwd.d_a[moment.at][order])
            np.testing.assert_allclose(matrix @ d_a, handed, atol=1e-3)
        if isinstance(moment.at, int):
            i = usual.path.index(moment.at)
            assert sums["outer"] == {"0": [i, i + 1], "1": [0, i + 1]}
            *_, numbers = sums["layout"]["annotations"]
            before, share, total = map(as_number, re.findall(r"[+−][\d.]+", numbers["text"]))
            assert before + share == total
    assert n == i + 1


@pytest.mark.parametrize("cell", CELLS)
def test_a_click_on_a_sum_takes_its_weight(cell: str) -> None:
    made = view(cell=cell)
    panels, frames = film.film(made, 3, "line")
    factors = panel(panels, "sums").factors
    left, right = np.array(factors["left"]), np.array(factors["right"])
    gradients, model = made.bwd.grads["W_hh"], made.reading.model
    lines = [line for moment in film.moments(made, 3) for line in moment.lines]
    for step, (line, frame) in enumerate(zip(lines, frames, strict=True)):
        click = {"panel": "sums", "step": step, "y": 2, "x": 4}
        first, last = frame.panels["sums"]["outer"]["0"]
        place = film.weight_at(made, 3, "line", {**click, "curve": 0})
        assert place is not None
        if line.lit == "before" and line.more:
            assert abs((left[first:last].T @ right[first:last])[2, 4] - place.value(model)) < 1e-4
            assert film.weight_at(made, 3, "line", {**click, "curve": 2}) is None
    whole = (left[: len(made.path)].T @ right[: len(made.path)])[2, 4]
    place = film.weight_at(
        made, 3, "word", {"panel": "sums", "step": 0, "y": 2, "x": 4, "curve": 1}
    )
    assert place is not None
    np.testing.assert_allclose(whole, gradients[place.index], atol=1e-6)
    assert film.weight_at(made, 3, "word", {**click, "panel": "gradient"}) is None


def as_number(text: str) -> Decimal:
    return Decimal(text.replace("−", "-"))


# ---- captions ----


@pytest.mark.parametrize(("text", "truncate"), [(LONG, None), (LONG, 3), ("not bad", None)])
def test_the_factors_are_those_of_the_bars(text: str, truncate: int | None) -> None:
    made = view(text, truncate=truncate)
    lengths = [length for length in np.linalg.norm(made.bwd.d_h, axis=1)[::-1] if length]
    factors = np.divide(lengths[1:], lengths[:-1])
    low, high = compact(factors.min()), compact(factors.max())
    said = f"multiplied by {low}" + (f" to {high}." if low != high else ".")
    assert said in look(made)


def test_at_the_loss_only_what_has_come_is_said(usual: BackwardView) -> None:
    by_word, by_line = (film.film(usual, 0, by)[1] for by in ("word", "line"))
    length = compact(float(usual.lengths[-1]))
    for frame in (*by_word[:2], by_line[3]):
        assert f"at “now” the gradient is {length} long" in texts(frame.panels["gradient look"])
    for frame in by_line[:3]:
        assert "nothing yet" in texts(frame.panels["gradient look"])
    assert all("gradient look" not in f.panels for f in [*by_word[2:], *by_line[4:]])


def test_where_nothing_is_handed_on_no_factor_is_named() -> None:
    assert "no word hands a gradient on" in look(view(truncate=1))


@pytest.mark.parametrize("activation", CELLS["rnn"].activations)
def test_saturated_is_where_the_derivative_is_nearly_zero(activation: str) -> None:
    made = view(LONG, activation=activation)
    h = made.reading.fwd.h
    near = {"tanh": np.abs(h) > 0.99, "relu": h == 0, "sigmoid": h * (1 - h) < 0.0199}[activation]
    np.testing.assert_allclose(made.saturated, near.mean(axis=1))
    share = made.saturated.max()
    said = "No derivative is below 0.02" if not share else f"{share:.0%}".replace("%", "\u00a0%")
    assert said in look(made)


def test_truncation_is_said_with_its_horizon() -> None:
    whole, cut = view(LONG), view(LONG, truncate=3)
    assert (cut.lengths[-3:] > 0).all()
    assert (cut.lengths[:-3] == 0).all()
    assert cut.horizon == 2
    assert not np.allclose(whole.bwd.grads["W_hh"], cut.bwd.grads["W_hh"])
    assert "Memory horizon, 1 % or more left: 2 words" in look(cut)
    assert "Truncation lets it reach 3 words" in look(cut)
    assert "Truncation" not in look(whole)
    assert "Truncation" not in look(view(LONG, truncate=len(LONG.split())))
    said = [texts(frame.panels["sums look"]) for frame in film.film(cut, 0)[1]]
    assert [i for i, one in enumerate(said) if "truncation cuts" in one] == [4]


def test_a_gradient_that_overflows_is_said_and_not_drawn() -> None:
    made = view(LONG, activation="relu", epochs=0)
    made.reading.model.params["W_hh"][...] = 1e200
    assert not made.finite
    assert "no longer a number" in look(made)
    sent(*film.film(made, 0))
    assert "no longer a number" in sent(*attribution.film(made))


def test_one_word_says_that_there_is_nothing_to_go_back_to() -> None:
    made = view("good")
    assert "nothing to go back to" in look(made)
    assert "the state before it is 0" in texts(film.film(made, 0)[1][2].panels["sums look"])
    assert "no sentence left" in sent(*attribution.film(made))


@pytest.mark.parametrize("cell", GATED)
def test_each_band_s_caption_gives_the_lengths_at_both_ends(cell: str) -> None:
    made = view(cell=cell)
    said = texts(panel(gates.film(made, 0)[0], "gates look").content)
    for name in made.reading.model.cell.carry:
        d = made.bwd.signals[name][..., 0]
        first, last = (compact(float(np.linalg.norm(d[t]))) for t in (-1, 0))
        assert f"that of {name} from {first} to {last}" in said


# ---- attribution ----


def test_attribution_compares_where_both_saw_the_whole_sentence(usual: BackwardView) -> None:
    said = sent(*attribution.film(usual))
    assert ("both point to" in said) != ("They disagree" in said)


@pytest.mark.parametrize("held", [(), (Intervention("h", 0.5, (1,)),)])
def test_attribution_that_is_truncated_says_so_and_is_not_judged(held: tuple) -> None:
    said = sent(*attribution.film(view(LONG, truncate=3, shown={"interventions": held})))
    assert "where no gradient arrives its bars are 0" in said
    assert not re.search("both point to|They disagree", said)


# ---- what is held by hand ----


def test_what_is_held_passes_no_gradient() -> None:
    made = view(cell="lstm", shown={"interventions": (Intervention("f", 1.0),)})
    gate = next(signal.gate for signal in made.reading.gates if signal.name == "f")
    assert not np.split(made.bwd.d_a, 4, axis=1)[gate].any()


def test_the_loss_after_the_step_is_read_with_the_same_hand() -> None:
    held = (Intervention("i", 0.0),)
    made = view(cell="lstm", shown={"interventions": held})
    again = made.update.model.forward("i am not bad", interventions=held)
    assert made.update.loss_after == made.update.model.loss(again, "positive")


@pytest.mark.parametrize("cell", GATED)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_the_products_make_each_gate_s_gradient(cell: str, shape: dict) -> None:
    for made in layers_of(cell, shape):
        model, h = made.reading.model, made.reading.model.n_hidden
        for gate in made.reading.gates:
            whose, met = gating.gradients(model)[gate.name]
            rows = slice(gate.gate * h, (gate.gate + 1) * h)
            d = gating.gradient(made.bwd, whose, model) * gating.value(made.reading.fwd.layer, met)
            d = d * made.derivatives[:, rows]
            np.testing.assert_allclose(d, made.bwd.d_a[:, rows], atol=1e-14)
