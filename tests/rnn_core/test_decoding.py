"""Decoding: side by side is one by one, and a beam is the search it says."""

from itertools import product

import numpy as np
import pytest

from rnn_core import CELLS, Model, Vocabulary
from rnn_core.decoding import (
    beam_search,
    begin,
    exact_by_length,
    exact_match,
    symbol_errors,
    translate,
    write_all,
)
from rnn_core.vocabulary import END
from rnn_core.wirings import caption, classify, decode, encode_decode

SOURCE, TARGET = Vocabulary.of("pqrst"), Vocabulary.of([END, "x", "y", "z"])
SOURCES = [[1, 2, 3, 0], [2], [3, 1], [4, 4, 4]]
WIRED = pytest.mark.parametrize("attends", [False, True])
ALL = pytest.mark.parametrize("cell", CELLS)


def a_model(cell: str = "gru", attends: bool = True, seed: int = 4, n_start: int = 0) -> Model:
    model = Model(
        CELLS[cell](), TARGET, TARGET.words, 4, n_layers=2, per_step=True,
        source=None if n_start else SOURCE, n_start=n_start, attends=attends,
    )  # fmt: skip
    model.flat[:] = np.random.default_rng(seed).uniform(-1, 1, model.flat.size)
    model.params["b_y"][0] += 0.5  # some end
    return model


def answered(model: Model, most: int = 6):
    """A split whose answers are what the model itself writes, where that ends."""
    written = [decode(model, one, most=most) for one in SOURCES]
    return encode_decode(SOURCES, [one.ids for one in written], TARGET), written


@ALL
@WIRED
def test_side_by_side_is_one_by_one(cell: str, attends: bool) -> None:
    ended = set()
    for seed in range(6):
        model = a_model(cell, attends, seed)
        split, written = answered(model)
        together = write_all(model, split, 6)
        for i, alone in enumerate(written):
            said = together[:, i][together[:, i] >= 0].tolist()
            assert said == alone.ids + [0] * alone.ended
            ended.add(alone.ended)
        assert exact_match(model, split).tolist() == [one.ended for one in written]
    assert ended == {True, False}


def test_a_vector_writes_side_by_side_too() -> None:
    model, rng = a_model(attends=False, n_start=3), np.random.default_rng(0)
    vectors = rng.normal(size=(5, 3))
    split = caption(vectors, [[1]] * 5, TARGET)
    together = write_all(model, split, 6)
    for i, vector in enumerate(vectors):
        fwd, alone = translate(model, vector=vector, most=6)
        assert together[:, i][together[:, i] >= 0].tolist() == alone.ids + [0] * alone.ended
        np.testing.assert_allclose(fwd.p, alone.p, rtol=1e-12)


@WIRED
def test_a_wrong_answer_is_no_match_and_a_wrong_symbol_is_counted(attends: bool) -> None:
    model = a_model(attends=attends)
    wanted = [[1], [2, 2], [3], [1, 1, 1]]
    split = encode_decode(SOURCES, wanted, TARGET)
    exact = exact_match(model, split)
    assert exact.tolist() == [
        (one := decode(model, source, most=9)).ended and one.ids == right
        for source, right in zip(SOURCES, wanted, strict=True)
    ]
    wrong_forced = wrong_free = n = 0
    for source, right in zip(SOURCES, wanted, strict=True):
        forced = begin(model, source, written=right).p.argmax(axis=1)
        free = decode(model, source, most=9)
        said = [*free.ids, *[0] * free.ended]
        for t, symbol in enumerate([*right, 0]):
            wrong_forced += forced[t] != symbol
            wrong_free += t >= len(said) or said[t] != symbol
            n += 1
    assert symbol_errors(model, split) == pytest.approx((wrong_forced / n, wrong_free / n))


def test_exact_matches_by_length() -> None:
    model = a_model()
    split, written = answered(model)
    found = exact_by_length(model, split)
    assert list(found) == [1, 2, 3, 4]
    for source, one in zip(SOURCES, written, strict=True):
        assert found[len(source)] == float(one.ended)
    with pytest.raises(ValueError, match="no source"):
        exact_by_length(a_model(n_start=3, attends=False), caption(np.ones((1, 3)), [[1]], TARGET))


@ALL
@WIRED
def test_a_beam_of_one_is_greedy(cell: str, attends: bool) -> None:
    for seed in range(4):
        model = a_model(cell, attends, seed)
        beam = beam_search(model, begin(model, [1, 2]), width=1, most=5)
        written = decode(model, [1, 2], most=5)
        assert beam.path(beam.leaves[0]) == written.ids + [0] * written.ended
        p = np.prod([p.max() for p in written.p])
        assert beam.nodes[beam.leaves[0]].log_p == pytest.approx(np.log(p))


def log_p(model: Model, symbols: tuple[int, ...]) -> float:
    """Of a whole answer, the end mark included, by reading it."""
    p = begin(model, [1, 2], written=symbols[:-1]).p
    return float(sum(np.log(p[t, symbol]) for t, symbol in enumerate(symbols)))


@WIRED
def test_a_wide_beam_finds_the_likeliest_of_all(attends: bool) -> None:
    for seed in range(4):
        model = a_model(attends=attends, seed=seed)
        beam = beam_search(model, begin(model, [1, 2]), width=100, most=3)
        every = [(*first, last) for n in range(3) for first in product((1, 2, 3), repeat=n)
                 for last in ((0, 1, 2, 3) if n == 2 else (0,))]  # fmt: skip
        best = max(every, key=lambda symbols: log_p(model, symbols))
        assert beam.path(beam.leaves[0]) == list(best)
        for leaf in beam.leaves:
            assert beam.nodes[leaf].log_p == pytest.approx(log_p(model, (*beam.path(leaf),)))


@WIRED
def test_the_tree_says_what_was_kept(attends: bool) -> None:
    model = a_model(attends=attends)
    beam = beam_search(model, begin(model, [3, 1]), width=3, most=4)
    assert 1 <= len(beam.leaves) <= 3
    depth = [len(beam.path(i)) for i in range(len(beam.nodes))]
    for step in range(1, 5):
        here = [node for node, d in zip(beam.nodes, depth, strict=True) if d == step]
        kept, left = ([n.log_p for n in here if n.kept == is_kept] for is_kept in (True, False))
        assert len(kept) <= 3
        assert not kept or not left or min(kept) >= max(left)
    for node in beam.nodes:
        if node.parent is not None:
            parent = beam.nodes[node.parent]
            assert parent.kept
            assert parent.symbol != TARGET.end
            assert parent.log_p >= node.log_p
    likely = [beam.nodes[leaf].log_p for leaf in beam.leaves]
    assert likely == sorted(likely, reverse=True)


def test_a_decoder_that_never_ends_is_stopped() -> None:
    model = a_model()
    model.params["b_y"][0] = -1e3
    fwd, written = translate(model, [1], most=5)
    assert (len(written.ids), written.ended, len(fwd.y)) == (5, False, 5)
    assert (write_all(model, encode_decode([[1]], [[1]], TARGET), 5) > 0).all()
    beam = beam_search(model, begin(model, [1]), most=5)
    assert [len(beam.path(leaf)) for leaf in beam.leaves] == [5, 5, 5]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: beam_search(a_model(), begin(a_model(), [1]), width=0), "1 wide or more, not 0"),
        (lambda: translate(a_model(), []), "is empty"),
        (lambda: write_all(
            Model(CELLS["rnn"](), None, "ab", 4, n_features=2),
            classify([np.zeros((2, 2))], [0]), 3), "this model reads vectors"),
    ],
)  # fmt: skip
def test_what_cannot_be_decoded_is_said(make, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        make()
