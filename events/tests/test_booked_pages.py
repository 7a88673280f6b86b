"""A page with bookings does not vanish: each way of taking it away says first what to do about the bookings."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import PageViewRestriction

from events.booking.booked_pages import booked_sessions, would_close
from events.booking.organising import cancel_session
from events.booking.verbs import book
from events.models import EventIndexPage, EventPage
from home.jobs.all import run_due
from notices.models import OutgoingMail
from pages.models import HubPage
from people.models import User
from people.roles import Role
from tests.builders import make_session, make_text
from tests.editing import form_of, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(hub):
    return User.objects.create_superuser("chief@hub.example")


@pytest.fixture
def session(practitioner, organiser):
    session = make_session(organiser=organiser)
    book(key=session.key, person=practitioner, now=timezone.now())
    return session


@pytest.fixture
def closed(hub):
    """A section of events for managers alone."""
    section = make_text(EventIndexPage, "For managers", below=EventIndexPage.objects.get().get_parent())
    closing = PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.GROUPS)
    closing.groups.set(Group.objects.filter(name=Role.MANAGER))
    return section


WAYS = {
    "unpublish": lambda client, page, to: client.post(f"/admin/pages/{page.pk}/unpublish/", follow=True),
    "unpublish all below": lambda client, page, to: client.post(
        f"/admin/pages/{page.get_parent().pk}/unpublish/", {"include_descendants": "on"}, follow=True
    ),
    "unpublish in bulk": lambda client, page, to: client.post(
        f"/admin/bulk/pages/hubpage/unpublish/?id={page.pk}", follow=True
    ),
    "delete in bulk": lambda client, page, to: client.post(
        f"/admin/bulk/pages/hubpage/delete/?id={page.pk}", follow=True
    ),
    "move": lambda client, page, to: client.post(f"/admin/pages/{page.pk}/move/{to.pk}/confirm/", follow=True),
    "move in bulk": lambda client, page, to: client.post(
        f"/admin/bulk/pages/hubpage/move/?id={page.pk}", {"chooser": to.pk}, follow=True
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_page_that_is_booked_stays_where_it_can_be_read_and_the_editor_is_led_to_the_desk(
    way, session, closed, chief, signed_in
):
    page, client = EventPage.objects.get(), signed_in(chief)
    answer = WAYS[way](client, page, closed).content.decode()
    page.refresh_from_db()
    assert (page.live, page.path.startswith(closed.path)) == (True, False)
    if way == "delete in bulk":
        return  # Wagtail keeps whatever is referred to, whether or not it is told why.
    assert "Cancel that session on its desk first" in answer
    assert f"/events/desk/{session.key}/#cancel" in answer
    cancel_session(session=session, by=session.organiser, now=timezone.now(), reason="Nobody can come.")
    WAYS[way](client, page, closed)
    page = EventPage.objects.get()
    assert not page.live or page.path.startswith(closed.path)


def test_a_page_whose_time_has_come_waits_for_its_last_booked_session_and_the_owner_is_told(session, psw):
    page, neighbour = EventPage.objects.get(), make_text(EventPage, "Another day", event_kind="practice-day")
    theirs = make_session(event=neighbour)
    book(key=theirs.key, person=psw, now=timezone.now())
    HubPage.objects.filter(pk=page.pk).update(steward=psw, expire_at=timezone.now() - timedelta(hours=1))
    assert run_due(now=timezone.now()) == []
    assert run_due(now=timezone.now()) == []
    page.refresh_from_db()
    session.refresh_from_db()
    assert (page.live, page.expire_at) == (True, session.ends_at)
    told = OutgoingMail.objects.filter(kind="expiry").values_list("to", flat=True)
    assert sorted(told) == sorted([psw.email, session.organiser.email])
    assert run_due(now=session.ends_at + timedelta(minutes=1)) == []
    assert not EventPage.objects.get(pk=page.pk).live
    neighbour.refresh_from_db()
    assert (neighbour.live, neighbour.expire_at) == (True, None)


def test_a_page_is_kept_by_its_own_bookings_and_a_move_stopped_by_the_section_it_goes_to(session, closed):
    page, free = session.event, make_text(EventPage, "Another day", event_kind="practice-day")
    make_session(event=free)
    assert list(booked_sessions([page], timezone.now())) == [session]
    assert not booked_sessions([free], timezone.now())
    assert would_close(page, closed)
    assert not would_close(page, page.get_parent())


def test_a_page_is_not_withdrawn_before_the_last_day_that_is_booked(session, chief, signed_in):
    page, client = EventPage.objects.get(), signed_in(chief)
    day = timezone.localdate(session.dates.get().starts_at)
    for gone, is_refused in ((day, True), (day + timedelta(days=1), False)):
        form = {**form_of(client, page), "withdrawn_on": gone.isoformat(), "withdrawn_reason": "It is over."}
        assert ("withdrawn_on" in refused(client, page, form)) == is_refused
