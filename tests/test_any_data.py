"""Every page on a visitor's own data of many classes, with labels that look like markup."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from rnn_core import Dataset
from rnn_core.datasets import from_rows
from tests.apptest import EXISTING, film, go_to, open_app, owner, texts, value
from ui.check.page import TABS
from ui.read.page import VIEWS
from ui.sequence import datasets
from ui.step_back.text import TABS as BELOW
from ui.train.page import FOLLOWING

LABELS = ["$neg$ *so*", "<b>", "=pos", "4", "5.0", "a very long name of a class, indeed",
          "~x~ `y`", ":red[z]", "é", "100 %"]  # fmt: skip

UNDER = {"read": ("view", VIEWS), "step_back": ("below", BELOW), "train": ("runs", FOLLOWING),
         "check": ("tab", [tab for tab in TABS if tab != "race"])}  # fmt: skip


def own(n_classes: int) -> Dataset:
    """Sentences of which one word tells the class; every fourth is for the test."""
    rows = [
        (f"{a} {b} w{c} again", LABELS[c], "test" if i % 4 == 3 else "train")
        for c in range(n_classes)
        for i, (a, b) in enumerate(
            (a, b) for a in ("the", "this") for b in ("film", "$5 room", "*song*", "<b>")
        )
    ]
    return from_rows(datasets.OWN, rows)  # fmt: skip


def choose(app: AppTest, **settings: object) -> None:
    for name, to in settings.items():
        choice = owner(app).choices[name]
        choice.value, choice.births = to, choice.births + 1


@pytest.fixture(params=[3, 10], scope="module")
def app(request: pytest.FixtureRequest) -> Iterator[AppTest]:
    """A visitor with such data, who reads a sentence of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.kit.jobs.AT_ONCE_S", 60.0)
        app = open_app("start")
        owner(app).kept[datasets.OWN] = datasets.Own(own(request.param))
        choose(app, data=datasets.OWN, model="trained", s="this film w1 again", units=4)
        yield app.run()


def stands(app: AppTest) -> None:
    assert not app.exception
    assert not app.error
    said = " ".join(element.value for element in app.markdown)
    assert not [label for label in ("$neg$", "*so*", "~x~", ":red[z]") if label in said]


@pytest.mark.parametrize("page", EXISTING)
def test_a_page_stands(app: AppTest, page: str) -> None:
    app = go_to(app, page)
    stands(app)
    assert value(app, "data") == datasets.OWN


@pytest.mark.parametrize(
    ("page", "name", "tab"),
    [(page, name, tab) for page, (name, tabs) in UNDER.items() for tab in tabs],
)
def test_what_is_under_a_pages_tabs_stands(app: AppTest, page: str, name: str, tab: str) -> None:
    choose(app, **{name: tab})
    stands(go_to(app, page))


def test_the_chosen_class_is_named_with_its_probability(app: AppTest) -> None:
    app = go_to(app, "start")
    last = film(app)["frames"][-1]["panels"]
    said = next(label for label in LABELS if f"it says {label} " in texts(last["heading"]))
    curve = next(p for p in film(app)["panels"] if p["name"] == "states")["figure"]["data"][1]["y"]
    assert f"{said} {curve[-1]:.0%}"[:-1] in texts(last["heading"])
    n_classes = len(owner(app).kept[datasets.OWN].dataset.classes)
    shown = [label for label in LABELS[:n_classes] if label in texts(last["steps"][-1])]
    assert len(shown) == min(n_classes, 5)


def test_many_or_long_labels_are_chosen_from_a_list(app: AppTest) -> None:
    app = go_to(app, "step_back")
    classes = owner(app).kept[datasets.OWN].dataset.classes
    lists = [box for box in app.selectbox if box.label == "Answer wanted"]
    assert bool(lists) == (sum(map(len, classes)) > 30)
    for box in lists:
        assert box.options == list(classes)
        stands(box.set_value(classes[0]).run())
        assert value(app, "target") == classes[0]
