"""What is wrong with one of many small forms on a page."""

from django import template

register = template.Library()


@register.filter
def at(wrong: dict, key: str) -> str:
    """The words for the form with that key, if anything is wrong there."""
    return wrong.get(key, "")
