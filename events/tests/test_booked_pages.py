"""A page with bookings does not vanish: each way of taking it away says first what to do about the bookings."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from events.booking.booked_pages import booked_sessions, would_close
from events.booking.organising import cancel_session, remove
from events.booking.verbs import book
from events.models import EventIndexPage, EventPage
from events.models.event_page import StillBooked
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


@pytest.fixture
def partner_booked(session, partner):
    EventPage.objects.get().save_revision().publish()
    return book(key=session.key, person=partner, now=timezone.now())[0]


def test_a_page_stays_open_to_partners_as_long_as_one_of_them_is_booked(partner_booked, chief, signed_in):
    page, client = EventPage.objects.get(), signed_in(chief)
    form = {**form_of(client, page), "audience": HubPage.Audience.STAFF}
    assert "partner agencies have booked" in refused(client, page, form)["audience"]
    remove(booking=partner_booked, by=partner_booked.session.organiser, now=timezone.now(), reason="For staff alone")
    assert "audience" not in refused(client, page, form)


def test_a_draft_that_shuts_out_partners_goes_live_by_no_way(partner_booked):
    page = EventPage.objects.get()
    page.audience = HubPage.Audience.STAFF
    with pytest.raises(StillBooked):
        page.save_revision().publish()
    assert EventPage.objects.get().audience == HubPage.Audience.PARTNER


@pytest.mark.parametrize("way", [lambda page: page.unpublish(), lambda page: page.delete()])
def test_no_program_takes_a_booked_page_off(way, session):
    with pytest.raises((StillBooked, ProtectedError)), transaction.atomic():
        way(EventPage.objects.get())
    assert EventPage.objects.get().live
    cancel_session(session=session, by=session.organiser, now=timezone.now(), reason="Nobody can come.")
    EventPage.objects.get().unpublish()
    assert not EventPage.objects.get().live


def close(client, page, *roles, kind="groups") -> str:
    """Press the form of "Privacy" for a page; returns what is said against it."""
    groups = list(Group.objects.filter(name__in=roles).values_list("pk", flat=True))
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    answer = client.post(address, {"restriction_type": kind, "groups": groups}).json()
    return BeautifulSoup(answer.get("html", ""), "html.parser").get_text(" ", strip=True)


def test_a_section_above_a_booked_page_is_not_closed_to_who_is_booked(session, chief, signed_in):
    section, client = EventPage.objects.get().get_parent(), signed_in(chief)
    for page in (section, EventPage.objects.get()):
        assert "could not open its page any more" in close(client, page, Role.MANAGER)
    assert not PageViewRestriction.objects.exists()
    # Those who are booked may go on reading, so this is no harm; and who could not read before is not shut out now.
    assert close(client, section, kind="login") == ""
    assert close(client, section, Role.MANAGER, Role.PRACTITIONER) == ""
    assert "could not open its page any more" in close(client, section, Role.MANAGER)
    Group.objects.get(name=Role.PRACTITIONER).user_set.clear()
    assert close(client, section, Role.MANAGER) == ""
    assert list(PageViewRestriction.objects.get().groups.values_list("name", flat=True)) == [Role.MANAGER]
