"""Share: the link with its code, what each page offers, and the film as a file."""

import re
from xml.etree import ElementTree

import pytest

from tests.apptest import EXISTING, open_app, owner
from ui.kit import film_file, share
from ui.kit.player import SOURCE

OF_A_READING = ["Numbers (NPZ)", "Tables (CSV)", "Model", "Code: numpy, PyTorch"]
OF_A_TRAINING = ["Curves (CSV)", "Model"]
OFFERED = {name: OF_A_READING for name in ("start", "read", "step_back")} | {
    name: OF_A_TRAINING for name in ("train", "write", "translate", "see")
}


@pytest.mark.parametrize("name", EXISTING)
def test_a_page_offers_its_files_and_each_can_be_made(name: str) -> None:
    offers = owner(open_app(name)).kept.get(share.KEY)
    if name not in OFFERED:
        assert offers is None or offers.page != name
        return
    assert list(offers.files) == OFFERED[name]
    assert all(file.make() for file in offers.files.values())
    assert len({file.name for file in offers.files.values()}) == len(offers.files)


def test_a_button_gives_what_is_offered_now() -> None:
    kept: dict[str, object] = {}
    for content in (b"old", b"new"):
        file = share.File("Model", "m", lambda content=content: content)
        kept[share.KEY] = share.Offers("read", {"Model": file})
    assert share.made(kept, "Model") == b"new"


def test_a_code_is_coarse_enough_for_a_phone_up_to_the_longest_link() -> None:
    link = ("https://example.org/read?" + "s=not+bad&" * 100)[: share.LONGEST_CODE]
    drawn = ElementTree.fromstring(share.code(link))
    modules = int(drawn.attrib["viewBox"].split()[-1]) / share.SCALE
    assert share.CODE_PX / modules > 1.7


def test_a_file_for_a_film_has_all_but_what_the_browser_puts_in() -> None:
    shell = film_file.shell()
    assert set(re.findall(r"@[A-Z]+@", shell)) == set(film_file.MARKS)
    assert all(shell.count(mark) == 1 for mark in film_file.MARKS)
    assert "export default" in SOURCE
    assert "export default" not in shell
    assert "</script" not in SOURCE
    assert film_file.light()["--st-text-color"] == "#1b1f24"
    assert "color-scheme: light" in shell
