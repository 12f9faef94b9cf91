"""The English of the kit: what stands on every page. No code, no numbers.

A catalogue holds all the words of its folder: a string, or a template whose named fields the
callers fill in with `.format(...)`; a dict where one name has several.
"""

# the pages: name, question, and the answer under it
APP, PAGE_OF_APP = "Unrolled", "{name} · Unrolled"
PAGES = {
    "start": ("Start", "Watch a network read", "One word at a time, into one vector."),
    "read": ("Read", "How does it read?", "One word at a time, by the same weights."),
    "step_back": (
        "Step back", "How does the gradient get back?", "From the loss, one word at a time.",
    ),
    "train": (
        "Train", "How does it learn?",
        "Press play and change a setting: every picture is this run, at this moment.",
    ),
    "write": (
        "Write", "What comes next?", "It draws a symbol from P and reads it as its next input.",
    ),
    "translate": (
        "Translate", "How does it translate?",
        "One network reads; another starts from its last state, and writes.",
    ),
    "see": (
        "See", "How does it see?",
        "A picture, too, is a vector: read at once, frame by frame, or row by row.",
    ),
    "memory": (
        "Memory", "How far back does it remember?",
        "The gradient that arrives at a word is all that the network can learn from it.",
    ),
    "check": (
        "Check", "Is it right?",
        "Move a weight by epsilon, read again, see how the loss moved: no formula is trusted.",
    ),
    "lecture": (
        "Lecture", "Learn it in order",
        "Predict, then see: every answer is measured on the run that is shown.",
    ),
}  # fmt: skip
PRESENT, LEAVE, PRESENT_KEYS = "Present", "Leave", "← → step · Space plays"
BROKEN = (
    "Something went wrong on this page, and it is our fault. Reload it; if it happens again, go "
    "back to Start: your sentence is kept in the address."
)
PAUSED = "It has paused, because nobody was looking. It goes on from here."

# the settings and their address; {what} : a name of CALLED, or of a setting
CALLED = {"t": "word", "f": "frame", "x_t": "step", "v_t": "step", "w_t": "step", "w_unit": "unit",
          "x_loss": "output", "v_loss": "answer",
          "w_place": "place", "w_below": "tab"}  # fmt: skip
NEAREST = "There is no {what} {value} here; the nearest is {good}."
USUAL = "There is no {what} {value} here; so the usual one is used."
LINK_OF_BEFORE = "This link was made by another version of Unrolled; some of it may look different."
LINK_USUAL = "The link’s {name} means nothing here, so the usual one is used."
LINK_NEAREST = "The link asks for {name} {value}; the nearest that there is: {good}."

# the locks of a link
RULES = {"": "free", "lock": "locked", "hide": "hidden"}
NO_CONTROL = {"lock": "The link would lock {name}: there is no such control.",
              "hide": "The link would hide {name}: there is no such control."}  # fmt: skip
LOCKED = "Some controls are locked by whoever made this link."
LOCKS, UNLOCK = "What may students change?", "Unlock"
LOCKS_SAY = "The link holds it: all who open it see these controls locked, or not at all."

# Share
SHARE, LINK = "Share", "**The link** opens exactly this elsewhere."
NO_CODE = "A QR code of {n:,} characters would be too fine to be read."
FILES = "**Numbers, model and code** of what is shown"
PICTURES = "**Pictures**, in light colours, made by your browser"

# in pictures
LOOK_FOR = "Look for "
HIDDEN_UNIT = "hidden unit"
NOT_A_NUMBER = "not a number"
