"""The view of the loss cliff: its film stands for every setting, and its words add up."""

import numpy as np
import pytest

from rnn_core.experiments import loss_cliff
from rnn_core.experiments.loss_cliff import ARRIVED, CLIP_AT, LR, N_UPDATES, STARTING_POINTS
from tests.apptest import key, open_app, payloads, texts, value
from ui.kit.table import CLIFF_HH, CLIFF_XH, TABLE
from ui.memory import cliff, text

RATES, CLIPS_AT = TABLE["cliff_lr"].allowed, TABLE["cliff_at"].allowed
ENDS = [(start, lr, clip_at) for start in STARTING_POINTS.values()
        for lr in (RATES[0], RATES[-1]) for clip_at in (CLIPS_AT[0], CLIPS_AT[-1])]  # fmt: skip


@pytest.mark.parametrize(("start", "lr", "clip_at"), ENDS)
def test_the_film_stands_at_the_ends_of_its_settings(
    start: tuple, lr: float, clip_at: float
) -> None:
    panels, frames = cliff.film(start, lr, clip_at)
    assert len(frames) == N_UPDATES + 1
    names = [panel.name for panel in panels]
    assert all(set(frame.panels) <= set(names) for frame in frames)
    marks = [frame.panels["cliff"]["data"][end] for frame in frames for end in ("4", "5")]
    places = np.array([(mark["x"][0], mark["y"][0]) for mark in marks])
    assert (places >= cliff.LOW - 1e-3).all()
    assert (places <= cliff.HIGH + 1e-3).all()


def test_the_paths_grow_in_step_and_the_ranges_stay() -> None:
    panels, frames = cliff.film(STARTING_POINTS["from the left"], LR, CLIP_AT)
    for k, frame in enumerate(frames):
        for patch, traces in (("cliff", "23"), ("cliff curves", "0123")):
            assert "layout" not in frame.panels[patch]
            data = frame.panels[patch]["data"]
            assert [len(data[trace]["y"]) for trace in traces] == [k + 1] * len(traces)
    for panel in panels:
        if hasattr(panel, "figure"):
            axes = [axis for axis in panel.figure.to_dict()["layout"].items() if "axis" in axis[0]]
            assert all("range" in axis and axis["fixedrange"] for _, axis in axes)


def said(name: str, panel: str) -> str:
    panels, _ = cliff.film(STARTING_POINTS[name], LR, CLIP_AT)
    return next(texts(one.content) for one in panels if one.name == panel)


def test_what_is_said_has_the_numbers() -> None:
    start = STARTING_POINTS["the hardest hit"]
    free, clipped = loss_cliff.descend(start, LR), loss_cliff.descend(start, LR, CLIP_AT)
    verdict = said("the hardest hit", "cliff verdict")
    assert f"update {free.thrown} jumps {free.moves.max():.0f} away" in verdict
    assert f"{free.lengths.max():,.0f} long" in verdict
    assert "vanishes" in verdict
    assert f"after {clipped.arrived} updates the loss stays below {ARRIVED:g}" in verdict


@pytest.mark.parametrize("name", STARTING_POINTS)
def test_a_verdict_claims_only_what_happened(name: str) -> None:
    walks = [loss_cliff.descend(STARTING_POINTS[name], LR, at) for at in (None, CLIP_AT)]
    verdict = said(name, "cliff verdict")
    assert verdict.count("It arrives") == sum(walk.arrived >= 0 for walk in walks)
    assert verdict.count("jumps") == sum(walk.thrown > 0 for walk in walks)


@pytest.mark.parametrize("lr", RATES)
@pytest.mark.parametrize("clip_at", CLIPS_AT)
def test_the_counts_add_up(lr: float, clip_at: float) -> None:
    starts = np.array(np.meshgrid(*np.linspace(*cliff.AROUND, 21).T)).reshape(2, -1)
    for counts, at in zip(cliff.shares(lr, clip_at), (None, clip_at), strict=True):
        walk = loss_cliff.descend(starts, lr, at)
        straight, after, lost, neither = counts
        assert sum(counts) == 441
        assert after + lost == np.count_nonzero(walk.thrown)
        assert straight + after == np.count_nonzero(walk.arrived >= 0)
        assert min(straight, after, lost, neither) >= 0


def test_it_is_the_method_and_not_luck() -> None:
    free, clipped = cliff.shares(LR, CLIP_AT)
    assert free[1] + free[2] > 441 / 2
    assert free[0] + free[1] < 0.6 * 441
    assert clipped[0] > 0.97 * 441
    table = said("round it", "cliff luck")
    assert all(way in table for way in text.WAYS.values())
    for counts in free, clipped:
        assert "".join(map(str, (*counts, 441))) in table


def test_every_colour_of_the_map_has_its_number() -> None:
    panels, _ = cliff.film(STARTING_POINTS["round it"], LR, CLIP_AT)
    surface = panels[1].figure.data[0]
    assert surface.showscale is not False
    found = 10 ** np.array(surface.z)
    ticks = [float(text) for text in surface.colorbar.ticktext]
    np.testing.assert_allclose(np.log10(ticks), surface.colorbar.tickvals)
    assert surface.contours.start <= np.log10(min(ticks))
    assert found.max() < 2 * max(ticks)


@pytest.mark.parametrize(("start", "lr", "clip_at"), ENDS)
def test_no_curve_leaves_its_picture(start: tuple, lr: float, clip_at: float) -> None:
    panels, frames = cliff.film(start, lr, clip_at)
    figure = next(panel.figure for panel in panels if panel.name == "cliff curves")
    ranges = [figure.layout.yaxis.range] * 2 + [figure.layout.yaxis2.range] * 2
    for i, (low, high) in enumerate(ranges):
        drawn = np.log10(frames[-1].panels["cliff curves"]["data"][str(i)]["y"])
        assert low <= drawn.min() <= drawn.max() <= high
    assert figure.layout.yaxis.ticktext[0] == figure.layout.yaxis2.ticktext[0] == "≤ 1e−4"


def test_every_start_is_offered_and_on_the_map() -> None:
    assert all(x in CLIFF_XH and h in CLIFF_HH for x, h in STARTING_POINTS.values())


def test_a_start_sets_everything_and_a_click_on_the_map_is_the_nearest_place() -> None:
    app = open_app("memory", m_tab=list(text.TABS)[1], cliff_lr=0.1)
    assert {"cliff", "cliff curves"} <= {p["name"] for p in payloads(app)[0]["panels"]}
    app.button(key="cliff the hardest hit").click().run()
    w_xh, w_hh = STARTING_POINTS["the hardest hit"]
    assert (value(app, "w_xh"), value(app, "w_hh"), value(app, "cliff_lr")) == (w_xh, w_hh, LR)
    app.selectbox(key=key(app, "cliff_at")).set_value(10.0).run()
    assert f"cliff {(w_xh, w_hh)} {LR} 10.0" == payloads(app)[0]["identity"]
    assert not app.exception
    assert not app.error
