"""What the clock does to guidance: posts that closed long ago are taken off the hub."""

from datetime import datetime, timedelta

from django.utils import timezone

from guidance.models import VacancyPage

KEEP_CLOSED = timedelta(days=90)
"""For so long the address of a closed post says that it has closed: people come back by links in old mails."""


def tidy(*, now: datetime) -> None:
    """Unpublish posts that closed long ago. On lists and in search they have not been since the day after closing."""
    for page in VacancyPage.objects.live().filter(closing_date__lt=timezone.localdate(now) - KEEP_CLOSED):
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
