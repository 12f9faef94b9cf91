"""The English of the sentence and of the views of its trace, which several pages show."""

# the box and its sentence
SENTENCE, EXAMPLES = "Your sentence", "Examples"
SENTENCE_EMPTY = "type a sentence, such as: this is not bad"
CUT = {"words": "That was long: only its first {n} words are read.",
       "characters": "That was long: only its first {n} characters are read."}  # fmt: skip
CUT_AT_MOST = "That was long: only its first {n} words are read (at most {most} words)."
TARGET, WANTED = "Answer wanted", "wanted"
WANTED_HELP = {"known": "The true label is {label}.",
               "unknown": "Not in the data: you choose what is right."}  # fmt: skip
NOTHING_ASKED = (
    "Of this sequence nothing is asked, so there is no loss and no gradient: try another."
)

# what there is to remark on it
NOTHING = "Type a sentence above, and the network reads it here, word by word."
NOTHING_KNOWN = "None of these words is known, so there is nothing to read: {words}."
KNOWS = {
    "all": "It knows {n} words:",
    "most": "It knows {n} words, of which these met most others:",
}
KNOWS_MORE = "and {n:,} more"
READ_EVERYDAY = "read it with the everyday model, which knows {n:,} words"
N_UNKNOWN, IS_CUT, IS_LEFT_OUT = "{n} unknown", "cut", "left out"
N_PAIRS = {"one": "{n} new pair", "many": "{n} new pairs"}
SKIPPED = "{word} is not among its words, so it is skipped."
NEAREST, SKIPPED_TOO = " Nearest: ", "Skipped as well: {words}."
RARE = (
    "{words}: read as “unknown”, one word that stands for all those that training has seldom or "
    "never."
)
NEW_PAIRS = {
    "one": "{pairs} never occurs in training: nothing taught it what they mean together.",
    "many": "{pairs} never occur in training: nothing taught it what they mean together.",
    "more": "{pairs} and {n} more pairs never occur in training: nothing taught it what they mean "
    "together.",
}
LEFT_OUT = "Left out, because only words are read: {signs}"

# which part of a reading is drawn
ORDER, ORDER_IS, DRAW = "Rows: hidden units", "Rows: {order}", "Draw"
ORDERS = {"effect": "by effect", "likeness": "by likeness", "number": "by number"}
WHICH_LAYER = {"half": "Half", "layer": "Layer"}

# the film of a reading
STRIP, WORDS = "The unrolled network", "The words"
WHERE, UNIT = "word {t} of {n}: {word}", "unit {unit}"
SAME_WEIGHTS = {"one": "1 word, the same {parameters:,} parameters at each",
                "many": "{n} words, the same {parameters:,} parameters at each"}  # fmt: skip
SAY = {"last": "{what} {moves} from {before:.2f} to {now:.2f} at {word}; if it ended here: "
       "{answer}, {p}",
       "each": "{what} {moves} from {before:.2f} to {now:.2f} at {word}; it answers {answer}, "
       "{p}"}  # fmt: skip
MOVES = {"up": "rises", "down": "falls"}
SIGNAL_OF_UNIT, IN_LAYER = "{signal} of unit {unit}", "{what} in {layer}"
SAYS = {"last": "it says {answer} {p}", "ghost": "if it ended here: {answer} {p}",
        "right": "it says {answer} {p}, {right}", "wrong": "it says {answer} {p}; right is {right}",
        "next": "next: {answer} {p}",
        "came": "next: {answer} {p}; came {right}, {bits:.1f} bits"}  # fmt: skip
RIGHT, READ_SO_FEW = "right", "read {n} of {all} words"
STATES_SAY = {
    "last": "Heatmap of {units} hidden units over {words} words, and under it the probability of "
    "{answer} after each word",
    "each": "Heatmap of {units} hidden units over {words} words, and under it the answer after "
    "each word",
}
ANSWERS = "The answer at each word"
ANSWERS_SAY = "A row for each answer; what is right has a frame"
LIKELIEST, BITS, UNREAD = "likeliest", "bits", "unknown: skipped, h stays"
STATE_OF = (
    "{symbol} of unit %{{customdata[1]}} after “%{{customdata[0]}}”: %{{z:+.3f}}<extra></extra>"
)
IF_ENDED = "if it ended at “%{{customdata}}”: P({answer}) = %{{y:.3f}}<extra></extra>"
BAND_OF = "{band} of unit %{{customdata[0]}}: %{{customdata[1]}}<extra></extra>"

# what to look for in it
FLIPS = {
    "one": "the column where the picture flips: at “{word}” the verdict turns to {answer}.",
    "many": "the {n} columns where the picture flips; the last time at “{word}” the verdict turns "
    "to {answer}.",
}
ONE_WORD = "the single column: one word, one state, one answer."
CURVE = (
    "the curve: it says {answer} after every word; “{word}” moves it most, from {before:.2f} to "
    "{now:.2f}."
)
SATURATED = (
    "the full colours: after “{word}” {share} of the units are beyond ±{limit}: saturated. There "
    "1 − h² is below {slope:.2f}, so that hardly any gradient gets back."
)
ANSWERS_ASK = "the answers: one at each word. Are they what you would say?"
SYMBOLS_LOOK = (
    "the frames, what came: {n} of {all} times it was the likeliest. The greatest surprise is "
    "“{right}” after symbol {t}, {bits:.1f} bits."
)
ANSWERS_LOOK = (
    "the frames, what is right: {n} of {all} answers are. The least likely is “{right}” at word "
    "{t}, {p:.2f}."
)
SIGNAL_LOOK = {
    "signed": "columns whose colour differs from their neighbours': {what}.",
    "gate": "full colour: there it is open, at 1; faint cells are shut, at 0. It says {what}.",
}
BOTH_EACH = "Each answer sees both directions at its word."
BOTH_LAST = (
    "The curve: what the forward half says so far, beside what the backward half made of the whole "
    "sentence."
)
BACKWARDS = "This half reads from the last word to the first: follow it with ←."

# one step in words
IT_READS = "It reads “{word}”"
NOTHING_BEFORE = "{h}: nothing has been read before."
ALL_IT_KNOWS = "All that it knows of what came before is {h}, one vector of {n} numbers."
NEXT_STATE = (
    "The word and that vector make the next one, {h}, by the same weights at every word. These "
    "units move most:"
)
MOVED = "{n} of {all} move by more than 0.5."
WOULD_SAY = {
    "ghost": "If the sentence ended here, it would say {answer}, {p}.",
    "last": "The sentence is over. From this column alone it says {answer}, {p}.",
    "each": "At this word it answers {answer}, {p}.",
}

# one loss on its way back
ON_ITS_WAY = "The loss of “{name}” alone, on its way back"
AT_LOSS = "the loss, {loss:.2f} nats"
BACK_STEP = "back {n} of {all}: {said}"
BACK_HINT = "← → step back · Space plays"

# words as vectors
PLANE = "The columns of W_xh in a plane"
PLANE_SAYS = "Each word a point, coloured and marked by its kind"
PLANE_TITLE = "The columns of {weights}, in two dimensions"
ALONE = "Colour: the answer to the word alone, at the last epoch."
OTHER, VARIANCE = "other", "they hold {share} of the variance"
TOGETHER = {"words": "words that lie together: does the network use them alike?",
            "symbols": "symbols that lie together: does the network use them alike?"}  # fmt: skip
AGREE = {
    "words": "neighbours of one kind. Of {all} words with a kind {n} have their nearest neighbour, "
    "by cosine, in their own: {share}; by chance it would be {chance}.",
    "symbols": "neighbours of one kind. Of {all} symbols with a kind {n} have their nearest "
    "neighbour, by cosine, in their own: {share}; by chance it would be {chance}.",
}
NEAREST_TO, COSINE = "Nearest to “{word}”", "cosine"
NEAR_SAYS = "Click a point or a name. Step the model's epoch back to see them before training."

# the wirings: name, and what it is used for
WIRINGS = {
    "caption": ("One to many", "a picture’s caption"),
    "verdict": ("Many to one", "a sentence’s verdict"),
    "translation": ("Encoder, decoder", "translation"),
    "film": ("Many to many", "a label for each frame"),
    "digit": ("Row by row", "a picture as a sequence"),
    "next": ("Next symbol", "a text that goes on"),
}

# what can be taken along
NUMBERS_FILE, TABLES_FILE = "Numbers (NPZ)", "Tables (CSV)"
MODEL_FILE, CODE_FILE, CURVES_FILE = "Model", "Code: numpy, PyTorch", "Curves (CSV)"
TWIN_FILE, NOTEBOOK_FILE = "Code that trains it", "The same as a notebook"
NO_CODE, SET_BY_HAND = "No code that trains it anew: {why}.", "some weights were set by hand"
LINK_NO_FILE = "A link holds no file: who opens it sees the usual model."
LINK_NO_DATA = "A link holds settings only: your own data does not go along."
LINK_AFRESH = "This model’s settings were changed on the way: a link trains it afresh."
GATE_UNIT, BLOCK, UNIT_BACK = "{gate} unit {unit}", "block {n}", "unit {unit} back"
