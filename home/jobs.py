"""Everything that the hub does by itself, read from rows: what is due is done, and doing it twice does no harm."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.core.management import call_command

from notices.outbox import send_due

logger = logging.getLogger(__name__)


def publish_scheduled(*, now: datetime) -> None:
    """Put pages live, or take them off, whose time has come. Wagtail goes by its own clock."""
    call_command("publish_scheduled", verbosity=0)


JOBS: list[Callable] = [publish_scheduled, send_due]
"""In order: what writes messages comes before what sends them."""


def run_due(*, now: datetime) -> list[str]:
    """Do all that is due at that moment; returns the names of the jobs that failed. One failure stops no other job."""
    failed = []
    for job in JOBS:
        try:
            job(now=now)
        except Exception:
            logger.exception("The job %s failed; it is tried again next time.", job.__name__)
            failed.append(job.__name__)
    return failed
