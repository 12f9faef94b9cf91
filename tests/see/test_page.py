"""See, run without a browser: what it shows is what its networks say; own pictures; bad input."""

import json
from functools import lru_cache

import numpy as np
import pytest

from rnn_core.decoding import exact_match
from rnn_core.experiments import captions, digits
from rnn_core.experiments.pictures import make_digits, make_frames
from tests.apptest import film, go_to, key, open_app, owner, payloads, texts, value
from ui.see import caption, digit, motion, pixels, tasks
from ui.see.tasks import TASKS

QUICK = {"v_units": 8}
FEW = {
    "frames": lambda: make_frames(n_train=200, n_test=50),
    "digits": lambda: make_digits(n_train=200, n_test=100),
    "digits, asked once": lambda: make_digits(n_train=200, n_test=100, every_row=False),
}


@pytest.fixture(autouse=True)
def _little_to_learn(monkeypatch: pytest.MonkeyPatch) -> None:
    makes = {**tasks.DATA, **FEW}
    monkeypatch.setattr(tasks, "data", lru_cache(lambda name: makes[name]()))
    for task in TASKS:
        monkeypatch.setitem(tasks.EPOCHS, task, 1)


def learned(app, task: str):
    """Its networks, when all have ended."""
    work = owner(app).kept["jobs"][f"see {task}"].work
    while not work.done:
        app.run()
    app.run()
    return work


def seen(task: str, **more):
    app = open_app("see", v_task=task, **{**QUICK, **more})
    work = learned(app, task)
    assert not app.exception
    assert not app.error
    assert json.dumps(payloads(app), allow_nan=False)
    return app, work


def shown(app, name: str, frame: int = 0):
    return film(app)["frames"][frame]["panels"][name]


@pytest.mark.parametrize("task", TASKS)
def test_it_learns_at_once_and_the_table_says_what_was_measured(task: str) -> None:
    app, work = seen(task)
    table = texts(next(p for p in film(app)["panels"] if p["name"] == "learned")["content"])
    for name in TASKS[task].networks:
        moment = work.moment(name)
        assert moment.epoch == 1
        assert moment.measured == TASKS[task].measure(moment.model, name)
        shares = list(moment.measured.values())
        for share in shares[3::4] if task == "digit" else shares:
            assert f"{share:.0%}".replace("%", "\u00a0%") in table


def test_a_caption_is_what_the_network_writes_word_by_word() -> None:
    app, work = seen("caption")
    now = caption.of(work.watched("h_0"), work.moment("h_0"), value(app, "v_picture"), "leave", 1)
    frames = film(app)["frames"]
    assert [frame["label"] for frame in frames] == [
        f"word {t + 1}: {name}" for t, name in enumerate(now.names)
    ]
    assert len(frames) <= caption.MOST
    p = now.steps.p[np.arange(len(now.said)), now.said]
    np.testing.assert_array_equal(p, now.steps.p.max(axis=1))
    assert texts(frames[0]["panels"]["heading"]).endswith(f"P = {p[0]:.2f}")
    exact = exact_match(now.now.model, tasks.data("captions").more["pairs"]).mean()
    assert now.now.measured["pairs"] == pytest.approx(exact)


def test_the_right_word_is_framed_as_far_as_all_before_it_was_right() -> None:
    _, work = seen("caption")
    picture = pixels.digits(captions.placed("tee", 5, 1))
    now = caption.of(work.watched("h_0"), work.moment("h_0"), picture, "picture", 1)
    wanted = ["tee", "bottom", "left", "<end>"]
    first = next((t for t, word in enumerate(wanted)
                  if now.now.model.classes[now.said[t]] != word), len(wanted))  # fmt: skip
    framed = [None if c is None else now.now.model.classes[c] for c in now.right]
    assert framed == (wanted[: first + 1] + [None] * len(framed))[: len(framed)]


def test_pixels_and_their_sixteen_digits() -> None:
    picture = captions.placed("corner", 0, 0)
    assert pixels.digits(picture) == "8080e00000000000"
    np.testing.assert_array_equal(pixels.array(pixels.digits(picture)), picture)
    buttons = pixels.grid(picture)[2:]
    assert buttons[0][1]["click"] == {"pixel": 0, "lit": 0}
    assert buttons[1][1]["click"] == {"pixel": 1, "lit": 1}
    values = np.zeros(64)
    values[[0, 1, 7]] = 2, -1, 1
    assert pixels.quarters(values) == {
        "top left": 0.75, "top right": 0.25, "bottom left": 0, "bottom right": 0,
    }  # fmt: skip


@pytest.mark.parametrize("task", ["caption", "digit"])
@pytest.mark.parametrize("picture", ["", "zzz", "<b>", "0" * 15, "f" * 400, "0" * 16, "F" * 16])
def test_any_picture_in_a_link(task: str, picture: str) -> None:
    name = f"v_{'picture' if task == 'caption' else 'digit'}"
    app = open_app("see", v_task=task, **{**QUICK, name: picture})
    assert any("16 digits" in info.value for info in app.info) is (len(picture) != 16)
    learned(app, task)
    assert not app.exception
    assert len(value(app, name)) == 16


@pytest.mark.parametrize("make", [caption.examples, digit.examples])
def test_the_examples_are_what_they_are_called(make) -> None:
    for name, picture in make().items():
        seen_in = captions.seen_in(pixels.array(picture))
        if name.startswith("Unseen"):
            assert caption.kind(picture) == "This picture was not in training."
        if name.startswith("Never"):
            assert captions.is_held_out(seen_in)
        if name == "Three shapes":
            assert len(seen_in) == 3
        if name.startswith("A clean"):
            assert (pixels.array(picture) == digits.placed(int(name[-1]), 1, 2)).all()


@pytest.mark.parametrize(("picture", "said"), [
    ("0" * 16, "Nothing is lit"), ("f" * 16, "Not only whole shapes"),
    ("a742a20000404070", "3 shapes"), ("e0a0e00000000000", "in training"),
])  # fmt: skip
def test_what_sort_of_picture_it_is(picture: str, said: str) -> None:
    assert said in caption.kind(picture)


def test_a_film_is_read_by_three_networks_and_one_of_them_has_no_memory() -> None:
    app, work = seen("film")
    moments = tuple((name, work.moment(name)) for name in TASKS["film"].networks)
    now = motion.Motion(moments, "frame", value(app, "v_film"), 1)
    frames, steps, _ = now.film
    alone = dict(moments)["frame"].model
    for t in (0, 5):
        expected = alone.forward(frames[t : t + 1]).p[0]
        np.testing.assert_allclose(now.read["frame"][0][t], expected, rtol=1e-5)
    both = dict(moments)["both"].model.forward(frames)
    np.testing.assert_allclose(now.p_right["both"][3], both.p[4, steps[4]], rtol=1e-5)
    assert not [mark for mark in now.steps.strip.marks if mark.get("look") in ("hh", "h_0")]
    if (t := now.telling) is not None:
        assert now.read["both"][0][t].argmax() == steps[t] != now.read["one"][0][t].argmax()


def test_a_digit_is_known_from_the_row_on_from_which_the_answer_stays() -> None:
    app, work = seen("digit")
    moments = tuple((name, work.moment(name)) for name in TASKS["digit"].networks)
    for network in TASKS["digit"].networks:
        now = digit.Digit(moments, network, value(app, "v_digit"), 1)
        rows = np.where(pixels.array(now.picture) > 0, digit.PEN, digit.PAPER)
        p = dict(moments)[network].model.forward(rows).p
        np.testing.assert_array_equal(now.answer, p.argmax(axis=1))
        assert (now.answer[now.knows - 1 :] == now.answer[-1]).all()
        assert now.knows == 1 or now.answer[now.knows - 2] != now.answer[-1]
        assert now.right == 9
    assert digit.Digit(moments, "each", "f" * 16, 1).right is None


def test_another_task_is_learned_in_its_turn_and_nothing_of_the_first_is_kept() -> None:
    app, work = seen("caption", v_t=2)
    app.segmented_control(key=key(app, "v_task")).set_value("film").run()
    learned(app, "film")
    assert not app.exception
    assert value(app, "v_t") is None
    assert owner(app).kept["jobs"]["see caption"].work is work
    app.segmented_control(key=key(app, "v_network")).set_value("both").run()
    assert "past and future" in texts(shown(app, "heading"))
    assert not go_to(go_to(app, "read"), "see").exception


@pytest.mark.parametrize("more", [
    {"v_cell": "lstm"}, {"v_cell": "rnn", "v_seed": 3}, {"v_pixels": "gradient"}, {"v_epoch": 0},
    {"present": True}, {"v_t": 99}, {"v_network": "foo"},
])  # fmt: skip
def test_every_setting_stands(more: dict) -> None:
    for task in TASKS:
        seen(task, **more)


def test_back_in_time_it_is_the_network_of_then() -> None:
    app, work = seen("digit", v_epoch=0)
    now = digit.Digit((("each", work.moment("each", 0)),), "each", value(app, "v_digit"), 1)
    assert texts(shown(app, "heading", 7)).endswith(f"P = {now.fwd.p[7].max():.2f}")
    assert "0 of 1" in str(film(app)["panels"])


def test_train_again_begins_anew() -> None:
    app, work = seen("digit")
    app.button(key="start again see digit").click().run()
    again = learned(app, "digit")
    assert again is not work
    np.testing.assert_array_equal(again.moment("each").model.flat, work.moment("each").model.flat)
