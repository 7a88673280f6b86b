"""What becomes of bookings, requests and sessions when somebody leaves the service. All of it goes through the gate."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from events.booking.answering import organisers
from events.booking.team_places import release
from events.booking.verbs import withdraw
from events.models import Booking, BriefingRequest, CalendarFeed, Interest, Session
from notices.outbox import Letter, tell
from pages.publishing.leaving import HAS_LEFT
from people.leaving import takes_over_team
from people.models import User
from people.refusals import NotPossible
from people.roles import Role

LEFT = "Has left the service."


def end_bookings(*, person: User, by: User | None, now: datetime) -> None:
    """Places, offers, requests and turns in the queue end, and go to who is next; so do wishes for a date."""
    for booking in _not_over(Booking.objects.live().filter(person=person), now):
        try:
            withdraw(booking=booking, by=by, now=now, words=LEFT)
        except NotPossible as refused:
            # What took place, or has ended meanwhile, stays as it was.
            if refused.code not in ("came", "over", "ended"):
                raise
    Interest.objects.filter(person=person).delete()
    CalendarFeed.objects.filter(person=person).delete()


def pass_on_team_places(*, person: User, by: User | None, now: datetime) -> None:
    """Who takes over the team has its kept places and its wish for a briefing.

    Requests that wait for an answer go by themselves to who answers now (`events/booking/approving.py`).
    """
    successor = takes_over_team(person, timezone.localdate(now))
    kept = _not_over(Booking.objects.booked().filter(reserved_by=person, person=None), now)
    for booking in kept:
        if successor and successor.has_role(Role.MANAGER):
            Booking.objects.filter(pk=booking.pk).update(reserved_by=successor)
        else:
            release(booking=booking, manager=person, now=now)
    BriefingRequest.objects.filter(asked_by=person, state=BriefingRequest.State.ASKED).update(asked_by=successor)


def pass_on_sessions(*, person: User, by: User | None, now: datetime) -> None:
    """Sessions without an organiser of their own are every organiser's: all of them are told of each."""
    theirs = _to_come(Session.objects.filter(organiser=person), now)
    sessions = list(theirs.select_related("event").prefetch_related("dates").order_by("starts_at", "pk"))
    theirs.update(organiser=None, organiser_is_guest=False)
    if not sessions:
        return
    letter = Letter(
        subject=f"Sessions of {person} need an organiser",
        paragraphs=[f"{person} has left the service. Until one of you is named, these are everybody’s to look after."],
        facts=[(str(one), one.where_when.in_short) for one in sessions[:50]],
        link=reverse("desk_list"),
        link_title="The organisers’ desk",
    )
    for organiser in organisers():
        tell(organiser, letter, kind=HAS_LEFT, about=person, now=now)


def _to_come(sessions, now: datetime):
    return sessions.filter(Q(ends_at__gt=now) | Q(ends_at=None), cancelled_at=None)


def _not_over(bookings, now: datetime):
    """In the order of the gate's locks."""
    return bookings.filter(Q(session__ends_at__gt=now) | Q(session__ends_at=None)).order_by("session_id", "pk")
