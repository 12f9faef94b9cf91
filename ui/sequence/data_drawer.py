"""Your data: paste lines, edit a table or give a file, see what is understood, then use it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from rnn_core.datasets import COLUMNS, MAX_WORDS
from rnn_core.tokens import Tokens
from ui.kit import jobs, settings
from ui.kit.error_boundary import error_boundary
from ui.kit.page_lock import PAGE_LOCK
from ui.kit.settings import as_text
from ui.sequence import datasets, own_data, own_table
from ui.sequence.own_data import Understood, Words
from ui.sequence.own_table import Table

PROMISE = (
    "Your data stays in this visit: it is never written to a disk, nobody else sees it, and it is "
    "gone when you close or reload the page. A link holds settings only."
)
LINES, TABLE, FILE = "Pasted lines", "A table", "A file"
MOST_EDITED = 2_500


@dataclass
class Draft:
    """What was given and is not used yet. page : where its drawer is open. rows : what the edited
    table began with. source, table : what was given last, and its cells. columns, made : how they
    were understood last. known : the tokens of texts.
    """

    page: str = ""
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    source: Any = None
    table: Table | None = None
    columns: tuple[Table, int] | None = None
    made: Understood | None = None
    known: dict[str, Tokens] = field(default_factory=dict)


def show() -> None:
    """The button, and the drawer while it is open."""
    st.button("Your own data …", key="own data", icon=":material/upload_file:", on_click=_open)
    draft: Draft = settings.kept().setdefault("draft", Draft())
    if draft.page == settings.owner().page:
        _drawer(draft)
    elif draft.page:
        _close()


def _open() -> None:
    """A callback."""
    settings.kept()["draft"] = Draft(settings.owner().page, own_data.rows(datasets.data()))


def _close() -> None:
    """A callback."""
    settings.kept()["draft"] = Draft()


@st.dialog("Your data", width=720, position="right", on_dismiss=_close)
def _drawer(draft: Draft) -> None:
    st.html("<style>[data-testid=stPopoverBody] { display: none }</style>")  # its button is there
    with error_boundary():
        way = st.segmented_control("From", [LINES, TABLE, FILE], required=True, default=LINES,
                                   key="own way", width="stretch",
                                   label_visibility="collapsed")  # fmt: skip
        try:
            if table := _given(draft, way):
                _understood(draft, table if way == TABLE else _columns(table))
        except ValueError as error:
            st.error(f"{as_text(str(error))}. Nothing has changed.", icon=":material/info:")
        st.caption(PROMISE)
        _in_use()


def _given(draft: Draft, way: str) -> Table | None:
    """What is given, as cells; made anew only when it changes."""
    source: Any
    if way == LINES:
        source = st.text_area(
            "In each line a text, a comma, a semicolon or a tab, and its label", key="own lines",
            height=120, persist_state="session",
            placeholder="this is not bad, positive\nthis is bad, negative",
        )  # fmt: skip
    elif way == FILE:
        file = st.file_uploader("CSV, TSV or TXT, with a text and a label in each row",
                                ["csv", "tsv", "txt"], key="own file")  # fmt: skip
        source = file and file.getvalue()
    elif len(draft.rows) > MOST_EDITED:
        raise ValueError(f"More than {MOST_EDITED:,} rows are too many to edit here")
    else:
        columns = dict(zip(COLUMNS, map(list, zip(*draft.rows, strict=True)), strict=True))
        split = st.column_config.SelectboxColumn(options=["train", "test"], default="train")
        edited = st.data_editor(columns, num_rows="dynamic", height=240, key="own table",
                                column_config={"split": split})  # fmt: skip
        source = tuple(zip(*(edited[name] for name in COLUMNS), strict=True))
    if source in (None, ""):
        return None
    if source != draft.source:
        with st.spinner("Reading …"), PAGE_LOCK.outside():
            read = own_table.of_rows if way == TABLE else own_table.read
            draft.source, draft.table = source, read(source)
    return draft.table


def _columns(table: Table) -> Table:
    """The table with the columns that were chosen in menus, which begin with a guess."""
    names, key = dict(enumerate(table.names())) | {None: "a fifth as test"}, f"own {id(table)}"
    chosen = {"header": st.checkbox("Line 1 names the columns", table.header, key=f"{key} header")}
    places = list(range(table.width))
    with st.container(horizontal=True):
        for name, label, of in (("text", "Text", places), ("label", "Label", places),
                                ("split", "Training or test", [None, *places])):  # fmt: skip
            chosen[name] = st.selectbox(label, of, of.index(getattr(table, name)),
                                        names.__getitem__, key=f"{key} {name}")  # fmt: skip
    return replace(table, **chosen)


def _understood(draft: Draft, table: Table) -> None:
    """What came out of it, and the button that uses it."""
    least = st.selectbox(
        "A word is learned by name if training has it at least", [0, 1, 2, 3, 5, 10],
        format_func=lambda n: f"{n} ×" if n else "as suits", key="own least",
        help="The rarer ones are read as one word, “unknown”: so the network learns what to do "
        "with a word that it has never seen.",
    )  # fmt: skip
    work = Words(table, draft.known)
    if not jobs.at_once(work):
        jobs.wait_for("own words", work, lambda _: "Reading the words …")
        return
    if draft.columns != (table, least):
        with st.spinner("Numbering the words …"), PAGE_LOCK.outside():
            draft.made = own_data.understand(table, draft.known, least)
            draft.columns = table, least
    made = draft.made
    n = len(made.dataset.train) + len(made.dataset.test)
    if st.button(f"Use these {n:,} sentences", type="primary", key="own use"):
        datasets.take(made.dataset)
        _close()
        st.rerun()
    st.markdown(said(table, made))


def said(table: Table, made: Understood) -> str:
    """What was understood, in a few lines of Markdown."""
    data, how = made.dataset, "drawn by label" if made.drawn else "as its column says"
    lines = [f"**{made.n_read:,} rows** read ({as_text(table.said)}): {len(data.train):,} for "
             f"training, {len(data.test):,} for the test, {how}.", ""]  # fmt: skip
    lines += [f"- {n:,} left out: {as_text(reason)} (first in line {line})"
              for reason, (n, line) in made.left_out.items()]  # fmt: skip
    if data.left_out:
        lines.append(f"- {data.left_out:,} left out: no word of the training in a test sentence")
    if made.n_cut:
        lines.append(f"- {made.n_cut:,} of more than {MAX_WORDS} words end there")
    labels = " · ".join(f"{as_text(label)} **{n:,}**" for label, n in made.classes.items())
    words = (
        f"{len(made.words):,} different words in training, at most {made.longest} in a sentence."
    )
    if made.n_rare:
        words += (f" {made.n_rare:,} of them come less than {made.least} times: they are read as "
                  "one word, “unknown”, and so is every word that is new.")  # fmt: skip
    lines += ["", f"Labels: {labels}. {as_text(made.always())}", "", words, ""]
    texts = zip(data.train.texts[:3], data.train.labels, strict=False)
    return "\n".join([*lines, *(f"- “{as_text(t[:90])}” → {as_text(label)}" for t, label in texts)])


def _in_use() -> None:
    """The own data that is kept: it can be taken along, and forgotten."""
    if (mine := datasets.own()) is None or (data := mine.dataset) is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Kept: {mine.called}")
        st.download_button(
            "Take it along", lambda: own_table.as_csv([COLUMNS, *own_data.rows(data)]),
            "unrolled_data.csv", on_click="ignore", key="own export",
        )  # fmt: skip
        if st.button("Forget it", key="own forget"):
            datasets.forget()
            st.rerun()
