"""The learning record: one's own, whole, and in files that do no harm."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from events.attendance.attending import mark
from events.booking.verbs import book
from events.models import Came, EventPage
from guidance.models import ProgrammePage
from learning import programmes, time
from learning.models import TimeState
from tests.builders import PARAGRAPH, make_session, make_text, nine_thirty

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(practitioner, organiser):
    """A practitioner who read, came to an event and ticked a step."""
    today = timezone.localdate()
    time.record(person=practitioner, on=today, minutes=30, state=TimeState.TAKEN, what="=1+1 reading")
    event = make_text(EventPage, "Practice day", event_kind="training")
    session = make_session(event=event, starts=nine_thirty(-1), hours=1)
    booking, _ = book(key=session.key, person=practitioner, now=session.starts_at - timedelta(days=1))
    date = session.dates.get()
    mark(booking=booking, date=date, came=Came.YES, by=organiser, now=date.ends_at)
    page = make_text(ProgrammePage, "First year", body=PARAGRAPH, who_for="All")
    enrolment = programmes.join(person=practitioner, programme=page, by=practitioner, today=today)
    programmes.tick(
        enrolment=enrolment, milestone="a", title="Hold your review", on=today, by=practitioner, today=today
    )


def test_it_holds_time_events_and_steps_and_is_told_as_a_page_a_document_and_a_spreadsheet(
    done, practitioner, signed_in
):
    client = signed_in(practitioner)
    for address in ("/me/record/", "/me/record/document/"):
        words = client.get(address).content.decode()
        for said in ("=1+1 reading", "Practice day", "1 hour", "Hold your review", "First year"):
            assert said in words, (address, said)
    file = client.get("/me/record/csv/")
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == {"Time for learning", "Events I came to", "Steps of programmes"}
    assert all(len(row) == len(rows[0]) for row in rows)


def test_a_spreadsheet_computes_nothing_and_files_are_kept_by_nobody(done, practitioner, signed_in):
    file = signed_in(practitioner).get("/me/record/csv/")
    assert "'=1+1 reading" in file.content.decode("utf-8-sig")
    for address in ("csv", "document"):
        answer = signed_in(practitioner).get(f"/me/record/{address}/")
        assert answer["Content-Disposition"].startswith("attachment")
        assert "no-store" in answer["Cache-Control"]


def test_nobody_elses_is_in_it(done, champion, signed_in, client):
    words = signed_in(champion).get("/me/record/").content.decode()
    assert "Practice day" not in words
    assert "No time yet." in words
    assert client.get("/me/record/csv/").status_code == 302
