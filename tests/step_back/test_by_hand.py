"""The loss by hand: what is set is said, and the numbers are those of p and nothing else."""

import re

import numpy as np
import pytest

from rnn_core.experiments.by_hand import loss
from tests.apptest import film, key, open_app, payloads, texts, value
from ui.step_back.text import TABS

OPEN = {"below": TABS["loss"], "units": 4, "epoch": 2}


def shown(app) -> dict[str, str]:
    """The texts of the tab."""
    assert not app.exception
    assert not app.error
    panels = next(p for p in payloads(app) if p["panels"][0]["name"] == "hand title")["panels"]
    return {p["name"]: texts(p["content"]) for p in panels if p["kind"] == "text"}


def point(app) -> tuple[float, float]:
    panels = next(p for p in payloads(app) if p["panels"][0]["name"] == "hand title")["panels"]
    dot = next(p for p in panels if p["name"] == "hand")["figure"]["data"][2]
    return dot["x"][0], dot["y"][0]


def test_it_opens_with_the_network_s_own_p_and_the_film_s_loss() -> None:
    app = open_app("step_back", s="i am not bad", **OPEN)
    now = shown(app)
    assert "the network’s own P" in now["hand title"]
    said = float(re.search(r"= ([\d.]+) nats", now["hand look"])[1])
    heading = next(p for p in film(app)["panels"] if p["name"] == "heading")
    assert f"L = {said:.3f}" in texts(heading["content"])
    assert value(app, "p") is None


def test_p_by_hand_makes_the_loss_and_leaves_the_film_alone() -> None:
    own = film(open_app("step_back", s="i am not bad", **OPEN))
    app = open_app("step_back", s="i am not bad", p=0.9, **OPEN)
    now = shown(app)
    assert "set by hand" in now["hand title"]
    assert "L = −ln 0.9 = 0.105 nats" in now["hand look"]
    assert "p\u00a0−\u00a01 = −0.10" in now["hand look"]
    assert point(app) == pytest.approx((0.9, -np.log(0.9)), abs=1e-4)
    assert film(app)["panels"] == own["panels"]
    app.button(key="p back").click().run()
    assert value(app, "p") is None
    assert "the network’s own P" in shown(app)["hand title"]


def test_the_write_up_s_three_classes() -> None:
    settings = OPEN | {"data": "sentiment_three", "s": "i am good and bad"}
    app = open_app("step_back", target="mixed", p=0.2, p_rest=0.25, **settings)
    numbers = re.findall(r"[−+]0\.\d{4}", shown(app)["hand table"])
    assert numbers == ["−0.8000", "+0.2000", "+0.6000"]
    app.select_slider(key=key(app, "p")).set_value(0.5).run()
    numbers = re.findall(r"[−+]0\.\d{4}", shown(app)["hand table"])
    assert numbers == ["−0.5000", "+0.1250", "+0.3750"]


@pytest.mark.parametrize("data", ["parity", "bracket_depth"])
def test_of_several_losses_it_is_that_of_the_followed_one(data: str) -> None:
    app = open_app("step_back", data=data, loss_at=2, p=0.3, **OPEN)
    assert f"{-np.log(0.3):.3f} nats" in shown(app)["hand look"]
    assert loss(np.array([0.3, 0.7]), 0)[0] == pytest.approx(-np.log(0.3))


def test_a_p_that_cannot_be_is_put_right() -> None:
    app = open_app("step_back", s="good", p=7.0, **OPEN)
    assert value(app, "p") == 0.99
    assert "0.010 nats" in shown(app)["hand look"]
