"""Who may see results, and who reads pledges before they are shown."""

from feedback.models import Mode, Survey
from people.models import User
from people.roles import Role


def may_see_results(person: User) -> bool:
    """Organisers, principal social workers and administrators."""
    return person.is_active and (person.is_superuser or person.has_role(Role.ORGANISER, Role.PSW, Role.ADMINISTRATOR))


def may_see_names(person: User, survey: Survey) -> bool:
    """Whether this person may read who wrote what: as the form has promised to those who filled it in."""
    if survey.mode == Mode.ANONYMOUS or not may_see_results(person):
        return False
    organises = person.is_superuser or person.has_role(Role.ORGANISER, Role.ADMINISTRATOR)
    return organises or survey.mode == Mode.NAMED
