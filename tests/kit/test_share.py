"""Share: the link with its code, what each page offers, and the film as a file."""

import re
from xml.etree import ElementTree

import pytest

from tests.apptest import EXISTING, open_app, owner
from ui.kit import film_file, share
from ui.kit.player import SOURCE

OF_A_READING = ["Numbers (NPZ)", "Tables (CSV)", "Model", "Code: numpy, PyTorch"]
OF_A_TRAINING = ["Curves (CSV)", "Model"]
TWINS = ["Code that trains it", "The same as a notebook"]
OFFERED = {
    "start": OF_A_READING,  # with a model that was trained beforehand
    **{name: [*OF_A_READING, *TWINS] for name in ("read", "step_back")},
    "train": [*OF_A_TRAINING, *TWINS],
    **{name: OF_A_TRAINING for name in ("write", "translate", "see")},
    "memory": ["Gradient by distance (CSV)", "Trials (CSV)"],
    "check": ["Verdicts (CSV)", "Both gradients (CSV)"],
}
WITHOUT = {"start": "this training did not come from its seed"}
"""{page: what is said of a file that there is not}"""


@pytest.mark.parametrize("name", EXISTING)
def test_a_page_offers_its_files_and_each_can_be_made(name: str) -> None:
    offers = owner(open_app(name)).kept.get(share.KEY)
    if name not in OFFERED:
        assert offers is None or offers.page != name
        return
    assert list(offers.files) == OFFERED[name]
    assert WITHOUT.get(name, "") in offers.without
    assert bool(offers.without) == (name in WITHOUT)
    assert all(file.make() for file in offers.files.values())
    assert len({file.name for file in offers.files.values()}) == len(offers.files)


@pytest.mark.parametrize(("page", "settings", "files", "without"), [
    ("memory", {"m_tab": "The cliff in the loss"}, ["Both walks (CSV)"], ""),
    ("check", {"tab": "The race"}, [], ""), ("check", {"tab": "All of it"}, [], ""),
    ("read", {"layers": 2}, OF_A_READING, "for one layer of a usual cell, in one direction"),
    ("read", {"data": "parity"}, OF_A_READING, "sentences with one answer"),
    ("read", {"weights": "b_y.0=2"}, OF_A_READING, "some weights were set by hand"),
])  # fmt: skip
def test_what_is_offered_is_of_what_is_shown(
    page: str, settings: dict, files: list, without: str
) -> None:
    offers = owner(open_app(page, **settings)).kept[share.KEY]
    assert list(offers.files) == files
    assert all(file.make() for file in offers.files.values())
    assert without in offers.without
    assert bool(offers.without) == bool(without)


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
