"""Who came: the organiser's list, the code on the screen, and checking oneself in."""

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.attendance_list import AttendanceList
from events.attending import check_in as say_here
from events.attending import mark as say_came
from events.attending import set_heads
from events.codes import code_as_svg
from events.desk import organised_by
from events.desk_forms import CodeForm, HeadsForm, MarkForm
from events.models import Booking, SessionDate
from events.refusals import NotPossible

TRIES, WITHIN_SECONDS = 10, 60


def _date(request, key, date_key) -> SessionDate:
    dates = SessionDate.objects.select_related("session__event", "session__organiser")
    return get_object_or_404(dates, key=date_key, session__in=organised_by(request.user).filter(key=key))


@require_safe
def attendance(request, key, date_key):
    return _page(request, _date(request, key, date_key))


def _page(request, date: SessionDate, *, heads_form=None, refusal="", status=200) -> HttpResponse:
    listing = AttendanceList(date, timezone.now(), dict(request.GET.lists()))
    context = {
        "date": date,
        "session": date.session,
        "list": listing,
        "heads_form": heads_form or HeadsForm(initial={"heads": date.heads}),
        "refusal": refusal,
    }
    return render(request, "events/attendance.html", context, status=status)


@require_POST
def mark(request, key, date_key, booking_key):
    """One tap: came, left early, did not come, or back to nothing."""
    date = _date(request, key, date_key)
    booking = get_object_or_404(Booking.objects.select_related("person"), key=booking_key, session=date.session_id)
    form = MarkForm(request.POST)
    if not form.is_valid():
        words = " ".join(error for errors in form.errors.values() for error in errors)
        return _page(request, date, refusal=f"{booking.person}: {words}", status=400)
    try:
        say_came(booking=booking, date=date, by=request.user, now=timezone.now(), **form.cleaned_data)
    except NotPossible as error:
        return _page(request, date, refusal=f"{booking.person}: {error.words}", status=409)
    # Back to the same search, so that the next name can be typed at once.
    asked = request.META.get("QUERY_STRING", "")
    return redirect(f"/events/desk/{date.session.key}/dates/{date.key}/" + (f"?{asked}" if asked else ""))


@require_POST
def heads(request, key, date_key):
    date, form = _date(request, key, date_key), HeadsForm(request.POST)
    if not form.is_valid():
        return _page(request, date, heads_form=form, status=400)
    try:
        set_heads(date=date, heads=form.cleaned_data["heads"], by=request.user)
    except NotPossible as error:
        return _page(request, date, refusal=error.words, status=409)
    return redirect(f"/events/desk/{date.session.key}/dates/{date.key}/")


@require_safe
def code(request, key, date_key):
    """The room's code, large enough for the back of a hall, and as a picture that phones read."""
    date = _date(request, key, date_key)
    if date.cancelled_at:
        raise Http404
    address = request.build_absolute_uri(f"/events/check-in/?code={date.code}")
    context = {
        "date": date,
        "session": date.session,
        "svg": code_as_svg(address, "Scan to check in"),
        "address": address,
    }
    return render(request, "events/room_code.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request):
    """Anybody with a place says that they are here. Guessing is slow: ten tries a minute."""
    if request.method != "POST":
        form = CodeForm(initial={"code": request.GET.get("code", "")[:12]})
        return render(request, "events/check_in.html", {"form": form})
    if _too_often(request.user):
        response = render(request, "events/check_in.html", {"form": CodeForm(request.POST), "slow": True}, status=429)
        response["Retry-After"] = str(WITHIN_SECONDS)
        return response
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            here = say_here(code=form.cleaned_data["code"], person=request.user, now=timezone.now())
        except NotPossible as error:
            form.add_error("code", error.words)
        else:
            return render(request, "events/checked_in.html", {"attendance": here})
    return render(request, "events/check_in.html", {"form": form}, status=400)


def _too_often(person) -> bool:
    key = f"check-in:{person.pk}:{int(timezone.now().timestamp()) // WITHIN_SECONDS}"
    cache.add(key, 0, WITHIN_SECONDS * 2)
    return cache.incr(key) > TRIES
