"""The pages that somebody answers for: what holds, what is due, what is late."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from home.duties.waiting import looked_after, ownerless_for
from pages.models import HubPage

MOST = 300


@require_safe
def my_pages(request) -> HttpResponse:
    """Pages of which this person is the owner, the most urgent first."""
    today = request.hub.today
    rows = _rows(looked_after(request.user, today), request)
    nobodys = _rows(ownerless_for(request.user, today), request)
    return render(request, "home/my_pages.html", {"rows": rows, "nobodys": nobodys})


def _rows(pages: QuerySet[HubPage], request) -> list[dict]:
    return [
        {
            "page": page,
            "state": (page.specific_class or type(page)).state_on_card(page, request.hub.today),
            "edit": reverse("wagtailadmin_pages:edit", args=[page.pk]) if request.hub.may_edit else "",
        }
        for page in pages.order_by("next_review", "title")[:MOST]
    ]
