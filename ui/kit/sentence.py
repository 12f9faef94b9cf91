"""A sentence of a catalogue that has nodes in it, formulas or bold words. It knows no page."""

from __future__ import annotations

from string import Formatter
from typing import Any

from ui.kit.player import Node


def sentence(template: str, **fields: Any) -> list[Node]:
    """The sentence in parts: sentence("At {w} it is {y:.2f}.", w=formula("W_hh"), y=0.5).

    fields : what stands for each name; a node stays one, all else is formatted.
    """
    parts: list[Node] = [""]
    for plain, name, spec, _ in Formatter().parse(template):
        value = fields[name] if name else ""
        for part in plain, value if isinstance(value, list) else format(value, spec or ""):
            if isinstance(part, str) and isinstance(parts[-1], str):
                parts[-1] += part
            else:
                parts.append(part)
    return [part for part in parts if part]
