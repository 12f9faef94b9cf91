"""A session trains the same run at any pace; its buttons may be pressed twice."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import Hyperparameters, TrainingRun
from tests.models import SMALL, dataset, story
from ui.kit.bounded import Held
from ui.sequence.session import (
    EPOCHS_A_SECOND,
    PACES,
    STAGE_S,
    STAGES,
    STEPS_A_SECOND,
    WORD_S,
    Session,
)

N = len(SMALL.train)
HP = Hyperparameters(n_hidden=4)
PLENTY_S = 60.0
TICKS = st.lists(
    st.tuples(st.sampled_from(list(PACES)), st.sampled_from([0.0, 1e-9, PLENTY_S]),
              st.floats(0, 3)), max_size=25,
)  # fmt: skip


def session(goal: int = 6, pace: str = "all", **changes: object) -> Session:
    made = Session(SMALL, Hyperparameters(n_hidden=4, **changes), goal)
    made.pace = pace
    return made


def alone(steps: int) -> tuple:
    run = TrainingRun(SMALL, HP)
    run.advance(steps=steps)
    return story(run)


def ticks(made: Session, count: int, budget_s: float = PLENTY_S, every_s: float = 0.1) -> None:
    for i in range(count):
        made.tick(budget_s, 100 + every_s * i)


@settings(max_examples=40)
@given(slices=TICKS, pauses=st.sets(st.integers(0, 24)))
def test_any_slices_give_the_same_run(slices: list, pauses: set) -> None:
    made, now = session(), 0.0
    for i, (pace, budget_s, late) in enumerate(slices):
        if i in pauses:
            made.pause()
        made.play()
        made.pace, now = pace, now + late
        made.tick(budget_s, now)
    assert story(made.run) == alone(made.run.steps)


@pytest.mark.parametrize("pace", PACES)
def test_no_budget_no_step(pace: str) -> None:
    made = session(pace=pace)
    made.play()
    ticks(made, 20, budget_s=0.0, every_s=1.0)
    assert (made.run.steps, made.playing, made.stage) == (0, True, 0)


@pytest.mark.parametrize(
    ("pace", "rate"), [("steps", STEPS_A_SECOND), ("epochs", EPOCHS_A_SECOND * N)]
)
def test_never_more_steps_than_due(pace: str, rate: float) -> None:
    made = session(goal=100, pace=pace)
    made.play()
    for i in range(30):
        made.tick(PLENTY_S, 0.1 * i)
        assert made.run.steps <= rate * 0.1 * (i + 1) + 1e-6
    assert made.run.steps >= rate * 0.1 * 29 - 1


def test_it_moves_at_the_first_tick() -> None:
    made = session(goal=100, pace="epochs")
    made.play()
    made.tick(PLENTY_S, 0.0, every_s=0.2)
    assert made.run.steps == int(EPOCHS_A_SECOND * N * 0.2) > 0


def test_a_long_absence_is_no_jump() -> None:
    made = session(goal=100, pace="steps")
    made.play()
    made.tick(PLENTY_S, 0.0)
    made.tick(PLENTY_S, 1000.0)
    assert made.run.steps <= STEPS_A_SECOND


def test_it_stops_at_the_goal_and_goes_on_for_as_long_again() -> None:
    made = session()
    made.play()
    ticks(made, 3)
    assert (made.run.epoch, made.playing, made.over) == (6, False, True)
    made.play()
    made.play()
    assert made.goal == 12
    ticks(made, 3)
    assert made.run.epoch == 12


def test_pausing_anywhere_loses_nothing() -> None:
    made = session()
    for steps in range(1, 3 * N):
        made.play()
        made.step_to(steps)
        made.pause()
        made.pause()
        assert (made.run.steps, made.playing) == (steps, False)
    assert story(made.run) == alone(made.run.steps)


def test_a_step_and_an_epoch_asked_twice_are_made_once() -> None:
    made = session()
    made.step_to(1)
    made.step_to(1)
    assert made.run.steps == 1
    for _ in range(2):
        made.epoch_to(1)
        ticks(made, 2)
        assert (made.run.steps, made.playing, made.until) == (N, False, None)


def test_an_epoch_is_made_at_once_at_any_pace_and_after_the_goal() -> None:
    made = session(goal=2, pace="slow")
    for epoch in (1, 2, 3):
        made.epoch_to(epoch)
        ticks(made, 1)
        assert (made.run.epoch, made.playing) == (epoch, False)
    assert made.goal >= 3


def test_slow_motion_names_four_stages_and_the_last_begins_by_the_step() -> None:
    made, seen = session(pace="slow"), []
    made.play()
    for i in range(10):
        made.tick(PLENTY_S, i * (STAGE_S + 0.01))  # no sentence here has more than two words
        seen.append((STAGES[made.stage], made.run.steps))
    assert seen == [(STAGES[i % 4], (i + 1) // 4) for i in range(10)]


def test_slow_motion_shows_the_sentence_of_its_step_until_the_next() -> None:
    made = session(pace="slow")
    made.play()
    number, flat = int(made.run.upcoming[0]), made.run.model.flat.copy()
    for i in range(4):
        made.tick(PLENTY_S, i * (STAGE_S + 0.01))
        assert made.lesson == number
    assert STAGES[made.stage] == "update"
    np.testing.assert_array_equal(made.before.model.flat, flat)
    assert not np.array_equal(made.run.model.flat, flat)
    made.tick(PLENTY_S, 4 * (STAGE_S + 0.01))
    assert made.lesson == int(made.run.upcoming[0])


def test_slow_motion_gives_a_long_sentence_its_time() -> None:
    long = Session(dataset("good " * 10 + ",yes,train"), HP)
    long.pace = "slow"
    long.play()
    long.tick(PLENTY_S, 0.0)
    long.tick(PLENTY_S, 5 * WORD_S)
    assert (long.stage, long.stage_share) == (0, pytest.approx(0.5))
    long.tick(PLENTY_S, 10 * WORD_S)
    assert (STAGES[long.stage], long.stage_share) == ("loss", 0.0)


def test_a_fork_keeps_the_curve_of_the_run_before() -> None:
    made = session()
    made.play()
    ticks(made, 2)
    old, kept = list(made.run.history), made.run.snapshots[3].model.flat.copy()
    made.fork(3)
    assert (made.run.epoch, made.previous, made.restorable) == (3, old, False)
    np.testing.assert_array_equal(made.run.model.flat, kept)
    made.play()
    ticks(made, 2)
    assert [record.epoch for record in made.run.history] == list(range(7))


def test_a_fork_at_the_end_is_none() -> None:
    made = session()
    made.step_to(2 * N)
    run = made.run
    made.fork(2)
    assert made.run is run
    assert made.restorable


def test_a_new_run_goes_to_the_epoch_that_was_still_to_be_gone_to() -> None:
    made = session()
    made.epoch_to(3)
    made.again(Hyperparameters(n_hidden=5), SMALL, 6)
    assert (made.playing, made.until, made.run.epoch) == (True, 3, 0)


def test_it_is_a_job_s_work() -> None:
    made = session()
    assert made.done
    made.play()
    while not made.done:
        made.advance(PLENTY_S)
    assert (made.run.epoch, made.share, made.busy_steps) == (6, 1.0, 6 * N)
    assert made.busy_s > 0
    made.play()
    made.rest()
    assert made.done


def test_start_again_is_the_same_run_and_keeps_the_previous_curve() -> None:
    made = session()
    made.step_to(2 * N)
    old = list(made.run.history)
    made.again(HP, SMALL, 9)
    assert (made.run.steps, made.goal, made.previous) == (0, 9, old)
    made.again(HP, SMALL, 9)
    assert made.previous == old
    made.step_to(2 * N)
    assert story(made.run) == alone(2 * N)


def test_a_setting_changed_on_the_way_is_not_restorable() -> None:
    made = session()
    made.run.change(lr=0.01)
    assert made.restorable
    made.step_to(1)
    made.run.change(lr=0.02)
    assert not made.restorable


def test_a_run_that_explodes_pauses_and_cannot_go_on() -> None:
    made = session()
    made.step_to(N)
    made.play()
    made.run.model.flat[:] = np.nan
    ticks(made, 2)
    assert (made.playing, made.over, made.goal) == (False, True, 6)
    made.play()
    made.epoch_to(9)
    assert (made.playing, made.until) == (False, None)
    assert len(made.run.history) == 2


def test_it_makes_room_and_goes_on() -> None:
    made = session(goal=12)
    made.epoch_to(6)
    ticks(made, 2)
    assert isinstance(made, Held)
    before = made.n_bytes
    made.make_room()
    assert made.n_bytes < before
    made.play()
    ticks(made, 2)
    assert made.run.epoch == 12


@pytest.mark.slow
def test_ten_thousand_epochs_stay_bounded() -> None:
    made = Session(dataset("good,yes,train"), Hyperparameters(n_hidden=1), 10_000)
    made.pace = "all"
    made.play()
    ticks(made, 2)
    assert made.run.epoch == 10_000
    assert len(made.run.snapshots) <= 64
    assert len(made.run.history) == 10_001
