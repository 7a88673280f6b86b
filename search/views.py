from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from pages.lists.address import Address
from search import unmet
from search.forms import WishForm
from search.results import SearchResults
from search.suggest import suggestions


@require_safe
def search(request):
    """What answers the words and passes the filters."""
    results = SearchResults(request)
    unmet.take_note(request, results)
    return render(request, "search/results.html", {"results": results})


@require_safe
def suggest(request):
    """What the box offers for what has been typed so far, as JSON."""
    offered = suggestions(request.hub, Address(dict(request.GET.lists())).text("q"))
    response = JsonResponse({"suggestions": [vars(each) for each in offered]})
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def wanted(request):
    """What a reader hoped to find, in a few words of their own."""
    form = WishForm(request.POST or None, initial={"searched_for": Address(dict(request.GET.lists())).text("q")})
    if request.method == "POST" and form.is_valid():
        unmet.wish(**form.cleaned_data, today=request.hub.today)
        return render(request, "search/thanks.html")
    status = 400 if request.method == "POST" else 200
    return render(request, "search/wanted.html", {"form": form}, status=status)
