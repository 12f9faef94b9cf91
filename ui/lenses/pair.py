"""Two sentences word for word: where do their states part, and what do they answer?"""

from __future__ import annotations

from ui import words
from ui.figures import compare
from ui.plot.plot import Figure, Film, Frame, Panel, Text, node
from ui.reading import Reading


def film(first: Reading, second: Reading) -> Film:
    """Two sentences over one another: states, difference, answers; a frame for each column."""
    columns = compare.align(first.words, second.words)
    left, right = [a for a, _ in columns], [b for _, b in columns]
    h = compare.held(first.fwd.h, left), compare.held(second.fwd.h, right)
    p = compare.held(first.p, left), compare.held(second.fwd.p[:, first.answer], right)
    named = (
        ["" if i is None else first.words[i] for i in left],
        ["" if j is None else second.words[j] for j in right],
    )
    figure = compare.film(h, p, named, first.order, first.answer_name)
    apart = compare.parting(h)
    parted = next((i for i, distance in enumerate(apart) if distance > 0.05), None)
    title = "Two sentences, word for word" + (f" · {first.called}" if first.called else "")
    panels: list[Panel] = [
        Text("pair title", node("h3", title)),
        Figure(
            "pair",
            figure,
            560,
            title,
            "States of both sentences, their difference, both answers",
            narrow=compare.NARROW,
        ),
        Text("pair look", ""),
    ]
    frames = []
    for i, distance in enumerate(apart):
        here = " / ".join(dict.fromkeys(word or "(waits)" for word in (named[0][i], named[1][i])))
        where = (
            "the two never part: to this network they are one sentence."
            if parted is None
            else f"the column where they part: “{named[0][parted] or named[1][parted]}”."
        )
        look = words.look_for(
            f"{where} At “{here}” the states are {distance:.2f} apart (0 the same, 2 opposite), "
            f"and P({first.answer_name}) is {p[0][i]:.2f} against {p[1][i]:.2f}."
        )
        patch = {"pair": compare.at_column(figure, i), "pair look": look}
        frames.append(Frame(f"column {i + 1} of {len(apart)}: {here}", panels=patch))
    return panels, frames
