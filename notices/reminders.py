"""Which reminder somebody sees now, and putting it away."""

from datetime import date

from django.core.exceptions import PermissionDenied

from notices.reminder_models import PutAway, Reminder


def reminder_for(person, today: date) -> Reminder | None:
    """The one to show: of those meant for this person and not put away, the one that ends first. One query."""
    return Reminder.objects.showing(today).meant_for(person).exclude(put_away__person=person).first()


def may_see(person, reminder: Reminder) -> bool:
    """Whether it is meant for this person, on whatever day."""
    return person.is_active and Reminder.objects.meant_for(person).filter(pk=reminder.pk).exists()


def put_away(*, reminder: Reminder, by) -> None:
    """Not to be shown to this person again; the next one takes its place. Twice is once."""
    if not may_see(by, reminder):
        raise PermissionDenied
    PutAway.objects.get_or_create(reminder=reminder, person=by)


def bring_back(*, reminder: Reminder, by) -> None:
    """Shown to this person again, for as long as it lasts."""
    PutAway.objects.filter(reminder=reminder, person=by).delete()
