"""Visitors of a proxied app, who notice: is it still my sentence, my settings, my replica?

Each behaves as the page's script does: it gets its cookies with the page, opens the websocket,
sends files beside it, and when the connection is lost it comes back with the address that it had.
Whatever a visitor would call an error is a line in its `troubles`.
"""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import random
import re
import uuid
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from benchmarks.load import PATIENCE_S, Session

STATIC = "/app/static/icon.png"
OUR_FAULT = b"Something went wrong"
TRIES, PAUSE_S = 240, 0.25
NEVER = re.compile(rb"(?!)")
"""What no message matches: a visitor counts no steps."""


@dataclass
class Watched(Session):
    """A session that also keeps its id, the film on the page, and what went wrong."""

    name: str = ""
    film: bytes = b""
    wrong: list[str] = field(default_factory=list)

    def take(self, raw: bytes) -> None:
        """One message from the server."""
        super().take(raw)
        message = ForwardMsg.FromString(raw)
        if message.HasField("new_session"):
            self.name = message.new_session.initialize.session_id or self.name
        element = message.delta.new_element
        if element.HasField("exception") or OUR_FAULT in raw:
            self.wrong.append(f"an error on the page: {raw[:200]!r}")
        shown = element.bidi_component.bytes if element.HasField("bidi_component") else b""
        if b'"transport":true' in shown.replace(b" ", b""):
            self.film = shown


class Visitor:
    """Somebody with an address. port : of the proxy. path : page and query, which say everything.
    still : whether that is one film, always the same; a page that trains has none.

    film : what the first page showed. replica : who answered last. home : who held the websocket
    last; comings : how often that was opened; moves : how often home changed.
    """

    def __init__(self, port: int, path: str, still: bool = True) -> None:
        self.port, self.path, self.still = port, path, still
        self.cookies: dict[str, str] = {}
        self.film, self.session, self.ears = b"", None, None  # type: ignore[var-annotated]
        self.troubles: list[str] = []
        self.home, self.comings, self.moves = "", 0, 0
        self.clicks, self.unanswered, self.uploads = 0, 0, 0

    @property
    def replica(self) -> str:
        """As the proxy's cookie says."""
        return self.cookies.get("replica", "")

    async def come(self) -> None:
        """Open the page, as a browser does: the page, its cookies, the websocket."""
        for path in (self.path, "/_stcore/health"):
            status, _ = await self.fetch("GET", path)
            if status != 200:
                self.troubles.append(f"{path}: {status}")
        await self.connect()

    async def connect(self) -> None:
        """Open the websocket with what the address says, and wait for the film. It tries so often
        as a browser's patience lasts.
        """
        for _ in range(TRIES):
            with contextlib.suppress(OSError, WebSocketException, TimeoutError):
                return await self._connect_once()
            await asyncio.sleep(PAUSE_S)
        self.troubles.append("never came back")

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
        for _ in range(TRIES):  # a network may have to be trained first, behind a bar
            if self.session.film or self.session.broken or not self.still:
                break
            await asyncio.sleep(PAUSE_S)
        if self.session.broken:
            raise ConnectionResetError
        self.film = self.film or self.session.film
        if self.still and (not self.session.film or self.session.film != self.film):
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
            await self.leave()
            await self.connect()
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
        await asyncio.sleep(PAUSE_S)
        if status != 204 and not before.broken:  # else its replica ended just then
            self.troubles.append(f"upload: {status} {text[:80]!r}")

    async def live(self, stop: asyncio.Event, think: tuple[float, float] = (1.0, 3.0)) -> None:
        """Click and send files until it is over."""
        await self.come()
        while not stop.is_set():
            await asyncio.sleep(random.uniform(*think))
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
        body: bytes | None = None,
        headers: dict[str, str] = {},  # noqa: B006
    ) -> tuple[int, bytes]:
        """One request, with this visitor's cookies; status 0 where nobody answered."""
        return await asyncio.to_thread(self._fetch, method, path, body, headers)

    def _fetch(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        asks = {"Cookie": self._cookie(), "Accept": "text/html" if path == self.path else "*/*"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            connection.request(method, path, body, {**asks, **headers})
            answer = connection.getresponse()
            self._keep(answer.headers.get_all("Set-Cookie") or [])
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _keep(self, told: list[str]) -> None:
        for line in told:
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
