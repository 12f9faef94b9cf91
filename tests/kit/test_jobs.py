"""Work with a bar: a page waits for it, and never for what is done."""

from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from ui.kit import jobs, settings

    class Shared:
        """Another visitor finishes it while this page is being drawn."""

        looks, share = 0, 1.0

        @property
        def done(self) -> bool:
            self.looks += 1
            return self.looks > 1

        def advance(self, budget_s: float) -> None:
            raise AssertionError("it is done")

    work = settings.kept().setdefault("shared", Shared())
    if work.done:
        st.write("the picture")
    else:
        jobs.wait_for("shared", work, lambda _: "Training …")


def test_what_another_visitor_has_finished_meanwhile_is_shown() -> None:
    app = AppTest.from_function(page).run()
    assert not app.exception
    assert [said.value for said in app.markdown] == ["the picture"]
    assert not app.get("progress")


def working() -> None:
    import streamlit as st

    from ui.kit import jobs
    from ui.kit.bounded import ROOM

    class Mine:
        """Goes on for ever."""

        done, share, n_bytes = False, 0.0, 7

        def advance(self, budget_s: float) -> None:
            """Nothing."""

        def make_room(self) -> None:
            """Nothing."""

    before = ROOM.n_bytes
    jobs.start("mine", Mine)
    jobs.tick("mine")
    st.write(ROOM.n_bytes - before)


def test_what_works_for_a_visitor_counts_in_the_room_for_all() -> None:
    app = AppTest.from_function(working).run()
    assert not app.exception
    assert [said.value for said in app.markdown] == ["`7`"]
