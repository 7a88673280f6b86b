"""Who sees the hub's figures, and who supplies the others."""

from people.models import User
from people.roles import Role


def may_see_figures(person: User) -> bool:
    """Managers, principal social workers and administrators. Never partners."""
    return person.is_active and (person.is_superuser or person.has_role(Role.MANAGER, Role.PSW, Role.ADMINISTRATOR))


def may_supply_figures(person: User) -> bool:
    """Principal social workers and administrators: they answer for where a figure comes from."""
    return person.is_active and (person.is_superuser or person.has_role(Role.PSW, Role.ADMINISTRATOR))
