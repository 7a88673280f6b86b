"""How what points to a person looks in a text: patterns and word lists for `personal_details`. Pure: no Django."""

import re

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? (?:19|20)\d\d)"
)
BORN = re.compile(
    rf"\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?)\W{{0,4}}(?:is |was )?{_DATE}|"
    rf"\b(?:d\.?o\.?b\.?|date of birth)\W{{0,4}}(?:is |was )?\d[\d ./-]*(?:(?:st|nd|rd|th)?(?: of)? ?{_MONTH})?|"
    rf"\bborn (?:on the |on |in )?(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?{_MONTH}\b(?: (?:19|20)\d\d)?|"
    rf"\bbirthday\W{{1,3}}(?:\w+\W{{1,2}}){{0,3}}?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}\b|"
    r"\b(?:aged|turned) \d{1,2} ?y(?:ea)?rs?,? ?(?:and )?\d{1,2} ?m(?:on)?ths?\b|"
    r"\b\d{1,2} years?,? (?:and )?\d{1,2} months? old\b",
    re.I,
)
# The age of somebody, or how long something took: asked about.
YEARS_AND_MONTHS = re.compile(r"\b1?\d ?y(?:ea)?rs?,? ?(?:and )?1?\d ?m(?:on)?ths?\b(?! old)", re.I)
A_DATE = re.compile(rf"(?<![\w/.-]){_DATE}(?![\w/-])", re.I)
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63})+")
ACCOUNT = re.compile(r"(?<![\w.+@-])@\w[\w.]{2,30}")
NUMBER = re.compile(r"(?<![\w/.-])(?:\+?\d[ -]?){6,14}\d(?![\w/-])")
CASE = re.compile(
    r"\b(?:case|nhs|mosaic|liquidlogic|lcs|upn|reference|ref)\W{0,2}(?:no|number|id)?\W{0,3}[a-z]{0,3}-?\d{4,}|"
    r"\b[A-Za-z]{1,3}-?\d{5,12}[A-Za-z]?\b|\b[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]\b",
    re.I,
)
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.I)
_STREETS = "Street|St|Road|Rd|Avenue|Ave|Lane|Close|Drive|Way|Court|Gardens|Terrace|Crescent|Grove"
STREET = re.compile(rf"\b\d{{1,4}}[a-z]? (?:[A-Z][\w’'-]+ ){{1,3}}(?:{_STREETS})\b")
# The same in small letters, flats, half a postcode and schools: asked about.
LIVES = re.compile(
    r"\b(?i:flat \d{1,3}[a-z]?)\b(?! (?:white|whites|pack|screen))|"
    r"\b\d{1,4}[a-z]? [a-z][a-z’'-]{2,20} (?:street|road|avenue|lane|close|terrace|crescent|grove|gardens)\b|"
    r"\b(?i:lives?|living|lived|moved|stays?|staying) (?:in|at|to) (?P<who>[A-Z]{1,2}\d{1,2})\b|"
    r"\b(?!(?:The|A|Our|Their|His|Her|My|Your|Every|Each|Any|Local|At|In|From|To|Primary|Infant|Junior|Secondary|High|"
    r"Nursery|Special|Virtual|Middle|Sunday|Summer|Night|Business|Medical|Law|Social|Work|Old|New|After|Before|No)\b)"
    r"(?:(?:St|Saint)\.? )?[A-Z][a-zà-ž’']+ (?:(?:Church|Community|C of E|Catholic|Park) )?"
    r"(?i:primary|infants?|juniors?|secondary|high school|grammar|nursery|academy|school|pre-?school)\b"
)
INITIALS = re.compile(
    r"(?<![\w.&/])(?:(?:[A-Z]\.){2,3}(?!\w)|(?:[A-Z]\.){1,2}[A-Z](?![\w.])|[A-Z]\. (?:[A-Z]\. ?){1,2})|"
    r"(?<![\w.&/-])[A-Z]\. (?=(?:is|was|has|said|and|lives|who)\b)|"
    r"\b(?:Mr|Mrs|Ms|Miss|Mx)\.? [A-Z]\b(?![\w’'])"
)
DOTTED = frozenset({"uk", "us", "eu", "tv", "ps", "nb", "am", "pm", "pe", "re"})
"""What may be meant by two letters with dots beside a person: asked about."""
LETTERS = re.compile(
    r"\b(?:[Cc]hild|[Bb]oy|[Gg]irl|[Bb]aby|[Ss]on|[Dd]aughter|[Mm]um|[Dd]ad|[Ss]ibling|[Ff]amily|[Cc]lient)s?,? \(?"
    r"(?P<who>[A-Z]{1,3})\b(?!\s*\d)"
)
# Two or three capitals by themselves: JB, KT’s. Beside a word in capitals somebody only speaks up.
CAPITALS = re.compile(r"(?<![\w.&/’'+-])(?P<who>[A-Z]{2,3})(?=(?:[’']?s)?(?![\w&/’'+-]))(?!\.\w)")
# Two people at once: J&K, J/K, JB-KT.
PAIR = re.compile(
    r"(?<![\w.&/’'+-])(?P<who>[A-Z][&/+][A-Z]|[A-Z]{2,3}(?: ?[&/+] ?|-)[A-Z]{2,3})(?=(?:[’']?s)?(?![\w&/’'+-]))"
)
PAIRS_OF_THINGS = frozenset("q&a a&e b&b r&r h&s d&v p&p t&c r&d n/a a/b y/n m/f a/c i/o w/c c/o s/he".split())
LOUD = re.compile(r"[A-Z]{4,}|I")
# One capital that acts, owns or is met like a person: J sat, J’s mum, to J.
_DOES = (
    "is|was|has|had|said|says|sat|sits|told|tells|went|goes|came|comes|ran|runs|hid|hides|drew|draws|likes|liked|loves|"
    "loved|wants|wanted|would|will|can|cannot|could|did|does|didn|doesn|won|wouldn|asked|asks|cried|cries|felt|feels|"
    "talks|talked|spoke|speaks|lives|lived|stays|stayed|left|thinks|thought|knows|knew|smiled|laughed|refused|chose|"
    "played|plays|made|got|gets|took|gave|looked|looks|started|began|seems|seemed|needs|needed|who|whose|"
    "and (?:his|her|their|mum|dad|I)"
)
ONE = re.compile(
    rf"(?<![\w.&/’'+-])(?P<who>[B-HJ-Z])(?= (?:{_DOES})\b|[’']s\b)|"
    r"(?<![\w.&/’'+-])(?<!Q and )(?P<who2>A)"
    r"(?= (?:said|sat|told|went|came|ran|hid|cried|felt|spoke|refused|is|was)\b|[’']s\b)|"
    r"(?<!\bA )\b(?i:to|with|for|about|from|of|by|and|see|saw|meet|met|visit|visited|told|asked|help|helped|"
    r"support|supported|when|if|that|because|while|where|how) (?!Q (?:and|&) A\b)(?P<who3>[B-HJ-Z])(?![\w&/’'+-])"
)
ORDERS = frozenset(
    """
    plan option section point part room hall building block vitamin grade level type team group form list side box step
    stage week day year appendix table question answer annex figure category class key letter unit zone bay gate ward
    generation gen hepatitis column row floor drive version score band channel exit schedule size tier route line
    """.split()
)
_WHO_IS_CALLED = (
    r"(?:boy|girl|child|baby|toddler|teenager|lad|kid|son|daughter|brother|sister|sibling|young person|young man|"
    r"young woman|mum|mother|dad|father|somebody|someone|cousin|friend|family)"
)
_NOT_CALLED = (
    r"(?!(?:a|an|the|after|in|on|by|for|it|out|off|back|me|us|him|her|them|you|this|that|yesterday|today|again|"
    r"tonight|my|our|his|their|your|from|at|to|and|when|because|not|never|known|also|on|up|or|what|above|below|as|"
    r"something|nothing|one|two|late|last|every|names|worker|police|childline|duty|everyone|everybody)\b)"
)
CALLED = re.compile(
    r"\b(?:called|named|name is|name’s|name's|known as)\s+"
    r"(?!(?:a|an|the|after|in|on|by|for|it|out|off|back|me|us)\b)(?P<who>[^\W\d_][\w’'-]{1,20})",
    re.I,
)
# In small letters, where only a name can stand: a boy called tobiasz, her name is brixley, brixley aged 7.
CALLED_SMALL = re.compile(
    rf"\b{_WHO_IS_CALLED},? (?:called|named|known as) {_NOT_CALLED}(?P<who>[a-zà-ž][\w’'-]{{1,20}})|"
    r"\b(?:his|her|their|child’s|child's|boy’s|boy's|girl’s|girl's|baby’s|baby's) (?:first |full )?"
    rf"name(?: is| was| -|:) {_NOT_CALLED}(?P<who2>[a-zà-ž][\w’'-]{{1,20}})|"
    rf"\b(?:mrs?\.?|nickname:?) {_NOT_CALLED}(?P<who3>[a-zà-ž][\w’'-]{{2,20}})",
    re.I,
)
AGED = re.compile(
    r"\b(?P<who>(?![AI]\b)[A-Z][a-zà-ž’'-]{0,20})(?:,? (?:who is|is|aged|age)|,| \() ?"
    r"(?P<age>1?\d)(?![\d.:/%])(?=\W|yo\b|yrs?\b)"
    r"(?! ?(?:minutes|mins?|steps|people|questions|cards|weeks|days|hours|times|sessions|parts|tools|of)\b)"
)
AGED_SMALL = re.compile(r"\b(?P<who>[a-zà-ž][a-zà-ž’'-]{2,20}),? aged? (?P<age>1?\d)(?!\d)(?! ?(?:to|or|and|-|–))")
NOT_AGED = frozenset(
    """
    boy boys girl girls child children baby babies toddler teenager kid kids son sons daughter daughters brother
    brothers sister sisters sibling siblings twins person people man woman men women those somebody someone anybody
    anyone one young pupil pupils student students are is was were who everyone everybody each both grandchild niece
    nephew cousin cousins and all from
    """.split()
)
RELATED = re.compile(
    r"\b(?:my|his|her|their|our|the) (?:\w+ )?(?:son|daughter|brother|sister|boy|girl|child|baby|nephew|niece|cousin"
    r"|mum|mother|dad|father|gran|nan|partner|stepdad|stepmum),? (?P<who>[A-Z][a-zà-ž’'-]{1,20})\b"
)
WORD = re.compile(r"[^\W\d_][\w’'-]*")
SENTENCE_END = frozenset('.!?:\n\r•*“"(–—')

# Everyday words of two or three letters, for those who write them in capitals.
SHORT_WORDS = frozenset(
    """
    am an as at be by do go he if in is it me my no of oh ok on or so to up us we all and any are ask but can did for
    get got had has her him his how its let may new not now off old one our out own put saw say see set she sit the too
    try two use was way who why yes yet you am pm dob uk eu tv pc id cd usb pdf faq diy rsvp asap fyi eg ie etc nb ps
    """.split()
)

# Capitalised words that name no person: days, months, what the hub and its field call things.
KNOWN = frozenset(
    """
    i i’m i've i’ve i'd i’d i'll i’ll monday tuesday wednesday thursday friday saturday sunday january february
    march april may june july august september october november december christmas easter ramadan eid diwali
    strengths north south east west northern southern eastern western
    english welsh scottish irish polish urdu arabic romanian british makaton widgit european roma gypsy
    traveller muslim christian jewish hindu sikh england wales scotland ireland britain act council hub social
    work care children families signs safety motivational interviewing graces family group conference three
    houses restorative zoom teams outlook word excel microsoft google lego uno playmobil ofsted cafcass camhs
    send asye nqsw mash early help tool feelings safe place words pictures life story whatsapp snapchat
    spring autumn winter bank holiday wi-fi wifi internet covid nhs sharepoint microsoft excel powerpoint
    instagram tiktok youtube xbox playstation fortnite roblox minecraft gp hv nhs mum mummy dad daddy gran nan
    nana grandad grandma grandpa aunty auntie uncle miss sir mrs mr ms dr
    """.split()
)
