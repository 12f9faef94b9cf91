"""The drawer for own data on a page, the room that keeps it, and what happens when it is gone."""

import gc
import json
import weakref

import pytest
import streamlit as st

from rnn_core import Dataset, Hyperparameters
from rnn_core.datasets import from_rows
from tests.apptest import film, go_to, key, open_app, owner, payloads, texts, value
from ui.kit.bounded import Room
from ui.sequence import datasets, models, own_data, own_table
from ui.sequence import text_model as text
from ui.sequence.datasets import OWN, Own

LINES = "good, $pos$\nbad, *neg*\nnot good, *neg*\nnot bad, $pos$\nso good, =<b>\nso bad, =<b>"
ROWS = [("good", "pos", "train"), ("bad", "neg", "train"), ("not bad", "pos", "train"),
        ("not good", "neg", "test"), ("so good", "pos", "test")]  # fmt: skip


def own_dataset() -> Dataset:
    return from_rows(OWN, ROWS)


def drawer(page: str = "start", lines: str = LINES):
    """The drawer of a page, with pasted lines in it."""
    app = open_app(page)
    app.button(key="own data").click().run()
    return app.text_area(key="own lines").set_value(lines).run()


def card(app) -> str:
    return " ".join(markdown.value for markdown in app.markdown)


def uses(app) -> list[str]:
    return [button.label for button in app.button if button.key == "own use"]


def test_pasted_lines_are_previewed_and_only_then_used() -> None:
    app = drawer()
    assert not app.error
    assert uses(app) == ["Use these 6 sentences"]
    assert "**6 rows** read (commas): 3 for training, 3 for the test, drawn by label" in card(app)
    assert value(app, "data") == "sentiment"
    app.button(key="own use").click().run()
    assert not app.error
    assert value(app, "data") == OWN
    assert owner(app).published["data"] == OWN
    assert "Trained **60 epochs** on 3 sentences" in card(app)
    assert not app.text_area


def test_labels_and_texts_are_text_everywhere() -> None:
    app = drawer()
    assert r"\$pos\$ **2** · \*neg\* **2** · \=\<b\> **2**" in card(app)
    app.button(key="own use").click().run()
    for page in ("start", "read", "train", "check"):
        app = go_to(app, page)
        assert not app.exception
        assert not app.error
        assert not [m.value for m in app.markdown if "$pos$" in m.value or "*neg*" in m.value]
    assert "the probability of $pos$" in json.dumps(film(go_to(app, "start")))


@pytest.mark.parametrize(("lines", "said"), [
    ("good\nbad", "There is one column only"),
    ("good, pos\nso, pos", "Every label is “pos”"),
    ("? ?, $pos$\n! !, neg", "No row can be used"),
])  # fmt: skip
def test_a_fault_is_one_sentence_and_the_page_keeps_what_it_had(lines: str, said: str) -> None:
    app = drawer("read", lines)
    assert [error.value for error in app.error if said in error.value]
    assert len(app.error) == 1
    assert not uses(app)
    assert "58 sentences" in card(app)


def test_columns_are_chosen_from_menus() -> None:
    app = drawer(lines="a,so good,x\nb,so bad,y\nb,very good,x\na,very bad,y\n")
    label = next(box for box in app.selectbox if box.label == "Label")
    assert label.options == ["1: a", "2: so good", "3: x"]
    assert label.value == 2
    label.set_value(0).run()
    assert "Labels: a **2** · b **2**" in card(app)


def test_rare_words_become_unknown_where_it_is_asked_for() -> None:
    app = drawer()
    app.selectbox(key="own least").set_value(2).run()
    assert "they are read as one word, “unknown”" in card(app)


def test_words_that_are_read_as_unknown_are_said() -> None:
    rows = [f"so {('good', 'bad')[i % 2]} w{i}, {('pos', 'neg')[i % 2]}" for i in range(100)]
    app = drawer("read", "\n".join(rows))
    app.button(key="own use").click().run()
    app.text_input(key=key(app, "s")).set_value("so good zebra w1").run()
    assert not app.error
    said = next(p for p in payloads(app) if p["panels"][0]["name"] == "remarks")
    assert "zebra, w1: read as “unknown”" in texts(said["panels"][0]["content"])


def test_another_page_closes_the_drawer() -> None:
    app = drawer()
    app = go_to(app, "read")
    assert not app.text_area
    assert not owner(app).kept["draft"].known
    app.button(key="own data").click().run()
    assert app.text_area(key="own lines").value == LINES


def test_an_edited_table_begins_with_the_data_of_the_page(monkeypatch) -> None:
    shown = []

    def edit(columns: dict, **_: object) -> dict:
        shown.append(columns)
        new = {"text": "this is fun", "label": "positive", "split": "train"}
        return {name: [*cells, new[name]] for name, cells in columns.items()}

    monkeypatch.setattr(st, "data_editor", edit)
    app = open_app("start")
    app.button(key="own data").click().run()
    app.segmented_control(key="own way").set_value(text.TABLE).run()
    assert not app.error
    assert len(shown[0]["text"]) == 78
    assert uses(app) == ["Use these 79 sentences"]
    app.button(key="own use").click().run()
    assert "on 59 sentences" in card(app)


def test_own_data_is_taken_along_and_forgotten() -> None:
    app = drawer()
    app.button(key="own use").click().run()
    app.button(key="own data").click().run()
    assert "Kept: your own (6 sentences)" in card(app)
    file = own_table.read(own_table.as_csv(own_data.rows(owner(app).kept[OWN].dataset)))
    assert sorted(cells[0] for _, cells in file.rows) == sorted(
        line.split(",")[0] for line in LINES.split("\n")
    )
    app.button(key="own forget").click().run()
    assert value(app, "data") == "sentiment"
    assert OWN not in owner(app).kept
    assert not app.error


def test_a_link_to_own_data_is_opened_with_the_usual_set_and_that_is_said() -> None:
    app = open_app("start", data=OWN)
    assert [info.value for info in app.info if "A link holds no own data" in info.value]
    assert value(app, "data") == "sentiment"
    assert "58 sentences" in card(app)
    assert not app.run().info


def test_data_that_made_room_is_missed_with_a_sentence() -> None:
    app = drawer()
    app.button(key="own use").click().run()
    owner(app).kept[OWN].make_room()
    app.run()
    assert [info.value for info in app.info if "had to make room for that of others" in info.value]
    assert value(app, "data") == "sentiment"


def test_what_is_trained_on_it_is_one_visitors_alone() -> None:
    first, second = drawer(), drawer(lines=LINES.replace("good", "fine"))
    for app in (first, second):
        app.button(key="own use").click().run()
    mine, other = (
        next(iter(owner(app).kept[OWN].trainings.values())).run.dataset for app in (first, second)
    )
    assert "good" in mine.vocabulary
    assert "good" not in other.vocabulary


def test_the_room_is_for_those_who_used_it_last() -> None:
    one = Own(own_dataset()).n_bytes
    room, visitors = Room(most=3 * one), [Own(own_dataset()) for _ in range(4)]
    for visitor in visitors[:3]:
        room.use(visitor)
    room.use(visitors[0])
    room.use(visitors[3])
    assert [visitor.dataset is not None for visitor in visitors] == [True, False, True, True]


def test_who_leaves_takes_his_data_away() -> None:
    room, visitor = Room(), Own(own_dataset())
    room.use(visitor)
    gone = weakref.ref(visitor.dataset)
    del visitor
    gc.collect()
    assert gone() is None
    assert not len(room._held)


def test_trainings_count_and_the_oldest_goes() -> None:
    visitor = Own(own_dataset())
    before = visitor.n_bytes

    class Work:
        def __init__(self) -> None:
            self.run = models.TrainingRun(visitor.dataset, Hyperparameters(n_hidden=4))

    works = [visitor.training(i, Work) for i in range(datasets.MOST_TRAININGS + 1)]
    assert visitor.training(1, Work) is works[1]
    assert visitor.training(0, Work) is not works[0]
    assert visitor.n_bytes >= before + 4 * 8 * works[1].run.model.flat.size
    assert len(visitor.trainings) == datasets.MOST_TRAININGS


def test_the_size_of_much_data_is_about_what_it_takes() -> None:
    rows = [(f"word{i % 500} and word{i % 300} number {i % 7}", ("pos", "neg")[i % 2],
             ("train", "test")[i % 5 == 0]) for i in range(5000)]  # fmt: skip
    assert 3e6 < datasets.size(from_rows(OWN, rows)) < 8e6


@pytest.mark.parametrize("page", ["read", "train", "check"])
def test_more_than_two_labels_stand_on_every_page(page: str) -> None:
    app = drawer()
    app.button(key="own use").click().run()
    app = go_to(app, page)
    app.text_input(key=key(app, "s")).set_value("so new good").run()
    assert not app.exception
    assert not app.error
    assert value(app, "data") == OWN
