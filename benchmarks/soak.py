"""`python -m benchmarks.soak`: visitors come and go for a while; does anything stay behind?

    python -m benchmarks.soak                         4 minutes, 20 visitors
    python -m benchmarks.soak --minutes 60 --visitors 100

Each looks, clicks, trains, sends files, and leaves, half of them without a goodbye; another comes
in its place. One trains all the time. It drives a replica of its own, on this machine only, and
ends with an error if memory still grows after the first third, or if a session or a thread is left.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import random
import re
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np

from benchmarks.crowd import Visitor
from benchmarks.load import MOST
from benchmarks.replicas import Replica, free_ports
from benchmarks.servers import memory_mb

EVERY_S = 3.0
GONE_S = 10  # after so many seconds a lost session is forgotten, in place of 300
ALWAYS = "/train?goal=10000"
FILMS = "/", "/read", "/step_back"
PAGES = *FILMS, "/train", "/write", "/translate", "/see", "/memory", "/check", "/lecture"
STAY = (2, 8)  # clicks
GROWTH = 0.10
"""Of the memory: the last third may have so much more than the middle one, in the median."""
SPARE = 8
"""Threads more than before anybody came: those that read files."""


def path() -> tuple[str, bool]:
    """Where somebody comes in, and whether that is a film that stays the same."""
    sentence = "+".join(random.choices(("good", "bad", "not"), k=2))
    page = random.choice(PAGES)
    return f"{page}?s={sentence}&seed={random.randrange(4)}&data=sentiment", page in FILMS


async def live(port: int, until: float, came: list[Visitor]) -> None:
    """One visitor after another."""
    while time.monotonic() < until:
        where, still = path()
        one = Visitor(port, where, still)
        came.append(one)
        await one.come()
        for _ in range(random.randint(*STAY)):
            await asyncio.sleep(random.uniform(1.0, 3.0))
            for label in ("Play", "Train", "Pause"):
                if one.session and (button := one.session.button(label)):
                    await one.session.answered(button)
            await one.click()
            await one.beside()
        if random.random() < 0.5 and one.session:
            one.session.socket.transport.abort()
        await one.leave()


async def train(port: int, until: float) -> None:
    """One who presses Play and watches until the end."""
    one = Visitor(port, ALWAYS, still=False)
    await one.come()
    if one.session and (button := one.session.button("Play")):
        await one.session.answered(button)
    await asyncio.sleep(max(until - time.monotonic(), 0))
    await one.leave()


class Sample(NamedTuple):
    """What the process has at a moment; seconds, MB, numbers."""

    at: float
    memory: float
    threads: int
    sessions: int


def sample(replica: Replica) -> Sample:
    """Now, from the system and from Streamlit's own metrics."""
    assert replica.process is not None
    pid = replica.process.pid
    (threads,) = re.findall(r"^Threads:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.M)
    connection = http.client.HTTPConnection("127.0.0.1", replica.port, timeout=60)
    connection.request("GET", "/_stcore/metrics?families=active_sessions")
    told = connection.getresponse().read().decode()
    connection.close()
    sessions = sum(float(n) for n in re.findall(r"^active_sessions\S* (\S+)$", told, re.M))
    return Sample(time.monotonic(), memory_mb([pid]) or 0.0, int(threads), int(sessions))


async def watch(replica: Replica, until: float, samples: list[Sample]) -> None:
    """A sample every few seconds."""
    while time.monotonic() < until:
        samples.append(await asyncio.to_thread(sample, replica))
        await asyncio.sleep(EVERY_S)


async def soak(replica: Replica, minutes: float, n: int) -> list[str]:
    """Let them come and go; print what there is, and return what is wrong."""
    came: list[Visitor] = []
    first, samples = sample(replica), []  # type: ignore[var-annotated]
    until = time.monotonic() + 60 * minutes
    await asyncio.gather(
        watch(replica, until, samples), train(replica.port, until),
        *(live(replica.port, until, came) for _ in range(n)),
    )  # fmt: skip
    await asyncio.sleep(2 * GONE_S)
    last = sample(replica)
    third = len(samples) // 3
    middle, end = (median(one.memory for one in part)
                   for part in (samples[third : 2 * third], samples[2 * third :]))  # fmt: skip
    later = samples[third:]
    slope = np.polyfit([one.at / 60 for one in later], [one.memory for one in later], 1)[0]
    print(f"memory MB: {first.memory:.0f} empty, {middle:.0f} in the middle, {end:.0f} at the end, "
          f"{slope:+.2f} a minute; {last.memory:.0f} when all had gone")  # fmt: skip
    print(f"threads: {first.threads} empty, {max(one.threads for one in samples)} at most, "
          f"{last.threads} at last; sessions: {max(one.sessions for one in samples)} at most, "
          f"{last.sessions} at last")  # fmt: skip
    troubles = [f"{one.path}: {trouble}" for one in came for trouble in one.troubles]
    print(f"{len(came)} visitors, {sum(one.clicks for one in came)} clicks, "
          f"{sum(one.unanswered for one in came)} not answered in time, "
          f"{sum(one.uploads for one in came)} files")  # fmt: skip
    wrong = {
        f"memory grows: {middle:.0f} to {end:.0f} MB": end > (1 + GROWTH) * middle,
        f"{last.sessions} sessions are left": last.sessions > 0,
        f"{last.threads - first.threads} threads are left": last.threads > first.threads + SPARE,
    }
    return [text for text, holds in wrong.items() if holds] + troubles


def main() -> None:
    """Run it, and end with an error if something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=4.0, help="1 to 120")
    parser.add_argument("--visitors", type=int, default=20, help="at once")
    args = parser.parse_args()
    if not (1 <= args.minutes <= 120 and 1 <= args.visitors <= MOST):
        parser.error(f"--minutes: 1 to 120, --visitors: 1 to {MOST}")
    with tempfile.TemporaryDirectory() as folder:
        env = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": str(GONE_S)}
        replica = Replica("1", free_ports(1)[0], Path(folder), env)
        replica.start()
        try:
            replica.ready()
            wrong = asyncio.run(soak(replica, args.minutes, args.visitors))
        finally:
            replica.end()
        log = replica.log.read_text()
        wrong += (
            log[log.find("a page failed") :].splitlines()[:60] if "a page failed" in log else []
        )
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
