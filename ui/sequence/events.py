"""What the films report: callbacks that make settings of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ui.kit import settings
from ui.sequence import added, box


def identity(of: str) -> str:
    """What makes it another film: what it is of, and how often a sentence was asked for."""
    return f"{of} {box.asked()}"


def film_moved(key: str, name: str = "t") -> Callable[[], None]:
    """A callback: the film with this key rests at another step. name : the setting that keeps it,
    counted from 1. What a film still says while another sentence is asked for is too late.
    """

    def moved() -> None:
        step, now = settings.reported(key, "step"), identity("")
        if step and str(step.get("of", now)).endswith(now):
            settings.put(**{name: int(step["at"]) + 1})

    return moved


def cell_clicked(
    key: str, order: Sequence[int], unit: int, name: str = "t", n_states: int = 1
) -> Callable[[], None]:
    """A callback: a cell of the film was clicked, or arrow up or down was pressed.

    order : the units from top to bottom; unit : the one chosen now. name : as in film_moved.
    n_states : how many of the first traces have units as their rows.
    """

    def clicked() -> None:
        if not (click := settings.reported(key, "click")):
            return
        settings.put(**{name: int(click["step"]) + 1})
        row = order.index(unit) + click["move"] if "move" in click else click.get("y")
        if isinstance(row, int) and click.get("curve", 0) < n_states:
            settings.put(unit=order[min(max(row, 0), len(order) - 1)])

    return clicked


def sentence_clicked(key: str, name: str = "s") -> Callable[[], None]:
    """A callback: a word was clicked that carries the whole new sentence for a box, or a model, or
    the label with which the sentence is added to the data.
    """

    def clicked() -> None:
        click = settings.reported(key, "click") or {}
        if "model" in click:
            settings.put(model=str(click["model"]))
        if "add" in click:
            added.add(str(click["add"]))
        if isinstance(click.get("read"), str):
            box.read(click["read"], name)

    return clicked
