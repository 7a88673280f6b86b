"""What the address of a vacancy answers when it has closed."""

from django.http import HttpResponse
from django.shortcuts import render

from guidance.career_reading import open_vacancies
from guidance.models.career import CareerPage
from pages.lists import cards

GONE = 410


def closed(request, page) -> HttpResponse:
    """In place of a post that has closed: since when, and what is open now. Search engines take it for gone."""
    career = request.hub.readable(CareerPage.objects.filter(archived_on=None)).order_by("path").first()
    context = {
        "page": page,
        "crumbs": page.crumbs,
        "closed_on": page.state(request.hub.today).words,
        "vacancies": cards.cards(request.hub, open_vacancies(request.hub)),
        "more": {"title": career.title, "url": career.address} if career else None,
    }
    return render(request, "guidance/vacancy_closed.html", context, status=GONE)
