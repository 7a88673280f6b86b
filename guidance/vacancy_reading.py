"""What a reader of a vacancy sees, and what its address answers when it has closed."""

from functools import cached_property

from django.http import HttpResponse
from django.shortcuts import render

from guidance.career_reading import open_vacancies
from guidance.models import CareerPage
from guidance.reading import GuidanceReading, spoken
from pages.lists import cards
from pages.lists.cards import Fact, filled

GONE = 410


class VacancyReading(GuidanceReading):
    """One vacancy, open or closed."""

    @property
    def is_open(self) -> bool:
        return self.state.slug != "withdrawn"

    @cached_property
    def facts(self) -> list[Fact]:
        page = self.page
        return filled(
            ("closes", "calendar", "Closes" if self.is_open else "Closed", spoken(page.closing_date)),
            ("interviews", "message-circle", "Interviews", spoken(page.interviews_on)),
            ("team", "users", "Team", page.team_name),
            ("pay", "file-text", "Pay", page.pay),
            ("hours", "clock", "Hours", page.hours),
        )

    @cached_property
    def notices(self) -> list[dict]:
        if self.is_open:
            return []
        crumbs = self.page.crumbs
        return [
            {
                "kind": "warning",
                "title": self.state.words,
                "text": "It is on no list any more.",
                "link": crumbs[-1] if crumbs else None,
                "link_before": "What is open now:",
            }
        ]

    def closed(self, request) -> HttpResponse:
        """In place of a post that has closed: since when, and what is open now. Search engines take it for gone."""
        career = self.hub.readable(CareerPage.objects.filter(archived_on=None)).order_by("path").first()
        context = {
            "page": self.page,
            "crumbs": self.page.crumbs,
            "closed_on": self.state.words,
            "vacancies": cards.cards(self.hub, open_vacancies(self.hub)),
            "more": {"title": career.title, "url": career.address} if career else None,
        }
        return render(request, "guidance/vacancy_closed.html", context, status=GONE)
