"""Pledges belong to their makers: read before they are shown, given back in time, never quoted in a mail."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from feedback.models import Pledge
from feedback.pledges import approve, decline, give_back
from notices.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def pledge(practitioner):
    return Pledge.objects.create(person=practitioner, text="Ring a father", made_on=timezone.localdate(), shared=True)


def told() -> list[str]:
    return [mail.subject for mail in OutgoingMail.objects.filter(kind="pledge").order_by("pk")]


class TestGivingBack:
    def test_is_once_after_six_weeks_and_once_after_twelve_and_does_not_say_what_it_was(self, pledge):
        for weeks, letters in ((5, 0), (6, 1), (7, 1), (12, 2), (13, 2)):
            for _ in range(2):
                give_back(now=timezone.now() + timedelta(weeks=weeks, hours=1))
            assert len(told()) == letters
        assert not any("father" in mail.text + mail.html for mail in OutgoingMail.objects.all())

    def test_ends_when_it_is_done(self, pledge):
        give_back(now=timezone.now() + timedelta(weeks=6, hours=1))
        Pledge.objects.update(outcome="done")
        give_back(now=timezone.now() + timedelta(weeks=12, hours=1))
        assert len(told()) == 1

    def test_that_the_hub_forgot_for_half_a_year_asks_once_and_not_twice_in_a_minute(self, pledge):
        now = timezone.now() + timedelta(weeks=26)
        give_back(now=now)
        assert len(told()) == 1


class TestTheWall:
    def test_shows_what_was_read_and_leaves_off_what_was_declined_with_a_reason(self, pledge, organiser, me, desk):
        assert "Ring a father" not in me.get("/feedback/pledges/").content.decode()
        approve(pledges=[pledge], by=organiser, now=timezone.now())
        assert "Ring a father" in me.get("/feedback/pledges/").content.decode()
        refused = desk.post(f"/feedback/pledges/{pledge.pk}/decline/", {"reason": " "})
        assert refused.status_code == 400
        assert "Say why." in refused.content.decode()
        desk.post(f"/feedback/pledges/{pledge.pk}/decline/", {"reason": "It may point to a family."})
        assert "Ring a father" not in me.get("/feedback/pledges/").content.decode()
        assert "It may point to a family." in me.get("/me/pledges/").content.decode()
        assert told() == ["Your pledge is not on the wall"]

    def test_is_looked_after_by_organisers_alone(self, pledge, practitioner, me):
        assert me.post(f"/feedback/pledges/{pledge.pk}/decline/", {"reason": "No"}).status_code == 404
        for verb in (
            lambda: approve(pledges=[pledge], by=practitioner, now=timezone.now()),
            lambda: decline(pledge=pledge, by=practitioner, reason="No"),
        ):
            with pytest.raises(PermissionDenied):
                verb()

    def test_takes_nothing_that_its_maker_no_longer_shares(self, pledge, organiser):
        Pledge.objects.update(shared=False)
        assert approve(pledges=[pledge], by=organiser, now=timezone.now()) == 0


@pytest.fixture
def me(practitioner, signed_in):
    return signed_in(practitioner)


@pytest.fixture
def desk(organiser, signed_in):
    return signed_in(organiser)
