"""The tables of a check and of the race hold what was found."""

import numpy as np

from tests.models import small_model
from ui.check import tables
from ui.check.case import Case, Check
from ui.check.race import race


def test_a_check_s_tables_hold_its_errors_and_both_gradients() -> None:
    model = small_model()
    ids = tuple(int(i) for i in model.vocabulary.encode("a b a").ids)
    check = Check(Case(model, "small", ids, ("a", "b", "a"), "red"))
    while not check.done:
        check.advance(1.0)
    head, *rows = tables.errors(check)
    assert head[0] == "parameter"
    assert {row[0]: row[2] for row in rows} == {q: g.error for q, g in check.gradients.items()}
    exact = model.backward(model.forward(ids), "red").grads
    for name, row, column, backward, numeric in tables.gradients(check)[1:]:
        at = (row,) if column == "" else (row, column)
        assert backward == exact[name][at]
        np.testing.assert_allclose(numeric, backward, atol=1e-6)
    assert len(tables.gradients(check)) == 1 + model.flat.size


def test_the_race_s_table_has_a_row_for_each_end() -> None:
    now = race(2)
    now.results.update({(False, 0): None, (True, 0): 7})
    assert tables.ends(now)[1:] == [[0, "without it", "never"], [0, "with the transpose", 7]]
