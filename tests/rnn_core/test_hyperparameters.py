"""Settings are checked at the door: links carry them, and anybody can write a link."""

import dataclasses

import numpy as np
import pytest

from rnn_core import Hyperparameters
from rnn_core.hyperparameters import CHOICES, RANGES

WHOLE = ("n_hidden", "n_layers", "batch_size", "truncate", "seed")
SWITCHES = ("bidirectional", "attention", "carry")
FIELDS = [field.name for field in dataclasses.fields(Hyperparameters)]


def test_every_field_is_checked() -> None:
    assert sorted([*CHOICES, *RANGES, *SWITCHES]) == sorted(FIELDS)


@pytest.mark.parametrize("value", ["", "zebra", None, 1, True, ["sgd"], {}, float("nan")])
@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_is_one_of_a_few(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"^{name} must be one of .*{next(iter(CHOICES[name]))}"):
        Hyperparameters(**{name: value})


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), -float("inf"), "1", "", True, [1], 1j, -1, 1e300]
)
@pytest.mark.parametrize("name", RANGES)
def test_a_number_is_in_its_range(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"^{name} must be a .*number from "):
        Hyperparameters(**{name: value})


@pytest.mark.parametrize("name", [name for name in RANGES if name != "truncate"])
def test_a_number_must_be_given(name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name} must be"):
        Hyperparameters(**{name: None})


@pytest.mark.parametrize("value", [1.5, 2.0, np.float64(2), np.True_])
@pytest.mark.parametrize("name", WHOLE)
def test_a_count_is_whole(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"^{name} must be a whole number from "):
        Hyperparameters(**{name: value})


@pytest.mark.parametrize("name", RANGES)
def test_the_ends_of_a_range_are_in_it(name: str) -> None:
    low, high = RANGES[name]
    kind = int if name in WHOLE else float
    for value in (kind(low), kind(high)):
        assert getattr(Hyperparameters(**{name: value}), name) == value
    for value in (low - 1, high + 1):
        with pytest.raises(ValueError, match=name):
            Hyperparameters(**{name: kind(value)})


@pytest.mark.parametrize(("name", "choice"), [(n, c) for n, cs in CHOICES.items() for c in cs])
def test_every_choice_is_accepted(name: str, choice: str) -> None:
    assert getattr(Hyperparameters(**{name: choice}), name) == choice


@pytest.mark.parametrize("kind", [np.int64, np.uint8, np.int32])
@pytest.mark.parametrize("name", WHOLE)
def test_numpy_integers_count(name: str, kind: type) -> None:
    assert Hyperparameters(**{name: kind(2)}) == Hyperparameters(**{name: 2})


@pytest.mark.parametrize("value", [1, np.int64(1), np.float64(1), np.float32(1)])
def test_numpy_numbers_are_numbers(value: float) -> None:
    assert Hyperparameters(lr=value) == Hyperparameters(lr=1.0)


@pytest.mark.parametrize("name", FIELDS)
def test_settings_are_frozen(name: str) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(Hyperparameters(), name, 1)


def test_settings_can_be_compared_and_kept_in_sets() -> None:
    assert len({Hyperparameters(), Hyperparameters(seed=0), Hyperparameters(seed=1)}) == 2


@pytest.mark.parametrize("value", [None, 1, "yes", np.True_])
@pytest.mark.parametrize("name", SWITCHES)
def test_a_switch_is_on_or_off(name: str, value: object) -> None:
    assert getattr(Hyperparameters(**{name: True}), name)
    with pytest.raises(ValueError, match=f"^{name} must be True or False$"):
        Hyperparameters(**{name: value})


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_a_gated_cell_has_its_own_activations(cell: str) -> None:
    with pytest.raises(ValueError, match=f"^activation must be tanh for {cell}"):
        Hyperparameters(cell=cell, activation="relu")
