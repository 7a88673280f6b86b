"""Figures are live, or they carry who said so and when; a missing one is called missing."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from events.booking.verbs import book
from events.models import Attendance, Came
from feedback.models import QuestionSet
from feedback.surveys import invite, open_survey
from insight.dashboard import Dashboard
from insight.models import FigureKind, SuppliedFigure
from insight.supplying import supply
from pages.models import HubPage
from people.roles import Role
from tests.builders import make_person, make_session, make_tool, nine_thirty

pytestmark = pytest.mark.django_db
VACANT = "Social work posts that are vacant"
HEAD = "figure,number,of,date,source\n"


@pytest.fixture
def kind(hub):
    return FigureKind.objects.get(label=VACANT)


@pytest.fixture
def desk(psw, signed_in):
    return signed_in(psw)


def words(answer) -> str:
    return BeautifulSoup(answer.content, "html.parser").main.get_text(" ", strip=True)


def typed(kind, **fields) -> dict:
    today = str(timezone.localdate())
    return {"kind": kind.pk, "n": "12", "base": "80", "as_of": today, "source": "HR system"} | fields


class TestASuppliedFigure:
    def test_is_shown_with_its_base_its_source_and_its_day(self, kind, desk, manager, signed_in):
        assert "Not supplied" in words(desk.get("/insight/"))
        assert desk.post("/insight/figures/", typed(kind)).status_code == 302
        page = signed_in(manager).get("/insight/")
        assert "12 of 80, 15% (9 to 24%)" in words(page)
        assert "HR system, as it was on" in words(page)
        assert "More than half a year old" not in words(page)
        figure = BeautifulSoup(page.content, "html.parser").select_one("#supplied ~ dl [data-figure]")
        assert (figure["data-n"], figure["data-base"]) == ("12", "80")

    def test_is_corrected_by_a_later_one_and_the_first_stays_to_be_seen(self, kind, desk):
        desk.post("/insight/figures/", typed(kind))
        desk.post("/insight/figures/", typed(kind, n="13"))
        assert "13 of 80" in words(desk.get("/insight/"))
        assert "12 of 80" in words(desk.get("/insight/figures/"))

    def test_that_is_old_says_so(self, kind, desk):
        desk.post("/insight/figures/", typed(kind, as_of=str(timezone.localdate() - timedelta(days=200))))
        assert "More than half a year old" in words(desk.get("/insight/"))

    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"base": ""}, "Say of how many"),
            ({"base": "5"}, "cannot be more than the 5"),
            ({"n": "1.5"}, "Count whole ones"),
            ({"n": "-1"}, "greater than or equal to 0"),
            ({"n": "many"}, "Write a number"),
            ({"n": "NaN"}, "Write a number"),
            ({"n": "1e400"}, "Ensure that there are no more than"),
            ({"as_of": "3020-01-01"}, "still to come"),
            ({"as_of": "soon"}, "valid date"),
            ({"source": ""}, "Say where it comes from"),
            ({"source": "a\x00b"}, "Null characters"),
            ({"kind": "999999"}, "Choose one of the figures"),
            ({"base": "99999999999999999999"}, "less than or equal to"),
        ],
    )
    def test_is_refused_at_the_field_and_nothing_typed_is_lost(self, kind, desk, fields, says):
        answer = desk.post("/insight/figures/", typed(kind) | fields)
        assert answer.status_code == 400
        assert says in words(answer)
        assert ("HR system" in answer.content.decode()) or "source" in fields
        assert not SuppliedFigure.objects.exists()

    def test_counts_by_the_day_that_it_is_of_whenever_it_was_typed(self, kind, psw):
        today = timezone.localdate()
        for n, days in ((12, 1), (15, 40), (14, 1)):
            given = {"n": n, "base": 80, "as_of": today - timedelta(days=days), "source": "HR system"}
            supply(figures=[SuppliedFigure(kind=kind, **given)], by=psw)
        (shown,) = (one for one in Dashboard(psw, timezone.now()).supplied if one.kind == kind)
        assert (shown.figure.n, shown.figure.entered_by) == (14, psw)

    def test_that_cannot_be_is_kept_by_no_program_and_none_with_it(self, kind, psw):
        given = {"kind": kind, "base": 80, "as_of": timezone.localdate(), "source": "HR system"}
        with pytest.raises(ValidationError):
            supply(figures=[SuppliedFigure(n=12, **given), SuppliedFigure(n=81, **given)], by=psw)
        assert not SuppliedFigure.objects.exists()

    @pytest.mark.parametrize(("days", "old"), [(183, False), (184, True)])
    def test_is_old_after_half_a_year(self, days, old):
        today = timezone.localdate()
        assert SuppliedFigure(as_of=today - timedelta(days=days)).is_old(today) is old

    def test_that_is_a_number_takes_no_base_and_one_of_today_is_no_day_to_come(self, hub, kind):
        number, today = FigureKind.objects.get(label="Average caseload"), timezone.localdate()
        with pytest.raises(ValidationError, match="it is a number, not a share"):
            SuppliedFigure(kind=number, n=17, base=80, as_of=today, source="HR").full_clean()
        SuppliedFigure(kind=kind, n=80, base=80, as_of=today, source="HR").full_clean()

    def test_of_a_kind_that_is_no_longer_shown_is_not_on_the_dashboard(self, kind, psw):
        FigureKind.objects.filter(pk=kind.pk).update(active=False)
        assert kind not in [one.kind for one in Dashboard(psw, timezone.now()).supplied]

    def test_is_supplied_by_those_who_answer_for_it(self, kind, manager, practitioner, partner, signed_in):
        for person in (manager, practitioner, partner):
            assert signed_in(person).post("/insight/figures/", typed(kind)).status_code == 404
            with pytest.raises(PermissionDenied):
                supply(figures=[], by=person)


class TestATable:
    @staticmethod
    def upload(client, text):
        content = text if isinstance(text, bytes) else text.encode()
        return client.post("/insight/figures/", {"do": "table", "table": SimpleUploadedFile("f.csv", content)})

    def test_is_taken_whole(self, kind, desk):
        number = FigureKind.objects.get(label="Average caseload")
        table = f"{HEAD}{VACANT},12,80,2026-11-02,HR\naverage caseload,17.5,,2026-11-02,Case system\n"
        assert self.upload(desk, table).status_code == 302
        assert SuppliedFigure.objects.count() == 2
        assert SuppliedFigure.objects.get(kind=number).n == Decimal("17.5")
        assert "17.5" in words(desk.get("/insight/"))

    @pytest.mark.parametrize(
        ("table", "says"),
        [
            ("", "empty"),
            ("figure,number,of,date,source\n", "no line"),
            ("name,value\na,1\n", "Missing: figure"),
            ("figure,number,of,date,source\nWeather,1,2,2026-11-02,HR\n", "Line 2: Choose one of the figures"),
            (f"figure,number,of,date,source\n{VACANT},12,80,2 Nov,HR\n", "Line 2: Enter a valid date"),
            (f"figure,number,of,date,source\n{VACANT},12,80,2026-11-02,HR\n{VACANT},1,,2026-11-02,HR\n", "Line 3:"),
            (f"figure,number,of,date,source\n{VACANT},x,80,2026-11-02,HR\n", "Line 2:"),
            (f"figure,number,of,date,source\n{VACANT}\n", "Line 2:"),
            (b"\xff\xfe\x00x", "CSV UTF-8"),
            (b"PK\x03\x04\x00\x00", "CSV UTF-8"),
            (f'{HEAD}"{"x" * 140_000}",1,2,2026-11-02,HR\n', "cannot be read as a table"),
            (HEAD + "x" * 200_000, "too large"),
        ],
    )
    def test_with_one_wrong_line_is_not_taken_at_all(self, kind, desk, table, says):
        answer = self.upload(desk, table)
        assert answer.status_code == 400
        assert says in words(answer)
        assert not SuppliedFigure.objects.exists()

    def test_of_more_lines_than_a_table_of_figures_has_is_refused(self, kind, desk):
        line = f"{VACANT},12,80,2026-11-02,HR\n"
        assert "At most 500 lines at once. This file has 501." in words(self.upload(desk, HEAD + line * 501))
        assert self.upload(desk, HEAD + line * 500).status_code == 302


class TestTheDashboard:
    def test_counts_pages_past_their_review_day_of_those_that_have_one(self, hub, psw):
        today = timezone.localdate()
        HubPage.objects.update(next_review=None)
        for title, fields in {
            "today": {"next_review": today},
            "late": {"next_review": today - timedelta(days=1)},
            "withdrawn": {"next_review": today - timedelta(days=1), "withdrawn_on": today},
            "none": {"next_review": None},
        }.items():
            HubPage.objects.filter(pk=make_tool(title).pk).update(**fields)
        HubPage.objects.get(title="late").create_alias(
            update_slug="again", parent=HubPage.objects.get(title="late").get_parent()
        )
        share = Dashboard(psw, timezone.now()).live[0].share
        assert (share.n, share.base) == (1, 2)

    def test_counts_forms_of_the_last_twelve_months_and_none_of_a_day_to_come(self, hub, psw):
        now, today = timezone.now(), timezone.localdate()
        for number, days in enumerate((0, 364, 365, -1)):
            survey = open_survey(
                about=f"session:{number}",
                title="A day",
                question_set=QuestionSet.objects.get(title="After an event"),
                mode="named",
                opens_at=now - timedelta(days=400),
                closes_at=now + timedelta(days=20),
                held_on=today - timedelta(days=days),
            )
            invite(survey=survey, people=[psw])
        (answered,) = (one for one in Dashboard(psw, now).live if one.label.startswith("Feedback"))
        assert answered.share.base == 2

    def test_counts_places_on_closed_lists_of_the_last_twelve_months_and_says_which_are_left_out(self, hub, psw):
        now = timezone.now()
        people = [make_person(name, Role.PRACTITIONER) for name in ("amina", "ben", "carys")]
        for days, closed in ((-10, True), (-363, True), (-367, True), (-20, False), (-400, False)):
            session = make_session(starts=nine_thirty(days))
            session.dates.update(list_closed_at=now if closed else None)
            date = session.dates.get()
            for person, came in zip(people, (Came.YES, Came.PART, Came.NO), strict=True):
                booking, _ = book(key=session.key, person=person, now=date.starts_at - timedelta(days=9))
                Attendance.objects.create(booking=booking, date=date, came=came, minutes=1, how="list", at=now)
        (used,) = (one for one in Dashboard(psw, now).live if "used" in one.label)
        assert (used.share.n, used.share.base) == (4, 6)
        assert used.counted.endswith("List not closed: 1 date, left out.")

    def test_shows_a_manager_what_is_the_teams_and_nobody_without_a_team(self, manager, psw, signed_in):
        make_person("amina", Role.PRACTITIONER, manager=manager)
        page = words(signed_in(manager).get("/insight/"))
        assert "Nobody waits for your answer" in page
        assert "Your team is too small for a sum of its time" in page
        assert "My team" not in words(signed_in(psw).get("/insight/"))

    def test_is_for_managers_and_the_principal_social_worker(
        self, hub, manager, psw, practitioner, partner, editor, signed_in
    ):
        for person, status in ((manager, 200), (psw, 200), (practitioner, 404), (partner, 404), (editor, 404)):
            assert signed_in(person).get("/insight/").status_code == status

    def test_comes_in_few_queries(self, kind, desk, django_assert_max_num_queries):
        desk.get("/insight/")
        with django_assert_max_num_queries(18):
            desk.get("/insight/")
