"""Train: press play, change a setting, go back in time."""

from ui.kit import frame
from ui.train import page

with frame.page("train"):
    page.show()
