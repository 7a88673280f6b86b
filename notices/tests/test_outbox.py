from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail import EmailMessage, get_connection
from django.core.management import CommandError, call_command
from django.utils import timezone

from notices import outbox, sending
from notices.models import OutgoingMail

pytestmark = pytest.mark.django_db


class Refusing:
    """A mail server that takes no message for some addresses."""

    def __init__(self, *refused):
        self.refused, self.taken = set(refused), []

    def send_messages(self, messages):
        for message in messages:
            if set(message.to) & self.refused:
                raise ConnectionRefusedError
            self.taken += message.to
        return len(messages)


@pytest.fixture
def server(monkeypatch):
    def server(*refused):
        made = Refusing(*refused)
        monkeypatch.setattr(sending, "mail_server", lambda: made)
        return made

    return server


def queue(to="leila@hub.example", subject="Hello", **more):
    outbox.queue_message(EmailMessage(subject, "Text", to=[to]), kind="test", **more)


def test_a_line_break_in_a_subject_makes_no_header():
    queue(subject="Hello\r\nBcc: everybody@hub.example")
    assert OutgoingMail.objects.get().subject == "Hello Bcc: everybody@hub.example"


def test_whatever_sends_mail_writes_into_the_outbox():
    connection = get_connection("notices.backend.OutboxEmailBackend")
    assert connection.send_messages([EmailMessage("Hello", "Text", to=["leila@hub.example"])]) == 1
    assert OutgoingMail.objects.get().state == OutgoingMail.State.WAITING


def test_a_message_is_sent_once_and_its_words_are_not_kept(server):
    taking, now = server(), timezone.now()
    queue()
    assert sending.send_due(now=now + timedelta(seconds=1)) == 1
    assert sending.send_due(now=now + timedelta(hours=1)) == 0
    assert taking.taken == ["leila@hub.example"]
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.text) == (OutgoingMail.State.SENT, "")


def test_a_bad_address_holds_up_nobody_and_is_tried_ever_more_slowly_and_then_given_up(server):
    now = soon = timezone.now() + timedelta(seconds=1)
    taking = server("bad@hub.example")
    queue("bad@hub.example")
    queue("tom@hub.example")
    assert sending.send_due(now=now) == 1
    assert taking.taken == ["tom@hub.example"]
    pauses, mail = [], OutgoingMail.objects.get(to="bad@hub.example")
    while mail.state == OutgoingMail.State.WAITING:
        pauses.append(mail.next_try - now)
        now = mail.next_try
        sending.send_due(now=now)
        mail.refresh_from_db()
    assert mail.state == OutgoingMail.State.GIVEN_UP
    assert mail.attempts > 100
    assert now - soon > timedelta(days=3)
    assert pauses == sorted(pauses)
    assert max(pauses) <= timedelta(minutes=15)


@pytest.mark.parametrize(("code", "tries"), [(550, 1), (451, 2)])
def test_an_address_that_does_not_exist_is_given_up_at_once_and_a_full_mailbox_is_not(server, code, tries):
    taking, now = server(), timezone.now() + timedelta(seconds=1)
    queue("gone@hub.example")

    def refuse(messages):
        raise SMTPRecipientsRefused({"gone@hub.example": (code, b"No")})

    taking.send_messages = refuse
    for later in (0, 1):
        sending.send_due(now=now + timedelta(hours=later))
    assert OutgoingMail.objects.get().attempts == tries


def test_all_is_sent_once_after_the_server_comes_back(server):
    now = timezone.now() + timedelta(seconds=1)
    server("leila@hub.example")
    queue()
    sending.send_due(now=now)
    back = server()
    sending.send_due(now=now + timedelta(hours=2))
    sending.send_due(now=now + timedelta(hours=2))
    assert back.taken == ["leila@hub.example"]


def test_what_was_sent_is_forgotten_after_thirty_days(server):
    server()
    now = timezone.now() + timedelta(seconds=1)
    queue()
    sending.send_due(now=now)
    sending.send_due(now=now + timedelta(days=31))
    assert not OutgoingMail.objects.exists()


def test_running_the_jobs_twice_sends_once_and_a_bad_moment_is_said(server):
    taking = server()
    queue()
    moment = (timezone.localtime() + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M")
    call_command("run_jobs", at=moment)
    call_command("run_jobs", at=moment)
    assert taking.taken == ["leila@hub.example"]
    with pytest.raises(CommandError, match="is not a moment"):
        call_command("run_jobs", at="tomorrow")
