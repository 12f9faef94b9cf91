"""The code that ran: lines of the core's own source, the active ones marked. It cannot drift."""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ui.kit.player import Node, node


@dataclass(frozen=True)
class Excerpt:
    """Some lines of a function, and which of them are active, counted from 0.

    where : "file: function", for the reader who wants all of it. path, first : the file, and the
    number in it of the first of the lines.
    """

    where: str
    lines: tuple[str, ...]
    active: frozenset[int]
    path: str
    first: int

    @property
    def running(self) -> set[tuple[str, int]]:
        """The active lines: (file, number)."""
        return {(self.path, self.first + i) for i in self.active}


@functools.cache
def excerpt(
    function: Callable[..., Any], *markers: str, whole: bool = False, runs: bool = False
) -> Excerpt:
    """Cut the lines from the first to the last marker out of a function's source.

    markers : pieces of the active lines. whole : all of the body instead of that stretch. runs :
    all of the body, and every line of it active.
    Raises LookupError when a marker is not in the source: the page would show the wrong thing.
    """
    found_lines, number = inspect.getsourcelines(function)
    source = textwrap.dedent("".join(found_lines))
    definition = ast.parse(source).body[0]
    body = [n for n in definition.body if not _is_docstring(n)]  # type: ignore[attr-defined]
    lines = source.splitlines()[body[0].lineno - 1 :]
    if runs:
        lines = lines[: body[-1].end_lineno - body[0].lineno + 1]
    active = []
    for marker in markers:
        found = [i for i, line in enumerate(lines) if marker in line]
        if not found:
            raise LookupError(f"{marker!r} is not in the source of {function.__qualname__}")
        active.append(found[0])
    if runs:
        active = [i for i, line in enumerate(lines) if line.strip() and line.strip()[0] != "#"]
    first, last = (0, len(lines) - 1) if whole or runs else (min(active), max(active))
    cut = textwrap.dedent("\n".join(lines[first : last + 1])).splitlines()
    file = inspect.getsourcefile(function) or ""
    name = file.replace("\\", "/").rpartition("rnn_core/")[2]
    return Excerpt(
        f"rnn_core/{name}: {function.__name__}", tuple(cut), frozenset(i - first for i in active),
        file, number + body[0].lineno - 1 + first,
    )  # fmt: skip


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def code(excerpts: Sequence[Excerpt]) -> Node:
    """Show excerpts under one another, each with its place."""
    blocks: list[Node] = []
    last = ""
    for cut in excerpts:
        if cut.where != last:
            blocks.append(node("p", cut.where, class_="small quiet mono"))
        blocks.append(listing(cut))
        last = cut.where
    return node("div", *blocks, class_="code")


def listing(cut: Excerpt, on: bool = True) -> Node:
    """An excerpt's lines, the active ones marked by colour and by a sign. on : they run now."""
    lines = [
        node("span", ("▸ " if on and i in cut.active else "  ") + line + "\n",
             class_="line on" if on and i in cut.active else "line")
        for i, line in enumerate(cut.lines)
    ]  # fmt: skip
    return node("pre", *lines, title=cut.where)
