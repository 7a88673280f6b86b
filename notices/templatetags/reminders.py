"""The reminder of whoever reads the page: a page places the tag, and asks nothing where it does not."""

from django import template
from django.middleware.csrf import get_token
from django.utils import timezone

from notices.reminders import reminder_for

register = template.Library()


@register.inclusion_tag("notices/reminder.html", takes_context=True)
def reminder(context, back: str) -> dict:
    """One reminder, or none; and the way to undo having put one away just now. `back` is "home" or "me"."""
    request = context["request"]
    away = request.GET.get("put-away", "")
    may = request.user.is_authenticated and request.hub.may_remind
    found = reminder_for(request.user, timezone.localdate()) if may else None
    return {
        "reminder": found,
        "away": away if away.isascii() and away.isdigit() and len(away) < 19 else "",
        "back": back,
        "csrf_token": get_token(request) if found or away else "",
    }
