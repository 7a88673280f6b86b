"""Who may see and change whose time. Called by the verbs, not only by the screens."""

from learning.models import TimeEntry
from people.models import User
from people.roles import Role


def may_change(person: User, entry: TimeEntry) -> bool:
    """One's own time is one's own: no manager and no administrator changes it."""
    return person.is_active and entry.person_id == person.pk


def may_see_team_totals(person: User) -> bool:
    """Managers see sums of their team, never whose they are."""
    return person.is_active and person.has_role(Role.MANAGER)
