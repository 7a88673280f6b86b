"""Checking oneself in with the code that is shown in the room."""

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from events.attendance.attending import check_in as say_here
from events.attendance.attending import counts_heads, own_attendance
from events.booking.permissions import may_read
from events.models import SessionDate
from events.reading.desk_forms import CodeForm
from people.models import User
from people.refusals import NotPossible

TRIES, WITHIN_SECONDS = 10, 60


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request):
    """Anybody with a place says that they are here. Guessing is slow: ten tries a minute."""
    if request.method != "POST":
        return _page(request, CodeForm(initial={"code": request.GET.get("code", "")[:12]}))
    form = CodeForm(request.POST)
    if _too_often(request.user):
        response = _page(request, form, slow=True, status=429)
        response["Retry-After"] = str(WITHIN_SECONDS)
        return response
    if not form.is_valid():
        return _page(request, form, status=400)
    try:
        date = say_here(person=request.user, now=timezone.now(), **form.cleaned_data)
    except NotPossible as error:
        if error.code == "walk-in":
            return _page(request, form, offer=error.words, status=409)
        form.add_error("code", error.words)
        return _page(request, form, status=400)
    return redirect("checked_in", date_key=date.key)


def _page(request, form: CodeForm, status=200, **more) -> HttpResponse:
    return render(request, "events/check_in.html", {"form": form, **more}, status=status)


@require_safe
def checked_in(request, date_key):
    """Said after checking in, and as often as somebody looks again."""
    date = get_object_or_404(SessionDate.objects.select_related("session__event"), key=date_key)
    here = own_attendance(date, request.user)
    if not here and not (counts_heads(date) and may_read(request.user, date.session)):
        raise Http404
    return render(request, "events/checked_in.html", {"attendance": here})


def _too_often(person: User) -> bool:
    """Whether this is one try too many in this minute."""
    key = f"check-in:{person.pk}:{int(timezone.now().timestamp()) // WITHIN_SECONDS}"
    try:
        return cache.incr(key) > TRIES
    except ValueError:
        # The first try, or a cache that was full and forgot.
        cache.set(key, 1, WITHIN_SECONDS * 2)
        return False
