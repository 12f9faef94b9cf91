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
from ui.sequence import text_model as text
from ui.sequence.own_data import Understood, Words
from ui.sequence.own_table import Table

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
    st.button(text.DATA_OWN, key="own data", icon=":material/upload_file:", on_click=_open)
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


@st.dialog(text.DRAWER, width=720, position="right", on_dismiss=_close)
def _drawer(draft: Draft) -> None:
    st.html("<style>[data-testid=stPopoverBody] { display: none }</style>")  # its button is there
    with error_boundary():
        way = st.segmented_control(text.FROM, [text.LINES, text.TABLE, text.FILE], required=True,
                                   default=text.LINES, key="own way", width="stretch",
                                   label_visibility="collapsed")  # fmt: skip
        try:
            if table := _given(draft, way):
                _understood(draft, table if way == text.TABLE else _columns(table))
        except ValueError as error:
            st.error(text.NOT_TAKEN.format(error=as_text(str(error))), icon=":material/info:")
        st.caption(text.PROMISE)
        _in_use()


def _given(draft: Draft, way: str) -> Table | None:
    """What is given, as cells; made anew only when it changes."""
    source: Any
    if way == text.LINES:
        source = st.text_area(text.LINES_SAY, key="own lines", height=120, persist_state="session",
                              placeholder=text.LINES_EMPTY)  # fmt: skip
    elif way == text.FILE:
        file = st.file_uploader(text.FILE_SAYS, ["csv", "tsv", "txt"], key="own file")
        source = file and file.getvalue()
    elif len(draft.rows) > MOST_EDITED:
        raise ValueError(text.TOO_MANY_TO_EDIT.format(most=MOST_EDITED))
    else:
        columns = dict(zip(COLUMNS, map(list, zip(*draft.rows, strict=True)), strict=True))
        split = st.column_config.SelectboxColumn(options=["train", "test"], default="train")
        edited = st.data_editor(columns, num_rows="dynamic", height=240, key="own table",
                                column_config={"split": split})  # fmt: skip
        source = tuple(zip(*(edited[name] for name in COLUMNS), strict=True))
    if source in (None, ""):
        return None
    if source != draft.source:
        with st.spinner(text.READING), PAGE_LOCK.outside():
            read = own_table.of_rows if way == text.TABLE else own_table.read
            draft.source, draft.table = source, read(source)
    return draft.table


def _columns(table: Table) -> Table:
    """The table with the columns that were chosen in menus, which begin with a guess."""
    names, key = dict(enumerate(table.names())) | {None: text.NO_SPLIT}, f"own {id(table)}"
    chosen = {"header": st.checkbox(text.HEADER, table.header, key=f"{key} header")}
    places = list(range(table.width))
    with st.container(horizontal=True):
        for name, label in text.COLUMNS.items():
            of = [None, *places] if name == "split" else places
            chosen[name] = st.selectbox(label, of, of.index(getattr(table, name)),
                                        names.__getitem__, key=f"{key} {name}")  # fmt: skip
    return replace(table, **chosen)


def _understood(draft: Draft, table: Table) -> None:
    """What came out of it, and the button that uses it."""
    least = st.selectbox(
        text.LEAST, [0, 1, 2, 3, 5, 10], key="own least", help=text.LEAST_HELP,
        format_func=lambda n: f"{n} ×" if n else text.LEAST_USUAL,
    )  # fmt: skip
    work = Words(table, draft.known)
    if not jobs.at_once(work):
        jobs.wait_for("own words", work, lambda _: text.READING_WORDS)
        return
    if draft.columns != (table, least):
        with st.spinner(text.NUMBERING), PAGE_LOCK.outside():
            draft.made = own_data.understand(table, draft.known, least)
            draft.columns = table, least
    made = draft.made
    n = len(made.dataset.train) + len(made.dataset.test)
    if st.button(text.USE.format(n=n), type="primary", key="own use"):
        datasets.take(made.dataset)
        _close()
        st.rerun()
    st.markdown(said(table, made))


def said(table: Table, made: Understood) -> str:
    """What was understood, in a few lines of Markdown."""
    data, rows = made.dataset, text.ROWS["drawn" if made.drawn else "given"]
    lines = [rows.format(n=made.n_read, how=as_text(table.said), train=len(data.train),
                         test=len(data.test)), ""]  # fmt: skip
    lines += [text.LEFT_OUT.format(n=n, reason=as_text(reason), line=line)
              for reason, (n, line) in made.left_out.items()]  # fmt: skip
    if data.left_out:
        lines.append(text.NOT_IN_TRAINING.format(n=data.left_out))
    if made.n_cut:
        lines.append(text.N_CUT.format(n=made.n_cut, most=MAX_WORDS))
    labels = " · ".join(f"{as_text(label)} **{n:,}**" for label, n in made.classes.items())
    words = text.N_WORDS.format(n=len(made.words), longest=made.longest)
    if made.n_rare:
        words += " " + text.N_RARE.format(n=made.n_rare, least=made.least)
    always = text.LABELS.format(labels=labels, always=as_text(made.always()))
    lines += ["", always, "", words, ""]
    texts = zip(data.train.texts[:3], data.train.labels, strict=False)
    return "\n".join([*lines, *(f"- “{as_text(t[:90])}” → {as_text(label)}" for t, label in texts)])


def _in_use() -> None:
    """The own data that is kept: it can be taken along, and forgotten."""
    if (mine := datasets.own()) is None or (data := mine.dataset) is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(text.KEPT.format(data=mine.called))
        st.download_button(
            text.TAKE_ALONG, lambda: own_table.as_csv([COLUMNS, *own_data.rows(data)]),
            "unrolled_data.csv", on_click="ignore", key="own export",
        )  # fmt: skip
        if st.button(text.FORGET, key="own forget"):
            datasets.forget()
            st.rerun()
