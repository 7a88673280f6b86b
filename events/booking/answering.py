"""Who answers a request to come: as for anything else of that person, and where nobody is known, the organiser."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from events.dates.wording import day_and_time
from events.models import Booking, BookingChange, What
from events.states import State
from people.answering import Answers, Why, who_answers_for
from people.duties import caretakers
from people.models import User
from people.roles import Role

NAMES_SHOWN = 3
NOBODY_ABOVE = Q(person__manager=None) | Q(person__manager__is_active=False)
"""Bookings of people without a manager who works here."""


def who_answers(bookings: Iterable[Booking], now: datetime) -> dict[int, Answers]:
    """Who may say yes or no to each of these requests now, by the number of the booking. Nobody answers their own."""
    bookings = [booking for booking in bookings if booking.person_id]
    if not bookings:
        return {}
    of_people = who_answers_for({booking.person for booking in bookings}, timezone.localdate(now))
    found = {one.pk: of_people[one.person_id] for one in bookings if one.person_id in of_people}
    alone = [booking for booking in bookings if booking.pk not in found]
    of_events = [organisers(), caretakers()] if alone else []
    return found | {booking.pk: Answers(_who_organises(booking, of_events), None) for booking in alone}


def answered_by(person: User, now: datetime) -> set[int]:
    """The numbers of requests of people without a manager that this person was asked to answer and still may: for a
    team, and not as its organiser."""
    lines = BookingChange.objects.filter(what=What.ASKED, person=person).values("booking")
    requests = Booking.objects.filter(NOBODY_ABOVE, state=State.REQUESTED, pk__in=lines, person__isnull=False)
    found = who_answers(requests.select_related("person", "session__organiser"), now)
    return {pk for pk, answers in found.items() if answers.why and person in answers.people}


def asked_as_organiser(person: User) -> QuerySet[Booking]:
    """Requests that this person was asked to answer as the organiser, while nobody else is there to answer for whoever
    asks: in one query, for a list. Whether they still organise is the caller's to ask."""
    of_team = Q(groups__name=Role.MANAGER, team=OuterRef("person__team"))
    of_team |= Q(reports__team=OuterRef("person__team"), reports__is_active=True)
    leads = User.objects.filter(of_team, is_active=True).exclude(pk=OuterRef("person"))
    lines = BookingChange.objects.filter(what=What.ASKED, person=person).values("booking")
    waiting = Booking.objects.filter(NOBODY_ABOVE, state=State.REQUESTED, pk__in=lines, person__isnull=False)
    return waiting.exclude(Exists(leads)).exclude(person=person)


def asked_last(person: User) -> QuerySet[Booking]:
    """Requests of people with nobody above them for which this person was asked, and nobody after them.

    A guess that costs no query of its own: who answers for somebody is worked out by `who_answers`.
    """
    later = BookingChange.objects.filter(booking=OuterRef("booking"), what=What.ASKED, at__gt=OuterRef("at"))
    lines = BookingChange.objects.filter(booking=OuterRef("pk"), what=What.ASKED, person=person)
    last = Exists(lines.filter(~Exists(later.exclude(person=person))))
    return Booking.objects.filter(NOBODY_ABOVE, last, state=State.REQUESTED).exclude(person=person)


def organisers() -> list[User]:
    """All organisers of events, or where there is none, those who look after the hub."""
    active = User.objects.filter(is_active=True).order_by("pk").distinct()
    return list(active.filter(groups__name=Role.ORGANISER)) or caretakers()


def _who_organises(booking: Booking, groups: list[list[User]]) -> tuple[User, ...]:
    """Who is named, else the first group in which there is somebody else than who asks."""
    named = booking.session.current_organiser
    others = ([one for one in group if one and one.pk != booking.person_id] for group in ([named], *groups))
    return tuple(next(filter(None, others), ()))


def asked_in_words(answers: Answers) -> str:
    """Who has been asked, told to the person who asks: Meg Hart has been asked."""
    if not answers.people:
        return "Nobody who could answer is known here. Tell whoever looks after the hub."
    names, have = names_of(answers.people), "has" if len(answers.people) == 1 else "have"
    one, few = len(answers.people) == 1, len(answers.people) <= NAMES_SHOWN
    as_organisers = " as the organiser" if one else " as organisers" if few else ""
    return {
        Why.MANAGER: f"{names} {have} been asked.",
        Why.ABOVE: f"Your manager no longer uses the hub, so {names} {have} been asked.",
        Why.TEAM: f"No manager of yours is known here, so {names} {have} been asked for your team.",
        None: f"No manager of yours is known here, so {names} {have} been asked{as_organisers}.",
    }[answers.why]


def names_of(people: tuple[User, ...]) -> str:
    """Meg Hart · Meg Hart or Dan Reed · the organisers, where they are many."""
    if not people or len(people) > NAMES_SHOWN:
        return "the organisers"
    *first, last = map(str, people)
    return f"{', '.join(first)} or {last}" if first else last


def request_in_words(booking: Booking, answers: Answers) -> str:
    """Where a request stands, for the person who made it."""
    return f"{asked_in_words(answers)} You have an answer by {day_and_time(booking.answer_by)}."
