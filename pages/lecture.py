"""Lecture: the stops in order, one's own score, and own lectures."""

from ui.kit import frame
from ui.lecture import page, strip

with frame.page("lecture"):
    strip.show()
    page.show()
