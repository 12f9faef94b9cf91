"""Measures of the laboratory: the page's own experiment is made to its end, and counted."""

from types import SimpleNamespace
from typing import Any

import pytest

from ui.kit import jobs
from ui.lecture import measures_memory as measures
from ui.lecture.look import NotYet
from ui.memory.experiment import Experiment
from ui.memory.setup import profile_of, setup_of

LOOK: Any = SimpleNamespace(setting={"cliff_lr": 0.5}.__getitem__)


class Trials(SimpleNamespace):
    """An experiment of two networks and three seeds, each trial one step; the second learns all."""

    def advance(self, _: float) -> None:
        self.n += 1
        self.done = self.n == 6

    def ends(self, variant: int) -> list[Any]:
        learned = ([None, 5, None], [1, 2, 3])[variant]
        return [SimpleNamespace(learned=step) for step in learned]


@pytest.fixture
def trials(monkeypatch: pytest.MonkeyPatch) -> Trials:
    setup = SimpleNamespace(variants=(("a", None), ("b", None)), seeds=3)
    here = Trials(n=0, done=False, share=0.5, setup=setup)
    monkeypatch.setattr(jobs, "work", lambda key: here)
    monkeypatch.setattr(jobs, "start", lambda key: None)
    return here


def made(slow: Any) -> float:
    """The number that a slow measure comes to."""
    while True:
        try:
            assert 0 <= next(slow) <= 1
        except StopIteration as end:
            return float(end.value)


def test_who_learns_is_counted_when_all_trials_have_ended(trials: Trials) -> None:
    assert made(measures.seeds_that_learn(LOOK, 1)) == 1
    assert trials.done
    assert made(measures.seeds_that_learn(LOOK, 2)) == 3
    assert made(measures.variants_that_learn(LOOK)) == 1
    with pytest.raises(ValueError, match="no network 3: 2 are compared"):
        made(measures.seeds_that_learn(LOOK, 3))


def test_what_reaches_the_first_word_is_what_the_page_shows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    setup = setup_of({"m_length": 12, "m_compare": "radius"})
    monkeypatch.setattr(jobs, "work", lambda key: Experiment(setup))
    lengths = profile_of(setup.variants[2][1]).lengths
    assert measures.reaches(LOOK, variant=3) == pytest.approx(lengths[0] / lengths[-1])
    assert measures.reaches(LOOK, length=24, variant=1) < measures.reaches(LOOK, variant=1)


def test_nothing_is_measured_before_the_page_has_laid_it_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jobs, "work", lambda key: None)
    monkeypatch.setattr(jobs, "start", lambda key: None)
    with pytest.raises(NotYet):
        next(measures.seeds_that_learn(LOOK, 1))  # type: ignore[arg-type]


def test_the_cliff_throws_only_where_it_is() -> None:
    assert (
        measures.cliff_gradient(LOOK, -0.15, 2.3) > 100 > measures.cliff_gradient(LOOK, -0.8, 0.9)
    )
