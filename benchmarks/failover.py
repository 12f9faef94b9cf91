"""`python -m benchmarks.failover`: what visitors notice when replicas end and come again.

    python -m benchmarks.failover                  60 visitors, a click every 6 s
    python -m benchmarks.failover --visitors 300

Three replicas run behind nginx, as deploy/ configures both. Each visitor reads a sentence with a
network of chosen settings, one in ten with one that nobody else has, clicks, and sends files.
Meanwhile the proxy is reloaded, a replica is killed and started again, and all three are restarted
in turn. Back is who sees the same film at the same address: sentence, settings and trained network,
bit for bit. It drives this machine only and ends with an error if anybody saw one.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.crowd import Visitor
from benchmarks.load import ARRIVALS, MOST, p95, shown, stretch
from benchmarks.replicas import Proxy, Replica, proxied

WORDS = "good", "movie", "at", "bad", "plot"
SEEDS, ALONE = 4, 10
"""So many networks for a sentence; every so manyeth visitor has one of their own."""
DEADLINE_S = 300.0


@dataclass(frozen=True)
class Part:
    """One thing that happened. before, after : the replica of each visitor. back_s : of each lost
    connection, seconds until the page was as before. troubles : what visitors saw of it.
    """

    before: list[str]
    after: list[str]
    back_s: list[float]
    troubles: list[str]


def visitors(port: int, n: int) -> list[Visitor]:
    """So many, each with an address."""
    seeds = [100 + i if i % ALONE == 0 else i % SEEDS for i in range(n)]
    return [Visitor(port, f"/read?s=not+bad+{WORDS[i % len(WORDS)]}&seed={seed}&data=sentiment")
            for i, seed in enumerate(seeds)]  # fmt: skip


async def outlive(
    proxy: Proxy, crowd: Sequence[Visitor], think: tuple[float, float]
) -> dict[str, Part]:
    """Let them click and send files, whatever happens to the machines."""
    stop, lives, parts = asyncio.Event(), [], {}
    for one in crowd:
        lives.append(asyncio.create_task(one.live(stop, think)))
        await asyncio.sleep(1 / ARRIVALS)
    await clicked(crowd)
    for name, happens in HAPPENS.items():
        parts[name] = await part(crowd, lambda happens=happens: happens(proxy))
    stop.set()
    await asyncio.wait_for(asyncio.gather(*lives), DEADLINE_S)
    return parts


async def part(crowd: Sequence[Visitor], happens: Callable[[], Awaitable[None]]) -> Part:
    """Let it happen, and wait until each has clicked and sent a file after it."""
    before = [(one.home, len(one.back_s), len(one.troubles)) for one in crowd]
    await happens()
    await clicked(crowd)
    return Part(
        [home for home, _, _ in before],
        [one.home for one in crowd],
        [took for one, (_, n, _) in zip(crowd, before, strict=True) for took in one.back_s[n:]],
        [why for one, (_, _, n) in zip(crowd, before, strict=True) for why in one.troubles[n:]],
    )


async def clicked(crowd: Sequence[Visitor]) -> None:
    """Wait until each has clicked and sent a file once more."""
    before = [(one.clicks, one.uploads) for one in crowd]

    async def all_have() -> None:
        for one, (clicks, uploads) in zip(crowd, before, strict=True):
            while one.clicks <= clicks or one.uploads <= uploads:
                await asyncio.sleep(0.1)

    await asyncio.wait_for(all_have(), DEADLINE_S)


async def _reload(proxy: Proxy) -> None:
    proxy.reload()


async def _kill(proxy: Proxy) -> None:
    await _end(proxy.replicas[0], signal.SIGKILL)


async def _start(proxy: Proxy) -> None:
    await _begin(proxy.replicas[0])


async def _restart(proxy: Proxy) -> None:
    for replica in proxy.replicas:
        await _end(replica, signal.SIGTERM)
        await _begin(replica)


async def _end(replica: Replica, sign: signal.Signals) -> None:
    await asyncio.to_thread(replica.end, sign)


async def _begin(replica: Replica) -> None:
    replica.start()
    await asyncio.to_thread(replica.ready)


RELOADED, KILLED, BACK, RESTARTED = HAPPENS = {
    "the proxy is reloaded": _reload, "a replica is killed": _kill, "it is there again": _start,
    "all are restarted in turn": _restart,
}  # fmt: skip
HEAD = (
    "what happens                visitors  connections lost  back: median s  p95 s  slowest  errors"
)


def line(name: str, one: Part) -> str:
    """A row of the table, under HEAD."""
    middle = median(one.back_s) if one.back_s else None
    slowest = max(one.back_s, default=None)
    return (
        f"{name:26}  {len(one.before):8}  {len(one.back_s):16}  {shown(middle, '14.1f')} "
        f"{shown(p95(one.back_s), '6.1f')} {shown(slowest, '8.1f')} {len(one.troubles):7}"
    )


def main() -> None:
    """Print the table, and end with an error if a visitor saw one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.failover", description=__doc__)
    parser.add_argument("--visitors", type=int, default=60, help=f"3 to {MOST}")
    parser.add_argument("--think", type=stretch, default="4,8", help="seconds between two clicks")
    args = parser.parse_args()
    if not 3 <= args.visitors <= MOST:
        parser.error(f"--visitors: 3 to {MOST}")
    with proxied() as proxy:
        crowd = visitors(proxy.port, args.visitors)
        parts = asyncio.run(outlive(proxy, crowd, args.think))
    print(HEAD, *(line(name, one) for name, one in parts.items()), sep="\n")
    clicks, unanswered, files = (
        sum(getattr(one, name) for one in crowd) for name in ("clicks", "unanswered", "uploads")
    )
    print(f"{clicks} clicks, {unanswered} not answered in time, {files} files")
    if wrong := [f"{one.path}: {trouble}" for one in crowd for trouble in one.troubles]:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
