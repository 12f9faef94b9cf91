"""English in one place: all that a room says stands in its catalogues, ui/<room>/text*.py.

Everything is read as a syntax tree, nothing is imported. What is English is guessed: a string with
words as sentences and labels have them, or with any word where something is shown. A failure names
file:line and the rule.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from tests.test_architecture import files, name, place, report, tree

NOT_YET = {"read", "step_back", "train"}
"""Rooms most of whose words are still among their code."""
SPARED = {
    "ui/kit/table.py TABLE": "what a box holds at first: the network knows no other words",
    "ui/sequence/box.py EXAMPLES": "the same",
    "ui/translate/translator.py USUAL": "the same",
    "ui/memory/stories.py STORIES": "what an address says",
    "ui/kit/film_file.py SHELL": "a page as HTML",
    "ui/kit/formula.py _Reader": "an error of ours, for the log",
    "ui/kit/numbers.py adding_up": "an error of ours, for the log",
    "ui/kit/source.py excerpt": "an error of ours, for the log",
    "ui/sequence/signals.py value": "an error of ours, for the log",
    "ui/read/waterfall.py shade": "a colour",
    "ui/step_back/figures.py adds": "a typeface",
    "ui/step_back/lines.py update": "lines of the core, to be found there",
}
"""Parts of files with strings that are taken for English, and why they stay."""

MARKUP = re.compile(r"<su[bp]>[^<]*</su[bp]>|<[^<>]*>?|%?\{+[^{}]*\}+")
WORD = re.compile(r"(?<![\w{/.#:-])[A-Za-z][A-Za-z’']+(?![\w(/=-]|\.\w)")
SMALL = {
    "a", "an", "and", "are", "as", "at", "before", "but", "by", "each", "for", "from", "has", "how",
    "if", "in", "is", "it", "its", "no", "not", "of", "or", "so", "than", "that", "the", "this",
    "to", "until", "what", "when", "which", "with", "you", "your",
}  # fmt: skip
MATHS = {"ln", "tanh", "softmax", "argmax"}
UNSHOWN = {"key", "kwargs", "class_", "columns", "area", "group", "textposition", "shortcut"}
"""Arguments that nobody reads."""
MADE = {
    "formula",
    "excerpt",
    "compile",
    "getattr",
    "getLogger",
    "exception",
    "TypeVar",
    "namedtuple",
}
"""Functions whose arguments are none of them shown."""
NAMED = {"Text", "Figure", "Drawing", "picture", "film", "still", "show", "wait_for", "get"}
"""Functions whose first argument is a name of ours."""
SHOWN = {"label", "help", "placeholder", "description", "hint", "say", "text", "hovertemplate"}
"""Arguments that are read, and the keys of a figure's texts."""
FIRST = {
    "button", "caption", "checkbox", "dialog", "download_button", "error", "expander", "File",
    "file_uploader", "info", "look_for", "markdown", "note", "number_input", "popover", "progress",
    "segmented_control", "select_slider", "selectbox", "slider", "spinner", "text_area",
    "text_input", "title", "toggle",
}  # fmt: skip
SETTINGS = {"slider", "segments", "select", "number", "menu", "toggle", "text"}
"""The first argument of these is read; of those of ui/kit/settings.py the second."""
SYMBOLS = {"sub", "sup", "em", "i", "bar"}
"""Elements that hold a letter of a formula, or nothing."""
LONG = 5
"""Words of a sentence that stands in one catalogue only."""


def words(said: str) -> list[str]:
    """The words of a string, without its markup, fields and formulas."""
    return [one for one in WORD.findall(MARKUP.sub(" ", said)) if one not in MATHS]


def is_english(said: str) -> bool:
    """Whether a string is a sentence or a label, wherever it stands."""
    found = words(said)
    if len(found) == 1:
        return bool(re.fullmatch(r"\W*[A-Z][a-z’']{2,}\W*", said))
    begins = re.match(r"\W*[A-Z][a-z’']+ ", said)
    return len(found) > 1 and bool(begins or len(found) > 3 or SMALL & {*map(str.lower, found)})


def string(node: ast.AST) -> str:
    """A string, "" for anything else; what an f-string fills in is a field."""
    if isinstance(node, ast.JoinedStr):
        return "".join(string(part) or "{}" for part in node.values)
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text else ""


def called(call: ast.Call) -> str:
    """The name of a function that is called."""
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def parts(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all in it that somebody may read: no docstrings, keys, names and comparisons."""
    yield node
    if isinstance(node, ast.JoinedStr):
        inside: list[ast.AST] = [one for one in node.values if not string(one)]
    elif isinstance(node, ast.Call):
        inside = [*node.args[called(node) in NAMED :], *node.keywords]
        inside = [] if called(node) in MADE else [node.func, *inside]
    elif isinstance(node, ast.Subscript):
        inside = [node.value]
    else:
        inside = [*ast.iter_child_nodes(node)]
    for one in inside:
        is_docstring = isinstance(one, ast.Expr) and string(one.value)
        is_name = isinstance(one, ast.keyword) and one.arg in UNSHOWN
        if not (is_docstring or is_name or isinstance(one, ast.Compare)):
            yield from parts(one)


def shown(node: ast.AST) -> list[ast.expr]:
    """The strings of a node that stand where every word is read."""
    found: list[ast.expr] = []
    if isinstance(node, ast.Dict):
        found = [
            v for k, v in zip(node.keys, node.values, strict=True) if k and string(k) == "text"
        ]
    elif isinstance(node, ast.Call):
        found = [one.value for one in node.keywords if one.arg in SHOWN]
        if called(node) in SETTINGS and ast.unparse(node.func).startswith("settings."):
            found += node.args[1:2]
        elif called(node) in FIRST:
            found += node.args[:1]
        elif called(node) == "node" and string(node.args[0]) not in SYMBOLS:
            found += node.args[1:]
    return [leaf for one in found for leaf in leaves(one)]


def leaves(node: ast.expr) -> list[ast.expr]:
    """What an expression may come to."""
    if isinstance(node, ast.IfExp):
        return leaves(node.body) + leaves(node.orelse)
    if isinstance(node, ast.BinOp):
        return leaves(node.left) + leaves(node.right)
    return [node]


def english(module: ast.AST) -> dict[str, int]:
    """The English of a file or of a part of it, each with its line."""
    found: dict[str, int] = {}
    for node in parts(module):
        if is_english(said := string(node)):
            found[said] = node.lineno
        found |= {string(one): one.lineno for one in shown(node) if words(string(one))}
    return found


def in_parts(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    """What a file consists of, by name: "ui/kit/table.py TABLE"."""
    for node in tree(path).body:
        if not (isinstance(node, ast.Expr) and string(node.value)):
            defined = getattr(node, "targets", [getattr(node, "target", node)])
            names = [getattr(one, "name", getattr(one, "id", "")) for one in defined]
            yield f"{place(path, 0).partition(':')[0]} {' '.join(names)}", node


def is_catalogue(path: Path) -> bool:
    return bool(re.fullmatch(r"text(_\w+)?", path.stem))


def catalogues() -> list[Path]:
    return [path for path in files("ui/**/text*.py") if is_catalogue(path)]


# ---- outside of the catalogues ----


def test_what_is_read_stands_in_a_catalogue() -> None:
    report(
        [
            f"{place(path, line)}: “{said[:60]}” belongs into a catalogue, text.py"
            for path in files("ui/**/*.py")
            if not is_catalogue(path)
            for part, node in in_parts(path)
            if part not in SPARED and not part.endswith(" __all__")
            for said, line in english(node).items()
        ]
    )  # fmt: skip


@pytest.mark.parametrize("part", SPARED)
def test_what_is_spared_would_be_found(part: str) -> None:
    assert english(dict(in_parts(files(part.split()[0])[0]))[part])


CODE = {
    'raise ValueError("There is no word here")': ["There is no word here"],
    'said = f"word {t + 1} of {n}"': ["word {} of {}"],
    'NAMES = {"a": "Vanilla", "b": "on the way", "In it": c}': ["In it", "Vanilla", "on the way"],
    'st.button("train" if new else f"{n} more", key="by the way")': ["train", "{} more"],
    'settings.slider("units", "units", help="so many")': ["units", "so many"],
    'node("p", "loss", node("sub", "xh"), class_="quiet small")': ["loss"],
    'Text("the look", node("h3", text.TITLE)); patches["the look"]': [],
    'x = {"all": formula("h_t = tanh(W_xh x_t + b_h)"), "go": "minmax(0, 1fr) 1fr"}': [],
    '"""What it knows."""\nx = "step_back"\n"""What it is."""\nx == "by hand" or f("<b>h</b>")': [],
}


@pytest.mark.parametrize("code", CODE)
def test_english_is_told_from_names_and_formulas(code: str) -> None:
    assert sorted(english(ast.parse(code))) == sorted(CODE[code])


# ---- the catalogues ----

Texts = dict[str, str]
"""The texts of a constant by their keys; "" is the key of a single one."""


def texts(value: ast.expr) -> Texts:
    """Read a constant: a text, several by their keys; of one that is a tuple all of it."""
    named = {"": value}
    if isinstance(value, ast.Dict):
        named = {ast.unparse(key): one for key, one in zip(value.keys, value.values, strict=True)}
    return {key: " ".join(map(string, getattr(one, "elts", [one]))) for key, one in named.items()}


def constants(module: ast.Module) -> dict[str, Texts]:
    """What a catalogue holds, by name."""
    found = {}
    for node in module.body:
        if isinstance(node, ast.Assign):
            names = getattr(node.targets[0], "elts", node.targets)
            several = len(names) > 1 and isinstance(node.value, ast.Tuple)
            values = node.value.elts if several else [node.value]
            for one, value in zip(names, values, strict=True):
                found[ast.unparse(one)] = texts(value)
    return found


HELD = {f"{name(path)}.{one}": said for path in catalogues()
        for one, said in constants(tree(path)).items()}  # fmt: skip
"""All constants of all catalogues: "ui.kit.text.APP"."""


def known(module: ast.Module) -> dict[str, str]:
    """How a file calls catalogues and their constants: {"text": "ui.kit.text"}."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(module) if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }  # fmt: skip


def constant(node: ast.AST, names: dict[str, str]) -> str:
    """The full name of the constant that a node is, or ""."""
    of, own = (node.value, f".{node.attr}") if isinstance(node, ast.Attribute) else (node, "")
    full = names.get(getattr(of, "id", ""), "") + own
    return full if full in HELD else ""


def templates(node: ast.AST, names: dict[str, str]) -> list[str]:
    """The texts that an expression may come to; nothing where the tree does not show it."""
    if isinstance(node, ast.IfExp):
        return templates(node.body, names) + templates(node.orelse, names)
    if isinstance(node, ast.Subscript) and (full := constant(node.value, names)):
        keys = [key for leaf in leaves(node.slice) if (key := ast.unparse(leaf)) in HELD[full]]
        return [HELD[full][key] for key in keys] or [*HELD[full].values()]
    return [*HELD.get(constant(node, names), {}).values()]


def fields(template: str) -> set[str]:
    """The names that a template asks for."""
    return {field for _, field, _, _ in Formatter().parse(template) if field}


def wrongly_filled(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Where a template lacks a field, or is given one that it does not have: (line, which)."""
    names = known(module)
    for call in ast.walk(module):
        if not isinstance(call, ast.Call) or any(one.arg is None for one in call.keywords):
            continue
        is_format = called(call) == "format" and isinstance(call.func, ast.Attribute)
        template = call.func.value if is_format else call.args[0] if call.args else call
        is_filled = is_format or names.get(called(call)) == "ui.kit.sentence.sentence"
        if is_filled and (said := templates(template, names)):
            given, asked = {str(one.arg) for one in call.keywords}, [*map(fields, said)]
            yield from ((call.lineno, f"{one} is not given") for one in set().union(*asked) - given)
            yield from ((call.lineno, f"there is no {one}") for one in given - set().union(*asked))


def test_a_catalogue_holds_nothing_but_text() -> None:
    for path in catalogues():
        module = tree(path)
        wrong = [
            f"{place(path, node.lineno)}: a catalogue holds names in capitals, each with its text"
            for node in module.body
            if not (isinstance(node, ast.Expr) and string(node.value))
            and not (isinstance(node, ast.Assign) and all(map(str.isupper, constants(
                ast.Module([node], []))))
                and all(all(said.values()) for said in constants(ast.Module([node], [])).values()))
        ]  # fmt: skip
        report(wrong)


def test_every_text_is_used() -> None:
    used = {
        constant(node, names)
        for path in files("ui/**/*.py")
        if (names := known(tree(path)))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute | ast.Name)
    }
    report([f"{one} is used nowhere" for one in HELD if one not in used])


def test_templates_are_filled_by_their_callers() -> None:
    report([f"{place(path, line)}: {what}" for path in files("ui/**/*.py")
            for line, what in wrongly_filled(tree(path))])  # fmt: skip


def test_a_sentence_stands_once() -> None:
    where = defaultdict(list)
    for one, said in HELD.items():
        for sentence in said.values():
            if len(words(sentence)) >= LONG:
                where[sentence].append(one)
    report([f"“{said}” stands in {' and '.join(found)}"
            for said, found in where.items() if len(found) > 1])  # fmt: skip


FILLED = {
    "text.PAGE_OF_APP.format(name=1)": 0,
    "text.PAGE_OF_APP.format()": 1,
    "text.PAGE_OF_APP.format(name=1, page=2)": 1,
    'text.NO_CONTROL["lock" if a else b].format()': 1,
    "sentence(text.PAGE_OF_APP, name=[])": 0,
    "sentence(text.PAGE_OF_APP)": 1,
    "other.PAGE_OF_APP.format()": 0,
}


@pytest.mark.parametrize("code", FILLED)
def test_a_field_that_is_not_filled_is_found(code: str) -> None:
    head = "from ui.kit import text\nfrom ui.kit.sentence import sentence\n"
    assert len([*wrongly_filled(ast.parse(head + code))]) == FILLED[code]
