"""Visitors of a proxied app, who notice: is it still my sentence, my settings, my replica?

Each behaves as the page's script does: it gets its cookies with the page, opens the websocket,
sends files beside it, and when the connection is lost it comes back with the address that it had.
Whatever a visitor would call an error is a line in its `troubles`.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from types import MappingProxyType
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from benchmarks.session import CLOCK, PATIENCE_S, Session

STATIC = "/app/static/icon.png"
ALIVE = "/_stcore/health", "/_stcore/host-config"
"""What the page's script asks before it opens the websocket."""
SOON_S, SELDOM_S, COMPLAINS = 0.5, 30.0, 6
"""It asks again after so long, twice as long each time; the page complains after so many times."""
FILM_S = 60.0
OUR_FAULT = b"Something went wrong"
NEVER = re.compile(rb"(?!)")
"""What no message matches: a visitor counts no steps."""


@dataclass
class Watched(Session):
    """A session that also keeps its id, the film on the page, and what went wrong."""

    name: str = ""
    film: bytes = b""
    shows: asyncio.Event = field(default_factory=asyncio.Event)  # a film, or nothing any more
    wrong: list[str] = field(default_factory=list)

    async def listen(self) -> None:
        """Take what the server says until it hangs up."""
        await super().listen()
        self.shows.set()

    def take(self, message: ForwardMsg, raw: bytes) -> None:
        """One message from the server."""
        super().take(message, raw)
        if message.HasField("new_session"):
            self.name = message.new_session.initialize.session_id or self.name
        element = message.delta.new_element
        if element.HasField("exception") or OUR_FAULT in raw:
            self.wrong.append(f"an error on the page: {raw[:200]!r}")
        shown = element.bidi_component.bytes if element.HasField("bidi_component") else b""
        if b'"transport":true' in shown.replace(b" ", b""):
            self.film = shown
            self.shows.set()


class Visitor:
    """Somebody with an address. port : of the proxy. path : page and query, which say everything.
    still : whether that is one film, always the same; a page that trains has none.

    film : what the first page showed. replica : who answered last. home : who held the websocket
    last; comings : how often that was opened; moves : how often home changed. back_s : seconds from
    each lost connection until the page was as before.
    """

    def __init__(self, port: int, path: str, still: bool = True) -> None:
        self.port, self.path, self.still = port, path, still
        self.cookies: dict[str, str] = {}
        self.film, self.session, self.ears = b"", None, None  # type: ignore[var-annotated]
        self.troubles: list[str] = []
        self.home, self.comings, self.moves = "", 0, 0
        self.back_s: list[float] = []
        self.clicks, self.unanswered, self.uploads = 0, 0, 0

    @property
    def replica(self) -> str:
        """As the proxy's cookie says."""
        return self.cookies.get("replica", "")

    async def come(self) -> None:
        """Open the page, as a browser does: the page, its cookies, the websocket."""
        status, _ = await self.fetch("GET", self.path)
        if status != 200:
            self.troubles.append(f"{self.path}: {status}")
        await self.connect()

    async def come_back(self) -> None:
        """The connection was lost: open it anew."""
        lost_at = self.session.lost_at
        await self.leave()
        await self.connect()
        self.back_s.append(CLOCK() - lost_at)

    async def connect(self) -> None:
        """Ask whether somebody is there, open the websocket with what the address says, and wait
        for the film; else again, less and less often.
        """
        for tries in itertools.count():
            there = await asyncio.gather(*(self.fetch("GET", path) for path in ALIVE))
            if all(status == 200 for status, _ in there):
                with contextlib.suppress(OSError, WebSocketException, TimeoutError):
                    return await self._connect_once()
            if tries == COMPLAINS:
                self.troubles.append(f"the page says that nobody answers: {there}")
            if tries == 2 * COMPLAINS:
                return self.troubles.append("never came back")
            await asyncio.sleep(min(SOON_S * 2**tries, SELDOM_S) * random.uniform(0.7, 1.0))

    async def _connect_once(self) -> None:
        last = self.session
        page, _, query = self.path.strip("/").partition("?")
        query, mine = (last.query, [last.name]) if last else (query, [])
        token = self.cookies.get("_streamlit_xsrf", "none")
        websocket = await connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream", subprotocols=["streamlit", token, *mine],
            additional_headers={"Cookie": self._cookie()}, compression=None, max_size=None,
            ping_interval=None, open_timeout=PATIENCE_S,
        )  # fmt: skip
        self._keep(websocket.response.headers.get_all("Set-Cookie"))
        self.moves += self.home not in ("", self.replica)
        self.home, self.comings = self.replica, self.comings + 1
        self.session = Watched(page, query, NEVER, websocket)
        self.ears = asyncio.create_task(self.session.listen())
        await self.session.answered()
        if self.still:  # a network may have to be trained first, behind a bar
            await asyncio.wait_for(self.session.shows.wait(), FILM_S)
        if self.session.broken:
            raise ConnectionResetError
        self.film = self.film or self.session.film
        if self.still and self.session.film != self.film:
            at = next((i for i, (a, b) in enumerate(zip(self.film, self.session.film, strict=False))
                       if a != b), 0)  # fmt: skip
            was, now = (film[max(at - 80, 0) : at + 80] for film in (self.film, self.session.film))
            self.troubles.append(f"another picture than before: {was!r} is {now!r}")
        if last and self.session.query != query:
            self.troubles.append(f"another address than before: {self.session.query}")

    async def click(self) -> None:
        """Have the page drawn anew, as a moved slider does; come back if the connection is lost."""
        if self.session is None:
            return
        took = None if self.session.broken else await self.session.answered()
        if self.session.broken:
            await self.come_back()
        else:
            self.clicks += took is not None
            self.unanswered += took is None

    async def beside(self) -> None:
        """What does not go over the websocket: a file of the page, and one of the visitor's."""
        status, _ = await self.fetch("GET", STATIC)
        if status != 200:
            self.troubles.append(f"{STATIC}: {status}")
        before = self.session
        if before is None or before.broken or not before.name:
            return
        mark = uuid.uuid4().hex
        body = (f'--{mark}\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'
                f"text,label\r\n--{mark}--\r\n").encode()  # fmt: skip
        status, text = await self.fetch("PUT", f"/_stcore/upload_file/{before.name}/{mark}", body, {
            "Content-Type": f"multipart/form-data; boundary={mark}",
            "X-Xsrftoken": self.cookies.get("_streamlit_xsrf", ""),
        })  # fmt: skip
        self.uploads += status == 204
        await asyncio.sleep(0.25)
        if status != 204 and not before.broken:  # else its replica ended just then
            self.troubles.append(f"upload: {status} {text[:80]!r}")

    async def live(self, stop: asyncio.Event, think: tuple[float, float] = (1.0, 3.0)) -> None:
        """Click and send files until it is over; come back at once when the connection is lost."""
        await self.come()
        ended = asyncio.create_task(stop.wait())
        while not stop.is_set():
            waits: set[asyncio.Task[Any]] = {self.ears, ended}
            await asyncio.wait(
                waits, timeout=random.uniform(*think), return_when=asyncio.FIRST_COMPLETED
            )
            await self.click()
            await self.beside()
        await self.leave()

    async def leave(self) -> None:
        """Close the tab."""
        if self.session is not None and self.ears is not None:
            self.session.stop(list(self.session.timers))
            self.troubles += self.session.wrong
            self.session.wrong = []
            self.ears.cancel()
            with contextlib.suppress(Exception):
                await self.session.socket.close()

    async def fetch(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> tuple[int, bytes]:
        """One request, with this visitor's cookies; status 0 where nobody answered."""
        kind = "text/html" if path == self.path else "*/*"
        asks = {"Host": f"127.0.0.1:{self.port}", "Cookie": self._cookie(), "Accept": kind,
                "Content-Length": len(body), **headers}  # fmt: skip
        lines = "".join(f"{name}: {value}\r\n" for name, value in asks.items())
        try:
            async with asyncio.timeout(PATIENCE_S):
                ear, mouth = await asyncio.open_connection("127.0.0.1", self.port)
                with contextlib.closing(mouth):
                    mouth.write(f"{method} {path} HTTP/1.0\r\n{lines}\r\n".encode() + body)
                    head, _, said = (await ear.read()).partition(b"\r\n\r\n")
            status = int(head.split(maxsplit=2)[1])
        except (OSError, TimeoutError, IndexError):
            return 0, b""
        self._keep(re.findall(r"(?im)^set-cookie: (.*?)\r?$", head.decode("latin-1")))
        return status, said

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _keep(self, told: list[str]) -> None:
        for line in told:
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
