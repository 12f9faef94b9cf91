"""Read: one sentence through the network, word by word, with every number explained."""

from ui.kit import frame, settings
from ui.lecture import strip
from ui.read import page as sentence
from ui.see import page as see
from ui.translate import page as translate

with frame.page("read"):
    strip.show()
    {"sentence": sentence, "see": see, "translate": translate}[settings.get("wiring")].show()
