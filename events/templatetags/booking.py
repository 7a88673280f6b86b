"""What templates ask of bookings: a page names the tag, so that no page type needs to know them."""

from django import template
from django.utils import timezone

from events.diary import Diary
from events.places import EventSessions

register = template.Library()


@register.simple_tag(takes_context=True)
def sessions_of(context, page) -> EventSessions:
    """The sessions of an event, for the person who reads, at this moment."""
    return EventSessions(page, context["request"].user, timezone.now())


@register.simple_tag(takes_context=True)
def diary(context, base: str) -> Diary:
    """The dates of all events, as the address asks for them."""
    return Diary(context["request"], base)
