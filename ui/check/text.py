"""The English of Check: every sentence, label and title of the page. No code, no numbers."""

# the page
TABS = {"Check it": "Check it", "Find the bug": "Find the bug", "The race": "The race",
        "All of it": "All of it"}  # fmt: skip
"""What an address says, and what stands on the button."""
PART, MORE, EPSILON = "Part", "More", "Epsilon: move each number by ±"
EPSILON_HELP = "Too large, and the loss bends within the step; too small, and rounding wins."

# a case, and the check that is made
UNTRAINED, EPOCH = "untrained", "epoch {epoch}"
NETWORK = "{moment} · {units} units, seed {seed}"
NETWORK_BY_HAND = "{moment} · {units} units, seed {seed}, {n} set by hand"
WRITE_UP = "the write-up's initialisation"
MOVING = "Moving each number up and down by epsilon: {n:,.0f} of {all:,}"

# the verdicts
PASSED, DOUBTFUL, WRONG, LOST = "passed", "doubtful", "wrong", "lost in rounding"
BELOW, ABOVE = "error ≤ {limit}", "above"

# the verdicts of one check
TABLE_HEAD = {"shape": "shape", "error": "relative error and verdict"}
WANTED, AT_EACH_WORD = "wanted {target}, epsilon {epsilon}", "at each word"
LOOK_BAD = (
    "what is not green. The formulas have not changed: it is this epsilon that measures badly. "
    "Try {other}."
)
LOOK_ROUNDING = "what is grey. With this epsilon rounding wins: it measures nothing. Try 1e-5."
LOOK_LOST = (
    "what is grey: too little gradient left to check, less than the rounding of the loss. "
    "Ask for another answer, or choose an earlier epoch."
)
LOOK_RIGHT = "errors below 1e−7: the formulas of the backward pass are right."
LOOK_GREEN = "errors above 1e−7, still green: this epsilon measures no better."
COST = (
    "Computed here: {moved} numbers moved by ±{epsilon}, {readings:,} readings of {words} words, "
    "{took}."
)
ALL_MOVED, SOME_MOVED = "all {all:,}", "{n:,} of {all:,}"
SAMPLE = " At this size a sample of {most} per parameter, always the same one, is enough."

# where in W_hh they differ
DIFFER = "Where in {weights} they differ"
DIFFER_IN = "Where in {weights} they differ · {layer}"
MATRICES = "The gradient of W_hh by the backward pass, by differences, and their distance"
PLACES = {"backward": "backward pass", "differences": "differences", "apart": "apart"}
UNIT_TO_UNIT = "from unit %{{x}} to unit %{{y}}: {value}<extra></extra>"
APART = "10 to the %{customdata}"
WHERE_ONE_WORD = (
    "three empty pictures: before the first word there is no memory, so one word alone says "
    "nothing about W_hh."
)
WHERE_UNMOVED = "the second picture, which is empty: moving W_hh does not move the loss at all."
WHERE_UNHEARD = (
    "the first picture, which is empty: the backward pass says that W_hh does not matter."
)
WHERE_SAME = "two equal pictures and a pale third: the same gradient, found in two ways."
WHERE_LOST = "the speckles: where so little gradient is left, rounding draws its own picture."
WHERE_WRONG = "how the first two pictures differ: larger, turned, or another pattern altogether?"

# what epsilon does
EPSILONS, EPSILONS_SAY = "What epsilon does", "Relative error of W_hh over epsilon"
EPSILONS_LOOK = (
    "the lowest point, {error} at epsilon {epsilon}: a larger epsilon meets the curve of the loss, "
    "a smaller one the rounding of numbers."
)
EPSILON_DOT, EPSILON_AXIS = "epsilon {epsilon:.0e}: error {error:.1e}", "epsilon"

# find the bug
PLANTED, MYSTERY, MYSTERY_NUMBER = "What is planted", "a mystery", "Mystery number"
CHECK_ON = "Check it on"
STARTS = {"model": "this model", "tiny": "the write-up's own initialisation"}
CHECK_THIS = "Check this sentence"
NO_CHECK = (
    "No check yet. The backward pass has a mistake of a line or two in it: press Check, then "
    "change the sentence, the epoch or the start, and check again."
)
ONE_CHECK = "One check: errors of each parameter"
CHECKS = "{n} checks: errors of each parameter"
CHECKS_LOOK = (
    "which parameters are red, and when. Try one word, two words, a long sentence, the fresh "
    "network: most bugs hide somewhere."
)
CHECKS_HEAD, WHO = "sentence, answer wanted, model", "Who did it?"
NAME_SOMEBODY = "Name somebody when the red cells leave only one."
RIGHT, FIRST_GUESS = "✓ Right", ", at the first guess: {bug}."
GUESSES, NOT_THIS = ", after {n} guesses: {bug}.", "✗ Not this one"
SAME_RED = (
    ", though it would turn the same parameters red. What would it do on one word? On two? At the "
    "write-up's initialisation?"
)
OTHER_RED = ": on a sentence of some words it would turn {red} red, and no other."
NEXT_MYSTERY, SOLVED = "Next mystery", "Solved by you: {n}"

# the reveal
WHAT_RAN, WHAT_SHOULD, IT_IS = "✗ what ran", "✓ what should", "It is this: {bug}"
LESSON, HIDES = "Lesson. ", "Where it shows, and where it hides"
HIDES_HERE = "how little it shows in this model, on this sentence: check a longer one, later."
HIDES_ON_ONE_WORD = (
    "the row of one word: there it is not wrong at all. So check on a long sentence, and after "
    "some training."
)
HIDES_ON_BOTH = (
    "the row of one word: there it is not wrong at all, and at the write-up's own initialisation "
    "only by {error}. So check on a long sentence, and after some training."
)
HIDES_AT_THE_START = (
    "the write-up's initialisation: wrong only by {error}, because there all h are near zero. So "
    "check after some training."
)
HIDES_NOWHERE = "which cells are red in every row: this one cannot hide."

# the race
STORY = (
    "The write-up's own recipe (weights / 1000 at the start, learning rate 0.02, clipping at 1, "
    "64 units), with the transpose in its backward pass and, as it was published, without. "
    "Does it matter?"
)
SEEDS, N_SEEDS, STOP, GO_ON = "Seeds", "{n} seeds", "Stop", "Go on"
START, WITH, WITHOUT = "Start the race", "with the transpose", "without it"
ENDED = "{n} of {all} trainings have ended"
ENDED_NOW = (
    "{n} of {all} trainings have ended · now seed {seed} {way}: epoch {epoch}, {right:.0%} of "
    "training right"
)
RACE = "Epochs until every sentence is right"
RACE_AXIS = "epochs until every sentence is right, five times in a row"
RACE_AXIS_NARROW, NEVER, DOT = "epochs", "never", "seed {seed}: epoch {epoch}"
DOT_NEVER = "seed {seed}: never"
RACE_PROMISE = "where the two rows of dots will stand: each dot is one training from one seed."
RACE_LOOK_NEVER = (
    "the red column: {wrong} of {n_wrong} without the transpose never arrive, {right} of {n} with "
    "it."
)
RACE_LOOK = (
    "the two medians: without the transpose {later:.2g} times as many epochs. And the red column: "
    "{wrong} of {n_wrong} without the transpose never arrive, {right} of {n} with it."
)
SUM_NONE, SUM = "{way}: none has ended.", "{way}: {n} of {all} got everything right."
SUM_MEDIAN = "{way}: {n} of {all} got everything right, in the middle after {epochs:.0f} epochs."

# every cell
MANY_TO_ONE, MANY_TO_MANY = "many to one", "many to many"
ALL_RIGHT, CELL, ANSWERS = "{n} of {all} gradients are right", "cell", "answers"
ALL_LOOK = "a cell without ✓. There is none; if someone adds a new kind of cell, it appears here."
ALL_LOOK_WRONG = (
    "the cells without ✓: there the backward pass is not the derivative of the forward."
)
ALL_COST = (
    "{close} of them with an error below 1e−7. Computed here, on models of {units} units with "
    "weights of size 1, a sentence of {words} words and a state before the first word that is not "
    "zero: {readings:,} readings in {ms:.0f} ms."
)

# what can be taken along
VERDICTS_FILE, GRADIENTS_FILE = "Verdicts (CSV)", "Both gradients (CSV)"
RACE_FILE = "The race (CSV)"
CHECK_COLUMNS = "parameter,numbers moved,relative error,verdict,epsilon"
GRADIENT_COLUMNS = "parameter,row,column,backward pass,differences"
RACE_COLUMNS = "seed,backward pass,epochs until all is right"
