"""What the texts are for, each claim with a few seeds: words within seconds, the nearest noun
first, a verse by heart, and what carrying the state is worth.
"""

import numpy as np
import pytest

from rnn_core import Hyperparameters, LanguageRun, load_dataset
from rnn_core.experiments.grammars import WORD_CLASSES
from rnn_core.experiments.units import inside_quotes, tellers
from rnn_core.experiments.words import agreement, class_of_neighbour, word_vectors
from rnn_core.language import perplexity, write

pytestmark = pytest.mark.slow
SEEDS = (0, 1)


def trained(name: str, steps: int, **settings: object) -> LanguageRun:
    usual = {"optimizer": "adam", "lr": 0.01, "clip": "norm", "spectral_radius": 1.0,
             "dtype": "float32", "n_hidden": 32, "batch_size": 16}  # fmt: skip
    run = LanguageRun(load_dataset(name), Hyperparameters(**{**usual, **settings}))
    run.advance(steps=steps)
    run.advance(epochs=1)
    return run


@pytest.mark.parametrize("seed", SEEDS)
def test_it_writes_words_and_one_unit_keeps_the_quotes(seed: int) -> None:
    run = trained("quotes", 500, cell="gru", seed=seed)
    text = run.dataset
    assert perplexity(run.history[-1].test_loss) < 1.6
    written = text.shown(write(run.model, text.encode("\n")[0], 400, 0, 0.5).ids)
    known = set(text.shown([*text.stream, *text.held_out]).split())
    assert np.mean([word in known for word in written.split()[:-1]]) > 0.8
    fwd = run.model.forward(text.held_out[:2000])
    symbols = np.array([text.classes[i] for i in fwd.ids])
    blanks = symbols == " "
    best = tellers(fwd.h[blanks], inside_quotes(symbols.tolist())[blanks])[0]
    assert abs(best.r) > 0.6
    assert best.accuracy > best.base + 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_it_follows_the_nearest_noun_before_it_follows_the_right_one(seed: int) -> None:
    run = trained("grammar", 900, cell="rnn", batch_size=32, seed=seed)
    early = [agreement(moment.model, 1).p for moment in run.snapshots if 2 <= moment.epoch <= 4]
    assert min(early) < 0.4
    assert [agreement(run.model, k).p > 0.9 for k in (0, 1)] == [True, True]
    assert agreement(run.model, 6).p < agreement(run.model, 0).p - 0.1
    found = class_of_neighbour(
        word_vectors(run.model), [WORD_CLASSES.get(word) for word in run.dataset.classes]
    )
    assert found.right / found.of > 0.75 > 3 * found.chance
    assert run.dataset.floor < perplexity(run.history[-1].test_loss) < 1.08 * run.dataset.floor


def test_a_verse_is_learned_by_heart() -> None:
    run = trained("rhymes", 800, cell="rnn", n_hidden=64, batch_size=8)
    last = run.history[-1]
    assert perplexity(last.train_loss) < 2 < 10 < perplexity(last.test_loss)


def test_a_state_that_is_reset_costs_most_where_chunks_are_short() -> None:
    kept, reset = (
        trained("quotes", 1500, cell="gru", truncate=3, carry=carry).history[-1].test_loss
        for carry in (True, False)
    )
    assert perplexity(reset) > 1.3 * perplexity(kept)
