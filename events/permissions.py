"""Who may do what with sessions and bookings. Called by the verbs, not only by the screens."""

from django.utils import timezone

from events.models import Booking, Session, rules_of
from pages.models import HubPage
from pages.query import closed_to
from people.models import User
from people.roles import Role
from people.standing_in import stood_in_for


def organises_all(person: User) -> bool:
    """Whether every session is this person's business."""
    return person.is_active and (person.is_superuser or person.has_role(Role.ORGANISER, Role.ADMINISTRATOR))


def may_organise(person: User, session: Session) -> bool:
    """Who sees the list, moves, cancels, adds people: all organisers, and the one named on the session."""
    return organises_all(person) or (person.is_active and session.organiser_id == person.pk)


def may_read(person: User, session: Session) -> bool:
    """Whether the session's event is on the hub for this person at all."""
    # Asked simply: at nine o'clock everybody asks this at once.
    columns = ("path", "audience", "live", "withdrawn_on")
    page = HubPage.objects.filter(pk=session.event_id, live=True).only(*columns).first()
    if page is None or (page.withdrawn_on and page.withdrawn_on <= timezone.localdate()):
        return False
    return page.is_for(person) and not page.path.startswith(tuple(closed_to(person)))


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
    """Who has a page of a team's bookings: whoever leads one, or stands in today for somebody who does."""
    return leads_a_team(person) or (person.is_active and stood_in_for(person, timezone.localdate()).exists())


def may_see_coverage(person: User) -> bool:
    """Who sees which teams were reached: organisers and the principal social worker. No person is named there."""
    return organises_all(person) or (person.is_active and person.has_role(Role.PSW))


def manages(manager: User, person: User | None) -> bool:
    return person is not None and person.manager_id == manager.pk


def answers_for(person: User, booking: Booking) -> bool:
    """Whether this person stands in today for the manager of whoever asks. Nobody says yes to their own request."""
    asks = booking.person
    if asks is None or asks.pk == person.pk or not asks.manager_id:
        return False
    return stood_in_for(person, timezone.localdate()).filter(pk=asks.manager_id).exists()


def may_approve(manager: User, booking: Booking) -> bool:
    """A person's own manager, or who stands in; an organiser where the manager is silent or none is known."""
    return manages(manager, booking.person) or answers_for(manager, booking) or may_organise(manager, booking.session)


def may_see_of_team(session: Session) -> bool:
    """Whether a manager may know who of the team has a place: never for Rounds and reflective groups."""
    return rules_of(session.event.event_kind).managers_see
