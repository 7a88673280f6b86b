"""All duties of the hub: those of the table, and those of rooms beside this one. Whoever must act is written to."""

from datetime import datetime
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from home.duties.table import DUTIES
from notices.duties import Duty, tell_of


@cache
def all_duties() -> list[Duty]:
    """Those above, and those of rooms beside this one, which settings name."""
    return [*DUTIES, *map(import_string, settings.DUTIES)]


def tell_due(*, now: datetime) -> None:
    """A job: write to whoever must act and has not been told."""
    tell_of(all_duties(), now=now)
