"""How far back does it remember?: the profile of blame, whether it learns, and the loss cliff."""

import streamlit as st

from ui import frame, state
from ui.controls import cliff as cliff_controls
from ui.controls import memory as memory_controls
from ui.lenses import cliff, memory, trials
from ui.plot.plot import film, still
from ui.scheduler import PROCESS
from ui.state import films
from ui.state import laboratory as state_lab
from ui.state import memory as state_memory

TABS = ["The laboratory", "The cliff in the loss"]


def laboratory() -> None:
    """Stories, dials, a look at the networks, and trials that a timer goes on with."""
    memory_controls.stories()
    with st.container(key="bench"):
        left, right = st.columns([1, 3.4], gap="medium")
    with left:
        setup = memory_controls.dials()
    experiment = state_lab.experiment(setup)
    with right:
        drawn, trained = memory_controls.transport(experiment)
        state.show_notes()
        looked_at = len(experiment.trained)
        still("lab", *memory.panels(experiment, trained, state_lab.before(setup)),
              columns=memory.COLUMNS)  # fmt: skip

        def bench() -> None:
            """One tick: a slice of training, and the curves as they are now."""
            if state_lab.tick(experiment, drawn, looked_at if trained else None):
                st.rerun()
            film("trials", trials.panels(setup), [trials.now(experiment)], transport=False,
                 on_away=films.away(state_lab.stop) if drawn else None)  # fmt: skip

        every = PROCESS.interval_s if drawn else None
        frame.fragment(bench, run_every=every, publishes=False)()


def the_cliff() -> None:
    """Two weights, one wall, two walks."""
    start, lr, clip_at = cliff_controls.knobs()
    state.show_notes()
    panels, frames = cliff.film(start, lr, clip_at)
    film(
        "cliff", panels, frames, step=len(frames) - 1, identity=f"cliff {start} {lr} {clip_at}",
        columns=cliff.COLUMNS, pace_ms=120, keys="focus",
        on_click=state_memory.map_clicked("cliff", "cliff", cliff_controls.PLACES),
    )  # fmt: skip


with frame.page("memory"):
    state.choice_from_link("m_tab", TABS)
    tabs = st.tabs(TABS, key="m_tab", on_change="rerun", bind="query-params")
    if tabs[0].open:
        with tabs[0]:
            laboratory()
    if tabs[1].open:
        with tabs[1]:
            frame.fragment(the_cliff)()
