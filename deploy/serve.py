"""One replica, behind a proxy: `python -m streamlit run deploy/serve.py`, the app with doors.

The environment says the rest: UNROLLED_REPLICA is its name, UNROLLED_SESSIONS how many may come,
UNROLLED_DRAIN_S how long it goes on after SIGTERM, and STREAMLIT_SERVER_... whatever
`.streamlit/config.toml` leaves open (PORT, ALLOWED_HOSTS, COOKIE_SECRET).
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType

import streamlit as st
from starlette.middleware import Middleware

from deploy.doors import Doors
from ui.kit import frame, memory, status
from ui.kit.scheduler import SCHEDULER

EVERY_S = 60.0
log = logging.getLogger("unrolled")
doors = Doors(
    most=int(os.environ.get("UNROLLED_SESSIONS", "150")),
    name=os.environ.get("UNROLLED_REPLICA", "1"),
)


async def report() -> None:
    """A line for operators each minute."""
    while True:
        log.info("replica=%s %s", doors.name, status.line(doors.inside))
        await asyncio.sleep(EVERY_S)


def leave_gently() -> None:
    """From SIGTERM on: no new visitor and no training, but answers, for as long as is said; then
    the server ends as it would have at once.
    """
    loop = asyncio.get_running_loop()
    end = signal.getsignal(signal.SIGTERM)

    def close() -> None:
        if doors.closing:
            return
        log.info("replica=%s closing %s", doors.name, status.line(doors.inside))
        doors.closing = True
        SCHEDULER.close()
        loop.call_later(float(os.environ.get("UNROLLED_DRAIN_S", "5")), stop)

    def stop() -> None:
        assert callable(end)
        frame: FrameType | None = None
        end(signal.SIGTERM, frame)

    loop.add_signal_handler(signal.SIGTERM, close)


def warm() -> None:
    """Load every page before anybody is let in: the first to come here may be a hundred whose
    replica has just been killed.
    """
    memory.one_heap()  # before there are threads
    for name in frame.PAGES:
        import_module(f"ui.{name}.page")
    memory.settle()


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """What goes on beside the app while it is served."""
    warm()
    leave_gently()
    reporting = asyncio.create_task(report())
    yield
    reporting.cancel()


logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
app = st.App(
    Path(__file__).parents[1] / "app.py", lifespan=lifespan, middleware=[Middleware(doors)]
)
