"""The code on the screen of a room: another one every few minutes, so that it is of no use to who is not there.

Nothing is stored: a code is worked out from the hub's secret, the date and the clock. The one before still holds, for
whoever is typing while the screen changes.
"""

from datetime import datetime

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from events.models import SessionDate

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No letter that is read as another from the back of a hall."""
LENGTH = 6


def room_code(date: SessionDate, now: datetime) -> str:
    """What the screen shows now."""
    return _code(date, _window(now))


def seconds_left(now: datetime) -> int:
    """How long the screen shows the same code from now on."""
    return _length() - int(now.timestamp()) % _length()


def fits(date: SessionDate, code: str, now: datetime) -> bool:
    """Whether that code is, or a moment ago was, on the screen of that date."""
    # Both are compared in full, so that nobody learns from the clock how close a guess was.
    shown, before = (constant_time_compare(code, _code(date, _window(now) - back)) for back in (0, 1))
    return shown or before


def as_shown(typed: str) -> str:
    """As people type it from a screen: in small letters, with blanks or dashes between."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())[: LENGTH + 1]


def _length() -> int:
    return settings.HUB_ROOM_CODE_MINUTES * 60


def _window(now: datetime) -> int:
    return int(now.timestamp()) // _length()


def _code(date: SessionDate, window: int) -> str:
    number = int.from_bytes(salted_hmac("events.room-code", f"{date.key}:{window}", algorithm="sha256").digest())
    letters = []
    for _ in range(LENGTH):
        number, index = divmod(number, len(LETTERS))
        letters.append(LETTERS[index])
    return "".join(letters)
