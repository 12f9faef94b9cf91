"""What students may change: locked is disabled, hidden is not drawn, and one click unlocks."""

from tests.apptest import go_to, key, open_app, owner, value

SHORT = {"units": 4}
LINE = "Some controls are locked by whoever made this link."


def captions(app) -> list[str]:
    return [caption.value for caption in app.caption]


def test_locked_is_disabled_and_hidden_is_not_drawn_and_both_hold() -> None:
    app = open_app("read", s="i am not bad", seed=3, lock="s,units", hide="seed,cell", **SHORT)
    assert not app.exception
    assert app.text_input(key=key(app, "s")).disabled
    assert app.select_slider(key=key(app, "units")).disabled
    assert key(app, "seed") not in [box.key for box in app.number_input]
    assert "RNN, 4 units, seed 3" in " ".join(one.value for one in app.markdown).replace(
        "vanilla ", "")  # fmt: skip
    assert LINE in captions(app)


def test_unlocking_is_one_click() -> None:
    app = open_app("read", lock="s", hide="seed", **SHORT)
    app.button(key="unlock").click().run()
    assert not app.text_input(key=key(app, "s")).disabled
    assert key(app, "seed") in [box.key for box in app.number_input]
    assert (value(app, "lock"), value(app, "hide")) == ("", "")
    assert LINE not in captions(app)


def test_locks_go_along_to_other_pages() -> None:
    app = open_app("read", lock="s", **SHORT)
    go_to(app, "step_back")
    assert app.text_input(key=key(app, "s")).disabled
    assert LINE in captions(app)


def test_there_is_no_line_for_an_audience() -> None:
    assert LINE not in captions(open_app("read", lock="s", present=True, **SHORT))


def test_what_is_no_control_is_left_out_and_said() -> None:
    app = open_app(lock="zzz,s", hide="<b>", **SHORT)
    assert (value(app, "lock"), value(app, "hide")) == ("s", "")
    assert sum("there is no such control" in info.value for info in app.info) == 2
    assert not app.run().info


def test_tabs_are_never_hidden() -> None:
    app = open_app("read", hide="view", **SHORT)
    assert len(app.tabs) > 3
    assert "view" not in owner(app).drawn


def test_the_page_knows_what_it_has_drawn() -> None:
    app = open_app("read", **SHORT)
    assert {"s", "units", "seed", "cell", "order"} <= set(owner(app).drawn)
    go_to(app, "memory")
    assert "order" not in owner(app).drawn
