"""What a reader of one champion's profile sees."""

from functools import cached_property

from pages.cards import Fact
from pages.models import HubPage
from pages.reading import PageReading
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


class ChampionReading(PageReading):
    """One champion for one reader."""

    related_title = "What I use most"

    @cached_property
    def facts(self) -> list[Fact]:
        return facts(self.page, "topics", "team", "hours", "until")

    @cached_property
    def sections(self) -> list[dict]:
        """The sections that have something in them."""
        self.page.read_late_fields()
        return [
            {"id": place, "title": title, "stream": stream, "kind": place}
            for name, title, place in SECTIONS
            if (stream := getattr(self.page, name))
        ]

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
        """How to ask: the champion's work address, while the term runs."""
        if not (self.is_serving and self.person):
            return None
        return {"name": self.person.first_name or str(self.person), "email": self.person.email}

    @cached_property
    def stand_in(self) -> dict | None:
        """Whom to ask when the champion is away, with their own profile where there is one."""
        if not (deputy := self.steward["deputy"]):
            return None
        profiles = type(self.page).objects.filter(person=deputy).exclude(pk=self.page.pk)
        profile = self.hub.readable(HubPage.objects.filter(pk__in=profiles.values("pk"))).first()
        return {
            "name": str(deputy),
            "title": profile.title if profile else "",
            "url": profile.address if profile else "",
        }

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
