"""The English of Step back: every sentence, label and title of the page. No code, no numbers."""

# the page
TABS = {"speaks": "Which word speaks for it?", "gates": "The gradient on each gate",
        "loss": "The loss, by hand"}  # fmt: skip
"""Of the tabs; an address says these names."""
MORE = "More"
TRUNCATED = "Truncated BPTT: the gradient reaches k words"
TRUNCATED_HELP = "Counting the word where it enters. {all}: all the way."
CLIP, CLIP_AT, RATE, COLOURS = "Clip", "Clip at", "Learning rate", "Colours"
CLIPS = {"value": "by value", "norm": "by norm", "none": "not at all"}
HINT = (
    "← → step · ↑ ↓ choose a unit · click a cell to follow its unit, of the sums to set its "
    "weight, a line to see it run"
)
GRADIENT_OF, ALL_LOSSES, LOSS_AT = "The gradient of", "all losses", "L{t}, at “{word}”"

# the film
WAYS = {"word": "by word", "line": "by line"}
WANTED = "wanted {answer}, {p_of} = {p:.2f}, loss {loss_of} = {loss:.3f}"
MEAN_LOSS = "the mean of {n} losses, {loss_of} = {loss:.3f}"
GRADIENT, LOSS_ALONE = "gradient of {signal}", "of loss {n} alone"
ENTERS = {
    "one": "the column of “{word}”: here the gradient enters.",
    "many": "the columns under an L: at these {n} words the gradient enters.",
    "below": "the columns: below the top, it comes from the layer above, at each word.",
}
MOMENTS = {"loss": "the loss", "readout": "the readout", "word": "back through {word}",
           "end": "the update"}  # fmt: skip
SAY = {
    "loss": "the loss is {loss:.3f} nats", "readout": "the gradient enters at {word}",
    "word": "gradient at {word}: length {length:.2g}", "end": "the loss is now {loss:.3f}",
}  # fmt: skip
LOOK = {
    "loss": "∂L/∂y: negative for the answer wanted only.",
    "word": "the share: “{word}” adds {share} of all; with it {since}.",
    "word cut": "the share: “{word}” adds {share} of all; with it {since}. Here truncation cuts.",
    "first": "the share: “{word}” adds nothing: the state before it is 0.",
    "lower": "the loss of this sentence: lower than before.",
    "higher": "the loss of this sentence: not lower than before.",
    "product": "the framed row: it makes the framed number.",
}
BEGINS = {
    "loss": "nothing yet: the gradient begins at the loss. How many words back will it reach?",
    "word": "the one bar: at “{word}” the gradient is {length} long. How many words back will it "
    "reach?",
}
SUMS, SUMS_SAY = "The gradient of W_hh", "What this word adds, and all so far"
STRIP, PICTURE = "The way back", "How the gradient travels back"
PICTURE_SAYS = {
    "one": "Heatmap of the gradient at {units} hidden units over {words} words; under it its "
    "length at each. The memory horizon is {horizon} words",
    "many": "Heatmap of the gradient at {units} hidden units over {words} words; under it its "
    "length at each",
}
FRAME = {"word": "frame {i} of {n}: {what}", "line": "frame {i} of {n}: {what}, line {j} of {all}"}
WHERE = {"word": "{what}", "line": "{what}, line {j} of {all}"}
ADDS_UP = {"plain": "{sum} adds up", "gate": "{sum} adds up: the rows of {gate}"}
HANDED_ON = "Handed on: {weights} times {gradient}"
LINES, UNIT, AT_WORD = "The lines that run", "unit {unit}", "“{word}”, unit {unit}"

# figures.py, bands.py: the gradient over the words
GRADIENT_CELL = "unit %{{customdata[0]}}: d{loss}/d{of} = %{{customdata[1]}}<extra></extra>"
GRADIENT_BAR = "|d{loss}/d{of}| = %{{y:.3g}}<extra></extra>"
SATURATED_CELL = "%{z:.0%} with a derivative below 0.02<extra></extra>"
LENGTH_AXIS, SATURATED = "|∂{loss}/∂{of}|, log scale", "saturated"
A_OF = "a of {signal}"
TO_COME = {"left": "← still to come", "right": "still to come →"}
THEIR_SUM = "their sum, |dL/dh| = %{y:.3g}<extra></extra>"
BAND = "from loss {t}, at “{word}”: %{{y:.3g}}<extra></extra>"
BANDS_AXIS = "|∂L<sub>s</sub>/∂h|, a band for each loss; ◆ their sum"
SHARE, RUNNING_SUM = "this step’s share", "running sum"
ADDENDS = {"before": "before", "share": "share", "sum": "sum"}
RESULT = "handed on"

# gradient.py: the sentence under it
NO_NUMBER = "nothing: the gradient is no longer a number. It overflowed on the way."
NOTHING = {
    "free": "nothing: no gradient reaches it.",
    "held": "nothing: no gradient reaches it. What is held by hand passes none on.",
}
ONE_WORD = "the single column: with one word there is nothing to go back to."
BARS = {
    "none": "the bars: no word hands a gradient on.",
    "same": "the bars: from word to word the gradient's length is multiplied by {low}.",
    "range": "the bars: from word to word the gradient's length is multiplied by {low} to {high}.",
}
HORIZON = {
    "first": "Memory horizon, 1 % or more left: to the first word.",
    "last": "Memory horizon, 1 % or more left: to the last word.",
    "words": "Memory horizon, 1 % or more left: {words}.",
    "first both": "Memory horizon, 1 % or more left: to the first word, in h and c together.",
    "last both": "Memory horizon, 1 % or more left: to the last word, in h and c together.",
    "words both": "Memory horizon, 1 % or more left: {words}, in h and c together.",
}
LETS_IT_REACH = "Truncation lets it reach {words}."
NONE_SATURATED = "No derivative is below 0.02."
MOST_SATURATED = "Saturated, with a derivative below 0.02: at most {share}, at “{word}”."
WORDS = {"one": "{n} word", "many": "{n} words"}
OF_ALL = (
    "the bands, one for each loss. At word {end}, “{word}”, the widest is that of loss {most}: "
    "{length}. Of all, loss {far} reaches farthest with 1 % or more of its start: {reach} back."
)
CUTS_BANDS, CLICK_BAND = "Truncation cuts the bands after {words}.", "Click one to follow it."
OF_ONE = (
    "the bars: the gradient of loss {n} alone, {start} at its own word, “{word}”. 1 % or more of "
    "that is left {reach} back, at word {end}, “{last}”."
)
CLICK_BAR = "Click a bar to see all losses."

# formulas.py: the lines in numbers
NATS = "{sum} = {loss:.4f} nats"
MEAN = {"all": "mean of {n}: {loss:.4f} nats",
        "more": "mean of {n}: {loss:.4f} nats; the {rest} others are smaller"}  # fmt: skip
OVER = "over {n}"
MEAN_HEAD = {"t": "t", "word": "word", "right": "right", "p": "p", "loss": "L", "d": "∂L/∂y"}
LARGEST = "the largest loss: at word {t}, “{word}”, {loss:.2f}: {share} of all."
GETS, ABOVE_AND_LATER = "unit {unit} gets {value}", "{gradient} above + later"
NOT_USED = "not used: the state before the first step is fixed at 0"
ALL_UNITS = "all units: {lengths}"
PASSES = {"on": "it goes on: {value}", "cut": "cut off here: {value}"}
ALL_OTHERS, NOT_BY_MATRIX = "all {n} others", "not by the matrix"
GATE_UNIT = "{gate} of unit {unit}"
ROW, ROW_COLUMN = "row {row}", "row {row}, column {column}"
ROW_WORD = "row {row}, column “{word}”"
CLIPPING = {
    "value": "every entry cut to −{at:g} … +{at:g}",
    "norm": "the whole scaled to length {at:g}, if it is longer", "none": "no clipping",
}  # fmt: skip
CLIPPED = "row {row}, column {column}: {before}, then {after}"
LENGTHS = {"before": "length of the gradient", "after": "after clipping", "cut": "entries cut",
           "turned": "direction turned by"}  # fmt: skip
N_CUT = "{n} of {all}"
LOSSES = {"before": "loss of this sentence before", "after": "after the step"}
HELD = "held by hand: no gradient"
PRODUCTS = "{n} products = {value}"

# attribution.py
ATTRIBUTION = {"answer": "Which word speaks for {answer}?",
               "answers": "Which word speaks for the right answers?"}  # fmt: skip
ATTRIBUTION_SAYS = "Rows of bars"
BY = {"gradient": "gradient × input", "leave": "leave it out"}
BY_BAR = "{by}: %{{y:+.3g}}<extra></extra>"
NO_ATTRIBUTION = "nothing: the gradient is no longer a number."
ONE_BAR = "the one bar: without its only word there is no sentence left."
ABOVE = "bars above the line: words that speak for the target; below, against it. "
CUT_AS_WELL = "Truncation cuts gradient × input as well: where no gradient arrives its bars are 0. "
NONE_LEFT_OUT = "While something is held by hand, no word is left out."
TWO_WAYS = (
    "Gradient × input asks what a little more of the word would do; leaving it out asks what the "
    "sentence is without it. "
)
NOT_COMPARED, AGREE = "So the two are not compared.", "Here both point to “{word}”."
DISAGREE, THEY_MAY = "They disagree: “{one}” against “{other}”. ", "They may: neither is wrong."

# gates.py
GATES = {"one": "The gradient of each gate", "of": "The gradient of each gate · {layer}"}
GATES_SAY = "Heatmaps of the gradients"
OF_GATE = "∂L/∂a of {signal}"
WENT, AT_MOST = "that of {signal} from {first} to {last}", "{meaning}, at most {largest:.2g}"
GATES_LOOK = (
    "bands that fade: is the memory's among them? Its gradient goes back without a matrix, times "
    "the gate that kept it. From the first column reached to the last, lengths went: {lengths}. "
    "Each band has its own scale."
)
NOWHERE = "nowhere, they are no numbers"
FRAME_NUMBER = "frame {i}"

# by_hand.py, loss_curve.py
NO_P = "nothing: P is no longer a number."
P_OF, REST_OF = "P of “{answer}”, the right answer, by hand", "of the rest “{answer}” gets"
PUT_BACK, BY_HAND, ITS_OWN = "Put back", "set by hand", "the network’s own P"
ONE_LOSS, CURVE = "The loss of one example", "The loss over p of the right answer"
CURVE_SAYS = "At p = {p:.2f} it is {loss:.3f} nats"
POINT = {
    "one": "the point on the curve: L = −ln {p:.4g} = {loss:.3f} nats. The right answer’s ∂L/∂y is "
    "p\u00a0−\u00a01 = {d}; the other one gets its own p. Together they are 0.",
    "many": "the point on the curve: L = −ln {p:.4g} = {loss:.3f} nats. The right answer’s ∂L/∂y "
    "is p\u00a0−\u00a01 = {d}; the {n} others get their own p. Together they are 0.",
}
P_BY_HAND, P_OWN = "p by hand", "network’s P"
FILM_IS_OWN = "The film above is the network’s own."
P_AXIS, NATS_AXIS = "p of the right answer", "L = −ln p, nats"
