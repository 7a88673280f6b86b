"""What a reader of one champion's profile sees."""

from datetime import date, timedelta
from functools import cached_property

from django.urls import reverse

from pages.lists.cards import Fact
from pages.models import HubPage
from pages.reading.page import PageReading
from pages.wording import day, listed

SECTIONS = [("ask_me", "What to ask me", "ask-me"), ("about", "How I can help", "help")]
"""The fixed sections: field, heading, where a link jumps to. Always in this order."""


def facts(page, *names: str) -> list[Fact]:
    """The facts asked for, in that order; one that says nothing about this champion is left out."""
    known = {
        "topics": ("message-circle", "Topics", listed(page.topic_list, "and")),
        "team": ("users", "Team", page.team_name),
        "hours": ("clock", "When", page.hours),
        "until": ("calendar", "Until", day(page.term_ends) if page.term_ends else ""),
    }
    return [Fact(name, *known[name]) for name in names if known[name][-1]]


class Room:
    """Whether a champion has room for a question today, and whom to ask when not."""

    def __init__(self, page, hub):
        self.page, self.hub = page, hub

    @cached_property
    def _open(self) -> int:
        return self.page.questions.filter(state="open").count()

    @property
    def is_full(self) -> bool:
        return self._open >= self.page.most_open

    @property
    def is_away(self) -> bool:
        return self.page.is_away(self.hub.today)

    @property
    def away_until(self) -> str:
        return day(self.page.away_until)

    @property
    def next_free_week(self) -> str:
        """Monday 30 November 2026, if as many questions are answered in a week as may wait at once."""
        return day(next_free_week(self._open, self.page.most_open, self.hub.today))

    @cached_property
    def stand_in(self) -> dict | None:
        """Who stands in, with the profile at which to ask them where there is one."""
        deputy = self.page.deputy
        if deputy is None or not deputy.is_active:
            return None
        profiles = type(self.page).objects.filter(person=deputy).exclude(pk=self.page.pk).values("pk")
        profile = self.hub.readable(HubPage.objects.filter(pk__in=profiles)).first()
        return {
            "name": str(deputy),
            "title": profile.title if profile else "",
            "url": profile.address if profile else "",
            "ask": reverse("ask_champion", args=[profile.pk]) if profile else "",
        }


def next_free_week(open_: int, most: int, today: date) -> date:
    """The Monday of the week in which one more question fits, where so many are answered in a week."""
    return today - timedelta(days=today.weekday()) + timedelta(weeks=open_ // most)


class ChampionReading(PageReading):
    """One champion for one reader."""

    fixed = SECTIONS
    related_title = "What I use most"

    @cached_property
    def facts(self) -> list[Fact]:
        return facts(self.page, "topics", "team", "hours", "until")

    @property
    def is_serving(self) -> bool:
        return self.withdrawn is None

    @cached_property
    def person(self):
        """The champion's account; `None` when there is none or the person has left."""
        person = self.page.person
        return person if person and person.is_active else None

    @property
    def ask(self) -> dict | None:
        """Where to ask the champion, while the term runs."""
        if not (self.is_serving and self.person):
            return None
        return {"name": self.person.first_name or str(self.person), "url": reverse("ask_champion", args=[self.page.pk])}

    @cached_property
    def room(self) -> Room:
        return Room(self.page, self.hub)

    @property
    def may_confirm(self) -> bool:
        """Whether this reader can say that the profile still holds."""
        page, user = self.page, self.hub.user
        return bool(page.reviewed_on) and user.pk in {page.person_id, page.steward_id, page.deputy_id}

    @property
    def stand_in(self) -> dict | None:
        """Whom to ask when the champion is away, with their own profile where there is one."""
        return self.room.stand_in

    @cached_property
    def notices(self) -> list[dict]:
        """A profile whose term has ended sends on to whoever can be asked now."""
        if self.is_serving:
            # That the term ends soon is said among the facts; an overdue review is said as on every page.
            return super().notices if self.state.slug == "overdue" else []
        stand_in, crumbs = self.stand_in, self.page.crumbs
        link = {"title": stand_in["title"], "url": stand_in["url"]} if stand_in and stand_in["url"] else None
        return [
            {
                "kind": "warning",
                "title": self.state.words,
                "text": "This profile is on no list any more.",
                "link": self.withdrawn["replacement"] or link or (crumbs[-1] if crumbs else None),
                "link_before": "Ask instead:",
            }
        ]
