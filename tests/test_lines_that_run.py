"""The code that Step back shows: every line that it marks ran in the passes of the film."""

import itertools
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from rnn_core import CELLS, Hyperparameters, TrainingRun, load_dataset
from tests.models import KINDS
from ui import running, source
from ui.lenses import back
from ui.reading import Reading
from ui.way_back import WayBack

SHAPES = list(itertools.product((1, 2), (False, True)))
DATA = load_dataset("sentiment")
Lines = set[tuple[str, int]]


def executed(run: Callable[[], object]) -> Lines:
    """Every line of the core, (file, number), that a call executes."""
    lines: Lines = set()

    def local(frame, event, _):
        if event == "line":
            lines.add((frame.f_code.co_filename, frame.f_lineno))
        return local

    def enter(frame, event, _):
        return local if "rnn_core" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        run()
    finally:
        sys.settrace(before)
    return lines


def way(cell: str, activation: str, n_layers: int, both: bool, layer: int, **more) -> WayBack:
    text, truncate = more.pop("text", "i am not bad"), more.pop("truncate", None)
    run = TrainingRun(DATA, Hyperparameters(
        cell=cell, activation=activation, n_hidden=5, n_layers=n_layers, bidirectional=both, **more,
    ))  # fmt: skip
    run.advance(epochs=1)
    reading = Reading(run.model, run.model.vocabulary.encode(text), layer=layer)
    return WayBack(reading, "positive", truncate, run.hyperparameters, False)


def film_of(made: WayBack) -> list[list[source.Excerpt]]:
    """The excerpts of each frame."""
    words = [running.one_word(made, t) for t in made.path]
    return [running.loss(), running.readout(made), *words, running.update(made)]


def passes(made: WayBack) -> Lines:
    """The lines that ran when the film's traces were made, afresh."""
    now = replace(made, reading=replace(made.reading))

    def run() -> None:
        assert now.bwd is not None
        assert now.update is not None

    return executed(run)


def texts(content) -> str:
    return content if isinstance(content, str) else "".join(texts(child) for child in content[2:])


@pytest.mark.parametrize(("cell", "activation"), KINDS)
@pytest.mark.parametrize(("n_layers", "both"), SHAPES)
def test_every_marked_line_ran(cell, activation, n_layers, both) -> None:
    for layer in range(n_layers * (1 + both)):
        made = way(cell, activation, n_layers, both, layer)
        ran = passes(made)
        for cuts in film_of(made):
            marked = set().union(*(cut.running for cut in cuts))
            assert marked
            assert marked <= ran


@pytest.mark.parametrize(("cell", "activation"), KINDS)
@pytest.mark.parametrize(("n_layers", "both"), SHAPES)
def test_every_line_of_the_cell_is_shown_running(cell, activation, n_layers, both) -> None:
    kind = CELLS[cell](activation)
    functions = [type(kind).backward]
    if cell == "rnn":
        functions.append(kind.activation.derivative)
    for layer in range(n_layers * (1 + both)):
        made = way(cell, activation, n_layers, both, layer)
        body = {
            (path, line) for path, line in passes(made)
            for f in functions if path == f.__code__.co_filename and line in own(f)
        }  # fmt: skip
        assert body
        for cuts in film_of(made)[2:-1]:
            assert body <= set().union(*(cut.running for cut in cuts))


def own(function: Callable) -> set[int]:
    """The numbers of the lines of a function's body."""
    numbers = {number for *_, number in function.__code__.co_lines() if number}
    return numbers - {function.__code__.co_firstlineno}


@pytest.mark.parametrize(("clip", "clip_at"), [
    ("none", 1.0), *itertools.product(("value", "norm"), (1e-6, 1.0, 1e6)),
])  # fmt: skip
@pytest.mark.parametrize("text", ["good", "i am not bad"])
@pytest.mark.parametrize("truncate", [None, 1, 2])
def test_clipping_and_truncation_are_marked_where_they_run(clip, clip_at, text, truncate) -> None:
    made = way("rnn", "tanh", 1, False, 0, clip=clip, clip_at=clip_at, text=text, truncate=truncate)
    ran = passes(made)
    film = film_of(made)
    assert all(cut.running <= ran for cuts in film for cut in cuts)
    shown = "".join(line for cut in film[-1] for i, line in enumerate(cut.lines) if i in cut.active)
    assert ("grad.clip" in shown) == (clip == "value" and made.update.n_cut > 0)
    assert ("at / length" in shown) == (clip == "norm" and made.update.length > clip_at)
    truncated = any("passes[t]" in line for cut in film[2] for line in cut.lines)
    assert truncated == (truncate is not None)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("n_layers", "both"), SHAPES)
def test_what_comes_from_above_is_marked_where_it_comes(cell, n_layers, both) -> None:
    for layer in range(n_layers * (1 + both)):
        made = way(cell, "tanh", n_layers, both, layer)
        first_read = made.reading.place.backwards and made.reading.is_top  # where reading ended
        for i, cuts in enumerate(film_of(made)[2:-1]):
            marked = any("d.h = d_above" in cut.lines[j] for cut in cuts for j in cut.active)
            assert marked == (i == 0 or not first_read)


@pytest.mark.parametrize("cell", CELLS)
def test_the_page_shows_these_lines(cell) -> None:
    made = way(cell, "tanh", 2, True, 1)
    for frame, cuts in zip(back.film(made, 0)[1], film_of(made), strict=True):
        shown = texts(frame.panels["code"])
        for cut in cuts:
            for i, line in enumerate(cut.lines):
                assert ("▸ " if i in cut.active else "  ") + line + "\n" in shown


def test_an_excerpt_knows_where_it_stands() -> None:
    made = way("lstm", "tanh", 1, False, 0)
    for cut in itertools.chain(*film_of(made)):
        with open(cut.path, encoding="utf-8") as file:
            lines = file.read().splitlines()
        stands = lines[cut.first - 1 : cut.first - 1 + len(cut.lines)]
        assert [line.strip() for line in stands] == [line.strip() for line in cut.lines]
