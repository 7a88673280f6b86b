"""What becomes of wishes when somebody leaves the service."""

from datetime import datetime

from feedback.models import NeedInterest
from people.models import User


def want_no_more(*, person: User, by: User | None, now: datetime) -> None:
    """What they wanted to learn is planned for nobody. What they answered and pledged stays as it was said."""
    NeedInterest.objects.filter(person=person).delete()
