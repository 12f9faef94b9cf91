"""A model from a file reads like one trained here, is trained on, and a bad one changes nothing."""

import io

import numpy as np
import pytest

from rnn_core import Hyperparameters, TrainingRun, load_dataset
from rnn_core.checkpoint import dumps
from tests.apptest import go_to, open_app, owner, value
from tests.models import run_of
from tests.rnn_core.test_wirings import CASES, a_model
from tests.test_pages import stands
from ui.kit import settings, share
from ui.kit.settings import Owner
from ui.sequence import file_drawer, models, own_model

KNOWN = TrainingRun(load_dataset("sentiment"), Hyperparameters(n_hidden=8))
KNOWN.advance(epochs=3)
STRANGE = run_of(n_hidden=5, cell="gru")
STRANGE.advance(epochs=2)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Owner:
    """A visitor without a page."""
    mine = Owner()
    monkeypatch.setattr(settings, "owner", lambda: mine)
    return mine


def given(page: str, content: bytes, monkeypatch: pytest.MonkeyPatch, **asked: object):
    """A page after a visitor gave a file."""
    app = open_app(page, **asked)
    with monkeypatch.context() as patch:
        patch.setattr(settings, "owner", lambda: owner(app))
        own_model.take(content, "mine.safetensors")
    return app.run()


@pytest.mark.parametrize("page", ["start", "read", "step_back", "check"])
@pytest.mark.parametrize("run", [KNOWN, STRANGE], ids=["known", "strange"])
def test_every_page_that_reads_reads_with_it(page, run, monkeypatch) -> None:
    app = given(page, dumps(run), monkeypatch, s="this is not good")
    stands(app)
    about = next(text.value for text in app.markdown if text.value.startswith("**mine"))
    assert f"Trained {run.epoch} epochs" in about
    assert ("Its data is not here" in about) == (run is STRANGE)
    if page == "read":
        offered = owner(app).kept[share.KEY].files["Numbers (NPZ)"].make()
        p = np.load(io.BytesIO(offered))["p"]
        np.testing.assert_array_equal(p, run.model.forward("this is not good").p)


@pytest.mark.parametrize("view", ["Three models", "The path", "Words as vectors"])
def test_a_view_of_the_data_says_that_it_is_not_here(view: str, monkeypatch) -> None:
    app = given("read", dumps(STRANGE), monkeypatch, view=view)
    stands(app)
    assert "they are not here" in str([e.proto.bytes for e in app.get("bidi_component")])


def test_it_is_trained_on_from_where_it_was(monkeypatch) -> None:
    app = given("read", dumps(KNOWN), monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(settings, "owner", lambda: owner(app))
        assert file_drawer.can_train(own_model.kept())
        file_drawer.train_on(own_model.kept())
    go_to(app, "train")
    stands(app)
    here = owner(app).kept["jobs"][models.SESSION].work
    assert here.run.epoch == 3
    assert here.run.model.flat.tobytes() == KNOWN.model.flat.tobytes()
    assert [record.epoch for record in here.run.history] == [0, 1, 2, 3]
    here.run.advance(epochs=1)
    assert own_model_run(app).epoch == 3  # the file's own stays as it was


def own_model_run(app) -> TrainingRun:
    return owner(app).kept[own_model.FILE].run


def test_what_no_setting_says_is_not_trained_on_here(alone: Owner) -> None:
    run = TrainingRun(load_dataset("sentiment"), Hyperparameters(n_hidden=7))
    own_model.take(dumps(run), "seven")
    assert own_model.kept().has_data
    assert not file_drawer.can_train(own_model.kept())
    assert settings.get("model") == "file"


@pytest.mark.parametrize("case", ["encode_decode", "caption", "classify vectors"])
def test_what_this_page_cannot_read_is_said_and_changes_nothing(case: str, alone: Owner) -> None:
    model = a_model("rnn", 1, False, **CASES[case][1])
    with pytest.raises(ValueError, match=r"^m is no model for this page: it reads two sequences"):
        own_model.take(dumps(model), "m")
    assert own_model.kept() is None
    assert settings.get("model") is None


def test_a_bad_file_is_one_sentence(alone: Owner) -> None:
    for content, said in ((b"hello", "no whole safetensors"), (b"x" * 6 * 10**6, "is 6 MB")):
        with pytest.raises(ValueError, match=said):
            own_model.take(content, "m")


def test_a_link_to_a_file_says_that_it_holds_none() -> None:
    app = open_app("start", model="file")
    assert "A link holds no file" in app.info[0].value
    assert value(app, "model") is None


def test_a_forgotten_model_reads_no_more(monkeypatch) -> None:
    app = given("read", dumps(KNOWN), monkeypatch)
    app.button(key="forget file").click().run()
    stands(app)
    assert own_model.FILE not in owner(app).kept
    assert value(app, "model") is None
