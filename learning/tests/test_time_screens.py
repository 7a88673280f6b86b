"""My time as a colleague uses it: look, add, tick off, delete; and what a manager sees."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from bench import ground
from learning import time
from learning.models import TimeEntry, TimeState
from people.roles import Role
from tests.builders import make_person

pytestmark = pytest.mark.django_db

MINE, TEAM = "/me/time/", "/me/time/team/"


@pytest.fixture(autouse=True)
def in_the_middle_of_november():
    with time_machine.travel("2026-11-12T10:00:00+00:00", tick=True):
        yield


@pytest.fixture
def me(practitioner, signed_in):
    client = signed_in(practitioner)
    client.person = practitioner
    return client


def today():
    return timezone.localdate()


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def words(answer) -> str:
    return " ".join(soup(answer).main.get_text(" ").split())


def planned(person, *, days=0, minutes=90, what="Reading"):
    on = today() + timedelta(days=days)
    return time.record(person=person, on=on, minutes=minutes, state=TimeState.PLANNED, what=what)


def typed(**more):
    return {"on": "2026-11-12", "minutes": "90", "what": "Reading about genograms", "state": "taken", **more}


class TestTheMonth:
    def test_says_how_much_of_what_is_protected_was_taken(self, me):
        time.record(
            person=me.person, on=today(), minutes=90, state="taken", what="Practice day", source="session-date:1"
        )
        page = words(me.get(MINE))
        assert "1.5 of 2 hours of protected time taken in November 2026" in page
        assert "Practice day Thursday 12 November, 1.5 hours: taken" in page

    def test_says_its_bar_in_words(self, me):
        planned(me.person, minutes=30)
        page = soup(me.get(MINE))
        bar = page.select_one(".time-bar")
        assert bar.svg["aria-hidden"] == "true"
        assert [part.get_text(strip=True) for part in bar.select("li")] == ["30 minutes planned"]
        assert [(rect["x"], rect["width"]) for rect in bar.select("rect")] == [("0", "25")]

    def test_without_anything_says_so(self, me):
        page = words(me.get(MINE))
        assert "0 of 2 hours" in page
        assert "Nothing written down" in page

    def test_leads_to_the_months_before_and_after_and_back(self, me):
        entry = planned(me.person, days=-30, what="October reading")
        before = soup(me.get(MINE)).find("a", rel="prev")
        assert before.get_text(strip=True) == "October 2026"
        page = me.get(before["href"])
        assert entry.what in words(page)
        assert soup(page).find("a", rel="next")["href"] == MINE
        assert soup(me.get("/me/time/2026/12/")).find("a", rel="next")["href"] == "/me/time/2027/1/"

    @pytest.mark.parametrize("base", [MINE, TEAM])
    @pytest.mark.parametrize(
        "month", ["2026/13/", "2026/0/", "1/1/", "0/0/", "2019/12/", "2100/1/", f"{10**30}/1/", "2026/x/", "-1/1/"]
    )
    def test_that_is_none_is_not_found(self, signed_in, manager, base, month):
        assert signed_in(manager).get(base + month).status_code == 404

    @pytest.mark.parametrize("month", ["2020/1/", "2099/12/"])
    def test_at_the_ends_leads_no_further(self, me, month):
        answer = me.get(MINE + month)
        assert answer.status_code == 200
        assert len(soup(answer).select("nav.pagination a")) == 1

    def test_begins_in_london_and_not_an_hour_late(self, me):
        with time_machine.travel("2026-07-31T23:30:00+00:00"):  # half past midnight on 1 August, in London
            assert "August 2026" in words(me.get(MINE))

    def test_is_reached_from_my_hub_which_shows_the_bar(self, me):
        page = soup(me.get("/me/"))
        assert page.find("a", href=MINE)
        assert "0 of 2 hours" in page.select_one(".time-bar").get_text()

    def test_asks_no_more_of_the_database_for_many_entries(self, me):
        me.get(MINE)
        planned(me.person)
        few = ground.queries(lambda: me.get(MINE))
        for number in range(60):
            planned(me.person, what=f"Reading {number}")
        many = ground.queries(lambda: me.get(MINE))
        assert len(many) == len(few) <= 12, few


class TestAdding:
    def test_writes_it_down_and_shows_it(self, me):
        answer = me.post(MINE, typed(), follow=True)
        assert answer.redirect_chain == [("/me/time/?done=saved#entries", 302)]
        assert "1.5 of 2 hours" in words(answer)
        assert "Saved." in words(answer)
        entry = TimeEntry.objects.get()
        assert (entry.person, entry.source) == (me.person, "")

    def test_leads_to_the_month_it_is_in(self, me):
        answer = me.post(MINE, typed(on="2026-10-02"))
        assert answer.url == "/me/time/2026/10/?done=saved#entries"

    def test_twice_by_a_double_press_is_once_and_another_thing_is_another(self, me):
        key = soup(me.get(MINE)).find("input", {"name": "key"})["value"]
        for _ in range(2):
            me.post(MINE, typed(key=key))
        assert TimeEntry.objects.count() == 1
        # The way back in the browser brings the same form, filled with something else.
        me.post(MINE, typed(key=key, what="Supervision of supervisors"))
        me.post(MINE, typed(key=str(uuid.uuid4())))
        assert TimeEntry.objects.count() == 3

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("on", "", "Choose a day."),
            ("on", "soon", "Choose a day, such as"),
            ("on", "2026-02-30", "Choose a day, such as"),
            ("on", "0001-01-01", "Choose a day between 12 November 2024 and 12 November 2027."),
            ("on", "9999-12-31", "Choose a day between"),
            ("on", "2026-11-13", "still to come"),
            ("minutes", "", "Say how many minutes."),
            ("minutes", "0", "At least 1 minute."),
            ("minutes", "-5", "At least 1 minute."),
            ("minutes", "1441", "At most 1,440 minutes"),
            ("minutes", "9" * 40, "At most 1,440 minutes"),
            ("minutes", "9" * 5000, "minutes"),
            ("minutes", "1.5", "whole number"),
            ("minutes", "٣x", "whole number"),
            ("what", "", "Say in a few words"),
            ("what", "   ", "Say in a few words"),
            ("what", "a\x00b", "Null characters"),
            ("what", "x" * 10_000, "at most 120"),
            ("state", "", "Choose planned, taken or lost to work."),
            ("state", "holiday", "Choose planned, taken or lost to work."),
            ("key", "x\x00", "Open this page again"),
        ],
    )
    def test_of_what_cannot_be_is_said_at_the_field_with_the_form_filled(self, me, field, value, said):
        answer = me.post(MINE, {**typed(), field: value})
        assert answer.status_code == 400
        page = soup(answer)
        assert page.title.get_text().strip().startswith("Error: ")
        assert said in page.select_one("[data-error-summary]").get_text()
        if field != "what":
            assert page.find("input", {"name": "what"})["value"] == "Reading about genograms"
        assert not TimeEntry.objects.exists()

    @pytest.mark.parametrize("what", ["<script>alert(1)</script>", "😀 reading", "a\r\nb", "\u202eabc", '"'])
    def test_takes_any_words_and_shows_them_as_words(self, me, what):
        answer = me.post(MINE, typed(what=what), follow=True)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()
        assert TimeEntry.objects.count() == 1

    def test_planned_time_may_lie_ahead(self, me):
        me.post(MINE, typed(on="2026-11-20", state="planned"))
        assert TimeEntry.objects.get().state == "planned"


class TestOneTap:
    def test_says_that_planned_time_was_taken(self, me):
        entry = planned(me.person)
        shown = soup(me.get(MINE)).find(attrs={"data-time": "planned"})
        buttons = [button["value"] for button in shown.select("button[name=state]")]
        assert buttons == ["taken", "lost"]
        answer = me.post(reverse("mark_time", args=[entry.pk]), {"state": "taken"}, follow=True)
        assert "1.5 of 2 hours" in words(answer)
        assert not soup(answer).select("button[name=state]")

    def test_says_that_it_was_lost_to_work(self, me):
        entry = planned(me.person)
        answer = me.post(reverse("mark_time", args=[entry.pk]), {"state": "lost"}, follow=True)
        assert "1.5 hours lost to work" in words(answer)
        assert "0 of 2 hours" in words(answer)

    def test_cannot_take_what_is_still_to_come(self, me):
        entry = planned(me.person, days=3)
        shown = soup(me.get(MINE)).find(attrs={"data-time": "planned"})
        assert [button["value"] for button in shown.select("button[name=state]")] == ["lost"]
        answer = me.post(reverse("mark_time", args=[entry.pk]), {"state": "taken"})
        assert answer.status_code == 409
        assert "still to come" in words(answer)
        assert TimeEntry.objects.get().state == "planned"

    @pytest.mark.parametrize("state", ["", "holiday", "\x00", "x" * 10_000])
    def test_of_what_is_no_answer_is_said_and_changes_nothing(self, me, state):
        entry = planned(me.person)
        answer = me.post(reverse("mark_time", args=[entry.pk]), {"state": state})
        assert answer.status_code == 400
        assert "Choose whether the time was taken or lost to work." in words(answer)
        assert TimeEntry.objects.get().state == "planned"

    def test_deletes(self, me):
        entry = planned(me.person)
        answer = me.post(reverse("delete_time", args=[entry.pk]), follow=True)
        assert "Deleted." in words(answer)
        assert not TimeEntry.objects.exists()
        assert me.post(reverse("delete_time", args=[entry.pk])).status_code == 404

    @pytest.mark.parametrize("name", ["mark_time", "delete_time"])
    def test_of_somebody_elses_time_is_not_found_and_looking_does_nothing(self, me, manager, signed_in, name):
        entry = planned(me.person)
        me.person.manager = manager
        me.person.save()
        address = reverse(name, args=[entry.pk])
        assert signed_in(manager).post(address, {"state": "lost"}).status_code == 404
        assert me.get(address).status_code == 303
        assert me.post(f"/me/time/{10**30}/delete/").status_code == 404
        assert TimeEntry.objects.get().state == "planned"


class TestMyTeamsTime:
    def members(self, manager, count):
        return [make_person(f"member{number}", Role.PRACTITIONER, manager=manager) for number in range(count)]

    def test_is_one_sum_without_names(self, signed_in, manager):
        for member in self.members(manager, 5):
            time.record(person=member, on=today(), minutes=90, state="taken", what="Secret reading")
        client = signed_in(manager)
        address = soup(client.get(MINE)).find("a", string="My team’s time")["href"]
        page = words(client.get(address))
        assert "7.5 of 10 hours of protected time taken in November 2026" in page
        assert "5 people" in page
        assert "Secret" not in page
        assert "Member" not in page
        assert "0 of 10 hours" in words(client.get("/me/time/team/2026/10/"))

    def test_is_hidden_where_it_would_tell_what_one_person_did(self, signed_in, manager):
        for member in self.members(manager, 4):
            time.record(person=member, on=today(), minutes=90, state="taken", what="Reading")
        page = words(signed_in(manager).get(TEAM))
        assert "Too few people for a sum" in page
        assert "6 of" not in page

    def test_is_for_managers_only(self, me):
        assert me.get(TEAM).status_code == 403
        assert TEAM not in me.get(MINE).content.decode()

    def test_asks_the_database_little(self, signed_in, manager):
        self.members(manager, 30)
        client = signed_in(manager)
        client.get(TEAM)
        asked = ground.queries(lambda: client.get(TEAM))
        assert len(asked) <= 12, asked
