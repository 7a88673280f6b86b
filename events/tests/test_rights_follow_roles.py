"""A name on an old row gives nothing that the role no longer does: asked anew with each request."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from events.booking.answering import who_answers
from events.booking.noting import known_of, notice, noting
from events.booking.permissions import may_organise, organised_by
from events.booking.team_places import keep_places, name_place
from events.mail.telling import tell_due
from events.models import Booking, Provision, Session, What
from notices.models import OutgoingMail
from people.models import StandIn
from people.refusals import NotAllowed
from people.roles import Role
from people.standing_in import stood_in_for
from tests.builders import make_person, make_session, nine_thirty

pytestmark = pytest.mark.django_db


def become(person, *roles: Role) -> None:
    person.groups.set(Group.objects.filter(name__in=roles))


def again(person):
    """As the next request reads them."""
    return type(person).objects.get(pk=person.pk)


@pytest.fixture
def session(organiser, practitioner):
    session = make_session(organiser=organiser)
    booking = Booking.objects.create(
        session=session, person=practitioner, state="booked", booked_at=timezone.now(), place=1, of_places=10
    )
    Provision.objects.create(booking=booking, access="Zorblight seat")
    return session


ROOMS = ("", "people.csv", "needs/", "needs/caterer/", "papers/", "badges/")


def open_rooms(client, session) -> list[str]:
    addresses = ["/events/desk/", *(f"/events/desk/{session.key}/{room}" for room in ROOMS)]
    addresses += [f"/events/desk/{session.key}/dates/{session.dates.first().key}/"]
    return [address for address in addresses if client.get(address).status_code == 200]


@pytest.mark.parametrize("now", [(), (Role.PRACTITIONER,), (Role.EDITOR,), (Role.MANAGER,), (Role.PARTNER,)])
def test_who_organises_no_longer_has_no_desk_whatever_old_sessions_say(session, organiser, signed_in, now):
    client = signed_in(organiser)
    assert len(open_rooms(client, session)) >= 4
    become(organiser, *now)
    assert open_rooms(client, session) == []
    assert "Zorblight" not in client.get("/").content.decode()
    person = again(organiser)
    assert not may_organise(person, session)
    # Saving the session for another reason brings nothing back.
    session.title = "Moved"
    session.save()
    assert not organised_by(person).exists()


def test_a_guest_has_the_session_that_names_them_and_no_other(session, practitioner, signed_in):
    """Named without the role, so that the naming itself is what gives it, until it is taken back."""
    theirs = make_session(title="Theirs", organiser=practitioner)
    assert list(organised_by(practitioner)) == [theirs]
    assert open_rooms(signed_in(practitioner), session) == ["/events/desk/"]
    theirs.organiser = None
    theirs.save(update_fields=["organiser"])
    assert not organised_by(practitioner).exists()


def test_naming_an_organiser_after_a_guest_is_no_guest_right(session, practitioner, organiser):
    theirs = make_session(title="Theirs", organiser=practitioner)
    theirs.organiser = organiser
    theirs.save(update_fields=["organiser"])
    become(organiser, Role.PRACTITIONER)
    assert not Session.objects.get(pk=theirs.pk).organiser_is_guest
    assert not organised_by(again(organiser)).exists()


def test_a_guest_who_may_not_read_of_the_event_any_more_has_no_desk(practitioner):
    theirs = make_session(title="Theirs", organiser=practitioner)
    theirs.event.audience = "staff"
    theirs.event.save_revision().publish()
    assert organised_by(again(practitioner)).exists()
    become(practitioner, Role.PARTNER)
    assert not organised_by(again(practitioner)).exists()


def test_who_has_left_organises_nothing(session, organiser, practitioner):
    theirs = make_session(title="Theirs", organiser=practitioner)
    for person, one in ((organiser, session), (practitioner, theirs)):
        person.is_active = False
        person.save()
        assert not may_organise(again(person), one)


def test_who_manages_no_longer_names_nobody_for_a_kept_place(session, manager):
    person = make_person("bela", Role.PRACTITIONER, manager=manager)
    (place,) = keep_places(session=session, manager=manager, number=1, now=timezone.now())
    become(manager, Role.PRACTITIONER)
    with pytest.raises(NotAllowed, match="Only managers can name"):
        name_place(booking=place, person=person, manager=again(manager), now=timezone.now())


def test_somebody_who_works_for_a_partner_now_stands_in_for_nobody(manager, practitioner):
    today = timezone.localdate()
    StandIn.objects.create(manager=manager, deputy=practitioner, from_day=today, until_day=today + timedelta(days=3))
    assert list(stood_in_for(practitioner, today)) == [manager]
    become(practitioner, Role.PARTNER)
    assert not stood_in_for(again(practitioner), today).exists()


def test_who_organises_no_longer_is_asked_for_nothing_and_written_to_of_nothing(session, organiser):
    assert session.current_organiser == organiser
    become(organiser, Role.PRACTITIONER)
    other = make_person("olga", Role.ORGANISER)
    named = Session.objects.get(pk=session.pk)
    assert named.current_organiser is None
    # Nor is anybody sent to them with a question.
    assert known_of(named).contact == ""
    asks = {"state": "requested", "queued_at": timezone.now(), "answer_by": nine_thirty(2)}
    named.bookings.update(**asks, place=None, of_places=None, booked_at=None)
    booking = named.bookings.get()
    assert who_answers([booking], timezone.now())[booking.pk].people == (other,)


def test_who_organises_no_longer_is_nobody_to_ask_for_people_who_booked(session, organiser, practitioner, signed_in):
    """They could neither read an answer on the desk nor do anything about it; nobody is written to because of that."""
    booking, client = session.bookings.get(), signed_in(practitioner)
    notice(now=timezone.now())
    assert organiser.email in client.get(f"/me/bookings/{booking.key}/").content.decode()
    become(organiser, Role.PRACTITIONER)
    notice(now=timezone.now())
    assert not booking.changes.filter(what=What.MOVED).exists()
    assert organiser.email not in client.get(f"/me/bookings/{booking.key}/").content.decode()
    with noting(session, by=None, now=timezone.now()):
        session.place = "Hall B"
        session.save()
    tell_due(now=timezone.now())
    [letter] = OutgoingMail.objects.filter(to=practitioner.email)
    assert "Hall B" in letter.text
    assert organiser.email not in letter.text
