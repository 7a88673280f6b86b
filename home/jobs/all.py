"""Everything that the hub does by itself, read from rows: what is due is done, and doing it twice does no harm."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django.utils.module_loading import import_string
from wagtail.models import Revision

from events.booking.booked_pages import postpone_expiry
from home.duties.telling import tell_due
from home.jobs.working import Turn, ticking_from
from notices.sending import send_due
from pages.models import HubPage
from pages.publishing import publish_gate


def publish_scheduled(*, now: datetime) -> None:
    """Put pages live, or take them off, whose time has come.

    Wagtail goes by the clock; for a moment that is still to come (`run_jobs --at`), what it holds back is done here.
    """
    publish_gate.hold_back(now=now)
    postpone_expiry(now=now)
    call_command("publish_scheduled", verbosity=0)
    if now <= timezone.now():
        return
    for page in HubPage.objects.live().filter(expire_at__lte=now).specific():
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    for revision in Revision.page_revisions.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at"):
        page = revision.as_object()
        page.go_live_at = None
        page.save_revision(clean=False).publish(log_action="wagtail.publish.scheduled")


JOBS: list[Callable] = [publish_scheduled, *map(import_string, settings.JOBS), tell_due, send_due]
"""In order: what writes messages comes before what sends them. Those of rooms beside this one are named in settings."""


def run_due(*, now: datetime) -> list[str]:
    """Do all that is due at that moment, one after the other; returns the names of the jobs that failed."""
    clock, failed = ticking_from(now), []
    for job in JOBS:
        turn = Turn(job, clock())
        turn.take()
        failed += [turn.name] if turn.failed else []
    return failed
