"""Read: one sentence through the network, word by word, with every number explained."""

from ui.kit import frame
from ui.read import page

with frame.page("read"):
    page.show()
