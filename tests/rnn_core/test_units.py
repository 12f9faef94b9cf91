"""What a unit tells: features by hand, the best threshold against all of them, and the search."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.experiments.units import (
    bracket_depth,
    features,
    inside_quotes,
    most_alike,
    position_in_line,
    tellers,
)


@pytest.mark.parametrize(
    ("feature", "text", "said"),
    [
        (bracket_depth, "a(b[c])d", "01122100"),
        (bracket_depth, ")a((\n\nb", "0012200"),
        (inside_quotes, 'a"b"c"', "011001"),
        (inside_quotes, 'a“b”c"\n\nd', "011001100"),
        (position_in_line, "ab\ncde", "120123"),
    ],
)
def test_features_by_hand(feature, text: str, said: str) -> None:
    assert feature(text).tolist() == [float(digit) for digit in said]


def test_only_what_varies_is_a_feature() -> None:
    assert set(features("abc\n")) == {"position in line"}
    assert set(features("a(b)\n")) == {"position in line", "bracket depth"}
    words = features(["the", "judge", "laughs", "\n"])
    assert words["noun, singular"].tolist() == [0, 1, 0, 0]
    assert "adjective" not in words


def test_a_unit_that_is_the_feature_comes_first() -> None:
    rng = np.random.default_rng(0)
    feature = (rng.random(200) < 0.3).astype(float)
    h = rng.normal(size=(200, 6))
    h[:, 2] = 0.5
    h[:, 3] += 2 * feature
    h[:, 4] = 1 - 2 * feature
    best, second, *_, last = tellers(h, feature)
    assert (best.unit, second.unit, last.unit) == (4, 3, 2)
    assert (best.r, best.accuracy, last.r) == (pytest.approx(-1), 1.0, 0.0)
    assert best.base == last.base == max(feature.mean(), 1 - feature.mean())
    assert last.accuracy == pytest.approx(last.base)


NUMBERS = st.integers(-3, 3)


@given(st.lists(st.tuples(NUMBERS, st.booleans()), min_size=2, max_size=20))
def test_no_threshold_is_better(pairs: list[tuple[int, bool]]) -> None:
    values, feature = (np.array(column, float) for column in zip(*pairs, strict=True))
    if not np.ptp(feature):
        return
    (found,) = tellers(values[:, None], feature)
    yes, sign = feature > 0, 1 if found.r > 0 else -1
    tried = [((sign * values > t) == yes).mean() for t in np.arange(-4, 4.5, 0.5)]
    assert found.accuracy == pytest.approx(max(tried))
    r = np.corrcoef(values, feature)[0, 1] if np.ptp(values) else 0
    assert found.r == pytest.approx(r, abs=1e-9)


def test_the_search_finds_what_is_alike() -> None:
    course = np.zeros(50)
    course[[10, 11, 12]] = course[[30, 31, 32]] = [1, 2, 3]
    course[[40, 41, 42]] = [1, 2, 2]
    assert most_alike(course, course[10:13], 3, apart=5).tolist() == [12, 32, 42]
    both = np.stack([course, -course], axis=1)
    assert most_alike(both, both[30:33], 2, apart=5).tolist() == [12, 32]
    assert most_alike(course, course[10:11], 2).tolist() == [10, 30]
    assert len(most_alike(course[:3], course[:3], 5)) == 1
