"""The files of a film, for those who may read its page. In pieces, so that a player can jump."""

from pathlib import Path

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from assets.models import HubDocument
from assets.ranges import ranged
from stories.models import FilmPage

ENDED = "This film no longer plays here: the consent of the people on it has ended. The transcript is still there."


def _film(request, pk) -> FilmPage:
    """The film, for a reader who may open its page; its editors may play the file of a draft as well."""
    films = FilmPage.objects.select_related("recording", "captions_file")
    film = request.hub.readable(films).filter(pk=pk).first()
    if film is None:
        film = get_object_or_404(films, pk=pk)
        if not film.permissions_for_user(request.user).can_edit():
            raise Http404
        film = film.get_latest_revision_as_object()
    return film


def _file(document: HubDocument | None) -> Path:
    if document is None or not (file := Path(document.file.path)).is_file():
        raise Http404
    return file


@require_safe
def recording(request, pk) -> HttpResponse:
    film = _film(request, pk)
    if not film.may_play(request.hub.today):
        return HttpResponse(ENDED, status=410, content_type="text/plain; charset=utf-8")
    kind = film.recording.file_extension.lower() if film.recording else ""
    if kind not in HubDocument.FILMS:
        raise Http404
    return ranged(request, _file(film.recording), content_type=HubDocument.FILMS[kind])


@require_safe
def captions(request, pk) -> HttpResponse:
    film = _film(request, pk)
    return ranged(request, _file(film.captions_file), content_type="text/vtt; charset=utf-8")
