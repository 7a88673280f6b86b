"""Reminders: for whom, when, one at a time, put away and brought back."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from bench import ground
from notices.models import Reminder
from notices.reminders import bring_back, put_away, reminder_for
from people.models import Team
from people.roles import Role
from tests.builders import make_person

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def make_reminder(text="Plan your supervision", *, starts=0, ends=7, roles=(), teams=(), **fields) -> Reminder:
    days = {"starts_on": today() + timedelta(days=starts), "ends_on": today() + timedelta(days=ends)}
    reminder = Reminder.objects.create(text=text, **days, **fields)
    reminder.roles.set(Group.objects.filter(name__in=roles))
    reminder.teams.set(teams)
    return reminder


def shown(client, address="/"):
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return [found.strong.get_text() for found in page.select("[data-reminder]")]


def test_one_for_managers_is_seen_by_a_manager_and_not_by_a_practitioner(manager, practitioner, signed_in):
    make_reminder("Book your team's supervision", roles=[Role.MANAGER])
    for address in ("/", "/me/"):
        assert shown(signed_in(manager), address) == ["Book your team's supervision"]
        assert shown(signed_in(practitioner), address) == []


def test_it_is_there_from_its_first_day_to_its_last(practitioner):
    reminder = make_reminder(starts=1, ends=2)
    days = [reminder_for(practitioner, today() + timedelta(days=number)) for number in range(4)]
    assert days == [None, reminder, reminder, None]


def test_with_roles_and_teams_both_must_fit(hub):
    north, south = Team.objects.create(name="North"), Team.objects.create(name="South")
    one = make_reminder(roles=[Role.MANAGER], teams=[north])
    fits = make_person("fits", Role.MANAGER, Role.PRACTITIONER, team=north)
    elsewhere = make_person("elsewhere", Role.MANAGER, team=south)
    other = make_person("other", Role.PRACTITIONER, team=north)
    nowhere = make_person("nowhere", Role.MANAGER)
    assert [reminder_for(person, today()) for person in (fits, elsewhere, other, nowhere)] == [one, None, None, None]


def test_one_stands_at_a_time_and_the_next_comes_when_it_is_put_away(practitioner, signed_in):
    make_reminder("Ends last", ends=9)
    first = make_reminder("Ends first", ends=2)
    client = signed_in(practitioner)
    assert shown(client) == ["Ends first"]
    answer = client.post(f"/me/reminders/{first.pk}/put-away/", {"back": "home"}, follow=True)
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select_one("#reminder [role=status]").get_text() == "Put away."
    assert shown(client) == ["Ends last"]
    client.post(page.select_one("#reminder .notice--good")["action"], {"back": "home"})
    assert shown(client) == ["Ends first"]


def test_putting_away_is_for_oneself_alone(practitioner, champion, signed_in):
    reminder = make_reminder()
    for _ in range(2):
        put_away(reminder=reminder, by=practitioner)
    assert reminder_for(practitioner, today()) is None
    assert reminder_for(champion, today()) == reminder


def test_bringing_one_back_brings_back_no_other_and_nobody_elses(practitioner, champion):
    first, second = make_reminder(ends=2), make_reminder(ends=9)
    for person in (practitioner, champion):
        for reminder in (first, second):
            put_away(reminder=reminder, by=person)
    bring_back(reminder=first, by=practitioner)
    assert [reminder_for(person, today()) for person in (practitioner, champion)] == [first, None]
    put_away(reminder=first, by=practitioner)
    assert reminder_for(practitioner, today()) is None


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "Planned"), (0, "Showing"), (2, "Showing"), (3, "Over")], ids=lambda value: str(value)
)
def test_its_writer_reads_whether_it_shows(days, words):
    first = today()
    assert Reminder(starts_on=first, ends_on=first + timedelta(days=2)).state(first + timedelta(days=days)) == words


def test_somebody_elses_reminder_is_not_there(practitioner, signed_in):
    reminder = make_reminder(roles=[Role.MANAGER])
    client = signed_in(practitioner)
    assert client.post(f"/me/reminders/{reminder.pk}/put-away/").status_code == 404
    assert client.post("/me/reminders/999999/put-away/").status_code == 404
    own = make_reminder()
    assert client.post(f"/me/reminders/{own.pk}/nothing/").status_code == 404
    assert client.get(f"/me/reminders/{own.pk}/put-away/").status_code == 303
    with pytest.raises(PermissionDenied):
        put_away(reminder=reminder, by=practitioner)


@pytest.mark.parametrize("bad", ["x", "-1", "9" * 40, "\x00", "²", "<script>"])
def test_nothing_typed_into_the_address_breaks_home(practitioner, signed_in, bad):
    answer = signed_in(practitioner).get("/", {"put-away": bad})
    assert answer.status_code == 200
    assert "Put away." not in answer.content.decode()


class TestWriting:
    def send(self, client, **fields):
        days = {"starts_on": today().isoformat(), "ends_on": (today() + timedelta(days=7)).isoformat()}
        return client.post(reverse("reminders:add"), {"text": "Plan your supervision", **days, **fields})

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.PSW, Role.ORGANISER])
    def test_those_who_write_for_the_hub_schedule_one(self, hub, signed_in, role):
        writer = make_person("writer", role)
        group = Group.objects.get(name=Role.MANAGER)
        assert self.send(signed_in(writer), roles=[group.pk]).status_code == 302
        assert list(Reminder.objects.get().roles.all()) == [group]
        listed = signed_in(writer).get(reverse("reminders:index")).content.decode()
        assert "Managers" in listed
        assert "Showing" in listed

    def test_one_of_a_single_day_with_a_link_is_taken(self, editor, signed_in):
        day = today().isoformat()
        sent = self.send(signed_in(editor), ends_on=day, link="/me/", link_words="My record")
        assert (sent.status_code, Reminder.objects.get().link_words) == (302, "My record")

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("ends_on", "2020-01-01", "The last day cannot come before the first."),
            ("text", "x" * 201, "at most 200"),
            ("text", "", "required"),
            ("link", "javascript:alert(1)", "begins with /"),
            ("link", "//elsewhere.example", "begins with /"),
            ("link_words", "My record", "Write where the link leads"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field(self, editor, signed_in, field, value, words):
        answer = self.send(signed_in(editor), **{field: value})
        assert answer.status_code == 200
        at = "link" if field == "link_words" else field
        assert words in str(answer.context["form"].errors[at])
        assert not Reminder.objects.exists()

    def test_others_cannot(self, practitioner, reviewer, signed_in):
        for person in (practitioner, reviewer):
            assert self.send(signed_in(person)).status_code in (302, 403)
        assert not Reminder.objects.exists()


def test_it_costs_home_one_question_where_there_is_one_and_other_pages_none(practitioner, signed_in):
    def asked(address):
        client = signed_in(practitioner)
        client.get(address)
        return sum("notices_reminder" in sql for sql in ground.queries(lambda: client.get(address)))

    assert asked("/") == 0
    make_reminder()
    assert (asked("/"), asked("/guidance/"), asked("/toolkits/")) == (1, 0, 0)
