"""Who sees the hub's figures, and who supplies the others."""

from people.models import User
from people.roles import Role


def may_see_figures(person: User) -> bool:
    """Managers, principal social workers and administrators. Never partners."""
    return person.acts_as(Role.MANAGER, Role.PSW, Role.ADMINISTRATOR)


def may_supply_figures(person: User) -> bool:
    """Principal social workers and administrators: they answer for where a figure comes from."""
    return person.acts_as(Role.PSW, Role.ADMINISTRATOR)
