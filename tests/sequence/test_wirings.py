"""The picker: each small drawing joins what its wiring joins, and leads to where it is used."""

import ast

import pytest

from tests.apptest import ROOT, open_app, payloads, value
from ui.kit.frame import PAGES
from ui.kit.table import TABLE
from ui.sequence.thumbnail import drawn, place, thumbnail
from ui.sequence.wiring import Plan, Segment, joins
from ui.sequence.wirings import EVERY, OFFERED, WIRINGS


@pytest.mark.parametrize("wiring", WIRINGS, ids=lambda one: one.key)
def test_a_drawing_has_an_arrow_for_each_join_and_a_square_for_each_node(wiring) -> None:
    svg = thumbnail(wiring.plan)
    arrows = [part for part in svg[2:] if part[0] == "path" and part[1]["svg"]["fill"] == "none"]
    squares = [part[1]["svg"] for part in svg[2:] if part[0] == "rect"]
    shown = drawn(wiring.plan)
    left_out = [join for join in joins(wiring.plan) if join not in shown]
    assert len(arrows) == len(shown)
    assert all(a[0] == "h_0" and weight == "W_hh" for weight, a, _ in left_out)
    nodes = {end for _, a, b in shown for end in (a, b)}
    corners = {place(wiring.plan, one) for one in nodes}
    assert len(squares) == len(nodes) == len(corners)
    assert {(s["x"] + s["width"] / 2, s["y"] + s["height"] / 2) for s in squares} == corners


@pytest.mark.parametrize("wiring", WIRINGS, ids=lambda one: one.key)
def test_it_leads_to_a_page_and_to_settings_that_there_are(wiring) -> None:
    assert wiring.page in PAGES
    for name, chosen in wiring.puts.items():
        assert TABLE[name].nearest(chosen) == chosen


@pytest.mark.parametrize("page", EVERY)
def test_a_page_that_shows_every_wiring_has_a_view_of_each(page: str) -> None:
    script = ast.parse((ROOT / PAGES[page].path).read_text(encoding="utf-8"))
    views = next(node for node in ast.walk(script) if isinstance(node, ast.Dict))
    assert {key.value for key in views.keys} == set(TABLE["wiring"].allowed)
    assert {one.puts["wiring"] for one in WIRINGS} == set(TABLE["wiring"].allowed)


def test_start_reads_a_sentence_whatever_was_chosen() -> None:
    assert value(open_app("start", wiring="see"), "wiring") == "sentence"


def test_the_row_stands_on_start_and_behind_the_model() -> None:
    app = open_app()
    rows = [p for sent in payloads(app) for p in sent["panels"] if p["name"] == "wirings"]
    assert len(rows) == 2
    assert all(str(row["content"]).count("'click'") == len(OFFERED) for row in rows)


def test_without_memory_nothing_is_handed_on() -> None:
    plan = Plan((Segment(("a", "b", "c"), asked="each"),), memory=False)
    assert {weight for weight, _, _ in joins(plan)} == {"W_xh", "W_hy"}
