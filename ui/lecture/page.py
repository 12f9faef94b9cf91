"""The Lecture page: all stops in order, one's own score, and where a lecturer brings an own one."""

from __future__ import annotations

import streamlit as st

from ui.kit import frame, settings
from ui.kit.player import Node, Panel, Text, node, still
from ui.kit.settings import as_text
from ui.kit.theme import BAD, GOOD
from ui.lecture import going, library, score, sheet, text
from ui.lecture.stops import MOST_BYTES, Chapter, Lecture, Stop
from ui.sequence.text_model import STAYS

N_COLUMNS = 3
COLUMNS = f"repeat({N_COLUMNS}, minmax(0, 1fr))"
FOOT = 12
SEEN = "lecture file seen"
"""Under this key the file that was read last, so that it is read once, and why it was not taken."""
MOST_NAMED = 4
"""Broken stops that are named one by one."""


def show() -> None:
    """Draw the page."""
    lecture = library.lecture()
    with frame.controls():
        _begin(lecture)
        with st.popover(text.OWN):
            _own(lecture)
        st.download_button(text.SHEET, sheet.maker(lecture), "student_sheet.html",
                           on_click="ignore", key="sheet", help=text.SHEET_HELP)  # fmt: skip
    still("stops", *_panels(lecture), columns=COLUMNS, fill=FOOT,
          present=bool(settings.get("present")), on_click=_clicked)  # fmt: skip


def _begin(lecture: Lecture) -> None:
    """The way in: to the first stop, or to where one is."""
    here, first = str(settings.get("stop")), lecture.stops[0].key
    with st.container(key="strip next", width="content"):
        st.button(text.GO_ON.format(stop=here) if here else text.BEGIN, key="begin",
                  type="primary", icon=":material/arrow_forward:", on_click=going.to,
                  args=(here or first,), help=text.BEGIN_HELP)  # fmt: skip
    if here:
        st.button(text.AGAIN, key="from the beginning", type="tertiary",
                  on_click=going.to, args=(first,))  # fmt: skip
    right, answered = score.tally()
    said = text.TALLY["one" if (n := len(lecture.stops)) == 1 else "many"]
    title = as_text(lecture.title)
    st.markdown(said.format(title=title, n=n, right=right, answered=answered), help=text.TALLY_HELP)


def _clicked() -> None:
    """A callback: go to a stop of the list."""
    if key := (settings.reported("stops", "click") or {}).get("go"):
        going.to(str(key))


# ---- the list ----


def _panels(lecture: Lecture) -> list[Panel]:
    """A card for each chapter, from top to bottom in the columns."""
    chapters = list(enumerate(lecture.chapters))
    high = -(-len(chapters) // N_COLUMNS)
    panels: list[Panel] = [Text(f"chapter {i}", _chapter(i, chapter), area=f"column {i // high}",
                                card=True, share=1) for i, chapter in chapters]  # fmt: skip
    if lecture.broken:
        named = [node("p", said) for said in lecture.broken[:MOST_NAMED]]
        if (more := len(lecture.broken) - MOST_NAMED) > 0:
            named.append(node("p", text.MORE.format(n=more)))
        area = f"column {(len(chapters) - 1) // high}"
        panels.append(Text("broken", node("div", node("h3", text.LEFT_OUT), *named), area=area,
                           card=True, share=1))  # fmt: skip
    return panels


def _chapter(i: int, chapter: Chapter) -> Node:
    return node("div", node("h3", text.CHAPTER.format(i=i + 1, title=chapter.title)),
                *(_stop(stop) for stop in chapter.stops), class_="chapter")  # fmt: skip


def _stop(stop: Stop) -> Node:
    """A line of the list: the title, and what became of its question."""
    outcome, mark = score.first(stop.key), node("span", "")
    if stop.question and outcome:
        good = score.right(stop.question, outcome)
        mark = node("span", "✓" if good else "✗", color=GOOD if good else BAD,
                    title=text.MARKS["right" if good else "wrong"])  # fmt: skip
    look = "stop on" if stop.key == settings.get("stop") else "stop"
    return node("button", node("span", stop.key, class_="quiet"), node("span", stop.title), mark,
                class_=look, click={"go": stop.key})  # fmt: skip


# ---- a lecture of one's own ----


def _own(lecture: Lecture) -> None:
    """Where a file is given, and how it is handed on."""
    st.markdown(text.OWN_SAYS)
    st.download_button(text.OURS, library.ours(), "lecture.toml", on_click="ignore",
                       key="our lecture")  # fmt: skip
    file = st.file_uploader(text.YOURS.format(most=MOST_BYTES // 1000), ["toml", "txt"],
                            key="lecture file", max_upload_size=1, help=STAYS)  # fmt: skip
    seen = settings.kept().get(SEEN, ("", ""))
    if file is not None and seen[0] != file.file_id:
        why = ""
        try:
            library.take(file.getvalue())
        except ValueError as error:
            why = text.NOT_TAKEN.format(error=error)
        settings.kept()[SEEN] = file.file_id, why
        st.rerun()
    if file is not None and seen[1]:
        st.error(as_text(seen[1]), icon=":material/info:")
    if settings.get("lecture"):
        _handed_on(lecture)


def _handed_on(lecture: Lecture) -> None:
    """Of an own lecture: what it is, and whether a link takes it along."""
    said = text.GIVEN["file" if settings.get("lecture") == library.FILE else "link"]
    st.markdown(said.format(title=as_text(lecture.title)))
    with st.container(horizontal=True):
        st.download_button(text.ITS_FILE, library.content(), "lecture.toml", on_click="ignore",
                           key="its file")  # fmt: skip
        st.button(text.BACK, key="our own", type="tertiary", on_click=library.forget)
