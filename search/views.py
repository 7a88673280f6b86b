from django.shortcuts import render

from search.titles import TitleSearch


def search(request):
    """What has these words in its title or purpose."""
    return render(request, "search/results.html", {"results": TitleSearch(request)})
