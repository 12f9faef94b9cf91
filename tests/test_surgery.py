"""Surgery: a cut does what it says, its numbers are the network's, a visitor cannot break it."""

import json
import re
from itertools import pairwise

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnn_core import CELLS, Intervention
from tests.apptest import payloads, texts
from tests.models import SMALL, run_of, small_model
from ui import operation
from ui.figures import effects, theme
from ui.figures import surgery as figures
from ui.lenses import surgery
from ui.lenses import surgery_words as told
from ui.operation import CUTS, Operation
from ui.reading import Reading

TEXT, OTHER = "a c b b e", "d d a"
WORD_CUTS = [kind for kind in CUTS if kind != "silence"]


def reading(cell: str = "rnn", text: str = TEXT, **shape: object) -> Reading:
    model = small_model(cell, **shape)
    return Reading(model, model.vocabulary.encode(text))


def cut_of(kind: str, cell: str = "rnn", unit: int = 1, **shape: object) -> Operation:
    now = reading(cell, **shape)
    other = Reading(now.model, now.model.vocabulary.encode(OTHER))
    return Operation(now, kind, unit, other if kind == "swap" else None)


def learned() -> Reading:
    run = run_of(n_hidden=4)
    run.advance(epochs=20)
    return Reading(run.model, run.model.vocabulary.encode("this is not bad"))


@pytest.mark.parametrize("cell", CELLS)
def test_each_unit_is_silenced_alone(cell: str) -> None:
    cut = cut_of("silence", cell)
    for unit in range(4):
        fwd = cut.reading.model.forward(TEXT, interventions=[Intervention("h", 0.0, [unit])])
        np.testing.assert_allclose(
            cut.p_after[unit], fwd.p[:, cut.reading.answer], rtol=1e-13, atol=0
        )
    np.testing.assert_array_equal(cut.h_after[0][:, cut.unit], 0)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("t", range(5))
def test_a_word_that_writes_nothing_is_as_if_left_out(cell: str, t: int) -> None:
    cut = cut_of("skip", cell)
    without = cut.reading.model.forward(np.delete(cut.ids, t))
    assert cut.p_after[t, -1] == pytest.approx(without.p[-1, cut.reading.answer])


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("t", range(1, 5))
def test_frozen_from_a_word_on_the_answer_stays(cell: str, t: int) -> None:
    cut = cut_of("freeze", cell)
    np.testing.assert_allclose(cut.p_after[t, t:], cut.p_before[t - 1])
    np.testing.assert_allclose(cut.h_after[t][t:], cut.before.h[[t - 1] * (5 - t)])


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("t", range(5))
def test_a_state_swapped_in_is_read_on_from(cell: str, t: int) -> None:
    cut = cut_of("swap", cell)
    spliced = f"{OTHER} {' '.join(TEXT.split()[t + 1 :])}".strip()
    expected = cut.reading.model.forward(spliced).p[-1, cut.reading.answer]
    assert cut.p_after[t, -1] == pytest.approx(expected)


@pytest.mark.parametrize("kind", WORD_CUTS)
@pytest.mark.parametrize("t", range(1, 5))
def test_what_was_read_before_a_cut_stays(kind: str, t: int) -> None:
    cut = cut_of(kind)
    np.testing.assert_allclose(cut.p_after[t, :t], cut.p_before[:t], rtol=1e-13, atol=0)


def test_backwards_a_freeze_holds_the_words_read_later() -> None:
    now = reading(bidirectional=True)
    cut = Operation(Reading(now.model, now.encoding, layer=1), "freeze", 0)
    given = cut.before.h[3]  # what word 2 found, read from the end
    np.testing.assert_allclose(cut.h_after[2][:3], [given] * 3)


def test_what_is_held_by_hand_is_held_before_and_after() -> None:
    now = reading()
    cut = Operation(
        Reading(now.model, now.encoding, holds=(Intervention("h", 0.5, (2,)),)), "silence", 1
    )
    assert (cut.before.h[:, 2] == cut.h_after[0][:, 2]).all()


def test_together_is_the_fewest_of_the_strongest() -> None:
    cut = Operation(learned(), "silence", 0)
    fewest = cut.together
    verdicts = [
        int(
            cut.reading.model.forward(cut.ids, interventions=[Intervention("h", 0.0, units)])
            .p[-1]
            .argmax()
        )
        for units in (fewest[:-1], fewest)
    ]
    assert verdicts[0] != verdicts[1]
    assert verdicts[0] == int(cut.before.p[-1].argmax())


@pytest.mark.parametrize("at_once", [1, 8192])
@pytest.mark.parametrize("unit", range(4))
def test_flips_are_the_sentences_that_change_their_verdict(unit: int, at_once: int, monkeypatch):
    monkeypatch.setattr(operation, "AT_ONCE", at_once)
    model = learned().model
    expected = []
    for text in (*SMALL.train.texts, *SMALL.test.texts):
        held = model.forward(text, interventions=[Intervention("h", 0.0, [unit])])
        said = [model.classes[fwd.p[-1].argmax()] for fwd in (model.forward(text), held)]
        if said[0] != said[1]:
            expected.append((text, *said))
    assert operation.flips(model, SMALL, unit, 0) == (expected, 9)


def test_a_sentence_is_read_once_for_each_model() -> None:
    cut = cut_of("silence")
    again = Operation(Reading(cut.reading.model, cut.reading.encoding), "silence", 3)
    assert cut._all[0] is again._all[0]


@pytest.mark.parametrize("kind", CUTS)
@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("text", [TEXT, "a", "a b " * 20])
def test_the_film_has_a_frame_for_each_word(kind: str, cell: str, text: str) -> None:
    now = reading(cell, text, n_classes=2)
    panels, frames = surgery.film(Operation(now, kind, 0, now if kind == "swap" else None), SMALL)
    assert len(frames) == len(now.words)
    assert json.dumps([frame.panels for frame in frames], allow_nan=False)
    assert all(json.loads(panel.text)["label"] for panel in panels if hasattr(panel, "figure"))


@pytest.mark.parametrize("kind", CUTS)
@pytest.mark.parametrize("layer", range(4))
def test_any_layer_can_be_cut(kind: str, layer: int) -> None:
    now = reading("lstm", n_layers=2, bidirectional=True, n_classes=2)
    now = Reading(now.model, now.encoding, layer=layer)
    panels, frames = surgery.film(Operation(now, kind, 0, now if kind == "swap" else None), SMALL)
    assert len(panels) >= 8
    assert f"Only the layer that is shown was cut: {now.called}" in texts(
        frames[0].panels["surgery verdict"]
    )


@pytest.mark.parametrize("kind", WORD_CUTS)
def test_a_frame_shows_the_cut_at_its_word(kind: str) -> None:
    cut = cut_of(kind, n_classes=2)
    units = surgery.units_shown(cut)
    for t, frame in enumerate(surgery.film(cut, SMALL)[1]):
        data = frame.panels["surgery"]["data"]
        np.testing.assert_allclose(data["1"]["z"], cut.h_after[t].T[units], atol=0.006)
        np.testing.assert_allclose(data["4"]["y"], cut.p_after[t], atol=1e-4)
        assert f"{cut.p_after[t, -1]:.2f}" in texts(frame.panels["surgery verdict"])


@pytest.mark.parametrize(
    ("n_hidden", "n_words", "n_rows"), [(4, 40, 4), (256, 40, 8), (256, 5, 64)]
)
def test_few_enough_units_are_drawn(n_hidden: int, n_words: int, n_rows: int) -> None:
    now = reading(text="a " * n_words, n_hidden=n_hidden)
    for kind in CUTS:
        cut = Operation(now, kind, n_hidden - 1, now)
        units = surgery.units_shown(cut)
        assert len(units) == n_rows
        assert [unit for unit in now.order if unit in units] == units
    silence = Operation(now, "silence", n_hidden - 1)
    assert n_hidden - 1 in surgery.units_shown(silence)
    assert n_hidden - 1 in surgery.bars_shown(silence)
    assert len(surgery.bars_shown(silence)) == min(n_hidden, effects.MOST_BARS)


@pytest.mark.parametrize("t", range(4))
def test_the_sentence_says_whether_the_verdict_follows(t: int) -> None:
    now = learned()
    cut = Operation(now, "skip", 0)
    assert ("the verdict follows" in told.said(cut, t)) == bool(cut.turns[t])
    same = Operation(now, "swap", 0, now)
    assert cut.turns.any()
    if not same.turns[t]:
        assert "take a sentence that says the opposite" in told.said(same, t)


FIGURE = figures.film(
    (np.eye(3), np.zeros((3, 3))), (np.array([0.1, 0.2, 0.9]), np.array([0.1, 0.2, 0.85])),
    ["<b>not</b>", "b", "c"], [2, 0, 1], "good", 1,
)  # fmt: skip
BARS = effects.bars(np.array([0.4, -0.6]), ["<i>a</i>", "b"], [True, False], "word")


@pytest.mark.parametrize("figure", [FIGURE, BARS], ids=["states", "bars"])
def test_figures_keep_the_house_rules(figure) -> None:
    spec = json.loads(figure.to_json())
    spec["layout"].pop("template", None)
    text = json.dumps(spec)
    assert not re.search("<b>not|<i>a", text)
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}", text)) <= set(theme.DARK)
    assert all(axis.fixedrange and axis.range for axis in figure.select_xaxes())
    assert all(axis.fixedrange and axis.range for axis in figure.select_yaxes())


def test_the_difference_is_after_minus_before() -> None:
    np.testing.assert_allclose(FIGURE.data[2].z, -np.eye(3)[:, [2, 0, 1]].T)


def test_names_that_end_close_to_each_other_stand_apart() -> None:
    before, after = FIGURE.layout.annotations[:2]
    assert (before.text, after.text) == ("before 0.90", "after 0.85")
    assert before.yshift - after.yshift >= 16


@pytest.mark.parametrize("largest", [0.0, 1e-5, 0.013, 0.2, 0.7, 1.0])
def test_bars_fit_their_scale(largest: float) -> None:
    top = effects.bars(np.array([largest, 0.0]), ["1", "2"], [False] * 2, "unit").layout.yaxis.range
    assert largest <= top[1]
    assert list(effects.TOPS) == sorted(effects.TOPS)
    assert all(b <= 2.5 * a for a, b in pairwise(effects.TOPS))


def lens_page() -> None:
    """The lens alone: a sentence, its controls, its film."""
    import streamlit as st

    from ui import controls, state
    from ui.controls import surgery as surgery_controls
    from ui.lenses import surgery
    from ui.plot.plot import film
    from ui.reading import Reading
    from ui.state import surgery as state_surgery

    chosen = controls.usual_model()
    surgery_controls.from_link()
    sentence = controls.sentence_box(chosen.model.vocabulary)
    now = Reading(chosen.model, sentence.encoding)
    unit = state.chosen("unit", 0, 15, now.telling_unit)
    state.show_notes()
    if cut := surgery_controls.operation(now, unit):
        clicked = state_surgery.clicked("surgery", *surgery.clickable(cut))
        film("surgery", *surgery.film(cut, chosen.trained.run.dataset), on_click=clicked)
    st.text(unit)


def lens() -> AppTest:
    app = AppTest.from_function(lens_page, default_timeout=30).run()
    assert not app.exception
    return app


@pytest.mark.parametrize(
    ("example", "sentence", "t"),
    [("skip", "this is not good", 3), ("freeze", "i am not at all bad", 6),
     ("swap", "this is good", 2)],
)  # fmt: skip
def test_an_example_is_one_click(example: str, sentence: str, t: int) -> None:
    app = lens()
    app.button(key=f"surgery {example}").click().run()
    assert not app.exception
    assert app.text_input(key="s").value == sentence
    assert app.session_state["t"] == t
    assert app.session_state["cut"] == example
    verdict = texts(payloads(app)[-1]["frames"][t - 1]["panels"]["surgery verdict"])
    assert "the verdict follows" in verdict


def test_the_strongest_unit_is_one_click() -> None:
    app = lens()
    app.button(key="surgery silence").click().run()
    bars = next(p for p in payloads(app)[-1]["panels"] if p["name"] == "surgery bars")
    assert str(app.session_state["unit"]) == bars["figure"]["layout"]["xaxis"]["ticktext"][0]


@pytest.mark.parametrize("second", ["", "zebra", "\u202e", "x" * 9000, "<b>"])
def test_a_second_sentence_of_nothing_shows_no_film(second: str) -> None:
    app = lens()
    app.button(key="surgery swap").click().run()
    app.text_input(key="s2").set_value(second).run()
    assert not app.exception
    assert not [p for p in payloads(app) if p["frames"]]


def test_a_link_s_unknown_cut_is_said() -> None:
    app = AppTest.from_function(lens_page, default_timeout=30)
    app.query_params["cut"] = "chop"
    assert "cut is unknown" in app.run().info[0].value
