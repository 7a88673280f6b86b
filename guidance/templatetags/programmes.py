"""What templates ask of programmes: a page places the tag, so that no room below needs to know them."""

from django import template
from django.urls import reverse

from guidance.programmes.team import may_see_programmes_of_others

register = template.Library()


@register.simple_tag(takes_context=True)
def programmes_of_others_address(context) -> str:
    """Where the reader sees how far other people are; nothing for whom there is nobody."""
    return reverse("team_programmes") if may_see_programmes_of_others(context["request"].user) else ""
