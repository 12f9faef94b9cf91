"""Translate: one network reads, another starts from its last state and writes."""

from ui.kit import frame
from ui.lecture import strip
from ui.translate import page

with frame.page("translate"):
    strip.show()
    page.show()
