"""The English of See, as a catalogue: sentences with named fields, no code.

A dict has a text for each case.
"""

# the tasks, and their networks
TASKS = {"caption": "Caption", "film": "Film", "digit": "Digit by row"}
NETWORKS = {"h_0": "as h₀", "x_1": "as first input", "one": "one direction",
            "both": "both directions", "frame": "one frame alone", "each": "loss on each row",
            "last": "on the last row only"}  # fmt: skip

# controls.py, learning.py: the row
TASK = "Task"
NEW_FILM = "New film"
EXAMPLES = "Examples"
NETWORK = "Network"
MODEL = "{cell} {units} · {network}"
CELL = "Cell"
UNITS = "Hidden units"
RATE = "Learning rate"
SEED = "Seed"
PAUSE, TRAIN, AGAIN = "Pause", "Train", "Train again"
OTHER_WIRING = "**Another wiring**"
LEARNING = "Learning …"
HINT = {True: "← → step · Space plays · click a pixel", False: "← → step · Space plays"}

# pixels.py
BAD_PICTURE = "A picture in a link is 16 digits of 0–9 and a–f; the usual one is shown."
PLACE = "row {row}, column {column}"
PLACE_VALUE = "row {row}, column {column}: {value:+.2f} of the largest"
PLACE_IS = {True: "row {row}, column {column}, lit", False: "row {row}, column {column}, dark"}
QUARTERS = ("top left", "top right", "bottom left", "bottom right")

# steps.py
STRIP = "The unrolled network"
INPUTS = "What is read at each step"
ANSWERS = "P of each answer after each step"
ANSWERS_SAID = "What is right has a frame"
STATES = "Hidden states"
STATES_SAID = "The {n} units that move most"

# card.py
CURVES_SAID = "A line for each row of the table"

# caption.py
VIEWS = {"picture": "picture", "leave": "leave one out", "gradient": "gradient × input"}
WRITES = "writes {name}, P = {p:.2f}"
WORD_OF = "word {t} of {n}: {name}"
WORD = "word {t}: {name}"
VECTOR_FIRST = "One to many: the picture is read first, by weights of its own; its state is h₀."
VECTOR = "One to many: the picture becomes h₀."
PICTURE = "Your picture"
NOTHING = "nothing"
NO_END = "It never says the end mark: cut after {n} words."
IS_RIGHT = "✓ right"
RIGHT_IS = "✗ right is "
LEANS = (
    "Orange speaks for “{name}”, blue against: most of all {pixel} ({most} nats). {share} of all "
    "stands {quarter}."
)
KINDS = {
    "none": "Not only whole shapes, each in a quarter: no caption is right.",
    "empty": "Nothing is lit: h₀ = tanh(b), and it captions that all the same.",
    "empty first": "Nothing is lit, and it captions that all the same.",
    "many": "{n} shapes: in training there were never more than two.",
    "pair": "{one} before {other}: never in one picture in training.",
    "seen": "This picture was in training.",
    "unseen": "This picture was not in training.",
}
LEAST_SURE = "the least sure word: “{name}”, P = {p:.2f}; next comes “{other}”, P = {q:.2f}."
UNSEEN = "{n} unseen pictures"
PAIRS = "{n} of shapes never together"
WHOLE_RIGHT = "The whole caption right"
EPOCH_OF = "epoch {epoch} of {goal}"
EXACT = "exact match"
EPOCH = "epoch"
CAPTION_EXAMPLES = {
    "unseen": "Unseen in training {n}", "pairs": "Never seen together {n}", "one": "One shape",
    "three": "Three shapes",
}  # fmt: skip
EMPTY, FULL = "Nothing lit", "All lit"

# digit.py
ROW_NAME = "row {t}"
SAYS = "says {name}, P = {p:.2f}"
ROW_OF = "row {t} of {n}"
ROW_SAYS = "row {t}: {said}"
LOSS_ON = {"each": "Eight rows in turn; the loss was on each row.",
           "last": "Eight rows in turn; the loss was on the last row only."}  # fmt: skip
AFTER_ROW = "after row {t} it says"
IT_IS = "✗ it is a {right}"
STAYS = {
    "empty": "Nothing is lit, and it answers all the same: {answer}.",
    "late": "It changes its mind up to the last row, then says {answer}.",
    "from": "From row {row} on its answer stays {answer}.",
}
NEVER_SURE = "when it is sure: never, P({answer}) is {p:.2f} at the end."
SURE = (
    "when it is sure: P({answer}) is above one half from row {row} on, {there:.2f} there and "
    "{end:.2f} at the end."
)
WAITS = "waits"
N_OF = "{epoch} of {goal}"
HOW_MANY_ROWS = "After how many rows?"
OF_PICTURES = "right, of {n} unseen pictures"
DIGIT_HEAD = ("trained with", "epoch", "row 4", "row 8")
RIGHT, ROW = "right", "row"
CLEAN = "A clean {name}"
AS_TRAINED = "As in training: a {name}"

# motion.py
STEPS = {"left": "← left", "right": "→ right", "up": "↑ up", "down": "↓ down", "still": "• still"}
ABOUT = {
    "one": "Many to many: a label after each frame.",
    "both": "Many to many: a label at each frame, from past and future.",
    "frame": "Each frame alone: no state is handed on.",
}
FRAME_OF = "frame {t} of {n}"
FRAME_SAYS = "frame {t}: {said}"
FRAME = "Frame {t}"
FRAME_NAME = "frame {t}"
SAYS_HEAD = "says"
NOT_ASKED = "where did it go? not asked yet"
WENT = "it went {name}"
STOOD = "it stood still"
HIDDEN = "the dot is hidden; "
WHO = "the frames where the dot is hidden: who can tell where it went?"
NONE_TOLD = (
    "a frame that both directions get right and one does not: there is none here. Right of {n}: "
    "one {one}, both {both}."
)
TOLD = {
    True: "frame {t}: the dot is lit, and it went {name}. Both directions know, P = {both:.2f}; "
          "one direction does not yet, {one:.2f}.",
    False: "frame {t}: the dot is hidden, and it went {name}. Both directions know, "
           "P = {both:.2f}; one direction does not yet, {one:.2f}.",
}  # fmt: skip
WHICH_WAY = "Which way did it go?"
OF_FILMS = "right, of {n} other films"
FILM_HEAD = ("", "epoch", "dot seen", "hidden")
P_RIGHT = "P(right)"
FRAME_OF_THIS = "frame of this film"

# back.py, step_back.py: the way back from one answer
BACK_STRIP = "The network, and its gradient on the way back"
BACK_ROADS = "Gradients at each step"
BACK_SAID = "A bar for each state, in both directions one for each; below, the units read forwards"
FORTH, TURNED = "read forwards", "read backwards"
AT_STATE = "h{t}, at “{name}”"
HANDED = "handed to the step before"
SPEAKS = "Orange speaks for “{name}”, blue against, by gradient × input."
ALONE = "the one bar: no state is handed on, so no other frame learns of this loss."
FADES = "the bars: {here} where it enters, at “{name}”; {there} is left at the first step ({part})."
TO_H_0 = (
    "the bars: {here} where it enters, at “{name}”; {there} is handed to h₀, the picture ({part})."
)
TWO_ROADS = (
    "the two roads: of the loss at “{name}” {first} comes to the first frame, {last} to the last."
)

# curves.py, train.py: the training
PARTS = {"caption": "unseen pictures, the whole caption", "film": "steps of a hidden dot",
         "digit": "unseen pictures, after the last row"}  # fmt: skip
RIGHT_OVER = "Right: {part}"
LOSS_OVER = "Loss, of what is unseen"
AT_EPOCH = "%{y:.3f} at epoch %{x}"
TRAINING_HEAD = ("network", "epoch", "loss", "right")
TRAINING = "The networks of this task"
LOSS_AXIS = "loss"
AHEAD = (
    "the lines of the first picture: by now “{best}” has {right}, “{worst}” {least}. When did they "
    "part?"
)
ONE_YET = "the line: “{name}” has {right} after {n} epochs; the next one waits for its turn."
