"""What the laboratory compares, its trials, and what its stories say."""

import numpy as np
import pytest

from ui.kit.table import TABLE
from ui.memory import profiles, text, trials
from ui.memory.experiment import Experiment
from ui.memory.setup import COMPARISONS, USUAL, Setup, acts, profile_of, setup_of
from ui.memory.stories import STORIES, story_of

SMALL = {"m_length": 5, "m_units": 4, "m_radius": 1.0}


def finished(**values: object) -> Experiment:
    experiment = Experiment(setup_of(values))
    experiment.advance(600.0)
    return experiment


@pytest.mark.parametrize("compare", COMPARISONS)
def test_every_comparison_has_one_to_four_networks(compare: str) -> None:
    setup = setup_of({**SMALL, "m_compare": compare})
    names = [name for name, _ in setup.variants]
    assert len(set(names)) == len(names) <= 4
    for _, one in setup.variants:
        assert len(profile_of(one).lengths) == one.length


def test_what_a_comparison_asks_of_other_settings() -> None:
    forget = setup_of({"m_compare": "forget", "m_activation": "sigmoid"})
    assert {one.settings.cell for _, one in forget.variants} == {"lstm"}
    assert {one.settings.activation for _, one in forget.variants} == {"tanh"}
    cells = setup_of({"m_compare": "cell", "m_activation": "sigmoid", "m_cell": "gru"})
    assert [one.settings.activation for _, one in cells.variants] == ["sigmoid", "tanh", "tanh"]
    radii = setup_of({"m_compare": "radius", "m_init": "tiny"})
    assert {one.settings.init for _, one in radii.variants} == {"orthogonal"}


IDLE = [
    ("m_radius", {"m_init": "uniform"}), ("m_radius", {"m_compare": "radius"}),
    ("m_init", {"m_compare": "init"}), ("m_cell", {"m_compare": "forget"}),
    ("m_k", {"m_compare": "k"}),
    ("m_at", {"m_clip": "none"}), ("m_clip", {"m_compare": "clip"}),
    ("m_length", {"m_compare": "length"}), ("m_forget", {}), ("m_activation", {"m_cell": "gru"}),
]  # fmt: skip
ACTING = [
    ("m_radius", {}), ("m_radius", {"m_init": "tiny", "m_compare": "init"}), ("m_k", {}),
    ("m_at", {"m_clip": "none", "m_compare": "clip"}), ("m_forget", {"m_compare": "cell"}),
    ("m_activation", {"m_compare": "cell", "m_cell": "lstm"}), ("m_task", {}), ("m_seed", {}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "changed"), IDLE)
def test_a_setting_without_effect_makes_the_same_setup(name: str, changed: dict) -> None:
    values = {**USUAL, **changed}
    others = list(TABLE[name].allowed)[::7]
    assert all(setup_of({**values, name: other}) == setup_of(values) for other in others)
    assert not acts(name, values)


@pytest.mark.parametrize(("name", "changed"), ACTING)
def test_a_setting_with_an_effect_acts(name: str, changed: dict) -> None:
    assert acts(name, {**USUAL, **changed})


def test_an_experiment_in_slices_comes_to_the_same_end() -> None:
    setup = setup_of({**SMALL, "m_compare": "k", "m_steps": 100})
    whole, sliced = Experiment(setup), Experiment(setup)
    whole.advance(60.0)
    while not sliced.done:
        assert sliced.share < 1
        sliced.advance(0.01)
    assert sliced.outcomes == whole.outcomes
    assert sliced.share == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", STORIES)
def test_a_story_holds_for_the_seeds_that_are_shown(name: str) -> None:
    story = STORIES[name]
    experiment = finished(**story.values)
    for variant, sure in enumerate(story.learned):
        learned = [end.learned is not None for end in experiment.ends(variant)]
        assert sure is None or sum(learned) == sure


@pytest.mark.parametrize("name", STORIES)
def test_a_story_tells_the_numbers_of_its_profiles_and_asks(name: str) -> None:
    told = STORIES[name].told(setup_of(STORIES[name].values))
    assert "{" not in told
    assert told.endswith("?")
    assert story_of(STORIES[name].values) is STORIES[name]
    assert story_of({**STORIES[name].values, "m_seed": 7}) is None


def test_what_came_out_is_said_once_all_have_ended() -> None:
    experiment = Experiment(setup_of({**SMALL, "m_compare": "k", "m_steps": 100}))
    assert trials.answer(experiment) == ""
    experiment.advance(60.0)
    counts = [experiment.count(i) for i in range(4)]
    said = ", ".join(f"k = {k}: {n}" for k, n in zip((1, 2, 5, 10), counts, strict=True))
    assert trials.answer(experiment) == f"**Seeds that learned: {said}.**"
    assert trials.answer(finished(**SMALL, m_steps=100)).count(" of 3") == 1


def test_what_the_stories_claim_is_so() -> None:
    grows = lengths("exploding", 0)
    assert grows[0] > grows[-1]
    for k in range(3):  # truncated: the first word hears nothing
        assert lengths("truncation", k)[0] == 0
    assert lengths("edge of chaos", 0)[0] < 0.01 < lengths("edge of chaos", 2)[0]


def lengths(story: str, variant: int) -> np.ndarray:
    return profile_of(setup_of(STORIES[story].values).variants[variant][1]).lengths


def test_the_write_ups_start_vanishes() -> None:
    found = lengths("vanishing", 0)
    assert 5e-22 < found[0] < 5e-21
    assert 5e-3 < found[-1] < 9e-3


@pytest.mark.parametrize(
    ("variant", "low", "high"), [(0, 1e-14, 1e-11), (1, 1e-5, 1e-2), (2, 1, 100)]
)
def test_the_forget_bias_opens_the_way(variant: int, low: float, high: float) -> None:
    found = lengths("forget bias", variant)
    assert low < found[0] / found[-1] < high


@pytest.mark.parametrize("radius", [0.4, 1.0])
def test_truncation_to_k_words_leaves_a_horizon_of_k_minus_1_at_most(radius: float) -> None:
    setup = setup_of({"m_length": 10, "m_radius": radius, "m_compare": "k"})
    for k, (_, one) in zip(COMPARISONS["k"].values, setup.variants, strict=True):
        found = profile_of(one)
        assert np.count_nonzero(found.lengths) == k
        assert found.horizon == k - 1 if radius == 1.0 else found.horizon <= k - 1


@pytest.mark.parametrize(
    ("found", "factor"),
    [([0.25, 0.5, 1.0], 0.5), ([0.0, 0.0, 0.1, 1.0], 0.1), ([0.0, 1.0], np.nan), ([1.0], np.nan),
     ([np.inf, 1.0], np.nan), ([1e-300, 1e-150, 1.0], 1e-150)],
)  # fmt: skip
def test_the_factor_is_that_of_the_line(found: list, factor: float) -> None:
    np.testing.assert_allclose(profiles.factor(np.array(found)), factor)


def test_the_longest_gradient_is_of_all_seeds_and_before_clipping() -> None:
    alike = {**SMALL, "m_radius": 1.6, "m_at": 0.1, "m_steps": 100, "m_compare": "clip"}
    experiment = finished(**alike)
    assert all(end.longest > 0.1 for i in range(3) for end in experiment.ends(i))
    frame = trials.frame(experiment)
    table = str(frame.panels["trials table"])
    assert "of these seeds, before clipping" in text.TRIALS_LOOK
    for i in range(3):
        assert trials.compact(max(end.longest for end in experiment.ends(i))) in table


def test_a_setup_can_be_kept() -> None:
    assert len({setup_of(USUAL), setup_of({}), setup_of({"m_at": 1.0})}) == 1
    assert isinstance(setup_of({}), Setup)
