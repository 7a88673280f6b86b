from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.titles import TitleSearch


@require_safe
def search(request):
    """What has these words in its title or purpose."""
    return render(request, "search/results.html", {"results": TitleSearch(request)})
