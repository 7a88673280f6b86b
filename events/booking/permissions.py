"""Who may do what with sessions and bookings. Called by the verbs, not only by the screens."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from events.booking.answering import answered_by, who_answers
from events.models import Booking, EventPage, Session
from pages.visibility.readers import PLACE_SQL, may_open_place
from people.duties import organises_all
from people.models import User
from people.roles import Role
from people.standing_in import stood_in_for


def organised_by(person: User) -> QuerySet[Session]:
    """The sessions that are this person's to look after: all for organisers, for a guest those that name them.

    A guest was named without a role of an organiser, and may still read of the event. Whoever was named as an organiser
    looks after it as long as they are one.
    """
    if organises_all(person):
        return Session.objects.all()
    return guest_of(person)


def guest_of(person: User) -> QuerySet[Session]:
    """The sessions that name somebody as their organiser who has no role of one."""
    if not person.is_active:
        return Session.objects.none()
    events = EventPage.objects.visible_to(person).values("pk")
    return Session.objects.filter(organiser=person, organiser_is_guest=True, event__in=events)


def may_organise(person: User, session: Session) -> bool:
    """Who sees the list, moves, cancels, adds people."""
    return organises_all(person) or organised_by(person).filter(pk=session.pk).exists()


def may_read(person: User, session: Session) -> bool:
    """Whether the session's event is on the hub for this person at all."""
    return may_read_of(person, session.key)


def may_read_of(person: User, key: UUID) -> bool:
    """The same, of the session with that key: asked before the gate is locked, so that nobody waits for the answer."""
    key = Session._meta.get_field("key").get_db_prep_value(key, connection)
    with connection.cursor() as cursor:
        cursor.execute(EVENT_OF, [str(timezone.localdate()), key])
        return may_open_place(person, cursor.fetchone())


EVENT_OF = PLACE_SQL.format(join="JOIN events_session session ON session.event_id = page.id", where="session.key = %s")


def may_book(person: User, session: Session) -> bool:
    """Whether this person can read of the session and is one of those it is for."""
    return may_read(person, session) and is_for(person, session)


def is_for(person: User, session: Session) -> bool:
    """Whether this person is one of those the session is for."""
    return person.is_active and (not session.for_roles or person.has_role(*session.for_roles))


def may_keep_places(person: User) -> bool:
    """Who may keep places for a team and name people later."""
    return person.is_active and person.has_role(Role.MANAGER)


def leads_a_team(person: User) -> bool:
    """Managers by role, and whoever has somebody to look after."""
    return may_keep_places(person) or (person.is_active and person.reports.filter(is_active=True).exists())


def may_see_team(person: User) -> bool:
    """Who has a page of a team's bookings: whoever leads one, stands in today, or was asked for an answer."""
    stands_in = person.is_active and stood_in_for(person, timezone.localdate()).exists()
    return leads_a_team(person) or stands_in or was_asked(person)


def may_see_coverage(person: User) -> bool:
    """Who sees which teams were reached: organisers and the principal social worker. No person is named there."""
    return organises_all(person) or (person.is_active and person.has_role(Role.PSW))


def manages(manager: User, person: User | None) -> bool:
    return person is not None and person.manager_id == manager.pk


def may_approve(by: User, booking: Booking, now: datetime) -> bool:
    """Who answers for the person today, or an organiser where they are silent. Nobody says yes to their own request."""
    if booking.person is None or booking.person_id == by.pk or not by.is_active:
        return False
    return may_organise(by, booking.session) or by in who_answers([booking], now)[booking.pk].people


def was_asked(person: User) -> bool:
    """Whether the request of somebody without a manager waits for this person. One query where it does not."""
    return person.is_active and bool(answered_by(person, timezone.now()))
