"""The demo's reminders: showing, planned and over."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

from django.contrib.auth.models import Group

from demo.planting import Tell
from notices.models import Reminder
from people.models import Team
from people.roles import Role

FILE = Path(__file__).parent / "reminders.toml"


def load(*, today: date, tell: Tell = lambda line: None) -> int:
    """Make the reminders that are missing; returns how many were new."""
    made = 0
    for row in tomllib.loads(FILE.read_text())["reminders"]:
        days = {"starts_on": today + timedelta(days=row["starts"]), "ends_on": today + timedelta(days=row["ends"])}
        link = {name: row.get(name, "") for name in ("link", "link_words")}
        reminder, new = Reminder.objects.get_or_create(text=row["text"], defaults={**days, **link})
        if new:
            reminder.roles.set(Group.objects.filter(name__in=[Role[role].value for role in row.get("roles", [])]))
            reminder.teams.set(Team.objects.filter(name__in=row.get("teams", [])))
            made += 1
    return made
