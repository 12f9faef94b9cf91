"""What See and Translate say under their pictures, judged by what was sent to be drawn.

A claim takes the match of a sentence and the payload that holds it; see test_claims.py.
"""

import re
from collections.abc import Iterator

import numpy as np

from rnn_core.experiments import captions
from tests.apptest import texts

NUMBER = r"[−+]?[0-9]+(?:\.[0-9]+)?(?:e[−-][0-9]+)?"
FIRST = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def figure(payload: dict, name: str) -> dict:
    return next(panel["figure"] for panel in payload["panels"] if panel["name"] == name)


def value(said: str) -> float:
    return float(said.replace("−", "-"))


def near(said: str, exact: float, part: float = 0.06) -> bool:
    return abs(value(said) - exact) <= part * abs(exact) + 0.006


def percents(said: str, exact: float) -> bool:
    return abs(value(said.split("\xa0")[0].split()[0].lstrip("<")) - 100 * exact) <= 1.01


def array(values: object) -> np.ndarray:
    return np.array(values, float)


def answered(payload: dict) -> list[str]:
    """What the boxes of the answers say."""
    drawing = next(panel for panel in payload["panels"] if panel["kind"] == "drawing")
    return [mark["text"][-1][1] for mark in drawing["marks"]
            if mark["kind"] == "box" and mark["look"].startswith("y")]  # fmt: skip


def everywhere(node: object) -> Iterator[list]:
    if isinstance(node, list):
        yield node
        for child in node[2:]:
            yield from everywhere(child)


def holding(payload: dict, sentence: str) -> list[list]:
    """The panels' contents, in any frame, that hold a sentence."""
    found = [p["content"] for p in payload["panels"] if p["kind"] == "text"]
    found += [c for f in payload["frames"] for c in f["panels"].values() if isinstance(c, list)]
    return [one for one in found if sentence in texts(one).replace("\xa0", " ")]


def rows(content: list) -> list[list[str]]:
    """The cells of the tables in a panel."""
    return [[texts(cell) for cell in node[2:]] for node in everywhere(content) if node[0] == "tr"]


# ---- Translate ----


def least_sure(match: re.Match[str], payload: dict) -> bool:
    data = figure(payload, "states")["data"]
    p, names = array(data[3]["y"]), answered(payload)
    attends = any(panel["name"] == "alignment" for panel in payload["panels"])
    if match["n"] != str(len(data[1]["z"])) or attends != ("by attention" in match[0]):
        return False
    if match["p"] is None:
        return bool(p.min() >= 0.9945)
    return near(match["p"], p.min(), 0) and names[int(p.argmin())] == match["name"]


def crossed(match: re.Match[str], payload: dict) -> bool:
    names = answered(payload)
    crosses = [i for i, name in enumerate(names) if name.startswith("✗ ")]
    return len(crosses) == 1 and names[crosses[0]] == f"✗ {match['said']}" and (
        match["nth"] in (FIRST[min(crosses[0], 7)], f"{crosses[0] + 1}th")
    )  # fmt: skip


def aligned(match: re.Match[str], payload: dict) -> bool:
    drawn = figure(payload, "alignment")
    z, layout = array(drawn["data"][0]["z"]), drawn["layout"]
    for row, name in zip(z, layout["yaxis"]["ticktext"], strict=True):
        j = int(row.argmax())
        there = match["at"].startswith(layout["xaxis"]["ticktext"][j].rstrip("…"))
        half = int(np.searchsorted(np.cumsum(np.sort(row)[::-1]), 0.5) + 1)
        if (match["said"].startswith(name.rstrip("…")) and there and near(match["a"], row[j], 0)
                and match["nth"] in (FIRST[min(j, 7)], f"{j + 1}th")
                and match["half"] in (None, str(half))):  # fmt: skip
            return True
    return False


def held(match: re.Match[str], payload: dict) -> bool:
    moved = {row[0]: float(row[2]) for row in rows(holding(payload, match[0])[0])}
    largest, smallest = max(moved.values()), min(moved.values())
    return moved[match["most"]] == largest == float(match["far"]) and (
        match["least"] is None or len(moved) > 7 or moved[match["least"]] == smallest
    )  # fmt: skip


def gap(match: re.Match[str], payload: dict) -> bool:
    data = payload["frames"][0]["panels"]["curves"]["data"]
    answers, symbols = array(data["0"]["y"]), array(data["1"]["y"])
    i = int((symbols - answers).argmax())
    return data["0"]["x"][i] == int(match["epoch"]) and (
        percents(match["a"], symbols[i]) and percents(match["b"], answers[i])
    )  # fmt: skip


def places(match: re.Match[str], payload: dict) -> bool:
    forced, free = (array(line["y"]) for line in figure(payload, "forcing")["data"])
    t = int((free - forced).argmax())
    return int(match["t"]) == t + 1 and percents(match["a"], forced[t]) and (
        percents(match["b"], free[t])
    )  # fmt: skip


def differs(match: re.Match[str], payload: dict) -> bool:
    table = rows(holding({**payload, "frames": []}, "without attention")[0])
    seeing, blind = ([cell.removeprefix("✗ ") for cell in row[1:]] for row in table[:2])
    if match["nth"] is None:
        return seeing == blind
    t = next(i for i, (a, b) in enumerate(zip(seeing, blind, strict=True)) if a != b)
    return match["nth"] in (FIRST[min(t, 7)], f"{t + 1}th")


def tree(match: re.Match[str], payload: dict) -> bool:
    dots = figure(payload, "tree")["data"][3]
    if match["n"]:
        return int(match["n"]) == len(dots["x"])
    best = [re.sub("</?b>", "", name) for name in dots["text"] if name.startswith("<b>")]
    greedy = [*re.findall(r"\S+", match["said"]), "⟨end⟩"]
    t = next((i for i, (a, b) in enumerate(zip(best, greedy, strict=False)) if a != b),
             min(len(best), len(greedy)))  # fmt: skip
    return match["nth"] in (FIRST[min(t, 7)], f"{t + 1}th")


def bridge(match: re.Match[str], payload: dict) -> bool:
    bars = [array(one["y"]) for one in figure(payload, "roads")["data"] if one["type"] == "bar"]
    here, over = bars[0][-1], value(match["over"])
    told = near(match["here"], here) and percents(match["part"], over / here)
    if match["name"]:
        j = int(bars[2].argmax())
        return told and near(match["straight"], bars[2][j]) and near(match["through"], bars[1][j])
    far = bars[1][0] / bars[1][-1]
    return told and near(match["over"], bars[1][-1]) and percents(match["far"], far)


# ---- See ----


def probabilities(payload: dict) -> np.ndarray:
    """(T, C)"""
    return array(figure(payload, "answers")["data"][0]["z"]).T


def least_sure_word(match: re.Match[str], payload: dict) -> bool:
    p, names = probabilities(payload), figure(payload, "answers")["layout"]["yaxis"]["ticktext"]
    t = int(p.max(axis=1).argmin())
    best, other = np.argsort(-p[t], kind="stable")[:2]
    return near(match["p"], p[t, best], 0) and near(match["q"], p[t, other], 0) and (
        (names[best], names[other]) == (match["name"], match["other"])
    )  # fmt: skip


def values(content: list) -> dict[tuple[int, int], float]:
    """{(row, column): how much the pixel speaks for it}, of those that are lit."""
    told = r"row (\d+), column (\d+): ([-+][\d.]+) of the largest"
    found = (re.fullmatch(told, str(node[1].get("title"))) for node in everywhere(content))
    return {(int(one[1]), int(one[2])): float(one[3]) for one in found if one}


def leans(match: re.Match[str], payload: dict) -> bool:
    def holds(content: list) -> bool:
        spoken = values(content)
        most = spoken[int(match["row"]), int(match["column"])]
        return most == max(spoken.values())

    found = holding(payload, match[0])
    return bool(found) and all(map(holds, found))


def lit(content: list) -> np.ndarray:
    cells = [node for node in everywhere(content)
             if str(node[1].get("class", "")).startswith("pixel ")
             or node[1].get("class") == "pixel"]  # fmt: skip
    side = int(len(cells) ** 0.5)
    return array(["lit" in cell[1]["class"].split() for cell in cells]).reshape(side, side)


def kind_of_picture(match: re.Match[str], payload: dict) -> bool:
    seen = captions.seen_in(lit(holding(payload, match[0])[0]))
    if match[0].startswith("Not only"):
        return seen is None
    if match[0].startswith("Nothing"):
        becomes = "becomes h₀" in texts(payload["frames"][0]["panels"]["heading"])
        return seen is not None and not seen and becomes == ("tanh" in match[0])
    if match["n"]:
        return seen is not None and len(seen) == int(match["n"]) > 2
    pair = seen is not None and len(seen) == 2 and captions.is_held_out(seen)
    if match["one"]:
        return pair and seen[0][0] == match["one"] and seen[1][0] == match["two"]
    return bool(seen) and not pair


def stays(match: re.Match[str], payload: dict) -> bool:
    said = probabilities(payload).argmax(axis=1)
    other = np.flatnonzero(said != said[-1])
    knows = int(other[-1]) + 2 if len(other) else 1
    if int(match["answer"]) != said[-1]:
        return False
    return match["row"] is None or int(match["row"]) == knows


def is_sure(match: re.Match[str], payload: dict) -> bool:
    p = probabilities(payload)[:, int(match["answer"])]
    if match["row"] is None:
        return bool((p < 0.5005).all()) and near(match["p"], p[-1], 0)
    row = int(match["row"]) - 1
    return bool((p[row:] >= 0.4995).all() and (row == 0 or p[row - 1] < 0.5005)) and (
        near(match["there"], p[row], 0) and near(match["end"], p[-1], 0)
    )  # fmt: skip


def told(match: re.Match[str], payload: dict) -> bool:
    one, both = (array(line["y"]) for line in figure(payload, "curves")["data"][:2])
    t = int(match["t"]) - 2
    panel = payload["frames"][t + 1]["panels"]["picture"]
    marks = {row[0]: row[2] for row in rows(panel) if len(row) == 3}
    return near(match["both"], both[t], 0) and near(match["one"], one[t], 0) and (
        ("hidden" in texts(panel)) == (match["seen"] == "hidden")
        and f"it went {match['way']}" in texts(panel).replace("stood still", "went still")
        and (marks["one direction"], marks["both directions"]) == ("✗", "✓")
    )  # fmt: skip


def none_told(match: re.Match[str], payload: dict) -> bool:
    tables = [{row[0]: row[2] for row in rows(frame["panels"]["picture"]) if len(row) == 3}
              for frame in payload["frames"][1:]]  # fmt: skip
    right = {name: [table[f"{name} direction{'s' * (name == 'both')}"] == "✓" for table in tables]
             for name in ("one", "both")}  # fmt: skip
    gained = [b and not a for a, b in zip(right["one"], right["both"], strict=True)]
    return not any(gained) and (sum(right["one"]), sum(right["both"]), len(tables)) == (
        int(match["one"]), int(match["both"]), int(match["n"])
    )  # fmt: skip


def fades(match: re.Match[str], payload: dict) -> bool:
    y = array(figure(payload, "roads")["data"][0]["y"])
    here = y[np.flatnonzero(y)[-1]]
    there = y[0]
    if "h₀" in match[0]:
        last = rows(payload["frames"][-1]["panels"]["here"])
        there = value(last[-1][1])
    return near(match["here"], here) and near(match["there"], there) and (
        percents(match["part"], there / here)
    )  # fmt: skip


def two_roads(match: re.Match[str], payload: dict) -> bool:
    forth, back = (array(one["y"]) for one in figure(payload, "roads")["data"][:2])
    return near(match["first"], forth[0]) and near(match["last"], back[-1])


def one_bar(match: re.Match[str], payload: dict) -> bool:
    return np.count_nonzero(figure(payload, "roads")["data"][0]["y"]) == 1


def ahead(match: re.Match[str], payload: dict) -> bool:
    last = {line["name"]: line["y"][-1] for line in figure(payload, "right")["data"]}
    most, least = max(last.values()), min(last.values())
    return (last[match["best"]], last[match["worst"]]) == (most, least) and (
        percents(match["a"], most) and percents(match["b"], least)
    )  # fmt: skip


SHARE = r"(?:<\s*)?[\d.]+\s%"
CLAIMS = [
    (r"the least sure output: “(?P<name>.+)”, P = (?P<p>[\d.]+)\. What was read came over in s₀, "
     r"(?P<n>\d+) numbers(?:, and by attention)?\.", least_sure),
    (r"the bars: each output is sure, P is 0\.99 or more\. What was read came over in s₀, "
     r"(?P<n>\d+) numbers(?:, and by attention)?\.(?P<p>)?(?P<name>)?",
     lambda m, p: array(figure(p, "states")["data"][3]["y"]).min() >= 0.9945),
    (r"the cross: the (?P<nth>\w+) \w+ is the first wrong one, “(?P<said>.+)” instead of", crossed),
    (r"the end that does not come: after (?P<n>\d+) \w+ without an end mark it was stopped\.",
     lambda m, p: int(m["n"]) == len(answered(p)) and "⟨end⟩" not in answered(p)),
    (r"the framed row: to say “(?P<said>.+)” it looks at “(?P<at>.+)”, the (?P<nth>\w+), "
     r"α = (?P<a>[\d.]*\d)(?:; half of it goes to (?P<half>\d+) \w+)?\.", aligned),
    (r"the rows: one comes with each output, and adds up to 1\.",
     lambda m, p: np.allclose(array(figure(p, "alignment")["data"][0]["z"]).sum(1), 1, atol=0.02)),
    (r"what s₀ holds of each: without “(?P<most>.+?)” it would be (?P<far>[\d.]+) away"
     r"(?:, without “(?P<least>.+)” [\d.]+)?\.", held),
    (rf"the gap: at epoch (?P<epoch>\d+), (?P<a>{SHARE}) of the symbols are right, but only "
     rf"(?P<b>{SHARE}) of the answers", gap),
    (rf"the distance of the lines, largest at \w+ (?P<t>\d+): (?P<a>{SHARE}) wrong when it is "
     rf"given the true ones before, (?P<b>{SHARE}) on its own\.", places),
    (r"(?:the same answer: the bottleneck held this one|the first \w+ that differs, the "
     r"(?P<nth>\w+))\. Of \d+ unseen ones", differs),
    (r"the thick path: (?:of (?P<n>\d+) symbols looked at, greedy would have taken the same ones|"
     r"greedy says “(?P<said>.+)”; they part at the (?P<nth>\w+) \w+)", tree),
    (rf"the bridge: of (?P<here>{NUMBER}) at s[₀-₉]+, (?P<over>{NUMBER}) goes over "
     rf"\((?P<part>{SHARE})\)(?:; at the first input (?P<far>{SHARE}) of that is left|\. By the "
     rf"second road most goes straight to “(?P<name>.+)”: (?P<straight>{NUMBER}), beside "
     rf"(?P<through>{NUMBER}) that comes there through time)\.", bridge),
    (r"the least sure word: “(?P<name>.+)”, P = (?P<p>[\d.]+); next comes “(?P<other>.+)”, "
     r"P = (?P<q>[\d.]+)\.", least_sure_word),
    (r"Orange speaks for “.+”, blue against: most of all row (?P<row>\d+), column "
     rf"(?P<column>\d+) \({NUMBER} nats\)\.", leans),
    (r"(?:Not only whole shapes|Nothing is lit: h₀ = tanh|Nothing is lit, and it captions|"
     r"(?P<n>\d+) shapes: in training|(?P<one>\w+) "
     r"before (?P<two>\w+): never|This picture was )", kind_of_picture),
    (r"It never says the end mark: cut after (?P<n>\d+) words\.",
     lambda m, p: len(p["frames"]) == int(m["n"])),
    (r"(?:From row (?P<row>\d+) on its answer stays|Nothing is lit, and it answers all the same:|"
     r"It changes its mind up to the last row, then says) (?P<answer>\d)\.", stays),
    (r"when it is sure: (?:never, )?P\((?P<answer>\d)\) is (?:(?P<p>[\d.]+) at the end|above one "
     r"half from row (?P<row>\d+) on, (?P<there>[\d.]+) there and (?P<end>[\d.]+) at the end)\.",
     is_sure),
    (r"frame (?P<t>\d+): the dot is (?P<seen>\w+), and it went (?P<way>\w+)\. Both directions "
     r"know, P = (?P<both>[\d.]+); one direction does not yet, (?P<one>[\d.]+)\.", told),
    (r"there is none here\. Right of (?P<n>\d+): one (?P<one>\d+), both (?P<both>\d+)\.",
     none_told),
    (rf"the bars: (?P<here>{NUMBER}) where it enters, at “.+”; (?P<there>{NUMBER}) is (?:left at "
     rf"the first step|handed to h₀, the picture) \((?P<part>{SHARE})\)\.", fades),
    (rf"the two roads: of the loss at “.+” (?P<first>{NUMBER}) comes to the first frame, "
     rf"(?P<last>{NUMBER}) to the last\.", two_roads),
    (r"the one bar: no state is handed on", one_bar),
    (rf"by now “(?P<best>.+)” has (?P<a>{SHARE}), “(?P<worst>.+)” (?P<b>{SHARE})\.", ahead),
]  # fmt: skip
