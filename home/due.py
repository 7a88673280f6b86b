"""What waits for somebody: counted in one query, whatever their roles, each with the place where it is settled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.utils import timezone
from wagtail.models import TaskState, get_page_models

from champions.inbox import tips_to_read, waiting_for
from champions.models import Question
from events.asked import unanswered
from events.closing import ASKED_FOR, missed_by, open_lists
from events.desk import organised_by
from events.models import Booking, SessionDate
from events.states import State
from events.team import answerable
from feedback import suggesting
from feedback.remarks import to_settle
from feedback.surveys import open_for
from guidance import consulting
from guidance.models import PolicyPage
from pages.models import HubPage
from pages.public import waiting_for_approval
from pages.stewardship import DUE_SOON
from pages.wording import counted
from people.models import User
from people.roles import EDITING_ROLES, Role

LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Due:
    """One thing that waits: in words with its number, and where to go."""

    name: str
    count: int
    words: str
    url: str


@dataclass(frozen=True)
class Kind:
    """A kind of thing that may wait. `roles` empty: for everybody."""

    name: str
    of: Callable[[User, datetime], QuerySet]
    words: Callable[[int], str]
    url: str
    roles: tuple[Role, ...] = ()


def looked_after(person: User, today: date) -> QuerySet[HubPage]:
    """Published pages that this person answers for, as owner or, where there is none, as deputy."""
    theirs = Q(steward=person) | Q(steward=None, deputy=person)
    return HubPage.objects.in_use(today).once().filter(theirs)


def ownerless(on: date) -> QuerySet[HubPage]:
    """Published pages of the types that ask for an owner, and have neither owner nor deputy."""
    types = [model for model in get_page_models() if "steward" in model.required_to_publish]
    return HubPage.objects.in_use(on).once().type(*types).filter(steward=None, deputy=None)


def _to_review(person: User, now: datetime) -> QuerySet:
    today = timezone.localdate(now)
    return looked_after(person, today).filter(next_review__lte=today + DUE_SOON)


def _overdue(person: User, now: datetime) -> QuerySet:
    today = timezone.localdate(now)
    return HubPage.objects.in_use(today).once().filter(next_review__lt=today)


def _to_comment_on(person: User, now: datetime) -> QuerySet:
    today = timezone.localdate(now)
    return consulting.unanswered(PolicyPage.objects.in_use(today).visible_to(person), person, today)


def _for_approval(person: User, now: datetime) -> QuerySet:
    groups = person.groups.values("pk")
    return TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__groupapprovaltask__groups__in=groups)


def _answers(person: User, now: datetime) -> QuerySet:
    return Question.objects.filter(asker=person, state=Question.State.ANSWERED, closed_at__gte=now - LATELY)


def _dates(person: User, now: datetime) -> QuerySet:
    coming = SessionDate.objects.filter(cancelled_at=None, starts_at__gte=now, starts_at__lt=now + LATELY)
    return coming.filter(session__in=organised_by(person).values("pk"))


def _lists_to_close(person: User, now: datetime) -> QuerySet:
    theirs = organised_by(person).values("pk")
    return open_lists(now).filter(session__in=theirs, ends_at__gt=now - ASKED_FOR)


def _number(one: str, many: str) -> Callable[[int], str]:
    return lambda count: one if count == 1 else many.format(count)


KINDS = [
    Kind(
        "offers",
        lambda person, now: Booking.objects.filter(person=person, state=State.OFFERED),
        _number("A place is offered to you", "{} places are offered to you"),
        "/me/bookings/",
    ),
    Kind(
        "requests",
        lambda person, now: answerable(person, now).filter(state=State.REQUESTED),
        _number("Somebody waits for your yes or no", "{} people wait for your yes or no"),
        "/events/team/",
        (Role.MANAGER,),
    ),
    Kind(
        "questions",
        lambda person, now: waiting_for(person),
        _number("A question waits for your answer", "{} questions wait for your answer"),
        "/me/questions/",
    ),
    Kind(
        "answers",
        _answers,
        _number("A champion has answered you", "Champions have answered {} of your questions"),
        "/me/questions/",
    ),
    Kind(
        "feedback",
        open_for,
        _number("A form asks what an event was worth", "{} forms ask what events were worth"),
        "/me/bookings/",
    ),
    Kind(
        "missed",
        missed_by,
        _number("You were missed at an event: what happened?", "You were missed at {} events: what happened?"),
        "/me/bookings/",
    ),
    Kind(
        "approvals",
        _for_approval,
        _number("A page waits for your review", "{} pages wait for your review"),
        "/admin/",
        tuple(EDITING_ROLES),
    ),
    Kind(
        "drafts",
        lambda person, now: HubPage.objects.filter(owner=person, has_unpublished_changes=True),
        _number("A draft of yours is not published", "{} drafts of yours are not published"),
        "/admin/",
        tuple(EDITING_ROLES),
    ),
    Kind(
        "remarks",
        lambda person, now: to_settle(person),
        _number("A reader says what is wrong with a page of yours", "Readers say {} things are wrong with your pages"),
        "/me/remarks/",
    ),
    Kind(
        "consultations",
        _to_comment_on,
        _number("A policy is open for your comment", "{} policies are open for your comment"),
        "/guidance/consultations/",
    ),
    Kind(
        "suggestions",
        lambda person, now: suggesting.waiting(),
        _number("A suggestion of a colleague waits", "{} suggestions of colleagues wait"),
        "/admin/suggestions/?state=waiting",
        (Role.EDITOR, Role.PSW, Role.ADMINISTRATOR),
    ),
    Kind(
        "public",
        lambda person, now: waiting_for_approval(timezone.localdate(now)),
        _number("A page waits to be approved for the public", "{} pages wait to be approved for the public"),
        "/admin/reports/public/",
        (Role.PSW, Role.ADMINISTRATOR),
    ),
    Kind("tips", lambda person, now: tips_to_read(person), lambda n: f"{counted(n, 'tip')} to read", "/me/tips/"),
    Kind(
        "reviews",
        _to_review,
        _number("A page of yours is due for review", "{} pages of yours are due for review"),
        "/me/pages/",
    ),
    Kind(
        "ownerless",
        lambda person, now: ownerless(timezone.localdate(now)),
        _number("A page has no owner", "{} pages have no owner"),
        "/me/pages/",
        (Role.EDITOR,),
    ),
    Kind(
        "briefings",
        lambda person, now: unanswered(),
        _number("A team asks for a briefing", "{} teams ask for a briefing"),
        "/events/asked/",
        (Role.ORGANISER,),
    ),
    Kind(
        "sessions",
        _dates,
        _number("You have a session in the coming week", "You have {} sessions in the coming week"),
        "/events/desk/",
        (Role.ORGANISER,),
    ),
    Kind(
        "lists",
        _lists_to_close,
        _number("A list of who came is not closed", "{} lists of who came are not closed"),
        "/events/desk/?show=past",
        (Role.ORGANISER,),
    ),
    Kind(
        "overdue",
        _overdue,
        _number("A page of the hub is past its review day", "{} pages of the hub are past their review day"),
        "/insight/",
        (Role.PSW,),
    ),
]
"""In the order of the page: what somebody else waits for comes first."""


def kinds_for(person: User) -> list[Kind]:
    """What may wait for somebody of these roles, each once."""
    return [kind for kind in KINDS if not kind.roles or person.has_role(*kind.roles)]


def due_items(person: User, now: datetime, beside: Sequence[Combinable] = ()) -> tuple[list[Due], list]:
    """What waits for this person now, without what there is none of; and the values of `beside`.

    One query: a caller who wants to know more of the same person puts it beside, and asks nothing more.
    """
    kinds = kinds_for(person)
    numbers = [_count(kind.of(person, now)) for kind in kinds]
    found = list(User.objects.filter(pk=person.pk).values_list(*numbers, *beside).get())
    counts = zip(kinds, found[: len(kinds)], strict=True)
    due = [Due(kind.name, number, kind.words(number), kind.url) for kind, number in counts if number]
    return due, found[len(kinds) :]


def _count(rows: QuerySet) -> Subquery:
    """How many rows, as a part of a larger query."""
    one = rows.order_by().annotate(all_of_them=Value(1)).values("all_of_them")
    return Subquery(one.annotate(number=Count("pk", distinct=True)).values("number"), output_field=IntegerField())
