"""Which teams were reached: by a briefing, by a reflective group. Teams with none stand out.

Counted from sessions that were planned for a team and took place. Nobody's attendance is looked at, so nothing can be
told of a person, however small the team; notes of what was said are never kept.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Count, Q
from django.urls import reverse

from events.kinds import EventKind
from events.models import BriefingRequest, SessionDate
from feedback.honest_numbers import Share
from pages.lists.address import Address, query_string
from pages.wording import day
from people.models import Team

YEAR = timedelta(days=365)
REACHED_BY = {
    "briefing": ("Team briefing", {EventKind.TEAM_BRIEFING}),
    "group": ("Reflective group", {EventKind.REFLECTIVE_GROUP, EventKind.ACTION_LEARNING}),
}
"""What counts: its name in the address, its label, and the kinds of event that it is."""
SHOWS = {"": "All teams", "briefing": "No briefing", "group": "No reflective group"}


@dataclass
class Reached:
    """One team and one way of reaching it: when last, within the year, when next, and whether it asked."""

    label: str
    asked: bool = False
    last: datetime | None = None
    following: datetime | None = None

    @property
    def words(self) -> str:
        return day(self.last) if self.last else "None in 12 months"

    @property
    def planned(self) -> str:
        return f"Planned for {day(self.following)}" if self.following else ""


@dataclass
class TeamRow:
    """A team in the table."""

    team: Team
    reached: dict[str, Reached]

    @property
    def columns(self) -> list[Reached]:
        return list(self.reached.values())


class Coverage:
    """All teams, those that were reached least first. Three queries."""

    def __init__(self, now: datetime, parameters: dict[str, list[str]]):
        self.now = now
        address = Address(parameters)
        self.show = address.choice("show", "Show", set(REACHED_BY), "")
        self.ignored = address.ignored

    @cached_property
    def _all(self) -> list[TeamRow]:
        asked = BriefingRequest.objects.filter(state=BriefingRequest.State.ASKED).values_list("team", flat=True)
        waiting = set(asked)
        people = Count("members", filter=Q(members__is_active=True))
        teams = Team.objects.annotate(people=people).order_by("name")
        rows = {team.pk: self._row(team, asked=team.pk in waiting) for team in teams}
        for team, kind, starts_at, ends_at in self._dates:
            for name, (_, kinds) in REACHED_BY.items():
                if kind in kinds and team in rows:
                    self._note(rows[team].reached[name], starts_at, ends_at)
        return sorted(rows.values(), key=lambda row: sum(bool(one.last) for one in row.columns))

    @staticmethod
    def _row(team: Team, *, asked: bool) -> TeamRow:
        reached = {name: Reached(label) for name, (label, _) in REACHED_BY.items()}
        reached["briefing"].asked = asked
        return TeamRow(team, reached)

    @property
    def _dates(self):
        """Every date of the year, or still to come, that was for a team and was not cancelled."""
        dates = SessionDate.objects.filter(
            cancelled_at=None, ends_at__gt=self.now - YEAR, session__teams__isnull=False
        ).order_by("starts_at")
        return dates.values_list("session__teams", "session__event__event_kind", "starts_at", "ends_at")

    def _note(self, reached: Reached, starts_at: datetime, ends_at: datetime) -> None:
        if ends_at <= self.now:
            reached.last = starts_at
        elif starts_at > self.now:
            reached.following = reached.following or starts_at

    @cached_property
    def rows(self) -> list[TeamRow]:
        return [row for row in self._all if not self.show or not row.reached[self.show].last]

    @property
    def labels(self) -> list[str]:
        return [label for label, _ in REACHED_BY.values()]

    @property
    def summary(self) -> list[dict]:
        """Team briefing: 7 of 12 teams."""
        return [
            {"label": label, "share": Share(sum(bool(row.reached[name].last) for row in self._all), len(self._all))}
            for name, (label, _) in REACHED_BY.items()
        ]

    @property
    def pills(self) -> list[dict]:
        return [
            {"label": label, "url": reverse("coverage") + query_string({"show": [name]}), "chosen": name == self.show}
            for name, label in SHOWS.items()
        ]
