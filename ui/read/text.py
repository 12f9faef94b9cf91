"""The English of Read: every sentence, label and title of the page. No code, no numbers."""

# the page
VIEWS = {
    "step": "The whole step", "gates": "Gates", "intervene": "Intervene on the state",
    "three": "Three models", "path": "The path", "pair": "Two sentences",
    "before": "Before and after", "words": "Words as vectors", "sure": "How sure is it?",
}  # fmt: skip
"""Of the tabs; an address says these names."""
NO_DATA = "“{view}” needs the sentences that this model was trained on, and they are not here."
SECOND = "The second sentence"
PLAY_EPOCHS = "play: from the first epoch to the last"
HINT = "← → step · ↑ ↓ choose a unit · click a cell to follow its unit, a weight to set it"
AS_A_PLANE = "As a plane"
STRIP = "The unrolled network"
WORD_OF = "word {t} of {n}: {word}"

# what a word picks
UNIT = "unit {unit}"
PICKS = {"plain": "{word} picks this column of {weights}.",
         "gate": "{word} picks this column of {weights}, here the rows of {gate}."}  # fmt: skip
PICKED_SCALE = {"all": "From top to bottom all {n} units. Colours are full at ±{limit}.",
                "some": "The largest of {n}."}  # fmt: skip
PICKED_SAY = "{word}: its column of W_xh, the largest weights: {units}"

# arithmetic.py: one unit at one word
UNIT_AT = {"one": "Unit {unit} at “{word}”", "of": "Unit {unit} at “{word}” · {layer}"}
HELD_HERE = "held by hand here: {gates}"
ITS_CELL = "its cell in the picture"
PARTS = {"word": "word", "memory": "memory", "bias": "bias"}
WORD_IS, SUM, SQUASHED = "word {word}", "sum {a}", "squashed"
SQUASHED_TO = "to {low} … {high}"
RESET_NOTE = "The candidate’s memory is seen through the reset gate: r times it is added."
PUSHED = {"it": "Which units of {h} pushed it", "gate": "Which units of {h} pushed {gate}"}
WEIGHT_STATE, WEIGHT = "weight × state", "weight {value}"
NO_MEMORY = "None: before the first word there is no memory yet, {h}."
OTHERS = {"one": "the {n} other", "many": "the {n} others"}
MEMORY_SUM = "memory {sum}"

# plane.py, plane_figure.py: two units
PLANE = "The state in the plane of its two units"
PLANE_SAYS = "A point for each word, and the arrows of a step without a word"
NO_ARROWS = (
    "the trail. There are no arrows: the memory of this cell is h and c together, four numbers, "
    "and a plane has two."
)
ARROWS = {
    "some": "the arrows: where each state goes in a step without a word. Of the states that stay "
    "where they are, {kinds}, as far as Newton’s method finds them.",
    "none": "the arrows: where each state goes in a step without a word. No state was found that "
    "stays where it is.",
}
KINDS_OF_POINTS = {"attract one": "{n} attracts (●)", "attract": "{n} attract (●)",
                   "repel one": "{n} repels (×)", "repel": "{n} repel (×)"}  # fmt: skip
BOTH_KINDS = "{one} and {other}"
MEMORY_LINE, WORD_LINE, HALF_LINE = "memory", "→ word", "· p = ½"
CLICK_A_WEIGHT, EVERY_NUMBER = "click a weight to set it", "Every number at “{word}”"
BELOW = "below: {name}"
START = "start"

# whole_step.py
PARAMETERS = "{n} parameters"
SAME_NUMBERS = (
    "A longer sentence adds no weight: the same {n} numbers at each of these {words} words, as for "
    "3 words or 12."
)
SET_BY_HAND = "Click a weight to set it by hand."
SCALES = (
    "Colours: blue is negative, orange positive, white 0; full at the number that stands under "
    "each shape."
)
LINES = "The lines that do it"
SEEN, LYING = "seen {product}", "h, lying"
STEP = {
    "word": "The word picks one column", "layer": "The layer below comes in",
    "memory": "The memory passes through the weights", "sum": "Add, then squash",
    "mix": "The gates make the state", "answer": "What it would answer now",
}  # fmt: skip
STEP_OF = {
    "word": "The word picks one column: the rows of {gate}",
    "layer": "The layer below comes in: the rows of {gate}",
    "memory": "The memory passes through the weights: the rows of {gate}",
    "sum": "Add, then squash: the rows of {gate}",
}  # fmt: skip
"""Of a cell with gates."""
MEMORY_NOTE = {
    "first": "the framed row, unit {unit}: its weights, times the state before, summed. Before the "
    "first word the state is zero.",
    "later": "the framed row, unit {unit}: its weights, times the state before, summed. The "
    "weights stay.",
}
SUM_NOTE = {
    "free": "unit {unit}: a = {a} is squashed to {name} = {value}.",
    "held": "unit {unit}: whatever a is, {name} is held by hand at {value}.",
}
ANSWER_NOTE = {
    "each": "the largest p: {answer}, {p:.2f}. It counts at each word.",
    "last": "the largest p: {answer}, {p:.2f}. Only after the last word does it count.",
}
MIX_NOTE = "unit {unit}, framed: where a gate is faint, what stands beside it is lost."
WORD_NOTE = (
    "the framed column. “{word}” is word {i} of 0 to {last}: x is 1 there and 0 elsewhere, so the "
    "product is that column."
)
LAYER_NOTE = (
    "the framed row, unit {unit}: its weights, times x, the state of {layer} at “{word}”, summed."
)
NAMED_CELL = "“%{customdata}”: %{z:+.3f}<extra></extra>"
PLAIN_CELL = "%{z:+.3f}<extra></extra>"

# gates.py
GATES = {"one": "The gates, word by word", "of": "The gates, word by word · {layer}"}
GATES_SAY = "Heatmaps of each gate over the words"
GATE_SAYS = "unit {unit} at {word}: {values}"
OPEN = (
    "full colour, a gate that is open: {gate} opens widest at “{word}”, {share:.2f} on average. "
    "Rows are the units of the picture above."
)
ROWS_ARE = "Rows are the units of the picture above."
BY_HAND, ALL_MEAN = "{name} by hand", "all, mean"
WORD_DOES = "What “{word}” does"
WITHOUT_HAND = "If it ended here: {now}; without the hand: {answer}, {p}."
ANSWER = "{answer}, {p}"
COPIED_EXACTLY, COPIED = "Copied exactly. ", "Copied. "
EXACTLY = "{memory} after − {memory} before = 0, all units."
LAST_BIT = "{memory} after − {memory} before = {most} at most: the last bit."
MOVED = "The memory {memory} moved by {most:.3f} at most, in unit {unit}."

# intervention.py, intervention_controls.py, intervention_view.py
KINDS = {
    "silence": "silence a unit", "skip": "a word writes nothing", "freeze": "freeze from a word on",
    "swap": "swap in another state",
}  # fmt: skip
EXAMPLES = {
    "silence": "silence unit {place}, the strongest here",
    "skip": "“{place}” writes nothing",
    "freeze": "stop writing before “{place}”",
    "swap": "swap in the second sentence’s state after “{place}”",
}
INTERVENTION, SWAPPED_IN = "Intervention", "The sentence whose state is swapped in"
INQUIRING = "Reading with each intervention, and all of the data"
OF_THE_DATA, BACK_TO_YOURS = "This is a sentence of the data.", "Back to yours: {sentence}"
BEFORE_AFTER = "The state before and after"
BEFORE, AFTER, DIFFERENCE = "before", "after", "difference"
BEFORE_AFTER_SAYS = {
    "all": "Three heatmaps of {n} hidden units, before and after the intervention, and the "
    "difference",
    "some": "Three heatmaps of {n} hidden units, the {drawn} of them that change most, before and "
    "after the intervention, and the difference",
}
FOLLOWS = "Does the verdict follow?"
MATTERS = {"unit": "Which unit matters most?", "word": "Which word matters most?"}
APART = (
    " At “{word}” the two states are {here:.2f} apart, at the end {end:.2f} (0 the same, 2 "
    "opposite)."
)
SOME_DRAWN = " Of {n} units the {drawn} that change most are drawn."
DONE = {
    "silence": "With unit {place} silenced, P({answer}) {moves}: {followed}.",
    "skip": "If “{place}” writes nothing, P({answer}) {moves}: {followed}.",
    "freeze": "If nothing is written from “{place}” on, P({answer}) {moves}: {followed}.",
    "swap": "With the state of “{other}” put in after “{place}”, P({answer}) {moves}: {followed}.",
}
MOVES = {"falls": "falls from {p:.2f} to {q:.2f}", "rises": "rises from {p:.2f} to {q:.2f}",
         "stays": "stays at {p:.2f}"}  # fmt: skip
FOLLOWED = {
    "follows": "the verdict follows, it is {verdict} now",
    "both": "both say {verdict}, so take a sentence that says the opposite",
    "rest": "the rest of the sentence decides, the verdict stays {before}",
    "stays": "the verdict stays {before}",
}
LOOK = {
    "silence": "the framed row, always 0. In the difference, colour in other rows is what they "
    "heard from unit {unit}.",
    "skip": "the framed column, a copy of the one before, and how far to the right it is missed.",
    "freeze": "the frame: one column, repeated to the end.",
    "swap": "the framed column. If the difference fades behind it, the network forgets the change.",
}
VERDICT = "P({answer}) {before} → {after}"
ON_THE_WAY = "On the way it shows most after “{word}”: {p:.2f} → {q:.2f}."
ONLY_LAYER = "Only the layer that is shown was changed: {layer}."
EFFECTS = "Change of P({answer}): {each}"
TURNING = {
    "unit one": "the striped bars: 1 of {all} units turns the verdict alone.",
    "unit": "the striped bars: {n} of {all} units turn the verdict alone.",
    "word one": "the striped bars: 1 of {all} words turns the verdict alone.",
    "word": "the striped bars: {n} of {all} words turn the verdict alone.",
    "unit none": "the tallest bar: how far P moves by this one unit. None alone turns the verdict.",
    "word none": "the tallest bar: how far P moves by this one word. None alone turns the verdict.",
}
TOGETHER = {"few": " It takes {n} together: {units}.",
            "many": " It takes {n} together: {units} and others.",
            "none": " Nor do all together: without a state the biases say the same."}  # fmt: skip
BARS_DRAWN, CLICK_A_BAR = " Of {n} {drawn} are drawn.", " Click a bar to intervene there."
WHO_CHANGES = "Silence unit {unit}: who changes the verdict?"
FLIPS = {"some": "{count} sentences of the data do. Some of them, to be read instead of yours:",
         "none": "{count} sentences of the data do."}  # fmt: skip
COUNT, FLIP = "{n} of {all}", "{sentence}: {was} → {then}"

# comparison.py
P_OF, GRADIENT = "P({answer})", "|gradient|"
STATE_CELL = "{name}, unit %{{customdata}}: %{{z:+.2f}}<extra></extra>"
CURVE = "{name}: {what} = %{{customdata}}<extra></extra>"
BAR = {"unit": "unit %{customdata[0]}: %{customdata[1]}<extra></extra>",
       "word": "word %{customdata[0]}: %{customdata[1]}<extra></extra>"}  # fmt: skip

# pair.py: two sentences
PAIR = {"one": "Two sentences, word for word", "of": "Two sentences, word for word · {layer}"}
FIRST, OTHER = "first", "second"
PAIR_SAYS = "States of both sentences, their difference, both answers"
WAITS, NOT_THERE = "(waits)", "not there yet"
NEVER_PART = (
    "the two never part: to this network they are one sentence. At “{here}” the states are "
    "{apart:.2f} apart (0 the same, 2 opposite), and P({answer}) is {one} against {two}."
)
PART_AT = (
    "the column where they part: “{word}”. At “{here}” the states are {apart:.2f} apart (0 the "
    "same, 2 opposite), and P({answer}) is {one} against {two}."
)
COLUMN_OF = "column {i} of {n}: {here}"

# path.py
PATH = {"one": "The path of the state, seen from its best side",
        "of": "The path of the state, seen from its best side · {layer}"}  # fmt: skip
PATH_SAYS = "Each sentence is a path from the same start"
PATH_LOOK = (
    "two camps: training sentences labelled {answer} (orange dots) and the others (blue diamonds). "
    "The strong path is yours: at which word does it leap?"
)
DIRECTIONS = {"first": "first direction, {part:.0%} of the spread",
              "second": "second direction, {part:.0%} of the spread"}  # fmt: skip

# before_after.py
TRAINING = "The same sentence, as the network learned"
TRAINING_SAYS = "State and answer at one epoch"
EPOCH_OF, EPOCH_SAYS = "epoch {epoch} of {last}", "epoch {epoch} of {last}: {answer}, {p}"
TAKES_SIDES = (
    "the epoch at which the last column takes sides: at epoch {epoch} it says {answer}, {p}, and "
    "the largest of its numbers is {most}."
)

# sureness.py
SURE = "How sure is it, and how often right?"
NO_TEST = "nothing: there is no test."
SURE_SAYS = {
    "answers": "{n} test answers by the probability of the answer given",
    "sentences": "{n} test sentences by the probability of the answer given",
}
SURE_CELL = "says %{x:.0%}, right in %{y:.0%}<extra></extra>"
SURE_AXIS, RIGHT_AXIS = "how sure it says it is", "how often it is right"
SURE_LOOK = {
    "answers": "dots off the line. In {n} of {all} answers it says {sure} in the mean, and {right} "
    "of them are right; over all answers the two are {error:.1f} points apart. Numbers: answers of "
    "a dot.",
    "sentences": "dots off the line. In {n} of {all} sentences it says {sure} in the mean, and "
    "{right} of them are right; over all sentences the two are {error:.1f} points apart. Numbers: "
    "sentences of a dot.",
}
SCALED = (
    " Its logits were divided by one temperature, {temperature:.2f}, fitted on other sentences."
)

# three.py
HORIZON = {"one": "1 word", "many": "{n} words"}
PROGRESS = "Training the {cell} on {n:,} sentences: epoch {epoch} of at most {longest}"
THREE, THREE_HORIZON = "Three cells, one sentence", "{name} {horizon}"
THREE_SAYS = (
    "States of three networks over {n} words, their answers after each word, and the length of the "
    "gradient at each word on a logarithmic scale. Memory horizon: {horizons}"
)
THEY_SAY, THEY_COST = "What they say", "What they cost, how far they remember"
P_AFTER = "P({answer}) after {word}: {each}"
ONE_COLUMN = "the single column: with one word there is no memory to compare."
HOLDS = "which state holds its colours over several words?"
MOVES_MOST = (
    "Word by word P moves by {most:.1f} in all in the {one}, by {least:.1f} in the {other}."
)
LEFT = "The gradient at the first word, as a multiple of the last word's: {each}."
BOTH_ENDS = "Of {n} units {drawn} are drawn, from both ends of the order."
AFTER_WORD, SAYS = "after “{word}”", {True: "it says", False: "it would say"}
FACTS = {"parameters": "parameters", "epochs": "epochs trained", "right": "all right since epoch",
         "test": "test sentences right", "horizon": "memory horizon"}  # fmt: skip
N_UNITS = {"one": "1 unit", "many": "{n} units"}
FEWER_UNITS = {"one": "1 unit ({own} would train too long)",
               "many": "{n} units ({own} would train too long)"}  # fmt: skip
FACTS_NOTE = {
    "card": "Each has {units}, seed {seed}, and learned from the same {n} sentences: {ways}. The "
    "{card} is the one on the card. The gradient is that of all that is handed on: h, and c in the "
    "LSTM. The horizon counts the words back at which 1 % of it is left.",
    "none": "Each has {units}, seed {seed}, and learned from the same {n} sentences: {ways}. The "
    "gradient is that of all that is handed on: h, and c in the LSTM. The horizon counts the words "
    "back at which 1 % of it is left.",
}
PAUSED, NOT_YET = "{epoch}, paused", "not yet"
WAY = {"one": "{name} one at a time by {optimizer}", "many": "{name} {n} at a time by {optimizer}"}
