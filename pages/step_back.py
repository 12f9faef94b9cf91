"""Step back: backpropagation through time as a film, from the loss to the updated weight."""

from ui.kit import frame
from ui.lecture import strip
from ui.step_back import page

with frame.page("step_back"):
    strip.show()
    page.show()
