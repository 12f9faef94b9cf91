"""No false sentence on Write: each is read out of the picture over it, as tests/test_claims.py does
for the other pages; and what Read says of words as vectors, which is the same picture.
"""

import re
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest

from tests.apptest import open_app, owner, payloads, texts
from tests.test_claims import NUMBER, close, figure, judge, reached, said, words
from ui.kit.theme import AMOUNT
from ui.write.symbols import BITS
from ui.write.writer import WRITER


def drawn(payload: dict) -> list[str]:
    """What came after each symbol, from the boxes of the drawing."""
    drawing = next(panel for panel in payload["panels"] if panel["kind"] == "drawing")
    return [mark["text"][0][1] for mark in drawing["marks"]
            if mark["kind"] == "box" and mark["look"] == "y"]  # fmt: skip


def boldest(match: re.Match[str], payload: dict) -> bool:
    p = np.array(figure(payload, "rows")["data"][0]["customdata"][0], float)[-int(match["n"]) :]
    first = len(words(payload)) - len(p)
    bars = [frame["panels"]["next"]["data"]["2"]["text"] for frame in payload["frames"]]
    t = first + int(p.argmin())
    return (
        (drawn(payload)[t], words(payload)[t]) == (match["came"], match["after"])
        and sum(any(text.endswith("drawn") for text in row) for row in bars) == len(p)
        and close(match["p"], p.min()) and close(match["bits"], -np.log2(p.min()))
        and close(match["all"], np.exp(-np.log(p).mean()))
    )  # fmt: skip


def symbols(node: object) -> Iterator[tuple[str, int]]:
    """(symbol, shade) of a coloured text."""
    if isinstance(node, list):
        if node[1].get("class") == "symbol":
            yield texts(node), AMOUNT.index(node[1]["fill"])
        for child in node[2:]:
            yield from symbols(child)


def darkest(match: re.Match[str], payload: dict) -> bool:
    """The colours say between which two surprises each symbol lies."""
    panel = next(panel for panel in payload["panels"] if panel["name"] == "passage")
    text = list(symbols(panel["content"]))
    shades = np.array([shade for _, shade in text[1:]])
    low, high = np.array([0.0, *BITS])[shades], np.array([*BITS, 40.0])[shades]
    bits, mean = float(match["bits"]), float(match["mean"])
    plain = [symbol.replace("↵\n", "↵").replace(" ", "␣") for symbol, _ in text]
    last = match["before"].split()[-1] if len(max(plain, key=len)) > 2 else match["before"][-1]
    places = [t for t in range(1, len(text)) if plain[t] == match["symbol"]
              and plain[t - 1] == last and text[t][1] == shades.max()]  # fmt: skip
    return bool(
        places and any(low[t - 1] - 0.06 <= bits <= high[t - 1] + 0.06 for t in places)
        and low.mean() - 0.01 <= mean <= high.mean()
    )  # fmt: skip


def gone(match: re.Match[str], payload: dict) -> bool:
    bars = np.array(figure(payload, "one")["data"][0]["y"], float)
    reach, n = int(match["reach"]), int(match["n"])
    end = len(bars) - 1 - reach
    title = texts(next(p for p in payload["panels"] if p["name"] == "one title")["content"])
    return (
        reached(bars) == min(reach, len(bars) - 1) and f"step {n + 1}L" in title
        and (end < 0 or words(payload)[end] == match["there"])
        and (n > len(bars) - 1 or close(match["share"], bars[0] / bars[-1]))
        and (match["k"] is None or int(match["k"]) <= reach)
    )  # fmt: skip


def of_one_kind(match: re.Match[str], payload: dict) -> bool:
    kinds = {trace["name"]: len(trace["x"]) for trace in figure(payload, "plane")["data"]}
    counts = Counter({kind: n for kind, n in kinds.items() if kind != "other"})
    n = counts.total()
    chance = sum(m * (m - 1) for m in counts.values()) / (n * (n - 1))
    return (
        n == int(match["n"]) and abs(float(match["share"]) - 100 * int(match["right"]) / n) < 0.6
        and abs(float(match["chance"]) - 100 * chance) < 0.6
    )  # fmt: skip


def agrees(match: re.Match[str], payload: dict) -> bool:
    named = {trace.get("name", "").split(",")[0]: trace for trace in
             figure(payload, "agreement")["data"]}  # fmt: skip
    trace = named[match["who"].replace("The", "the", 1)]
    x, y = (np.array(trace[axis], float) for axis in "xy")
    below = [int(k) for k in x[y < 0.5]]
    return (
        abs(float(match["first"]) - 100 * y[0]) < 1.1 and int(match["most"]) == x[-1]
        and abs(float(match["last"]) - 100 * y[-1]) < 1.1
        and match["fails"] == (f"from {below[0]} in between" if below else "never")
    )  # fmt: skip


CLAIMS = [
    (rf"the boldest draw: (?P<came>.+) after (?P<after>.+), P = (?P<p>{NUMBER}), (?P<bits>{NUMBER})"
     rf" bits of surprise\. All (?P<n>\d+) together: perplexity (?P<all>{NUMBER})\.", boldest),
    (rf"the darkest place: (?P<symbol>.+) after …?(?P<before>.+), (?P<bits>{NUMBER}) bits\. On "
     rf"average a symbol costs (?P<mean>{NUMBER}) bits\.", darkest),
    (r"how soon it is gone: it stays above 1 % of its start for (?P<reach>\d+) of (?P<n>\d+) steps "
     rf"back, to “(?P<there>.+)”; at the first it is (?P<share>{NUMBER}) of it\."
     r"(?: In training it is cut after (?P<k>\d+) steps \(truncated BPTT\)\.)?", gone),
    (r"neighbours of one kind\. Of (?P<n>\d+) \w+ with a kind (?P<right>\d+) have .+: "
     rf"(?P<share>{NUMBER}) %; by chance it would be (?P<chance>{NUMBER}) %\.", of_one_kind),
    (r"where memory ends\. (?P<who>The network above): (?P<first>\d+) % with none, (?P<last>\d+) % "
     r"with (?P<most>\d+); below one half (?P<fails>never|from \d+ in between)\.", agrees),
]  # fmt: skip

CASES = """
    quotes, 5, Where is it surprised and which unit tells?
    quotes, 0, One loss step back
    rhymes, 5, One loss step back
    rhymes, 5, Symbols as vectors
    grammar, 5, Where is it surprised and which unit tells?
    grammar, 5, Symbols as vectors
    grammar, 5, Agreement at a distance
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_every_sentence_on_write_is_true_of_its_picture(case: str) -> None:
    text, epoch, tab = case.strip().split(", ")
    tab = tab.replace("surprised and", "surprised, and").replace("loss step", "loss, step")
    app = open_app("write", 60, text=text, w_units=8, w_goal=5, w_epoch=int(epoch), w_t=30,
                   w_below=tab, w_k=10)  # fmt: skip
    while owner(app).kept["jobs"][WRITER.key].work.playing:
        app.run()
    app.run()
    assert not app.error
    assert sum(bool(said(payload)) for payload in payloads(app)) >= 2
    for payload in payloads(app):
        assert not judge(payload, CLAIMS)


@pytest.mark.parametrize("epoch", [0, 20])
def test_read_says_the_truth_of_words_as_vectors(epoch: int) -> None:
    app = open_app("read", view="Words as vectors", epoch=epoch)
    payload = next(p for p in payloads(app) if p["panels"][0]["name"] == "plane title")
    assert len(said(payload)) == 1
    assert not judge(payload, CLAIMS)


def test_good_is_near_happy_and_far_from_bad_once_it_is_learned() -> None:
    app = open_app("read", view="Words as vectors", word="good")
    payload = next(p for p in payloads(app) if p["panels"][0]["name"] == "plane title")
    near = texts(next(p for p in payload["panels"] if p["name"] == "near")["content"])
    assert near.startswith("Nearest to “good”cosinehappy")
    assert "sad" not in near
    assert "bad" not in near
