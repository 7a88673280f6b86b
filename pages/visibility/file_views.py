"""The doors of pictures and documents. To somebody who may not have a file it is not there."""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from assets import serving
from pages.visibility.files import document_for, picture_for

# Originals are for the CMS (through Wagtail's own views); only sizes made for pages are served from here.
SERVED_FOLDER = "images/"
NO_LONGER = "This photograph is no longer shown: the consent of the people on it has ended."


@require_safe
def picture(request, path: str):
    """A size of a picture. A photograph whose consent has ended is gone (410), whatever page once showed it."""
    rendition = picture_for(request.user, path, today=request.hub.today) if path.startswith(SERVED_FOLDER) else None
    if rendition is None:
        raise Http404
    if not rendition.image.may_be_shown(request.hub.today):
        return HttpResponse(NO_LONGER, status=410, content_type="text/plain; charset=utf-8")
    return serving.picture(request, rendition)


@require_safe
def document(request, key, filename: str):
    """A document. Its address stays the same when another file takes its place, whatever that is called."""
    found = document_for(request.user, key=key, today=request.hub.today)
    if found is None:
        raise Http404
    return serving.document(request, found)


@require_safe
def numbered_document(request, pk: int, filename: str):
    """The address that documents had while they were numbered: it leads on whom the document is for."""
    found = document_for(request.user, pk=pk, today=request.hub.today)
    if found is None:
        raise Http404
    return HttpResponsePermanentRedirect(found.url)
