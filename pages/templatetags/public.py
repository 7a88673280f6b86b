"""Where a page stands with the public, for the page editor."""

from django import template

from pages.public import public_state as state_of

register = template.Library()


@register.simple_tag
def public_state(page):
    """Its `pages.public.PublicState`."""
    return state_of(page)
