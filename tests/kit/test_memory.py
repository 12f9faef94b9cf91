"""What is loaded is settled once; threads share a heap, so what one frees is of use to others."""

import gc
import platform
import subprocess
import sys

import pytest

from tests.apptest import open_app
from ui.kit.memory import EVERY_S, FULL_ROUND_AFTER, GiveBack

THREADS = """
import ctypes, threading
from ui.kit.memory import one_heap
if {settled}: one_heap()
held = []
def work():
    held.append([bytes(1000) for _ in range(1000)])
    barrier.wait()
barrier = threading.Barrier(12)
threads = [threading.Thread(target=work) for _ in range(12)]
[one.start() for one in threads]
[one.join() for one in threads]
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
libc.malloc_info(0, ctypes.c_void_p(libc.fopen(b"/dev/stdout", b"w")))
libc.fflush(None)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have one")
def test_threads_share_a_heap() -> None:
    heaps = {settled: ended(settled).count("<heap nr") for settled in (False, True)}
    assert heaps[True] == 1
    assert heaps[False] > 1, "else it would be of no use"


def ended(settled: bool) -> str:
    """What the C library says of its heaps, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", THREADS.format(settled=settled)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_memory_is_settled() -> None:
    open_app("start")
    assert gc.get_freeze_count() > 10_000
    assert gc.get_threshold()[2] in (FULL_ROUND_AFTER, 0)  # 0: Python 3.14 has no full rounds


def test_what_is_free_goes_back_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now, calls = [0.0], []
    monkeypatch.setattr("ui.kit.memory._glibc", lambda *call: calls.append(call))
    give_back = GiveBack(lambda: now[0])
    for now[0] in (1.0, EVERY_S, EVERY_S + 1, 2 * EVERY_S + 1):
        for phase in ("start", "stop"):
            for generation in (0, 1, 2):
                give_back(phase, {"generation": generation})
    assert calls == [("malloc_trim", 0)] * 2
