"""What organisers are asked for: briefings of teams, and dates of events that have none."""

from functools import cached_property

from django.db.models import Count, F, Min, Prefetch, QuerySet

from events.models import BriefingRequest, EventPage
from feedback.models import LearningNeed
from feedback.needs import wanted
from people.models import Team

LATELY = 20
MOST = 200


def unanswered() -> QuerySet[BriefingRequest]:
    return BriefingRequest.objects.filter(state=BriefingRequest.State.ASKED)


def asked_of(event: EventPage, teams: QuerySet[Team]) -> list[dict]:
    """What was asked for these teams, the latest first, with the date that came of it."""
    wishes = BriefingRequest.objects.filter(event=event, team__in=teams).select_related("team", "session", "asked_by")
    return [
        {"wish": wish, "when": wish.session.where_when.in_short if wish.session and wish.session.starts_at else ""}
        for wish in wishes.order_by("-asked_at", "-pk")[:LATELY]
    ]


class AskedFor:
    """The whole list: six queries."""

    late = [f"event__{name}" for name in EventPage.read_late]

    @cached_property
    def briefings(self) -> list[BriefingRequest]:
        """Who waits for an answer, the longest first."""
        waiting = unanswered().select_related("event", "team", "asked_by").defer(*self.late)
        return list(waiting.order_by("asked_at", "pk")[:MOST])

    @cached_property
    def answered(self) -> list[BriefingRequest]:
        """What was answered lately."""
        answered = BriefingRequest.objects.filter(answered_at__isnull=False).order_by("-answered_at", "-pk")
        late = [*self.late, *(f"session__event__{name}" for name in EventPage.read_late)]
        answered = answered.select_related("event", "team", "answered_by", "session__event").defer(*late)
        return list(answered.prefetch_related("session__dates")[:LATELY])

    @cached_property
    def dates(self) -> list[EventPage]:
        """Events for which people want a date, the most wanted first."""
        wanted = EventPage.objects.filter(interests__isnull=False).defer(*EventPage.read_late)
        counted = wanted.annotate(wanting=Count("interests"), since=Min("interests__since"))
        return list(counted.order_by(F("wanting").desc(), "since", "pk")[:MOST])

    @cached_property
    def needs(self) -> list[LearningNeed]:
        """What people want to learn next, with the events that would meet it."""
        meeting = Prefetch("events", EventPage.objects.live().defer(*EventPage.read_late).order_by("title"))
        return list(wanted().prefetch_related(meeting)[:MOST])
