"""The page of all words explained."""

from itertools import groupby

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from practice.models import GlossaryTerm

WORDS_AT = reverse_lazy("glossary")
LONGEST_SEARCH = 100


@require_safe
def glossary(request) -> HttpResponse:
    """Every word under its letter; with `q`, those that have the words in their name or meaning."""
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_SEARCH]
    terms = GlossaryTerm.objects.select_related("owner")
    for word in words.split():
        terms = terms.filter(Q(term__icontains=word) | Q(also_called__icontains=word) | Q(meaning__icontains=word))
    rows = sorted(terms, key=lambda term: term.term.casefold())
    letters = [
        {"letter": letter, "terms": list(group)} for letter, group in groupby(rows, key=lambda row: row.term[0].upper())
    ]
    context = {"letters": letters, "words": words, "count": len(rows), "may_edit": _may_edit(request)}
    return render(request, "pages/glossary.html", context)


def _may_edit(request) -> bool:
    return request.hub.may_edit and request.user.has_perm("practice.change_glossaryterm")
