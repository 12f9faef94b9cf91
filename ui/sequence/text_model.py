"""The English of the model and its data: what is chosen, trained, given and set by hand."""

# the network
CELL, CELL_HELP = "Cell", "What happens at each word. GRU and LSTM have gates."
LAYERS, LAYERS_HELP = "Layers", "Each layer reads the states of the one below."
BOTH = "Read in both directions"
BOTH_HELP = "A second half of each layer reads from the last word to the first."
UNITS, UNITS_HELP = "Hidden units", "How much it can hold at once."
SEED, SEED_HELP = "Seed", "The luck of the start and of the order of the sentences."
INIT_NAMES = {"orthogonal": "rotation × radius", "uniform": "uniform", "tiny": "N(0, 1) / 1000",
              "positive": "U(0, 1), all positive"}  # fmt: skip
OPTIMIZERS = {"sgd": "SGD", "momentum": "Momentum", "rmsprop": "RMSprop", "adam": "Adam"}
VANILLA, WITH = "vanilla RNN", "{cell} with {activation}"
N_UNITS = {"one": "1 unit", "many": "{n} units"}
N_LAYERS, BOTH_DIRECTIONS = "{n} layers", "both directions"
STARTED, OF_SEED = "started with weights {init}", "seed {seed}"
LAYER_NAMES = {"": "layer {n}", "forwards": "layer {n}, forwards",
               "backwards": "layer {n}, backwards"}  # fmt: skip
ONE_LAYER = {"": "the layer", "forwards": "forwards", "backwards": "backwards"}
SHORT_NAMES = {"": "{n}", "forwards": "{n} forth", "backwards": "{n} back"}
"""Of layers, for a button and a link."""

# the model
WHO = "Who reads"
READERS = {"everyday": "the everyday model", "trained": "one trained here",
           "file": "one from a file"}  # fmt: skip
EVERYDAY, FROM_A_FILE = "Everyday · {network}", "from a file"
EPOCH, BOTH_WAYS = "epoch {epoch}", "both ways"
TRAINING = {"label": "training …", "line": "Training …"}
PLAIN = "Here it is one plain layer; yours is kept for the other pages."
WIRING, LONGER = "**Another wiring**", "Train longer"
EPOCHS, EPOCHS_HELP = "Epoch of the training", "0 is the untrained network."
COUNTED = "Parameters: {formula}, for a sentence of 1 word as of {most}."
BY_HAND_SAYS = "**{weights}**; what follows is of it as it was trained."
EVERYDAY_SAYS = (
    "**The everyday model.** Trained beforehand on sentences of our own grammar, with {n:,} "
    "everyday words; {network}. Right: {right:.1%} of its test sentences. To be no surer than it "
    "is right its logits were divided by {temperature:.2f}, fitted on others."
)
SHOWN_AT = "Shown as it was at **epoch {epoch}**. "
PAUSED_AFTER = "It paused after {seconds:.0f} s of training. "
CHANGED = "Its settings were changed on the way: a link trains it afresh. "
NOT_COUNTED = "{n} test sentences hold no word of the training ones: not counted. "
TRAINED = "Trained **{n} epochs** on {data} in **{took}**, {when}"
WHEN = {"own": "on the Train page", "now": "just now", "earlier": "earlier"}
SCORES = {
    "sentences": "{network} · {optimizer}, learning rate {lr:g} · right: {train:.0%} of training, "
    "{test:.0%} of test sentences",
    "answers": "{network} · {optimizer}, learning rate {lr:g} · right: {train:.0%} of training, "
    "{test:.0%} of test answers",
}
LEARNED = {"text": "{n:,} symbols", "sentences": "{n:,} sentences"}
PROGRESS = "Training on {data}: epoch {epoch} of at most {to}, {right:.0%} right"

# a training of a page's own
NEW_RUN = "**Starts a new run**"
GOAL = "Epochs: where it pauses by itself"
TRAIN, PAUSE, BACK_IN_TIME = "Train", "Pause", "Go back in time: epoch"
PACES = {"slow": "slow", "steps": "steps", "epochs": "epochs", "all": "all"}
NOT_TRAINED_ON = "It cannot be trained on: {why}."
STUCK = "It cannot go on from here: go back in time, or change a setting."

# a model from a file
TRAIN_ON, FORGET = "Train it on", "Forget it"
MODEL_FILE = "A model from a file, as Share saves it"
STAYS = "It stays in this visit, and is written to no disk."
READING, SOMETHING = "Reading …", "nobody knows what"
NOT_TAKEN = "{error}. Nothing has changed."
MODEL_SAYS = "**{file}.** Trained {n} epochs on {data}; {network}."
MODEL_RIGHT = "Right: {right:.1%} of the test."
MODEL_READS = "Its data is not here: it reads, but cannot be trained on."
MODEL_KNOWS = "It knows {n:,} words."
MODEL_LACKS = "What it learned from is not here: it cannot be trained on."
LACKING = "its data is not here"
CANNOT_TRAIN = (
    "It was trained in a way that this page cannot set: it can be read here, and trained on with "
    "rnn_core."
)
NO_FILE_HERE = (
    "A link holds no file, and a page that is reloaded has forgotten it: give the model again. "
    "Until then the usual one reads."
)
TOO_LARGE = "{name} is {size:.0f} MB; at most {most} are taken"
NOT_A_READER = (
    "{name} is no model for this page: it reads two sequences, or a picture, and so belongs to "
    "Translate or See"
)

# weights by hand
WEIGHT = {"bias": "{name}, to {row}", "weight": "{name}, from {column} to {row}"}
N_WEIGHTS = {"one": "{n} weight by hand", "many": "{n} weights by hand"}
WEIGHTS, DONE = "Weights by hand", "Done"
PUT_BACK, PUT_ALL_BACK = "Put back {value}", "Put all back"
NOT_HERE = "By hand: not here"
NOT_HERE_SAYS = (
    "**{weights}**: not in this run. It is trained, so its numbers are its own; Read, Step back "
    "and Check show yours."
)
SOME_WEIGHTS = "Some weights in the link cannot be set by hand; they were left out."
NO_WEIGHTS = "This network has no {names}: what was set there by hand is put back."
NO_WEIGHT = "There is no weight {name} here."
MOST_WEIGHTS = "At most {most} weights are set by hand: put one back first."

# what is held by hand
NOT_HELD = "The link holds something that cannot be held; that was left out."
NOT_FITTING = "This network has no such gate, unit or layer: what was held there is free."
NO_GATES = "This cell has no gates: one sum makes its whole state, anew at each word."
LOOK_AT = {"lstm": "Look at an LSTM", "gru": "Look at a GRU"}
HOLD_BY_HAND, GATE, HOLD = "Hold by hand", "Gate", "Hold"
HELD_AT, COPY = "{gate} held at", "Copy from “{word}” on: {values}"
WHICH_UNITS, WHICH_WORDS = "Units", "Words"
THESE_UNITS = {"all": "all units", "one": "unit {unit}"}
THESE_WORDS = {"all": "all words", "here": "from the shown word on"}
N_HELD, HELD, FREE = "{n} held", "**Held by hand:** {held}.", "Free"
IN_UNITS = {"some": "in unit {units}", "more": "in unit {units} …"}
AT_WORDS = {"one": "at word {first}", "on": "from word {first} on",
            "some": "at words {first} to {last}"}  # fmt: skip
IN_LAYER = "in {layer}"

# the sentence added to the data
ADD = "Or add the sentence to the data, and train again. It is"
ADDED, ADDED_BACK, YOUR_OWN = "{words} added", "Back to {data} without it", "your own"
ADDED_SAYS = (
    "One of {n:,} training sentences has {words} now, and says **{label}**. From that one it "
    "learned all that it knows of it. Put “not” before it: does that turn the answer round?"
)

# the data
DATA, DATA_OWN = "Sentences to learn from", "Your own data …"
DATA_CALLED, NEXT_SYMBOL = "your own ({n:,} sentences)", "Next symbol: {name}"
TASKS = {
    "parity": "Parity: even or odd, bit by bit",
    "bracket_depth": "Brackets: how many are open",
    "copy": "Copy: say six letters again",
    "remember_first": "Memory: which came first?",
    "temporal_order": "Memory: in which order?",
    "parity_last": "Parity, asked once, at the end",
    "comes_again": "The future: does this word come again?",
    "same_ends": "Both ends: are they the same?",
}
NO_DATA = "A link holds no own data, and a page that is reloaded has forgotten it"
NO_ROOM = "Your own data had to make room for that of others"
UNTIL = {"own": "{error}. Until it is given again, “{data}” is used.",
         "other": "{error}. Until that is put right, “{data}” is used."}  # fmt: skip

# the drawer of own data
DRAWER, FROM = "Your data", "From"
PROMISE = (
    "Your data stays in this visit: it is never written to a disk, nobody else sees it, and it is "
    "gone when you close or reload the page. A link holds settings only."
)
LINES, TABLE, FILE = "Pasted lines", "A table", "A file"
LINES_SAY = "In each line a text, a comma, a semicolon or a tab, and its label"
LINES_EMPTY = "this is not bad, positive\nthis is bad, negative"
FILE_SAYS = "CSV, TSV or TXT, with a text and a label in each row"
TOO_MANY_TO_EDIT = "More than {most:,} rows are too many to edit here"
COLUMNS = {"text": "Text", "label": "Label", "split": "Training or test"}
LEAST = "A word is learned by name if training has it at least"
LEAST_HELP = (
    "The rarer ones are read as one word, “unknown”: so the network learns what to do with a word "
    "that it has never seen."
)
LEAST_USUAL, HEADER, NO_SPLIT = "as suits", "Line 1 names the columns", "a fifth as test"
READING_WORDS, NUMBERING = "Reading the words …", "Numbering the words …"
USE = "Use these {n:,} sentences"
ROWS = {
    "drawn": "**{n:,} rows** read ({how}): {train:,} for training, {test:,} for the test, drawn by "
    "label.",
    "given": "**{n:,} rows** read ({how}): {train:,} for training, {test:,} for the test, as its "
    "column says.",
}
LEFT_OUT = "- {n:,} left out: {reason} (first in line {line})"
NOT_IN_TRAINING = "- {n:,} left out: no word of the training in a test sentence"
N_CUT = "- {n:,} of more than {most} words end there"
LABELS = "Labels: {labels}. {always}"
ALWAYS = {"all": "{share} are {label}: always saying {label} is right in {right}.",
          "test": "{share} are {label}: always saying {label} is right in {right} of the test "
          "sentences."}  # fmt: skip
N_WORDS = "{n:,} different words in training, at most {longest} in a sentence."
N_RARE = (
    "{n:,} of them come less than {least} times: they are read as one word, “unknown”, and so is "
    "every word that is new."
)
KEPT, TAKE_ALONG = "Kept: {data}", "Take it along"

# what is wrong with a row, or with all of them
WRONG_ROW = {
    "late": "after the first {most:,}",
    "no word": "no word in the text",
    "twice": "the same sentence with the same label came before",
    "cells": "more cells than the others: a text with the delimiter in it needs quotes",
    "no text": "no text",
    "no label": "no label",
    "long": "a label of more than {most} characters",
    "split": "a split that is neither training nor test",
}
NO_ROW, NO_ROW_FROM = "No row can be used: {reasons}", "{reason} (from line {line})"
HEADER_ONLY = "there is a header only"
ONE_LABEL = "Every label is “{label}”; there must be two at least"
MANY_LABELS = (
    "There are {n:,} different labels, and at most {most} can be told apart here: is it the right "
    "column?"
)
NO_LABEL_TWICE = "No label comes twice, so there is nothing to test on"
NO_TEST = "No test sentence has a word of the training sentences"
EMPTY, NO_TEXT = "It is empty", "This is not a text: a CSV, TSV or TXT file is needed"
ONE_COLUMN = (
    "There is one column only: each line needs a text and its label, with a comma, a semicolon or "
    "a tab between them"
)
LARGE = "This is {size:.0f} MB; at most {most} MB are taken, so give a part of it"
ARCHIVE = "This is an archive or a workbook, not a text: save the sheet as CSV"
DELIMITERS = {"\t": "tabs", ";": "semicolons", ",": "commas"}
QUOTES, THE_TABLE = "quotes as text", "the table"
