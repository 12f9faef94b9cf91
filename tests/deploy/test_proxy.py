"""Three replicas behind the real proxy: each visitor keeps a replica, and outlives it.

Nothing here asserts how fast; a deadline only ends what would never end.
"""

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection

import pytest

from benchmarks.failover import BACK, KILLED, RELOADED, RESTARTED, Part, outlive, visitors
from benchmarks.replicas import NAMES, proxied

pytestmark = pytest.mark.browser  # one after the other, as what drives a browser

N = 15
THINK = 1.0, 3.0


def test_a_crowd_outlives_a_reload_a_kill_and_a_rolling_restart() -> None:
    # in a thread of its own: the browser of other tests keeps an event loop in this one
    with proxied() as proxy, ThreadPoolExecutor(1) as alone:
        crowd = visitors(proxy.port, N)
        parts = alone.submit(lambda: asyncio.run(outlive(proxy, crowd, THINK))).result()
        assert all("closing" in replica.log.read_text() for replica in proxy.replicas)
    assert [trouble for one in crowd for trouble in one.troubles] == []
    started = parts[RELOADED]
    among = Counter(started.before)
    assert set(among) == set(NAMES)
    assert min(among.values()) >= N / 6, "who has the fewest gets the next"
    assert moved(started) == [], "a reload moves nobody"
    assert moved(parts[KILLED]) == [i for i, home in enumerate(started.before) if home == NAMES[0]]
    assert moved(parts[BACK]) == [], "nobody is moved back"
    assert len(parts[RESTARTED].back_s) >= N


def moved(part: Part) -> list[int]:
    """Who is on another replica than before."""
    pairs = zip(part.before, part.after, strict=True)
    return [i for i, (before, after) in enumerate(pairs) if before != after]


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
