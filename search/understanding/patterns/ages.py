"""The age that somebody has in mind, as they say it: “7yr old”, “year 3”, “under 5s”, “toddler”. Pure, no Django.

An age is a whole number of years from -1, before birth, to 25, when the duty to care leavers ends.
"""

from search.understanding.patterns.plain import any_of, meant_otherwise, reading

UNBORN, OLDEST = -1, 25
LEAD = r"(?:(?:for|with) )?(?:(?:an?|my|the) )?"
AGED = r"(?:between )?(?:the )?(?:ages?|aged|age range|age group)(?: of| between| from| is)?"
YEARS = r"(?:(?:years?|yrs?|y)(?: olds?| of age| o)?|yos?|yrolds?|yearolds?)"
# In “age 7 year 3” the year is a school year, unless that number counts minutes.
AGED_YEARS = rf"(?: {YEARS}(?! (?:[1-9]|1[0-3])(?! (?:m|min|hour|hr|h|to|-))(?: |$)))?"
MONTHS = r"(?:months?|mths?|mos?)"
WEEKS = r"(weeks?|wks?|days?)"
TIMES = r"(?:m|mins?|minutes?|h|hrs?|hours?)"
NUMBER = r"([0-9]{1,3})(?:\.[0-9]+)?(?: and a half| half)?"
SPAN = rf"(?!1 (?:to|-) 1 )([0-9]{{1,3}}) (?:-|/|to|and|or) ([0-9]{{1,3}})(?! {TIMES}(?: |$))"
ONWARDS = r"(?: (?:and|or) (?:over|under|up|above|below|older|younger)| plus)?"
# “6 month old baby” and “15 year old teenager” say one age twice; the number is the nearer one.
ALSO = r"(?: (?:baby|toddler|infant|teen|teenager|adolescent))?"
# “Under 20 minutes” and “over 6 sessions” are no ages.
COUNTED = rf"(?! (?:{TIMES}|days?|weeks?|wks?|{MONTHS}|sessions?|visits?|meetings?|steps?|pages?|people|questions?)\b)"
UNDER = r"(?:under|below|younger than)(?: the age of| age)?"
OVER = r"(?:over|older than|above)(?: the age of| age)?"
SCHOOL_YEAR = r"([1-9]|1[0-3])"


def _age(years: float) -> str | None:
    return str(int(years)) if UNBORN <= years <= OLDEST else None


def _number(match) -> str | None:
    return _age(int(match[1]))


def _middle(match) -> str | None:
    """What suits the middle of “5 to 7” most likely suits both ends."""
    young, old = int(match[1]), int(match[2])
    return _age((young + old) // 2) if max(young, old) <= OLDEST else None


def _under(match) -> str | None:
    years = int(match[1])
    return _age(years - 1) if years else None


def _months(match) -> str | None:
    return _age(int(match[1]) // 12)


def _days(match) -> str | None:
    return _age(int(match[1]) * (1 if match[2].startswith("d") else 7) // 365)


def _said(pattern: str, value):
    return reading("age", f"{LEAD}{pattern}", value)


def _named(age: int, *names: str):
    return _said(any_of(names), lambda match: str(age))


def _class_of(age: int, name: str):
    """A stage of school, said so that it can only be a child's: “nursery age”, “in nursery”."""
    child = r"(?:age|aged|age group|children|child|kids?|pupils?|class|boys?|girls?|year)"
    return _said(rf"(?:{name} {child}|(?:in|at) {name}(?: class)?)", lambda match: str(age))


READINGS = (
    _said(f"{AGED} {NUMBER}{AGED_YEARS}{ALSO}{ONWARDS}{COUNTED}", _number),
    _said(f"{AGED} {SPAN}{AGED_YEARS}", _middle),
    _said(f"{NUMBER} {YEARS}{ALSO}{ONWARDS}", _number),
    _said(rf"(?:between )?{SPAN} (?:{YEARS}|s)", _middle),
    _said(rf"{NUMBER} (?:years?|yrs?|y) (?:and )?[0-9]{{1,2}} (?:{MONTHS}|m)(?: olds?)?", _number),
    _said(f"(?:boy|girl|child|kid) of {NUMBER}{COUNTED}", _number),
    _said(f"{UNDER} {NUMBER}(?: {YEARS}| s)?{COUNTED}", _under),
    _said(f"{OVER} {NUMBER}(?: {YEARS}| s)?{COUNTED}", _number),
    _said(f"(?:{AGED} |over )?{NUMBER} {MONTHS}(?: olds?| of age)?{ALSO}", _months),
    _said(f"{UNDER} {NUMBER} {MONTHS}(?: olds?)?", lambda match: _age((int(match[1]) - 1) // 12)),
    _said(rf"(?:{AGED} )?{SPAN} {MONTHS}(?: olds?)?", lambda match: _age((int(match[1]) + int(match[2])) // 24)),
    _said(rf"{NUMBER} m olds?{ALSO}", _months),
    _said(rf"{NUMBER} {WEEKS} olds?{ALSO}", _days),
    _said(rf"{AGED} {NUMBER} {WEEKS}(?: olds?)?", _days),
    # English school years: a child turns 7 or 8 in Year 3.
    _said(rf"(?:in )?(?:school )?(?:years?|yrs?|y) {SCHOOL_YEAR}(?: s)?", lambda match: _age(int(match[1]) + 4)),
    _said(
        rf"(?:in )?(?:school )?(?:years?|yrs?|y) {SCHOOL_YEAR} (?:-|/|to|and|or) (?:(?:years?|yrs?|y) )?{SCHOOL_YEAR}"
        rf"(?! {TIMES}(?: |$))",
        lambda match: _age((int(match[1]) + int(match[2])) // 2 + 4),
    ),
    _named(4, "reception", "year r", "yr r"),
    _class_of(4, "reception"),
    _class_of(3, "(?:a |the )?(?:school )?nursery"),
    _named(-1, "unborn", "unborns", "unborn baby", "unborn babies", "unborn child", "unborn children", "before birth"),
    _named(
        0,
        "baby",
        "babies",
        "new baby",
        "newborn",
        "newborns",
        "new born",
        "newborn baby",
        "newborn babies",
        "infant",
        "infants",
    ),
    _named(2, "toddler", "toddlers"),
    _named(3, "preschool", "preschooler", "preschoolers", "pre school", "pre schooler", "pre schoolers"),
    _named(3, "preschool age", "preschool child", "preschool children", "pre school age", "pre school child"),
    _said(r"primary(?: school)? (?:age|aged|children|child|kids?|pupils?)", lambda match: "7"),
    _said(r"secondary(?: school)? (?:age|aged|children|child|kids?|pupils?)", lambda match: "13"),
    _named(14, "teen", "teens", "teenage", "teenaged", "teenager", "teenagers", "adolescent", "adolescents"),
    # A span of time, a plan, a desk.
    meant_otherwise(
        r"[0-9]+ (?:years?|yrs?|months?|mths?|weeks?) "
        r"(?:ago|later|plans?|planning|reviews?|programmes?|courses?|contracts?|strategy|experience|qualified|"
        r"of (?!age)[^ ]+|in (?:care|post|practice))"
    ),
    meant_otherwise(r"(?:past|last|next|previous|first|every|within|after|in) [0-9]+ (?:years?|months?)(?! olds?\b)"),
    meant_otherwise(r"in care (?:for )?[0-9]+ (?:years?|months?)(?! olds?\b)"),
    # The first year of practice, or of a degree.
    meant_otherwise(
        r"(?:asye|nqsw) (?:years?|yr) [1-3]|(?:years?|yr) [1-3] (?:asye|nqsw|social work|students?|placement)"
    ),
    meant_otherwise(r"1 (?:to|-) 1"),
    meant_otherwise(r"reception (?:desks?|area|staff|team|centre|order|office)|(?:at|main|office) reception"),
    meant_otherwise(r"infant schools?(?! age)|baby p"),
)


def label(value: str) -> str:
    return {"-1": "Unborn", "0": "Under 1"}.get(value, f"Age {value}")
