"""Interventions do what they say, their numbers are the network's, a visitor cannot break them."""

import json

import numpy as np
import pytest

from rnn_core import CELLS, Intervention
from tests.apptest import key, open_app, payloads, texts, value
from tests.models import SMALL, run_of, small_model
from ui.kit.table import TABLE
from ui.read import intervention, intervention_controls, intervention_view
from ui.read.intervention import Inquiry, Intervened
from ui.read.text import KINDS
from ui.sequence.reading import Reading

TEXT, OTHER = "a c b b e", "d d a"
AT_A_WORD = [kind for kind in KINDS if kind != "silence"]
VIEW = {"view": "Intervene on the state", "units": 4}


def reading(cell: str = "rnn", text: str = TEXT, **shape: object) -> Reading:
    model = small_model(cell, **shape)
    return Reading(model, model.vocabulary.encode(text))


def made(kind: str, cell: str = "rnn", unit: int = 1, **shape: object) -> Intervened:
    now = reading(cell, **shape)
    other = Reading(now.model, now.model.vocabulary.encode(OTHER))
    return Intervened(now, kind, unit, other if kind == "swap" else None)


def learned() -> Reading:
    run = run_of(n_hidden=4)
    run.advance(epochs=20)
    return Reading(run.model, run.model.vocabulary.encode("this is not bad"))


def known(now: Intervened) -> Inquiry:
    inquiry = Inquiry(now, [], SMALL)
    inquiry.advance(60.0)
    return inquiry


def film(now: Intervened) -> tuple:
    return intervention_view.film(known(now))


def test_the_kinds_are_the_setting_s() -> None:
    assert tuple(KINDS) == TABLE["cut"].allowed


@pytest.mark.parametrize("cell", CELLS)
def test_each_unit_is_silenced_alone(cell: str) -> None:
    now = made("silence", cell)
    for unit in range(4):
        fwd = now.reading.model.forward(TEXT, interventions=[Intervention("h", 0.0, [unit])])
        np.testing.assert_allclose(now.p_after[unit], fwd.p[:, now.reading.answer], rtol=1e-13)
    np.testing.assert_array_equal(now.h_after[0][:, now.unit], 0)


@pytest.mark.parametrize("cell", CELLS)
def test_a_word_that_writes_nothing_is_as_if_left_out(cell: str) -> None:
    now = made("skip", cell)
    for t in range(5):
        without = now.reading.model.forward(np.delete(now.ids, t))
        assert now.p_after[t, -1] == pytest.approx(without.p[-1, now.reading.answer])


@pytest.mark.parametrize("cell", CELLS)
def test_frozen_from_a_word_on_the_answer_stays(cell: str) -> None:
    now = made("freeze", cell)
    for t in range(1, 5):
        np.testing.assert_allclose(now.p_after[t, t:], now.p_before[t - 1])
        np.testing.assert_allclose(now.h_after[t][t:], now.before.h[[t - 1] * (5 - t)])


@pytest.mark.parametrize("cell", CELLS)
def test_a_state_swapped_in_is_read_on_from(cell: str) -> None:
    now = made("swap", cell)
    for t in range(5):
        spliced = f"{OTHER} {' '.join(TEXT.split()[t + 1 :])}".strip()
        expected = now.reading.model.forward(spliced).p[-1, now.reading.answer]
        assert now.p_after[t, -1] == pytest.approx(expected)


@pytest.mark.parametrize("kind", AT_A_WORD)
def test_what_was_read_before_it_stays(kind: str) -> None:
    now = made(kind)
    for t in range(1, 5):
        np.testing.assert_allclose(now.p_after[t, :t], now.p_before[:t], rtol=1e-13)


def test_backwards_a_freeze_holds_the_words_read_later() -> None:
    now = reading(bidirectional=True)
    frozen = Intervened(Reading(now.model, now.encoding, layer=1), "freeze", 0)
    given = frozen.before.h[3]  # what word 2 found, read from the end
    np.testing.assert_allclose(frozen.h_after[2][:3], [given] * 3)


def test_what_is_held_by_hand_is_held_before_and_after() -> None:
    now, held = reading(), (Intervention("h", 0.5, (2,)),)
    both = Intervened(Reading(now.model, now.encoding, interventions=held), "silence", 1)
    assert (both.before.h[:, 2] == both.h_after[0][:, 2]).all()


def test_together_is_the_fewest_of_the_strongest() -> None:
    now = Intervened(learned(), "silence", 0)
    verdicts = [
        now.reading.model.forward(now.ids, interventions=[Intervention("h", 0.0, units)]).p[-1]
        for units in (now.together[:-1], now.together)
    ]
    before, after = (int(p.argmax()) for p in verdicts)
    assert before == int(now.before.p[-1].argmax()) != after


def test_a_sentence_is_read_once_for_each_model() -> None:
    now = made("silence")
    again = Intervened(Reading(now.reading.model, now.reading.encoding), "silence", 3)
    assert now._all[0] is again._all[0]


# ---- the work of finding out ----


@pytest.mark.parametrize("at_once", [1, 8192])
@pytest.mark.parametrize("unit", range(4))
def test_flips_are_the_sentences_that_change_their_verdict(unit: int, at_once: int, monkeypatch):
    monkeypatch.setattr(intervention, "AT_ONCE", at_once)
    now = Intervened(learned(), "silence", unit)
    model, expected = now.reading.model, []
    for text in (*SMALL.train.texts, *SMALL.test.texts):
        held = model.forward(text, interventions=[Intervention("h", 0.0, [unit])])
        said = [model.classes[fwd.p[-1].argmax()] for fwd in (model.forward(text), held)]
        if said[0] != said[1]:
            expected.append((text, *said))
    assert known(now).flips == expected


def test_it_goes_on_by_steps_and_knows_what_it_was_asked() -> None:
    now = Intervened(learned(), "silence", 0)
    inquiry = Inquiry(now, [Intervened(now.reading, "skip", 0)], SMALL)
    shares = [inquiry.share]
    while not inquiry.done:
        inquiry.advance(0.0)
        shares.append(inquiry.share)
    assert len(shares) > 4
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    again = Inquiry(Intervened(learned(), "silence", 0), inquiry.examples, SMALL)
    assert again.key == inquiry.key  # the same numbers
    assert Inquiry(Intervened(now.reading, "silence", 1), [], SMALL).key != inquiry.key


# ---- the view ----


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("text", ["good", "not good " * 20])
def test_the_film_has_a_frame_for_each_word(kind: str, cell: str, text: str) -> None:
    model = run_of(cell=cell, n_hidden=4).model
    now = Reading(model, model.vocabulary.encode(text))
    panels, frames = film(Intervened(now, kind, 0, now if kind == "swap" else None))
    assert len(frames) == len(now.words)
    assert json.dumps([frame.panels for frame in frames], allow_nan=False)
    assert all(json.loads(panel.text)["label"] for panel in panels if hasattr(panel, "figure"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layer", range(4))
def test_any_layer_can_be_changed(kind: str, layer: int) -> None:
    model = run_of(cell="lstm", n_hidden=4, n_layers=2, bidirectional=True).model
    now = Reading(model, model.vocabulary.encode("this is bad"), layer=layer)
    _, frames = film(Intervened(now, kind, 0, now if kind == "swap" else None))
    said = texts(frames[0].panels["intervention verdict"])
    assert f"Only the layer that is shown was changed: {now.called}" in said


@pytest.mark.parametrize("kind", AT_A_WORD)
def test_a_frame_shows_the_intervention_at_its_word(kind: str) -> None:
    now = made(kind)
    units = intervention_view.units_shown(now)
    for t, frame in enumerate(film(now)[1]):
        data = frame.panels["intervention"]["data"]
        np.testing.assert_allclose(data["1"]["z"], now.h_after[t].T[units], atol=0.006)
        moved = (now.h_after[t] - now.before.h).T[units]
        np.testing.assert_allclose(data["2"]["z"], moved, atol=0.006)
        np.testing.assert_allclose(data["4"]["y"], now.p_after[t], atol=1e-4)
        assert f"{now.p_after[t, -1]:.2f}" in texts(frame.panels["intervention verdict"])


@pytest.mark.parametrize(("n_hidden", "n_words", "n_rows"), [(4, 40, 4), (32, 40, 8), (96, 5, 64)])
def test_few_enough_units_are_drawn(n_hidden: int, n_words: int, n_rows: int) -> None:
    now = reading(text="a " * n_words, n_hidden=n_hidden)
    for kind in ("silence", "skip"):
        done = Intervened(now, kind, n_hidden - 1)
        units, bars = intervention_view.units_shown(done), intervention_view.bars_shown(done)
        assert len(units) == n_rows
        assert [unit for unit in now.order if unit in units] == units
        if done.by_unit:
            assert n_hidden - 1 in units
            assert n_hidden - 1 in bars
            assert len(bars) == min(n_hidden, intervention_view.MOST_BARS)


def test_the_sentence_says_whether_the_verdict_follows() -> None:
    now = learned()
    done, same = Intervened(now, "skip", 0), Intervened(now, "swap", 0, now)
    assert done.turns.any()
    for t in range(4):
        said = intervention_view._said(done, t)
        assert ("the verdict follows" in said) == bool(done.turns[t])
        if not same.turns[t]:
            said = intervention_view._said(same, t)
            assert "take a sentence that says the opposite" in said


# ---- in the app ----


def view_of(app) -> dict:
    return next(p for p in payloads(app) if p["panels"][0]["name"] == "intervention title")


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_is_one_click_and_about_the_visitor_s_own_sentence(kind: str) -> None:
    sentence = "this is not bad"
    app = open_app("read", s=sentence, **VIEW)
    button = app.button(key=f"example {kind}")
    button.click().run()
    assert not app.exception
    assert (value(app, "s"), value(app, "s2")) == (sentence, TABLE["s2"].default)
    assert value(app, "cut") == kind
    sent = view_of(app)
    bars = next(p for p in sent["panels"] if p["name"] == "effects")["figure"]["data"][0]
    strongest = int(np.argmax(bars["y"]))
    if kind == "silence":
        assert bars["customdata"][strongest][0] == str(value(app, "unit"))
    else:
        assert value(app, "t") == strongest + 1
        assert f"“{sentence.split()[strongest]}”" in button.label


def test_a_sentence_of_the_data_is_read_instead_and_the_visitor_s_own_offered_back() -> None:
    app = open_app("read", s="i am not bad", **VIEW)
    app.session_state["settings"].kept["own sentence"] = ("i am not bad", "this is good")
    app.session_state["settings"].choices["s"].value = "this is good"
    app.session_state["settings"].choices["s"].births += 1
    app.run()
    assert app.button(key="back to own").label == "Back to yours: i am not bad"
    app.button(key="back to own").click().run()
    assert value(app, "s") == "i am not bad"
    assert not [b for b in app.button if b.key == "back to own"]


def test_a_click_chooses_a_unit_or_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    click, put, kept = {}, {}, {}
    monkeypatch.setattr("ui.kit.settings.reported", lambda key, name: click)
    monkeypatch.setattr("ui.kit.settings.put", lambda **values: put.update(values))
    monkeypatch.setattr("ui.kit.settings.kept", lambda: kept)
    monkeypatch.setattr("ui.kit.settings.get", lambda name: put.get(name, "mine"))
    now = Intervened(learned(), "silence", 1)
    act = intervention_controls._clicked("intervention", now)
    click |= {"panel": "effects", "x": 2, "step": 0}
    act()
    assert put == {"unit": intervention_view.bars_shown(now)[2]}
    click |= {"panel": "intervention", "x": 1, "y": 3, "curve": 1, "step": 1}
    act()
    assert put == {"unit": now.reading.order[3], "t": 2}
    for text in ("first", "second"):  # however many are read, his own is kept
        click |= {"read": text}
        act()
        assert put["s"] == text
        assert kept["own sentence"] == ("mine", text)


@pytest.mark.parametrize("second", ["", "zebra", "\u202e", "x" * 9000, "<b>"])
def test_a_second_sentence_of_nothing_shows_no_film(second: str) -> None:
    app = open_app("read", cut="swap", **VIEW)
    app.text_input(key=key(app, "s2")).set_value(second).run()
    assert not app.exception
    names = [panel["name"] for sent in payloads(app) for panel in sent["panels"]]
    assert "states" in names
    assert "intervention" not in names
