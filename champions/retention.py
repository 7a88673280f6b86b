"""How long the hub remembers what was asked of champions."""

from datetime import datetime

from django.conf import settings

from champions.models import ChampionQuestion
from people.retention import months_before


def forget(*, now: datetime) -> None:
    """A job: questions and answers go when they have been closed for so many months. Tips on tools stay."""
    ChampionQuestion.objects.filter(closed_at__lt=months_before(now, settings.HUB_QUESTION_KEEP_MONTHS)).delete()
