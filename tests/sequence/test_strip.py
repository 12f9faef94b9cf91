"""The unrolled network: what is joined to what in each wiring, and how it looks at each moment."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from rnn_core.parameters import layers
from ui.sequence.strip import LINES, Strip
from ui.sequence.wiring import Plan, Segment, joins

WORDS = ("i", "am", "not", "sad")
CLASSIFY = Plan((Segment(WORDS),))
TAG = Plan((Segment(WORDS, asked="each"),))
WRITE = Plan((Segment(WORDS, asked="each", inputs="fed"),))
CAPTION = Plan((Segment(WORDS, asked="each", inputs="first"),), vector=True)
FORCED = Plan((Segment(WORDS[:3], asked="none"), Segment(("go", "ich"), state="s", asked="each")))
FREE = replace(FORCED, segments=(FORCED.segments[0], replace(FORCED.segments[1], inputs="fed")))
WIRINGS = {
    "classify": CLASSIFY, "tag": TAG, "write": WRITE, "caption": CAPTION, "forced": FORCED,
    "free": FREE,
}  # fmt: skip
EACH = [
    pytest.param(replace(plan, n_layers=n, bidirectional=both), id=f"{name}-{n}-{both:d}")
    for name, plan in WIRINGS.items()
    for n in (1, 2, 3)
    for both in ((False, True) if len(plan.segments) == 1 and not plan.vector else (False,))
]
each_plan = pytest.mark.parametrize("plan", EACH)


def into(plan, node):
    """What enters a node, and by which weight."""
    return {(weight, a) for weight, a, b in joins(plan) if b == node}


def moments(strip):
    """All that states may be asked for."""
    steps = [*range(len(strip.plan.steps)), "start", "end"]
    return [*steps, "loss", "readout"] if strip.back else steps


def seen(strip, at, **more):
    """Each mark with its letter."""
    return list(zip(strip.marks, strip.states(at, **more), strict=True))


def boxes(strip):
    return [mark for mark in strip.marks if mark["kind"] == "box"]


def states_of(strip, at):
    """The letters of each row of h, from the first column: {(layer, way): "ppnf"}."""
    letters = [letter for mark, letter in seen(strip, at) if mark["kind"] == "box"]
    rows = dict.fromkeys(strip.plan.rows, "")
    for node, letter in zip(strip._boxes, letters, strict=True):
        if node[0] == "h":
            rows[node[2:4]] += letter
    return rows


def said(mark):
    return "".join(text for _, text in mark["text"])


def arrows(strip, at=0, **more):
    """(look, what its box says, what the other says): letter, of a strip with one row."""
    all_boxes = boxes(strip)
    return {
        (mark["look"], said(all_boxes[mark["from"]]), said(all_boxes[mark["to"]])): letter
        for mark, letter in seen(strip, at, **more)
        if mark["kind"] == "arrow"
    }


@each_plan
def test_a_state_reads_what_is_below_it_and_the_state_before(plan):
    ways = range(1 + plan.bidirectional)
    for s, t in plan.steps:
        n = len(plan.segments[s].read)
        for layer, way in plan.rows:
            below = {("h", s, layer - 1, w, t) for w in ways} if layer else {("x", s, t)}
            first, step = (n - 1, 1) if way else (0, -1)
            before = ("W_hh", ("h", s, layer, way, t + step))
            if t == first:
                last = ("h", 0, layer, way, len(plan.segments[0].read) - 1)
                before = ("hand over", last) if s else ("W_hh", ("h_0", s, layer, way))
            entering = {("W_xh", node) for node in below} | {before}
            assert into(plan, ("h", s, layer, way, t)) == entering


@each_plan
def test_the_rows_are_a_trace_s_layers_in_its_order(plan):
    core = [
        (layer.number, int(layer.backwards)) for layer in layers(plan.n_layers, plan.bidirectional)
    ]
    assert plan.rows == core


@pytest.mark.parametrize(("plan", "answers"), [
    (CLASSIFY, {3}), (TAG, {0, 1, 2, 3}), (WRITE, {0, 1, 2, 3}), (CAPTION, {0, 1, 2, 3}),
    (FORCED, {0, 1}), (FREE, {0, 1}),
])  # fmt: skip
@pytest.mark.parametrize("n_layers", [1, 2])
def test_only_what_is_asked_is_answered_and_by_the_top_layer(plan, answers, n_layers):
    last = len(plan.segments) - 1
    read = [(a, b) for weight, a, b in joins(replace(plan, n_layers=n_layers)) if weight == "W_hy"]
    assert read == [(("h", last, n_layers - 1, 0, t), ("y", last, t)) for t in sorted(answers)]


def test_one_answer_sees_where_each_direction_ended_and_many_see_both_at_their_step():
    one, many = (replace(plan, bidirectional=True) for plan in (CLASSIFY, TAG))
    assert into(one, ("y", 0, 3)) == {("W_hy", ("h", 0, 0, 0, 3)), ("W_hy", ("h", 0, 0, 1, 0))}
    assert into(many, ("y", 0, 2)) == {("W_hy", ("h", 0, 0, way, 2)) for way in (0, 1)}


@pytest.mark.parametrize("n_layers", [1, 2])
def test_of_an_encoder_in_both_directions_both_ends_enter_the_decoder(n_layers):
    plan = replace(FORCED, n_layers=n_layers, bidirectional=True)
    across = {(weight, a, b) for weight, a, b in joins(plan) if a[1] != b[1]}
    assert across == {("hand over", ("h", 0, n, way, end), ("h", 1, n, 0, 0))
                      for n in range(n_layers) for way, end in ((0, 2), (1, 0))}  # fmt: skip
    assert {row for row in plan.rows_of(1)} == {(n, 0) for n in range(n_layers)}


@pytest.mark.parametrize("n_layers", [1, 2, 3])
def test_only_the_encoder_s_last_states_enter_the_decoder(n_layers):
    plan = replace(FORCED, n_layers=n_layers)
    across = [(weight, a, b) for weight, a, b in joins(plan) if a[1] != b[1]]
    assert across == [("hand over", ("h", 0, n, 0, 2), ("h", 1, n, 0, 0)) for n in range(n_layers)]
    assert not any(node == "h_0" and s == 1 for _, (node, s, *_), _ in joins(plan))


def test_free_running_feeds_each_answer_to_the_next_input_and_teacher_forcing_none():
    fed = [(a, b) for weight, a, b in joins(FREE) if weight == "feed"]
    assert fed == [(("y", 1, 0), ("x", 1, 1))]
    assert set(joins(FREE)) - set(joins(FORCED)) == {("feed", *fed[0])}
    assert sum(weight == "feed" for weight, _, _ in joins(WRITE)) == 3


def test_a_vector_becomes_the_first_state_of_each_layer():
    plan = replace(CAPTION, n_layers=2)
    for layer in (0, 1):
        assert into(plan, ("h_0", 0, layer, 0)) == {("W_vh", ("v", 0))}
    assert not into(CLASSIFY, ("h_0", 0, 0, 0))
    looks = [mark["look"] for mark in boxes(Strip(CAPTION)) if mark["look"].startswith("x")]
    assert looks == ["x", "x fed", "x fed", "x fed"]


@pytest.mark.parametrize("at", [(), (0,), (1, 2), (3,), (0, 3), (0, 1, 2, 3)])
@pytest.mark.parametrize("both", [False, True])
def test_unknown_words_are_passed_by_and_not_counted(at, both):
    known = tuple(i not in at for i in range(4))
    plan = Plan((Segment(WORDS, known),), bidirectional=both)
    short = Plan((Segment(tuple(w for w, is_known in zip(WORDS, known, strict=True) if is_known)),),
                 bidirectional=both)  # fmt: skip
    assert list(joins(plan)) == list(joins(short))
    strip = Strip(plan)
    there = [mark for mark in boxes(strip) if mark["look"] == "unknown"]
    assert [(said(mark), mark["x"][0]) for mark in there] == [(WORDS[i], i) for i in at]
    places = {mark["x"][0] for mark in boxes(strip) if mark["look"] in ("h", "y last", "y ghost")}
    assert places == {i for i in range(4) if known[i]}
    for moment in moments(strip):
        letters = [letter for mark, letter in seen(strip, moment) if mark.get("look") == "unknown"]
        assert letters == ["u"] * len(at)


def test_one_word_and_none():
    one = Strip(Plan((Segment(("bad",)),)))
    assert arrows(one, 0) == {
        ("xh", "bad", "h1"): "n", ("hh", "h0", "h1"): "n", ("hy", "h1", "y1"): "n",
    }  # fmt: skip
    none = Strip(Plan((Segment(("xyzzy",), (False,)),)), back=True)
    assert [said(mark) for mark in boxes(none)] == ["xyzzy", "h0"]


@each_plan
@pytest.mark.parametrize("back", [False, True])
def test_marks_are_json_and_have_a_letter_each_at_every_moment(plan, back):
    for shown in range(len(plan.rows)):
        strip = Strip(plan, back, shown, "0.902")
        assert json.loads(json.dumps(strip.marks))
        assert all(
            y >= -3 and y + mark["h"] <= strip.height for mark in boxes(strip) for y in [mark["y"]]
        )
        for at in moments(strip):
            for lit in (None, (), *((line,) for line in LINES)):
                letters = strip.states(at, lit)
                assert len(letters) == len(strip.marks)
                assert set(letters) <= set("pnfgu-")


@each_plan
@pytest.mark.parametrize("back", [False, True])
def test_at_a_step_one_state_of_the_shown_row_is_now_and_one_band(plan, back):
    for shown in range(len(plan.rows)):
        strip = Strip(plan, back, shown)
        top = strip._row_top(*plan.rows[shown])
        for at in range(len(plan.steps)):
            now = [mark for mark, letter in seen(strip, at) if letter == "n"]
            row = [m for m in now if m["kind"] == "box" and m["look"] == "h" and m["y"] == top]
            s, t = plan.steps[at]
            assert [mark["go"] for mark in row] == [plan.column(s, t)]
            (band,) = [mark for mark in now if mark["kind"] == "band"]
            assert band["from"] == band["to"] == row[0]["x"][0]


@each_plan
def test_going_back_every_arrow_is_turned_round_but_what_is_fed(plan):
    def ends(strip):
        nodes = list(strip._boxes)
        return Counter(
            (mark["look"], nodes[mark["from"]], nodes[mark["to"]], tuple(mark.get("dx", ())))
            for mark, _ in seen(strip, "end") if mark["kind"] == "arrow" and mark["look"] != "feed"
            and not any("ghost" in boxes(strip)[mark[end]]["look"] for end in ("from", "to"))
        )  # fmt: skip

    forth, back = Strip(plan), Strip(plan, back=True)
    turned = Counter((look, b, a, dx[::-1]) for look, a, b, dx in ends(forth))
    losses = [("loss", ("L", *node[1:]), node, ()) for node in back._boxes if node[0] == "y"]
    assert ends(back) == turned + Counter(losses)


def test_reading_goes_from_done_over_now_to_come():
    strip = Strip(CLASSIFY)
    at = arrows(strip, 1)
    assert [at["xh", word, f"h{t + 1}"] for t, word in enumerate(WORDS)] == list("pnff")
    assert [at["hh", f"h{t}", f"h{t + 1}"] for t in range(4)] == list("pnff")
    assert [at["hy", f"h{t}", f"y{t}"] for t in range(1, 5)] == list("gngf")
    last = arrows(strip, 3)
    assert [last["hy", f"h{t}", f"y{t}"] for t in range(1, 5)] == list("gggn")


def test_reading_takes_all_layers_along_and_finds_the_other_direction_done():
    strip = Strip(replace(CLASSIFY, n_layers=2, bidirectional=True), shown=1)
    assert states_of(strip, 2) == {(0, 0): "pppp", (0, 1): "ffnp", (1, 0): "pppp", (1, 1): "ffnp"}


def test_if_it_ended_here_both_halves_would_answer_and_elsewhere_only_one_is_hinted_at():
    at = arrows(Strip(replace(CLASSIFY, bidirectional=True)), 2)
    assert [at["hy", f"h{t}", f"y{t}"] for t in (2, 3, 4)] == list("gnf")
    assert [at["hy", "h1", f"y{t}"] for t in (2, 3, 4)] == list("-nf")


def test_the_answer_comes_where_the_direction_that_is_followed_ends():
    strip = Strip(replace(CLASSIFY, bidirectional=True), shown=1)
    answered = [arrows(strip, at)["hy", "h1", "y4"] for at in (3, 2, 1, 0)]
    assert answered == list("fffn")
    assert [said(mark) for mark in boxes(strip) if mark["look"].startswith("y")] == ["y4"]


def test_what_is_fed_is_now_where_it_is_read():
    at = arrows(Strip(WRITE), 2)
    assert [at["feed", f"y{t}", WORDS[t]] for t in (1, 2, 3)] == list("pnf")


@pytest.mark.parametrize(("at", "loss", "readout", "y"), [
    ("start", "f", "f", "f"), ("loss", "n", "f", "f"), ("readout", "p", "n", "n"),
    (3, "p", "n", "p"), (2, "p", "p", "p"), ("end", "p", "p", "p"),
])  # fmt: skip
def test_the_gradient_begins_at_the_loss(at, loss, readout, y):
    strip = Strip(CLASSIFY, back=True, loss="0.902")
    letters = {said(mark): letter for mark, letter in seen(strip, at) if mark["kind"] == "box"}
    way = arrows(strip, at)
    assert (letters["L"], way["loss", "L", "y4"], letters["y4"]) == (loss, loss, y)
    assert way["hy", "y4", "h4"] == readout
    assert [mark["note"] for mark in boxes(strip) if mark["look"] == "L"] == ["0.902"]


@pytest.mark.parametrize(("line", "comes", "share", "goes", "pill"), [
    ("h", "n", "f", "f", "-"), ("a", "p", "f", "f", "-"), ("before", "p", "f", "n", "-"),
    ("W_hh", "p", "f", "p", "n"), ("b", "p", "f", "p", "-"), ("W_xh", "p", "n", "p", "-"),
])  # fmt: skip
def test_each_line_of_the_way_back_lights_its_arrow(line, comes, share, goes, pill):
    strip = Strip(CLASSIFY, back=True)
    at = arrows(strip, 2, lit=(line,))
    assert (at["hh", "h4", "h3"], at["xh", "h3", "not"], at["hh", "h3", "h2"]) == (
        comes,
        share,
        goes,
    )
    assert (at["hh", "h2", "h1"], at["xh", "h4", "sad"]) == ("f", "p")
    pills = {
        mark["from"]: letter
        for mark, letter in seen(strip, 2, lit=(line,))
        if mark["kind"] == "pill"
    }
    names = [said(mark) for mark in boxes(strip)]
    assert pills == {names.index(f"h{t}"): pill if t == 3 else "-" for t in (1, 2, 3, 4)}


def test_a_whole_step_shows_no_pill_unless_asked_for():
    strip = Strip(CLASSIFY, back=True)
    for asked in (False, True):
        pills = [letter for mark, letter in seen(strip, 2, pill=asked) if mark["kind"] == "pill"]
        assert pills.count("n") == asked
    assert arrows(strip, 2)["hh", "h3", "h2"] == "f"
    assert arrows(strip, 0, lit=("before",))["hh", "h1", "h0"] == "n"


def test_the_layers_above_are_done_before_the_shown_one_and_those_below_after_it():
    strip = Strip(replace(CLASSIFY, n_layers=3), back=True, shown=1)
    assert states_of(strip, 2) == {(0, 0): "ffff", (1, 0): "ffnp", (2, 0): "pppp"}


def test_each_answer_has_its_own_loss_on_the_way_back():
    losses = [said(mark) for mark in boxes(Strip(TAG, back=True)) if mark["look"] == "L"]
    assert losses == ["L1", "L2", "L3", "L4"]


def test_a_name_stands_once_at_the_step_and_is_transposed_where_the_gradient_passes():
    def names(back, at):
        return {
            said({"text": mark["name"]})
            for mark, letter in seen(Strip(CLASSIFY, back), at) if "name" in mark and letter == "n"
        }  # fmt: skip

    assert names(False, 2) == {"Wxh", "Whh", "Why"}
    assert names(True, 2) == {"Wxh", "WhhT"}
    assert names(True, 3) == {"Wxh", "WhyT"}
    decoder = {said({"text": m["name"]}) for m in Strip(FORCED).marks if "name" in m}
    assert {"s0 = h3", "W′xh", "Wxh"} <= decoder


def test_segments_stand_side_by_side_on_their_grounds():
    strip = Strip(FORCED)
    grounds = [m for m in strip.marks if m["kind"] == "band" and m["look"].endswith("coder")]
    assert [(m["look"], m["from"], m["to"]) for m in grounds] == [
        ("encoder", 0, 2), ("decoder", pytest.approx(4.2), pytest.approx(5.2)),
    ]  # fmt: skip
    tints = [(said(m), m["tint"]) for m in boxes(strip) if m["look"] == "h"]
    assert tints == [
        *((f"h{t}", "encoder") for t in (1, 2, 3)),
        ("s1", "decoder"),
        ("s2", "decoder"),
    ]
    assert [m["go"] for m in boxes(strip) if m["look"] == "x"] == pytest.approx([0, 1, 2, 4.2, 5.2])


LOOKS = replace(FREE, attends=True)
ALPHA = ((0.1, 0.2, 0.7), (0.9, 0.05, 0.05))


def test_attention_joins_every_state_of_the_encoder_to_every_answer():
    looks = [(a, b) for weight, a, b in joins(LOOKS) if weight == "attention"]
    assert looks == [(("h", 0, 0, 0, j), ("y", 1, t)) for t in range(2) for j in range(3)]


def test_lines_of_attention_are_as_wide_as_its_shares_and_seen_at_their_own_step():
    strip = Strip(LOOKS, attention=ALPHA)
    for t, row in enumerate(ALPHA):
        now = [mark for mark, letter in seen(strip, 3 + t)
               if mark.get("look", "").startswith("attention") and letter == "n"]  # fmt: skip
        assert sorted(mark["width"] for mark in now) == sorted(round(0.9 + 6.2 * a, 2) for a in row)
        heaviest = [mark for mark in now if mark["look"] == "attention"]
        assert [said({"text": mark["name"]}) for mark in heaviest] == [f"α = {max(row):.2f}"]
    assert not [mark for mark, letter in seen(strip, 1)
                if mark.get("look", "").startswith("attention") and letter != "-"]  # fmt: skip


def test_titles_stand_over_their_segments():
    titled = replace(LOOKS, segments=tuple(replace(s, title=("A", "b")) for s in LOOKS.segments))
    names = [mark.get("name") for mark in Strip(titled, attention=ALPHA).marks
             if mark.get("look") in ("encoder", "decoder")]  # fmt: skip
    assert names == [[["b", "A "], ["rest", "b "]]] * 2
    assert Strip(titled, attention=ALPHA).height > Strip(LOOKS, attention=ALPHA).height
