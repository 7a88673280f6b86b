"""The way to the dashboard, for those who have one."""

from django import template
from django.urls import reverse

from insight.permissions import may_see_figures

register = template.Library()


@register.simple_tag(takes_context=True)
def figures_address(context) -> str:
    """Where this reader sees the hub's figures; empty for those who do not."""
    return reverse("insight") if may_see_figures(context["request"].user) else ""
