"""What templates ask of bookings: a page names the tag, so that no page type needs to know them."""

from django import template
from django.urls import reverse
from django.utils import timezone

from events.booking.permissions import leads_a_team, may_see_coverage, may_see_team, organised_by, organises_all
from events.briefings.asked import unanswered
from events.kinds import EventKind
from events.models.rules import rules_as_drawn
from events.reading.availability import EventSessions
from events.reading.diary import Diary
from feedback.permissions import may_see_results
from practice import editions

register = template.Library()


@register.simple_tag(takes_context=True)
def sessions_of(context, page) -> EventSessions:
    """The sessions of an event, for the person who reads, at this moment."""
    if hub := context.get("hub"):
        page.rules = rules_as_drawn(page.event_kind, hub.editions.get(editions.CONTENT))
    return EventSessions(page, context["request"].user, timezone.now())


@register.simple_tag(takes_context=True)
def diary(context, base: str) -> Diary:
    """The dates of all events, as the address asks for them."""
    return Diary(context["request"], base)


@register.simple_tag(takes_context=True)
def briefing_address(context, page) -> str:
    """Where the reader asks for this event to come to a team; nothing where there is nothing to ask."""
    briefs = page.event_kind == EventKind.TEAM_BRIEFING and leads_a_team(context["request"].user)
    return reverse("briefing", args=[page.pk]) if briefs else ""


@register.simple_tag(takes_context=True)
def ways_in_events(context) -> list[dict]:
    """The pages that a manager and an organiser have beside everybody's."""
    person = context["request"].user
    ways = []
    if may_see_team(person):
        ways.append({"title": "My team’s bookings", "url": reverse("team_bookings")})
    if organises_all(person) or organised_by(person).exists():
        ways.append({"title": "Organiser’s desk", "url": reverse("desk_list")})
    if organises_all(person):
        waiting = unanswered().count()
        ways.append(
            {"title": f"What is asked for ({waiting})" if waiting else "What is asked for", "url": reverse("asked_for")}
        )
    if may_see_coverage(person):
        ways.append({"title": "Which teams were reached", "url": reverse("coverage")})
    if may_see_results(person):
        ways.append({"title": "Feedback and its results", "url": reverse("surveys")})
    return ways
