"""The doors of a replica: who is let in, who is told to ask the next one, and what each is told."""

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from deploy.doors import AGAIN_S, FULL, Doors
from deploy.policy import HEADERS

PAGE = [(b"accept", b"text/html,*/*")]


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """A page with one word; a websocket that is accepted and closed again."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    headers = [(b"content-type", b"text/html" if scope["path"] == "/" else b"image/png")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"word"})


def ask(doors: Doors, path: str = "/", kind: str = "http", headers: list = PAGE) -> list[Message]:
    """What the doors answer."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": kind, "path": path, "headers": headers, "method": "GET",
             "extensions": {"websocket.http.response": {}}}  # fmt: skip
    asyncio.run(doors(app)(scope, receive, send))
    return sent


def told(messages: list[Message]) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in messages[0]["headers"]}


def test_each_answer_names_the_replica_and_pages_carry_the_policy() -> None:
    doors = Doors(most=5, name="2")
    page, picture, socket = (told(ask(doors)), told(ask(doors, "/x.png", headers=[])),
                             told(ask(doors, "/_stcore/stream", "websocket", [])))  # fmt: skip
    assert {one["x-replica"] for one in (page, picture, socket)} == {"2"}
    assert {name.lower() for name in HEADERS} <= set(page)
    assert "content-security-policy" not in picture


def test_a_full_one_opens_no_page_but_serves_who_is_inside() -> None:
    doors = Doors(most=1, name="1")
    doors.inside = 1
    page = ask(doors, "/read")
    assert page[0]["status"] == 503
    assert told(page)["retry-after"] == str(AGAIN_S)
    assert page[1]["body"].decode() == FULL
    assert ask(doors, "/x.png", headers=[(b"accept", b"*/*")])[0]["status"] == 200
    assert ask(doors, "/_stcore/health", headers=[])[0]["status"] == 200
    assert ask(doors, "/_stcore/stream", "websocket", [])[0]["type"] == "websocket.accept"


def test_a_closing_one_sends_everybody_new_on() -> None:
    doors = Doors(most=9, name="1")
    doors.closing = True
    assert ask(doors)[0]["status"] == 503
    assert ask(doors, "/_stcore/health", headers=[])[0]["status"] == 503
    socket = ask(doors, "/_stcore/stream", "websocket", [])[0]
    assert (socket["type"], socket["status"]) == ("websocket.http.response.start", 503)
    assert ask(doors, "/_stcore/upload_file/a/b", headers=[])[0]["status"] == 200


def test_who_is_connected_counts_until_the_end_even_a_bad_one() -> None:
    doors = Doors(most=9, name="1")
    seen = []

    async def bad(*_: object) -> None:
        seen.append(doors.inside)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(doors(bad)({"type": "websocket", "path": "/s", "headers": []}, None, None))
    assert (seen, doors.inside) == ([1], 0)


def test_the_full_page_tries_again_when_it_says() -> None:
    assert f'content="{AGAIN_S}"' in FULL
    assert f"every {AGAIN_S} seconds" in FULL
