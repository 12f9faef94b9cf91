"""`python -m benchmarks.load`: many sessions at once on one server, and how long a click takes.

No browser: each session speaks Streamlit's protocol over a websocket, as the page's script does:
it opens a page, presses Play, follows the timers of fragments, and clicks at random times.
It drives this machine only, at most MOST sessions, each row for a bounded time, then it stops.
A server of its own is started fresh for each row, so that rows do not share memory.

A visitor thinks for 1 to 5 seconds (`--think`), by chance, clicks, waits for the answer, and
thinks again; when the clock starts, each is somewhere in its thinking. One in training has pressed
Play, and clicks Pause and then Play. An idle one clicks "Start again" where the page has that
button; elsewhere the page is rerun, as a moved slider does. Its sentence stays the same, so its
pictures are those that another visitor has looked at already.
With `--page / --idle-click "i am good,good not bad"` it changes its sentence at every click.
`--proxy` serves three replicas behind nginx, as deploy/ configures both, in place of one process.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import http.client
import itertools
import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

from websockets.asyncio.client import connect

from benchmarks.replicas import own_replicas
from benchmarks.servers import ROOT, cpu_s, memory_mb, own_server
from benchmarks.session import CLOCK, PATIENCE_S, Session

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
MOST = 300  # sessions
LOAD_S = 60.0  # a page that takes longer is not there
ARRIVALS = 20  # sessions a second that open the page


@dataclass
class Row:
    """What one row of the table holds; times in seconds, None where there was nothing."""

    n: int
    mode: str
    loads: list[float] = field(default_factory=list)
    clicks: list[float] = field(default_factory=list)
    unanswered: int = 0
    failed: int = 0  # pages that never came, or hung up
    rates: list[float] = field(default_factory=list)  # steps a second of each session
    memory_mb: float | None = None  # for each session
    cores: float | None = None  # of the server
    driver_cores: float = 0.0


HEAD = (
    "mode       N  clicks  click med   p95 s  unanswered  load p95 s  failed"
    "  steps/s med  slowest  MB/session  cores  (driver)"
)


def p95(values: list[float]) -> float | None:
    return (
        quantiles(values, n=20, method="inclusive")[-1]
        if len(values) > 1
        else max(values, default=None)
    )


def shown(value: float | None, form: str) -> str:
    width = int(re.match(r"\d+", form)[0])
    return "-".rjust(width) if value is None else format(value, form)


def line(row: Row) -> str:
    """The row as text, under HEAD."""
    middle = median(row.clicks) if row.clicks else None
    rate = median(row.rates) if row.rates else None
    return (
        f"{row.mode:8} {row.n:3d} {len(row.clicks):7d} {shown(middle, '10.3f')} "
        f"{shown(p95(row.clicks), '7.3f')} {row.unanswered:11d} {shown(p95(row.loads), '11.3f')} "
        f"{row.failed:7d} {shown(rate, '12.1f')} {shown(min(row.rates, default=None), '8.1f')} "
        f"{shown(row.memory_mb, '11.3f')} {shown(row.cores, '6.2f')} {row.driver_cores:9.2f}"
    )


def rate(steps: list[tuple[float, int]], since: float, until: float) -> float:
    """Steps a second that the page showed in a stretch of time; a new run starts at its own 0."""
    shown = [(when, n) for when, n in steps if since <= when <= until]
    made = sum(max(b - a, 0) for (_, a), (_, b) in itertools.pairwise(shown))
    return made / (until - since)


async def visit(
    row: Row, args: argparse.Namespace, port: int, start: asyncio.Event, stop: asyncio.Event
) -> None:
    """One session from opening the page to closing it."""
    page, _, query = args.page.strip("/").partition("?")
    address = f"ws://{args.host}:{port}{args.base}/_stcore/stream"
    await asyncio.sleep(random.random() * row.n / ARRIVALS)
    opened = CLOCK()
    cookie = await asyncio.to_thread(cookie_of, args, port)
    async with connect(
        address, subprotocols=["streamlit"], compression=None, max_size=None, ping_interval=None,
        open_timeout=LOAD_S, additional_headers={"Cookie": cookie} if cookie else None,
    ) as websocket:  # fmt: skip
        session = Session(page, query, re.compile(args.steps.encode()), websocket)
        ears = asyncio.create_task(session.listen())
        try:
            took = await session.answered(limit_s=LOAD_S)
            if took is None:
                row.failed += 1
                return
            row.loads.append(CLOCK() - opened)
            if row.mode == "training":
                await press(session, row, args.play, None)
            await start.wait()
            began, part = CLOCK(), random.random()  # each is somewhere in its thinking
            while not stop.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), part * random.uniform(*args.think))
                    break
                part = 1.0
                for label in args.click if row.mode == "training" else args.idle_click:
                    await press(session, row, label, args.effect)
            if row.mode == "training":
                row.rates.append(rate(session.steps, began, CLOCK()))
            row.failed += session.broken
            if getattr(args, "goodbye", False):
                await press(session, row, args.click[0], None)
        finally:
            session.stop(list(session.timers))
            ears.cancel()


def cookie_of(args: argparse.Namespace, port: int) -> str:
    """Load the page itself, as a browser does: the proxy's cookie says on which replica it is."""
    connection = http.client.HTTPConnection(args.host, port, timeout=LOAD_S)
    with contextlib.closing(connection):
        connection.request("GET", f"{args.base}/", headers={"Accept": "text/html"})
        return (connection.getresponse().getheader("Set-Cookie") or "").partition(";")[0]


async def press(session: Session, row: Row, label: str, effect: re.Pattern[bytes] | None) -> None:
    """Press a button (without one, rerun the page as a moved widget does) and wait."""
    button = session.button(label)
    took = await session.answered(button, effect if button else None)
    if took is None:
        row.unanswered += 1
    else:
        row.clicks.append(took)


async def measure(row: Row, args: argparse.Namespace, port: int, pids: Sequence[int]) -> None:
    """One row: all come, all have pressed Play, then the clock runs for a while."""
    start, stop = asyncio.Event(), asyncio.Event()
    for _ in range(max(len(pids), 1)):  # the proxy takes another replica each time
        empty_mb = await warm(args, port, pids)
    visits = [asyncio.create_task(visit(row, args, port, start, stop)) for _ in range(row.n)]
    deadline = CLOCK() + row.n / ARRIVALS + LOAD_S + PATIENCE_S
    while len(row.loads) + row.failed < row.n and CLOCK() < deadline:
        await asyncio.sleep(0.1)
    await asyncio.sleep(2.0)  # the last ones press Play
    row.clicks, row.unanswered = [], 0  # those for Play came in the rush of loading
    start.set()
    spent, own, began = cpu_s(pids), time.process_time(), CLOCK()
    await asyncio.sleep(args.seconds)
    if spent is not None:
        row.cores = (cpu_s(pids) - spent) / (CLOCK() - began)
        row.memory_mb = (memory_mb(pids) - empty_mb) / row.n
    row.driver_cores = (time.process_time() - own) / (CLOCK() - began)
    stop.set()
    _, late = await asyncio.wait(visits, timeout=2 * PATIENCE_S + 5)
    for task in late:
        task.cancel()
    row.failed += len(late) + sum(t.exception() is not None for t in visits if t not in late)


async def warm(args: argparse.Namespace, port: int, pids: Sequence[int]) -> float | None:
    """Let one session come, train, pause and go: imports are no session's memory. Return MB."""
    once = Row(1, "training")
    start, stop = asyncio.Event(), asyncio.Event()
    start.set()
    polite = argparse.Namespace(**vars(args), goodbye=True)
    task = asyncio.create_task(visit(once, polite, port, start, stop))
    await asyncio.sleep(3.0)
    stop.set()
    await asyncio.wait([task], timeout=LOAD_S)
    if once.failed or not once.loads:
        raise SystemExit(f"the page {args.page} does not open: {task}")
    return memory_mb(pids)


def numbers(text: str) -> list[int]:
    """Read "1,20,50": how many sessions, within what this driver may do."""
    found = [int(part) for part in text.split(",")]
    if not all(1 <= n <= MOST for n in found):
        raise argparse.ArgumentTypeError(f"1 to {MOST} sessions")
    return found


def stretch(text: str) -> tuple[float, float]:
    """Read "1,5": a shortest and a longest time in seconds."""
    shortest, longest = (float(part) for part in text.split(","))
    if not 0.5 <= shortest <= longest <= 60:
        raise argparse.ArgumentTypeError("0.5 to 60 seconds")
    return shortest, longest


def words(known: set[str] | None = None) -> Callable[[str], list[str]]:
    """Read "a,b", perhaps only known ones."""

    def read(text: str) -> list[str]:
        found = text.split(",")
        if known and not set(found) <= known:
            raise argparse.ArgumentTypeError(f"one of {', '.join(sorted(known))}")
        return found

    return read


def arguments() -> argparse.Namespace:
    """What to measure, from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    add = parser.add_argument
    add("--sessions", type=numbers, default="1,20,50,100,200", help="how many, one row each")
    add("--modes", type=words({"idle", "training"}), default="idle,training")
    add("--seconds", type=float, default=15.0, help="each row is measured for so long, 1 to 120")
    add("--think", type=stretch, default="1,5", help="seconds from an answer to the next click, "
        "at least and at most")  # fmt: skip
    add("--page", default="/train", help="path, with a query if needed: train?lr=0.001")
    add("--play", default="Play", help="how the label of the button that starts training begins")
    add("--click", type=words(), default="Pause,Play", help="buttons clicked while training")
    add("--idle-click", type=words(), default="Start again", help="... while idle; without such a "
        "button the page is rerun, as a moved slider does")  # fmt: skip
    add("--effect", type=lambda text: re.compile(text.encode()), help="regular expression for "
        "what must come back to a click; without one the end of its run is the answer")  # fmt: skip
    add("--steps", default=r'(?:"steps": ?|\bstep )(\d[\d,]*)', help="regular expression whose "
        "group is the number of steps in what the page receives")  # fmt: skip
    add("--app", type=Path, default=ROOT / "app.py", help="the script to serve")
    add("--url", help="a server of this machine that runs already, instead of an own one")
    add("--pid", type=int, nargs="*", default=[], help="its processes, for memory and cores")
    add("--proxy", action="store_true", help="three replicas behind nginx")
    args = parser.parse_args()
    url = urlsplit(args.url or "http://127.0.0.1")
    args.host, args.port, args.base = url.hostname, url.port or 80, url.path.rstrip("/")
    if args.host not in LOOPBACK or url.scheme != "http":
        parser.error("only this machine: http://127.0.0.1 or http://localhost")
    if not 1 <= args.seconds <= 120:
        parser.error("--seconds: 1 to 120")
    return args


def main() -> None:
    """Print the table, a row when it is ready."""
    args = arguments()
    print(HEAD, flush=True)
    for mode in args.modes:
        for n in args.sessions:
            row = Row(n, mode)
            if args.url:
                server = contextlib.nullcontext((args.port, args.pid))
            else:
                server = own_replicas() if args.proxy else own_server(args.app.resolve())
            with server as (port, pids):
                asyncio.run(measure(row, args, port, pids))
            print(line(row), flush=True)


if __name__ == "__main__":
    main()
