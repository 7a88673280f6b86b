"""The whole demo at half past midnight in summer: no screen, list or letter shows the day before.

Every moment that is stored then has another day on the clock it is stored by. Those days must show nowhere.
"""

import io
import re
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.db.models import DateField, DateTimeField
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from champions.models import ChampionQuestion
from events.attendance.lists import LISTS
from events.models import Session
from feedback.models import Survey
from guidance.models import PolicyComment, PolicyPage
from home.jobs.all import JOBS, run_due
from hub.tests.test_architecture import ROOT
from hub.tests.test_clocks import MAY_LOOK
from notices.models import OutgoingMail
from people.models import User
from tests.clock import SUMMER_NIGHT, UTC, in_words, is_at_night, london_day, stored_day
from tests.places import PLACES

ADMIN = "admin@hub.example"
NO_SCREENS = {"/admin/logout/", "/admin/failwhale/"}


@pytest.fixture(scope="module")
def wrong_days(django_db_setup, django_db_blocker):
    """The demo, loaded and tended by every job that night. Gives the days that nobody may read."""
    with django_db_blocker.unblock(), time_machine.travel(SUMMER_NIGHT, tick=False), transaction.atomic():
        call_command("load_demo", stdout=io.StringIO())
        assert run_due(now=SUMMER_NIGHT) == []
        # The one thing of the demo that was really done the day before, and would hide a mistake.
        ChampionQuestion.objects.filter(asked_at__date=stored_day(SUMMER_NIGHT)).update(asked_at=SUMMER_NIGHT)
        said = {"page": PolicyPage.objects.first(), "person": User.objects.get(email=ADMIN), "text": "Too long."}
        PolicyComment.objects.create(**said, said_at=SUMMER_NIGHT, opened_on=date(2027, 7, 1))
        moments, days = set(), set()
        for model in apps.get_models():
            for field in (field for field in model._meta.local_fields if isinstance(field, DateField)):
                values = model._base_manager.exclude(**{field.name: None}).values_list(field.name, flat=True)
                (moments if isinstance(field, DateTimeField) else days).update(values)
        wrong = {stored_day(one) for one in moments if is_at_night(one)}
        wrong -= days | {london_day(one) for one in moments}
        yield wrong
        transaction.set_rollback(True)


@pytest.fixture
def wrong(wrong_days, summer_night, django_db_blocker):
    with django_db_blocker.unblock():
        yield {words: day for day in wrong_days for words in in_words(day)}


def found_in(text: str, wrong: dict) -> set[str]:
    """The wrong days in what somebody reads."""
    text = re.sub(r"<[^>]+>|\s+", " ", text)
    return {words for words in wrong if re.search(rf"(?<!\d){re.escape(words)}", text)}


def faults(addresses, wrong, statuses=range(500)) -> dict[str, set[str]]:
    """Which of these addresses, each with who goes there, show a wrong day."""
    clients, found = {}, {}
    for address, who in addresses:
        if who not in clients:
            clients[who] = Client(raise_request_exception=True)
            if who:
                clients[who].force_login(User.objects.get(email=who))
        response = clients[who].get(address)
        assert response.status_code in statuses, address
        page = b"".join(response) if response.streaming else response.content
        if "pdf" not in response["Content-Type"] and (days := found_in(page.decode(), wrong)):
            found[address] = days
    return found


def test_the_night_would_show_a_mistake(wrong_days):
    assert stored_day(SUMMER_NIGHT) in wrong_days
    assert found_in("<p>Asked on 14\nJuly 2027</p>", {"14 July 2027": 1})


def test_no_screen_shows_the_day_before(wrong):
    assert faults([(place.address(), place.who) for place in PLACES], wrong) == {}


def test_no_list_to_take_along_shows_the_day_before(wrong):
    desk = [
        reverse("desk_export", args=[session.key, name, "csv"])
        for session in Session.objects.filter(cancelled_at=None)[:3]
        for name in LISTS
    ]
    results = [reverse("feedback_csv", args=[survey.pk]) for survey in Survey.objects.all()[:3]]
    said = [reverse("consultation_csv", args=[page.pk]) for page in PolicyPage.objects.exclude(comments=None)]
    lists = {"organiser@hub.example": [*desk, *results], "psw@hub.example": said}
    addresses = [(address, who) for who, found in lists.items() for address in found]
    assert faults([*addresses, ("/me/record/csv/", "practitioner@hub.example")], wrong, {200}) == {}
    assert desk
    assert results
    assert said


def test_no_screen_of_the_cms_shows_the_day_before(wrong):
    addresses = sorted(set(every_screen(get_resolver())) - NO_SCREENS)
    assert len(addresses) > 60
    assert faults([(address, ADMIN) for address in addresses], wrong) == {}


def test_no_letter_names_the_day_before(wrong):
    letters = OutgoingMail.objects.all()
    assert letters
    assert {mail.subject for mail in letters if found_in(f"{mail.subject} {mail.text} {mail.html}", wrong)} == set()


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.__name__)
def test_a_job_works_on_every_night_of_the_clock(job, wrong_days, changing_night, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        job(now=changing_night)
        job(now=changing_night)
        transaction.set_rollback(True)


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.__name__)
def test_a_job_goes_by_the_moment_that_it_is_given(job, wrong_days, monkeypatch, django_db_blocker):
    """`run_jobs --at` is the moment everywhere: nothing that a job calls looks at the clock by itself."""
    looked = set()

    def watched():
        frame = sys._getframe(1)
        while frame.f_code.co_filename == timezone.__file__:
            frame = frame.f_back
        if Path(frame.f_code.co_filename).is_relative_to(ROOT) and ".venv" not in frame.f_code.co_filename:
            name = str(Path(frame.f_code.co_filename).relative_to(ROOT))
            looked.update({(name, frame.f_code.co_name)} - {(name, one) for one in MAY_LOOK.get(name, ())})
        return datetime.now(tz=UTC)

    with django_db_blocker.unblock(), transaction.atomic():
        monkeypatch.setattr(timezone, "now", watched)
        job(now=SUMMER_NIGHT + timedelta(days=40))
        transaction.set_rollback(True)
    assert looked <= {("home/jobs/all.py", "publish_scheduled")}


def every_screen(resolver, before="/"):
    """The addresses of the CMS that need no parameters."""
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            yield from every_screen(entry, pattern)
        elif pattern.startswith("/admin/") and not re.search(r"[<(\\\[]", pattern):
            yield pattern.rstrip("$")
