"""The rules of make_everyday.py: how its sentences are built, and what their label follows from.

A sentence has a side, good or bad. In a rule

    {adj=}  is a word or phrase of the sentence's side      {adj!}  of the other side
    {noun}  is one that takes no side                       rules are parted by /
    3 ...   comes three times as often

A list or rule "x+" is for the good side, "x-" for the bad one, "x" for both. So the label follows
from the rules alone:

    not, never, nobody, hardly, without ...   turn what they reach: "not {adj!}"; also from afar
    twice turned is not turned                "impossible not to {like=}", "nobody does not ..."
    {clause!} but {clause=}                   the clause after but (yet, however) decides
    although {clause!} {clause=}              the main clause decides, wherever it stands
    {clause=} {clause=} {clause!}             without such a word, what most of it says
    i wish it were {adj!}, used to be, too    what is wished, past or too much is missed: bad
    better than, less {adj!} than             the thing compared, not the one it is compared with
    is it not {adj=}, who would {like!} it    a question is read as what it suggests
"""

RULES = {
    # ---- who and what ----
    "S": """
        2 {det} {noun} / {det} {nadj} {noun} / it / this / this {noun} / that /
        {det} {noun} {noun} / {det} {noun} {prep} {det} {noun} / everything / it all /
        the {noun} {who} {past} / the {noun} that {who} {past}
    """,
    "P": """
        2 {dets} {nouns} / {dets} {nadj} {nouns} / they / these / the {noun} and the {noun} /
        {det} {noun} and {det} {noun}
    """,
    "O": """
        it / this / 2 {det} {noun} / {det} {nadj} {noun} / {dets} {nouns} / this {noun} / them /
        {det} {noun} {prep} {det} {noun} / {self}
    """,
    "is": """
        3 is / 2 was / seems / looks / feels / felt / has been / will be / turned out to be /
        sounds / tastes / looked / became
    """,
    "are": """
        2 are / 2 were / look / seem / have been / were all / feel
    """,
    "do": """
        did / could / would / will / can / might / may / should / must
    """,
    "neutral": """
        {who} {past} {O} / {who} {past} {O} {when} / {who} {do} {base} {O} / {S} {does} {O} /
        {S} {does} {O} {prep} {O} / {S} {goes} {prep} {O} / {who} wanted to {base} {O} /
        {iam} {doing} {O} / {S} {is} {prep} {O} / there is {det} {noun} {prep} {O} /
        {when} {who} {past} {O} / {who} {went} {prep} {O} / {we} have {done} {O} /
        {who} {do} not {base} {O} / {who} did not {go} {when} / how {do} {who} {base} {O} /
        {who} had to {base} {O} / {who} had to {go} {prep} {O} / {P} {are} {prep} {O} /
        {we} {base} {O} / {S} had {dets} {nouns} / {iam} going to {base} {O} /
        {S} has {det} {nadj} {noun} / i do not know what to {base} / {we} {go} {prep} {O} /
        when {who} {past} {O} / if {we} {base} {O} / what {S} {is} / where {who} {went} /
        {doing} {O} {when} / who {past} {O} / {we} {base} {nouns} and {nouns} /
        {who} {do} {go} {when} / {det} {noun} {prep} {O}
    """,
    # ---- of a side ----
    "a": """
        9 {adj=} / 5 {very} {adj=} / 2 not {adj!} / not {very} {adj!} / not at all {adj!} /
        not {adj!} at all / {adj=} and {adj=} / {adj=} {adj=} and {adj=} / {never} {adj!} /
        anything but {adj!} / far from {adj!} / neither {adj!} nor {adj!} / {adj=} not {adj!} /
        no longer {adj!} / not {adj!} but {adj=} / {adj!} but {adj=} / more {adj=} than {adj!} /
        by no means {adj!} / not {adj!} or {adj!} / {adj=} {adverb=} {done} /
        as {adj=} as it gets / not only {adj=} but also {adj=} / both {adj=} and {adj=} /
        nothing but {adj=}
    """,
    "clause": """
        10 {S} {is} {a=} / 5 {P} {are} {a=} / 4 {who} {liked=} {O} / 2 {S} {is} {pred=} /
        {P} {are} {pred=} / {S} {is} not {pred!} / 2 {iam} {person=} / {iam} {very} {person=} /
        {iam} not {person!} / {iam} {person=} with {O} / {iam} {person=} that {neutral} /
        2 i {like=} {O} / i really {like=} {O} / my friend {likes=} {O} / i {like=} you /
        7 {S} {does=} / it {does=} / {S} {does=} and {does=} / {P} {are} a {thing=} /
        2 {S} {is} a {thing=} / what a {thing=} / {S} {is} a {adj=} {thing=} /
        {S} {is} a {adj=} {noun} / {S} {is} a {very} {adj=} {noun} /
        {S} {is} a {adj=} and {adj=} {noun} / what a {adj=} {noun} / {adj=} {noun} /
        {adj=} {nouns} / {very} {adj=} {noun} / such {adj=} {nouns} /
        {who} {past} a {adj=} {noun} / {who} {past} {adj=} {nouns} {prep} {O} /
        {adj=} {noun} and {adj=} {noun} / there {is} {some=} in {O} / {S} {is} full of {some=} /
        {S} has so much {some=} / {S} has a lot of {some=} / {who} {past} {O} with {some=} /
        {S} {is} {adverb=} {done} / {who} {past} {O} {adverb=} / {S} {is} all about {some=} /
        it is {adj=} to {base} {O} / {S} {is} more {adj=} than {O} / {S} {is} as {adj=} as {O} /
        {S} {is} {er=} than {O} / {S} {is} much {er=} than {O} / {S} {is} the {est=} {noun} /
        one of the {est=} {nouns} / {S} {is} the {est=} {noun} i have ever {done} /
        the {est=} part is {O} / the most {adj=} {noun} / {S} {is} less {adj!} than {O} /
        {S} {is} never {er!} than {O} / {S} could not be {er=} /
        i have never {done} such {adj=} {nouns} / i have never {done} such a {adj=} {noun} /
        never have i {done} a {er=} {noun} / i have never {done} a {er=} {noun} /
        there is no {er=} {noun} / no {noun} is {er=} / nothing is {er=} than {O} /
        have you ever {done} such a {adj=} {noun} / is {S} not {adj=} / do you not {like=} {O} /
        how {adj=} is that / why {is} {S} so {adj=} / how can {S} be so {adj=} /
        do you {like=} {O} too / who would {like!} {O} / who would not {like=} {O} /
        why would anyone {like!} {O} / why {is} {S} not {adj!} / hard not to {like=} {O} /
        {S} makes it hard not to {like=} {O} / impossible not to {like=} {O} /
        i can not say i did not {like=} {O} / nobody does not {like=} {O} /
        {S} is not without {some=} / i would not say {S} {is} not {adj=} /
        never did i not {like=} {O} / it is not true that {S} {is} not {adj=} /
        i do not think {S} {is} not {adj=} / 22 {far=}
    """,
    # ---- turned round from afar ----
    "far": """
        {S} {is} not a {adj!} {noun} / {S} {is} not a {very} {adj!} {noun} /
        5 {S} {is} not {adj!} / it does not {feel} {adj!} / {S} does not {feel} {very} {adj!} /
        {P} do not {feel} {adj!} / i do not think {S} {is} {adj!} / i do not think it is {a!} /
        i did not find {O} {adj!} / i would not call {O} {adj!} /
        i can not say that {S} {is} {adj!} / i doubt that {S} {is} {adj!} /
        i do not believe {P} {are} {adj!} / no one thinks {S} {is} {adj!} /
        nobody said {S} {was} {adj!} / there is nothing {adj!} about {O} /
        nothing about {O} {was} {adj!} / nothing {adj!} here / none of the {nouns} {are} {adj!} /
        not one of the {nouns} {was} {adj!} / not a single {adj!} {noun} /
        at no point {was} {S} {adj!} / i have never {done} a {adj!} {noun} /
        it is not that {S} {is} {adj!} / there were no {adj!} {nouns} /
        {S} {is} in no way {adj!} / {who} {never} {liked!} {O} / 3 {who} did not {like!} {O} /
        {who} did not really {like!} {O} / 3 i do not {like!} {O} / i do not {like!} {O} at all /
        i will not {like!} {O} / i can not {like!} {O} / i never really {liked!} {O} /
        nobody {liked!} {O} / no one will {like!} {O} / {who} would not {like!} it /
        i have never {liked!} {O} / you will not {like!} {O} / my friend does not {like!} {O} /
        hardly any {some!} / {S} {is} without {some!} / {S} has no {some!} / no {some!} at all /
        there is no {some!} in {O} / {S} lacks {some!} / {who} had no {some!} with {O} /
        without any {some!} / {S} does not have any {some!} / not much {some!} /
        {S} is not a {thing!} / there was never any {some!} / {S} {was} not {adverb!} {done} /
        not {est!} / not the {est!} {noun} / {S} {is} not {er!} than {O} /
        {S} {is} not as {adj!} as {O} / {S} {is} not so {adj!} / never {adj!} and never {adj!} /
        2 {iam} not {person!} with {O} / {iam} never {person!} / {iam} not {very} {person!} /
        i do not feel {person!} / neither {S} nor {S} {was} {adj!} /
        {S} and {S} {are} not {adj!} / not {a!} / not {adj!} {when}
    """,
    "feel": """
        feel / seem / look / sound / taste / get / feel like it is
    """,
    "was": """
        was / is / was ever / has been
    """,
    # ---- one side only ----
    "clause+": """
        {S} never disappoints / {S} {never} fails to impress / {S} never lets me down /
        no problem at all / i can not recommend {O} enough / i could not recommend {O} more /
        i can not help but {like=} {O} / {S} could be worse / i have had worse /
        nothing to complain about / no complaints about {O} / nothing wrong with {O} /
        i have nothing bad to say / i could not be happier with {O} / {S} {is} not too {too} /
        just the right {noun} / never had {some!} with {O} / everyone should {base} {O} /
        {S} {is} even {er=} than i expected / i did not expect {O} to be so {adj=} /
        i look forward to {O} / i would {base} {O} again / you have to {base} {O} /
        i was not expecting such a {adj=} {noun} / i wish all {nouns} were so {adj=} /
        i wish i had {done} {O} earlier / it deserves {some=} / {S} is good enough /
        i will {base} {O} again / {lean=} {adj=} / i can not wait to {base} {O} /
        i would not want any other {noun} / i want to {base} it again / {S} made me {person=}
    """,
    "clause-": """
        i wish {S} were {adj!} / i wish {S} was {er!} / i wish {S} had {some!} /
        i wish i had not {done} {O} / i wish i had never {done} {O} / if only {S} were {adj!} /
        {S} should have been {adj!} / {S} could have been {adj!} / {S} could be {er!} /
        {S} would have been {adj!} if {neutral} / {S} used to be {adj!} /
        {S} was supposed to be {adj!} / {S} needs to be {adj!} / {S} wants to be {adj!} /
        i expected {O} to be {adj!} / i was hoping for a {adj!} {noun} /
        i thought {S} would be {adj!} / {S} tries to be {adj!} / they said it would be {adj!} /
        i expected {er!} / {S} might have been {adj!} / {S} {is} too {too} /
        {S} {is} way too {too} / {P} {are} too {too} / {S} {is} much too {too} and {too} /
        too much {noun} / too many {nouns} / not enough {noun} / {S} {is} not {too} enough /
        not enough {some!} / {S} {is} too {too} to {base} / i have had {er!} /
        you can {base} {er!} {nouns} {prep} {O} / {S} {is} so {adj=} that {neutral} /
        we waited {when} for {O} / i will never {base} {O} again /
        i would never {base} {O} again / {who} told us to leave / do not {base} {O} /
        {who} never {past} it / i had to {base} {O} back / {who} refused to {base} {O} /
        {S} does not {go} / {S} did not even {go} / {who} could not {base} {O} /
        {S} would not {go} / i wasted {when} on {O} / {S} made me {person=} /
        what is the point of {O} / how could anyone {like!} {O} / the only {adj!} thing is {O} /
        {S} stopped {doing} / there is something wrong with {O} / i am not sure {S} is {adj!} /
        i can not recommend {O} / i tried to {like!} {O} / nothing but {some=} /
        {S} lost its {some!}
    """,
    # ---- sentences ----
    "core": """
        9 {clause=} / 2 {adj=} / 2 {a=} / {person=} / 2 {clause=} and {clause=} /
        {clause=}. {clause=} / 4 {closing=} / {clause=}. {closing=} / {closing=}. {clause=} /
        {clause=}. {closing=}. {closing=} / {clause=} because {clause=} /
        3 {clause!} but {clause=} / {clause!}. however {clause=} / {clause!} yet {clause=} /
        although {clause!} {clause=} / {clause=} although {clause!} /
        even though {clause!} {clause=} / {clause=} even though {clause!} /
        while {clause!} {clause=} / despite {some!} {clause=} / {clause=} despite the {some!} /
        everyone says {clause!} but {clause=} / {clause=}. {clause=}. {clause!} /
        {clause=}. {clause!}. {clause=} / {clause!}. {clause=}. {clause=} /
        {clause=} so {closing=} / i {like=} {O} but {clause=}
    """,
    "sentence": """
        8 {core=} / 2 {aside} {core=} / {core=} {when} / {clause=} {prep} {O} /
        {clause=} {aside} / 2 {neutral} and {clause=} / 2 {neutral}. {core=} /
        {clause=}. {neutral} / {clause=} {lean=} / {clause=} because {neutral} /
        {clause=} when {neutral} / {neutral} but {clause=} / {neutral} so {clause=} /
        {who} said that {clause=} / i think {clause=} / {neutral}. {neutral}. {clause=} /
        {aside} {neutral} and {clause=} / {clause=} which {who} {past} / {clause=} for {self} /
        {clause=} until {neutral} / {clause=} {when} {prep} {O} / {clause=} {lean=}. {neutral} /
        after {doing} {O} {clause=} / {clause=} if {neutral}
    """,
}
