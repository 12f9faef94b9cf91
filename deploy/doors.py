"""The doors of one replica: who comes in, and whether another one may.

They see HTTP, not the app. A proxy that is told 503 asks the next replica; the cookie follows
whichever answered, by the header that names it (deploy/nginx.conf).
"""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deploy.policy import HEADERS

FULL = (Path(__file__).parent / "full.html").read_text(encoding="utf-8")
AGAIN_S = 15
"""After so many seconds deploy/full.html tries again."""


class Doors:
    """As a middleware: counts the browsers that are connected, and says who answers.

    most : a page is opened for no more than so many; who is inside stays, and may come back after
    the connection was lost. name : of this replica. closing : nobody new comes in.
    """

    def __init__(self, most: int, name: str) -> None:
        self.most, self.name = most, name
        self.inside, self.closing = 0, False

    def __call__(self, app: ASGIApp) -> ASGIApp:
        """Stand before an app."""

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] not in ("http", "websocket"):
                return await app(scope, receive, send)
            if self._turned_away(scope):
                return await self._answer_full(scope, receive, self._named(send))
            if scope["type"] == "http":
                return await app(scope, receive, self._named(send))
            self.inside += 1
            try:
                await app(scope, receive, self._named(send))
            finally:
                self.inside -= 1

        return guarded

    def _turned_away(self, scope: Scope) -> bool:
        """Whether this comes from somebody new, and there is no place."""
        if scope["type"] == "websocket" or scope["path"].endswith("/_stcore/health"):
            return self.closing
        opens = "text/html" in Headers(scope=scope).get("accept", "")
        return opens and (self.closing or self.inside >= self.most)

    def _named(self, send: Send) -> Send:
        """Say in every answer which replica it is from, and what a browser may do with it."""

        async def named(message: Message) -> None:
            if message["type"].endswith(("http.response.start", "websocket.accept")):
                message.setdefault("headers", [])  # which is optional
                headers = MutableHeaders(scope=message)
                headers["X-Replica"] = self.name
                if headers.get("content-type", "").startswith("text/html"):
                    headers.update(HEADERS)
            await send(message)

        return named

    async def _answer_full(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {"Retry-After": str(AGAIN_S), "Cache-Control": "no-store"}
        page = HTMLResponse(FULL, status_code=503, headers=headers)
        if scope["type"] == "websocket":
            await receive()  # the request to connect, which is answered as if it were for a page
        await page(scope, receive, send)
