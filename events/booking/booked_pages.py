"""Event pages with bookings stay where people can read them, until it is said what becomes of the bookings.

Whoever wants a page gone first cancels its sessions: then everybody is told, and nobody stands before a closed door.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.models import PageViewRestriction

from events.dates.wording import day_and_time
from events.models import Booking, EventPage, Session
from notices.kinds import kind
from notices.outbox import Letter, tell
from pages.models import HubPage
from pages.publishing.put_right import put_right
from people.models import User

A_WEEK = timedelta(days=7)
STAYS = kind("expiry", "A page that people have booked stays on the hub for now")


def booked_sessions(pages: Iterable[HubPage], now: datetime, *, below: bool = False) -> QuerySet[Session]:
    """Sessions of these pages, or of all below them, that people would miss."""
    paths = Q()
    for page in pages:
        paths |= Q(event__path__startswith=page.path) if below else Q(event__path=page.path)
    found = Session.objects.still_booked(now).filter(paths, event__live=True)
    return found.select_related("event").order_by("starts_at", "pk")


def why_it_stays(session: Session) -> str:
    """What keeps the page on the hub, and what to do."""
    return (
        f"People have booked “{session}” ({session.where_when.in_short}). "
        "Cancel that session on its desk first, so that everybody is told; "
        "or wait until it is over."
    )


def shut_out_by(
    page: HubPage, groups: Sequence[Group], now: datetime, *, was: PageViewRestriction | None
) -> Session | None:
    """The first session below whose page somebody who is booked can open now and could not, for these groups alone."""
    people = User.objects.filter(is_active=True, is_superuser=False).exclude(groups__in=groups)
    if was and was.restriction_type == PageViewRestriction.GROUPS:
        people = people.filter(groups__in=was.groups.all())
    shut_out = Booking.objects.live().filter(person__in=people.values("pk")).values("session")
    return booked_sessions([page], now, below=True).filter(pk__in=shut_out).first()


def why_not_closed(session: Session) -> str:
    """Said where a section would be closed."""
    return (
        f"People who have booked “{session}” ({session.where_when.in_short}) could not open its page any more. "
        "Let a group that they belong to read it; or cancel that session on its desk first, so that everybody is told; "
        "or wait until it is over."
    )


def would_close(page: HubPage, destination: HubPage) -> bool:
    """Whether a page that is moved there would be shut to people who can read it now."""
    closed = PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.NONE).select_related("page")
    above = {one.page.path for one in closed if destination.path.startswith(one.page.path)}
    return bool(above - {path for path in above if page.path.startswith(path)})


def postpone_expiry(*, now: datetime) -> None:
    """A page that was to leave the hub by now waits until its last booked session is over; its owner is told."""
    for page in EventPage.objects.live().filter(expire_at__lte=now).select_related("steward", "deputy"):
        booked = list(booked_sessions([page], now))
        if booked:
            until = max((one.ends_at for one in booked if one.ends_at), default=now + A_WEEK)
            put_right(page, HubPage, expire_at=until)
            _tell(page, booked[0], until, now)


def _tell(page: EventPage, session: Session, until: datetime, now: datetime) -> None:
    letter = Letter(
        subject=f"“{page.title}” stays on the hub for now",
        paragraphs=[
            "Its time to leave the hub had come, but people have booked it.",
            why_it_stays(session),
            f"Until then the page stays; it leaves on {day_and_time(until)} by itself.",
        ],
        link=reverse("desk", args=[session.key]),
        link_title="The session’s desk",
    )
    organisers = User.objects.filter(pk=session.organiser_id, is_active=True)
    for person in {page.steward or page.deputy, *organisers} - {None}:
        if person.is_active:
            tell(person, letter, kind=STAYS, about=page, occurrence=f"until {until.isoformat()}", now=now)
