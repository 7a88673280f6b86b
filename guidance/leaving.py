"""What becomes of followed policies when somebody leaves the service."""

from datetime import datetime

from guidance.models import PolicyFollower
from people.models import User


def follow_no_more(*, person: User, by: User | None, now: datetime) -> None:
    """Nobody writes to them of new versions. What they said of a policy stays until it is forgotten."""
    PolicyFollower.objects.filter(person=person).delete()
