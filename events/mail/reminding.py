"""Reminders 14, 5 and 1 days before, each with the way to say "I can't come"; never two of them at once."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from events.models import Booking, SessionDate
from events.states import State
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
                told = letter(booking, date, now)
                tell(booking.person, told, kind=REMINDER, about=date, occurrence=occurrence, now=now)


def letter(booking: Booking, date: SessionDate, now: datetime) -> Letter:
    """Soon, and the way out for whoever cannot come. How soon is counted in days on the wall, as it is sent."""
    session, meeting = date.session, date.meeting
    soon = how_soon((timezone.localdate(date.starts_at) - timezone.localdate(now)).days)
    turn = session.where_when.turn_of(meeting.key)
    return Letter(
        subject=f"{soon}: {session}, {meeting.begins}",
        paragraphs=[
            f"You have a place {soon[0].lower()}{soon[1:]}" + (f": {turn}." if turn else "."),
            "You can’t come? Say so with one press: somebody else can have the place, and nobody asks why.",
        ],
        facts=meeting.facts,
        link=reverse("my_booking", args=[booking.key]),
        link_title="See your booking, or say that you can’t come",
    )


NUMBERS = "two three four five six seven eight nine ten eleven twelve thirteen".split()


def how_soon(days: int) -> str:
    """Today · Tomorrow · In three days · In two weeks."""
    known = {0: "Today", 1: "Tomorrow", 7: "In a week", 14: "In two weeks"}
    words = dict(enumerate(NUMBERS, 2))
    return known.get(days) or f"In {words.get(days, days)} days"
