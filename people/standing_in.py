"""Standing in: while a manager is away, somebody whom they name answers requests in their place."""

from datetime import date

from django.db.models import QuerySet

from people.models import StandIn, User


def name_deputy(*, manager: User, deputy: User, from_day: date, until_day: date) -> StandIn:
    """Say who answers while this manager is away. What was said before is replaced."""
    said = {"deputy": deputy, "from_day": from_day, "until_day": until_day}
    return StandIn.objects.update_or_create(manager=manager, defaults=said)[0]


def back_again(*, manager: User) -> None:
    """The manager answers alone again. Twice is once."""
    StandIn.objects.filter(manager=manager).delete()


def stood_in_for(deputy: User, day: date) -> QuerySet[User]:
    """The managers for whom this person answers on that day. Somebody who works for a partner agency now: for none."""
    if not deputy.is_active or deputy.is_partner:
        return User.objects.none()
    return User.objects.filter(stand_in__deputy=deputy, stand_in__from_day__lte=day, stand_in__until_day__gte=day)
