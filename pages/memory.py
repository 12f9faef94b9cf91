"""Memory: the gradient on its way back, whether it learns, and the loss cliff."""

from ui.kit import frame
from ui.lecture import strip
from ui.memory import page

with frame.page("memory"):
    strip.show()
    page.show()
