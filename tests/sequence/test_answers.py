"""The answers under the states: what is drawn is what is answered, framed is what is right."""

import numpy as np
import pytest

from tests.apptest import film, key, open_app, texts, value
from ui.sequence import answers, models

P = np.array([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6]])
WIDE = np.random.default_rng(0).dirichlet(np.ones(9), size=4)


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch, own_trainings: None) -> None:
    monkeypatch.setattr(models, "LONGEST", 2)
    monkeypatch.setattr(models, "LONGEST_OF_MUCH", 1)


def cells(figure) -> np.ndarray:
    return np.array(figure.data[0].z, float).T


def frames(figure) -> list[tuple[float, float]]:
    return [((s.x0 + s.x1) / 2, (s.y0 + s.y1) / 2) for s in figure.layout.shapes]


def test_few_classes_have_a_row_each() -> None:
    figure = answers.film(P, [0, 1], "abc", [True, False, True])
    np.testing.assert_allclose(cells(figure)[[0, 2]], P)
    assert np.isnan(cells(figure)[1]).all()  # the unknown word answers nothing
    assert frames(figure) == [(0, 0), (2, 1)]
    assert [row[0] for row in figure.data[0].text] == ["0.70", "", ""]


def test_of_many_classes_the_likeliest_are_named_and_only_they_are_framed() -> None:
    right = [int(WIDE[0].argmax()), int(WIDE[1].argmin()), None, int(WIDE[3].argsort()[-3])]
    figure = answers.film(WIDE, right, "abcdefg \n", [True] * 4, surprise=True)
    np.testing.assert_allclose(cells(figure), -np.sort(-WIDE, axis=1)[:, :5], atol=1e-4)
    assert frames(figure) == [(0, 0), (3, 2)]
    named = {text for row in figure.data[0].text for text in row}
    assert named <= {*"abcdefg", "␣", "↵"}
    bits = [-np.log2(WIDE[t, c]) for t, c in enumerate(right) if c is not None]
    assert figure.data[1].text == tuple(f"{value:.1f}" for value in bits)
    assert list(figure.data[1].x) == [0, 1, 3]


def test_a_step_keeps_the_frames_and_veils_what_is_unread() -> None:
    figure = answers.film(P, [0, 1], "abc", [True, True])
    first, last = (answers.at_step(figure, [True, True], t)["layout"]["shapes"] for t in (0, 1))
    assert len(first) == len(last) + 1 == 4


@pytest.mark.parametrize("data", ["parity", "bracket_depth", "copy", "quotes"])
def test_read_shows_an_answer_at_each_step(data: str) -> None:
    app = open_app("read", data=data)
    assert not app.exception
    sent = film(app)
    drawn = {panel["name"]: panel for panel in sent["panels"]}
    assert len(drawn["states"]["figure"]["data"]) == 2  # and no curve: nothing ends here
    assert {len(frame["panels"]["answers"]["layout"]["shapes"]) for frame in sent["frames"]}
    assert "if it ended here" not in str(sent)
    heading = texts(sent["frames"][-2]["panels"]["heading"])
    assert "came" in heading if data == "quotes" else "right" in heading


def test_the_box_suggests_what_the_data_can_read_and_keeps_what_was_typed() -> None:
    app = open_app("read", data="parity")
    assert set(value(app, "s").split()) == {"0", "1"}
    app.text_input(key=key(app, "s")).set_value("1 1 1").run()
    assert len(film(app)["frames"]) == 3
    app.selectbox(key=key(app, "data")).set_value("bracket_depth").run()
    assert value(app, "s") == "1 1 1"
    again = open_app("read", data="parity")
    again.selectbox(key=key(again, "data")).set_value("sentiment").run()
    assert "sad" in value(again, "s")
