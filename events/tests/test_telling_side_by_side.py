"""Two workers tell at once: each person reads each thing once, and of no step after the one that followed it."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from events.booking.organising import cancel_date, move_date, set_capacity
from events.booking.verbs import book, leave
from events.mail import telling
from events.mail.telling import tell_due
from events.models import BookingChange, Session, What
from notices.models import OutgoingMail
from people.roles import Role
from tests.builders import make_person, make_session

NAMES = ("amina", "ben", "carys", "dev", "eve", "femi", "gwen", "huw")


def a_busy_morning(title: str, people, organiser) -> Session:
    """Six places for eight: two wait, one leaves, places are added, one date moves twice and another falls."""
    session, now = make_session(title=title, capacity=6, dates=2, organiser=organiser), timezone.now()
    bookings = [book(key=session.key, person=person, now=now)[0] for person in people]
    leave(booking=bookings[1], by=people[1], now=now)
    first, second = session.dates.order_by("starts_at")
    for hours in (1, 2):
        begins = first.starts_at + timedelta(hours=hours)
        ends = begins + timedelta(hours=2)
        move_date(date=first, starts_at=begins, ends_at=ends, place="Annexe", by=organiser, now=now)
    set_capacity(session=session, capacity=8, by=organiser, now=now)
    cancel_date(date=second, by=organiser, now=now, reason="Flood")
    return session


def told_of(title: str) -> Counter:
    rows = OutgoingMail.objects.filter(subject__contains=title).values_list("to", "subject", "calendar_method")
    return Counter((to, subject.replace(title, ""), method) for to, subject, method in rows)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_write_what_one_writes(hub, monkeypatch):
    people = [make_person(name, Role.PRACTITIONER) for name in NAMES]
    organiser = make_person("orla", Role.ORGANISER)
    a_busy_morning("Alone", people, organiser)
    tell_due(now=timezone.now())
    one, letter = told_of("Alone"), telling.letter

    def slowly(*given):
        # Long enough for the other worker to come by: it reads what this one has not committed.
        written = letter(*given)
        time.sleep(0.01)
        return written

    monkeypatch.setattr(telling, "letter", slowly)
    for number in range(4):
        title = f"Together {number}"
        a_busy_morning(title, people, organiser)
        together = threading.Barrier(2)

        def work(_, together=together):
            together.wait(timeout=30)
            tell_due(now=timezone.now())
            connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(work, range(2)))
        # What one of them stepped over, since the other held it, is told by the next run.
        tell_due(now=timezone.now())
        assert not BookingChange.objects.filter(told_at=None).exists()
        assert told_of(title) == one


@pytest.mark.django_db
def test_a_step_is_not_told_after_the_one_that_followed_it(practitioner, organiser):
    session, now = make_session(capacity=1, organiser=organiser), timezone.now()
    book(key=session.key, person=organiser, now=now)
    book(key=session.key, person=practitioner, now=now)
    set_capacity(session=session, capacity=2, by=organiser, now=now)
    waiting = BookingChange.objects.get(what=What.WAITING)
    # Another worker was quicker with the later line than this one with the earlier.
    BookingChange.objects.filter(pk=waiting.pk).update(told_at=now)
    tell_due(now=now)
    BookingChange.objects.filter(pk=waiting.pk).update(told_at=None)
    tell_due(now=now)
    (mail,) = OutgoingMail.objects.filter(to=practitioner.email)
    assert mail.subject.startswith("You have a place")
