"""One visitor's session without a browser: Streamlit's protocol, as the page's script speaks it.

It opens a page, follows the timers of fragments, presses buttons and waits for the answers. It
knows neither what is measured nor what a visitor would mind.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from dataclasses import dataclass, field
from typing import NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

PATIENCE_S = 20.0  # a click that takes longer is unanswered
CLOCK = time.perf_counter


@dataclass
class Asked:
    """A run that was asked for at `at`, of the page or of one fragment, and awaits the effect."""

    at: float
    done: asyncio.Future[float]
    effect: re.Pattern[bytes] | None
    fragment: str = ""
    seen: bool = False


class Button(NamedTuple):
    """A button's id, and the fragment in which it stands: a click reruns no more than that."""

    widget: str
    fragment: str


@dataclass
class Session:
    """One visitor. steps : (seconds, number on the page), each time that it was shown."""

    page: str
    query: str
    pattern: re.Pattern[bytes]
    socket: ClientConnection
    script: str = ""
    buttons: dict[str, Button] = field(default_factory=dict)  # by label
    fresh: dict[str, Button] = field(default_factory=dict)  # those of the run that is going on
    timers: dict[str, asyncio.Task[None]] = field(default_factory=dict)  # by fragment
    intervals: dict[str, float] = field(default_factory=dict)
    steps: list[tuple[float, int]] = field(default_factory=list)
    asked: Asked | None = None
    running: list[str] | None = None  # fragments of the run that is going on, [] for the page
    broken: bool = False
    lost_at: float = 0.0  # when that was

    async def send(self, fragment: str = "", trigger: str = "", timer: bool = False) -> None:
        """Ask for a run of the page or of one fragment, by its timer or by a button."""
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_script_hash = self.query, self.script
        run.page_name = "" if self.script else self.page
        run.fragment_id, run.is_auto_rerun = fragment, timer
        run.context_info.url, run.context_info.timezone = "http://localhost/" + self.page, "UTC"
        if trigger:
            run.widget_states.widgets.add(id=trigger, trigger_value=True)
        with contextlib.suppress(ConnectionClosed):
            await self.socket.send(message.SerializeToString())

    async def answered(
        self,
        button: Button | None = None,
        effect: re.Pattern[bytes] | None = None,
        limit_s: float = PATIENCE_S,
    ) -> float | None:
        """Seconds from asking for a run to its end, with the effect in it; None if never.

        A button asks for its fragment, as in the browser; without one the page is rerun.
        """
        widget, fragment = button or Button("", "")
        done = asyncio.get_running_loop().create_future()
        self.asked = Asked(CLOCK(), done, effect, fragment)
        await self.send(fragment, widget)
        try:
            return await asyncio.wait_for(self.asked.done, limit_s)
        except TimeoutError:
            return None
        finally:
            self.asked = None

    def button(self, label: str) -> Button | None:
        """The button whose label begins so; an icon in front does not count."""
        for text, button in self.buttons.items():
            if re.sub(r"^:material/\w+:\s*", "", text).startswith(label):
                return button
        return None

    async def listen(self) -> None:
        """Take what the server says until it hangs up."""
        with contextlib.suppress(ConnectionClosed):
            async for raw in self.socket:
                self.take(ForwardMsg.FromString(raw), raw)
        self.broken, self.lost_at = True, CLOCK()
        if self.asked and not self.asked.done.done():
            self.asked.done.set_exception(TimeoutError())

    def take(self, message: ForwardMsg, raw: bytes) -> None:
        """One message from the server."""
        kind = message.WhichOneof("type")
        if kind == "delta":
            self.take_delta(message.delta, raw)
        elif kind == "new_session":
            self.running, self.fresh = list(message.metadata.run.fragment_ids), {}
            if not self.running:
                self.stop(list(self.timers))
        elif kind == "navigation":  # new_session names the main script at a cold deep link
            self.script = message.navigation.page_script_hash
        elif kind == "script_finished":
            self.take_end(message.script_finished)
        elif kind == "auto_rerun":
            self.start(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "stop_auto_rerun":
            self.stop(list(message.stop_auto_rerun.fragment_ids))
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string

    def take_delta(self, delta, raw: bytes) -> None:
        """An element: a button to press, the number of steps, or the effect of a click."""
        element = delta.new_element
        if element.WhichOneof("type") == "button" and not element.button.disabled:
            self.fresh[element.button.label] = Button(element.button.id, delta.fragment_id)
        if found := self.pattern.search(raw):
            self.steps.append((CLOCK(), int(re.sub(rb"\D", b"", found[1]))))
        if self.asked and self.answers(self.asked):
            effect = self.asked.effect
            self.asked.seen |= effect is None or effect.search(raw) is not None

    def take_end(self, status: int) -> None:
        """A run is over; its buttons are the page's, or its fragments', and it answers who asked.

        A run that was cut short, by st.rerun or by another click, answers nobody. A fragment's is
        said to be cut short also when a timer's run began before its end was sent: then it counts
        if it brought the buttons that were asked for.
        """
        good = ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
        brought = {button.fragment for button in self.fresh.values()} & set(self.running or [])
        if self.running is None or not (status in good or brought):
            return
        kept = {
            label: button for label, button in self.buttons.items()
            if self.running and button.fragment not in self.running
        }  # fmt: skip
        self.buttons = kept | self.fresh
        answered = self.asked and self.asked.seen and self.answers(self.asked)
        if self.asked and answered and not self.asked.done.done():
            self.asked.done.set_result(CLOCK() - self.asked.at)
        self.running = None

    def answers(self, asked: Asked) -> bool:
        """Whether the run that is going on is one that was asked for."""
        return self.running is not None and (not self.running or asked.fragment in self.running)

    def start(self, fragment: str, interval_s: float) -> None:
        """Start a fragment's timer; the same one again goes on as it is, as in the browser."""
        if self.intervals.get(fragment) != interval_s:
            self.stop([fragment])
            self.intervals[fragment] = interval_s
            self.timers[fragment] = asyncio.create_task(self.tick(fragment, interval_s))

    async def tick(self, fragment: str, interval_s: float) -> None:
        """The timer of a fragment, as the browser's setInterval: it does not wait for answers."""
        due = CLOCK()
        while True:
            due = max(due + interval_s, CLOCK())
            await asyncio.sleep(due - CLOCK())
            await self.send(fragment, timer=True)

    def stop(self, fragments: list[str]) -> None:
        for fragment in fragments:
            self.intervals.pop(fragment, None)
            if timer := self.timers.pop(fragment, None):
                timer.cancel()
