"""Reminders 14, 5 and 1 days before, each with the way to say "I can't come"; never two of them at once."""

from datetime import datetime, timedelta

from django.utils import timezone

from events.models import Booking, SessionDate
from events.states import State
from events.wording import day_and_time, span
from notices.kinds import kind
from notices.models import Told
from notices.outbox import Letter, tell

STEPS = (1, 5, 14)
"""Days before, the nearest first."""
REMINDER = kind("booking-reminder", "A date is near", kept=timedelta(days=45))


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
        # With the day in it: a date that is moved brings its reminders anew.
        occurrence = f"{days} days before {timezone.localdate(date.starts_at)}"
        known = set(Told.objects.of(REMINDER, date, occurrence).values_list("person", flat=True))
        for booking in bookings.select_related("person"):
            if booking.person_id not in known:
                told = letter(booking, date, days)
                tell(booking.person, told, kind=REMINDER, about=date, occurrence=occurrence, now=now)


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
