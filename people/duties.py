"""What a role makes somebody's business. Asked of the roles that they hold now, each time."""

from django.db.models import Q, QuerySet

from people.models import User
from people.roles import Role


def organisers_of_all() -> QuerySet[User]:
    """Everybody whose business every session is, as their roles are now."""
    active = User.objects.filter(is_active=True)
    return active.filter(Q(is_superuser=True) | Q(groups__name__in=(Role.ORGANISER, Role.ADMINISTRATOR)))


def caretakers() -> list[User]:
    """Those who look after the hub: to them goes what is nobody's business any more."""
    active = User.objects.filter(is_active=True).order_by("pk").distinct()
    return list(active.filter(Q(groups__name=Role.ADMINISTRATOR) | Q(is_superuser=True)))


def organises_all(person: User) -> bool:
    """Whether every session is this person's business."""
    return person.acts_as(Role.ORGANISER, Role.ADMINISTRATOR)
