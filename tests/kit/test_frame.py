"""The frame round every page: the boundary under it, settled memory, options it counts on."""

from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from tests.apptest import EXISTING, ROOT, open_app
from ui.kit.error_boundary import error_boundary
from ui.kit.frame import PAGES
from ui.kit.page_lock import PAGE_LOCK

HEAD = "from ui.kit import frame\nfrom ui.kit.error_boundary import fragment\n"
BROKEN = {
    "page": "with frame.page('start'):\n    raise RuntimeError('a secret path')",
    "fragment": "@fragment\ndef part():\n    raise RuntimeError('a secret path')\n"
    "with frame.page('start'):\n    part()",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_a_failure_is_one_sentence_and_no_trace(body: str, caplog, monkeypatch) -> None:
    monkeypatch.setattr(
        "ui.kit.frame.navigation", lambda here: None
    )  # a lone script has no neighbours
    app = AppTest.from_string(HEAD + body, default_timeout=20).run()
    assert not app.exception
    assert len(app.error) == 1
    assert "Something went wrong" in app.error[0].value
    assert "secret" not in app.error[0].value
    assert "a secret path" in caplog.text


def test_a_page_is_drawn_inside_the_lock() -> None:
    locked = []
    with error_boundary():  # it would catch a failed assertion as well
        locked.append(PAGE_LOCK._free.locked())
    assert [*locked, PAGE_LOCK._free.locked()] == [True, False]


@pytest.mark.parametrize(
    ("option", "value"),
    [("runner.postScriptGC", False), ("browser.gatherUsageStats", False),
     ("client.showErrorDetails", "none"), ("client.showSidebarNavigation", False),
     ("server.enableStaticServing", True), ("server.enableXsrfProtection", True),
     ("server.enableCORS", True), ("server.maxUploadSize", 2)],
)  # fmt: skip
def test_setting_is_known_to_streamlit(option: str, value: object) -> None:
    assert config.get_option(option) == value


def test_every_page_script_has_a_place_in_the_navigation() -> None:
    scripts = {"app.py", *(f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py"))}
    assert scripts == {PAGES[name].path for name in EXISTING}


def test_navigation_links_every_page() -> None:
    links = [element.proto for element in open_app("read").get("page_link")]
    both = [*PAGES.values()] * 2  # in the bar, and in the menu that stands for it on a phone
    assert [link.label for link in links] == [page.name for page in both]
    stems = [Path(page.path).stem for page in PAGES.values()]
    assert [link.page for link in links] == ["", *stems[1:]] * 2
    assert all(link.page_script_hash for link in links)


def test_no_page_asks_the_disk_for_its_links(monkeypatch: pytest.MonkeyPatch) -> None:
    open_app("start")
    monkeypatch.setattr("streamlit.elements.widgets.button.normalize_path_join", None)
    assert not open_app("start").error
