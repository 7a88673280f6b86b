"""The day of a version that waited has come."""

from datetime import datetime

from django.utils import timezone
from wagtail.signals import page_published

from guidance.models import PolicyPage
from guidance.policies import in_force, versions


def bring_into_force(*, now: datetime) -> None:
    """A job: what has come into force since becomes the text of its page, for lists and for search too."""
    today = timezone.localdate(now)
    for page in PolicyPage.objects.live():
        held = in_force.holding(versions.of(page), today)
        if held and held.version != page.version and held.text:
            in_force.put(page, held.text)
            page.live_revision_id = held.revision_id
            page.has_unpublished_changes = page.latest_revision_id != held.revision_id
            page.save()
            page_published.send(sender=type(page), instance=page, revision=page.live_revision)
