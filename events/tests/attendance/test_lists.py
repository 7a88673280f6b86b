"""What an organiser takes along: lists without formulas, small teams not told; what to provide is for the organiser."""

import csv
import io
import logging
from datetime import timedelta

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from events.attendance.attending import mark
from events.attendance.lists import FEWEST
from events.booking.verbs import Wanted, book, leave
from events.models import EventPage, Provision
from feedback.honest_numbers import hidden_by_subtraction
from people.models import Team, User
from people.roles import Role
from tests.builders import make_person, make_session, make_text, nine_thirty

pytestmark = pytest.mark.django_db
HOSTILE = "=HYPERLINK(1) +1 -2 @SUM ＝1 <script>alert(1)</script> 🪁 \u202eevil a\r\nb: 'x'".split(" ")


@pytest.fixture
def session(hub):
    return make_session(starts=nine_thirty(8), capacity=40)


def crowd(session, team: str, came: int, of: int, organiser) -> None:
    """People of one team with a place, some of whom came."""
    team, date = Team.objects.get_or_create(name=team)[0], session.dates.get()
    for number in range(of):
        person = make_person(f"{team.name}{number}".lower().replace(" ", ""), Role.PRACTITIONER, team=team)
        booking, _ = book(key=session.key, person=person, now=timezone.now())
        said = "yes" if number < came else "no"
        mark(booking=booking, date=date, came=said, by=organiser, now=date.starts_at)


def rows(answer) -> list[list[str]]:
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


class TestSmallNumbers:
    @pytest.mark.parametrize(
        ("counts", "left"),
        [
            ({"A": 9, "B": 7}, {"A": 9, "B": 7}),
            # One that is left out could be worked out from the total, so the next smallest goes with it.
            ({"A": 9, "B": 7, "C": 3}, {"A": 9, "B": None, "C": None}),
            ({"A": 9, "B": 1, "C": 2}, {"A": None, "B": None, "C": None}),
            ({"A": 9, "B": 4, "C": 4}, {"A": None, "B": None, "C": None}),
            ({"A": 9, "B": 4, "C": 3}, {"A": 9, "B": None, "C": None}),
            ({"A": 0}, {"A": None}),
            ({}, {}),
        ],
    )
    def test_are_left_out_and_cannot_be_worked_out(self, counts, left):
        hidden = hidden_by_subtraction(list(counts.values()), FEWEST, none_tells=True)
        assert {name: None if flag else counts[name] for name, flag in zip(counts, hidden, strict=True)} == left


class TestAttendanceByTeam:
    def test_hides_counts_under_five_and_what_would_give_one_away(self, session, organiser, signed_in):
        crowd(session, "North", 6, 7, organiser)
        crowd(session, "South", 5, 5, organiser)
        crowd(session, "West", 1, 3, organiser)
        said = dict(rows(signed_in(organiser).get(f"/events/desk/{session.key}/teams.csv"))[1:5])
        assert said == {"North": "6", "South": "Not shown", "West": "Not shown", "All teams": "12"}

    def test_of_a_handful_says_not_even_the_sum(self, session, organiser, signed_in):
        crowd(session, "West", 2, 3, organiser)
        text = signed_in(organiser).get(f"/events/desk/{session.key}/teams.csv").content.decode()
        assert "All teams,Fewer than 5" in text

    def test_is_not_there_where_heads_are_counted(self, organiser, signed_in):
        rounds = make_session(event=make_text(EventPage, "Rounds", event_kind="rounds"))
        for name in ("teams", "attendance"):
            assert signed_in(organiser).get(f"/events/desk/{rounds.key}/{name}.csv").status_code == 404
        page = signed_in(organiser).get(f"/events/desk/{rounds.key}/").content.decode()
        assert "teams.csv" not in page


class TestFiles:
    @pytest.mark.parametrize("name", ["people", "attendance"])
    def test_hold_no_formula_whatever_people_are_called(self, session, organiser, signed_in, name):
        for number, called in enumerate(HOSTILE):
            person = make_person(f"p{number}", Role.PRACTITIONER, team=Team.objects.create(name=f"={called}"[:100]))
            User.objects.filter(pk=person.pk).update(first_name=called, last_name="")
            book(key=session.key, person=person, now=timezone.now())
        client = signed_in(organiser)
        lines = rows(client.get(f"/events/desk/{session.key}/{name}.csv"))
        excel = client.get(f"/events/desk/{session.key}/{name}.xlsx").content
        cells = [cell for row in openpyxl.load_workbook(io.BytesIO(excel)).active.iter_rows() for cell in row]
        assert len(lines) == len(HOSTILE) + 1
        for text in [text for line in lines for text in line] + [str(cell.value or "") for cell in cells]:
            assert not text.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
        assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
        assert any("<script>" in text for line in lines for text in line), (
            "A file is not a web page: nothing is escaped"
        )

    def test_say_who_came_to_each_date_and_for_how_long(self, organiser, signed_in, practitioner):
        session = make_session(starts=nine_thirty(8), dates=2)
        booking, _ = book(key=session.key, person=practitioner, now=timezone.now())
        date = session.dates.first()
        mark(booking=booking, date=date, came="part", minutes=45, by=organiser, now=date.starts_at)
        head, line = rows(signed_in(organiser).get(f"/events/desk/{session.key}/attendance.csv"))
        assert head[-2:] == ["Hours", "Came without booking"]
        assert line == ["Practitioner Test", "", "Came for part of it", "Not said", "0.75", ""]

    @pytest.mark.parametrize("path", ["people.pdf", "everything.csv", "people.csv.exe", "teams.", ".csv"])
    def test_of_other_names_are_not_there(self, session, organiser, signed_in, path):
        client = signed_in(organiser)
        assert client.get(f"/events/desk/{session.key}/{path}").status_code == 404
        assert client.get(f"/events/desk/{'-' * 36}/people.csv").status_code == 404

    def test_of_550_people_take_at_most_twelve_queries(self, organiser, signed_in, many, django_assert_max_num_queries):
        client = signed_in(organiser)
        for name in ("people", "attendance", "teams"):
            with django_assert_max_num_queries(12):
                assert client.get(f"/events/desk/{many.key}/{name}.xlsx").status_code == 200
        client.get("/me/")  # the frame of every page is kept from the first one on
        with django_assert_max_num_queries(12):
            assert client.get(f"/events/desk/{many.key}/needs/").status_code == 200


class TestWhatToProvide:
    @pytest.fixture
    def asked(self, session):
        wishes = [("Hearing loop", "Vegetarian"), ("", "vegetarian. "), ("", "Nut  allergy"), ("", "")]
        for number, (access, food) in enumerate(wishes):
            person = make_person(f"asker{number}", Role.PRACTITIONER)
            wanted = Wanted(access=access, food=food)
            book(key=session.key, person=person, now=timezone.now(), wanted=wanted)
        return session

    def test_is_told_by_name_and_to_the_caterer_as_counts(self, asked, organiser, signed_in):
        answer = signed_in(organiser).get(f"/events/desk/{asked.key}/needs/")
        page = BeautifulSoup(answer.content, "html.parser")
        assert [one.strong.get_text() for one in page.select(".person")] == [
            "Asker0 Test",
            "Asker1 Test",
            "Asker2 Test",
        ]
        assert [line.get_text() for line in page.select("#content .panel li")] == ["2 × Vegetarian", "1 × Nut allergy"]
        assert "no-store" in answer["Cache-Control"]

    def test_leaves_out_who_gave_up_the_place(self, asked, organiser, signed_in):
        booking = asked.bookings.get(person__email="asker0@hub.example")
        leave(booking=booking, by=booking.person, now=timezone.now())
        text = signed_in(organiser).get(f"/events/desk/{asked.key}/needs/").content.decode()
        assert "Asker0" not in text
        assert "Hearing loop" not in text

    def test_shows_what_was_written_as_text(self, asked, organiser, signed_in):
        Provision.objects.update(access="<script>alert(1)</script>", food="<b>soup</b> \u202e")
        text = signed_in(organiser).get(f"/events/desk/{asked.key}/needs/").content.decode()
        assert "&lt;script&gt;" in text
        assert "<b>soup" not in text

    def test_is_noted_at_every_look_without_names(self, asked, organiser, signed_in, caplog):
        # As the hub is set up: what is not a fault is said nevertheless.
        assert logging.getLogger("hub.audit").isEnabledFor(logging.INFO)
        signed_in(organiser).get(f"/events/desk/{asked.key}/needs/")
        line = next(record.getMessage() for record in caplog.records if record.name == "hub.audit")
        assert line.startswith("needs at=20")
        assert line.endswith(f"session={asked.pk} by={organiser.pk} rows=3")

    def test_is_for_the_organiser_alone(self, asked, manager, practitioner, partner, editor, signed_in):
        for person in (manager, practitioner, partner, editor):
            client = signed_in(person)
            for path in ("needs/", "attendance.csv", "teams.xlsx", "people.csv"):
                assert client.get(f"/events/desk/{asked.key}/{path}").status_code == 404
        asked.organiser = practitioner
        asked.save()
        assert signed_in(practitioner).get(f"/events/desk/{asked.key}/needs/").status_code == 200


@pytest.fixture
def many(hub):
    """550 people in eleven teams with a place, half of whom came."""
    session = make_session(starts=nine_thirty(8), capacity=550)
    date, now = session.dates.get(), timezone.now()
    groups = Team.objects.bulk_create(Team(name=f"Team {number}") for number in range(11))
    people = User.objects.bulk_create(
        User(email=f"m{n}@hub.example", password="!", first_name=f"M{n}", team=groups[n % 11]) for n in range(550)
    )
    bookings = session.bookings.bulk_create(
        session.bookings.model(session=session, person=one, state="booked", booked_at=now, place=n, of_places=550)
        for n, one in enumerate(people, 1)
    )
    date.attendance.bulk_create(
        date.attendance.model(booking=one, date=date, came="yes", minutes=120, how="self", at=now + timedelta(days=8))
        for one in bookings[::2]
    )
    Provision.objects.bulk_create(Provision(booking=one, food="Vegan") for one in bookings)
    return session
