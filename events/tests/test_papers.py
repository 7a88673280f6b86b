"""Papers: drawn by a job and read by screen readers, nothing fetched, a certificate only of what somebody attended."""

import contextlib
import re
import shutil
import socket
import subprocess
import threading
import zlib
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from events.attendance.attending import mark
from events.booking.organising import cancel_date, move_date
from events.booking.verbs import Wanted, book, leave
from events.models import Breakout, EventPage, Paper
from events.papers import drawing, pdf
from events.papers.drawing import ask, draw_due
from people.models import Team, User
from people.refusals import NotAllowed, NotPossible
from people.roles import Role
from tests.builders import make_person, make_session, make_text, nine_thirty

pytestmark = pytest.mark.django_db
draws = pytest.mark.skipif(
    not pdf.is_possible(), reason="Pango is missing: apt-get install libpango-1.0-0 libpangoft2-1.0-0"
)


@pytest.fixture
def session(hub, organiser, practitioner):
    session = make_session(starts=nine_thirty(8), hours=1.5, capacity=600)
    booking, _ = book(key=session.key, person=practitioner, now=timezone.now(), wanted=Wanted(food="Vegan"))
    session.date, session.booking = session.dates.get(), booking
    return session


@pytest.fixture
def rounds(hub):
    return make_session(event=make_text(EventPage, "Rounds", event_kind="rounds"))


@pytest.fixture
def no_library(monkeypatch):
    """A machine on which Debian's libraries for drawing are missing."""
    monkeypatch.setattr(pdf, "weasyprint", None)


def base(session) -> str:
    return f"/events/desk/{session.key}/papers/"


def insides(file: bytes) -> str:
    """All of a PDF that can be read, its packed parts unpacked."""
    parts = [file]
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", file, re.DOTALL):
        try:
            parts.append(zlib.decompress(packed.strip(b"\r\n")))
        except zlib.error:
            continue
    return b"\n".join(parts).decode("latin-1")


def text_of(file: bytes) -> str:
    program = shutil.which("pdftotext")
    if not program:
        pytest.skip("pdftotext is missing: apt-get install poppler-utils")
    read = subprocess.run([program, "-layout", "-", "-"], input=file, capture_output=True, check=True)
    return read.stdout.decode()


@draws
class TestDrawing:
    PAGE = '<html lang="en-GB"><head><title>Sheet &amp; all</title></head><body><h1>Names</h1>{}</body></html>'

    def test_makes_a_tagged_file_with_title_and_language(self):
        inside = insides(pdf.as_pdf(self.PAGE.format("<p>Amina</p>")))
        assert "/StructTreeRoot" in inside
        assert "/MarkInfo" in inside
        assert re.search(r"/Lang \(en-GB\)", inside)
        assert 'pdfuaid="http' in inside or "pdfuaid:part" in inside
        assert "Sheet &amp; all" in inside
        assert "/DisplayDocTitle true" in inside

    def test_fetches_nothing_from_this_machine_or_another(self, tmp_path):
        secret = tmp_path / "secret.txt"
        secret.write_text("the secret words")
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(1)
            knocks = []

            def listen():
                with contextlib.suppress(TimeoutError):
                    knocks.append(server.accept())

            listener = threading.Thread(target=listen)
            listener.start()
            here = f"http://127.0.0.1:{server.getsockname()[1]}/x"
            file = pdf.as_pdf(
                self.PAGE.format(
                    f'<img src="{here}" alt=""><link rel="attachment" href="{secret.as_uri()}">'
                    f'<img src="{secret.as_uri()}" alt=""><link rel="stylesheet" href="{here}">'
                    f'<object data="{secret.as_uri()}"></object><style>@import url("{here}");</style>'
                )
            )
            listener.join()
        assert knocks == []
        assert "secret words" not in insides(file)
        assert "EmbeddedFile" not in insides(file)

    def test_writes_names_as_text_whatever_they_are(self, session):
        hostile = [
            "<script>alert(1)</script>",
            "=HYPERLINK(1)",
            "👩‍🏫",
            "محمد علي",
            "Żółć\r\nX: 1",
            "\u202eevil",
            "x" * 140,
        ]
        for number, called in enumerate(hostile):
            person = make_person(f"p{number}", Role.PRACTITIONER, team=Team.objects.create(name=called[:120]))
            User.objects.filter(pk=person.pk).update(first_name=called[:150], last_name="")
            book(key=session.key, person=person, now=timezone.now())
        for kind, date in (("sheet", session.date), ("badges", None)):
            text = drawing.PaperText(kind, session, date)
            words = text_of(pdf.as_pdf(drawing.as_html(text.template, text.title, paper=text)))
            assert "<script>alert(1)</script>" in words
            assert "=HYPERLINK(1)" in words


@draws
class TestPapersOfTheDesk:
    def test_are_drawn_by_the_job_and_fetched_afterwards(self, session, organiser, signed_in):
        client = signed_in(organiser)
        typed = {"kind": "sheet", "date": str(session.date.key)}
        for _ in range(2):
            assert client.post(f"{base(session)}make/", typed)["Location"] == base(session)
        assert Paper.objects.count() == 1
        assert "Being made, ready in about a minute" in client.get(base(session)).content.decode()
        draw_due(now=timezone.now())
        page = BeautifulSoup(client.get(base(session)).content, "html.parser")
        answer = client.get(page.select_one("main a[href$='.pdf']")["href"])
        assert (answer["Content-Type"], answer["Content-Disposition"]) == (
            "application/pdf",
            'attachment; filename="sheet.pdf"',
        )
        assert "no-store" in answer["Cache-Control"]
        words = text_of(answer.content)
        assert "Practitioner Test" in words
        assert "Vegan" not in words
        assert "@hub.example" not in words

    def test_hold_no_address_on_a_badge_but_the_breakout(self, session, organiser):
        session.bookings.update(breakout=Breakout.objects.create(session=session, title="Circles", capacity=5))
        ask(session=session, kind="badges", by=organiser, now=timezone.now())
        draw_due(now=timezone.now())
        words = text_of(bytes(Paper.objects.get().file))
        assert "Circles" in words
        assert "@" not in words

    def test_are_made_again_with_the_names_of_now(self, session, organiser, practitioner):
        ask(session=session, kind="badges", by=organiser, now=timezone.now())
        draw_due(now=timezone.now())
        leave(booking=session.booking, by=practitioner, now=timezone.now())
        ask(session=session, kind="badges", by=organiser, now=timezone.now())
        assert Paper.objects.get().file is None
        draw_due(now=timezone.now())
        assert "Practitioner" not in text_of(bytes(Paper.objects.get().file))

    def test_never_send_anybody_to_the_room_of_before(self, session, organiser, signed_in):
        client, date = signed_in(organiser), session.date
        ask(session=session, kind="badges", by=organiser, now=timezone.now())
        draw_due(now=timezone.now())
        paper = session.papers.get()
        file = f"{base(session)}{paper.key}.pdf"
        assert file in client.get(base(session)).content.decode()
        move_date(
            date=date,
            starts_at=date.starts_at,
            ends_at=date.ends_at,
            place="Annexe",
            by=organiser,
            now=timezone.now(),
        )
        shown = client.get(base(session)).content.decode()
        assert file not in shown
        assert "The session has changed since the PDF was made. Make it again." in shown
        assert client.get(file).status_code == 409
        ask(session=session, kind="badges", by=organiser, now=timezone.now())
        draw_due(now=timezone.now())
        assert client.get(file).status_code == 200

    def test_are_deleted_after_a_day(self, session, organiser):
        ask(session=session, kind="badges", by=organiser, now=timezone.now())
        draw_due(now=timezone.now() + timedelta(hours=23))
        assert Paper.objects.get().state == "ready"
        draw_due(now=timezone.now() + timedelta(hours=25))
        assert not Paper.objects.exists()

    def test_of_a_killed_job_are_drawn_by_the_next_and_given_up_after_three(self, session, organiser, monkeypatch):
        now = timezone.now()
        ask(session=session, kind="badges", by=organiser, now=now)
        Paper.objects.update(begun_at=now, tries=1)
        draw_due(now=now + timedelta(minutes=5))
        assert Paper.objects.get().state == "asked"
        monkeypatch.setattr(drawing, "as_pdf", lambda html: 1 / 0)
        draw_due(now=now + timedelta(minutes=11))
        assert (Paper.objects.get().state, Paper.objects.get().tries) == ("asked", 2)
        draw_due(now=now + timedelta(minutes=12))
        assert Paper.objects.get().state == "failed"

    def test_that_end_the_job_itself_each_time_are_given_up_too(self, session, organiser, signed_in):
        now = timezone.now()
        ask(session=session, kind="badges", by=organiser, now=now)
        Paper.objects.update(begun_at=now, tries=3)
        draw_due(now=now + timedelta(minutes=11))
        assert "could not be made" in signed_in(organiser).get(base(session)).content.decode()

    def test_change_nothing_while_they_are_drawn_for_somebody_who_asked_again(self, session, organiser, monkeypatch):
        now, real = timezone.now(), drawing.as_pdf
        ask(session=session, kind="badges", by=organiser, now=now)

        def slowly(html):
            Paper.objects.update(begun_at=now + timedelta(minutes=11))  # another job has taken over
            return real(html)

        monkeypatch.setattr(drawing, "as_pdf", slowly)
        draw_due(now=now)
        assert Paper.objects.get().state == "asked"

    def test_of_550_people_are_one_file(self, session, organiser):
        people = User.objects.bulk_create(
            User(email=f"m{n}@hub.example", password="!", first_name=f"M{n}", last_name="Many") for n in range(549)
        )
        session.bookings.bulk_create(
            session.bookings.model(
                session=session, person=one, state="booked", booked_at=timezone.now(), place=n, of_places=600
            )
            for n, one in enumerate(people, 2)
        )
        ask(session=session, kind="sheet", date=session.date, by=organiser, now=timezone.now())
        draw_due(now=timezone.now())
        assert text_of(bytes(Paper.objects.get().file)).count(" Many") == 549

    def test_have_no_list_to_sign_where_heads_are_counted_or_the_date_is_off(self, rounds, organiser, signed_in):
        client, date = signed_in(organiser), rounds.dates.get()
        page = client.get(base(rounds)).content.decode()
        assert "no list to sign" in page
        assert "List to sign" not in page
        assert client.post(f"{base(rounds)}make/", {"kind": "sheet", "date": str(date.key)}).status_code == 409
        assert client.get(f"{base(rounds)}sheet/{date.key}/").status_code == 404
        two = make_session(event=make_text(EventPage, "Training", event_kind="training"), dates=2)
        off = cancel_date(date=two.dates.first(), by=organiser, now=timezone.now(), reason="Snow")
        with pytest.raises(NotPossible, match="cancelled"):
            ask(session=two, kind="sheet", date=off, by=organiser, now=timezone.now())

    def test_are_for_the_organisers_alone(self, session, organiser, manager, practitioner, partner, editor, signed_in):
        paper = ask(session=session, kind="badges", by=organiser, now=timezone.now())
        draw_due(now=timezone.now())
        with pytest.raises(NotAllowed):
            ask(session=session, kind="badges", by=manager, now=timezone.now())
        for person in (manager, practitioner, partner, editor):
            client = signed_in(person)
            for path in ("", f"{paper.key}.pdf", "badges/", f"sheet/{session.date.key}/"):
                assert client.get(base(session) + path).status_code == 404
            assert client.post(f"{base(session)}make/", {"kind": "badges"}).status_code == 404
        # Not through another session of one's own either.
        mine = make_session(title="Mine", organiser=practitioner)
        assert signed_in(practitioner).get(f"{base(mine)}{paper.key}.pdf").status_code == 404
        assert signed_in(practitioner).get(f"{base(mine)}sheet/{session.date.key}/").status_code == 404

    @pytest.mark.parametrize("typed", [{}, {"kind": "poster"}, {"kind": "sheet"}, {"kind": "sheet", "date": "x\x00"}])
    def test_of_no_such_kind_are_not_there(self, session, organiser, signed_in, typed):
        assert signed_in(organiser).post(f"{base(session)}make/", typed).status_code == 404

    def test_are_not_asked_for_from_another_site(self, session, organiser):
        client = Client(enforce_csrf_checks=True)
        client.force_login(organiser)
        assert client.post(f"{base(session)}make/", {"kind": "badges"}).status_code == 403
        assert not Paper.objects.exists()

    def test_are_listed_in_at_most_twelve_queries(self, organiser, signed_in, django_assert_max_num_queries):
        many = make_session(dates=12)
        for date in many.dates.all():
            ask(session=many, kind="sheet", date=date, by=organiser, now=timezone.now())
        client = signed_in(organiser)
        client.get(base(many))
        with django_assert_max_num_queries(12):
            client.get(base(many))


class TestPagesToPrint:
    def test_stand_in_where_no_pdf_can_be_drawn(self, session, organiser, signed_in, no_library):
        client = signed_in(organiser)
        page = client.get(base(session)).content.decode()
        assert "This hub cannot make PDFs" in page
        assert "Make a PDF" not in page
        for path in ("badges/", f"sheet/{session.date.key}/"):
            page = client.get(base(session) + path).content.decode()
            assert "Practitioner Test" in page
            assert "css/doing.css" in page, "Its style sheet lays out badges and lists."
        assert client.post(f"{base(session)}make/", {"kind": "badges"}).status_code == 409
        draw_due(now=timezone.now())

    def test_are_noted_without_names(self, session, organiser, signed_in, caplog):
        signed_in(organiser).get(f"{base(session)}badges/")
        line = next(record.getMessage() for record in caplog.records if record.name == "hub.audit")
        assert line.startswith("print-badges at=")
        assert "Practitioner" not in line


class TestTheCertificate:
    def address(self, session, after="certificate/") -> str:
        return f"/me/bookings/{session.booking.key}/{after}"

    def attend(self, session, organiser, **said):
        mark(booking=session.booking, date=session.date, by=organiser, now=session.date.starts_at, **said)

    @draws
    def test_says_who_attended_what_and_for_how_long(self, session, organiser, practitioner, signed_in):
        self.attend(session, organiser, came="part", minutes=45)
        with time_machine.travel(session.date.ends_at + timedelta(hours=1)):
            client = signed_in(practitioner)
            assert "Certificate of attendance" in client.get(self.address(session, "")).content.decode()
            page = client.get(self.address(session)).content.decode()
            assert "Download the PDF" in page
            answer = client.get(self.address(session, "certificate.pdf"))
        words = text_of(answer.content)
        for part in ("Practitioner Test", "Practice day", "45 minutes"):
            assert part in page
            assert part in words
        assert "/StructTreeRoot" in insides(answer.content)

    def test_is_a_page_to_print_where_no_pdf_can_be_drawn(
        self, session, organiser, practitioner, signed_in, no_library
    ):
        self.attend(session, organiser, came="yes")
        with time_machine.travel(session.date.ends_at + timedelta(hours=1)):
            page = signed_in(practitioner).get(self.address(session)).content.decode()
            assert signed_in(practitioner).get(self.address(session, "certificate.pdf")).status_code == 404
        assert "This hub cannot make PDFs" in page
        assert "1.5 hours in all" in page

    @pytest.mark.parametrize("came", ["no", ""])
    def test_is_not_there_for_somebody_who_did_not_come(self, session, organiser, practitioner, signed_in, came):
        self.attend(session, organiser, came=came)
        with time_machine.travel(session.date.ends_at + timedelta(hours=1)):
            client = signed_in(practitioner)
            assert client.get(self.address(session)).status_code == 404
            assert "Certificate of attendance" not in client.get(self.address(session, "")).content.decode()

    def test_is_not_there_before_the_end(self, session, organiser, practitioner, signed_in):
        self.attend(session, organiser, came="yes")
        with time_machine.travel(session.date.starts_at + timedelta(minutes=5)):
            assert signed_in(practitioner).get(self.address(session)).status_code == 404

    def test_is_nobody_elses_not_even_the_organisers(self, session, organiser, manager, signed_in):
        self.attend(session, organiser, came="yes")
        with time_machine.travel(session.date.ends_at + timedelta(hours=1)):
            for person in (organiser, manager):
                for after in ("certificate/", "certificate.pdf"):
                    assert signed_in(person).get(self.address(session, after)).status_code == 404

    def test_is_never_there_where_no_names_are_kept(self, rounds, practitioner, signed_in):
        booking, _ = book(key=rounds.key, person=practitioner, now=timezone.now())
        date = rounds.dates.get()
        # Even if a row were left from before the rule was changed.
        booking.attendance.create(date=date, came="yes", minutes=60, how="list", at=date.starts_at)
        with time_machine.travel(date.ends_at + timedelta(hours=1)):
            assert signed_in(practitioner).get(f"/me/bookings/{booking.key}/certificate/").status_code == 404
