"""The backward view: what it says of a gradient is what the trace's own steps add up to."""

import numpy as np
import pytest

from tests.step_back.views import LONG, view


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_a_share_is_the_length_of_what_the_word_adds_to_the_rows_that_are_shown(cell: str) -> None:
    made = view(LONG, cell=cell)
    rows = made.reading.block
    each = [np.linalg.norm(made.bwd.step_grads(t)["W_hh"][rows]) for t in range(len(made.lengths))]
    np.testing.assert_allclose(made.shares, each / np.sum(each), rtol=1e-9)
