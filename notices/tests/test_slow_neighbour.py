"""A mail server that is slow, silent or gone: people book as ever, and no letter is lost or sent twice."""

import asyncio
import contextlib
import socket
import threading
import time
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMessage
from django.db import OperationalError, connection
from django.utils import timezone
from environ import Env

from events.booking.verbs import book
from events.models import Booking
from notices import mail_server, outbox, sending
from notices.models import CLAIM, OutgoingMail
from notices.reports import state
from people.roles import Role
from tests.builders import make_person, make_session
from tests.harness.mail import Letterbox, spare_port

pytestmark = pytest.mark.django_db(transaction=True)

A_PRESS, AN_ANSWER = 3.0, 4.0
"""Seconds: nobody who books waits so long, on a busy machine either; a mail server that says nothing costs longer."""


class Slow(Letterbox):
    """Takes its time over each letter, and says nothing meanwhile."""

    seconds = AN_ANSWER

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.seconds)
        return await super().handle_DATA(server, session, envelope)


def silent(line):
    """Takes the call and says nothing."""
    line.recv(1)


def gone(line):
    """Takes the call and drops it."""


def drips(line):
    """Says its greeting a letter at a time, for ever."""
    with contextlib.suppress(OSError):
        while True:
            line.sendall(b"2")
            time.sleep(0.2)


@pytest.fixture
def serve(settings, monkeypatch):
    """Starts a mail server of that temper, where the outbox is emptied to."""
    monkeypatch.setattr(mail_server, "ANSWER_SECONDS", AN_ANSWER)
    monkeypatch.setattr(mail_server, "LETTER_SECONDS", AN_ANSWER + 1)
    ends = contextlib.ExitStack()

    def serve(temper):
        if isinstance(temper, Letterbox):
            server = Controller(temper, hostname="127.0.0.1", port=spare_port())
            server.start()
            ends.callback(server.stop)
            port = server.port
        else:
            listening = ends.enter_context(socket.create_server(("127.0.0.1", 0)))
            threading.Thread(target=answer, args=(listening, temper), daemon=True).start()
            port = listening.getsockname()[1]
        settings.MAIL_SERVER = Env.email_url_config(f"smtp://127.0.0.1:{port}")

    yield serve
    ends.close()


def answer(listening, temper):
    def talk(line):
        with line:
            temper(line)

    with contextlib.suppress(OSError):
        while True:
            threading.Thread(target=talk, args=(listening.accept()[0],), daemon=True).start()


def queue(*names):
    for name in names:
        outbox.queue_message(EmailMessage("Hello", "Text", to=[f"{name}@hub.example"]), kind="test")


def soon():
    return timezone.now() + timedelta(seconds=1)


@contextlib.contextmanager
def emptying_the_outbox():
    """The worker's mail job, at work while the test goes on."""
    seconds = []

    def work():
        begun = time.monotonic()
        try:
            sending.send_due(now=soon())
        finally:
            connection.close()
            seconds.append(time.monotonic() - begun)

    worker = threading.Thread(target=work)
    worker.start()
    yield seconds
    worker.join(30)
    assert seconds, "the mail job hangs"


@pytest.mark.parametrize("temper", [silent, drips, gone, Slow()], ids=["silent", "drips", "gone", "slow"])
def test_who_books_never_waits_for_the_mail_server(hub, serve, temper):
    serve(temper)
    queue(*[f"reader{number}" for number in range(3)])
    session = make_session(capacity=20)
    people = [make_person(f"person{number}", Role.PRACTITIONER) for number in range(10)]
    waits = []
    with emptying_the_outbox() as seconds:
        for person in people:
            begun = time.monotonic()
            book(key=session.key, person=person, now=timezone.now())
            waits.append(time.monotonic() - begun)
            time.sleep(0.15)
    assert max(waits) < A_PRESS
    assert Booking.objects.filter(state="booked").count() == 10
    # Two letters at most are tried on a server that does not answer.
    assert seconds[0] < 4 * AN_ANSWER


@pytest.mark.parametrize("temper", [silent, gone], ids=["silent", "gone"])
def test_a_server_that_does_not_answer_is_left_alone_for_a_while_and_no_letter_is_lost(serve, temper):
    serve(temper)
    queue("a", "b", "c", "d")
    now = soon()
    assert sending.send_due(now=now) == 0
    assert list(OutgoingMail.objects.values_list("attempts", flat=True)) == [1, 1, 0, 0]
    begun = time.monotonic()
    assert sending.send_due(now=now + timedelta(seconds=5)) == 0
    assert time.monotonic() - begun < A_PRESS
    box = Letterbox()
    serve(box)
    sending.send_due(now=now + timedelta(minutes=1))
    assert sorted(letter["To"] for letter in box.letters) == [f"{name}@hub.example" for name in "abcd"]


def test_a_server_that_looks_into_a_letter_before_it_takes_it_gets_it_once(serve, monkeypatch):
    box = Slow()
    box.seconds = 1.5
    serve(box)
    monkeypatch.setattr(mail_server, "ANSWER_SECONDS", 0.5)
    queue("a", "b")
    assert sending.send_due(now=soon()) == 2
    assert sending.send_due(now=soon() + timedelta(hours=1)) == 0
    assert [letter["To"] for letter in box.letters] == ["a@hub.example", "b@hub.example"]


class Swallows(Letterbox):
    """Takes a letter in and never says that it did."""

    async def handle_DATA(self, server, session, envelope):
        await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(3600)


def test_nobody_gets_a_letter_dozens_of_times_from_a_server_that_takes_it_and_never_says_so(serve, monkeypatch):
    box = Swallows()
    serve(box)
    monkeypatch.setattr(mail_server, "LETTER_SECONDS", 0.3)
    queue("a")
    begun = soon()
    for quarter in range(5 * 24 * 4):
        sending.send_due(now=begun + timedelta(minutes=15 * quarter))
    assert 2 <= len(box.letters) <= 4
    mail = OutgoingMail.objects.get()
    assert mail.state == OutgoingMail.State.GIVEN_UP
    assert "may have arrived" in state(mail)
    assert mail.text, "an administrator may send it again"


def test_a_letter_in_doubt_goes_out_when_the_server_is_well_again_after_the_weekend(serve, monkeypatch):
    serve(Swallows())
    monkeypatch.setattr(mail_server, "LETTER_SECONDS", 0.3)
    queue("a")
    begun = soon()
    for hours in (0, 1, 7):
        sending.send_due(now=begun + timedelta(hours=hours))
    box = Letterbox()
    serve(box)
    for hours in range(8, 80):
        sending.send_due(now=begun + timedelta(hours=hours))
    assert len(box.letters) == 1
    assert OutgoingMail.objects.get().state == OutgoingMail.State.SENT


def test_a_letter_that_the_server_drops_holds_up_no_other(serve):
    class Touchy(Letterbox):
        async def handle_RCPT(self, server, session, envelope, address, options):
            if address.startswith("poison"):
                server.transport.abort()
            return await super().handle_RCPT(server, session, envelope, address, options)

    box = Touchy()
    serve(box)
    queue("a", "poison", "b", "c")
    assert sending.send_due(now=soon()) == 3
    assert [letter["To"] for letter in box.letters] == [f"{name}@hub.example" for name in "abc"]


def test_a_run_ends_when_its_time_is_over_and_who_waits_at_the_screen_comes_first(serve, monkeypatch):
    box = Slow()
    box.seconds = 0.3
    serve(box)
    queue("a", "b", "c")
    outbox.queue_message(EmailMessage("New password", "Text", to=["z@hub.example"]), kind="password_reset_key")
    monkeypatch.setattr(sending, "RUN_SECONDS", 0.4)
    assert sending.send_due(now=soon()) == 2
    assert [letter["To"] for letter in box.letters] == ["z@hub.example", "a@hub.example"]
    monkeypatch.setattr(sending, "RUN_SECONDS", 60)
    assert sending.send_due(now=soon()) == 2


def test_two_workers_share_the_letters_and_send_each_once(serve):
    box = Slow()
    box.seconds = 0.05
    serve(box)
    queue(*[f"reader{number}" for number in range(12)])
    with emptying_the_outbox(), emptying_the_outbox():
        pass
    to = [letter["To"] for letter in box.letters]
    assert len(to) == len(set(to)) == 12


def test_a_letter_in_the_hands_of_a_worker_that_died_goes_out_after_a_while(serve):
    box = Letterbox()
    serve(box)
    queue("a")
    now = soon()
    assert sending._claim(OutgoingMail.objects.get().pk, now)
    assert sending.send_due(now=now) == 0
    assert sending.send_due(now=now + CLAIM) == 1


def test_what_was_sent_is_noted_though_the_database_is_busy_for_a_moment(serve, monkeypatch):
    box = Letterbox()
    serve(box)
    queue("a")
    monkeypatch.setattr(sending, "NOTE_AGAIN", (0, 0))
    update, busy = type(OutgoingMail.objects.all()).update, [OperationalError("database is locked")]

    def sometimes(rows, **said):
        if "sent_at" in said and busy:
            raise busy.pop()
        return update(rows, **said)

    monkeypatch.setattr(type(OutgoingMail.objects.all()), "update", sometimes)
    assert sending.send_due(now=soon()) == 1
    assert OutgoingMail.objects.get().state == OutgoingMail.State.SENT


def test_no_transaction_is_open_while_a_letter_is_sent(serve, monkeypatch):
    serve(Letterbox())
    queue("a")
    open_ones = []
    hand_over = sending.hand_over
    monkeypatch.setattr(
        sending, "hand_over", lambda *said: (open_ones.append(connection.in_atomic_block), hand_over(*said))
    )
    sending.send_due(now=soon())
    assert open_ones == [False]
