"""Which version of a policy holds on a day, and its text. Pure: what it reads is handed to it."""

from collections.abc import Iterable
from datetime import date

TEXT = ("title", "summary", "version", "effective_on", "change_note", "full_text_url", "body")
"""What belongs to a version. All else, such as who may read the page, holds for the page at once."""


def in_order(version: str) -> tuple[int, ...]:
    """A version as what it is sorted by: 2.10 comes after 2.9, and 2 is 2.0."""
    numbers = [int(part) for part in version.split(".")]
    return tuple([*numbers, 0, 0][:3])


def holding(versions: Iterable, on: date):
    """The version that holds on that day: the highest number of those whose day has come. None before the first."""
    begun = [one for one in versions if one.effective_on is None or one.effective_on <= on]
    return max(begun, key=lambda one: in_order(one.version), default=None)


def to_come(versions: Iterable, on: date) -> list:
    """Versions whose day is still to come and that will hold then, the next one first."""
    held = holding(versions, on)
    after = in_order(held.version) if held else ()
    coming = [one for one in versions if one.effective_on and one.effective_on > on]
    return sorted((one for one in coming if in_order(one.version) > after), key=lambda one: in_order(one.version))


def text_of(page) -> dict:
    """The text of a page's version, as it can be kept beside others."""
    page.read_late_fields()
    whole = page.serializable_data()
    return {name: whole[name] for name in TEXT}


def put(page, text: dict) -> None:
    """Make a page in memory read as that version."""
    for name in TEXT:
        setattr(page, name, page._meta.get_field(name).to_python(text[name]))


def objection(
    versions: Iterable, *, version: str, effective_on: date | None, change_note: str, on: date
) -> dict[str, str]:
    """What keeps a version from being published, by field. Every way of publishing asks.

    A version never goes backwards: who was told of 2.1 must not meet 2.0 the week after.
    """
    by_number = {one.version: one for one in versions}
    held, known = holding(versions, on), by_number.get(version)
    if held and in_order(version) < in_order(held.version):
        return {"version": f"Version {held.version} is published, so this cannot be {version}. Count upwards."}
    if known and known is held and effective_on and effective_on > on:
        return {"version": f"Version {version} holds today. Give the text that is to come a number of its own."}
    notes = {one.change_note.strip() for one in by_number.values() if one is not known}
    if known is None and notes and change_note.strip() in notes:
        return {"change_note": "This note was written for an earlier version. Say what this one changes."}
    return {}
