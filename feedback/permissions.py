"""Who may see results, and who reads pledges before they are shown."""

from people.models import User
from people.roles import Role


def may_see_results(person: User) -> bool:
    """Organisers, principal social workers and administrators."""
    return person.is_active and (person.is_superuser or person.has_role(Role.ORGANISER, Role.PSW, Role.ADMINISTRATOR))
