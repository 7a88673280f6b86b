"""A job: whoever was made inactive by another way than the verb leaves as everybody does."""

import logging
from datetime import datetime

from people.leaving import leave_service
from people.models import User

logger = logging.getLogger(__name__)


def finish_leaving(*, now: datetime) -> None:
    """End what is left of everybody who is not active any more; one failure stops nobody else's."""
    User.objects.filter(is_active=True, left_at__isnull=False).update(left_at=None)
    for person in User.objects.filter(is_active=False, left_at=None):
        try:
            leave_service(person=person, by=None, now=now)
        except Exception:
            logger.exception("What person %s has on the hub was not all ended; it is tried again.", person.pk)
