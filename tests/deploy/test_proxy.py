"""Three replicas behind the real proxy: each visitor keeps a replica, and outlives it.

Nothing here asserts how fast; a deadline only ends what would never end.
"""

import asyncio
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection

import pytest

from benchmarks.crowd import Visitor
from benchmarks.replicas import NAMES, Proxy, Replica, proxied

pytestmark = pytest.mark.browser  # one after the other, as what drives a browser

N = 15
DEADLINE_S = 120.0
ADDRESSES = [f"/read?s=not+bad+{word}&seed=3&data=sentiment" for word in ("good", "movie", "at")]


def test_a_crowd_outlives_a_reload_a_kill_and_a_rolling_restart() -> None:
    # in a thread of its own: the browser of other tests keeps an event loop in this one
    with proxied() as proxy, ThreadPoolExecutor(1) as alone:
        visitors = alone.submit(lambda: asyncio.run(lecture(proxy))).result()
    assert [trouble for one in visitors for trouble in one.troubles] == []


async def lecture(proxy: Proxy) -> list[Visitor]:
    """N visitors click and send files, whatever happens to the machines."""
    stop = asyncio.Event()
    visitors = [Visitor(proxy.port, ADDRESSES[i % len(ADDRESSES)]) for i in range(N)]
    lives = [asyncio.create_task(one.live(stop)) for one in visitors]
    await clicked(visitors)
    among = Counter(one.home for one in visitors)
    assert set(among) == set(NAMES)
    assert min(among.values()) >= N / 6, "who has the fewest gets the next"

    proxy.reload()
    await clicked(visitors)
    assert not any(one.moves for one in visitors), "a reload moves nobody"

    killed = proxy.replicas[0]
    there = [one for one in visitors if one.home == killed.name]
    await ended(killed, signal.SIGKILL)
    await clicked(visitors)
    assert [one.moves for one in visitors] == [int(one in there) for one in visitors]
    await started(killed)
    await clicked(visitors)
    assert all(one.home != killed.name for one in visitors), "nobody is moved back"

    before = [one.comings for one in visitors]
    for replica in proxy.replicas:
        await ended(replica, signal.SIGTERM)
        assert "closing" in replica.log.read_text()
        await started(replica)
    await clicked(visitors)
    stop.set()
    await asyncio.wait_for(asyncio.gather(*lives), DEADLINE_S)
    assert all(one.comings > n for one, n in zip(visitors, before, strict=True))
    return visitors


async def ended(replica: Replica, sign: signal.Signals) -> None:
    await asyncio.to_thread(replica.end, sign)


async def started(replica: Replica) -> None:
    replica.start()
    await asyncio.to_thread(replica.ready)


async def clicked(visitors: list[Visitor]) -> None:
    """Wait until each has clicked and sent a file once more."""
    before = [(one.clicks, one.uploads) for one in visitors]

    async def all_have() -> None:
        for one, (clicks, uploads) in zip(visitors, before, strict=True):
            while one.clicks <= clicks or one.uploads <= uploads:
                await asyncio.sleep(0.1)

    await asyncio.wait_for(all_have(), DEADLINE_S)


def test_a_lecture_hall_passes_and_a_flood_does_not() -> None:
    """With no replica there, the proxy answers alone: 502 for who passes, 429 for who does not."""
    with proxied(run="") as proxy:
        with ThreadPoolExecutor(8) as pool:
            hall = sum(pool.map(asked, [(proxy.port, 50)] * 8), Counter())
            flood = sum(pool.map(asked, [(proxy.port, 200)] * 8), Counter())
        metrics = asked((proxy.port, 1), "/_stcore/metrics")
    assert hall == {502: 400}
    assert flood[429] >= 400
    assert metrics == {404: 1}, "what operators read is not for visitors"


def asked(port_and_n: tuple[int, int], path: str = "/") -> Counter[int]:
    """Open a page n times, one after the other; how often which answer came."""
    port, n = port_and_n
    said: Counter[int] = Counter()
    with closing(HTTPConnection("127.0.0.1", port)) as line:
        for _ in range(n):
            line.request("GET", path, headers={"Accept": "text/html"})
            answer = line.getresponse()
            answer.read()
            said[answer.status] += 1
    return said
