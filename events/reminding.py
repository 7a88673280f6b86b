"""Reminders 14, 5 and 1 days before, each with the way to say "I can't come"; never two of them at once."""

from datetime import datetime, timedelta

from django.utils import timezone

from events.models import Booking, SessionDate
from events.states import State
from events.wording import day_and_time, span
from notices.models import OutgoingMail
from notices.outbox import Letter, tell

STEPS = (1, 5, 14)
"""Days before, the nearest first."""


def remind(*, now: datetime) -> None:
    """Queue the reminder that is due for every place at a date that is near."""
    dates = SessionDate.objects.filter(
        cancelled_at=None, starts_at__gt=now, starts_at__lte=now + timedelta(days=STEPS[-1])
    )
    for date in dates.select_related("session__event"):
        days = next(step for step in STEPS if date.starts_at - now <= timedelta(days=step))
        due = date.starts_at - timedelta(days=days)
        # Whoever booked after the moment of this reminder has just been told.
        bookings = date.session.bookings.filter(state=State.BOOKED, booked_at__lt=due, person__is_active=True)
        keys = {_key(date, days, one): one for one in bookings.select_related("person")}
        known = OutgoingMail.objects.filter(kind="booking-reminder", dedupe_key__startswith=_key(date, days))
        said = {key.rsplit(":", 1)[0] for key in known.values_list("dedupe_key", flat=True)}
        for key, booking in keys.items():
            if key not in said:
                tell(booking.person, letter(booking, date, days), kind="booking-reminder", dedupe_key=key)


def letter(booking: Booking, date: SessionDate, days: int) -> Letter:
    """Soon, and the way out for whoever cannot come."""
    when = "tomorrow" if days == 1 else f"in {days} days"
    head = {1: "Tomorrow", 5: "In five days", 14: "In two weeks"}[days]
    if timezone.localdate(date.starts_at) == timezone.localdate(timezone.now()):
        head, when = "Today", "today"
    session = date.session
    return Letter(
        subject=f"{head}: {session}, {day_and_time(date.starts_at)}",
        paragraphs=[
            f"You have a place {when}.",
            "You can’t come? Say so with one press: the place goes to the next in line, and nobody asks why.",
        ],
        facts=[("When", span(date.starts_at, date.ends_at)), ("Where", date.place or session.place or "Online")],
        link=f"/me/bookings/{booking.key}/",
        link_title="See your booking, or say that you can’t come",
    )


def _key(date: SessionDate, days: int, booking: Booking | None = None) -> str:
    # With the day in it: a date that is moved brings its reminders anew.
    return f"reminder:{days}:{date.pk}:{timezone.localdate(date.starts_at)}:{booking.pk if booking else ''}"
