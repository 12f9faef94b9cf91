"""The code that ran: lines of the core's own source, the active ones marked. It cannot drift."""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ui.plot.plot import Node, node


@dataclass(frozen=True)
class Excerpt:
    """Some lines of a function, and which of them are active.

    where : "file: function", for the reader who wants all of it.
    """

    where: str
    lines: tuple[str, ...]
    active: frozenset[int]


@functools.cache
def excerpt(
    function: Callable[..., Any], *markers: str, whole: bool = False, every: str = ""
) -> Excerpt:
    """Cut the lines from the first to the last marker out of a function's source.

    markers : pieces of the active lines. every : what each further active line has. whole : all
    of the body instead of that stretch.
    Raises LookupError when a marker is not in the source: the page would show the wrong thing.
    """
    source = textwrap.dedent(inspect.getsource(function))
    definition = ast.parse(source).body[0]
    body = [n for n in definition.body if not _is_docstring(n)]  # type: ignore[attr-defined]
    lines = source.splitlines()[body[0].lineno - 1 :]
    active = []
    for marker in markers:
        found = [i for i, line in enumerate(lines) if marker in line]
        if not found:
            raise LookupError(f"{marker!r} is not in the source of {function.__qualname__}")
        active.append(found[0])
    active += [i for i, line in enumerate(lines) if every and every in line]
    first, last = (0, len(lines) - 1) if whole else (min(active), max(active))
    cut = textwrap.dedent("\n".join(lines[first : last + 1])).splitlines()
    file = inspect.getsourcefile(function) or ""
    name = file.replace("\\", "/").rpartition("rnn_core/")[2]
    return Excerpt(
        f"rnn_core/{name}: {function.__name__}", tuple(cut), frozenset(i - first for i in active)
    )


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def code(excerpts: Sequence[Excerpt]) -> Node:
    """Show excerpts under one another, active lines marked by colour and by a sign."""
    blocks: list[Node] = []
    for cut in excerpts:
        lines = [
            node("span", ("▸ " if i in cut.active else "  ") + line + "\n",
                 class_="line on" if i in cut.active else "line")
            for i, line in enumerate(cut.lines)
        ]  # fmt: skip
        blocks += [node("p", cut.where, class_="small quiet mono"), node("pre", *lines)]
    return node("div", *blocks, class_="code")
