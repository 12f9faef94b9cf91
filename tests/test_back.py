"""The film of the way back: its numbers are the trace's, its code is the code that runs."""

import json

import numpy as np
import pytest

from rnn_core import ACTIVATIONS, BackwardTrace, Hyperparameters, TrainingRun, load_dataset
from ui import source
from ui.figures import back as figures
from ui.lenses import back, leaning
from ui.reading import Reading
from ui.way_back import WayBack

LONG = "i am not at all bad or sad right now"


def way(text: str = LONG, log: bool = False, truncate: int | None = None, **settings) -> WayBack:
    run = TrainingRun(load_dataset("sentiment"), Hyperparameters(n_hidden=12, **settings))
    run.advance(epochs=4)
    reading = Reading(run.model, run.model.vocabulary.encode(text))
    return WayBack(reading, "positive", truncate, run.hyperparameters, log)


@pytest.fixture(scope="module")
def usual() -> WayBack:
    return way()


def panel(panels: list, name: str):
    return next(p for p in panels if p.name == name)


def words_of(content) -> str:
    """All text of a node, in order."""
    if isinstance(content, str):
        return content
    return "".join(words_of(child) for child in content[2:])


@pytest.mark.parametrize("text", ["good", "not bad", LONG, " ".join(["good not bad"] * 13)])
def test_there_are_three_frames_more_than_words(text: str) -> None:
    made = way(text)
    _, frames = back.film(made, 0)
    assert len(frames) == len(made.reading.words) + 3


def test_the_cells_are_the_traces_blame(usual: WayBack) -> None:
    panels, _ = back.film(usual, 0)
    cells = np.array(panel(panels, "blame").figure.data[0].z)
    d_h = usual.bwd.d_h.T[usual.reading.order]
    np.testing.assert_allclose(cells, d_h / np.abs(d_h).max(), atol=1e-4)


def test_the_factors_add_up_to_the_gradient(usual: WayBack) -> None:
    panels, frames = back.film(usual, 0)
    factors = panel(panels, "sums").factors
    first, last = frames[-1].panels["sums"]["outer"]["1"]
    total = np.array(factors["left"][first:last]).T @ np.array(factors["right"][first:last])
    expected = usual.bwd.grads["W_hh"][np.ix_(usual.reading.order, usual.reading.order)]
    np.testing.assert_allclose(total, expected, atol=1e-6)


def test_each_word_adds_its_own_step(usual: WayBack) -> None:
    panels, frames = back.film(usual, 0)
    factors, order = panel(panels, "sums").factors, usual.reading.order
    n = len(usual.reading.words)
    for i, t in enumerate(reversed(range(n))):
        start, end = frames[2 + i].panels["sums"]["outer"]["0"]
        assert (start, end) == (i, i + 1)
        share = np.outer(factors["left"][i], factors["right"][i])
        expected = usual.bwd.step_grads(t)["W_hh"][np.ix_(order, order)]
        np.testing.assert_allclose(share, expected, atol=1e-6)


def test_the_numbers_of_a_word_are_the_traces(usual: WayBack) -> None:
    unit, t = 3, 5
    _, frames = back.film(usual, unit)
    said = words_of(frames[len(usual.reading.words) + 1 - t].panels["formula"]).replace("−", "-")
    for value in (usual.bwd.d_h[t, unit], usual.bwd.d_a[t, unit], usual.bwd.d_h[t - 1, unit]):
        assert f"{value:+.4f}" in said


def test_the_loss_frame_is_p_minus_onehot(usual: WayBack) -> None:
    _, frames = back.film(usual, 0)
    said = words_of(frames[0].panels["formula"]).replace("−", "-")
    p = usual.reading.fwd.p[-1]
    assert f"{-np.log(p[1]):.4f} nats" in said
    assert f"{p[1] - 1:+.4f}" in said


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("clip", ["value", "norm", "none"])
@pytest.mark.parametrize("text", ["good", LONG])
def test_every_frame_shows_lines_that_are_in_the_source(activation, clip, text) -> None:
    _, frames = back.film(way(text, activation=activation, clip=clip), 0)
    assert all("▸ " in words_of(frame.panels["code"]) for frame in frames)


def test_a_line_that_is_not_there_is_an_error() -> None:
    with pytest.raises(LookupError, match="no such line"):
        source.excerpt(BackwardTrace.step_grads, "no such line")


def test_truncation_changes_the_profile_and_the_sum() -> None:
    whole, cut = way(), way(truncate=3)
    assert (cut.lengths[-3:] > 0).all()
    assert (cut.lengths[:-3] == 0).all()
    assert cut.horizon == 2
    assert not np.allclose(whole.bwd.grads["W_hh"], cut.bwd.grads["W_hh"])


def test_forty_words_send_factors_not_matrices() -> None:
    run = TrainingRun(load_dataset("sentiment"), Hyperparameters(n_hidden=64))
    reading = Reading(run.model, run.model.vocabulary.encode(" ".join(["not bad"] * 20)))
    panels, frames = back.film(WayBack(reading, "positive", None, Hyperparameters(), False), 0)
    sent = [json.loads(p.text) for p in panels] + [frame.panels for frame in frames]
    assert len(json.dumps(sent)) < 1_000_000  # forty dense 64 x 64 matrices would be 3 MB more


def test_blame_that_overflows_is_said_and_not_drawn() -> None:
    run = TrainingRun(load_dataset("sentiment"), Hyperparameters(n_hidden=12, activation="relu"))
    run.model.params["W_hh"][...] = 1e200
    reading = Reading(run.model, run.model.vocabulary.encode(LONG))
    made = WayBack(reading, "positive", None, run.hyperparameters, False)
    panels, frames = back.film(made, 0)
    assert not made.finite
    assert "no longer a number" in words_of(panel(panels, "look").content)
    json.dumps([[json.loads(p.text) for p in panels], [f.panels for f in frames]], allow_nan=False)
    assert "no longer a number" in words_of(leaning.panels(made)[-1].content)


def test_one_word_says_that_there_is_nothing_to_go_back_to() -> None:
    made = way("good")
    panels, frames = back.film(made, 0)
    assert "nothing to go back to" in words_of(panel(panels, "look").content)
    assert "no state before it" in words_of(frames[2].panels["sums look"])
    assert "no sentence left" in words_of(leaning.panels(made)[-1].content)


@pytest.mark.parametrize("scale", [1.0, 1e-9])
def test_colours_by_decades_keep_sign_and_order(scale: float) -> None:
    d_h = scale * np.array([[-1.0, 1e-3, 0.0], [1e-7, 0.5, -1e-2]])
    shown, limit = figures.colored(d_h, log=True)
    assert limit == 1
    np.testing.assert_array_equal(np.sign(shown)[0], [-1, 1, 0])
    np.testing.assert_allclose(shown[0], [-1, 0.5, 0], atol=1e-12)
    assert shown[1, 0] == 0


def test_saliency_names_the_strongest_words(usual: WayBack) -> None:
    said = words_of(leaning.panels(usual)[-1].content)
    assert "both point to" in said or "They disagree" in said
