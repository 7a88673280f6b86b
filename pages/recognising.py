"""What in a text might point to a child or a family, before anybody else reads it.

A worker who writes down a worry writes names. These clues let a form stop and ask; they never decide that a text is
safe: that stays with people. Pure: no Django. Nothing here keeps or logs a text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LONGEST = 40_000
"""Of a longer text only this much is read: forms take less."""


SHOWN = 5
"""How many places a refusal names at most."""


@dataclass(frozen=True)
class Clue:
    """One place in a text. `certain` ones hardly ever mean anything else; the others ask a person to look."""

    kind: str
    """name, initials, born, number, contact or place"""
    words: str
    """What was found, as it was typed."""
    certain: bool

    @property
    def label(self) -> str:
        """What it looks like, for a sentence: “Kai” looks like a first name."""
        return LABELS[self.kind]


LABELS = {
    "name": "a name",
    "initials": "somebody’s initials",
    "born": "a date of birth or an exact age",
    "number": "a case, NHS or telephone number",
    "contact": "an e-mail address",
    "place": "an address or a postcode",
}

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? (?:19|20)\d\d)"
)
_BORN = re.compile(rf"\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?)\W{{0,4}}(?:is |was )?{_DATE}", re.I)
_A_DATE = re.compile(rf"(?<![\w/.-]){_DATE}(?![\w/-])", re.I)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63})+")
_NUMBER = re.compile(r"(?<![\w/.-])(?:\d[ -]?){6,14}\d(?![\w/-])")
_CASE = re.compile(
    r"\b(?:case|nhs|mosaic|liquidlogic|lcs|reference|ref)\W{0,2}(?:no|number|id)?\W{0,3}[a-z]{0,3}\d{4,}", re.I
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.I)
_STREET = re.compile(
    r"\b\d{1,4}[a-z]? (?:[A-Z][\w’'-]+ ){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Close|Drive|Way|Court|Gardens|Terrace)\b"
)
_INITIALS = re.compile(
    r"(?<![\w.&/])(?:[A-Z]\.){2,3}(?!\w)|(?<![\w.&/-])[A-Z]\. (?=(?:is|was|has|said|and|lives|who)\b)"
)
_LETTERS = re.compile(
    r"\b(?:[Cc]hild|[Bb]oy|[Gg]irl|[Bb]aby|[Ss]on|[Dd]aughter|[Mm]um|[Dd]ad|[Ss]ibling|[Ff]amily|[Cc]lient)s?,? "
    r"(?P<who>[A-Z]{1,3})\b(?!\s*\d)"
)
_CALLED = re.compile(
    r"\b(?:called|named|name is|name’s|name's|known as)\s+"
    r"(?!(?:a|an|the|after|in|on|by|for|it|out|off|back|me|us)\b)(?P<who>[^\W\d_][\w’'-]{1,20})",
    re.I,
)
_AGED = re.compile(
    r"\b(?P<who>[A-Z][a-zà-ž’'-]{1,20})(?:,? (?:who is|is|aged|age)|,| \() ?"
    r"(?P<age>1?\d)(?![\d.:/%])(?=\W|yo\b|yrs?\b)"
    r"(?! ?(?:minutes|mins?|steps|people|questions|cards|weeks|days|hours|times|sessions|parts|tools|of)\b)"
)
_RELATED = re.compile(
    r"\b(?:my|his|her|their|our|the) (?:\w+ )?(?:son|daughter|brother|sister|boy|girl|child|baby|nephew|niece|cousin"
    r"|mum|mother|dad|father|gran|nan|partner|stepdad|stepmum),? (?P<who>[A-Z][a-zà-ž’'-]{1,20})\b"
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SENTENCE_END = frozenset('.!?:\n\r•*“"(–—')

# Capitalised words that name no person: days, months, what the hub and its field call things.
_KNOWN = frozenset(
    """
    i i’m i've i’ve i'd i’d i'll i’ll monday tuesday wednesday thursday friday saturday sunday january february
    march april may june july august september october november december christmas easter ramadan eid diwali
    english welsh scottish irish polish urdu arabic romanian british makaton widgit european roma gypsy
    traveller muslim christian jewish hindu sikh england wales scotland ireland britain act council hub social
    work care children families signs safety motivational interviewing graces family group conference three
    houses restorative zoom teams outlook word excel microsoft google lego uno playmobil ofsted cafcass camhs
    send asye nqsw mash early help tool feelings safe place words pictures life story whatsapp snapchat
    instagram tiktok youtube xbox playstation fortnite roblox minecraft gp hv nhs mum mummy dad daddy gran nan
    nana grandad grandma grandpa aunty auntie uncle miss sir mrs mr ms dr
    """.split()
)


@cache
def first_names() -> frozenset[str]:
    """Names that are noticed in lower case too: "jayden wont talk"."""
    lines = (Path(__file__).parent / "first_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


def clues(text: str, *, known: frozenset[str] = frozenset()) -> list[Clue]:
    """Every clue once, the certain ones first, in the order of the text.

    `known`: words in lower case that are no names here, such as the council's places.

    >>> [clue.words for clue in clues("How do I start with jayden (7)? DOB 3/4/2019")]
    ['DOB 3/4/2019', 'jayden']
    >>> clues("Tips for a quiet 5-year-old who hides under the table?")
    []
    """
    text = text[:LONGEST]
    found: dict[str, Clue] = {}
    for clue in (*_certain(text), *_names(text, known)):
        held = found.get(clue.words.lower())
        if held is None or (clue.certain and not held.certain):
            found[clue.words.lower()] = clue
    return sorted(found.values(), key=lambda clue: (not clue.certain, text.find(clue.words)))


def _certain(text: str) -> Iterator[Clue]:
    for kind, pattern in (
        ("born", _BORN),
        ("number", _CASE),
        ("contact", _EMAIL),
        ("place", _POSTCODE),
        ("place", _STREET),
    ):
        yield from (Clue(kind, match.group().strip(), certain=True) for match in pattern.finditer(text))
    born = {match.group().strip()[-10:] for match in _BORN.finditer(text)}
    for match in _A_DATE.finditer(text):
        if not any(match.group().endswith(known[-6:]) for known in born):
            yield Clue("born", match.group(), certain=False)
    for match in _NUMBER.finditer(text):
        if not _A_DATE.fullmatch(match.group().strip()):
            yield Clue("number", match.group().strip(), certain=True)
    for match in _INITIALS.finditer(text):
        yield Clue("initials", match.group().strip(), certain=True)
    for match in _LETTERS.finditer(text):
        if match["who"].lower() not in _KNOWN:
            yield Clue("initials", match["who"], certain=True)


def _names(text: str, known: frozenset[str]) -> Iterator[Clue]:
    names, fine = first_names(), _KNOWN | known
    for pattern in (_CALLED, _RELATED, _AGED):
        for match in pattern.finditer(text):
            who = match["who"]
            plain = _bare(who)
            if plain in fine or (pattern is _CALLED and plain == who and plain not in names):
                continue
            yield Clue("name", who, certain=pattern is not _AGED or plain in names)
    for match in _WORD.finditer(text):
        word = match.group()
        plain = _bare(word)
        if plain in fine or len(plain) < 2:
            continue
        if plain in names or (_is_name_like(word) and not _begins_a_sentence(text, match.start())):
            yield Clue("name", _without_s(word), certain=False)


def _is_name_like(word: str) -> bool:
    return word[0].isupper() and word[1:].islower()


def _without_s(word: str) -> str:
    return re.sub(r"[’']s$", "", word)


def _bare(word: str) -> str:
    return _without_s(word).lower()


def _begins_a_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t")
    return not before or before[-1] in _SENTENCE_END


def refusal(text: str, *, judged: bool = False) -> str:
    """Why a text should not be sent as it is, in words for its writer; empty where it may go.

    `judged`: the writer has looked at what may be a name and says that it is nobody's.

    >>> refusal("How do I begin?"), refusal("Brixley hid. Then Brixley ran.", judged=True)
    ('', '')
    """
    found = clues(text)
    certain = [clue for clue in found if clue.certain]
    if certain:
        seen = ", ".join(f"“{clue.words}” looks like {clue.label}" for clue in certain[:SHOWN])
        return f"This seems to point to somebody: {seen}. Leave it out, and say for example “a boy of seven”."
    if found and not judged:
        seen = ", ".join(f"“{clue.words}”" for clue in found[:SHOWN])
        return f"This may point to somebody, as a name or a date: {seen}. Leave it out, or tick below that it does not."
    return ""
