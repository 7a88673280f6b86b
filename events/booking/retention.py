"""What is forgotten, and when: what to provide after 28 days, names after the months that the kind's rules say."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from events.kinds import EventKind
from events.models import (
    Attendance,
    AttendanceCorrection,
    Booking,
    BookingChange,
    BriefingRequest,
    KindRules,
    Provision,
    Session,
    SessionChange,
    rules_of,
)
from events.states import LIVE
from people.retention import months_before


def forget(*, now: datetime) -> None:
    """Everything of this module. What it takes is gone; counts of bookings and attendance stay."""
    old_provisions(now).delete()
    for rules in KindRules.objects.all():
        forget_people(old_bookings(rules, now))
        old_changes(rules, now).delete()
    old_requests(now).delete()


def old_provisions(now: datetime) -> QuerySet[Provision]:
    """What was asked to be provided at sessions that ended 28 days ago, or for bookings that ended before."""
    ended = now - timedelta(days=settings.HUB_PROVISION_DAYS)
    over = Session.objects.filter(ends_at__lt=ended).values("pk")
    return Provision.objects.filter(booking__session__in=over) | Provision.objects.exclude(booking__state__in=LIVE)


def _before(rules: KindRules, now: datetime) -> datetime:
    return months_before(now, rules.keep_months)


def old_requests(now: datetime) -> QuerySet[BriefingRequest]:
    """Answered wishes for a briefing, with who asked and answered. The sessions that came of them stay and count."""
    return BriefingRequest.objects.filter(answered_at__lt=_before(rules_of(EventKind.TEAM_BRIEFING), now))


def old_bookings(rules: KindRules, now: datetime) -> QuerySet[Booking]:
    """Bookings of a kind whose names have been kept long enough."""
    before = _before(rules, now)
    old = Booking.objects.filter(session__event__event_kind=rules.kind, session__ends_at__lt=before)
    return old.exclude(person=None, reserved_by=None)


def old_changes(rules: KindRules, now: datetime) -> QuerySet[SessionChange]:
    """What was changed of such sessions, with who changed it and whom people could ask."""
    before = _before(rules, now)
    return SessionChange.objects.filter(session__event__event_kind=rules.kind, session__ends_at__lt=before)


def forget_people(bookings: QuerySet[Booking]) -> None:
    """Take the people out of bookings: the rows stay and count, nobody can be told from them."""
    ids = list(bookings.values_list("pk", flat=True))
    with transaction.atomic():
        BookingChange.objects.filter(booking__in=ids).delete()
        AttendanceCorrection.objects.filter(booking__in=ids).delete()
        Provision.objects.filter(booking__in=ids).delete()
        Attendance.objects.filter(booking__in=ids).update(how=Attendance.How.LIST, why="", why_words="")
        Booking.objects.filter(pk__in=ids).update(
            person=None, reserved_by=None, note="", reason_words="", beyond_because="Kept as a number."
        )
