"""How long the hub remembers what people learned when."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from learning.models import Attended, Enrolment, TimeEntry
from people.retention import months_before


def forget(*, now: datetime) -> None:
    """A job: delete entries of protected time that are older than a council keeps them, and what was done long ago.

    Who is on a programme keeps all that counts towards it, however long it takes.
    """
    before = timezone.localdate(months_before(now, settings.HUB_TIME_KEEP_MONTHS))
    TimeEntry.objects.filter(on__lt=before).delete()
    Enrolment.objects.filter(left_on__lt=before).delete()
    on_a_programme = Enrolment.objects.filter(left_on=None).values("person")
    Attended.objects.filter(on__lt=before).exclude(person__in=on_a_programme).delete()
