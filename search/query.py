"""Words to intent: ages, times, company and places are read out of what somebody types; the rest is text. Pure.

"7 yr old wont talk 20 mins" is a wish for age 7 and up to 20 minutes, and the text "wont talk". What was read can be
taken off again, and what is read wrongly costs one tap.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST, MOST_READ = 200, 4_000
UNBORN, OLDEST, LONGEST_MINUTES = -1, 25, 480

NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
).split()
WORTH = {word: value for value, word in enumerate(NUMBERS, start=1)} | {
    "twenty five": 25,
    "thirty": 30,
    "forty": 40,
    "forty five": 45,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
}
SPELT = "|".join(sorted(WORTH, key=len, reverse=True))
DIGITS = r"[0-9]{1,3}"
NUMBER = rf"(?:{DIGITS}|{SPELT})"
TO = r" ?(?:-|–|to|and|or) ?"


@dataclass(frozen=True)
class Understood:
    """A filter that was read out of the words: `name` and `value` as in the address, `label` for people.

    `spans` are the places in what was typed, from and to, that said so; `words` are those words.
    """

    name: str
    value: str
    words: str
    label: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Intent:
    """What somebody wants: `typed`, cleaned for showing; `text` to look for; filters in the order they were typed."""

    typed: str
    text: str
    understood: tuple[Understood, ...] = ()

    def without(self, understood: Understood) -> str:
        """What the box says when this filter is taken off: the typed words less those that said so."""
        return _cut(self.typed, understood.spans)


def understand(typed: str, *, kept: Collection[str] = ()) -> Intent:
    """The intent of any text at all. `kept` are phrases that are never a filter: "three houses", "2 hours"."""
    typed = clean(typed)
    taken = [False] * len(typed)
    for phrase in sorted(kept, key=len, reverse=True):
        for match in _as_typed(phrase).finditer(typed):
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    found: list[Understood] = []
    for name, pattern, read in RULES:
        for match in pattern.finditer(typed):
            if any(taken[match.start() : match.end()]):
                continue
            value, label = read(match) or (None, "")
            if value is None:
                continue
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())
            found.append(Understood(name, value, match.group().strip(), label, (match.span(),)))
    understood = tuple(_settled(sorted(found, key=lambda each: each.spans)))
    return Intent(typed, _cut(typed, [span for each in understood for span in each.spans]), understood)


def clean(typed: str) -> str:
    """Typed text without control signs, with single blanks, cut to its first 200 signs."""
    printable = "".join(
        sign if sign.isprintable() and not 0xD800 <= ord(sign) <= 0xDFFF else " " for sign in typed[:4000]
    )
    return " ".join(printable.split())[:LONGEST].strip()


def _settled(found: list[Understood]) -> Iterator[Understood]:
    """One age and one time, the last typed; the same filter said twice is one, with all the words that said so."""
    places: dict[tuple[str, str], list[Understood]] = {}
    for each in found:
        places.setdefault((each.name, "" if each.name in {"age", "minutes"} else each.value), []).append(each)
    for same in places.values():
        last = same[-1]
        words = " ".join(each.words for each in same)
        yield Understood(last.name, last.value, words, last.label, tuple(span for each in same for span in each.spans))


def _cut(text: str, spans) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(text.split())


@lru_cache(maxsize=500)
def _as_typed(phrase: str) -> re.Pattern:
    """A phrase in any case, with hyphens or blanks between its words, in the singular or plural."""
    words = [re.escape(word) for word in re.split(r"[\s-]+", phrase) if word]
    return re.compile(r"(?<!\w)" + r"[\s-]*".join(words) + r"(?:e?s)?(?!\w)", re.IGNORECASE)


def _whole(pattern: str) -> re.Pattern:
    """A pattern over whole words; a blank in it stands for one or a hyphen."""
    return re.compile(r"(?<![\w/.])(?:" + pattern.replace(" ", r"[ -]") + r")(?![\w/])", re.IGNORECASE)


def number(text: str) -> int:
    """The number that digits or a number word stand for."""
    return int(text) if text.isdecimal() and text.isascii() else WORTH[text.casefold().replace("-", " ")]


def _age(value: int):
    if not UNBORN <= value <= OLDEST:
        return None
    return str(value), "Unborn" if value == UNBORN else f"Age {value}"


def _minutes(value: float):
    if not 1 <= value <= LONGEST_MINUTES:
        return None
    return str(int(value)), f"Up to {int(value)} minutes"


def _always(value: str, label: str):
    return lambda match: (value, label)


def _ages(value: int):
    return lambda match: _age(value)


def _middle(match):
    low, high = number(match["low"]), number(match["high"])
    return _age((low + high) // 2) if low <= high <= OLDEST else None


def _months(match):
    unit = match["unit"].casefold()
    return _age(number(match["n"]) // 12 if unit.startswith("m") else 0)


def _school_year(match):
    year = number(match["n"])
    return _age(year + 4) if 1 <= year <= 13 else None


def _hours(match):
    return _minutes(float(match["n"]) * 60 if match["n"][0].isdecimal() else number(match["n"]) * 60)


OLD = r"(?:y|yr|yrs|yo|y o|y/o|year|years)"
ABOUT = r"(?:(?:in|for|under|within|only|about|around|up to|less than|max|got|have) )?(?:just |only )?"
SOMEBODY = r"(?:my|the|a|an|their|his|her|some|two|both)"

FOSTER = r"(?:(?:foster|kinship) (?:carers?|parents?|famil(?:y|ies))|gran|nan|grandma|grandparents?)"
PARENT, PARENT_LABEL = r"(?:mums?|moms?|mothers?|dads?|fathers?|parents?|carers?)", "With a parent or carer"
WALKING, CAR_LABEL = r"on a walk|(?:while |when )?(?:walking|driving)", "In the car or on a walk"
VIDEO = _always("video-call", "On a video call")
NOT, NO_PRINTING = r"(?:no|not|without|can'?t|can’t|cannot|nothing to)", _always("print", "No printing")

RULES: list[tuple[str, re.Pattern, object]] = [
    # Times before ages, so that "under 20 minutes" is no age.
    ("minutes", _whole(ABOUT + r"(?:a )?quarter of an hour"), lambda match: _minutes(15)),
    ("minutes", _whole(ABOUT + r"three quarters of an hour"), lambda match: _minutes(45)),
    ("minutes", _whole(ABOUT + r"(?:an )?hour and a half"), lambda match: _minutes(90)),
    ("minutes", _whole(ABOUT + r"half (?:an )?hour"), lambda match: _minutes(30)),
    ("minutes", _whole(ABOUT + rf"(?P<n>{NUMBER}) ?(?:min|mins|minute|minutes)"), lambda m: _minutes(number(m["n"]))),
    ("minutes", _whole(ABOUT + rf"(?P<n>[0-9](?:\.[0-9])?|{SPELT}) ?(?:hour|hours|hr|hrs)"), _hours),
    ("minutes", _whole(ABOUT + r"an hour"), lambda match: _minutes(60)),
    # Ages in numbers.
    ("age", _whole(rf"(?:ages?|aged) (?P<low>{NUMBER}){TO}(?P<high>{NUMBER})"), _middle),
    ("age", _whole(rf"(?P<low>{NUMBER}){TO}(?P<high>{NUMBER}) ?{OLD}(?: ?olds?)?"), _middle),
    ("age", _whole(rf"(?:(?:an?|for an?) )?(?P<n>{NUMBER}) ?{OLD} ?olds?"), lambda match: _age(number(match["n"]))),
    ("age", _whole(rf"(?P<n>{DIGITS}) ?{OLD}"), lambda match: _age(number(match["n"]))),
    ("age", _whole(rf"(?:ages?|aged) (?P<n>{NUMBER})"), lambda match: _age(number(match["n"]))),
    ("age", _whole(rf"(?P<n>{NUMBER}) ?(?P<unit>months?|mths?|weeks?|wks?) ?old"), _months),
    ("age", _whole(rf"(?P<n>{NUMBER}) ?(?P<unit>months|mths)"), _months),
    ("age", _whole(rf"under (?P<n>{NUMBER})s?"), lambda match: _age(number(match["n"]) - 1)),
    ("age", _whole(rf"over (?P<n>{NUMBER})s?"), lambda match: _age(number(match["n"]))),
    (
        "age",
        _whole(rf"(?:school )?(?:year|yr|y) ?(?P<n>{DIGITS}|{SPELT})(?: (?:child|pupil|student)s?)?"),
        _school_year,
    ),
    # Ages in words.
    ("age", _whole(r"unborn(?: (?:bab(?:y|ies)|child(?:ren)?))?|before birth"), _ages(UNBORN)),
    ("age", _whole(r"new ?borns?(?: bab(?:y|ies))?|bab(?:y|ies)|infants?"), _ages(0)),
    ("age", _whole(r"toddlers?"), _ages(2)),
    ("age", _whole(r"pre ?school(?:ers?| age| aged)?|nursery (?:age|aged|child|children)|in nursery"), _ages(3)),
    ("age", _whole(r"reception (?:age|aged|class|child|children|year)|in reception"), _ages(4)),
    ("age", _whole(r"primary (?:age|aged|school age|school aged)"), _ages(7)),
    ("age", _whole(r"secondary (?:age|aged|school age|school aged)"), _ages(13)),
    ("age", _whole(r"teens?|teenagers?|teenage|adolescents?"), _ages(14)),
    # Company, when it is said as company.
    ("with", _whole(rf"with (?:{SOMEBODY} )?(?:siblings?|brothers?|sisters?)"), _always("siblings", "With siblings")),
    ("with", _whole(rf"(?:with|in) (?:{SOMEBODY} )?groups?"), _always("group", "With a group")),
    ("with", _whole(rf"with (?:{SOMEBODY} )?{FOSTER}"), _always("foster-carer", "With a foster or kinship carer")),
    ("with", _whole(rf"with (?:{SOMEBODY} )?{PARENT}(?: (?:and|or) {PARENT})?"), _always("parent", PARENT_LABEL)),
    ("with", _whole(r"(?:with )?(?:the )?whole famil(?:y|ies)"), _always("family", "With the whole family")),
    ("with", _whole(r"with (?:my |a )?(?:supervisor|manager)"), _always("supervisor", "With a supervisor")),
    ("with", _whole(r"(?:on|by) my ?(?:own|self)"), _always("worker", "Worker alone")),
    ("with", _whole(r"(?:see |seen )?(?:the )?child(?:ren)? (?:alone|on their own)"), _always("child", "Child alone")),
    # Places, when they are said as places.
    ("setting", _whole(r"(?:(?:for|on) an? )?home visits?|at home|in the home"), _always("home", "At home")),
    ("setting", _whole(r"(?:at|in) (?:the )?school"), _always("school", "At school")),
    ("setting", _whole(rf"in {SOMEBODY} car|car (?:journeys?|rides?)|{WALKING}"), _always("car-or-walk", CAR_LABEL)),
    ("setting", _whole(rf"(?:in|at) {SOMEBODY} office"), _always("office", "At the office")),
    ("setting", _whole(r"(?:in|at) (?:the |a )?family (?:centre|hub)"), _always("family-centre", "At a family centre")),
    ("setting", _whole(r"(?:(?:on|by|over) )?(?:a )?video calls?|on (?:teams|zoom)|online visit"), VIDEO),
    ("setting", _whole(r"in hospital|on (?:the|a) ward"), _always("hospital", "In hospital")),
    ("setting", _whole(r"in (?:custody|prison)"), _always("custody", "In custody")),
    ("setting", _whole(rf"(?:in|at) {SOMEBODY} foster home"), _always("foster-home", "In a foster home")),
    # What cannot be brought.
    ("without", _whole(rf"{NOT} ?(?:any )?print(?:ing|er|ers|ed|outs?)?(?: needed| required)?"), NO_PRINTING),
]
