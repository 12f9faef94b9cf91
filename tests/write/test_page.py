"""Write, run without a browser: what it shows is what the network draws; own text; bad input."""

import json

import numpy as np
import pytest

from rnn_core.language import baselines, perplexity
from tests.apptest import film, go_to, key, open_app, owner, payloads, sent, texts, value
from ui.sequence import models
from ui.sequence.learner import Moment
from ui.sequence.own_data import OWN
from ui.write import by_hand
from ui.write import texts as corpora
from ui.write.film import MOST_DRAWN, Writing
from ui.write.writer import WRITER, text_of

QUICK = {"text": "rhymes", "w_units": 8, "w_goal": 5}


def train(app):
    """Run until the training rests."""
    while owner(app).kept["jobs"][WRITER.key].work.playing:
        app.run()
    return app.run()


def panel(app, name: str) -> dict:
    return next(p for sent in payloads(app) for p in sent["panels"] if p["name"] == name)


def shown(app, name: str, frame: int = 0):
    """What a film or a picture shows of a panel in one of its frames."""
    sent = next(s for s in payloads(app) if any(p["name"] == name for p in s["panels"]))
    return sent["frames"][frame]["panels"][name]


def stands(app):
    assert not app.exception
    assert not app.error
    assert json.dumps(payloads(app), allow_nan=False)
    return app


def moment(app) -> Moment:
    here = owner(app).kept["jobs"][WRITER.key].work
    return Moment(here, here.run.snapshots[-1].epoch)


def writing(app, **more) -> Writing:
    now = moment(app)
    prompt = tuple(int(i) for i in text_of(now).encode(value(app, "prompt"))[0])
    usual = {"temperature": 0.7, "top_k": 0, "seed": 0, "epoch": now.epoch, **more}
    return Writing(now.model, text_of(now), prompt, **usual)


@pytest.fixture(scope="module")
def learned():
    """A page whose network has learned; nobody changes it."""
    return train(open_app("write", limit_s=60, **QUICK))


@pytest.fixture(scope="module")
def visited():
    """A page to which one visitor after another comes and changes what they like."""
    return train(open_app("write", limit_s=60, **QUICK))


def test_it_begins_to_learn_at_once_and_pauses_by_itself(learned) -> None:
    assert moment(stands(learned)).epoch == 5
    assert "epoch 5 of 5" in texts(shown(learned, "perplexity title"))


def test_the_film_is_what_the_network_draws(learned) -> None:
    app = learned
    now, frames = writing(app), film(app)["frames"]
    assert len(frames) == now.n_steps == len(now.prompt) - 1 + MOST_DRAWN["characters"]
    for t in (0, len(now.prompt) - 1, now.n_steps - 1):
        bars = frames[t]["panels"]["next"]
        highest = np.sort(now.drawn_from[t])[::-1]
        assert bars["data"]["0"]["x"][0] == pytest.approx(highest[0], abs=1e-4)
        assert sum(bars["data"]["0"]["x"]) == pytest.approx(1, abs=2e-3)
        came = "drawn" if t + 1 >= len(now.prompt) else "typed"
        assert sum(text.endswith(came) for text in bars["data"]["2"]["text"]) == 1
    whole = now.corpus.shown(now.made.ids).splitlines()[-1]
    assert whole in texts(frames[-1]["panels"]["written"]).replace("↵", "")


def test_the_curve_is_the_history_s_perplexity_and_the_lines_who_guess(learned) -> None:
    app = learned
    now = moment(app)
    drawn = shown(app, "perplexity")["data"]["0"]["y"]
    top = 10 ** panel(app, "perplexity")["figure"]["layout"]["yaxis"]["range"][1]
    expected = [min(perplexity(record.train_loss), top) for record in now.run.history]
    assert drawn == pytest.approx(expected, abs=1e-3)
    lines = panel(app, "perplexity")["figure"]["layout"]["shapes"]
    guesses = baselines(text_of(now))
    assert [line["y0"] for line in lines] == [guesses.uniform, guesses.unigram]


def test_the_same_seed_draws_the_same_and_greedy_needs_none(learned) -> None:
    app = learned
    assert writing(app).names == writing(app).names
    assert writing(app, temperature=0.0, seed=1).names == writing(app, temperature=0.0).names
    assert writing(app, seed=1).names != writing(app).names
    few = writing(app, top_k=2)
    assert (few.drawn_from > 0).sum(axis=1).max() == 2


def test_a_bar_that_is_clicked_is_drawn_and_what_came_before_stays(learned) -> None:
    now = writing(learned)
    place = len(now.prompt) + 3
    other = int(np.argsort(-now.drawn_from[place - 1])[4])
    drawn = by_hand.put(place, other, ())
    app = train(open_app("write", drawn=drawn, **QUICK))
    changed = writing(app, by_hand=((place, other),))
    assert changed.made.ids[place] == other
    assert list(changed.made.ids[:place]) == list(now.made.ids[:place])
    assert (
        film(stands(app))["frames"][place - 1]["label"]
        == f"character {place}: reads " + (now.names[place - 1])
    )
    assert by_hand.put(place, 1, ((place - 1, 7), (place + 2, 9))) == f"{place - 1}-7_{place}-1"


def test_what_a_link_says_of_draws_is_taken_where_it_fits() -> None:
    app = train(stands(open_app("write", drawn="x_3-999_1-1_99999-1__<b>_7-3_7-4-5", **QUICK)))
    now = writing(app, by_hand=((7, 3),))
    assert [frame["label"] for frame in film(app)["frames"]] == [
        f"character {t + 1}: reads {name}" for t, name in enumerate(now.names[:-1])
    ]


def test_agreement_is_trained_where_it_is_asked_for() -> None:
    app = open_app("write", **QUICK, w_below="Agreement at a distance")
    app = train(stands(app.button(key="learn grammar").click().run()))
    assert value(app, "text") == "grammar"
    app.button(key="start agreement").click().run()
    work = owner(app).kept["jobs"]["agreement"].work
    assert len(work.make) == 9
    app.button(key="stop agreement").click().run()
    stands(app)


POEM = "one day a bird sat on a wall.\nit sang a song for one and all.\n" * 12


def learn(app, text: str):
    app.text_area(key="own pasted").set_value(text).run()
    return app.button(key="own learn").click().run()


def test_an_own_text_is_learned_in_characters_and_in_words_and_gone_with_the_visit(visited) -> None:
    app = learn(visited, POEM)
    assert value(app, "text") == corpora.OWN
    assert text_of(moment(app)).unit == "characters"
    app = train(stands(app))
    app.segmented_control(key=key(app, "symbols")).set_value("words").run()
    assert text_of(moment(stands(app))).unit == "words"
    assert "bird" in text_of(moment(app)).classes
    app.segmented_control(key=key(app, "symbols")).set_value("characters").run()
    later = open_app("write", text=corpora.OWN)
    assert value(later, "text") == corpora.USUAL
    assert any("holds no own text" in info.value for info in later.info)


@pytest.mark.parametrize(
    ("text", "said"),
    [("short", "at least 500"), ("a" * 600, "repeats one symbol"), (" \n" * 400, "at least 500")],
)
def test_what_is_no_text_is_said_and_nothing_is_lost(visited, text: str, said: str) -> None:
    before = text_of(moment(visited))
    app = learn(visited, text)
    assert any(said in info.value for info in app.info)
    assert text_of(moment(stands(app))) is before


@pytest.mark.parametrize("text", [
    "שלום עולם, זה טקסט ארוך. " * 30, "👩‍👩‍👧‍👦🎉 family 🏳️‍🌈 party 👍🏽 " * 40,
    "".join(chr(0x4E00 + i) for i in range(3000)), "<b>*bold*</b> $x$ [a](b)\n" * 40,
], ids=["right to left", "emoji", "many symbols", "markup"])  # fmt: skip
def test_any_text_is_learned_one_after_another(visited, text: str) -> None:
    """The choice is called the same, whatever text is behind it; the prompt is one of its own."""
    app = train(learn(visited, text))
    assert value(stands(app), "text") == corpora.OWN
    assert moment(app).epoch == 5
    assert "Your own text" in app.selectbox(key=key(app, "text")).options
    assert not text_of(moment(app)).encode(value(app, "prompt"))[1]


def test_a_longer_text_is_cut_and_that_is_said(visited) -> None:
    app = learn(visited, "some words here. " * 12_000)
    assert any("first 200,000 characters" in info.value for info in app.info)


@pytest.mark.parametrize(("prompt", "said"), [
    ("", "No symbol of that prompt"), ("☃☃", "No symbol of that prompt"),
    ("the ☃", "left out: ☃"), ("the " * 40, "last 60 characters"),
])  # fmt: skip
def test_a_prompt_that_cannot_be_read_as_it_is(prompt: str, said: str) -> None:
    app = open_app("write", prompt=prompt, **QUICK)
    assert any(said in info.value for info in stands(app).info)


@pytest.mark.parametrize("more", [
    {"w_k": 1, "temperature": 5.0, "w_cell": "lstm", "w_layers": 2},
    {"w_k": 100, "temperature": 0.0, "w_batch": 32, "w_carry": False, "colour": "unit"},
    {"top_k": 1, "present": True},
])  # fmt: skip
def test_every_setting_stands(more: dict) -> None:
    stands(train(open_app("write", **{**QUICK, **more})))


def test_a_link_s_epoch_is_trained_to_and_other_pages_are_left_as_they_were() -> None:
    app = train(open_app("write", **{**QUICK, "w_epoch": 7}))
    assert moment(app).epoch == 7
    assert value(go_to(app, "memory"), "data") == "sentiment"
    stands(go_to(app, "write"))
    assert moment(app).epoch == 7


@pytest.mark.parametrize("text", ["ours", "own"])
def test_another_page_shows_the_very_network_that_was_trained_here(text: str) -> None:
    app = open_app("write", **QUICK)
    app = train(learn(app, POEM) if text == "own" else app)
    here = moment(app)
    app = sent(app.button(key="to step_back").click().run())
    card = owner(stands(app)).kept[models.HANDED_OVER]
    assert card is here.session
    assert value(app, "data") == (OWN if text == "own" else "rhymes")
    assert not [one for one in payloads(app) if not one["panels"]]
    assert models.HANDED_OVER in owner(app).kept
    prompt = here.model.vocabulary.encode(value(app, "prompt"))
    loss = here.model.loss(here.model.forward(prompt.ids), [*prompt.words[1:], None])
    assert f"{loss:.3f}" in json.dumps(film(app))
