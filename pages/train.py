"""Train: press play, change a setting, go back in time."""

from ui.kit import frame, settings
from ui.lecture import strip
from ui.see import train as see
from ui.train import page as sentence
from ui.translate import train as translate

with frame.page("train"):
    strip.show()
    {"sentence": sentence, "see": see, "translate": translate}[settings.get("wiring")].show()
