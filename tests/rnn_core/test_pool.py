"""A pool lends a thing to one at a time; all pools together keep few bytes."""

import threading
from dataclasses import dataclass

import pytest

from rnn_core.pool import Pool


@dataclass(eq=False)
class Thing:
    n_bytes: int = 10


@pytest.fixture(autouse=True)
def few_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rnn_core.pool.MOST_BYTES", 35)
    monkeypatch.setattr("rnn_core.pool._POOLS", set())  # those of other tests are full of their own


def use(pool: Pool, kind: str, size: int = 10) -> Thing:
    with pool.lend(kind, Thing) as thing:
        thing.n_bytes = size
    return thing


def test_what_is_free_is_lent_again() -> None:
    pool = Pool()
    first = use(pool, "a")
    assert use(pool, "b") is not first
    assert use(pool, "a") is first


def test_beyond_its_bytes_what_was_free_for_longest_goes() -> None:
    pool = Pool()
    a, b, c = (use(pool, kind) for kind in "abc")
    use(pool, "a")
    d = use(pool, "d")
    assert pool.free == [c, a, d]
    assert b not in pool.free


def test_all_pools_share_the_room() -> None:
    pools = [Pool() for _ in range(5)]
    for pool in pools:
        use(pool, "a")
    assert [len(pool.free) for pool in pools] == [0, 0, 1, 1, 1]


def test_a_thing_counts_as_large_as_it_has_become() -> None:
    pool = Pool()
    use(pool, "a")
    b = use(pool, "b", 30)
    assert pool.free == [b]


def test_one_alone_is_kept_however_large() -> None:
    pool = Pool()
    large = use(pool, "a", 1000)
    assert use(pool, "a", 1000) is large


def test_it_lends_a_thing_to_one_at_a_time() -> None:
    pool, lent, twice = Pool(), set(), []

    def work() -> None:
        for _ in range(200):
            with pool.lend("kind", Thing) as thing:
                twice.extend({thing} & lent)
                lent.add(thing)
                lent.discard(thing)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not twice
    assert 1 <= len(pool.free) <= len(threads)
