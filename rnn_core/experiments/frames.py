"""Frames: a film of a moving dot; after each frame, where did it go? The rule.

6x6 pixels, 12 frames. The dot starts anywhere. At each frame it goes on as before with probability
KEEPS, else it draws one of left, right, up, down, still; what would leave the picture is drawn
again. It is hidden with probability HIDES, never in the first frame; each pixel is lit by chance
with probability NOISE. It must not know networks.
"""

from __future__ import annotations

import numpy as np

from rnn_core.cells import Array, Ints

SIZE, N_FRAMES = 6, 12
KEEPS, HIDES, NOISE = 0.7, 0.15, 0.02
STEPS = {"left": (0, -1), "right": (0, 1), "up": (-1, 0), "down": (1, 0), "still": (0, 0)}
MOVES = np.array(list(STEPS.values()))  # (5, 2) rows down, columns to the right


def film(
    rng: np.random.Generator, n: int, n_frames: int = N_FRAMES
) -> tuple[Array, Ints, np.typing.NDArray[np.bool_]]:
    """n films (n, T, 36); the dot's last step after each frame (n, T), -1 at the first; and where
    the dot is lit (n, T).
    """
    pixels = (rng.random((n, n_frames, SIZE, SIZE)) < NOISE).astype(np.float32)
    steps, lit = np.full((n, n_frames), -1), rng.random((n, n_frames)) >= HIDES
    lit[:, 0] = True
    place, step = rng.integers(0, SIZE, (n, 2)), rng.integers(0, len(STEPS), n)
    for t in range(n_frames):
        if t:
            step = _next_step(rng, place, step)
            place = place + MOVES[step]
            steps[:, t] = step
        seen = np.flatnonzero(lit[:, t])
        pixels[seen, t, place[seen, 0], place[seen, 1]] = 1
    return pixels.reshape(n, n_frames, -1), steps, lit


def _next_step(rng: np.random.Generator, place: Ints, step: Ints) -> Ints:
    """(n,) which way each dot goes, inside the picture."""
    step = np.where(rng.random(len(step)) < KEEPS, step, rng.integers(0, len(STEPS), len(step)))
    while True:
        there = place + MOVES[step]
        leaves = np.flatnonzero(((there < 0) | (there >= SIZE)).any(axis=1))
        if not len(leaves):
            return step
        step[leaves] = rng.integers(0, len(STEPS), len(leaves))
