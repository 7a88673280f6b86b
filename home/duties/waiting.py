"""What waits for somebody, as rows: asked by the table of duties (home/duties/table.py) and by "my pages"."""

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState, get_page_models

from champions.models import ChampionQuestion
from events.attendance.closing import asked_for, open_lists
from events.booking.answering import asked_last
from events.booking.permissions import organised_by
from events.models import Booking, SessionDate
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


def looked_after(person: User, today: date) -> QuerySet[HubPage]:
    """Published pages that this person answers for, as owner or, where there is none, as deputy."""
    return pages_of(person).in_use(today).once()


def ownerless(on: date) -> QuerySet[HubPage]:
    """Published pages of the types that ask for an owner, and have neither owner nor deputy."""
    types = [model for model in get_page_models() if "steward" in model.required_to_publish]
    return HubPage.objects.in_use(on).once().type(*types).filter(steward=None, deputy=None)


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


def answers(person: User, now: datetime) -> QuerySet:
    return ChampionQuestion.objects.filter(
        asker=person, state=ChampionQuestion.State.ANSWERED, closed_at__gte=now - LATELY
    )


def for_the_public(person: User, now: datetime) -> QuerySet:
    return waiting_for_approval(timezone.localdate(now))


def dates(person: User, now: datetime) -> QuerySet:
    coming = SessionDate.objects.filter(cancelled_at=None, starts_at__gte=now, starts_at__lt=now + LATELY)
    return coming.filter(session__in=organised_by(person).values("pk"))


def requests(person: User, now: datetime) -> QuerySet[Booking]:
    """Requests that this person answers for a team, with or without the role of a manager."""
    if person.has_role(Role.MANAGER):
        return answerable(person, now).filter(state=State.REQUESTED)
    theirs = of_own_teams(person, now)
    if not organises_all(person):
        theirs |= Q(pk__in=asked_last(person).values("pk"))
    return Booking.objects.filter(theirs, state=State.REQUESTED)


def requests_to_organisers(person: User, now: datetime) -> QuerySet[Booking]:
    """Requests of people for whom nobody else is known: this organiser was asked. Those of a team that they lead wait
    on the team's page.
    """
    asked = asked_last(person).filter(session__in=organised_by(person).values("pk"))
    leads = person.team_id and person.has_role(Role.MANAGER)
    return asked.exclude(person__team=person.team_id) if leads else asked


def lists_to_close(person: User, now: datetime) -> QuerySet:
    """Of sessions that this person organises; of those that nobody does any more, every organiser's."""
    nobodys = ~Q(session__organiser__in=organisers_of_all()) & Q(session__organiser_is_guest=False)
    theirs = open_lists(now).filter(session__in=organised_by(person).values("pk"))
    return theirs.filter(Q(session__organiser=person) | nobodys, ends_at__gt=now - asked_for())


def sent_back(person: User, now: datetime) -> QuerySet:
    return WorkflowState.objects.filter(requested_by=person, status=WorkflowState.STATUS_NEEDS_CHANGES)


def owners(now: datetime) -> QuerySet:
    """Owners, and deputies of pages that have none, of pages that are due."""
    today = timezone.localdate(now)
    return _answerable(HubPage.objects.in_use(today).once().filter(next_review__lte=today + DUE_SOON))


def _answerable(pages: QuerySet) -> QuerySet:
    deputies = User.objects.filter(pk__in=pages.filter(steward=None).values("deputy"))
    return (User.objects.filter(pk__in=pages.values("steward")) | deputies).values("pk")
