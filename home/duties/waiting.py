"""What waits for somebody, as rows: asked by the table of duties (home/duties/table.py) and by "my pages"."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState, get_page_models

from champions.models import ChampionQuestion
from events.attendance.closing import asked_for, open_lists
from events.booking.answering import asked_as_organiser, asked_last
from events.booking.permissions import guest_of, organised_by
from events.models import Booking, Session, SessionDate
from events.reading.team import answerable, of_own_teams
from events.states import State
from guidance.models import PolicyPage
from guidance.policies import consulting
from pages.models import HubPage
from pages.public.approved import waiting_for_approval
from pages.public.permissions import pages_of
from pages.publishing.stewardship import DUE_SOON
from people.duties import organisers_of_all, organises_all
from people.models import User
from people.roles import Role

LATELY = timedelta(days=7)
WHO = Concat("person__first_name", Value(" "), "person__last_name")
"""What a request is called."""


def looked_after(person: User, today: date) -> QuerySet[HubPage]:
    """Published pages that this person answers for, as owner or, where there is none, as deputy."""
    return pages_of(person).in_use(today).once()


def ownerless(on: date) -> QuerySet[HubPage]:
    """Published pages of the types that ask for an owner, and have neither owner nor deputy."""
    types = [model for model in get_page_models() if "steward" in model.required_to_publish]
    return HubPage.objects.in_use(on).once().type(*types).filter(steward=None, deputy=None)


def ownerless_for(person: User, on: date) -> QuerySet[HubPage]:
    """Those that this person is to name an owner for: editors are, and where there is none, administrators."""
    if person.has_role(Role.EDITOR):
        return ownerless(on)
    if person.has_role(Role.ADMINISTRATOR):
        return ownerless(on).exclude(Exists(User.objects.filter(groups__name=Role.EDITOR, is_active=True)))
    return ownerless(on).none()


def to_review(person: User, now: datetime) -> QuerySet:
    today = timezone.localdate(now)
    return looked_after(person, today).filter(next_review__lte=today + DUE_SOON)


def overdue(person: User, now: datetime) -> QuerySet:
    today = timezone.localdate(now)
    return HubPage.objects.in_use(today).once().filter(next_review__lt=today)


def to_comment_on(person: User, now: datetime) -> QuerySet:
    today = timezone.localdate(now)
    return consulting.unanswered(PolicyPage.objects.in_use(today).visible_to(person), person, today)


def comments_to_answer(person: User, now: datetime) -> QuerySet:
    """Policies that this person answers for, on which colleagues commented and have not read what came of it."""
    today = timezone.localdate(now)
    return consulting.not_answered_for(
        PolicyPage.objects.in_use(today).filter(pk__in=pages_of(person).values("pk")), today
    )


def who_asked(now: datetime) -> QuerySet:
    """Owners, and deputies where there is none, of such policies."""
    today = timezone.localdate(now)
    return _answerable(consulting.not_answered_for(PolicyPage.objects.in_use(today), today))


def for_approval(person: User, now: datetime) -> QuerySet:
    groups = person.groups.values("pk")
    return TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__groupapprovaltask__groups__in=groups)


def requests(person: User, now: datetime) -> QuerySet[Booking]:
    """Requests that this person answers for a team, with or without the role of a manager."""
    if person.has_role(Role.MANAGER):
        return answerable(person, now).filter(state=State.REQUESTED)
    led = User.objects.filter(manager=person, is_active=True).values("team")
    asked = asked_last(person).filter(Q(person__team__in=led) | Q(person__manager__manager=person))
    theirs = of_own_teams(person, now) | Q(pk__in=asked.values("pk"))
    return Booking.objects.filter(theirs, state=State.REQUESTED)


def requests_on_desk(person: User, now: datetime) -> QuerySet[Booking]:
    """Who waits for an organiser's yes or no, since nobody is known who answers for them."""
    asked = asked_as_organiser(person)
    return asked if organises_all(person) else asked.filter(session__in=guest_of(person).values("pk"))


def answers(person: User, now: datetime) -> QuerySet:
    return ChampionQuestion.objects.filter(
        asker=person, state=ChampionQuestion.State.ANSWERED, closed_at__gte=now - LATELY
    )


def for_the_public(person: User, now: datetime) -> QuerySet:
    return waiting_for_approval(timezone.localdate(now))


def dates(person: User, now: datetime) -> QuerySet:
    coming = SessionDate.objects.filter(cancelled_at=None, starts_at__gte=now, starts_at__lt=now + LATELY)
    return coming.filter(session__in=_sessions_of(person).values("pk"))


def _sessions_of(person: User) -> QuerySet[Session]:
    """Every session for organisers; for somebody who was named without that role, those that name them."""
    return organised_by(person) if person.has_role(Role.ORGANISER) else guest_of(person)


def lists_to_close(person: User, now: datetime) -> QuerySet:
    """Of sessions that this person organises; of those that nobody does any more, every organiser's."""
    by_a_guest = Q(session__organiser_is_guest=True, session__organiser__is_active=True)
    nobodys = ~Q(session__organiser__in=organisers_of_all()) & ~by_a_guest
    theirs = open_lists(now).filter(session__in=_sessions_of(person).values("pk"))
    return theirs.filter(Q(session__organiser=person) | nobodys, ends_at__gt=now - asked_for())


def organising(now: datetime) -> QuerySet:
    """Organisers, and who is named on a session without that role."""
    guests = Session.objects.filter(organiser_is_guest=True, organiser__isnull=False).values("organiser")
    return User.objects.filter(Q(groups__name=Role.ORGANISER) | Q(pk__in=guests)).values("pk")


def sent_back(person: User, now: datetime) -> QuerySet:
    return WorkflowState.objects.filter(requested_by=person, status=WorkflowState.STATUS_NEEDS_CHANGES)


def owners(now: datetime) -> QuerySet:
    """Owners, and deputies of pages that have none, of pages that are due."""
    today = timezone.localdate(now)
    return _answerable(HubPage.objects.in_use(today).once().filter(next_review__lte=today + DUE_SOON))


def _answerable(pages: QuerySet) -> QuerySet:
    deputies = User.objects.filter(pk__in=pages.filter(steward=None).values("deputy"))
    return (User.objects.filter(pk__in=pages.values("steward")) | deputies).values("pk")
