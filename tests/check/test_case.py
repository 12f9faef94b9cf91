"""A check says what the core says: of this very model, in slices, and no more than it can know."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from rnn_core import Hyperparameters, Model, TrainingRun, check_gradients
from rnn_core.experiments.bugs import BUGS
from tests.models import SMALL, small_model
from ui.check import verdicts
from ui.check.case import Case, Check, checks, shared
from ui.check.verdicts import DOUBT, FAILED, LOST, PASSED
from ui.kit import jobs

TEXT = "this is not bad at all"


def trained(epochs: int, cell: str = "rnn", **settings: object) -> Model:
    run = TrainingRun(SMALL, Hyperparameters(cell=cell, **{"n_hidden": 6, "lr": 0.1, **settings}))
    if epochs:
        run.advance(epochs=epochs)
    return run.model


def case_of(model: Model, text: str = TEXT, **more: object) -> Case:
    ids = tuple(int(i) for i in SMALL.vocabulary.encode(text).ids)
    return Case(model, "this one", ids, tuple(text.split()), "positive", **more)


def finished(case: Case, budget_s: float = 1.0) -> Check:
    check = Check(case)
    while not check.done:
        check.advance(budget_s)
    return check


def said(check: Check) -> dict[str, object]:
    return {name: verdicts.of(g) for name, g in check.gradients.items()}


@pytest.fixture(scope="module")
def model() -> Model:
    return trained(20)


@pytest.mark.parametrize("budget_s", [0.0, 1.0])
def test_in_slices_it_is_what_the_core_says(model: Model, budget_s: float) -> None:
    check = finished(case_of(model), budget_s)
    errors = {name: g.error for name, g in check.gradients.items()}
    assert errors == pytest.approx(check_gradients(model, TEXT, "positive"), rel=1e-12)
    assert check.n_moved == model.flat.size
    assert check.seconds > 0


def test_one_number_is_moved_whatever_the_budget(model: Model) -> None:
    check, shares = Check(case_of(model)), []
    for _ in range(3):
        check.advance(0.0)
        shares.append(round(check.share * check.n_moved, 9))
    assert shares == [1, 2, 3]


def test_the_same_numbers_are_the_same_case(model: Model) -> None:
    case = case_of(model)
    assert shared(case) is shared(case_of(model.copy()))
    moved = model.copy()
    moved.params["b_y"][0] += 1e-12
    others = [case_of(moved), replace(case, bug="square"), replace(case, epsilon=1e-6),
              replace(case, only="W_hh"), case_of(model, "good"), case.at_the_start()]  # fmt: skip
    assert len({case, *others}) == 1 + len(others)


def test_what_is_not_done_at_once_is_a_job(model: Model, monkeypatch) -> None:
    waits = []
    monkeypatch.setattr(jobs, "AT_ONCE_S", 0.0)
    monkeypatch.setattr(jobs, "wait_for", lambda job, check, said: waits.append(said(check)))
    assert checks([case_of(model, "not good")], "check") is None
    assert waits == [f"Moving each number up and down by epsilon: 0 of {model.flat.size}"]


def test_a_sample_finds_what_all_numbers_find(model: Model) -> None:
    whole = case_of(trained(0, n_hidden=64), "good not " * 30, bug="overwrite")
    check = finished(whole)
    assert check.n_moved < whole.model.flat.size
    assert check.gradients["W_hh"].error > 0.5
    few = finished(replace(whole, only="W_hh", bug=""))
    assert (list(few.gradients), few.n_moved) == (["W_hh"], 40)


def test_a_deep_model_is_sampled() -> None:
    deep = small_model("lstm", n_hidden=16, n_layers=3, bidirectional=True)
    case = Case(deep, "deep", (0, 1, 2, 3, 4, 0, 1), (), "red")
    check = finished(case)
    assert check.n_moved < 2500 < deep.flat.size
    assert max(g.error for g in check.gradients.values()) < 1e-6
    assert set(case.layers.values()) == {
        f"layer {i}, {way}wards" for i in (1, 2, 3) for way in ("for", "back")
    }


def test_the_write_ups_start(model: Model) -> None:
    start = case_of(model, bug="transpose").at_the_start()
    assert (start.model.n_hidden, start.bug) == (64, "transpose")
    assert 0 < np.abs(start.model.flat).max() < 0.01


# ---- rounding ----


@pytest.fixture(scope="module")
def long_trained() -> Model:
    """Return an LSTM after a thousand epochs: it is so sure that almost no gradient is left."""
    return trained(1000, "lstm", lr=0.02, optimizer="adam")


def test_a_gradient_that_is_nearly_zero_is_not_doubtful(long_trained: Model) -> None:
    sure = finished(case_of(long_trained))
    assert max(g.error for g in sure.gradients.values()) > 1e-4  # it would be, without the floor
    assert set(said(sure).values()) <= {LOST, PASSED}
    wrong = finished(replace(case_of(long_trained), target="negative"))  # here there is a gradient
    assert set(said(wrong).values()) == {PASSED}


@pytest.mark.parametrize("epsilon", [1e-8, 1e-11])
def test_what_a_small_epsilon_loses_is_lost_in_rounding(model: Model, epsilon: float) -> None:
    found = set(said(finished(case_of(model, epsilon=epsilon))).values())
    assert found <= {PASSED, LOST}
    assert (LOST in found) == (epsilon == 1e-11)


@pytest.mark.parametrize("epochs", [0, 20, 300])
@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found_where_there_is_a_gradient(bug: str, epochs: int) -> None:
    case = replace(case_of(trained(epochs), bug=bug), target="negative")
    found = said(finished(case))
    red = [name for name, one in found.items() if one is FAILED]
    assert red == [name for name in found if name in BUGS[bug].found_by]
    assert LOST not in found.values()


@pytest.mark.parametrize(
    ("error", "floor", "one"),
    [(0, 0, PASSED), (9e-5, 0, PASSED), (1e-3, 0, DOUBT), (0.02, 0, FAILED), (1e-3, 2e-3, LOST),
     (0.5, 0.6, LOST), (0.02, 0.01, FAILED), (float("nan"), 0, FAILED),
     (float("nan"), float("nan"), FAILED), (float("inf"), 0, FAILED)],
)  # fmt: skip
def test_the_scale(error: float, floor: float, one: object) -> None:
    assert verdicts.of(SimpleNamespace(error=error, floor=floor)) is one


def test_a_verdict_has_a_sign_and_a_word() -> None:
    *_, sign, number, word = verdicts.cell(SimpleNamespace(error=3.14e-3, floor=0))
    assert (sign[2], number, word[2]) == ("!", " 0.0031", " doubtful")


def test_names_in_a_sentence_are_formulas() -> None:
    first, name, *rest = verdicts.spelled("so W_hh, b_y.")
    assert (first, name[0], rest[0], rest[2]) == ("so ", "math", ", ", ".")
