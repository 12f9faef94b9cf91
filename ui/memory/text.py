"""The English of Memory: every sentence, label and title of the page. No code, no numbers."""

# the page
TABS = {"The laboratory": "Gradient flow", "The cliff in the loss": "The cliff"}
"""What an address says, and what stands on the button."""
PART, MORE = "Part", "More"

# the stories; {last[i]} and {first[i]} : |dL/dh| of the i-th network at the last word and the first
FREE = (
    "The gradient that arrives at a word is all that the network can learn from it. Move a setting "
    "and see what arrives; a name above is a story: it sets them all, and tries whether it learns."
)
STORY_NAMES = {
    "vanishing": "vanishing", "edge of chaos": "edge of chaos", "exploding": "exploding",
    "forget bias": "forget bias", "truncation": "truncation", "the echo": "the echo",
    "the future": "the future",
}  # fmt: skip
STORIES = {
    "vanishing": "The write-up starts with weights / 1000: of a gradient of {last[0]} at the last "
    "word {first[0]} reaches the first of ten. A rotation times 0.9 hands on {first[2]} of "
    "{last[2]}. From which start does the same network learn what came first?",
    "edge of chaos": "Is “keep the spectral radius below 1” a good rule? Of a gradient of "
    "{last[0]}, {first[0]} comes through forty words at 0.9, and {first[2]} at 1.3. With which "
    "radius do most seeds learn what came first, and with which is it luck?",
    "exploding": "Three networks, alike in every number, whose gradient grows on its way back, "
    "from {last[0]} to {first[0]}. Not clipped, a long gradient throws the weights about; clipped "
    "by value it also turns; clipped by norm it keeps its direction. Which of them learn?",
    "forget bias": "An LSTM is no cure by itself: over eighty words a forget bias of 0 hands on "
    "{first[0]} of a gradient of {last[0]}, and 1 hands on {first[1]}. With 3 its gates begin "
    "open, and {first[2]} arrives. Which of them learn within 250 steps?",
    "truncation": "The answer is the first of ten words, and the gradient reaches only the last k "
    "of them. Below 10, no update ever hears of the step that read the word to be kept. Which k "
    "learn?",
    "the echo": "The same at radius 1. Does the untrained network already keep the first word, as "
    "an echo, so that only the readout has to learn? Then which k are enough?",
    "the future": "Does this word come again? That is asked at each of five words, and only what "
    "follows knows. In a GRU that reads in one direction the gradient of the last answer goes from "
    "{last[0]} to {first[0]}, in both from {last[1]} to {first[1]}. Which of them can learn it?",
}

# what is compared, and how each network of a comparison is called
COMPARE, COMPARE_THIS = "Compare", "Compare: {what}"
COMPARISONS = {
    "nothing": "nothing", "radius": "spectral radius", "init": "initialisation", "cell": "cells",
    "both": "directions", "forget": "forget bias", "clip": "clipping", "k": "truncation",
    "length": "lengths",
}  # fmt: skip
NETWORKS = {"radius": "radius {}", "forget": "bias {:g}", "k": "k = {}", "length": "T = {}"}
DIRECTIONS = {False: "one direction", True: "both directions"}
CLIPPED = {"none": "not clipped", "value": "by value", "norm": "by norm"}

# the settings
OPTIMIZER, CLIP = "Optimizer", "Clip the gradient by"
CLIPS = {"norm": "norm", "value": "value", "none": "none"}
CLIP_AT, FIRST_SEED, SEEDS, STEPS = "Clip at", "First seed", "Seeds", "Steps at most"
LENGTH, CELL = "Words, T", "Cell"
CELLS = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}
BOTH = "Both directions"
INIT, RADIUS = "Initialisation", "Spectral radius of :green[$W_{hh}$]"
FORGET, ACTIVATION, UNITS = "Forget bias", "Activation", "Hidden units"
TRUNCATED = "Truncated to the last k words"
TRUNCATED_HELP = "So it goes k − 1 words back. {all}: all the way."
TASK, TOO_SHORT, STOP = "Task", "This task needs {shortest} words at least.", "Stop"
GO_ON, LEARNS, WHEN = "Go on", "Does it learn?", "Networks"
TRIALS = "{n} trials, each of {steps} steps at most"
LOOKED = "Looked at {n} of the networks"

# how far the gradient reaches
PROFILE = "How much of the last word’s gradient arrives"
PROFILE_SAYS = "{name} |dL/dh| from {last} to {first}, memory horizon {horizon} words"
N_WORDS = "{n} words"
NETWORK = {"one": "1 unit, seed {seed}", "many": "{n} units, seed {seed}"}
WHENS = {"untrained": "untrained", "trained": "trained"}
NOTHING_YET = "nothing is trained yet: press “Does it learn?”"
H_AND_C = {"all": "gradient of h and c", "some": "LSTM: gradient of h and c"}
SLOPE = "the slope: straight means the same factor at every word. "
FACTORS = "Here it is {least} to {most}. "
FACTORS_OF = (
    "Here it is {least} to {most}, of which {weights} gives {radius:g} and the derivative of "
    "{activation} the rest. "
)
GREY = {"trained": "Grey: the same, untrained. ", "untrained": "Grey: what was shown before. "}
MARKS = "Marks: the memory horizon, 1 % is left."
PROFILE_HEAD = {"first": "at word 1", "factor": "× a word", "horizon": "horizon",
                "saturated": "saturated"}  # fmt: skip
HORIZON = "{n} of {all}"
BELOW = {"tiny": "below 1e−{power}: nothing arrives", "zero": "0: nothing arrives"}
ABOVE = {"high": "above 1e{power}", "none": "not a number"}
POINT = "{name} %{{y:.2g}}, %{{x}} words back<extra></extra>"
LEFT = "1 % is still here: %{x} words back<extra></extra>"
PROFILE_AXIS = "words back from the last one"

# the eigenvalues
EIGENVALUES = {"trained": "The eigenvalues of {weights}, trained",
               "untrained": "The eigenvalues of {weights}, untrained"}  # fmt: skip
GATE, SPECTRAL_RADIUS = "gate {gate}", "spectral radius {radius}"
NOT_A_NUMBER = "not a number"
DOTS = (
    "dots outside the circle, {n} of {all}: in their directions {weights} alone makes a gradient "
    "grow, in those of the others shrink. "
)
GATED = {"one": "A gated cell also hands its state on past these weights.",
         "many": "A gated cell also hands its state on past these weights; shown are those of the "
         "candidate."}  # fmt: skip
MEASURED = (
    "With the derivative of {activation} at each word, the gradient was measured to change by a "
    "factor of {factor} a word."
)

# the trials
TRIALS_SHOW = "Share of right answers by step, a curve for each seed"
TRIALS_LOOK = (
    "whole columns, not single curves: a curve is a seed, dotted is guessing, the mark the first "
    "of ten batches in a row that are right. Longest gradient: of these seeds, before clipping."
)
COUNT, ANSWER = "{n} of {all}", "**Seeds that learned: {counts}.**"
LEARNED, NEVER = "{name} learned by {count}, steps {steps}", "never"
WAITING = {"one": "1 trial is waiting.", "many": "{n} trials are waiting."}
ENDED = "All {n} trials have ended."
NOW = "seed {seed} · step {step} of {all} · {share} right"
BROKE, THIS_SETTING = "{longest}, then not a number", "this setting"
TRIALS_HEAD = {"count": "learned by", "steps": "at step", "longest": "longest gradient"}
TRIAL_CURVE = "%{y:.0%} right at step %{x}<extra></extra>"
TRIAL_END, TRIAL_AXIS = "learned at step %{x}<extra></extra>", "steps"

# the cliff
STARTS_AT, OWN_START, W_XH = "Start: {name}", "your own", ":orange[$W_{xh}$] at the start"
W_HH = ":green[$W_{hh}$] at the start"
UPDATE = {"cliff_lr": "Learning rate", "cliff_at": "Clip the norm at"}
CLIFF = "The cliff in the loss"
CLIFF_SAYS = "The loss over two weights, and two walks down. {became}"
CLIFF_TASK = "One unit reads the same word {n} times and shall end at ½: {formula}"
CLIFF_START = "◇ start: click the map to move it"
WALKS = {"free": "not clipped", "clipped": "clipped at {norm:g}"}
HOW = {"free": "Without clipping", "clipped": "With its norm clipped at {norm:g}"}
CLIFF_LOOK = (
    "the wall at {wall}, where the lines crowd. At {weight} the answer rises {rise:,} times as "
    "fast as {input} there: 1 + 2 + 4 + … + {last}. On the dotted line it is right."
)
BECAME, CURVES = "What became of them", "Loss and norm of the gradient by update"
AFTER, AFTER_SAYS = "update {n} of {all}", "update {n}, {losses}"
WALK_LOSS = "{name}: loss {loss}"
NOW_HEAD = {"loss": "loss", "gradient": "gradient", "next": "next update"}
SHORT = "{how} no update is longer than {most}."
JUMP = "{how} update {n} jumps {far} away, from a gradient that is {norm} long."
ARRIVES = "It arrives: after {after} updates the loss stays below {enough:g}."
STAYS = "It hardly moves: at the start its gradient is {start}."
LANDS = (
    "It lands where the gradient vanishes, and ends with a loss of {loss} and a gradient of {norm}."
)
UNDER_WAY = "After {n} updates it is under way, with a loss of {loss} and a gradient of {norm}."
LUCK = "Is it luck?"
WAYS = {"arrive": "arrive", "thrown": "thrown, arrive", "lost": "thrown, do not",
        "neither": "neither"}  # fmt: skip
ALL = "all"
AT_THE_WALL = "Starts at the wall: {w_xh} {xh}, {w_hh} {hh}; {n} updates."
SPAN, OFF_THE_MAP = "{low:g} to {high:g}", "off the map"
SIDES = {"low": "answers −1", "high": "answers +1", "right": "right: ½"}
LOSS, UPDATES_AXIS, GRADIENT_AXIS = "loss", "updates", "|gradient|"
CURVE = {"loss": "loss %{y:.3g} after %{x} updates<extra></extra>",
         "gradient": "gradient %{y:.3g} after %{x} updates<extra></extra>"}  # fmt: skip
ARRIVED, CLIPPED_HERE = "arrived", "clipped here"

# what can be taken along
LENGTHS_FILE, TRIALS_FILE = "Gradient by distance (CSV)", "Trials (CSV)"
WALKS_FILE, LENGTHS_COLUMN = "Both walks (CSV)", "words before the last"
TRIALS_COLUMNS = "network,seed,learned at step,right in the last batch,longest gradient,stopped"
WALKS_COLUMNS = "walk,update,W_xh,W_hh,loss,|gradient|"
