"""The English of Translate, as a catalogue: sentences with named fields, no code.

A dict has a text for each case. {one}, {many} : what the task calls its symbols.
"""

# the tasks
TASKS = {"translation": "English to Spanish", "numbers": "Numbers to digits",
         "dates": "Dates to ISO"}  # fmt: skip
READS = {"translation": "reads English", "numbers": "reads a number in words",
         "dates": "reads a date"}  # fmt: skip
WRITES = {"translation": "writes Spanish", "numbers": "writes its digits",
          "dates": "writes it as in ISO 8601"}  # fmt: skip
ONE = {"translation": "word", "numbers": "word", "dates": "character"}
MANY = {"translation": "words", "numbers": "words", "dates": "characters"}
FIRST = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
LATER = "{n}th"

# controls.py: the row
SOURCE = "What it translates"
TASK = "The task"
UNSEEN = "**Unseen in training**"
LONGER = "**Longer than all in training**"
MODEL = {"epoch": "{cell} · {units} units · epoch {epoch}",
         "file": "{cell} · {units} units · {file}"}  # fmt: skip
RATE = "Learning rate"
ATTENTION = "Attention"
CELL = "Cell"
LAYERS = "Layers"
UNITS = "Hidden units"
BOTH = "The encoder reads in both directions"
BOTH_HELP = "Half of the units read each way; the decoder starts where both have ended."
REVERSED = "The encoder reads from the end"
SEED = "Seed"
SWITCH = {True: "on", False: "off"}
MORE = "More"
GIVEN = "Each step of the decoder is given"
FORCED = {True: "teacher forcing", False: "free running"}
BEAM = "It writes, running free"
BEAMS = {1: "greedy", 3: "beam of 3"}
BEAM_HELP = (
    "Greedy takes the likeliest symbol each time; a beam keeps the three likeliest beginnings."
)
AGAIN = "Train it anew"
OTHER_WIRING = "**Another wiring**"

# translator.py
NO_MODEL = "It is no model for this page: it translates nothing that is known here"
NOT_READ = "Not read, {why}. Shown is: {shown}"
LONG = "That was long: its first {n} {many} are read."
LONGER_THAN_MET = "{n} {many}: in training it read at most {most}."
NOT_FORCED = "The rule has no answer to this, so nothing can be forced: it runs free."

# film.py: the film and what is said of it
HINT = "← → step · Space plays"
ENCODER, DECODER = "Encoder", "Decoder"
STRIP = "Encoder and decoder on one time axis"
STATES = "The states of encoder and decoder"
STATES_SAID = "Below them attention at this step, and the probability of what is said"
UNIT_OF = "unit %{{y}} of {letter}: %{{z:+.3f}}"
STEP = "step {n}: {said}"
STEP_OF = "step {n} of {all}: {said}"
DOES = {"reads": "reads {name}", "writes": "writes {name}"}
VERDICT = {
    "unknown": "the rule has no answer to this", "forced": "every answer right",
    "right": "exactly right", "given": "given the true word", "own": "on its own mistakes",
    "wrong": "first wrong: {one} {n}",
}  # fmt: skip
NO_END = "the end that does not come: after {n} {many} without an end mark it was stopped."
CROSS = {
    "other": "the cross: the {nth} {one} is the first wrong one, “{said}” instead of “{right}”.",
    "over": "the cross: the {nth} {one} is the first wrong one, “{said}” instead of nothing, it "
            "should have ended.",
}  # fmt: skip
LEAST_SURE = {
    (False, False): "the least sure output: “{name}”, P = {p:.2f}. What was read came over in s₀, "
                    "{n} numbers.",
    (False, True): "the least sure output: “{name}”, P = {p:.2f}. What was read came over in s₀, "
                   "{n} numbers, and by attention.",
    (True, False): "the bars: each output is sure, P is 0.99 or more. What was read came over in "
                   "s₀, {n} numbers.",
    (True, True): "the bars: each output is sure, P is 0.99 or more. What was read came over in "
                  "s₀, {n} numbers, and by attention.",
}  # fmt: skip

# side.py: what comes next, and the bottleneck
NEXT = "The next {one}"
DECODING = {"forced": "forced", "greedy": "greedy", "beam": "beam of 3"}
OVER = "the answer is over"
TRUE_ONE = "the true {one}: {name}"
LOSS_IS = "loss {loss:.2f}"
BEGINNINGS = "Beginnings kept"
LOG_P = "log P"
READING = "It reads “{name}”"
N_OF = "{n} of {all}"
IF_ENDED = "If it ended here, the first {one} would be: {name}, {p}"
KNOWS = "{h}: what it knows so far, {n} numbers. If it ended here, the first {one} would be:"
HOLDS = "what s₀ holds of each: without “{most}” it would be {far:.2f} away."
HOLDS_TWO = (
    "what s₀ holds of each: without “{most}” it would be {far:.2f} away, without “{least}” "
    "{near:.2f}."
)
GIVE = "Give it attention"
BOTTLENECK = "The bottleneck"
THROUGH = "All goes through s₀, {n} numbers. How far it moves when one {one} is left out:"

# matrix.py: attention
TAKE_AWAY = "Take it away"
ALIGNMENT = "Alignment matrix"
ALIGNMENT_SAID = "A row for each output, a column for each input"
ROWS = "the rows: one comes with each output, and adds up to 1."
ONE_COLUMN = "the one column: there is nothing else to look at."
LOOKS = "the framed row: to say “{said}” it looks at “{at}”, the {nth}, α = {alpha:.2f}."
LOOKS_SPREAD = (
    "the framed row: to say “{said}” it looks at “{at}”, the {nth}, α = {alpha:.2f}; half of it "
    "goes to {half} {many}."
)

# live.py: what follows the training
EPOCH_OF = "epoch {epoch} of {goal}"
EXACT = "{right} of {n} unseen ones exactly right"
SYMBOLS = "{right} of their {many}"
TRAIN_LOSS = "loss {loss}"
LINES = ("exactly right, unseen", "symbols right, unseen", "symbols right, seen")
LOSSES = ("loss, unseen", "loss, seen")
WHOLE = "Exact match counts whole answers"
CURVES = "Exact match and symbols over epochs"
LOSS_CURVES = "Loss over epochs"
AT_EPOCH = "%{y:.3f} at epoch %{x}"
EPOCH = "epoch"
LOSS_AXIS = "loss"
GAP = (
    "the gap: at epoch {epoch}, {symbols} of the symbols are right, but only {answers} of the "
    "answers: one wrong symbol spoils a whole one."
)

# tabs.py
TABS = {
    "live": "While it trains", "bottleneck": "What the bottleneck costs",
    "without": "Without attention", "forcing": "Teacher forcing", "beam": "A beam of three",
    "back": "Step back through both", "direction": "Read from the end",
}  # fmt: skip

# differences.py, lengths.py: two kinds of runs
PARTS = {"unseen": "unseen", "pairs": "pairs never met", "longer": "longer ones"}
KINDS = {"attention": ("without attention", "with attention"),
         "direction": ("as it is written", "from the end")}  # fmt: skip
STOP = "Stop"
TRAIN_THEM = "Train {n} networks"
SAME = "{one} and {other}: the settings of the network above, {seeds} seeds each, {epochs} epochs."
BY_LENGTH = "Exactly right, by the length of the source"
TRAINED = "{n} of {all} trained"
BY_LENGTH_SAID = "Exact match by length"
NO_NUMBERS = "When it rests, or when some are trained, their numbers stand here."
EXACTLY_OF = "Exactly right of"
DISTANCE = "the distance of the lines. Unseen: {a} {one}, {b} {other}."
DISTANCE_PAIRS = (
    "the distance of the lines. Unseen: {a} {one}, {b} {other}. Pairs that never met: {c} {one}; "
    "{d} {other}."
)
WHERE = "where the lines fall: does one vector hold a longer source?"
FALLS = (
    "where it falls: at length {n} the network above has {right} exactly right. Would the other "
    "kind do better?"
)
MINE = "the network above"
SEEDS = "{name}, {n} seeds"
LONGEST_MET = "longest in training"
OF_SOURCE = "{many} of the source"

# without.py
NO_ATTENTION = (
    "This network has no attention: all that it says, it says without. Give it attention in the "
    "model's menu, and take it away here."
)
BLIND = "Each context a zero: what the last state alone makes it say"
SAYS, SAYS_BLIND, RIGHT = "it says", "without attention", "right"
HELD = "the same answer: the bottleneck held this one."
DIFFERS = "the first {one} that differs, the {nth}."
OF_ALL = "Of {n} unseen ones it has {seeing} exactly right with attention, {blind} without."
RELIES = (
    "Of {n} unseen ones it has {seeing} exactly right with attention, {blind} without: it has "
    "learned to rely on it."
)

# forcing.py
WRONG_BY_PLACE = "Wrong, by the place of the {one}"
WRONG_SYMBOLS = "Wrong symbols by place"
WRONG_HOVER = "%{y:.1%} wrong"
PLACE, WRONG = "place", "wrong"
CANNOT_FORCE = "The rule has no answer to this source, so nothing can be forced."
BOTH_WAYS = "This source, both ways"
CROSS_MARKS = "A cross marks the first wrong one; after it, free running reads its own mistakes."
NO_GAP = (
    "the two lines: nowhere does free running lose half a percent. At {one} {t} it errs most. Step "
    "the epoch back: when does it lose?"
)
GAPS = (
    "the distance of the lines, largest at {one} {t}: {forced} wrong when it is given the true "
    "ones before, {free} on its own."
)

# beam.py
BEAM_TITLE = "A beam of {n}: at each step the likeliest beginnings go on"
TREE = "The tree of the beam"
LOG_P_HOVER = "log P = %{customdata}"
ENDS = "Where it ends"
LOG_P_SAID = (
    "log P is the sum over all symbols, in nats. Longer is less likely: nothing is made up for "
    "length."
)
SAME_PATH = "the thick path: of {n} symbols looked at, greedy would have taken the same ones."
PARTED = (
    "the thick path: greedy says “{said}”; they part at the {nth} {one}, where the beam takes one "
    "that was not the likeliest."
)

# back.py: step back through both
BRIDGE_IS = "over the bridge: |∂L/∂s₀| = {bridge}"
BACK_STRIP = "The way back through both networks"
BACK_ROADS = "Gradients over both networks"
BACK_SAID = "A bar for each state, in the encoder one for each road; below, each unit's gradient"
BY_TIME, BY_ATTENTION = "by time", "by attention"
NOTHING = "nothing"
BRIDGE = (
    "the bridge: of {here} at s{t}, {bridge} goes over ({part}); at the first input {far} of that "
    "is left."
)
BRIDGE_BOTH = (
    "the bridge: of {here} at s{t}, {bridge} goes over ({part}), to both ends at once: {first} "
    "comes to the first input, {last} to the last."
)
BRIDGE_ATTENTION = (
    "the bridge: of {here} at s{t}, {bridge} goes over ({part}). By the second road most goes "
    "straight to “{name}”: {straight}, beside {through} that comes there through time."
)
AT_STATE = "{letter}{t}, at “{name}”"
LENGTHS = "Lengths of the gradient here"
ABOVE = {"s": "from the loss above it", "h": "from above, by attention"}
LATER_PART = "from the step after it"
ON_THE_WAY = "On the way so far"
TIMES = "× {factor}"
