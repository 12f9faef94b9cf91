"""The tables of the laboratory and of the cliff hold what the pictures show."""

import numpy as np

from rnn_core.experiments import loss_cliff
from ui.memory import profiles, tables
from ui.memory.experiment import Experiment
from ui.memory.setup import USUAL, setup_of


def test_the_gradient_by_distance_is_that_of_the_profiles() -> None:
    here = Experiment(setup_of(USUAL | {"m_compare": "length"}))
    looks = profiles.shown(here, False)[2]
    assert len({len(look.lengths) for _, look in looks}) > 1
    head, *rows = tables.lengths(looks)
    assert head[1:] == [name for name, _ in looks]
    for i, (_, look) in enumerate(looks, 1):
        column = [row[i] for row in rows if row[i] != ""]
        assert column == look.lengths[::-1].tolist()


def test_a_trial_has_a_row_once_it_has_ended() -> None:
    here = Experiment(setup_of(USUAL | {"m_steps": 100, "m_seeds": 1, "m_compare": "nothing"}))
    assert len(tables.trials(here)) == 1
    while not here.done:
        here.advance(1.0)
    head, row = tables.trials(here)
    end = here.outcomes[0, 0]
    assert dict(zip(head, row, strict=True)) == {
        "network": "rnn", "seed": here.setup.first.settings.seed,
        "learned at step": "never" if end.learned is None else end.learned,
        "right in the last batch": end.accuracies[-1], "longest gradient": end.longest,
        "stopped": end.stopped or "",
    }  # fmt: skip


def test_the_walks_are_those_of_the_cliff() -> None:
    rows = tables.walks((0.3, 1.5), 0.5, 0.2)[1:]
    free = loss_cliff.descend((0.3, 1.5), 0.5)
    np.testing.assert_array_equal([row[4] for row in rows[: len(rows) // 2]], free.losses)
    assert rows[-1][:2] == ["clipped at 0.2", loss_cliff.N_UPDATES]
