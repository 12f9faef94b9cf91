"""The code that Step back shows: every line that it marks ran in the passes of the film."""

import itertools
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from rnn_core import CELLS, BackwardTrace
from tests.apptest import texts
from tests.models import KINDS
from tests.step_back.views import view
from ui.kit import source
from ui.sequence.backward_view import BackwardView
from ui.sequence.strip import LINES
from ui.step_back import film

SHAPES = list(itertools.product((1, 2), (False, True)))
Lines = set[tuple[str, int]]


def executed(run: Callable[[], object]) -> Lines:
    """Every line of the core, (file, number), that a call executes."""
    found: Lines = set()

    def local(frame, event, _):
        if event == "line":
            found.add((frame.f_code.co_filename, frame.f_lineno))
        return local

    def enter(frame, event, _):
        return local if "rnn_core" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        run()
    finally:
        sys.settrace(before)
    return found


def of_layer(cell: str, n_layers: int, both: bool, layer: int, **more) -> BackwardView:
    """A view of one layer."""
    return view(cell=cell, n_layers=n_layers, bidirectional=both, shown={"layer": layer}, epochs=1,
                **more)  # fmt: skip


def film_of(made: BackwardView) -> list[list[source.Excerpt]]:
    """The excerpts of each moment."""
    return [[cut for line in moment.lines for cut in line.cuts] for moment in film.moments(made, 0)]


def passes(made: BackwardView) -> Lines:
    """The lines that ran when the film's traces were made, afresh."""
    now = replace(made, reading=replace(made.reading))

    def run() -> None:
        assert now.bwd is not None
        assert now.update is not None

    return executed(run)


def own(function: Callable) -> Lines:
    """The lines of a function's body."""
    code = function.__code__
    numbers = {number for *_, number in code.co_lines() if number} - {code.co_firstlineno}
    return {(code.co_filename, number) for number in numbers}


def marked(cuts: list[source.Excerpt]) -> str:
    """The text of what is marked in one frame."""
    return "\n".join(cut.lines[i] for cut in cuts for i in sorted(cut.active))


@pytest.mark.parametrize(("cell", "activation"), KINDS)
@pytest.mark.parametrize(("n_layers", "both"), SHAPES)
def test_every_marked_line_ran_and_every_line_of_the_cell_is_marked(
    cell: str, activation: str, n_layers: int, both: bool
) -> None:
    kind = CELLS[cell](activation)
    functions = [type(kind).backward, *([kind.activation.derivative] if cell == "rnn" else [])]
    for layer in range(n_layers * (1 + both)):
        made = of_layer(cell, n_layers, both, layer, activation=activation)
        ran = passes(made)
        body = ran & set().union(*map(own, functions))
        assert body
        first_read = made.reading.place.backwards and made.reading.is_top  # where reading ended
        for i, cuts in enumerate(film_of(made)):
            shown = set().union(*(cut.running for cut in cuts))
            assert shown
            assert shown <= ran
            if 2 <= i < len(made.path) + 2:
                assert body <= shown
                assert ("d.h = d_above" in marked(cuts)) == (i == 2 or not first_read)


@pytest.mark.parametrize(("clip", "clip_at"), [
    ("none", 1.0), *itertools.product(("value", "norm"), (1e-6, 1.0, 1e6)),
])  # fmt: skip
@pytest.mark.parametrize(("text", "truncate"), [("good", 1), ("i am not bad", None),
                                                ("i am not bad", 2)])  # fmt: skip
def test_clipping_and_truncation_are_marked_where_they_run(clip, clip_at, text, truncate) -> None:
    made = view(text, truncate=truncate, clip=clip, clip_at=clip_at)
    ran, cuts = passes(made), film_of(made)
    assert all(cut.running <= ran for cut in itertools.chain(*cuts))
    assert ("grad.clip" in marked(cuts[-1])) == (clip == "value" and made.update.n_cut > 0)
    assert ("at / length" in marked(cuts[-1])) == (clip == "norm" and made.update.length > clip_at)
    assert ("passes[t]" in marked(cuts[2])) == (truncate is not None)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("truncate", [None, 2])
def test_by_line_each_line_of_the_cell_runs_once_at_each_word(cell: str, truncate) -> None:
    made = of_layer(cell, 1, False, 0, truncate=truncate)
    body = own(CELLS[cell].backward) & passes(made)
    for moment in film.moments(made, 0)[2:-1]:
        each = [set().union(*(cut.running for cut in line.cuts)) for line in moment.lines]
        assert all(sum(one in lines_ for lines_ in each) == 1 for one in body)
        lit = [line.lit for line in moment.lines]
        assert lit == sorted(lit, key=LINES.index)
        assert {*lit} >= {"a", "before", "W_hh", "b", "W_xh"}


@pytest.mark.parametrize("cell", CELLS)
def test_by_line_one_line_is_marked_at_a_time(cell: str) -> None:
    made = of_layer(cell, 1, False, 0)
    frames = iter(film.film(made, 0, "line")[1])
    for moment in film.moments(made, 0):
        for line in moment.lines:
            marks = texts(next(frames).panels["code"]).count("▸ ")
            assert marks == sum(len(cut.active) for cut in line.cuts)


@pytest.mark.parametrize("cell", CELLS)
def test_the_page_shows_these_lines_as_they_stand_in_the_file(cell: str) -> None:
    made = of_layer(cell, 2, True, 1)
    for frame, cuts in zip(film.film(made, 0)[1], film_of(made), strict=True):
        shown = texts(frame.panels["code"])
        for cut in cuts:
            for i, line in enumerate(cut.lines):
                assert ("▸ " if i in cut.active else "  ") + line + "\n" in shown
            with open(cut.path, encoding="utf-8") as file:
                stands = file.read().splitlines()[cut.first - 1 :][: len(cut.lines)]
            assert [line.strip() for line in stands] == [line.strip() for line in cut.lines]


def test_a_line_that_is_not_there_is_an_error() -> None:
    with pytest.raises(LookupError, match="no such line"):
        source.excerpt(BackwardTrace.step_grads, "no such line")
