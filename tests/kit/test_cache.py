"""The cache: one film for all who look at the same thing, never an old one, never too many."""

import threading

import pytest

from rnn_core import Hyperparameters, Intervention, Model, TrainingRun, load_dataset
from tests.apptest import film, open_app
from ui.kit.cache import Cache
from ui.kit.player import Frame, Text
from ui.sequence import states
from ui.sequence.backward_view import BackwardView
from ui.sequence.reading import Reading
from ui.start.page import pictures
from ui.step_back import film as step_back

DATA = load_dataset("sentiment")


def trained(epochs: int = 2) -> TrainingRun:
    run = TrainingRun(DATA, Hyperparameters(n_hidden=4))
    run.advance(epochs=epochs)
    return run


def read(model: Model, text: str = "i am not bad", **settings: object) -> Reading:
    return Reading(model, model.vocabulary.encode(text), **settings)


def written(made: tuple) -> list[list[str]]:
    return [[part.text for part in parts] for parts in made]


def test_two_visitors_with_one_sentence_share_one_film() -> None:
    cache, model = Cache(), trained().model
    assert cache.film(pictures, read(model), False) is cache.film(pictures, read(model), False)


def test_the_same_numbers_are_the_same_model() -> None:
    cache = Cache()
    first, second = (cache.film(pictures, read(trained().model), False) for _ in range(2))
    assert first is second


def test_two_sessions_share_one_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    made = states.film

    def count(*args: object, **settings: object) -> object:
        built.append(args)
        return made(*args, **settings)

    monkeypatch.setattr(states, "film", count)
    sentence = "good not at all bad"
    apps = [open_app("start", s=sentence) for _ in range(2)]
    assert film(apps[0]) == film(apps[1])
    assert film(apps[0])["identity"].startswith(sentence)
    assert len(built) <= 1  # none where another test has read it before


def test_a_shared_film_is_what_would_be_made() -> None:
    now = read(trained().model)
    view = BackwardView(now, "positive", None, Hyperparameters(), False)
    for make, args in [(pictures, (now, False)), (step_back.film, (view, 1))]:
        assert written(Cache().film(make, *args)) == written(make(*args))


def test_a_model_that_learned_is_never_shown_as_it_was() -> None:
    cache, run = Cache(), trained(0)
    before = cache.film(pictures, read(run.model), False)
    run.advance(steps=1)
    after = cache.film(pictures, read(run.model), False)
    assert written(after) == written(pictures(read(run.model), False))
    assert written(after) != written(before)


@pytest.mark.parametrize(
    "other",
    [{"text": "i am bad"}, {"order_by": "number"}, {"layer": 0},
     {"interventions": (Intervention("h", 0.5, (1,), (0, 1), 0),)}],
    ids=str,
)  # fmt: skip
def test_another_picture_is_another_film(other: dict) -> None:
    model = trained().model
    assert read(model, **other).key != read(model).key


@pytest.mark.parametrize(
    "other", [{"target": "negative"}, {"truncate": 2}, {"log": True},
              {"settings": Hyperparameters(lr=0.1)}], ids=str)  # fmt: skip
def test_another_gradient_is_another_film(other: dict) -> None:
    usual = {"target": "positive", "truncate": None, "settings": Hyperparameters(), "log": False}
    now = read(trained().model)
    assert BackwardView(now, **usual).key != BackwardView(now, **{**usual, **other}).key


def test_signs_make_no_other_film_and_unknown_words_do() -> None:
    model = trained().model
    assert read(model, "i am, not bad!!").key == read(model).key
    assert read(model, "i am zebra not bad").key != read(model).key


def test_it_keeps_no_more_than_it_may() -> None:
    cache = Cache(most=1000)

    def make(number: int) -> tuple:
        return [Text("words", f"{number} " + "x" * 200)], [Frame("one")]

    for number in range(50):
        cache.film(make, number)
        kept = [part.text for film in cache._films.values() for parts in film for part in parts]
        assert cache.size == sum(map(len, kept)) <= 1000
    assert f"{49} " in kept[-2]


def test_a_film_larger_than_the_cache_is_shown_and_not_kept() -> None:
    cache = Cache(most=10)
    panels, _ = cache.film(lambda: ([Text("words", "x" * 100)], []))
    assert "x" * 100 in panels[0].text
    assert (cache.size, len(cache._films)) == (0, 0)


def test_what_fails_is_tried_again() -> None:
    cache, tries = Cache(), []

    def make() -> tuple:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("once")
        return [], []

    with pytest.raises(RuntimeError, match="once"):
        cache.film(make)
    assert cache.film(make) == ([], [])


def test_many_at_once_make_one() -> None:
    cache, made, all_here = Cache(), [], threading.Barrier(8)

    def make() -> tuple:
        made.append(1)
        return [], []

    def ask() -> None:
        all_here.wait()
        cache.film(make)

    asking = [threading.Thread(target=ask) for _ in range(8)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(made) == 1
