"""Translate, run without a browser: what it shows is what the network says; own and bad input."""

import json
import re

import numpy as np
import pytest

from rnn_core import make_translation
from rnn_core.decoding import exact_match, symbol_errors
from rnn_core.experiments.translation import TRANSLATIONS
from tests.apptest import film, key, open_app, owner, payloads, texts, value
from ui.sequence.learner import Moment
from ui.translate import back, beam, differences, forcing, text, translator
from ui.translate.tabs import TABS
from ui.translate.translating import Translating
from ui.translate.translator import TRANSLATOR

QUICK = {"x_units": 8, "x_goal": 2}
LEARNED = {"x_units": 16, "x_goal": 4}


def train(app):
    """Run until the training rests."""
    while owner(app).kept["jobs"][TRANSLATOR.key].work.playing:
        app.run()
    return app.run()


def moment(app) -> Moment:
    here = owner(app).kept["jobs"][TRANSLATOR.key].work
    return Moment(here, here.run.snapshots[-1].epoch)


def stands(app):
    assert not app.exception
    assert not app.error
    assert json.dumps(payloads(app), allow_nan=False)
    return app


def made(app, typed: str = "the red house sleeps", **more) -> Translating:
    """What the page shows, made anew from its network."""
    now, name = moment(app), value(app, "x_task")
    source = tuple(TRANSLATIONS[name].read(typed))
    longest = len(now.run.dataset.train.answers) - 1
    return Translating(now.model, name, source, longest, epoch=now.epoch, **more)


def shown(app, name: str, frame: int = -1):
    """What a film or a picture shows of a panel in one of its frames."""
    sent = next(s for s in payloads(app) if any(p["name"] == name for p in s["panels"]))
    patch = sent["frames"][frame]["panels"].get(name) if sent["frames"] else None
    return patch or next(p["content"] for p in sent["panels"] if p["name"] == name)


@pytest.fixture(scope="module")
def learned():
    """A page whose network has learned most of it."""
    return train(open_app("translate", **LEARNED))


def test_it_learns_at_once_and_the_line_says_how_right_it_is(learned) -> None:
    now = moment(stands(learned))
    assert now.epoch == 4
    right = exact_match(now.model, now.run.dataset.test).mean()
    said = texts(shown(learned, "live line"))
    assert f"{right:.0%}".replace("%", "\xa0%") in said
    assert "epoch 4 of 4" in said
    curve = shown(learned, "curves")["data"]
    assert curve["0"]["y"][-1] == pytest.approx(right, abs=1e-4)
    assert curve["1"]["y"][-1] == pytest.approx(now.run.history[-1].test_accuracy, abs=1e-4)


def test_the_film_goes_through_encoder_and_decoder_by_the_trace(learned) -> None:
    now, sent = made(learned), film(learned)
    assert len(sent["frames"]) == len(now.read) + len(now.outputs)
    assert [f["label"].split(": ")[1] for f in sent["frames"]] == [
        *(f"reads {word}" for word in now.read), *(f"writes {name}" for name in now.names)
    ]  # fmt: skip
    data = next(p for p in sent["panels"] if p["name"] == "states")["figure"]["data"]
    np.testing.assert_allclose(data[0]["z"], now.h.T, atol=6e-4)
    np.testing.assert_allclose(data[1]["z"], now.s.T, atol=6e-4)
    np.testing.assert_allclose(data[3]["y"], now.p_said, atol=6e-5)
    alpha = now.alpha
    assert alpha is not None
    for t, frame in enumerate(sent["frames"][len(now.read) :]):
        np.testing.assert_allclose(frame["panels"]["states"]["data"]["2"]["y"], alpha[t], atol=6e-5)


def test_what_is_said_of_attention_is_the_matrix(learned) -> None:
    now = made(learned)
    assert now.alpha is not None
    for t in range(len(now.outputs)):
        said = texts(shown(learned, "alignment look", len(now.read) + t))
        found = re.search(r"to say “(.+)” it looks at “(.+)”, the (\w+), α = ([\d.]+\d)", said)
        assert found
        j = int(now.alpha[t].argmax())
        assert found.groups() == (now.names[t], now.read[j], ("first", "second", "third",
                                  "fourth")[j], f"{now.alpha[t, j]:.2f}")  # fmt: skip


def test_the_lines_in_the_strip_are_as_wide_as_attention_says(learned) -> None:
    now = made(learned)
    strip = next(p for p in film(learned)["panels"] if p["name"] == "strip")
    widths = [mark["width"] for mark in strip["marks"] if "width" in mark]
    assert now.alpha is not None
    np.testing.assert_allclose(sorted(widths), sorted(0.9 + 6.2 * now.alpha.ravel()), atol=0.01)


def test_the_next_word_s_card_has_the_likeliest_and_the_loss_of_the_true_one(learned) -> None:
    now = made(learned)
    for t in range(len(now.outputs)):
        said = texts(shown(learned, "next", len(now.read) + t))
        right = now.wanted(t)
        assert right is not None
        assert f"the true word: {now.name(right)}" in said
        assert f"loss {-np.log(now.fwd.p[t, right]):.2f}" in said
        assert said.index(now.names[t]) < said.index("the true word")


def test_the_parts_of_the_gradient_add_up_and_the_bridge_is_what_enters(learned) -> None:
    now = made(learned)
    for t in (0, len(now.outputs) - 1):
        bwd = now.back(t)
        first = bwd.layers[1].d_start.h
        np.testing.assert_allclose(bwd.layers[0].d["h"][-1] - bwd.layers[0].d_above[-1], first,
                                   atol=1e-6)  # fmt: skip
        found = back.roads(now, t)
        assert found.bridge == pytest.approx(np.linalg.norm(first), rel=1e-4)
        assert found.by_time[-1] == pytest.approx(found.bridge, rel=1e-3)
        assert (found.by_attention > 0).all()
        assert not found.s[t + 1 :].any()


@pytest.fixture(scope="module")
def both():
    """A page whose encoder reads in both directions, without attention."""
    more = {"x_both": True, "x_attention": False}
    return train(open_app("translate", **QUICK, **more))


def test_an_encoder_in_both_directions_hands_both_ends_over(both) -> None:
    now = made(both)
    fwd, ends = now.fwd, [now.h[-1, :4], now.h[0, 4:]]
    assert now.model.bidirectional
    assert now.h.shape == (4, 8)
    np.testing.assert_array_equal(np.concatenate(ends), fwd.showing(-1).h_0)
    strip = next(p for p in film(both)["panels"] if p["name"] == "strip")
    assert len([m for m in strip["marks"] if m.get("look") == "hand-over"]) == 2
    found = back.roads(now, 1)
    assert found.bridge == pytest.approx(
        np.linalg.norm(np.concatenate([now.back(1).layers[way].d["h"][-1] for way in (0, 1)])),
        rel=1e-3,
    )


def test_the_beginnings_of_the_beam_stand_beside_each_step(learned) -> None:
    now = made(learned, width=3)
    for t in range(len(now.outputs)):
        kept = now.beginnings(t)
        assert 1 <= len(kept) <= 3
        assert [now.beam.nodes[i].log_p for i in kept] == sorted(
            (now.beam.nodes[i].log_p for i in kept), reverse=True
        )
        assert tuple(now.outputs[: t + 1]) in {tuple(now.beam.path(i)) for i in kept}


def test_wrong_by_place_is_the_core_s_errors(learned) -> None:
    now = moment(learned)
    forced, free = forcing.wrong_by_place(now.model, now.run.dataset)
    n = (now.run.dataset.test.answers >= 0).sum(axis=1)
    expected = symbol_errors(now.model, now.run.dataset.test)
    assert ((forced * n).sum() / n.sum(), (free * n).sum() / n.sum()) == pytest.approx(expected)


def test_the_tree_s_best_path_is_what_the_beam_writes(learned) -> None:
    now = made(learned, width=3)
    steps, places = beam.rows_of(now.beam)
    assert now.outputs == now.beam.path(now.beam.leaves[0])
    assert places[0] == 0
    assert max(steps) + 1 == max(len(now.beam.path(leaf)) for leaf in now.beam.leaves)


def test_paired_runs_differ_in_one_thing(learned) -> None:
    now = moment(learned)
    kinds = {"small": (now.run.dataset, now.run.hyperparameters)}
    work = differences.work(kinds, 1)
    while not work.done:
        work.advance(budget_s=1.0)
    kept = work.results["small", 0]
    assert set(kept.parts) == {"unseen", "pairs", "longer"}
    assert list(kept.by_length) == list(range(3, 12))


@pytest.mark.parametrize("more", [
    {}, {"x_task": "numbers", "x_reversed": True}, {"x_task": "dates", "x_attention": False},
], ids=["translation", "numbers", "dates"])  # fmt: skip
def test_every_tab_stands(more: dict) -> None:
    app = train(open_app("translate", **QUICK, **more, limit_s=60))
    for tab in TABS:
        choice = owner(app).choices["x_below"]
        choice.value, choice.births = tab, choice.births + 1
        assert len(payloads(stands(app.run()))) == 4, tab


@pytest.mark.parametrize("more", [
    {"x_forced": True}, {"beam": 3}, {"x_layers": 2, "x_cell": "lstm"}, {"x_attention": False},
    {"present": True}, {"x_reversed": True}, {"x_both": True, "x_layers": 2},
])  # fmt: skip
def test_every_setting_stands(more: dict) -> None:
    app = train(open_app("translate", **QUICK, **more))
    stands(app)
    if more.get("x_forced"):
        strip = next(p for p in film(app)["panels"] if p["name"] == "strip")
        assert not [mark for mark in strip["marks"] if mark.get("look", "").startswith("feed")]
    if more.get("x_reversed"):
        assert film(app)["frames"][0]["label"] == "step 1: reads sleeps"


@pytest.mark.parametrize(("task", "source", "said"), [
    ("translation", "the purple dog", "unknown: purple"),
    ("translation", "", "nothing to read"),
    ("translation", "a <b>dog</b> sleeps", r"unknown: \<b\>dog\</b\>"),
    ("numbers", "99999", "from 0 to 9999"),
    ("dates", "31.2.1999", "this is no date"),
    ("translation", "the dog sleeps and " * 20 + "the cat falls", "its first 40 words are read"),
    ("translation", "the small red dog sees the small red cat", "in training it read at most 7"),
    ("numbers", "twelve thousand", None), ("translation", "dog", None),
])  # fmt: skip
def test_what_cannot_be_read_as_it_is(task: str, source: str, said: str | None) -> None:
    app = stands(open_app("translate", x_task=task, source=source, **QUICK))
    notes = [info.value.replace("\\", "") for info in app.info]
    assert said is None or any(said.replace("\\", "") in note for note in notes), notes
    assert film(app)["frames"]


def test_after_bad_input_the_film_stays_with_the_last_good_one() -> None:
    app = train(open_app("translate", **QUICK))
    box = app.text_input(key=key(app, "source"))
    app = box.set_value("a cat falls").run()
    app = app.text_input(key=key(app, "source")).set_value("a zebra falls").run()
    assert film(stands(app))["frames"][1]["label"] == "step 2: reads cat"
    assert any("zebra" in info.value for info in app.info)


def test_a_decoder_that_never_ends_is_stopped_and_that_is_said() -> None:
    now = made(train(open_app("translate", **QUICK)))
    now.model.params["b_y"][now.number("<end>")] = -50
    assert not now.ended
    assert len(now.outputs) == now.most


def test_another_task_reads_its_usual_example() -> None:
    app = open_app("translate", source="a cat falls", **QUICK)
    app = app.segmented_control(key=key(app, "x_task")).set_value("numbers").run()
    assert value(app, "source") is None
    assert film(stands(app))["frames"][0]["label"] == "step 1: reads four"


def test_attention_is_given_and_taken_by_a_click() -> None:
    app = train(open_app("translate", **QUICK, x_attention=False))
    assert "The bottleneck" in texts(shown(app, "bottleneck"))
    app = open_app("translate", **QUICK, x_attention=True)
    assert "Take it away" in texts(shown(app, "alignment title"))


def test_tasks_have_all_that_the_page_says_of_them() -> None:
    for table in (text.TASKS, text.READS, text.WRITES, translator.USUAL, text.ONE, text.MANY):
        assert set(table) == set(TRANSLATIONS)
    for name, usual in translator.USUAL.items():
        assert TRANSLATIONS[name].known(usual)
        assert make_translation(name).train.source_lengths.max() >= len(
            TRANSLATIONS[name].read(usual)
        )
