"""See: a picture captioned, a film labelled frame by frame, a digit read row by row."""

from ui.kit import frame
from ui.lecture import strip
from ui.see import page

with frame.page("see"):
    strip.show()
    page.show()
