"""Is it right?: gradients beside central differences, planted bugs, a race, all of it."""

from ui.check import page
from ui.kit import frame

with frame.page("check"):
    page.show()
