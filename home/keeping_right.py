"""The pages that somebody answers for: what holds, what is due, what is late."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.due import looked_after

MOST = 300


@require_safe
def my_pages(request) -> HttpResponse:
    """Pages of which this person is the owner, the most urgent first."""
    today = request.hub.today
    pages = looked_after(request.user, today).order_by("next_review", "title")[:MOST]
    rows = [
        {
            "page": page,
            "state": (page.specific_class or type(page)).state_on_card(page, today),
            "edit": f"/admin/pages/{page.pk}/edit/" if request.hub.may_edit else "",
        }
        for page in pages
    ]
    return render(request, "home/my_pages.html", {"rows": rows})
