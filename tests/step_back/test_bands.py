"""The gradient item by item: what is drawn adds up to the gradient that is used."""

from dataclasses import replace

import numpy as np
import pytest

from rnn_core import CELLS, Hyperparameters, TrainingRun, make_task
from tests.apptest import film, key, open_app, texts, value
from ui.sequence import models, targets
from ui.sequence.backward_view import BackwardView
from ui.sequence.reading import Reading
from ui.step_back import bands, gradient
from ui.step_back import film as step_back

TEXTS = {"parity": "1 0 1 1 0 1", "copy": "b a c wait say say",
         "bracket_depth": "open open close open"}  # fmt: skip


def view(name: str = "parity", truncate: int | None = None, **shape) -> BackwardView:
    """Of a network that has seen its task twice."""
    data = make_task(name, 12, 0, 40, 10)
    run = TrainingRun(data, Hyperparameters(n_hidden=5, lr=0.1, **shape))
    run.advance(epochs=2)
    encoding = data.vocabulary.encode(TEXTS[name])
    target = targets.right(data, run.model, encoding)
    reading = Reading(run.model, encoding, target=target)
    return BackwardView(reading, target, truncate, run.hyperparameters, False)


def drawn(made: BackwardView) -> np.ndarray:
    """(S, T) the bands, each at the words where it stands."""
    figure = gradient.figure(made)
    return np.array([band.y for band in figure.data[bands.FIRST :]], float)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("name", TEXTS)
def test_items_add_up_to_the_gradient_and_are_what_is_drawn(name: str, cell: str) -> None:
    made = view(name, cell=cell)
    np.testing.assert_allclose(made.items.sum(axis=0), made.bwd.d_h, rtol=0, atol=1e-15)
    np.testing.assert_allclose(drawn(made), np.linalg.norm(made.items, axis=2))
    dots = gradient.figure(made).data[1]
    np.testing.assert_allclose(dots.y, np.linalg.norm(made.bwd.d_h, axis=1))
    assert np.mean(made.losses) == pytest.approx(made.update.loss_before)


def test_a_loss_sends_nothing_to_later_words() -> None:
    made = view("copy")
    for s, band in zip(made.asked, drawn(made), strict=True):
        assert band[: s + 1].all()
        assert not band[s + 1 :].any()


@pytest.mark.parametrize("k", [1, 2, 4])
def test_truncation_cuts_the_bands(k: int) -> None:
    made, whole = view(truncate=k), view()
    n = len(made.reading.words)
    for s, band in enumerate(drawn(made)):
        first = max(t for t in range(s + 1) if t == 0 or (n - t) % k == 0)
        assert not band[:first].any()
        np.testing.assert_allclose(band[first:], drawn(whole)[s][first:])
    assert "Truncation cuts" in texts(gradient.look(made))


def test_one_loss_followed_alone_has_its_own_picture_and_horizon() -> None:
    made = replace(view(), follow=3)
    bars = gradient.figure(made).data[1]
    lengths = np.linalg.norm(made.items[3], axis=1)
    np.testing.assert_allclose([y or 0 for y in bars.y], lengths)
    back = lengths[3::-1]
    reach = next((i for i, d in enumerate(back) if d < 0.01 * back[0]), len(back)) - 1
    assert made.reach(3) == reach
    assert f"left {reach} word" in texts(gradient.look(made))


@pytest.mark.parametrize("by", ["word", "line"])
@pytest.mark.parametrize("shape", [{}, {"cell": "lstm"}, {"n_layers": 2, "bidirectional": True}])
def test_the_film_has_losses_at_several_steps(by: str, shape: dict) -> None:
    made = view("copy", **shape)
    panels, frames = step_back.film(made, 0, by)
    strip = next(panel for panel in panels if panel.name == "strip")
    losses = [mark["text"][0][1] for mark in strip.marks
              if mark["kind"] == "box" and mark["look"].startswith("L")]  # fmt: skip
    assert len(losses) == len(made.asked) == 2  # and none where nothing is asked
    assert all({*frame.panels["strip"]} <= set("pnfgu-") for frame in frames)
    last = texts(frames[-1].panels["code"])
    assert f"{made.update.loss_before:.4f}" in last


@pytest.fixture
def _short(monkeypatch: pytest.MonkeyPatch, own_trainings: None) -> None:
    monkeypatch.setattr(models, "LONGEST", 3)


@pytest.mark.usefixtures("_short")
def test_a_loss_is_chosen_and_a_link_restores_it() -> None:
    app = open_app("step_back", data="parity", s="1 0 1 1")
    assert not app.exception
    assert "the mean of 4 losses" in str(film(app)["panels"])
    app.selectbox(key=key(app, "loss_at")).set_value(3).run()
    assert value(app, "loss_at") == 3
    again = open_app("step_back", data="parity", s="1 0 1 1", loss_at=3)
    assert film(again)["panels"] == film(app)["panels"]
    assert "of loss 3 alone" in str(film(again)["panels"])


@pytest.mark.usefixtures("_short")
def test_where_nothing_is_asked_that_is_said() -> None:
    app = open_app("step_back", data="bracket_depth", s="close open")
    assert not app.exception
    assert "nothing is asked" in str([e.proto.bytes for e in app.get("bidi_component")])
    app = open_app("step_back", data="parity", s="1", loss_at=3)  # one loss: as ever
    assert "of loss" not in str(film(app)["panels"])
