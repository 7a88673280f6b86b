"""Who may see and change whose time and steps. Called by the verbs, not only by the screens."""

from learning.models import Enrolment, TimeEntry
from people.models import User
from people.roles import Role


def may_change(person: User, entry: TimeEntry) -> bool:
    """One's own time is one's own: no manager and no administrator changes it."""
    return person.is_active and entry.person_id == person.pk


def may_see_team_totals(person: User) -> bool:
    """Managers see sums of their team, never whose they are."""
    return person.is_active and person.has_role(Role.MANAGER)


def may_enrol(by: User, person: User) -> bool:
    """People join by themselves; their own manager and the principal social worker can put them on a programme."""
    return by.is_active and person.is_active and (by == person or manages(by, person) or may_see_all_programmes(by))


def may_tick(by: User, enrolment: Enrolment) -> bool:
    """Only whose step it is says that it is done."""
    return by.is_active and enrolment.person_id == by.pk


def manages(by: User, person: User) -> bool:
    return by.is_active and person.manager_id == by.pk


def leads_a_team(by: User) -> bool:
    """Managers by role, and whoever has somebody to look after: they see the steps of their own team."""
    return by.is_active and (by.has_role(Role.MANAGER) or by.reports.filter(is_active=True).exists())


def may_see_all_programmes(by: User) -> bool:
    """Who sees how far everybody on a programme is, as counts without names."""
    return by.acts_as(Role.PSW)
