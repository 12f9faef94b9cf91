"""The laboratory's stories: what each shows, on the seeds that the page shows and on more.

Learned: ten batches in a row, none of them seen before, at least 99 % right; the step is the
first of the ten. Seconds are those of training alone, on one core, for the seeds shown; the page
gives its trials somewhat less than half of one core.
"""

from __future__ import annotations

import time
from dataclasses import replace
from statistics import median

from ui.memory.experiment import Experiment
from ui.memory.setup import Setup, profile_of, setup_of
from ui.memory.stories import STORIES

SEEDS = 10


def line(setup: Setup, variant: int, shown: int) -> tuple[str, float]:
    """One variant: learned by so many, of those shown and of SEEDS; steps; gradient; seconds."""
    name, one = setup.variants[variant]
    alone = Experiment(replace(setup, variants=((name, one),), seeds=SEEDS))
    shown_s, began = 0.0, time.perf_counter()
    while not alone.done:
        alone.advance(0.0)
        if len(alone.outcomes) == shown and not shown_s:
            shown_s = time.perf_counter() - began
    steps = [alone.outcomes[0, seed].learned for seed in range(SEEDS)]
    few = [step for step in steps[:shown] if step is not None]
    many = sorted(step for step in steps if step is not None)
    spread = f"{median(many):g} ({many[0]} to {many[-1]})" if many else "-"
    profile = profile_of(one)
    gradient = f"{profile.lengths[-1]:.0e} to {profile.lengths[0]:.0e}, {profile.horizon}"
    counts = f"{len(few):3}/{shown}{len(many):6}/{SEEDS}"
    return f"  {name:22}{counts}{spread:>20}   {gradient:24}{shown_s:8.1f}", shown_s


def main() -> None:
    """Print a line for each variant of each story."""
    print("Memory: the stories of gradient flow; |dL/dh| of the last and first word, and")
    print("how many words back 1 % of it is left")
    for story, told in STORIES.items():
        setup = setup_of(told.values)
        print(f"{story:24}{'shown':>5}{'more':>9}{'steps (more)':>20}   {'gradient':24}{'s':>8}"
              f"   at most {setup.longest} steps")  # fmt: skip
        total = 0.0
        for variant in range(len(setup.variants)):
            text, seconds = line(setup, variant, setup.seeds)
            print(text, flush=True)
            total += seconds
        print(f"{total:93.1f}")
    print()
