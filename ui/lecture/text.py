"""The English of the lecture, but for its stops: those stand in data/lecture.toml."""

# the page
OWN, SHEET = "Your own lecture", "Student sheet"
SHEET_HELP = "One page to print: the stops with their questions, and space to answer."
BEGIN, GO_ON, AGAIN = "Begin", "Go on with {stop}", "From the beginning"
BEGIN_HELP = "PageDown, or Shift →: so from stop to stop, too."
TALLY = {"one": "**{title}** · {n} stop · right so far: {right} of {answered}",
         "many": "**{title}** · {n} stops · right so far: {right} of {answered}"}  # fmt: skip
TALLY_HELP = "It stays with you: nothing is sent anywhere."
MARKS = {"right": "right", "wrong": "not right"}
LEFT_OUT, MORE, CHAPTER = "Left out", "And {n} more.", "{i}. {title}"

# a lecture of one's own
OWN_SAYS = (
    "A lecture is **one file**: chapters of stops, in TOML. Ours is a template: take it, change "
    "it, give it here."
)
YOURS = "Your lecture, at most {most} kB"
NOT_TAKEN = "{error}. The lecture stays as it was."
GIVEN = {
    "link": "**{title}** is given. The link under Share takes it along.",
    "file": "**{title}** is given. It is too long for a link: hand on the file, to be given here.",
}
ITS_FILE, BACK, OURS = "Its file", "Back to ours", "Our lecture"
GONE = (
    "A link holds no lecture of this length, and a page that is reloaded has forgotten it: give "
    "the file again"
)
UNTIL = "{error}. Until then it is our own lecture."
NO_STOP = "This lecture has no stop {stop}; it begins at its first."
LARGE = "It has {size:,} kB; at most {most} are taken"
NOT_UTF_8 = "It is no text in UTF-8"
LINK_BROKEN = "The lecture in this link is cut off or damaged"
LINK_LARGE = "The lecture in this link has more than {most} kB"

# the strip
WHERE = "stop {i} of {n} · {chapter}"
ELSEWHERE = "This stop is on {page}: go there"
MEASURING, GUESS, THIS_WORD, SEE = "Measuring …", "Your guess", "This one", "See"
SKIP, SKIP_HELP = "Skip", "See it without a guess."
PREVIOUS, PREVIOUS_HELP = "Previous", "PageUp, or Shift ←"
NEXT, NEXT_HELP = "Next", "PageDown, or Shift →"
RESET, RESET_HELP = "Reset", "All as this stop sets it."
LEAVE, LEAVE_HELP = "Leave", "Leave the lecture; the page stays."

# what came out of a question
ASK_AGAIN, AS_SAID = "Ask again", "As said."
NOT_MEASURED = "This cannot be measured here: {why}."
SO_FAR = " · {right} of {answered} right so far"
IT_IS = {"one": "It is “{answer}”.", "none": "None of the answers holds."}
RIGHT, RIGHT_NUMBER = "✓ Right: “{mine}”.", "✓ Right: {value}."
WRONG = {"one": "✗ You said “{mine}”; it is “{answer}”.",
         "none": "✗ You said “{mine}”; none of the answers holds."}  # fmt: skip
OFF = {"right": "✓ You said {guess}; it is {value}: off by {far}.",
       "wrong": "✗ You said {guess}; it is {value}: off by {far}."}  # fmt: skip
N_WORDS = {"one": "{n} word", "many": "{n} words"}
WORD = {"one": "“{word}”, word {t}", "none": "word {t}"}
OTHERWISE = "This run says otherwise: the lecture expects {check}."
CONDITIONS = {"<": "below {low}", "<=": "at most {low}", ">": "above {low}", ">=": "at least {low}",
              "=": "{low}", "..": "between {low} and {high}"}  # fmt: skip

# the student sheet
NAME, WHY = "Name:", "What I saw, and why:"
MY_NUMBER = "My guess, {low:g} to {high:g}: ______ It was: ______"
MY_WORD = "My guess: ____________ It was: ____________"
DRAWING = "the network, unrolled over its words"

# what is wrong with a lecture file
MOST_KB = "A lecture has at most {most} kB"
DOTS = "It is no lecture: a line of it has more than {most} dots"
NESTED = "It is no lecture: too much is nested in it"
NO_TOML = "It is no TOML file: {why}"
NOTHING_WORKS = "It has no stop that works."
UNNAMED, UNNAMED_CHAPTER = "A lecture", "Chapter {i}"
TOO_MANY = "a lecture has at most {most} stops"
STOP_LEFT_OUT = "Stop {stop} “{title}” is left out: {error}."

# what is wrong with a stop
NO_SUCH_KEY = "a stop has no “{key}”"
NO_TEXT = "its “{what}” is missing, or is no text"
TOO_LONG = "its “{what}” has more than {most} characters"
NO_PAGE = "There is no page “{page}” to go to; Start is opened instead."
LINK_OF_BEFORE = "Its link was made by another version of Unrolled; some of it may look different."
LINK_NO_SETTING = "Its link asks for “{name}”, which is no setting of a stop."
LINK_USUAL = "Its link’s {name} means nothing here, so the usual one is used."
ONE_KIND = "a question has either “choices”, or a “number”, or a “word”"
ALSO = "its “also” is no table of measures"
REVEAL = "It is {value}."
"""What is revealed where the file does not say."""
NOT_REVEALED = "its “reveal” names “{name}”, which nothing measures"
NO_WORD_REVEALED = "only on the pages start and read its “reveal” can name a word"
CHOICES = "a question has 2 to {most} “choices”"
NUMBER = "a “number” has low, high and step, and may have within: all numbers"
NUMBER_RANGE = "a “number” goes from low up to high in at most 1,000 steps"
WORD_IS_TRUE = "its “word” can only be true"
NO_WORD_ON = "on the page {page} no word can be the answer"
NO_CONDITION = "“{said}” is no condition; one is written > 0.5, <= 3, = 2 or 0.2 .. 0.8"
NO_MEASURE = "there is no measure “{name}”"
NO_ARGUMENT = "the measure “{name}” takes no “{key}”"
ARGUMENT_IS = "“{key}” of the measure “{name}” is {kind}"
ARGUMENT_NEEDED = "the measure “{name}” needs “{key}”"
KINDS = {"int": "a whole number", "float": "a number", "bool": "true or false", "str": "a text",
         "one of": "one of {names}"}  # fmt: skip

# why something cannot be measured
NO_SENTENCES = "this model reads no sentences"
NO_KNOWN_WORD = "no word of the sentence is known"
NO_WORD = "there is no word {word}: {n} words are read"
UNKNOWN = "the model does not know “{word}”"
NO_GATE = {"some": "there is no gate {name}: there are {gates}",
           "none": "there is no gate {name}: there are none"}  # fmt: skip
NO_SIGNAL = "this cell has no {name}"
NO_UNIT = "there is no unit {unit}: there are {n}"
NO_LOSS = "the last word has no loss"
ONE_WORD = "one word alone cannot be left out"
NO_PLATEAU = "within {epochs} epochs no plateau comes to its end"
MANY_ANSWERS = "more than one answer is asked of this sentence"
NO_NETWORK = {"one": "there is no network {i}: {n} is compared",
              "many": "there is no network {i}: {n} are compared"}  # fmt: skip
NO_WORDS = "this model reads no words"
NO_SIZE = "a network has {sizes} units"
NO_NUMBERS = "the answers are no numbers, one at each word"
NOTHING_WRONG = "nothing is wrong when it is forced"
