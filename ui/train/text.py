"""The English of Train: every sentence, label and title of the page. No code, no numbers."""

# the page
MORE = "More"
NOT_YOURS = {"unknown": "No known word in yours; a training sentence",
             "not asked": "Nothing is asked of yours; a training sentence"}  # fmt: skip
COUNTED = "{formula}. A longer sentence adds none: each word uses the same."
TABS = {
    "two": "Two runs, one difference", "many": "Many seeds",
    "way": "On the way: reach, radius, gradient", "weights": "The weights",
    "mistakes": "Right and wrong",
}  # fmt: skip
"""Of the tabs; an address says these names."""
OF_WHICH = "Of which sentences"

# the settings
AT_ONCE, NEW_RUN = "**Acts at once**", "**Starts a new run**"
RATE, CLIP = "Learning rate", "Clip the gradient"
CLIPS = {"value": "by value", "norm": "by norm", "none": "off"}
CLIP_AT, CLIP_AT_NOTHING = "Clip at", "Clip at: not while it is off"
CELL, LAYERS, BOTH, UNITS = "Cell", "Layers", "Both ways", "Hidden units"
RADIUS, NO_RADIUS = "Spectral radius of :green[$W_{hh}$]", "Radius: of a rotation only"
BATCH, SEED = "Batch", "Seed"
OPTIMIZER, ACTIVATION, INIT = "Optimizer", "Activation", "Initialisation"
FORGET = "Forget bias: above 0 it keeps"
LOSS_SCALE = "Scale of the loss"

# the recipes
RECIPE, YOUR_OWN = "Recipe: {name}", "your own"
RECIPES = {
    "default": "our default", "write-up": "the write-up's own", "fast": "learning rate too high",
    "unclipped": "no clipping", "lstm": "an LSTM", "future": "a label that needs the future",
    "ends": "a label that needs both ends",
}  # fmt: skip
RECIPES_SAY = {
    "default": "One sentence at a time, clipped by value.",
    "write-up": "Tiny random weights, 64 units: a plateau of hundreds of epochs.",
    "fast": "Four times the usual one.",
    "unclipped": "ReLU and a high learning rate: what keeps the gradient in bounds?",
    "lstm": "Gates, and Adam.",
    "future": "At each word: does it come again? One direction against both.",
    "ends": "At each bit: are the first and the last the same? Both directions, in one layer "
    "against two.",
}

# the buttons
PLAY, PAUSE, STEP, EPOCH, RESTART = "Play", "Pause", "Step", "Epoch", "Restart"
SPEED, BACK_IN_TIME = "Speed", "Go back in time"

# the curves
CURVES = {"loss": "Loss and accuracy", "perplexity": "Perplexity and accuracy"}
TRAIN_LINE, TEST_LINE = "train, solid", "test, dashed"
PREVIOUS = " · grey: the previous run, {n} epochs"
CURVES_LABEL = "Loss and accuracy by epoch"
CURVES_SAY = "Train solid, test dashed, the previous run grey"
LOSS_AXIS = {"loss": "loss, nats", "perplexity": "perplexity"}
RIGHT, EPOCHS_AXIS = "right", "epoch"
SPLITS = {"train": "train", "test": "test"}
NUMBER = {"train": "train {value}", "test": "test {value}"}
HIGHEST = "▲ up to {value}"
CURVE = {
    "loss": "{split}: %{{y:.3f}} at epoch %{{x}}<extra></extra>",
    "right": "{split}: %{{y:.0%}} at epoch %{{x}}<extra></extra>",
    "any": "%{y:.3f} at epoch %{x}<extra></extra>",
    "way": "%{{y:.3g}} at epoch %{{x}}<extra>{what}</extra>",
    "radius": "%{y:.2f} at epoch %{x}<extra></extra>",
}
BEFORE = {"train": "previous run, train", "test": "previous run, test"}

# what is told of a run
PROGRESS = "epoch {epoch} of {goal} · step {step}"
SHARED = "shared with {n} others: pause when you have seen enough. "
TOOK = " {seconds:.2f} s of training."
FORKED = " Changed on its way: a link trains afresh."
PLATEAU = "Epochs {first} to {last}: {share:.2f} right, as by always saying “{answer}”."
GAP = "All of train right, {test} of test: a gap of {points:.0f} points."
GAP_RISEN = (
    "All of train right, {test} of test: a gap of {points:.0f} points. The test loss was lowest, "
    "{lowest}, at epoch {epoch}; now it is {now}: learned by heart."
)
JUMPS = (
    "The train loss rose in {n} of {all} epochs, at most from {before} to {after} (epoch {epoch})."
)
FIRST_RIGHT, ALL_OF = "Right for the first time: {which}.", "all of {split} at epoch {epoch}"
STANDS_STILL = "Does it stand still at {share:.2f} right for a while, as by always saying “{name}”?"
STOPPED = "It stopped at {why}; all up to there is kept."
STOPPED_ASKS = "Does a lower learning rate help, or clipping?"
LEARNED = (
    "Every sentence right from epoch {epoch} on, five epochs in a row; all of train first at "
    "{train}, all of test at {test}."
)
NO_TEST = "All training sentences right; there is no test."
BETTER_THAN_THE_RULE = (
    "All training sentences right, {test} of the test: it has learned these sentences better than "
    "the rule."
)
AFTER = {"train": "After {n} epochs {train} of train are right.",
         "test": "After {n} epochs {train} of train and {test} of test are right."}  # fmt: skip
AFTER_ASKS = "Does another learning rate do better?"

# the sentence's state
YOURS = "Your sentence"
STATE = {"now": "{whose}, now", "then": "{whose}, at epoch {epoch:g}",
         "now of": "{whose}, now · {layer}",
         "then of": "{whose}, at epoch {epoch:g} · {layer}"}  # fmt: skip
STATE_LABEL = "The hidden state now"
STATE_SAYS = "Units over words, and the answer after each word"
RIGHT_ANSWER, SKIPPED, N_UNITS = "right", "skipped", "{n} units"

# every sentence
EVERY, SOME_OF = "Every sentence", "{n:,} of {all:,} sentences"
FRAMED = {"yours": "at this step · framed: yours", "none": "at this step · without yours"}
EVERY_SAYS = "By its error: white is right, wrong ones carry a cross"
CELL_SAYS = "%{text}<br>error %{z:.2f}<extra></extra>"
COUNT = {"train": "train: {n} of {all} right", "test": "test: {n} of {all} right"}
LEGEND = "error 0 {colours} 1 · ✕ wrong · click one to read it"
LEGEND_SAYS = "The error is 1 − P(right answer)."

# the eigenvalues
EIGENVALUES = {"one": "Eigenvalues of {weights}", "of": "Eigenvalues of {weights} · {layer}"}
AT_THE_START = {"one": "hollow: at the start", "of": "○ start"}
EIGENVALUES_LABEL = "The eigenvalues of W_hh"
EIGENVALUES_SAY = "In the unit circle; beside them spectral radius and memory horizon"
NO_NUMBER = "no number"
SPECTRAL_RADIUS, MEMORY_HORIZON = "spectral radius", "memory horizon"
RADIUS_BY_EPOCH = "radius by epoch"
HORIZON = {"one": "{n} word", "many": "{n} words"}

# slow motion
LESSON = {"one": "It learns this: wanted {answer}", "many": "It learns this: {n} answers",
          "one of": "It learns this: wanted {answer}, first of a batch of {batch}",
          "many of": "It learns this: {n} answers, first of a batch of {batch}"}  # fmt: skip
STAGES = {"forward": "forward", "loss": "loss", "backward": "backward", "update": "update"}
STRIP, LESSON_LABEL = "The unrolled network", "The sentence that is learned"
LESSON_SAYS = "Hidden states, then their gradients"
READS = "It reads “{word}”, word {t} of {n}: {formula}"
ITS_LOSS = "P({answer}) = {p:.3f}, so the loss is L = {loss:.3f}."
ITS_LOSSES = "The loss is the mean of {n}: L = {loss:.3f}."
GOES_BACK = "At “{word}” the gradient is {length} long; each word adds its share to {sum}."
MOVES = (
    "{weights} moves, most (unit {column} → row {row}) from {old} to {new}; the loss: {before:.3f} "
    "→ {after:.3f}."
)

# two runs, many seeds
SAME = "as set"
DIFFERENCES = {
    "clip": "no clipping", "optimizer": "Adam, lr 0.005", "start": "the write-up’s initialisation",
    "units": "four times the units", "cell": "another cell", "both": "both directions",
    "layers": "two layers", "transpose": "W_hh for its transpose", "batch": "another batch size",
    "order": "another order", "random": "random search",
}  # fmt: skip
"""What the other run is called."""
LESS = {"both": "one direction", "layers": "one layer"}
"""The same where the run as set has more."""
DIFFERENCE, SEEDS = "The one difference", "Seeds"
RNN_ONLY = "This is the vanilla RNN’s mistake: choose that cell."
START, STOP = "Start", "Stop"
AS_STARTED = "It runs with the settings that stood when it was started."
RUNS_LABEL = "Several runs"
RUNS_LOOK = "which curve falls first, and whether the other ever does. Press Start."
GOOD_FROM = {"now": "{name}: every sentence right from epoch {epoch} on", "not": "{name}: not yet"}
BOTH_RUNS = {"some": "{runs}, five epochs in a row. {compared}", "none": "{runs}. {compared}"}
COMPARED = {
    "plain": "Train loss after {n} epochs: {a} against {b}.",
    "random": "Train loss after {n} epochs: {a} against {b}. Of its {steps:,} random steps "
    "{kept:,} were kept. An epoch costs both about the same: one way forward and back, or {tries} "
    "ways forward to try.",
    "order": "Train loss after {n} epochs: {a} against {b}; they start as one and are {most} apart "
    "at epoch {epoch}.",
    "batch": "Train loss after {n} epochs: {a} against {b}, by {steps_a:,} updates of {size_a} "
    "against {steps_b:,} of {size_b}.",
}
SPREAD = {
    "none": "the spread: 0 of {all} seeds have every sentence right in five epochs in a row. ",
    "some": "the spread: {n} of {all} seeds have every sentence right in five epochs in a row, "
    "from epoch {first} to {last} on, median {median:g}. ",
}
ONE_CURVE = "A single curve proves little."

# on the way
WAY_LABEL, WAY_SAYS = "On the way", "Four curves by epoch"
WAY = {"answer": "P({answer})", "horizon": "horizon", "radius": "radius", "gradient": "gradient"}
CLIPPED = "clip"
WAY_LOOK = (
    "the memory horizon, how many words the gradient travels back: from {horizon:g} to "
    "{horizon_now:g}, while the spectral radius went from {radius:.2f} to {radius_now:.2f}. The "
    "gradient’s length is before clipping."
)
MATRIX_LABEL, MATRIX_SAYS = "The recurrent weights", "A cell for each weight"
MATRIX_CELL = "from unit %{x} to row %{y}: %{z:+.3f}<extra></extra>"
FROM_UNIT, TO_ROW = "from unit", "row of W_hh"
LARGEST = "The largest weight goes from unit {column} to row {row}: {value:.2f}."

# right and wrong
PARTS = {"test": "test sentences", "train": "training sentences"}
ANSWERS_TO = {"test": "Answers to the test sentences", "train": "Answers to the training sentences"}
AT_EPOCH = "at epoch {epoch:.0f}"
WORTH = {
    "all": "{right} right, of {n:,} {part}. {always} are {usual}: always saying {usual}, the most "
    "frequent in training, is right in {always}. {verdict}",
    "sample": "{right} right, of {n:,} {part} (an even sample of {all:,}). {always} are {usual}: "
    "always saying {usual}, the most frequent in training, is right in {always}. {verdict}",
}
BETTER = {"no": "It is no better.", "better one": "It is {n} point better.",
          "better": "It is {n} points better.", "worse one": "It is {n} point worse.",
          "worse": "It is {n} points worse."}  # fmt: skip
CONFUSION = "Confusion matrix"
CONFUSION_SAYS = "A row for each right class, a column for each answer"
DIAGONAL = "the diagonal: every answer lies on it, so every answer is right."
MISTAKEN = (
    "the darkest cell off the diagonal. Most often {right} is taken for {said}: {n:,} of {all:,}."
)
WORST, WORST_OF = "The worst errors", "The worst errors, {n} of {all:,}"
NONE_WRONG = "None is wrong."
ERRORS = {"text": "click one to read it", "right": "right", "said": "it said", "p": "how sure"}
TAKEN_FOR = {True: "{right}: {n} of {all} right", False: "{right} taken for {said}: {n} of {all}"}
SAID_AXIS, RIGHT_AXIS = "it said", "right"
