"""Write: a network learns a text and goes on from a prompt, symbol by symbol."""

from ui.kit import frame
from ui.lecture import strip
from ui.write import page

with frame.page("write"):
    strip.show()
    page.show()
