"""Weights set by hand: a link says them, every page's model has them, the shared one never."""

import json

import numpy as np
import pytest

from tests.apptest import film, go_to, open_app, owner, value
from tests.models import small_model
from ui.kit import settings
from ui.kit.settings import Owner
from ui.sequence import models, own_weights
from ui.sequence.architecture import Architecture
from ui.sequence.own_weights import Place

SHORT = {"s": "i am not bad", "units": 4}


def trained(cell: str = "rnn"):
    return models.training("sentiment", models.recommended("sentiment", 4, Architecture(cell))).run


def states(app) -> np.ndarray:
    """(T, H) of the page's film, by unit."""
    heat = next(p for p in film(app)["panels"] if p["name"] == "states")["figure"]["data"][0]
    rows = [row[0][1] for row in heat["customdata"]]
    return np.array(heat["z"])[np.argsort(rows)].T


@pytest.mark.parametrize("text", ["W_hh.3.5", "b_h.2", "W_xh_2_back.0.11"])
def test_a_place_is_read_as_it_is_written(text: str) -> None:
    assert Place.parse(text).text == text


@pytest.mark.parametrize("text", ["", "W_hh", "W_hh.x.1", "c.1.1", "W_hh.-1.0", "W_hh.1.2.3"])
def test_nonsense_is_no_place(text: str) -> None:
    assert Place.parse(text) is None


@pytest.mark.parametrize(("place", "there"), [
    (Place("W_hh", 3, 3), True), (Place("W_hh", 4, 0), False), (Place("W_hh", 0), False),
    (Place("b_h", 3), True), (Place("b_h", 0, 0), False), (Place("W_zz", 0, 0), False),
])  # fmt: skip
def test_a_place_is_in_a_model_or_not(place: Place, there: bool) -> None:
    assert place.within(small_model()) is there


def test_a_copy_is_changed_and_nothing_else() -> None:
    model = small_model("lstm")
    before = model.flat.copy()
    copy = own_weights.changed(model, ((Place("W_hh", 15, 2), 7.0), (Place("b_y", 1), -3.0)))
    np.testing.assert_array_equal(model.flat, before)
    assert (copy.params["W_hh"][15, 2], copy.params["b_y"][1]) == (7.0, -3.0)
    assert (copy.flat != before).sum() == 2
    assert own_weights.changed(model, ()) is model


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_the_page_reads_with_them(cell: str) -> None:
    run = trained(cell)
    by_hand = ((Place("W_hh", 3, 1), 2.5), (Place("b_h", 0), -1.0))
    app = open_app("read", cell=cell, weights="W_hh.3.1=2.5,b_h.0=-1", **SHORT)
    model = own_weights.changed(run.snapshots[-1].model, by_hand)
    np.testing.assert_allclose(states(app), model.forward(SHORT["s"]).h, atol=5e-5)
    assert "2 weights by hand" in [popover.proto.popover.label for popover in app.get("popover")]
    card = " ".join(markdown.value for markdown in app.markdown)
    assert "2 weights by hand**; what follows is of it as it was trained" in card
    go_to(app, "check")
    assert "2 weights by hand" in " ".join(markdown.value for markdown in app.markdown)


def test_they_are_put_back_one_by_one_and_all() -> None:
    app = open_app("read", weights="W_hh.3.1=2.5,b_h.0=-1,b_h.1=0", **SHORT)
    app.button(key="put back b_h.0 listed").click().run()
    assert value(app, "weights") == "W_hh.3.1=2.5,b_h.1=0"
    app.button(key="put all back").click().run()
    assert value(app, "weights") == ""
    np.testing.assert_allclose(
        states(app), trained().snapshots[-1].model.forward(SHORT["s"]).h, atol=5e-5
    )


@pytest.mark.parametrize("page", ["read", "step_back"])
def test_while_it_is_dragged_the_film_follows_and_nothing_is_set(page: str) -> None:
    app = open_app(page, weight="W_hh.3.1", **SHORT)
    before = film(app)["panels"], film(app)["frames"]
    owner(app).kept[own_weights.DRAGGED] = Place("W_hh", 3, 1), 2.5
    app.run()
    assert value(app, "weights") == ""
    assert dial(app)["value"] == 2.5
    assert (film(app)["panels"], film(app)["frames"]) != before
    if page == "read":
        model = own_weights.changed(trained().snapshots[-1].model, ((Place("W_hh", 3, 1), 2.5),))
        np.testing.assert_allclose(states(app), model.forward(SHORT["s"]).h, atol=5e-5)
    owner(app).kept[own_weights.DRAGGED] = None
    app.run()
    assert (film(app)["panels"], film(app)["frames"]) == before


def dial(app) -> dict:
    """What the dial in hand was sent."""
    sent = [json.loads(element.proto.bytes) for element in app.get("bidi_component")]
    return next(data for data in sent if data.get("live"))


def test_what_is_let_go_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = Owner()
    monkeypatch.setattr(settings, "owner", lambda: mine)
    monkeypatch.setattr(settings.st, "session_state", {})
    model, place = small_model(), Place("W_hh", 3, 1)
    own_weights.drag(place, 1.5, True, "trained")
    assert (own_weights.dragged(model), own_weights.asked()) == (((place, 1.5),), ())
    own_weights.drag(place, 1.25, False, "trained")
    assert (own_weights.dragged(model), own_weights.asked()) == ((), ((place, 1.25),))


def test_a_locked_dial_cannot_be_turned_and_a_hidden_one_is_not_there() -> None:
    assert dial(open_app("read", weight="W_hh.3.1", lock="weights", **SHORT))["disabled"]
    app = open_app("read", weight="W_hh.3.1", hide="weights", **SHORT)
    assert all("live" not in json.loads(e.proto.bytes) for e in app.get("bidi_component"))


@pytest.mark.parametrize(("asked", "left", "said"), [
    ("W_hh.3.9=1,b_h.0=1", "b_h.0=1", "no W_hh.3.9: what was set there by hand is put back"),
    ("W_zz.0.0=1", "", "no W_zz.0.0"),
    ("b_h.0=nan,b_h.1=1e99999", "", "cannot be set by hand"),
    ("b_h.0=1;drop,<b>", "", "cannot be set by hand"),
    (",".join(f"W_xh.1.{i}=1" for i in range(18)) + "," + ",".join(f"W_xh.2.{i}=1"
                                                                  for i in range(18)),
     None, "cannot be set by hand"),
    ("b_h.0=1000", "b_h.0=1000", ""),
])  # fmt: skip
def test_bad_parts_are_put_right_and_said_once(asked: str, left: str | None, said: str) -> None:
    app = open_app(weights=asked, **SHORT)
    assert not app.exception
    if left is not None:
        assert value(app, "weights") == left
    assert len(value(app, "weights").split(",")) <= own_weights.MOST
    assert any(said in info.value for info in app.info) or not said
    assert not app.run().info


def test_they_belong_to_who_reads() -> None:
    app = open_app("read", weights="W_hh.3.1=2.5", model="everyday")
    assert not any("by hand" in popover.proto.popover.label for popover in app.get("popover"))
    assert value(app, "weights") == "W_hh.3.1=2.5"
    app = open_app("start", weights="W_hh.3.1=2.5", weights_of="everyday")
    assert "1 weight by hand" in [popover.proto.popover.label for popover in app.get("popover")]


def test_a_weight_in_hand_that_is_not_there_is_said() -> None:
    app = open_app("read", weight="W_hh.9.9", **SHORT)  # Start has no dial: it is said on Read
    assert value(app, "weight") == ""
    assert any("no weight W_hh.9.9" in info.value for info in app.info)


def test_train_trains_its_own_and_says_so() -> None:
    app = open_app("train", weights="b_h.0=3", **SHORT)
    assert any("not in this run" in markdown.value for markdown in app.markdown)
    session = owner(app).kept["jobs"]["session"].work
    assert session.run.model.params["b_h"][0] != 3
