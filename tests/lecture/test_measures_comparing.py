"""Measures of readings side by side, and of single words and units, against sums done by hand."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from rnn_core import Intervention
from tests.lecture.looks import HP, Tried, trained
from ui.lecture import measures_comparing, measures_gates, measures_reading
from ui.sequence import models

RUN = trained()
LOOK = Tried(RUN, "this is not good")


def test_two_states_are_compared_unit_by_unit() -> None:
    a, b = (RUN.model.forward(s).h for s in ("this is not good", "this is good"))
    signs = int((a[-1] * b[-1] < 0).sum())
    assert measures_comparing.other_signs(LOOK, s="this is good") == signs
    assert measures_comparing.other_signs(LOOK, word=2, other=2, s="this is good") == 0
    apart = measures_comparing.distance(LOOK, "this is not good", "this is good")
    assert apart == pytest.approx(np.linalg.norm(a[-1] - b[-1]) / np.sqrt(8))
    with pytest.raises(ValueError, match="no word 5"):
        measures_comparing.other_signs(LOOK, word=5)


def test_without_memory_only_the_first_word_is_read_as_ever() -> None:
    assert measures_comparing.change_without_memory(LOOK, "positive", "good") == 0
    assert measures_comparing.change_without_memory(LOOK, "positive") > 0


def test_a_cosine_is_of_centred_columns_of_the_last_epoch() -> None:
    columns = RUN.model.params["W_xh"]
    words = list(RUN.dataset.vocabulary.words)
    good, bad = (
        (columns - columns.mean(axis=1, keepdims=True))[:, words.index(word)]
        for word in ("good", "bad")
    )
    cosine = good @ bad / np.linalg.norm(good) / np.linalg.norm(bad)
    assert measures_comparing.cosine(LOOK, "good", "bad") == pytest.approx(cosine)
    with pytest.raises(ValueError, match="does not know “awful”"):
        measures_comparing.cosine(LOOK, "good", "awful")


def test_seeds_are_asked_one_after_another(
    monkeypatch: pytest.MonkeyPatch, own_trainings: None
) -> None:
    monkeypatch.setattr(models, "data", lambda: SimpleNamespace(name="sentiment"))
    monkeypatch.setattr(models, "hyperparameters", lambda: HP)
    monkeypatch.setattr(models, "LONGEST", 2)
    said = [0, 0]
    for i, s in enumerate(("good", "bad")):
        work = measures_comparing.seeds_saying(LOOK, "positive", seeds=2, s=s)
        shares = []
        try:
            while True:
                shares.append(next(work))
        except StopIteration as end:
            said[i] = end.value
        assert shares == sorted(shares)
        answers = [models.training("sentiment", hp).run.model.forward(s).p[-1, 1] > 0.5
                   for hp in (HP, replace(HP, seed=1))]  # fmt: skip
        assert said[i] == sum(answers)


def test_a_word_uses_one_column() -> None:
    assert measures_reading.weights_of_a_word(LOOK, 4) == 8
    p = RUN.model.forward("i am not at all bad").p[:, 0]
    assert measures_reading.highest(LOOK, "negative", "i am not at all bad") == p.argmax() + 1


def test_parameters_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "data", lambda: RUN.dataset)
    monkeypatch.setattr(models, "hyperparameters", lambda: HP)
    assert measures_reading.n_parameters(LOOK) == RUN.model.flat.size
    assert measures_reading.n_parameters(LOOK, 64) == 18 * 64 + 64 * 64 + 64 * 2 + 64 + 2
    with pytest.raises(ValueError, match="a network has 1, 2, 4"):
        measures_reading.n_parameters(LOOK, 5)


def test_a_unit_is_silenced_at_every_word() -> None:
    p = [RUN.model.forward("this is not good", interventions=[Intervention("h", 0.0, [unit])]).p[-1]
         for unit in range(8)]  # fmt: skip
    free = RUN.model.forward("this is not good").p[-1].argmax()
    assert measures_gates.turning_units(LOOK) == sum(one.argmax() != free for one in p)
    alone = measures_gates.p_held(LOOK, "positive", "h", at=0, unit=3)
    assert alone == pytest.approx(p[3][1])
    with pytest.raises(ValueError, match="no unit 8"):
        measures_gates.p_held(LOOK, "positive", "h", at=0, unit=8)
    with pytest.raises(ValueError, match="no z"):
        measures_gates.p_held(LOOK, "positive", "z", at=1)


def test_a_gru_with_z_held_at_1_answers_as_it_would_have_before() -> None:
    look = Tried(trained("gru"), "this is not good")
    held = measures_gates.p_held(look, "positive", "z", at=1, first=3)
    assert held == look.fwd.p[1, 1] != look.fwd.p[-1, 1]


def test_a_gate_is_open_as_much_as_its_units_are_on_average() -> None:
    look = Tried(trained("lstm"), "this is not good")
    f = look.fwd.signals["f"][..., 0].mean(axis=1)
    assert measures_gates.gate(look, "f", 2) == pytest.approx(f[1])
    assert measures_gates.least_open_word(look, "f") == f.argmin() + 1
    with pytest.raises(ValueError, match="there are none"):
        measures_gates.gate(LOOK, "f")
