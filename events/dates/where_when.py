"""Where and when: the one owner of what a screen, a mail and a calendar say of a session and of each of its dates.

Pure: no database. A date that has no place of its own is where its session is; whoever shows, mails or exports a
session asks here, so that no two of them can differ. What changed between two moments is told by `changes.py`.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Self

from events.dates.wording import clock, day_and_time, long_day, ordinal, span
from events.kinds import Held

NO_DATE = "No date yet"


def venue_in_words(*, held: str, venue: str, own: str = "") -> str:
    """Where people meet: the date's own place, else as the session is held: Hall · Online · Hall, or online."""
    venue = own or ("" if held == Held.ONLINE else venue)
    if held == Held.HYBRID and venue:
        return f"{venue}, or online"
    return venue or Held(held).label


@dataclass(frozen=True)
class Meeting:
    """One date: when, where, and whether it was cancelled and why."""

    key: str
    starts: datetime
    ends: datetime
    where: str
    cancelled: bool = False
    because: str = ""

    @property
    def day(self) -> str:
        return long_day(self.starts)

    @property
    def clock(self) -> str:
        """9.30am to 4pm."""
        return f"{clock(self.starts)} to {clock(self.ends)}"

    @property
    def begins(self) -> str:
        """Thursday 26 November 2026, 9.30am."""
        return day_and_time(self.starts)

    @property
    def when(self) -> str:
        """Thursday 26 November 2026, 9.30am to 4pm."""
        return span(self.starts, self.ends)

    @property
    def when_and_where(self) -> str:
        return f"{self.when}, {self.where}"

    @property
    def facts(self) -> list[tuple[str, str]]:
        """For a letter that is about this date alone."""
        return [("When", self.when), ("Where", self.where)]

    @property
    def line(self) -> str:
        """When and where, or that it was cancelled and why: a cancelled date is never silently left out."""
        if self.cancelled:
            return f"{self.when}: cancelled. {self.because}".strip()
        return self.when_and_where


@dataclass(frozen=True)
class WhereWhen:
    """A session as the people who booked need to know it."""

    title: str
    held: str
    where: str
    dates: tuple[Meeting, ...]
    # Whether all of it was called off, maybe after some of its dates.
    off: bool = False

    @property
    def to_come(self) -> tuple[Meeting, ...]:
        """The dates that take place, in order."""
        return tuple(date for date in self.dates if not date.cancelled)

    @property
    def cancelled(self) -> tuple[Meeting, ...]:
        return tuple(date for date in self.dates if date.cancelled)

    @property
    def one_venue(self) -> str:
        """Where all of it is; nothing where dates are in different places, so that each says its own."""
        venues = {date.where for date in self.to_come or self.dates} or {self.where}
        return venues.pop() if len(venues) == 1 else ""

    @property
    def in_short(self) -> str:
        """The first date and how many more; which dates fell, where it was called off; that there is none yet."""
        if self.off and self.cancelled:
            return f"Cancelled: {_first_and_more([date.when for date in self.cancelled])}"
        if self.to_come:
            return _first_and_more([date.when for date in self.to_come])
        if self.dates:
            return f"Cancelled: {_first_and_more([date.when for date in self.dates])}"
        return NO_DATE

    @property
    def venue_in_short(self) -> str:
        """Where all of it is, or where it begins and that it moves on."""
        return self.one_venue or f"{(self.to_come or self.dates)[0].where}, then other places"

    @property
    def lines(self) -> list[str]:
        """Every date with its place, those that were cancelled too."""
        return [date.line for date in self.dates] or [NO_DATE]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The same for a letter: When, Where, Cancelled."""
        if not self.dates:
            return [("When", NO_DATE), ("Where", self.where)]
        one = self.one_venue
        held = [("When", date.when if one else date.when_and_where) for date in self.to_come]
        where = [("Where", one)] if one and held else []
        return [*held, *where, *(("Cancelled", date.when) for date in self.cancelled)]

    def next(self, now: datetime) -> Meeting | None:
        """The date that comes next, else the first there is, else the first that fell."""
        dates = self.to_come or self.dates
        return next((date for date in dates if date.ends > now), dates[0] if dates else None)

    def turn_of(self, key: str) -> str:
        """Which of several dates it is: the 2nd of 5 dates; nothing where there is only one."""
        keys = [date.key for date in self.dates]
        return f"the {ordinal(keys.index(key) + 1)} of {len(keys)} dates" if key in keys and len(keys) > 1 else ""

    def as_json(self) -> dict:
        """As a row keeps it."""
        dates = [{**asdict(one), "starts": one.starts.isoformat(), "ends": one.ends.isoformat()} for one in self.dates]
        kept = {**asdict(self), "dates": dates}
        # Nobody is told of a change of what was called off, and rows kept before this was known have no word of it.
        del kept["off"]
        return kept

    @classmethod
    def from_json(cls, kept: dict) -> Self:
        dates = tuple(
            Meeting(
                **{
                    **one,
                    "starts": datetime.fromisoformat(one["starts"]),
                    "ends": datetime.fromisoformat(one["ends"]),
                }
            )
            for one in kept["dates"]
        )
        return cls(**{**kept, "dates": dates})


def _first_and_more(words: list[str]) -> str:
    more = len(words) - 1
    return words[0] + (f" and {more} more {'date' if more == 1 else 'dates'}" if more else "")
