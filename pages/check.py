"""Is it right?: gradients beside central differences, planted bugs, a race, all of it."""

from ui.check import page
from ui.kit import frame
from ui.lecture import strip

with frame.page("check"):
    strip.show()
    page.show()
