"""Read: one sentence through the network, word by word, with every number explained."""

from ui.kit import frame
from ui.lecture import strip
from ui.read import page

with frame.page("read"):
    strip.show()
    page.show()
