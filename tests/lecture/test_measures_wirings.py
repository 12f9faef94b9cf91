"""Measures of other wirings, against what the core says."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from rnn_core import Hyperparameters, make_task, start_run
from ui.kit import jobs
from ui.lecture import measures_wirings as measures

TASK = make_task("bracket_depth", 8, 0, 24, 12)
RUN = start_run(TASK, Hyperparameters(n_hidden=6))


def look(run: Any) -> Any:
    return SimpleNamespace(chosen=SimpleNamespace(run=run), model=run.model)


def test_the_unit_that_counts_has_the_largest_correlation_with_the_answers() -> None:
    h = np.concatenate([RUN.model.forward(text).h for text in TASK.test.texts])
    depth = [int(said) for said in " ".join(TASK.test.labels).split()]
    r = np.abs([np.corrcoef(h[:, unit], depth)[0, 1] for unit in range(6)])
    assert measures.counting_unit(look(RUN)) == r.argmax()
    assert measures.counting(look(RUN)) == pytest.approx(r.max())


def test_nothing_is_counted_where_the_answers_are_no_numbers() -> None:
    with pytest.raises(ValueError, match="no numbers"):
        measures.counting(look(start_run(make_task("parity", 4, 0, 8, 4), Hyperparameters())))


def test_an_answer_at_each_step_needs_no_weight_more() -> None:
    here: Any = None
    assert measures.more_parameters(here, "parity", "parity_last") == 0
    assert measures.more_parameters(here, "bracket_depth", "parity") == 3 * (16 + 1)


def test_a_slow_measure_goes_on_with_the_page_s_own_training(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    history = [SimpleNamespace(epoch=epoch, test_loss=loss) for epoch, loss in ((0, 3.0), (1, 1.0))]
    work = SimpleNamespace(done=False, share=0.0, run=SimpleNamespace(history=history))
    work.advance = lambda _: setattr(work, "done", True)
    monkeypatch.setattr(jobs, "work", {"writer": work}.get)
    slow: Any = measures.perplexity(here := look(RUN))
    assert next(slow) == 0.0
    with pytest.raises(StopIteration) as end:
        next(slow)
    assert work.done
    assert end.value.value == pytest.approx(np.e)
    with pytest.raises(StopIteration) as end:
        next(measures.perplexity(here, epoch=0))  # type: ignore[arg-type]
    assert end.value.value == pytest.approx(np.e**3)
