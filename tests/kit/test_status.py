"""The line for operators says what is so."""

import pytest

from ui.kit import status
from ui.kit.page_lock import PAGE_LOCK
from ui.kit.scheduler import SCHEDULER


def said(sessions: int = 0) -> dict[str, str]:
    return dict(part.split("=") for part in status.line(sessions).split())


def test_it_counts_who_is_here_and_who_trains(monkeypatch: pytest.MonkeyPatch) -> None:
    before = int(said()["training"])
    with SCHEDULER.turn("status"):
        assert said(7)["sessions"] == "7"
        assert int(said()["training"]) == before + 1
    SCHEDULER.leave("status")
    monkeypatch.setattr(PAGE_LOCK.congestion, "mean_s", 0.25)
    monkeypatch.setattr(PAGE_LOCK.congestion, "factor", 4)
    assert (said()["wait_ms"], said()["seldom"]) == ("250.0", "4")


def test_memory_is_what_the_process_has() -> None:
    assert float(said()["memory_mb"]) > 20
    before = status.memory_bytes()
    held = b"x" * (64 * status.MB)
    assert status.memory_bytes() - before > 0.5 * len(held) or not before


def test_what_is_bounded_in_bytes_is_said() -> None:
    keys = list(said())
    assert keys[-4:] == ["memory_mb", "films_mb", "own_mb", "buffers_mb"]
    parts = [float(said()[key]) for key in keys[-3:]]
    assert sum(parts) < float(said()["memory_mb"]) or not status.memory_bytes()
