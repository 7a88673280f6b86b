"""A phrase as it may stand in a text, in HTML, in an address, or deep inside what is kept as JSON. Pure: no Django."""

import json
import re
import unicodedata
from collections.abc import Callable

IN_TEXT, IN_ADDRESS = "[taken out]", "taken-out"
_SAME = {"'": "(?:'|’|&#x27;|&#39;|&rsquo;)", "’": "(?:'|’|&#x27;|&#39;|&rsquo;)", "&": "(?:&|&amp;)"}
_BETWEEN = r"(?:\s|\u00a0|&nbsp;|<[^<>]{0,200}>)+"


def in_texts(phrase: str) -> re.Pattern:
    """Whole words in any case, however they are spaced, marked up or escaped.

    >>> bool(in_texts("Kai O'Neil").search("told <b>kai</b>&nbsp;o&#x27;neil’s mum")), in_texts("Kai").search("Kaiser")
    (True, None)
    """
    words = ["".join(_written(sign) for sign in word) for word in unicodedata.normalize("NFC", phrase).split()]
    return re.compile(rf"(?<!\w){_BETWEEN.join(words)}(?!\w)", re.I)


def in_addresses(slug: str) -> re.Pattern:
    """The same in an address or a file's name: kai-nowak, kai_nowak."""
    return re.compile(rf"(?<![a-z0-9]){slug.replace('-', '[-_. ]')}(?![a-z0-9])", re.I)


def in_file_names(phrase: str, slug: str) -> re.Pattern:
    """The same as a storage writes it: without signs (Kai’s is Kais), and a stroke for each letter it does not know.

    >>> [bool(in_file_names("Zoë O'Neil", "zoe-oneil").search(name)) for name in ("a_Zo__ONeil.jpg", "Zoe-oneilly.pdf")]
    [True, False]
    """
    kept = re.sub(r"[^-\w. ]", "", unicodedata.normalize("NFC", phrase))
    ways = {kept, re.sub(r"[^\x00-\x7f]", "_", kept), slug.replace("-", " ")}
    found = "|".join(sorted("[-_. ]+".join(re.escape(word) for word in way.split()) for way in ways if way.strip()))
    return re.compile(rf"(?<![^\W_])(?:{found})s?(?![^\W_])", re.I)


def _written(sign: str) -> str:
    """One sign as it may be written: an apostrophe in five ways, an accent within its letter or behind it."""
    apart = unicodedata.normalize("NFD", sign)
    return _SAME.get(sign) or (re.escape(sign) if apart == sign else f"(?:{sign}|{apart})")


def changed(value, pattern: re.Pattern, instead: str):
    """A text, or whatever JSON holds, without what the pattern finds; JSON inside texts is opened and closed again."""
    if isinstance(value, str):
        return _inside(value, lambda inner: changed(inner, pattern, instead)) or pattern.sub(instead, value)
    if isinstance(value, list):
        return [changed(one, pattern, instead) for one in value]
    if isinstance(value, dict):
        return {key: changed(one, pattern, instead) for key, one in value.items()}
    return value


def _inside(value: str, change: Callable) -> str:
    """A text that is JSON, changed inside; empty for one that is none."""
    if value[:1] not in "[{" or not value:
        return ""
    try:
        opened = json.loads(value)
    except ValueError:
        return ""
    if not isinstance(opened, list | dict):
        return ""
    new = change(opened)
    # However it is written down: what does not change stays as it is, sign by sign.
    return value if new == opened else json.dumps(new)


def excerpt(value, pattern: re.Pattern, *, around: int = 60) -> str:
    """A little of what stands around the first place, as plain words."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    found = pattern.search(text)
    if not found:
        return ""
    return re.sub(r"<[^<>]*>|\\u[0-9a-f]{4}|\\n", " ", text[max(found.start() - around, 0) : found.end() + around])
