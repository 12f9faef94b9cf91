"""What holds for every test: numpy's errors raise, CI repeats itself, PyTorch's absence is said."""

import rnn_core  # isort: skip  # noqa: F401  before numpy: it asks for one thread of algebra

import importlib.util
import os
from collections.abc import Iterator
from functools import lru_cache

import hypothesis
import numpy as np
import pytest

# No deadline: a busy machine is not a bug. CI draws the same examples every time.
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")

HAS_TORCH = importlib.util.find_spec("torch") is not None
TORCH_LINE = (
    "PyTorch is installed: autograd twins RUN"
    if HAS_TORCH
    else "PyTorch is NOT installed: autograd twins are NOT run (`make torch` installs it)"
)


def pytest_report_header() -> str:
    """Say at the start whether gradients meet autograd in this run."""
    return TORCH_LINE


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it again at the end, where it is read."""
    terminalreporter.write_sep("=", TORCH_LINE, yellow=not HAS_TORCH, bold=not HAS_TORCH)


@pytest.fixture(autouse=True)
def _numpy_errors_raise() -> Iterator[None]:
    """Turn overflow, division by zero and NaN into errors; a tiny number may become zero."""
    with np.errstate(all="raise", under="ignore"):
        yield


@pytest.fixture(autouse=True)
def _no_job_waits_for_a_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page without a browser has no timer: what it waits for is done at once, however long."""
    monkeypatch.setattr("ui.kit.jobs.AT_ONCE_S", 60.0)


@pytest.fixture(autouse=True)
def _no_test_stands_in_another_s_line() -> Iterator[None]:
    """A page that a test leaves while it trains is a tab that was closed: it holds no place."""
    yield
    from ui.kit.scheduler import SCHEDULER

    for who in [*SCHEDULER._places]:
        SCHEDULER.leave(who)


@pytest.fixture
def own_trainings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trainings that no other test gets to see: for a test that shortens them or swaps the data."""
    from ui.sequence import models

    monkeypatch.setattr(models, "_trained", lru_cache(models._trained.__wrapped__))
