"""Who may see results, and who reads pledges before they are shown."""

from django.db.models import Q, QuerySet

from feedback.models import Mode, Survey
from pages.models import HubPage
from pages.visibility.readers import Reader
from people.models import User
from people.roles import Role


def may_see_results(person: User) -> bool:
    """Organisers, principal social workers and administrators."""
    return person.acts_as(Role.ORGANISER, Role.PSW, Role.ADMINISTRATOR)


def may_see_names(person: User, survey: Survey) -> bool:
    """Whether this person may read who wrote what: as the form has promised to those who filled it in."""
    if survey.mode == Mode.ANONYMOUS or not may_see_results(person):
        return False
    organises = person.is_superuser or person.has_role(Role.ORGANISER, Role.ADMINISTRATOR)
    return organises or survey.mode == Mode.NAMED


def told_to(reader: Reader, rows: QuerySet) -> QuerySet:
    """Those pledges, or lines of "You said, we did", that this person may read: where the page of the form is for them.

    What belongs to no form is for council staff.
    """
    theirs = Q(survey__page__in=HubPage.objects.seen_by(reader).values("pk"))
    return rows.filter(theirs if reader.is_partner else theirs | Q(survey__page=None))
