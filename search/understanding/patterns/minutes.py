"""The time that somebody has, as they say it: “20 mins”, “half an hour”, “an hour and a half”. Pure, no Django."""

from search.understanding.patterns.plain import any_of, meant_otherwise, reading

LONGEST = 480
MINUTES = r"(?:minutes?|mins?)"
HOURS = r"(?:hours?|hrs?|h)"
HOUR = r"(?:hour|hr)"
NUMBER = r"([0-9]{1,3}(?:\.[0-9]{1,2})?)"
# Words around a time that say no more than that it is the time at hand.
FILLERS = "for in only just about around roughly within under max maximum have got ive".split()
BEFORE = rf"(?:{any_of([*FILLERS, 'up to', 'less than', 'i have', 'i only have'])} ){{0,3}}(?:an? |the )?"
AFTER = rf"(?: {any_of(['max', 'maximum', 'or less', 'at most', 'tops', 'to spare', 'long'])})?"


def _minutes(pattern: str, value):
    return reading("minutes", f"{BEFORE}{pattern}{AFTER}", value)


def _whole(minutes: float) -> str | None:
    """A time that a visit can have."""
    return str(int(minutes)) if 1 <= minutes <= LONGEST else None


def _longer(match) -> float:
    """With ten to fifteen minutes at hand, what takes fifteen still fits."""
    return max(float(match[1]), float(match[2]))


def _hours_and_minutes(match) -> str | None:
    rest = int(match[2] or 0)
    return _whole(float(match[1]) * 60 + rest) if rest < 60 else None


READINGS = (
    _minutes(f"{NUMBER} {MINUTES}", lambda match: _whole(float(match[1]))),
    _minutes(rf"{NUMBER} (?:-|/|to|or) {NUMBER} {MINUTES}", lambda match: _whole(_longer(match))),
    _minutes(rf"between {NUMBER} (?:and|to) {NUMBER} {MINUTES}", lambda match: _whole(_longer(match))),
    # “20m” alone might be metres, months or millions.
    reading("minutes", rf"(?:for|in|within|only|just|up to|max|have|got) {NUMBER} m", lambda m: _whole(float(m[1]))),
    _minutes(rf"half(?: an?)? {HOUR}", lambda match: "30"),
    _minutes(rf"(?:1 )?quarter(?: of)?(?: an?)? {HOUR}", lambda match: "15"),
    _minutes(rf"3 quarters?(?: of)?(?: an?)? {HOUR}", lambda match: "45"),
    _minutes(rf"an? {HOUR}", lambda match: "60"),
    _minutes(rf"(?:1 )?{HOUR} and (?:a )?half", lambda match: "90"),
    _minutes(rf"([0-9]) (?:and (?:a )?)?half {HOURS}", lambda match: _whole(int(match[1]) * 60 + 30)),
    _minutes(rf"{NUMBER} {HOURS}(?: (?:and )?([0-9]{{1,2}}) (?:{MINUTES}|m))?", _hours_and_minutes),
    _minutes(rf"([0-9]) {HOURS} (?:and )?(15|30|45)", _hours_and_minutes),
    _minutes(rf"{NUMBER} (?:-|/|to|or) {NUMBER} {HOURS}", lambda match: _whole(_longer(match) * 60)),
    # A seven-minute briefing is a kind of paper, and “over an hour” is no time at hand.
    meant_otherwise(rf"[0-9]+ {MINUTES} briefings?"),
    meant_otherwise(
        r"(?:over|more than|longer than|at least|minimum|every|first|after) "
        rf"(?:(?:[0-9.]+ (?:-|/|to|or|and) )?[0-9.]+ (?:{MINUTES}|{HOURS})|(?:half )?an {HOUR})"
    ),
)


def label(value: str) -> str:
    return f"Up to {value} minute{'' if value == '1' else 's'}"
