"""What becomes of programmes when somebody leaves the service."""

from datetime import datetime

from django.utils import timezone

from learning.models import Enrolment, TimeEntry, TimeState
from people.models import User


def leave_programmes(*, person: User, by: User | None, now: datetime) -> None:
    """They are on no programme any more, and no time of theirs is planned; what they did stays in the counts."""
    today = timezone.localdate(now)
    Enrolment.objects.filter(person=person, left_on=None).update(left_on=today)
    TimeEntry.objects.filter(person=person, state=TimeState.PLANNED, on__gte=today).delete()
