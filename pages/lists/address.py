"""Reading what stands after the question mark: whatever is there, a page comes back and says what it ignored."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

LONGEST_TEXT = 200
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,7}")
MOST_SHOWN = 40


def tidy(text: str, longest: int = LONGEST_TEXT) -> str:
    """Typed text made safe to ask a database: no NUL or other control sign, single blanks, at most `longest` signs."""
    printable = "".join(sign if sign.isprintable() or sign in "\u200c\u200d" else " " for sign in text)
    return " ".join(printable.split())[:longest].strip()


def shown(text: str) -> str:
    """A piece of somebody's input as it can be said back to them: tidied and cut short."""
    text = tidy(text, LONGEST_TEXT)
    return f"{text[:MOST_SHOWN]}…" if len(text) > MOST_SHOWN else text


@dataclass
class Address:
    """The parameters of one request, read by name. `ignored` gathers a plain sentence for each value not understood."""

    parameters: dict[str, list[str]]
    ignored: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """What was typed, tidied; the last one where the name is repeated."""
        values = self.parameters.get(name) or [""]
        if len(values[-1]) > LONGEST_TEXT:
            self.ignored.append(f"We used the first {LONGEST_TEXT} characters of what you typed.")
        return tidy(values[-1])

    def whole_number(self, name: str, label: str, low: int, high: int) -> int | None:
        """A number between `low` and `high`, or `None`: a value that is no such number is ignored and said so."""
        values = [value.strip() for value in self.parameters.get(name, []) if value.strip()]
        if not values:
            return None
        if len(values) > 1:
            self.ignored.append(f"{label} was given more than once; we used the last.")
        value = values[-1]
        if WHOLE_NUMBER.fullmatch(value) and low <= int(value) <= high:
            return int(value)
        self.ignored.append(f"{label} “{shown(value)}” is not between {low} and {high}, so we left it out.")
        return None

    def choices(self, name: str, label: str, allowed: set[str]) -> list[str]:
        """The values that are allowed, each once and in the order given; the others are ignored and said so."""
        wanted = list(dict.fromkeys(value for value in self.parameters.get(name, []) if value))
        unknown = [value for value in wanted if value not in allowed]
        if unknown:
            more = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
            self.ignored.append(f"{label} “{shown(unknown[0])}”{more} is not one of the choices, so we left it out.")
        return [value for value in wanted if value in allowed]

    def choice(self, name: str, label: str, allowed: set[str], default: str) -> str:
        """One allowed value: the last given, or the default."""
        values = self.choices(name, label, allowed)
        return values[-1] if values else default


def query_string(parameters: dict[str, list]) -> str:
    """The parameters as an address's query, `?` included; empty ones left out."""
    pairs = [(name, value) for name, values in parameters.items() for value in values if value not in ("", None)]
    return f"?{urlencode(pairs)}" if pairs else ""


@dataclass(frozen=True)
class PageNumbers:
    """Where a list stands: which page of how many, and the addresses of the others."""

    number: int
    total_pages: int
    previous_url: str
    next_url: str
    numbers: list[dict | None]


def page_numbers(number: int, total_pages: int, address_of) -> PageNumbers:
    """Numbers to show under a list: the first, the last and two either side of this one, `None` for a gap."""
    near = sorted({1, total_pages, *range(max(1, number - 2), min(total_pages, number + 2) + 1)})
    numbers: list[dict | None] = []
    for place, value in enumerate(near):
        if place and value - near[place - 1] > 1:
            numbers.append(None)
        numbers.append({"number": value, "url": address_of(value), "current": value == number})
    return PageNumbers(
        number=number,
        total_pages=total_pages,
        previous_url=address_of(number - 1) if number > 1 else "",
        next_url=address_of(number + 1) if number < total_pages else "",
        numbers=numbers,
    )
