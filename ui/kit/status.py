"""What an operator wants to know of this process, in one line.

It must not know Streamlit, nor how the app is served.
"""

from __future__ import annotations

import os
from pathlib import Path

from rnn_core import pool
from ui.kit.bounded import ROOM
from ui.kit.cache import CACHE
from ui.kit.page_lock import PAGE_LOCK
from ui.kit.scheduler import SCHEDULER

MB = 2**20


def line(sessions: int) -> str:
    """The state now. sessions : browsers that are connected.

    training : how many hold a place in the scheduler's line. wait_ms : at the page lock, in the
    mean; seldom : how much less often than usual pages are drawn because of that, 1 to 8.
    memory_mb : of the process; in it films_mb of the cache of films, own_mb of what visitors hold
    for themselves, and buffers_mb in which networks are computed.
    """
    state = {
        "sessions": sessions,
        "training": SCHEDULER.n_training,
        "wait_ms": f"{1000 * PAGE_LOCK.congestion.mean_s:.1f}",
        "seldom": PAGE_LOCK.congestion.factor,
        "memory_mb": f"{memory_bytes() / MB:.0f}",
        "films_mb": f"{CACHE.size / MB:.1f}",
        "own_mb": f"{ROOM.n_bytes / MB:.1f}",
        "buffers_mb": f"{pool.n_bytes() / MB:.1f}",
    }
    return " ".join(f"{name}={value}" for name, value in state.items())


def memory_bytes() -> int:
    """Resident memory of this process; 0 where the system has no /proc."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if statm.exists() else 0
