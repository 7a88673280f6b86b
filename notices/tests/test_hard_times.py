"""The outbox when things go wrong: a message that cannot be sent at all, a change that never happened, a bad moment."""

import io
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from home.jobs import all
from notices import mail_server, outbox, sending
from notices.models import CLAIM, OutgoingMail
from tests.builders import make_person

pytestmark = pytest.mark.django_db


class Server:
    """A mail server that fails as it is told for some addresses; it composes each message, as a real one would."""

    def __init__(self, failures=None):
        self.failures, self.taken = failures or {}, []

    def send_messages(self, messages):
        for message in messages:
            message.message()
            for address in message.to:
                if address in self.failures:
                    raise self.failures[address]
            self.taken.append(message)
        return len(messages)


@pytest.fixture
def server(monkeypatch):
    def server(failures=None):
        made = Server(failures)
        monkeypatch.setattr(sending, "mail_server", lambda: made)
        return made

    return server


def queue(to="leila@hub.example", **more):
    message = EmailMultiAlternatives(more.pop("subject", "Hello"), "Text", to=[to] if isinstance(to, str) else to)
    outbox.queue_message(message, kind="test", **more)


def soon():
    return timezone.now() + timedelta(seconds=1)


class TestWhatCannotBeSent:
    @pytest.mark.parametrize(
        "error", [ConnectionRefusedError(), TimeoutError(), UnicodeError("ascii"), ValueError("bad header")]
    )
    def test_a_message_that_fails_in_whatever_way_holds_up_nobody_elses(self, server, error):
        mail = server({"bad@hub.example": error})
        queue("bad@hub.example")
        queue("tom@hub.example")
        assert sending.send_due(now=soon()) == 1
        assert [message.to for message in mail.taken] == [["tom@hub.example"]]
        assert OutgoingMail.objects.get(to="bad@hub.example").attempts == 1

    @pytest.mark.parametrize("address", ["bad\n@hub.example", "bad@hub.example\r\nBcc: all@hub.example", "@", ""])
    def test_an_address_that_no_message_can_carry_holds_up_nobody_elses(self, server, address):
        mail = server()
        queue(address)
        queue("tom@hub.example")
        sending.send_due(now=soon())
        assert ["tom@hub.example"] in [message.to for message in mail.taken]
        assert "all@hub.example" not in str([message.recipients() for message in mail.taken])

    def test_what_was_given_up_is_kept_to_be_looked_at_and_is_not_tried_again(self, server):
        server({"bad@hub.example": ConnectionRefusedError()})
        queue("bad@hub.example")
        now = soon()
        for _ in range(20):
            now += timedelta(hours=6)
            sending.send_due(now=now)
        assert OutgoingMail.objects.get().state == OutgoingMail.State.GIVEN_UP
        back = server()
        sending.send_due(now=now + timedelta(days=90))
        assert back.taken == []
        assert OutgoingMail.objects.exists()

    def test_readers_who_are_refused_one_after_the_other_hold_up_nobody_elses(self, server):
        refused = [f"gone{number}@hub.example" for number in range(3)]
        mail = server({one: SMTPRecipientsRefused({one: (550, b"No")}) for one in refused})
        for address in (*refused, "tom@hub.example"):
            queue(address)
        assert sending.send_due(now=soon()) == 1
        assert mail.taken[0].to == ["tom@hub.example"]

    def test_a_server_that_fails_now_and_then_still_gets_all_the_others(self, server):
        server({one: ConnectionRefusedError() for one in ("bad@hub.example", "worse@hub.example")})
        for name in ("bad", "tom", "worse", "leila"):
            queue(f"{name}@hub.example")
        assert sending.send_due(now=soon()) == 2

    def test_a_server_that_falls_silent_after_a_letter_is_left_alone_all_the_same(self, server):
        server({one: ConnectionRefusedError() for one in ("a@hub.example", "b@hub.example")})
        for address in ("tom@hub.example", "a@hub.example", "b@hub.example"):
            queue(address)
        now = soon()
        assert sending.send_due(now=now) == 1
        assert mail_server.rests(now)

    def test_a_server_that_never_answers_is_left_alone_twice_as_long_each_time_until_it_takes_a_letter(self, server):
        away, now = {one: ConnectionRefusedError() for one in ("a@hub.example", "b@hub.example")}, soon()

        def rest(hours: int) -> int:
            """Seconds for which nothing is tried after the run of that hour."""
            begun = now + timedelta(hours=hours)
            sending.send_due(now=begun)
            return next(n for n in range(999) if not mail_server.rests(begun + timedelta(seconds=n)))

        server(away)
        for address in away:
            queue(address)
        assert [rest(hours) for hours in range(7)] == [15, 30, 60, 120, 240, 300, 300]
        server()
        assert rest(7) == 0
        server(away)
        for address in away:
            queue(address)
        assert rest(8) == 15

    @pytest.mark.parametrize(("code", "tries"), [(421, [1, 1, 0]), (451, [1, 1, 1])])
    def test_a_server_that_closes_is_left_alone_and_one_that_takes_not_this_letter_is_given_the_next(
        self, server, code, tries
    ):
        addresses = [f"reader{number}@hub.example" for number in range(3)]
        server({one: SMTPDataError(code, b"Not now") for one in addresses})
        for address in addresses:
            queue(address)
        sending.send_due(now=soon())
        assert list(OutgoingMail.objects.order_by("pk").values_list("attempts", flat=True)) == tries

    def test_a_worker_that_was_so_slow_that_another_took_its_letter_takes_it_from_nobody(self, server):
        queue()
        slow, quick = (sending._claim(OutgoingMail.objects.get().pk, now) for now in (soon(), soon() + CLAIM))
        sending._send(slow, Server({"leila@hub.example": TimeoutError()}), soon())
        assert OutgoingMail.objects.get().claim == quick.claim

    def test_a_letter_that_was_claimed_at_a_moment_still_to_come_waits_for_nobody(self, server):
        """`run_jobs --at` a day of next month, killed while it sent."""
        server()
        queue()
        assert sending._claim(OutgoingMail.objects.get().pk, soon() + timedelta(days=30))
        assert sending.send_due(now=soon()) == 1

    def test_nothing_is_tried_before_its_time(self, server):
        server({"leila@hub.example": ConnectionRefusedError()})
        queue()
        now = soon()
        sending.send_due(now=now)
        back = server()
        sending.send_due(now=now + timedelta(seconds=1))
        assert back.taken == []
        sending.send_due(now=now + sending.LONGEST_PAUSE)
        assert len(back.taken) == 1


class TestWhatIsWritten:
    def test_a_change_that_did_not_happen_tells_nobody(self):
        with transaction.atomic():
            queue()
            assert OutgoingMail.objects.exists()
            transaction.set_rollback(True)
        assert not OutgoingMail.objects.exists()

    def test_a_message_to_two_people_is_two_letters_and_neither_sees_the_other(self, server):
        mail = server()
        queue(["leila@hub.example", "tom@hub.example"])
        sending.send_due(now=soon())
        assert [message.recipients() for message in mail.taken] == [["leila@hub.example"], ["tom@hub.example"]]

    def test_the_same_words_may_be_sent_twice(self):
        queue()
        queue()
        assert OutgoingMail.objects.count() == 2

    @pytest.mark.parametrize("subject", ["a\nb", "a\r\nb", "a\rb", "a\u2028b", "a\x0bb", "a\x85b", " a  b "])
    def test_a_subject_is_one_line(self, subject):
        queue(subject=subject)
        assert OutgoingMail.objects.get().subject == "a b"

    def test_a_subject_that_is_far_too_long_is_cut_and_not_lost(self, server):
        mail = server()
        queue(subject="x" * 10_000)
        sending.send_due(now=soon())
        assert len(mail.taken[0].subject) == 250

    def test_a_letter_says_that_a_machine_wrote_it_and_has_a_number_of_its_own(self, server, settings):
        mail = server()
        message = EmailMultiAlternatives("Hello", "Text", to=["leila@hub.example"])
        message.attach_alternative("<p>Text</p>", "text/html")
        outbox.queue_message(message, kind="test")
        queue("tom@hub.example")
        sending.send_due(now=soon())
        first, second = (message.message() for message in mail.taken)
        assert first["Auto-Submitted"] == "auto-generated"  # so that no holiday answer comes back
        assert first["From"] == settings.DEFAULT_FROM_EMAIL
        assert first["Message-ID"] != second["Message-ID"]
        assert first.get_content_type() == "multipart/alternative"
        assert second.get_content_type() == "text/plain"

    def test_the_words_of_a_letter_that_failed_are_still_there_for_the_next_try(self, server):
        server({"leila@hub.example": ConnectionRefusedError()})
        queue()
        sending.send_due(now=soon())
        assert OutgoingMail.objects.get().text == "Text"


class TestJobs:
    @pytest.mark.parametrize("moment", ["tomorrow", "2027-13-01", "2027-02-30T09:00", "9:00", "x" * 10_000, "\x00"])
    def test_a_moment_that_is_none_is_said_and_nothing_is_sent(self, server, moment):
        mail = server()
        queue()
        with pytest.raises(CommandError, match="is not a moment"):
            call_command("run_jobs", at=moment)
        assert mail.taken == []

    def test_a_moment_is_london_time_and_what_comes_after_it_waits(self, server):
        mail = server()
        queue()
        OutgoingMail.objects.update(next_try=timezone.make_aware(timezone.datetime(2027, 7, 1, 9, 0)))
        call_command("run_jobs", at="2027-07-01T08:59")
        assert mail.taken == []
        call_command("run_jobs", at="2027-07-01T09:00")
        assert len(mail.taken) == 1

    def test_at_and_loop_do_not_go_together(self):
        with pytest.raises(CommandError, match="Choose --at or --loop"):
            call_command("run_jobs", at="2027-07-01T09:00", loop=True)

    def test_a_job_that_fails_stops_no_other_and_is_named(self, server, monkeypatch):
        def review_notices(*, now):
            raise RuntimeError("broken")

        mail = server()
        queue()
        monkeypatch.setattr(all, "JOBS", [review_notices, *all.JOBS])
        OutgoingMail.objects.update(next_try=timezone.now() - timedelta(minutes=1))
        with pytest.raises(CommandError, match="review_notices"):
            call_command("run_jobs", stdout=io.StringIO())
        assert len(mail.taken) == 1


@pytest.mark.smtp
def test_the_letter_of_a_forgotten_password_arrives_as_it_should(client, hub, letterbox, settings):
    """A real mail server on this machine takes it: envelope, headers and words are what its reader gets."""
    make_person("leila")
    client.post(reverse("account_reset_password"), {"email": "LEILA@hub.example"})
    call_command("run_jobs")
    (letter,) = letterbox.letters
    assert letter["X-Envelope-To"] == letter["To"] == "leila@hub.example"
    assert letter["From"] == settings.DEFAULT_FROM_EMAIL
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"]
    assert letter["Message-ID"]
    assert "password" in letter["Subject"].lower()
    assert letter["Cc"] is letter["Bcc"] is letter["X-Kind"] is None
    words = letter.get_body(("plain",)).get_content()
    assert f"{settings.BASE_URL}/accounts/password/reset/key/" in words
    assert "{{" not in words
    assert "&amp;" not in words
    call_command("run_jobs")
    assert len(letterbox.letters) == 1


def test_a_message_made_by_djangos_own_shortcut_goes_through_the_outbox(settings):
    settings.EMAIL_BACKEND = "notices.backend.OutboxEmailBackend"
    EmailMessage("Hello", "Text", to=["leila@hub.example"]).send()
    assert OutgoingMail.objects.get().to == "leila@hub.example"
