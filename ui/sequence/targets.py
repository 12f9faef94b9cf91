"""What is right of a sentence: one answer after its last word, or one at each word.

It knows data, models and words; it must not know settings or a screen.
"""

from __future__ import annotations

from rnn_core import Dataset, Encoding, Model
from rnn_core.datasets import Right

Target = str | tuple[str | None, ...]
"""As Model.backward wants it: a class, or for each step one, None where nothing is asked."""


def is_language(model: Model) -> bool:
    """Whether it answers at each step with the symbol that comes next."""
    return (
        model.per_step and model.vocabulary is not None and model.classes == model.vocabulary.words
    )


def right(data: Dataset, model: Model, encoding: Encoding) -> Target | None:
    """What the sentence itself says, the data or its rule; None where nobody knows what is right,
    or where nothing is asked.
    """
    if not model.per_step:
        known = data.known_target(" ".join(encoding.tokens))
        return known if isinstance(known, str) else None
    known = data.known_target(" ".join(encoding.words))
    if is_language(model):
        known = [*encoding.words[1:], None]
    return tuple(known) if isinstance(known, list) and any(known) else None


def each(target: Target | None, n: int) -> list[str | None]:
    """What is asked at each of n steps, None for nothing."""
    if target is None or isinstance(target, str):
        return [None] * (n - 1) + [target]
    return list(target)


def final(right: Right) -> str | None:
    """The last answer of a sentence; None for none."""
    if not isinstance(right, list):
        return right
    return next((name for name in reversed(right) if name is not None), None)


def asked(target: Target | None, n: int) -> list[int]:
    """Those of n steps at which something is asked."""
    return [t for t, name in enumerate(each(target, n)) if name is not None]


def only(target: Target, s: int = -1) -> Target:
    """The same with one answer asked alone, counted among those that are: the last one."""
    if isinstance(target, str):
        return target
    kept = asked(target, len(target))[s]
    return tuple(name if t == kept else None for t, name in enumerate(target))
