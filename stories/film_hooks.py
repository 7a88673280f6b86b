"""Publishing many pages at once: a film that not everybody could follow is named, and nothing is published."""

from django.contrib import messages
from django.shortcuts import redirect

from stories.films import lacking
from stories.models import FilmPage


def refuse_films_without_captions(request, action_type, objects, action_class_instance):
    """For the hook `before_bulk_action`: Wagtail's own form, which says it at the field, is not asked there."""
    if action_type != "publish":
        return None
    paths = [page.path for page in objects]
    deep = bool(request.POST.get("include_descendants"))
    films = [
        film
        for film in FilmPage.objects.filter(live=False) | FilmPage.objects.filter(has_unpublished_changes=True)
        if film.path in paths or (deep and any(film.path.startswith(path) for path in paths))
    ]
    refused = False
    for film in films:
        draft = film.get_latest_revision_as_object()
        if lacks := lacking(draft):
            refused = True
            messages.error(request, f"Nothing was published. “{draft.title}”: {' '.join(lacks.values())}")
    return redirect(request.GET.get("next") or "wagtailadmin_explore_root") if refused else None
