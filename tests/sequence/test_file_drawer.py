"""A model from a file on a page with a training of its own: there it writes, translates, learns."""

import numpy as np
import pytest

from rnn_core import Hyperparameters, LanguageRun, Text, TrainingRun, make_translation, text_dataset
from rnn_core.checkpoint import dumps, loads
from tests.apptest import film, open_app, owner, value
from tests.models import run_of
from tests.rnn_core.test_wirings import CASES, a_model
from tests.test_pages import stands
from ui.kit import settings, share
from ui.sequence.learner import Learner
from ui.sequence.own_model import LACKING
from ui.translate import translator
from ui.translate.translator import TRANSLATOR
from ui.write import texts, writer
from ui.write.writer import WRITER

QUICK = {"write": {"text": "rhymes", "w_units": 8, "w_goal": 5},
         "translate": {"x_units": 8, "x_goal": 2}}  # fmt: skip


def language_run(text: Text, **shape: object) -> LanguageRun:
    run = LanguageRun(text, Hyperparameters(cell="gru", n_hidden=6, batch_size=64, **shape))
    run.advance(epochs=1)
    return run


def translation_run(name: str, is_reversed: bool = False) -> TrainingRun:
    data = make_translation(name, is_reversed, n_train=200, n_test=40)
    recipe = {"optimizer": "adam", "lr": 0.02, "batch_size": 16, "attention": is_reversed}
    run = TrainingRun(data, Hyperparameters(cell="gru", n_hidden=12, **recipe))
    run.advance(epochs=3)
    return run


def given(page: str, run: TrainingRun, monkeypatch: pytest.MonkeyPatch):
    """A page after a visitor gave a file."""
    app = open_app(page, **QUICK[page], limit_s=60)
    with monkeypatch.context() as patch:
        patch.setattr(settings, "owner", lambda: owner(app))
        learner, run_of = page_of(page)
        learner.take(run_of(loads(dumps(run))), "mine.safetensors")
    return stands_after(app)


def page_of(page: str) -> tuple[Learner, object]:
    return (WRITER, writer.run_of) if page == "write" else (TRANSLATOR, translator.run_of)


def stands_after(app):
    stands(app.run())
    return app


def here(app, page: str):
    return owner(app).kept["jobs"][page_of(page)[0].key].work


def press(app, name: str):
    return next(button for button in app.button if button.label == name).click()


@pytest.mark.parametrize(("page", "make"), [
    ("write", lambda: language_run(texts.ours("rhymes"))),
    ("translate", lambda: translation_run("numbers")),
    ("translate", lambda: translation_run("translation", is_reversed=True)),
], ids=["rhymes", "numbers", "translation"])  # fmt: skip
def test_it_is_shown_and_trained_on_where_its_data_is_here(page, make, monkeypatch) -> None:
    run = make()
    app = given(page, run, monkeypatch)
    now = here(app, page)
    assert now.run.model.flat.tobytes() == run.model.flat.tobytes()
    assert (now.run.epoch, now.run.history) == (run.epoch, run.history)
    assert film(app)["frames"]
    assert any("mine.safetensors" in text.value.replace("\\", "") for text in app.markdown)
    assert "no file" in owner(app).kept[share.KEY].lacks
    if page == "translate":
        assert value(app, "x_task") == run.dataset.name
        assert bool(value(app, "x_reversed")) == run.hyperparameters.attention
    stands(press(app, "Train").run())
    while now.run.epoch == run.epoch:
        app.run()
    if now.playing:
        stands(press(app, "Pause").run())
    assert here(app, page) is now
    assert now.run.epoch > run.epoch
    assert np.isfinite(now.run.history[-1].test_loss)


def test_a_text_that_is_not_here_is_written_but_not_trained_on(monkeypatch) -> None:
    run = language_run(text_dataset("own", "a rose is a rose is a rose\n" * 30))
    app = given("write", run, monkeypatch)
    assert film(app)["frames"]
    assert here(app, "write").run.stopped == LACKING
    assert any("it cannot be trained on" in text.value for text in app.markdown)
    stands(press(app, "Train").run())
    assert any("cannot be trained on: its data is not here" in info.value for info in app.info)
    files = owner(app).kept[share.KEY].files
    assert loads(files["Model"].make()).model.flat.tobytes() == run.model.flat.tobytes()


def test_its_own_text_is_gone_on_with_where_it_was_given(monkeypatch) -> None:
    text = text_dataset("own", "a rose is a rose is a rose\n" * 30)
    with monkeypatch.context() as patch:
        patch.setattr(settings, "kept", lambda: {texts.KEPT: {"characters": text}})
        made = writer.run_of(loads(dumps(language_run(text))))
    assert made.dataset is text
    assert made.stopped is None


@pytest.mark.parametrize("page", ["write", "translate"])
def test_what_is_forgotten_gives_way_to_the_settings(page: str, monkeypatch) -> None:
    run = translation_run("dates") if page == "translate" else language_run(texts.ours("rhymes"))
    app = given(page, run, monkeypatch)
    stands(press(app, "Forget it").run())
    now = here(app, page)
    assert now.file == ""
    assert now.run.hyperparameters.n_hidden == 8
    assert now.playing or now.run.epoch > 0


@pytest.mark.parametrize(("run_of_file", "said"), [
    (writer.run_of, "which symbol comes next"), (translator.run_of, "translates nothing"),
])  # fmt: skip
@pytest.mark.parametrize("model", [
    run_of().model, a_model("rnn", 1, False, **CASES["encode_decode"][1]),
    a_model("gru", 1, False, **CASES["caption"][1]),
], ids=["sentences", "another task", "pictures"])  # fmt: skip
def test_another_wiring_is_refused_in_one_sentence(run_of_file, said, model) -> None:
    with pytest.raises(ValueError, match=said):
        run_of_file(loads(dumps(model)))
