"""A machine may die in the middle of a sign-up. Nothing is half done then, and no mail is lost or sent without end.

A process of its own is killed (signal 9, as a power cut would) at six points, twenty times each. Whoever pressed
presses again, the jobs run again, and everything is as it should be.
"""

import signal
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from events.booking import lock, steps, verbs
from events.booking.verbs import book
from events.mail import telling
from events.models import Booking, BookingChange
from notices import outbox, sending
from notices.models import CLAIM, OutgoingMail
from people.models import User
from people.roles import Role
from tests.builders import make_person, make_session
from tests.harness.killing import after, die, killed

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 20


POINTS = {
    "before the lock": (lock, "lock_session", die),
    "under the lock": (verbs, "fullness", die),
    "when the booking is written but not its log": (steps, "log", die),
    "when all is written but not committed": (steps, "log", after(steps.log)),
    "when the mail is in the outbox but not ticked off": (telling, "tell", after(outbox.tell)),
    "when the mail is sent but not noted": (sending, "hand_over", after(sending.hand_over)),
}


@pytest.mark.parametrize("point", POINTS)
def test_nothing_is_half_done_lost_or_endless(point, hub, tmp_path, monkeypatch):
    arrived = tmp_path / "arrived"
    monkeypatch.setattr(sending, "mail_server", lambda: MailServer(arrived))
    session = make_session(capacity=TIMES)
    people = [make_person(f"person{number}", Role.PRACTITIONER) for number in range(TIMES)]
    for person in people:
        assert killed(*POINTS[point], during=partial(everything, session, person)) == signal.SIGKILL
        half = Booking.objects.filter(person=person)
        assert all(one.changes.count() == 1 and one.place for one in half)
        everything(session, person)
        # What a dead worker had in its hands is free again after a while.
        everything(session, person, later=CLAIM)
        everything(session, person, later=CLAIM)
    assert sorted(session.bookings.booked().values_list("place", flat=True)) == list(range(1, TIMES + 1))
    assert BookingChange.objects.count() == TIMES
    assert OutgoingMail.objects.filter(state="sent").count() == OutgoingMail.objects.count() == TIMES
    received = arrived.read_text().split()
    for person in people:
        assert 1 <= received.count(person.email) <= 2


def everything(session, person: User, later=timedelta()) -> None:
    """Press, and let the jobs run."""
    book(key=session.key, person=person, now=timezone.now())
    telling.tell_due(now=timezone.now())
    sending.send_due(now=timezone.now() + later)


class MailServer:
    """Writes down who got a mail, as a mail server would."""

    def __init__(self, arrived):
        self.arrived = arrived

    def send_messages(self, messages):
        with self.arrived.open("a") as file:
            file.writelines(f"{address}\n" for message in messages for address in message.to)
        return len(messages)
