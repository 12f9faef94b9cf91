"""Train: press play, change a setting, go back in time."""

from ui.kit import frame
from ui.lecture import strip
from ui.train import page

with frame.page("train"):
    strip.show()
    page.show()
