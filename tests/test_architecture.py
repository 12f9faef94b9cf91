"""The house rules, held by machine: who may import whom, one owner of the state, ceilings.

Everything is read as a syntax tree, nothing is imported. A failure names file:line and the rule.
"""

import ast
import functools
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# room: what it may import beside the standard library. The longest room that fits a file counts.
PAGES = ("start", "read", "step_back", "train", "write", "translate", "see", "memory", "check",
         "lecture")  # fmt: skip
LIBRARIES = {"numpy", "plotly", "rnn_core", "streamlit"}
ARROWS = {
    "app": {"ui.kit", "ui.lecture.strip", "ui.start"},
    "pages": {"ui.kit"},
    **{f"pages.{page}": {"ui.kit", "ui.lecture.strip", f"ui.{page}"} for page in PAGES[1:]},
    **{
        f"pages.{page}": {"ui.kit", "ui.lecture.strip", f"ui.{page}", "ui.translate", "ui.see"}
        for page in ("read", "step_back", "train")
    },  # each wiring has a view of its own there
    "ui": set(),
    "ui.kit": LIBRARIES | {"ui.kit"},
    "ui.kit.page_lock": set(),
    "ui.kit.scheduler": {"ui.kit.page_lock"},
    "ui.kit.numbers": {"ui.kit.text"},
    "ui.kit.theme": {"plotly", "ui.kit.text"},
    "ui.kit.share": LIBRARIES | {"segno", "ui.kit"},
    "ui.kit.player": {"plotly", "streamlit", "ui.kit.text", "ui.kit.theme"},  # arrays only
    "ui.sequence": LIBRARIES | {"ui.kit", "ui.sequence"},
    **{f"ui.{page}": LIBRARIES | {"ui.kit", "ui.sequence", f"ui.{page}"} for page in PAGES},
    "rnn_core": {"numpy", "rnn_core"},
    "rnn_core.checkpoint": {"numpy", "rnn_core", "safetensors"},
}
FILE_CEILING, FUNCTION_CEILING = 300, 50
# Lines of code (no docstrings, comments or blank lines) of all files together.
READING_CORE = ("cells/*", "layer", "network", "attention", "traces", "parameters", "recorder",
                "recording", "optimizers", "gradcheck")  # fmt: skip
# The plan asked for 2,600 and 10,000: tokens, checkpoints and calibration came to the one; the
# unrolled network, one screen, the way back line by line and own data to the other. Then attention,
# decoding, texts, the tasks of the other wirings, export, the twin of a training and the command
# line made the core larger; Write, Translate, See, answers at each step, what can be taken along,
# the lecture, weights by hand and locks the pages; an encoder in both directions the core, every
# wiring on Read, Step back and Train and the catalogues of English the pages. From here on both
# only shrink.
CORE_BUDGET = {READING_CORE: 1091, ("**/*",): 4920}
UI_BUDGET = 27_100  # lines of Python, all of them
PLAYER_BUDGET = 600  # of JavaScript
ROOMS = 18
ABOVE_THE_READING_CORE = {"rnn_core.buffers", "rnn_core.checkpoint", "rnn_core.datasets",
                          "rnn_core.decoding", "rnn_core.experiments", "rnn_core.export",
                          "rnn_core.history", "rnn_core.hyperparameters", "rnn_core.language",
                          "rnn_core.listing", "rnn_core.twin", "rnn_core.__main__",
                          "rnn_core.texts", "rnn_core.training", "rnn_core.wirings"}  # fmt: skip
OWNERS = {"session_state": "ui/kit/settings.py", "query_params": "ui/kit/address.py"}
SCRIPT_SINK = re.compile(r"\binnerHTML\s*\+?=(?!=)|\binsertAdjacentHTML\b|\bouterHTML\b")


def files(pattern: str) -> list[Path]:
    """List the files of a room. An empty room is an error: a rule about nothing always holds."""
    found = sorted(ROOT.glob(pattern))
    assert found, f"no file matches {pattern}: the rules would hold for nothing"
    return found


def house() -> list[Path]:
    """List the app's own Python files, all rooms."""
    return [
        path
        for pattern in ("app.py", "pages/**/*.py", "ui/**/*.py", "rnn_core/**/*.py")
        for path in files(pattern)
    ]


def name(path: Path) -> str:
    """Return a file's dotted module name: ui/figures/heat.py is ui.figures.heat."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def within(module: str, room: str) -> bool:
    """Say whether `module` is `room` or lies inside it."""
    return f"{module}.".startswith(f"{room}.")


def room_of(path: Path, rooms: dict) -> str:
    """Return the longest room that holds the file."""
    return max((room for room in rooms if within(name(path), room)), key=len)


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


def report(problems: list[str]) -> None:
    assert not problems, "\n".join(["", *problems])


def imports(path: Path) -> Iterator[tuple[int, str, list[str]]]:
    """Yield (line, what is imported, every name under which it may be allowed)."""
    package = name(path).split(".")
    if path.stem != "__init__":
        package = package[:-1]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, [alias.name]
        elif isinstance(node, ast.ImportFrom):
            up = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*up, *filter(None, [node.module])])
            for alias in node.names:
                full = f"{source}.{alias.name}"
                yield node.lineno, full, [source, full]


def test_imports_follow_the_arrows() -> None:
    problems = []
    for path in house():
        room = room_of(path, ARROWS)
        allowed = ARROWS[room] | sys.stdlib_module_names
        for line, target, names in imports(path):
            if not any(within(n, a) for n in names for a in allowed):
                rule = f"{room} imports only {', '.join(sorted(ARROWS[room]))}"
                problems.append(f"{place(path, line)}: {target} is not allowed, {rule}")
    report(problems)


@pytest.mark.parametrize("entry", ["app", "pages"])
def test_nothing_imports_a_page(entry: str) -> None:
    report(
        [
            f"{place(path, line)}: imports {target}, but pages are scripts and export nothing"
            for path in [*house(), *files("tests/**/*.py"), *ROOT.glob("benchmarks/**/*.py")]
            for line, target, names in imports(path)
            if any(within(n, entry) for n in names)
        ]
    )


@pytest.mark.parametrize(("what", "owner"), OWNERS.items())
def test_session_state_and_address_have_one_owner_each(what: str, owner: str) -> None:
    report(
        [
            f"{place(path, node.lineno)}: {what} is touched in {owner} only"
            for path in house()
            if path != ROOT / owner
            for node in ast.walk(tree(path))
            if what in [getattr(node, field, 0) for field in ("attr", "value", "name")]
        ]
    )


def test_no_unsafe_html() -> None:
    report(
        [
            f"{place(path, node.lineno)}: unsafe_allow_html runs scripts; user text is data"
            for path in house()
            for node in ast.walk(tree(path))
            if "unsafe_allow_html" in (getattr(node, "arg", 0), getattr(node, "value", 0))
        ]
    )


def test_scripts_write_text_not_html() -> None:
    report(
        [
            f"{place(path, number)}: {found[0].strip()} parses HTML; use textContent"
            for path in files("ui/**/*.js")
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            if (found := SCRIPT_SINK.search(line))
        ]
    )


def n_lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_stay_below_their_ceiling() -> None:
    report(
        [
            f"{place(path, n_lines(path))}: the ceiling is {FILE_CEILING} lines"
            for path in house()
            if n_lines(path) > FILE_CEILING
        ]
    )


def test_the_app_can_be_read_in_a_day() -> None:
    total = sum(n_lines(path) for path in files("ui/**/*.py"))
    assert total <= UI_BUDGET, f"{total} lines in ui"
    assert n_lines(ROOT / "ui/kit/player.js") <= PLAYER_BUDGET
    rooms = {path.parent for path in house()}
    assert len(rooms) <= ROOMS, f"{len(rooms)} rooms: {sorted(map(str, rooms))}"


def test_a_page_is_a_folder_a_script_and_a_line() -> None:
    folders = {path.parent.name for path in files("ui/*/page.py")}
    scripts = {path.stem for path in files("pages/*.py")}
    assert folders == set(PAGES) == scripts | {"start"}
    long = [place(path, n_lines(path)) for path in [ROOT / "app.py", *files("pages/*.py")]
            if n_lines(path) > 12]  # fmt: skip
    report([f"{where}: a script draws nothing itself" for where in long])


def lines_of_code(path: Path) -> int:
    """Count the lines that hold code: no docstring, no comment alone, no blank line."""
    text = path.read_text(encoding="utf-8")
    docstrings = {
        line
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for line in range(node.lineno, node.end_lineno + 1)
    }
    kept = (line.strip() for i, line in enumerate(text.splitlines(), 1) if i not in docstrings)
    return sum(bool(line) and not line.startswith("#") for line in kept)


@pytest.mark.parametrize("patterns", CORE_BUDGET)
def test_the_core_can_be_read_in_one_sitting(patterns: tuple[str, ...]) -> None:
    paths = [path for pattern in patterns for path in files(f"rnn_core/{pattern}.py")]
    total = sum(lines_of_code(path) for path in paths)
    assert total <= CORE_BUDGET[patterns], f"{total} lines of code in {', '.join(patterns)}"


def arrows(pattern: str, front_doors: set[str]) -> dict[str, set[str]]:
    """Which module imports which, among those of a pattern. front_doors : left out."""
    paths = {name(path): path for path in files(pattern)}
    return {
        module: {known for _, _, names in imports(path) for known in names if known in paths}
        - {module, *front_doors}
        for module, path in paths.items()
        if module not in front_doors
    }


@pytest.mark.parametrize(
    ("pattern", "front_door"), [("rnn_core/**/*.py", "rnn_core"), ("ui/**/*.py", "ui")]
)
def test_there_is_no_circle(pattern: str, front_door: str) -> None:
    left = arrows(pattern, {front_door})
    while free := [module for module, known in left.items() if not known & set(left)]:
        for module in free:
            del left[module]
    report([f"{module} is in a circle with {known & set(left)}" for module, known in left.items()])


def test_the_reading_core_knows_nothing_above_it() -> None:
    known = arrows("rnn_core/**/*.py", {"rnn_core"})
    reading = {name(path) for p in READING_CORE for path in files(f"rnn_core/{p}.py")}
    report([f"{module} imports {other}" for module in reading for other in known.get(module, ())
            if any(within(other, above) for above in ABOVE_THE_READING_CORE)])  # fmt: skip


def test_figures_see_arrays_only() -> None:
    """A file that draws with Plotly knows no screen; the player is the screen."""
    problems = []
    for path in files("ui/**/*.py"):
        drawn = {target.split(".")[0] for _, target, _ in imports(path)}
        if {"plotly", "streamlit"} <= drawn and path != ROOT / "ui/kit/player.py":
            problems.append(f"{place(path, 1)}: draws figures and widgets in one file")
    report(problems)


def test_functions_stay_below_their_ceiling() -> None:
    problems = []
    for path in house():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = node.end_lineno - node.lineno + 1
                if lines > FUNCTION_CEILING:
                    problems.append(
                        f"{place(path, node.lineno)}: {node.name}() has {lines} lines,"
                        f" the ceiling is {FUNCTION_CEILING}"
                    )
    report(problems)


def frame_names(module: ast.Module) -> set[str]:
    """Collect the names by which a file knows ui.kit.frame or something from it."""
    known = set()
    for node in module.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            source = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            for alias in node.names:
                if within(source + alias.name, "ui.kit.frame"):
                    known.add(alias.asname or alias.name)
    return known


def first_call(module: ast.Module) -> str:
    """Return the dotted name of what the first statement that does anything calls, or ''."""
    for node in module.body:
        if isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef):
            continue  # a function is only defined here, it runs later
        if isinstance(node, ast.Assign) and not isinstance(node.value, ast.Call):
            continue  # a constant
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # the docstring
        call = node.items[0].context_expr if isinstance(node, ast.With) else node
        call = getattr(call, "value", call)
        return ast.unparse(call.func) if isinstance(call, ast.Call) else ""
    return ""


def test_every_page_begins_with_the_frame() -> None:
    report(
        [
            f"{place(path, 1)}: the first statement that does anything must call frame's set-up"
            " (a helper that is no page does not belong into pages/)"
            for path in [*files("app.py"), *files("pages/*.py")]
            if not any(within(first_call(tree(path)), known) for known in frame_names(tree(path)))
        ]
    )
