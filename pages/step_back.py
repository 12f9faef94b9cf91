"""Step back: backpropagation through time as a film, from the loss to the updated weight."""

from ui.kit import frame, settings
from ui.lecture import strip
from ui.see import step_back as see
from ui.step_back import page as sentence
from ui.translate import step_back as translate

with frame.page("step_back"):
    strip.show()
    {"sentence": sentence, "see": see, "translate": translate}[settings.get("wiring")].show()
