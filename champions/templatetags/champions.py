"""What champions add to other pages: what they have learned from it."""

from django import template

from champions.models import Tip

register = template.Library()
TIPS_SHOWN = 5


@register.simple_tag
def tips_for(page) -> list[Tip]:
    """Champions' tips that the page's owner has taken, the newest first."""
    return list(Tip.objects.filter(tool=page.pk, state=Tip.State.SHOWN).select_related("by")[:TIPS_SHOWN])
