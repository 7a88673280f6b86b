"""Thousands of people in teams, each team with a manager."""

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from demo.volume.chance import Tell, chance_of, lots
from demo.volume.words import AREAS, FIRST_NAMES, IN_A_TEAM, LAST_NAMES, SERVICES
from people.models import Team, User
from people.roles import Role


def load_people(total: int, *, seed: int, tell: Tell = lambda done, of: None) -> int:
    """Create the people of this seed that are missing, in teams with a manager each; returns how many were new."""
    names = [_team_name(seed, number) for number in range(-(-total // IN_A_TEAM))]
    Team.objects.bulk_create([Team(name=name, district=name.split()[-1]) for name in names], ignore_conflicts=True)
    teams = list(Team.objects.in_bulk(names, field_name="name").values())
    groups = dict(Group.objects.values_list("name", "pk"))
    # The password of the demo accounts, made once: two thousand hashes would take minutes.
    password = make_password(settings.HUB_DEMO_PASSWORD)
    there = set(User.objects.filter(email__endswith=_domain(seed)).values_list("email", flat=True))
    everybody = (_person(number, seed, password) for number in range(total))
    missing = [(person, roles, team) for person, roles, team in everybody if person.email not in there]
    for done, some in lots(missing):
        with transaction.atomic():
            for person, _, team in some:
                person.team = teams[team] if team is not None else None
            User.objects.bulk_create([person for person, _, _ in some])
            User.groups.through.objects.bulk_create(
                User.groups.through(user_id=person.pk, group_id=groups[role])
                for person, roles, _ in some
                for role in roles
                if role in groups
            )
        tell(done, len(missing))
    if missing:
        for number, team in enumerate(teams):
            lead = User.objects.get(email=_person(number * IN_A_TEAM, seed, "")[0].email)
            team.members.exclude(pk=lead.pk).update(manager=lead)
    return len(missing)


def _domain(seed: int) -> str:
    return f".{seed}@volume.hub.example"


def _team_name(seed: int, number: int) -> str:
    random = chance_of(f"team {number} of {seed}")
    return f"{random.choice(SERVICES)} team {seed}.{number + 1}, {random.choice(AREAS)}"


def _person(number: int, seed: int, password: str) -> tuple[User, list[Role], int | None]:
    """One person, with what they do and the number of their team. The first of each team leads it."""
    random = chance_of(f"person {number} of {seed}")
    first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
    email = f"{first}.{last}.{number}{_domain(seed)}".lower()
    roles, team = [Role.PRACTITIONER], number // IN_A_TEAM
    if number % IN_A_TEAM == 0:
        roles = [Role.MANAGER]
    elif number % IN_A_TEAM == 1:
        roles = [Role.CHAMPION, Role.PRACTITIONER]
    elif (chance := random.random()) < 0.08:
        roles, team = [Role.PARTNER], None
    elif chance < 0.12:
        roles = [random.choice([Role.EDITOR, Role.REVIEWER, Role.ORGANISER])]
    return User(email=email, first_name=first, last_name=last, password=password), roles, team
