"""What templates ask of protected time: a page places the tag, so that no room below needs to know it."""

from django import template
from django.utils import timezone

from learning import time

register = template.Library()


@register.inclusion_tag("components/time-bar.html", takes_context=True)
def time_bar(context) -> dict:
    """This month's protected time of whoever reads the page."""
    return {"time": time.month(context["request"].user, timezone.localdate())}
