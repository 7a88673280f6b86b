"""Who says yes or no for somebody: their manager, else whoever is above them, else who leads their team.

Derived each time from who is there now, so that a manager who leaves, or a team that gets another, is known at once.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import F

from people.models import StandIn, User
from people.roles import Role

HIGHEST = 6
"""Steps from somebody to the top of the service: more would be a circle of managers."""


class Why(Enum):
    """What makes somebody the one who answers."""

    MANAGER = "their manager"
    ABOVE = "above their manager, who has left"
    TEAM = "leads their team"


@dataclass(frozen=True)
class Answers:
    """Those who may answer for somebody, and why it is they; None where nobody of that person is known.

    Stand-ins come after those for whom they stand in.
    """

    people: tuple[User, ...]
    why: Why | None


def who_answers_for(people: Iterable[User], day: date) -> dict[int, Answers]:
    """For each of these people, by their number; nobody where nobody is known. In a handful of queries."""
    people = list(people)
    found = _above(people)
    found |= _leads_of_teams([person for person in people if person.pk not in found])
    deputies = _deputies({one.pk for answers in found.values() for one in answers.people}, day)
    with_deputies = {pk: _with_deputies(one, deputies, pk) for pk, one in found.items()}
    return {pk: answers for pk, answers in with_deputies.items() if answers.people}


def _above(people: list[User]) -> dict[int, Answers]:
    """The next above each who still works here: the manager, or the manager's manager."""
    found, looking = {}, {person.pk: person.manager_id for person in people if person.manager_id}
    for step in range(HIGHEST):
        managers = User.objects.in_bulk(set(looking.values())) if looking else {}
        for pk, manager_pk in list(looking.items()):
            manager = managers.get(manager_pk)
            if manager and manager.is_active and manager.pk != pk:
                found[pk] = Answers((manager,), Why.ABOVE if step else Why.MANAGER)
            looking[pk] = manager and manager.manager_id
        looking = {pk: above for pk, above in looking.items() if above and pk not in found}
    return found


def _leads_of_teams(people: list[User]) -> dict[int, Answers]:
    """Managers by role who belong to the team; in a team without one, whoever manages the others of it."""
    teams = {person.team_id for person in people if person.team_id}
    if not teams:
        return {}
    leads, managers = defaultdict(list), defaultdict(list)
    active = User.objects.filter(is_active=True).order_by("pk").distinct()
    for lead in active.filter(team__in=teams, groups__name=Role.MANAGER):
        leads[lead.team_id].append(lead)
    members = active.filter(reports__team__in=teams, reports__is_active=True)
    for manager in members.annotate(leads=F("reports__team")):
        managers[manager.leads].append(manager)
    found = {}
    for person in people:
        of_team = [one for one in leads[person.team_id] or managers[person.team_id] if one.pk != person.pk]
        if of_team:
            found[person.pk] = Answers(tuple(of_team), Why.TEAM)
    return found


def _deputies(managers: set[int], day: date) -> dict[int, User]:
    on = StandIn.objects.filter(manager__in=managers, from_day__lte=day, until_day__gte=day, deputy__is_active=True)
    found = on.select_related("deputy") if managers else ()
    return {one.manager_id: one.deputy for one in found if not one.deputy.is_partner}


def _with_deputies(answers: Answers, deputies: dict[int, User], asks: int) -> Answers:
    """With who stands in today, except for whoever asks: nobody says yes to their own request."""
    stand_ins = [deputies[one.pk] for one in answers.people if one.pk in deputies]
    everybody = {one.pk: one for one in (*answers.people, *stand_ins) if one.pk != asks}
    return Answers(tuple(everybody.values()), answers.why)
