"""Start: type a sentence and watch a network, trained a moment ago, read it."""

from ui.kit import frame
from ui.lecture import strip
from ui.start import page

with frame.page("start"):
    strip.show()
    page.show()
