"""A time that the clocks jump over is refused in plain words; of one that comes twice people are asked which."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import get_resolver, resolve
from django.utils import timezone
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.admin.widgets import AdminDateTimeInput

from events.models import SessionDate
from pages.editing.moments import AsksWhichForm, LocalMomentField, LocalMomentInput, local_moment
from pages.models import HubPage
from tests.builders import make_session
from toolkits.models import ToolPage

SPRING, AUTUMN = "2027-03-28 01:30", "2027-10-31 01:30"
FIRST, SECOND = datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "which", "moment"),
    [
        (AUTUMN, "first", FIRST),
        (AUTUMN, "second", SECOND),
        ("2027-10-31 00:59", "", datetime(2027, 10, 30, 23, 59, tzinfo=UTC)),
        ("2027-10-31 02:00", "", datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
        ("2027-03-28 00:59", "", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        ("2027-03-28 02:00", "second", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_is_the_one_on_the_clock(typed, which, moment):
    wall = datetime.fromisoformat(typed)
    assert local_moment(wall, which) == moment
    assert LocalMomentField().clean(f"{typed}|{which}") == moment


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (SPRING, "This time does not exist: on Sunday 28 March 2027 the clocks go forward from 1am to 2am."),
        (f"{SPRING}|first", "This time does not exist"),
        (AUTUMN, "This time comes twice: on Sunday 31 October 2027 the clocks go back from 2am to 1am."),
        (f"{AUTUMN}|neither", "This time comes twice"),
        ("2027-02-30 01:30", "Enter a valid date/time"),
        ("soon", "Enter a valid date/time"),
    ],
)
def test_what_is_no_moment_is_said_in_plain_words(typed, says):
    with pytest.raises(ValidationError) as refused:
        LocalMomentField().clean(typed)
    assert says in " ".join(refused.value.messages)


class Form(forms.Form):
    at = LocalMomentField(widget=AdminDateTimeInput())


def chosen(form) -> tuple[str, str | None]:
    """What stands in the field, and which of two is chosen beside it; None where nothing is asked."""
    page = BeautifulSoup(str(form), "html.parser")
    select = page.select_one("[name=at_which]")
    option = select and (select.select_one("[selected]") or select.option)
    return page.select_one("[name=at]")["value"], select and option["value"]


def test_the_form_comes_back_as_it_was_filled_in_with_the_question_only_where_it_is_needed():
    assert chosen(Form({"at": AUTUMN})) == (AUTUMN, "")
    assert chosen(Form({"at": AUTUMN, "at_which": "second"})) == (AUTUMN, "second")
    assert chosen(Form({"at": SPRING})) == (SPRING, None)
    for moment, which in ((FIRST, "first"), (SECOND, "second")):
        form = Form(initial={"at": moment})
        typed, asked = chosen(form)
        assert asked == which
        again = Form({"at": typed, "at_which": asked}, initial={"at": moment})
        assert (again.is_valid(), again.cleaned_data["at"], again.has_changed()) == (True, moment, False)


def test_an_empty_form_asks_nothing_and_a_field_of_wagtails_keeps_how_it_was_made():
    page = BeautifulSoup(str(Form()), "html.parser")
    assert (page.select_one("[name=at]").get("value"), page.select_one("[name=at_which]")) == (None, None)
    made = LocalMomentField(widget=AdminDateTimeInput(attrs={"data-made": "so"}))
    assert (type(made.widget), made.widget.attrs["data-made"]) == (LocalMomentInput, "so")


def test_a_moment_as_a_browser_or_a_program_writes_it_is_taken_too():
    assert LocalMomentField().clean("2027-10-31T01:30|second") == SECOND
    assert LocalMomentField().clean("2027-10-31T00:30:00+00:00") == FIRST
    assert LocalMomentField(required=False).clean("") is None


class Move(AsksWhichForm):
    starts = forms.TimeField()

    def clean(self):
        moved = datetime.combine(datetime(2027, self.month, {3: 28, 10: 31}[self.month]), self.cleaned_data["starts"])
        self.cleaned_data["moment"] = self.moment("starts", moved)


@pytest.mark.parametrize(("month", "field"), [(3, "starts"), (10, "starts_which")])
def test_what_is_wrong_is_said_where_it_can_be_put_right(month, field):
    form = Move({"starts": "01:30"})
    form.month = month
    assert list(form.errors) == [field]
    assert ("starts_which" in form.fields) == (field == "starts_which")


@pytest.mark.parametrize(("moment", "which"), [(FIRST, "first"), (SECOND, "second")])
def test_a_form_of_a_moment_that_came_twice_shows_which_one_it_is(moment, which):
    form = Move()
    form.show_which(starts=timezone.localtime(moment))
    assert form.initial["starts_which"] == which
    other = Move()
    other.show_which(starts=timezone.localtime(moment + timedelta(days=1)))
    assert "starts_which" not in other.fields


def test_every_moment_that_can_be_typed_in_the_cms_is_taken_so():
    fields = [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.DateTimeField) and field.editable and not (field.auto_now or field.auto_now_add)
    ]
    assert {HubPage._meta.get_field("go_live_at"), SessionDate._meta.get_field("starts_at")} <= set(fields)
    for field in fields:
        taken = formfield_for_dbfield(field)
        assert (type(taken), type(taken.widget)) == (LocalMomentField, LocalMomentInput), field


@pytest.mark.django_db
def test_the_forms_of_a_page_and_of_a_session_take_moments_so(hub, organiser, rf):
    get_resolver().url_patterns  # noqa: B018 - the CMS adds its addresses when they are first asked for
    found = resolve("/admin/event_sessions/new/").func
    view, request = found.view_class(**found.view_initkwargs), rf.get("/")
    request.user = organiser
    view.setup(request)
    session = view.get_form_class()
    of_dates, of_page = session.formsets["dates"].form, ToolPage.get_edit_handler().get_form_class()
    for form, names in ((session, ["opens_at", "closes_at", "queue_closes_at"]), (of_dates, ["starts_at", "ends_at"])):
        assert all(type(form.base_fields[name]) is LocalMomentField for name in names)
    assert type(of_page.base_fields["go_live_at"].widget) is LocalMomentInput


@pytest.fixture
def organisers(organiser, signed_in):
    with time_machine.travel(datetime(2027, 2, 1, 12, 0, tzinfo=UTC)):
        yield signed_in(organiser)


@pytest.mark.django_db
class TestOnTheScreens:
    def test_a_date_is_moved_at_the_desk(self, organisers):
        session = make_session(starts=timezone.now() + timedelta(days=40))
        date = session.dates.get()
        path = f"/events/desk/{session.key}/dates/{date.key}/move/"
        typed = {"day": "2027-03-28", "starts": "01:30", "ends": "04:00"}
        refused = organisers.post(path, typed)
        assert refused.status_code == 400
        assert "the clocks go forward" in refused.content.decode()
        typed |= {"day": "2027-10-31"}
        refused = organisers.post(path, typed)
        page = BeautifulSoup(refused.content, "html.parser")
        assert "Say which one you mean" in page.text
        assert page.select_one("[name=starts]")["value"] == "01:30"
        assert [one["value"] for one in page.select("select[name=starts_which] option")] == ["", "first", "second"]
        assert organisers.post(path, typed | {"starts_which": "second"}).status_code == 302
        date.refresh_from_db()
        assert date.starts_at == SECOND
        again = BeautifulSoup(organisers.get(path).content, "html.parser")
        assert again.select_one("select[name=starts_which] [selected]")["value"] == "second"
        # Half an hour after half past one, by a clock that was put back in between: both hours are asked about.
        typed |= {"ends": "01:30", "starts_which": "first"}
        refused = BeautifulSoup(organisers.post(path, typed).content, "html.parser")
        assert refused.select_one("select[name=starts_which] [selected]")["value"] == "first"
        assert organisers.post(path, typed | {"ends_which": "second"}).status_code == 302
        date.refresh_from_db()
        assert (date.starts_at, date.ends_at) == (FIRST, SECOND)
