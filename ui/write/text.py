"""The English of Write: every sentence, label and title of the page. No code, no numbers."""

# the row of controls
PROMPT = "A prompt: the network goes on from here"
PROMPT_EMPTY = "the network goes on from here"
TEXTS = {"quotes": "Quotes", "rhymes": "Rhymes", "grammar": "A toy grammar"}
OWN_TEXT, ITS_TEXT = "Your own text", "Its own text"
TEXT_OF_FILE = (
    "The model came from a file, and its text with it. Forget it, behind its button, to choose "
    "another text."
)
LEFT_OUT = "Not in this text, so it is left out: {symbols}"
REPLACED = "Not in this text, so it is read as the unknown symbol: {symbols}"
CUT = "That was long: its last {n} {unit} are read."
MODEL = {"file": "{cell} · {units} units · {file}", "run": "{cell} · {units} units · epoch {epoch}"}
TEMPERATURE = "Temperature T"
T = {"drawn": "T = {t:g}", "greedy": "T = 0, greedy"}
MORE, COLOUR = "More", "The text is coloured by"
COLOURS = {"surprise": "surprise", "unit": "one unit"}
TOP_K, ALL = "Draw of the k likeliest only", "all"
DRAW = "Seed of the draws: the same seed, the same text"
LET_GO, AGAIN = "Let go of what was drawn by hand", "Train it anew"
WAYS = {"read": "Read it with this network", "step_back": "Step back through it",
        "train": "Train it in slow motion"}  # fmt: skip

# the settings of the model
RATE, CLIP = "Learning rate", "Clip the gradient"
CLIPS = {"value": "by value", "norm": "by norm", "none": "off"}
CLIP_AT, CELL, LAYERS, UNITS = "Clip at", "Cell", "Layers", "Hidden units"
TRUNCATED = "Truncated BPTT: the gradient travels k steps"
CARRY, OPTIMIZER = "The state is carried over from stretch to stretch", "Optimizer"
BATCH, SEED = "Streams side by side", "Seed"
NO_MODEL = "It is no model for this page: it does not say which symbol comes next"
LACKING = (
    "It writes. What it learned from is not here: so it cannot be trained on, and nothing is "
    "measured. An own text is given again behind the text’s button, before the file."
)

# the texts; {unit} : a name of SYMBOLS
SYMBOLS = {"characters": "characters", "words": "words"}
CHOICE, SIZE = "{name} · {size}", "{n:,} {unit}"
GONE = "A link holds no own text, and a page that is reloaded has forgotten it."
LEARNS, READ_AS = "The text that it learns", "Read as"
ABOUT = "{learned:,} {unit} to learn, {held_out:,} held out; {classes:,} different ones."
RARE = " {rare:,} rare ones are read as one unknown symbol."
PASTE, PASTE_EMPTY = "Paste it here", "{shortest} to {longest:,} characters"
FILE, LEARN = "or a file", "Learn this text"
STAYS = "It stays in this visit's memory, is never written to disk, and is gone with it."
NOT_TAKEN = "Not taken: {error}. The text stays as it was."
OWN_CUT = "That was long: its first {n:,} characters are learned."
NOTHING = "No symbol of that prompt occurs in the text. Try “{prompt}”."

# the film
HINT = "← → step · ↑ ↓ unit · click a bar to draw it"
CLICK = "Click a bar to draw that symbol by hand."
STRIP = "The unrolled network, fed with what it draws"
SIDES = {"reads": "reads", "draws": "draws"}
ROWS, CAME, UNIT = "P of what came, and unit {unit}", "P(came)", "unit {unit}"
CHANCE = "P = %{customdata:.4f}, %{z:.1f} bits of surprise<extra></extra>"
STATE = "unit {unit}: %{{z:+.3f}}<extra></extra>"
KIND = {"characters": "character", "words": "word"}
WHERE, STEP = "{kind} {t} of {n}: {symbol}", "{kind} {t}: reads {symbol}"
SAID = {"drawn": "reads {symbol}, draws {next}", "given": "reads {symbol}, is given {next}"}
LAST = {"drawn": " drawn just now, P = {p:.2f}", "given": " P = {p:.2f}"}
LOOK_FIRST = "the bars: what would it draw next?"
LOOK = (
    "the boldest draw: {symbol} after {before}, P = {p:.2g}, {bits:.1f} bits of surprise. All {n} "
    "together: perplexity {perplexity}."
)

# what comes next
NEXT = "The next symbol"
NEXT_SAYS = "Bars of the likeliest symbols; a tick at each one's probability at T = 1"
NEXT_TITLE = "The next {kind}"
HOW = {"greedy": "always the likeliest", "all": "T = {t:g}", "few": "T = {t:g}, the {k} likeliest"}
REST, TYPED, DRAWN = "the rest", "typed", "drawn"

# while it learns
PERPLEXITY, PERPLEXITY_SHOW = "Perplexity", "Perplexity by epoch"
PERPLEXITY_SAYS = "Held-out text solid, seen text dotted, a straight line for each that guesses"
EPOCH, EPOCH_OF, GUESSES = "epoch {epoch}", "epoch {epoch} of {goal}", "it guesses"
BY_HEART, SAMPLES = "by heart", "Three temperatures, one prompt"
ANEW = "drawn anew as it learns"
BASELINES = {"uniform": "uniform", "unigram": "unigram", "floor": "floor"}
SEEN, HELD_OUT = "seen", "held out"
AT_EPOCH = "{name}: %{{y:.3g}} at epoch %{{x}}<extra></extra>"

# under the film
SURPRISED = "Where is it surprised, and which unit tells?"
ONE_LOSS, VECTORS = "One loss, step back", "Symbols as vectors"
AGREEMENT = "Agreement at a distance"

# where it is surprised, and which unit tells
WHICH, UNIT_OVER = "Which unit tells", "Unit {unit} over held-out text"
UNIT_LOOK = "stretches of one colour: what do their symbols have in common?"
SURPRISE_OVER = "Surprise over held-out text"
SURPRISE_LOOK = (
    "the darkest place: {symbol} after {before}, {bits:.1f} bits. On average a symbol costs "
    "{mean:.2f} bits."
)
TELLERS, RIGHT = "Which unit tells “{feature}”?", "right"
TELLERS_SAY = (
    "Right: how often its best threshold tells it; always guessing the same is right in {base}. It "
    "is the best of {n} units on this passage and of this seed: another seed has another one."
)
ALIKE = "Where unit {unit} moved as it did up to “{symbol}”"
AT = "at"
ALIKE_SAY = "Click a symbol of the text to look for its like."

# one loss
LOSS = "The loss of “{symbol}” alone, step {step}"
LOSS_SHOW = "Gradient of one loss, at each state before it"
LOSS_CERTAIN = "nothing: this loss has no gradient here; the symbol was certain."
LOSS_ALONE = "the single bar: nothing was read before."
LOSS_REACH = (
    "how soon it is gone: it stays above {share} of its start for {reach} of {steps} steps back, "
    "to “{symbol}”; at the first it is {left} of it."
)
LOSS_CUT = " In training it is cut after {k} steps (truncated BPTT)."

# agreement at a distance
GRAMMAR_ONLY = "Whether a verb agrees can be told of the toy grammar, where it is known."
GRAMMAR, STOP, TRAIN = "Learn the toy grammar", "Stop", "Train {n} networks"
CELLS = "Three cells, {seeds} seeds each, {epochs} epochs of the toy grammar."
AGREES = "P of a verb that agrees, by distance"
AGREES_TITLE = "P(the verb agrees), with other nouns in between"
TRAINED = "{n} of {all} trained"
AGREES_ASK = "does the verb follow its subject, or the noun that stands nearest?"
ABOVE = "the network above"
FAILS = {
    "never": "{name}: {none} with none, {most} with {n}; below one half never.",
    "from": "{name}: {none} with none, {most} with {n}; below one half from {k} in between.",
}
MEMORY_ENDS, N_SEEDS = "where memory ends. {cells}", "{cell}, {n} seeds"
P_POINT, ABOVE_SHORT = "%{{y:.3f}}<extra>{name}</extra>", "above"
BETWEEN, P_AGREES = "nouns of the other number in between", "P(agrees)"
