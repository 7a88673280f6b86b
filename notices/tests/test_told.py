"""Who was told what: by what happened, once, and for longer than the letters are kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notices import sending
from notices.kinds import KINDS, Kind, kind, words_of
from notices.models import OutgoingMail, Told
from notices.outbox import Letter, tell
from pages.models import HubPage
from people.models import Team
from people.roles import Role
from tests.builders import make_person, make_tool

pytestmark = pytest.mark.django_db

NEWS = Kind("test-news", "News", kept=timedelta(days=60))


@pytest.fixture
def leila(hub):
    return make_person("leila", Role.PRACTITIONER)


@pytest.fixture
def thing():
    """Something that letters may be about."""
    return Team.objects.create(name="North")


def say(person, thing, **more):
    return tell(person, Letter("News", ["Something has happened."]), kind=NEWS, about=thing, **more)


def letters():
    return OutgoingMail.objects.count()


def test_what_happens_twice_is_told_twice(leila, thing):
    assert [say(leila, thing), say(leila, thing)] == [True, True]
    assert letters() == 2
    assert list(Told.objects.values_list("about", "number")) == [(f"people.team:{thing.pk}", n) for n in (1, 2)]


def test_what_happens_a_tenth_time_is_told_a_tenth_time(leila, thing):
    assert all(say(leila, thing) for _ in range(10))
    assert letters() == 10


def test_a_job_that_comes_by_again_tells_once_and_each_person_and_each_occurrence_for_itself(leila, thing):
    tom = make_person("tom", Role.PRACTITIONER)
    for _ in range(2):
        for person in (leila, tom):
            say(person, thing, occurrence="5 days before")
    say(leila, thing, occurrence="1 day before")
    assert letters() == 3
    assert set(Told.objects.of(NEWS, thing, "5 days before").values_list("person", flat=True)) == {leila.pk, tom.pk}


def test_of_two_things_each_is_told(leila, thing):
    say(leila, thing, occurrence="")
    say(leila, Team.objects.create(name="South"), occurrence="")
    assert letters() == 2
    assert Told.objects.of(NEWS, thing).count() == 1


@pytest.mark.parametrize(("name", "greeted"), [("Leila", "Hello Leila,"), ("", "Hello leila@hub.example,")])
def test_a_letter_greets_by_name_or_else_by_address(leila, thing, name, greeted):
    leila.first_name = name
    say(leila, thing)
    assert greeted in OutgoingMail.objects.get().text


def test_a_page_is_the_same_page_whichever_way_it_is_held(leila):
    tool = make_tool()
    assert say(leila, tool, occurrence="today")
    assert not say(leila, HubPage.objects.get(pk=tool.pk), occurrence="today")


def test_it_is_remembered_when_the_letter_is_forgotten(leila, thing, monkeypatch):
    monkeypatch.setattr(sending, "mail_server", lambda: None)
    now = timezone.now()
    say(leila, thing, occurrence="5 days before", now=now)
    sending.send_due(now=now + timedelta(seconds=1))
    later = now + timedelta(days=31)
    sending.send_due(now=later)
    sending.forget(now=later)
    assert letters() == 0
    assert not say(leila, thing, occurrence="5 days before", now=later)
    assert letters() == 0


def test_it_is_forgotten_when_no_job_would_tell_it_again(leila, thing, monkeypatch):
    monkeypatch.setitem(KINDS, NEWS.name, NEWS)
    now = timezone.now()
    say(leila, thing, now=now)
    sending.forget(now=now + timedelta(days=59))
    assert Told.objects.exists()
    sending.forget(now=now + timedelta(days=61))
    assert not Told.objects.exists()


def test_of_a_kind_that_the_hub_no_longer_writes_it_is_forgotten_with_the_oldest(leila, thing):
    now, longest = timezone.now(), max(one.kept for one in KINDS.values())
    say(leila, thing, now=now)
    sending.forget(now=now + longest - timedelta(days=1))
    assert Told.objects.exists()
    sending.forget(now=now + longest + timedelta(days=1))
    assert not Told.objects.exists()


def test_what_was_told_to_somebody_goes_with_their_account(leila, thing):
    say(leila, thing)
    leila.delete()
    assert not Told.objects.exists()


def test_a_kind_is_declared_once_and_has_words():
    with pytest.raises(ValueError, match="password_reset_key"):
        kind("password_reset_key", "Another")
    assert all(one.words[0].isupper() and not one.words.endswith(".") for one in KINDS.values())
    assert words_of("question") == "A question to a champion"
    assert words_of("of-before") == "of-before"


@pytest.mark.parametrize("files", [[], ["BEGIN:VCALENDAR"]])
def test_only_a_letter_with_a_date_in_it_ends_with_a_line_about_calendars(leila, thing, files):
    letter = Letter(
        "News", ["Something has happened."], calendar_method="REQUEST" if files else "", calendar_files=files
    )
    tell(leila, letter, kind=NEWS, about=thing)
    mail = OutgoingMail.objects.get()
    assert ("calendar" in mail.text) is ("calendar" in mail.html) is bool(files)
