"""All jobs together: what was told is told once, though every letter has been forgotten meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from champions.models import ChampionPage
from champions.tests.test_champions import make_champion
from events.booking.verbs import book
from events.models import Attendance, Booking
from feedback.models import Pledge
from home.jobs import all
from notices.models import OutgoingMail
from people.roles import Role
from tests.builders import day_from_now, make_person, make_session, make_tool, nine_thirty

pytestmark = pytest.mark.django_db
LETTERS = {
    "booking-booked", "booking-reminder", "feedback", "feedback-reminder", "pledge", "profile", "waits-review",
}  # fmt: skip


def test_after_the_letters_are_forgotten_nobody_is_told_anew(hub, monkeypatch):
    monkeypatch.setattr(all, "JOBS", [job for job in all.JOBS if job.__name__ != "send_due"])
    leila, now = make_person("leila", Role.PRACTITIONER), timezone.now()
    make_tool(steward=leila, reviewed_on=day_from_now(-300), next_review=day_from_now(5))
    page = make_champion(person=leila)
    ChampionPage.objects.filter(pk=page.pk).update(reviewed_on=day_from_now(-180), withdrawn_on=day_from_now(3))
    Pledge.objects.create(person=leila, text="Ask the child first", made_on=day_from_now(-50))
    for days in (4, 12):
        booking, _ = book(key=make_session(starts=nine_thirty(days)).key, person=leila, now=now)
        Booking.objects.update(booked_at=now - timedelta(days=30))
    date = booking.session.dates.get()
    Attendance.objects.create(booking=booking, date=date, came="yes", minutes=1, how="list", at=date.starts_at)
    moments = [now + timedelta(hours=1), date.ends_at + timedelta(hours=2), date.ends_at + timedelta(days=4)]
    told = set()
    for moment in moments:
        all.run_due(now=moment)
        told |= set(OutgoingMail.objects.values_list("kind", flat=True))
        OutgoingMail.objects.all().delete()
        all.run_due(now=moment + timedelta(minutes=1))
        assert not OutgoingMail.objects.exists()
    assert told >= LETTERS
