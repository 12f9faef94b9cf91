"""No false sentence: what a page says about its picture is read out of that picture again.

The pages are walked over cells, epochs, learning rates, truncations and lengths of sentences. Each
sentence under a picture is either known here, and then judged by the numbers that were sent to be
drawn, or it asks; a new kind of sentence fails until it can be judged.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pytest

from tests import claims_of_wirings
from tests.apptest import go_to, open_app, owner, payloads, texts
from tests.see.test_page import FEW, learned
from tests.translate.test_page import train
from ui.kit.table import TABLE
from ui.see import tasks
from ui.translate import text

TWELVE = "i am not at all bad or sad right now and happy"
CASES = """
    rnn 0 0.05 40 twelve, rnn 10 0.05 40 twelve, rnn - 0.05 40 twelve, rnn 10 0.01 1 twelve,
    rnn 10 0.2 40 twelve, rnn - 0.2 1 twelve, rnn 0 0.05 40 good, rnn - 0.05 1 good,
    rnn - 0.01 40 not good, rnn - 0.05 40 i am zebra not good, rnn 10 0.2 40 bad not good,
    gru 0 0.01 40 twelve, gru 10 0.01 40 twelve, gru - 0.2 1 twelve, gru - 0.01 1 good,
    lstm 0 0.01 40 twelve, lstm 10 0.01 1 twelve, lstm - 0.01 40 twelve, lstm - 0.2 40 good,
    lstm 10 0.01 1 bad
"""
"""Cell, epoch (- for the last), learning rate, k of truncation, sentence."""


def settings_of(case: str) -> dict[str, object]:
    cell, epoch, lr, k, *words = case.split()
    sentence = " ".join(words).replace("twelve", TWELVE)
    chosen = {"cell": cell, "lr": float(lr), "k": int(k), "s": sentence}
    return chosen if epoch == "-" else {**chosen, "epoch": int(epoch)}


EACH = """
    read parity 40 0, read bracket_depth 40 0, read copy 40 0, read quotes 40 0, read rhymes 40 0,
    step_back parity 40 0, step_back parity 3 0, step_back parity 40 4, step_back parity 2 5,
    step_back bracket_depth 40 0, step_back copy 40 0, step_back copy 40 12, step_back quotes 40 0
"""
"""Of networks that answer at each step: page, data, k of truncation, and the loss that is followed,
0 for all.
"""

Claim = Callable[[re.Match[str], dict], bool]
NUMBER = r"[−+]?[0-9]+(?:\.[0-9]+)?(?:e[−-][0-9]+)?"


def figure(payload: dict, name: str) -> dict:
    return next(panel["figure"] for panel in payload["panels"] if panel["name"] == name)


def words(payload: dict) -> list[str]:
    """The words that are read, from the boxes of the drawing."""
    drawing = next(panel for panel in payload["panels"] if panel["kind"] == "drawing")
    return [mark["text"][0][1] for mark in drawing["marks"]
            if mark["kind"] == "box" and mark["look"].split()[0] == "x"]  # fmt: skip


def close(said: str, value: float, part: float = 0.06) -> bool:
    """Whether a printed number is this value, but for its rounding."""
    printed = float(said.replace("−", "-"))
    return abs(printed - value) <= part * abs(value) + 0.006


# ---- Start: the curve under the states ----


def curve(payload: dict) -> np.ndarray:
    return np.array(figure(payload, "states")["data"][1]["y"], float)


def flips(payload: dict) -> list[int]:
    above = curve(payload) > 0.5
    return [t for t in range(1, len(above)) if above[t] != above[t - 1]]


def turns(match: re.Match[str], payload: dict) -> bool:
    turned, last = flips(payload), match["word"]
    many = int(match["n"]) if match["n"] else 1
    now = "positive" if curve(payload)[turned[-1]] > 0.5 else "negative"
    return len(turned) == many and words(payload)[turned[-1]] == last and now == match["answer"]


def moves_most(match: re.Match[str], payload: dict) -> bool:
    p = curve(payload)
    t = int(np.abs(np.diff(p)).argmax()) + 1
    same = not flips(payload) and (p[0] > 0.5) == (match["answer"] == "positive")
    return same and words(payload)[t] == match["word"] and (
        close(match["a"], p[t - 1]) and close(match["b"], p[t]))  # fmt: skip


def full_colours(match: re.Match[str], payload: dict) -> bool:
    z = np.array(figure(payload, "states")["data"][0]["z"], float)
    share = (np.abs(z) > 0.99).mean(axis=0)
    return (
        words(payload)[int(share.argmax())] == match["word"]
        and abs(100 * share.max() - float(match["share"])) < 0.6
    )


# ---- Step back: the bars, and the shares that add up ----


def lengths(payload: dict) -> np.ndarray:
    """|dL/dh| of the bars that are drawn, in the order of the words; 0 where there is none."""
    y = figure(payload, "gradient")["data"][1]["y"]
    return np.array([value or 0 for value in y], float)[-len(words(payload)) :]


def multiplied(match: re.Match[str], payload: dict) -> bool:
    drawn = lengths(payload)
    factors = [a / b for a, b in pairwise(drawn) if a > 0 and b > 0]
    high = match["high"] or match["low"]
    return close(match["low"], min(factors)) and close(high, max(factors))


def reaches(match: re.Match[str], payload: dict) -> bool:
    if "in h and c" in match.string:  # the bars are h alone
        return True
    drawn = lengths(payload)[::-1]
    far = max(i for i, length in enumerate(drawn) if length >= 0.01 * drawn[0])
    return far == (
        len(drawn) - 1 if match["far"].startswith("to the") else int(match["far"].split()[0])
    )


def saturated(match: re.Match[str], payload: dict) -> bool:
    row = np.array(figure(payload, "gradient")["data"][2]["z"][0], float)
    most = np.nanmax(row)
    if not match["share"]:
        return most == 0
    return abs(float(match["share"]) - 100 * most) < 0.6


def adds(match: re.Match[str], payload: dict) -> bool:
    """The word's part of all that words add to dW_hh, by the lengths of the outer products."""
    factors = next(p["factors"] for p in payload["panels"] if p["name"] == "sums")
    left, right = (np.array(factors[side], float) for side in ("left", "right"))
    length = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    order = words(payload)[::-1]
    length = length[: len(order)]
    places = [i for i, word in enumerate(order) if word == match["word"]]
    if match["share"] is None:
        return any(length[i] == 0 for i in places)
    part = 100 * length / length.sum()
    return any(abs(part[i] - float(match["share"])) < 1 and abs(
        part[: i + 1].sum() - float(match["all"])) < 1.5 for i in places)  # fmt: skip


def lower(match: re.Match[str], payload: dict) -> bool:
    """The losses that the update's own lines print."""
    last = texts(["div", {}, *(v for v in payload["frames"][-1]["panels"].values()
                               if isinstance(v, list))])  # fmt: skip
    said = re.search(rf"loss[^0-9]*({NUMBER}) → ({NUMBER})", last)
    if said is None:
        return True
    before, after = (float(one.replace("−", "-")) for one in said.groups())
    return (after < before) == (match["how"] == "lower")


# ---- Read and Step back of a network that answers at each step ----


def framed(payload: dict) -> list[tuple[int, int]]:
    """(row, column) of the cells that are framed as right."""
    shapes = figure(payload, "answers")["layout"]["shapes"]
    return [(round((s["y0"] + s["y1"]) / 2), round((s["x0"] + s["x1"]) / 2)) for s in shapes]


def answered(match: re.Match[str], payload: dict) -> bool:
    drawn = figure(payload, "answers")
    z = np.array(drawn["data"][0]["z"], float)
    right = framed(payload)
    p, column = min((z[row, column], column) for row, column in right)
    n = sum(z[:, column].argmax() == row for row, column in right)
    name = next(drawn["layout"]["yaxis"]["ticktext"][row] for row, x in right if x == column)
    return (n, len(right), column + 1, name) == (
        int(match["n"]), int(match["m"]), int(match["t"]), match["right"]
    ) and close(match["p"], p)  # fmt: skip


def surprised(match: re.Match[str], payload: dict) -> bool:
    bits = figure(payload, "answers")["data"][1]
    most = max(bits["text"], key=float)
    n = sum(row == 0 for row, _ in framed(payload))
    column = int(match["t"]) - 1
    return (
        (n, len(bits["x"])) == (int(match["n"]), int(match["m"]))
        and bits["text"][bits["x"].index(column)] == most == match["bits"]
        and words(payload)[column + 1] == match["right"]
    )


def boxed(payload: dict) -> list[str]:
    """The losses of the strip."""
    drawing = next(panel for panel in payload["panels"] if panel["kind"] == "drawing")
    return [mark["text"][0][1] for mark in drawing["marks"]
            if mark["kind"] == "box" and mark["look"] == "L each"]  # fmt: skip


def largest_loss(match: re.Match[str], payload: dict) -> bool:
    losses = np.array(boxed(payload), float)
    part = 100 * losses.max() / losses.sum()
    return close(match["loss"], losses.max(), 0.03) and abs(part - float(match["part"])) < 3


def banded(match: re.Match[str], payload: dict) -> bool:
    data = figure(payload, "gradient")["data"][4:]
    bands = {int(re.search(r"loss (\d+)", band["hovertemplate"])[1]): np.array(band["y"])
             for band in data}  # fmt: skip
    widest = max(bands, key=lambda s: bands[s][0])
    reach = {s: reached(band[:s]) for s, band in bands.items()}
    cut = [s - np.flatnonzero(band)[0] for s, band in bands.items() if band.any()]
    return (
        (widest, words(payload)[0]) == (int(match["s"]), match["word"])
        and close(match["v"], bands[widest][0])
        and reach[int(match["far"])] == max(reach.values()) == int(match["k"])
        and (match["cut"] is None or max(cut) <= int(match["cut"]))
    )


def reached(lengths: np.ndarray) -> int:
    back = lengths[::-1]
    return next((i for i, d in enumerate(back) if d < 0.01 * back[0]), len(back)) - 1


def alone(match: re.Match[str], payload: dict) -> bool:
    s, read = int(match["s"]), words(payload)
    drawn = lengths(payload)
    end = s - int(match["k"])
    return (
        close(match["v"], drawn[s - 1]) and read[s - 1] == match["word"]
        and reached(drawn[:s]) == int(match["k"])
        and (end, read[end - 1]) == (int(match["end"]), match["there"])
    )  # fmt: skip


# ---- Memory: the profile ----


def slope(match: re.Match[str], payload: dict) -> bool:
    drawn = np.array(figure(payload, "profile")["data"][0]["y"], float)
    factors = drawn[1:] / drawn[:-1]
    low, high = np.nanmin(factors), np.nanmax(factors)
    return close(match["low"], low, 0.03) and close(match["high"], high, 0.03)


CLAIMS: list[tuple[str, Claim]] = [
    (r"the column where the picture flips: at “(?P<word>.+)” the verdict turns to "
     r"(?P<answer>\w+)\.(?P<n>)", turns),
    (r"the (?P<n>\d+) columns where the picture flips; the last time at “(?P<word>.+)” the verdict "
     r"turns to (?P<answer>\w+)\.", turns),
    (r"the curve: it says (?P<answer>\w+) after every word; “(?P<word>.+)” moves it most, from "
     rf"(?P<a>{NUMBER}) to (?P<b>{NUMBER})\.", moves_most),
    (r"the full colours: after “(?P<word>.+)” (?P<share>\d+) % of the units are beyond ±0\.99: "
     r"saturated\. There 1 − h² is below 0\.02, so that hardly any gradient gets back\.",
     full_colours),
    (r"the single column: one word, one state, one answer\.", lambda m, p: len(words(p)) == 1),
    (r"the single column: with one word there is nothing to go back to\.",
     lambda m, p: len(words(p)) == 1),
    (rf"gradient's length is multiplied by (?P<low>{NUMBER})(?: to (?P<high>{NUMBER}))?\.(?: |$)",
     multiplied),
    (r"Memory horizon, 1 % or more left: (?P<far>to the \w+ word|\d+ words?)", reaches),
    (r"(?:No derivative is below 0\.02(?P<share>)\.|derivative below 0\.02: at most (?P<s2>\d+))",
     lambda m, p: saturated(re.match(r"(?P<share>.*)", m["s2"] or ""), p)),
    (r"the share: “(?P<word>.+)” adds (?:(?P<share>[\d.]+) % of all; with it (?P<all>[\d.]+) %"
     r"|nothing)", adds),
    (r"the loss of this sentence: (?P<how>lower|not lower) than before", lower),
    (r"the frames, what is right: (?P<n>\d+) of (?P<m>\d+) answers are\. The least likely is "
     rf"“(?P<right>.+)” at word (?P<t>\d+), (?P<p>{NUMBER})\.", answered),
    (r"the frames, what came: (?P<n>\d+) of (?P<m>\d+) times it was the likeliest\. The greatest "
     rf"surprise is “(?P<right>.+)” after symbol (?P<t>\d+), (?P<bits>{NUMBER}) bits\.",
     surprised),
    (r"the columns under an L: at these (?P<n>\d+) words the gradient enters\.",
     lambda m, p: len(boxed(p)) == int(m["n"])),
    (rf"the largest loss: at word \d+, “.+”, (?P<loss>{NUMBER}): (?P<part>\d+) % of all\.",
     largest_loss),
    (rf"the bands, one for each loss\. At word 1, “(?P<word>.+)”, the widest is that of loss "
     rf"(?P<s>\d+): (?P<v>{NUMBER})\. Of all, loss (?P<far>\d+) reaches farthest with 1 % or more "
     r"of its start: (?P<k>\d+) words? back\.(?: Truncation cuts the bands after (?P<cut>\d+) "
     r"words?\.)? Click one to follow it\.", banded),
    (rf"the bars: the gradient of loss (?P<s>\d+) alone, (?P<v>{NUMBER}) at its own word, "
     r"“(?P<word>.+)”\. 1 % or more of that is left (?P<k>\d+) words? back, at word (?P<end>\d+), "
     r"“(?P<there>.+)”\.(?: Truncation lets it reach \d+ words?\.)? Click a bar to see all "
     r"losses\.", alone),
    (rf"Here it is (?P<low>{NUMBER}) to (?P<high>{NUMBER})[,.]", slope),
]  # fmt: skip
WIRINGS = """
    see caption v_pixels=leave, see caption v_network=x_1 v_pixels=gradient,
    see caption v_picture=0000000000000000, see caption v_network=x_1 v_picture=0000000000000000,
    see caption v_picture=8080e00000000000, see film, see film v_network=both v_film=3, see digit,
    see digit v_network=last v_epoch=0, step_back caption, step_back film v_network=both v_loss=5,
    step_back film v_network=frame v_loss=4, step_back digit v_loss=6, train digit
"""
"""Page, task of See, settings."""
TRANSLATED = """
    translate translation, translate translation beam=3, translate translation x_forced=1,
    translate numbers x_attention=0, translate numbers x_both=1, translate dates x_epoch=0,
    step_back translation x_loss=2, step_back numbers x_attention=0
"""
STANDING = [  # true of every picture of its kind, by what the picture is
    r"∂L/∂y: negative for the answer wanted only\.",
    r"the column of “.+”: here the gradient enters\.",
    r"no word hands a gradient on\.", r"nothing: ", r"the one bar: ", r"bars above the line: ",
    r"error 0", r"Each answer sees", r"full colour: ", r"columns whose colour",
    r"^Orange speaks for “.+”, blue against, by gradient × input\.$",
    r"^the one column: there is nothing else to look at\.$",
    r"^Click a bar to draw",
]  # fmt: skip


def under(node: object) -> Iterator[str]:
    """The sentences under pictures: what is of the class look."""
    if isinstance(node, list):
        if "look" in str(node[1].get("class", "")).split():
            yield texts(node).replace("\xa0", " ")
        for child in node[2:]:
            yield from under(child)


def said(payload: dict) -> set[str]:
    found = {s for panel in payload["panels"] if panel["kind"] == "text"
             for s in under(panel["content"])}  # fmt: skip
    for frame in payload["frames"]:
        found |= {s for patch in frame["panels"].values() for s in under(patch)}
    return found


def judge(payload: dict, claims: Sequence[tuple[str, Claim]] = CLAIMS) -> list[str]:
    """The sentences of a film that its picture does not bear out, or that nobody can judge."""
    bad = []
    for sentence in sorted(said(payload)):
        met = [(match, holds) for pattern, holds in claims
               if (match := re.search(pattern, sentence))]  # fmt: skip
        bad += [sentence for match, holds in met if not holds(match, payload)]
        known = met or "?" in sentence or any(re.search(p, sentence) for p in STANDING)
        bad += [] if known else [f"cannot be judged: {sentence}"]
    return bad


@pytest.mark.parametrize("case", [case.strip() for case in CASES.split(",")])
@pytest.mark.parametrize("page", ["start", "step_back"])
def test_every_sentence_under_a_picture_is_true_of_it(page: str, case: str) -> None:
    app = open_app(page, **settings_of(case))
    assert not app.error
    film = next(payload for payload in payloads(app) if payload["transport"])
    assert said(film)
    assert not judge(film)


@pytest.mark.parametrize("case", [case.strip() for case in EACH.split(",")])
def test_every_sentence_about_answers_at_each_step_is_true(case: str) -> None:
    page, data, k, follow = case.split()
    app = open_app(page, data=data, k=int(k), loss_at=int(follow))
    assert not app.error
    film = next(payload for payload in payloads(app) if payload["transport"])
    assert said(film)
    assert not judge(film)


def opened(case: str, **more: object):
    """A page of another wiring; from Start, where a sentence is read, by its settings."""
    page, task, *said = case.split()
    chosen = {"v_task" if task in tasks.TASKS else "x_task": task, **more}
    app = open_app("start", limit_s=60, **chosen)
    wiring = "see" if task in tasks.TASKS else "translate"
    for name, value in [one.split("=") for one in [*said, f"wiring={wiring}"]]:
        choice = owner(app).choices[name]
        choice.value, choice.births = TABLE[name].parse(value), choice.births + 1
    return go_to(app, page)


@pytest.mark.parametrize("case", [case.strip() for case in WIRINGS.split(",")])
def test_every_sentence_of_see_is_true(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "data", lru_cache(lambda name: ({**tasks.DATA, **FEW})[name]()))
    for task in tasks.TASKS:
        monkeypatch.setitem(tasks.EPOCHS, task, 2)
    app = opened(case, v_units=8)
    learned(app, case.split()[1])
    assert not app.error
    shown = [one for one in payloads(app) if said(one)]
    assert shown
    assert not [bad for one in shown for bad in judge(one, claims_of_wirings.CLAIMS)]


@pytest.mark.parametrize("case", [case.strip() for case in TRANSLATED.split(",")])
def test_every_sentence_of_translate_is_true(case: str) -> None:
    app = train(opened(case, x_units=8, x_goal=3))
    tabs = list(text.TABS.values()) if case == "translate translation" else [""]
    for tab in tabs:
        if tab:
            choice = owner(app).choices["x_below"]
            choice.value, choice.births = tab, choice.births + 1
            app.run()
        assert not app.error
        shown = [one for one in payloads(app) if said(one)]
        assert shown
        assert not [bad for one in shown for bad in judge(one, claims_of_wirings.CLAIMS)], tab


@pytest.mark.parametrize(
    ("page", "cell"), [("read", "rnn"), ("read", "lstm"), ("step_back", "rnn")]
)
def test_positive_weights_saturate_and_that_is_said(page: str, cell: str) -> None:
    app = open_app(page, init="positive", epoch=0, cell=cell)
    assert not app.error
    film = next(payload for payload in payloads(app) if payload["transport"])
    assert [s for s in said(film) if "100 %" in s and "aturated" in s]
    assert not judge(film)


@pytest.mark.parametrize("radius", [0.5, 0.9, 1.2])
@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_the_slope_that_memory_names_is_the_one_drawn(cell: str, radius: float) -> None:
    app = open_app("memory", m_cell=cell, m_radius=radius)
    profile = next(p for p in payloads(app) if any(x["name"] == "profile" for x in p["panels"]))
    found = [(match, s) for s in said(profile) if (match := re.search(CLAIMS[-1][0], s))]
    assert all(slope(match, profile) for match, _ in found)
    assert found or not any("Here it is" in s for s in said(profile))


@pytest.mark.parametrize("false", [
    "the cross: the eighth word is the first wrong one, “9” instead of “4”.",
    "the end that does not come: after 3 words without an end mark it was stopped.",
    "the bars: each output is sure, P is 0.99 or more. What was read came over in s₀, 9 numbers.",
    "the least sure output: “4”, P = 0.99. What was read came over in s₀, 8 numbers.",
])  # fmt: skip
def test_a_false_sentence_of_another_wiring_is_caught(false: str) -> None:
    shown = payloads(train(opened("translate numbers x_attention=0", x_units=8, x_goal=1)))
    film = next(payload for payload in shown if payload["transport"])
    look = next(panel for panel in film["panels"] if panel["name"] == "look")
    assert not judge(film, claims_of_wirings.CLAIMS)
    look["content"] = ["p", {"class": "look"}, f"Look for {false}"]
    assert judge(film, claims_of_wirings.CLAIMS)


def test_a_false_sentence_is_caught() -> None:
    film = next(p for p in payloads(open_app("start", s=TWELVE)) if p["transport"])
    for panel in film["panels"]:
        if panel["name"] == "look":
            panel["content"] = ["p", {"class": "look"}, "Look for the column where the picture "
                                "flips: at “i” the verdict turns to positive."]  # fmt: skip
    assert judge(film)
