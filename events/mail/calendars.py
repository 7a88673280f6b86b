"""People's calendars: which file goes with which mail, and the private address that a calendar reads."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from events.mail import ical
from events.models import Booking, CalendarFeed, SentInvite, Session, SessionDate
from events.models.calendar import feed_token
from people.models import User

FEED_DAYS = 400


def entry(date: SessionDate, session: Session, person: User, *, sequence: int, address: str) -> ical.CalendarEntry:
    """One date for one person, as calendars want it."""
    name, email = parseaddr(settings.DEFAULT_FROM_EMAIL)
    url = f"{settings.BASE_URL}{address}"
    return ical.CalendarEntry(
        uid=date.uid,
        sequence=sequence,
        starts=date.starts_at,
        ends=date.ends_at,
        summary=str(session),
        location=date.of(session).where,
        description=f"Your booking, and the way in if it is online: {url}",
        url=url,
        attendee_name=str(person),
        attendee_email=person.email,
        organiser_name=name or "Strengths Hub",
        organiser_email=email,
        stamp=timezone.now(),
    )


def invites(booking: Booking, person: User, dates: Iterable[SessionDate]) -> list[str]:
    """A file for each date, with a number above every earlier message about it."""
    files = []
    for date in dates:
        sent, new = SentInvite.objects.select_for_update().get_or_create(date=date, person=person)
        if not new:
            sent.sequence, sent.withdrawn = sent.sequence + 1, False
            sent.save(update_fields=["sequence", "withdrawn"])
        one = entry(
            date, booking.session, person, sequence=sent.sequence, address=reverse("my_booking", args=[booking.key])
        )
        files.append(ical.invite(one))
    return files


def withdrawals(booking: Booking, person: User, dates: Iterable[SessionDate]) -> list[str]:
    """A file for each date that is in the person's calendar: it takes it out."""
    files = []
    in_calendar = SentInvite.objects.select_for_update().filter(person=person, date__in=dates, withdrawn=False)
    for sent in in_calendar.order_by("date__starts_at"):
        sent.sequence, sent.withdrawn = sent.sequence + 1, True
        sent.save(update_fields=["sequence", "withdrawn"])
        date = next(date for date in dates if date.pk == sent.date_id)
        one = entry(
            date, booking.session, person, sequence=sent.sequence, address=reverse("my_booking", args=[booking.key])
        )
        files.append(ical.withdrawal(one))
    return files


def own_file(booking: Booking) -> str:
    """All dates of one booking as a file to open by hand. It names nobody and asks nothing."""
    return ical.feed(_entries([booking]), name=str(booking.session))


def feed_of(person: User, now: datetime) -> str:
    """Everything the person has a place at, from a little back."""
    booked = Booking.objects.booked().filter(person=person, session__dates__ends_at__gt=now - timedelta(days=FEED_DAYS))
    return ical.feed(_entries(booked.distinct().told().select_related("person")), name="My bookings on the hub")


def _entries(bookings: Iterable[Booking]) -> list[ical.CalendarEntry]:
    bookings = list(bookings)
    sent = {
        (row.date_id, row.person_id): row.sequence
        for row in SentInvite.objects.filter(person__in=[one.person_id for one in bookings])
    }
    return [
        entry(
            date,
            booking.session,
            booking.person,
            sequence=sent.get((date.pk, booking.person_id), 0),
            address=reverse("my_booking", args=[booking.key]),
        )
        for booking in bookings
        for date in booking.session.held_dates
    ]


def renew_feed(person: User) -> None:
    """A new private address; the old one is dead at once."""
    CalendarFeed.objects.update_or_create(person=person, defaults={"token": feed_token()})


def stop_feed(person: User) -> None:
    CalendarFeed.objects.filter(person=person).delete()
