"""Who came: the organiser's list, and the code on the screen in the room."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.attendance.attending import add_walk_in, set_heads, set_others
from events.attendance.attending import mark as say_came
from events.attendance.closing import close_list, open_list
from events.attendance.qr_codes import code_as_svg
from events.attendance.room_codes import room_code, seconds_left
from events.booking.permissions import organised_by
from events.models import Booking, SessionDate
from events.reading.attendance_list import AttendanceList
from events.reading.desk_forms import HeadsForm, MarkForm, OthersForm, PersonForm
from language.careful import careful_line
from people.refusals import NotPossible

SAID = {
    "added": "Added and ticked.",
    "heads": "The number is written down.",
    "others": "The number of others is written down.",
    "closed": "The list is closed. Everybody who was not ticked is asked, without blame, what happened.",
    "open": "The list is open again. What the closing wrote is taken back; what you ticked stays.",
}


def date_of(request, key, date_key) -> SessionDate:
    """A date of a session that this person organises."""
    dates = SessionDate.objects.select_related("session__event", "session__organiser")
    return get_object_or_404(dates, key=date_key, session__in=organised_by(request.user).filter(key=key))


def address_of(date: SessionDate) -> str:
    return reverse("attendance", args=[date.session.key, date.key])


@require_safe
def attendance(request, key, date_key):
    return _page(request, date_of(request, key, date_key))


def _page(request, date: SessionDate, *, status=200, **refused) -> HttpResponse:
    """The list, with what was refused as it was filled in."""
    context = {
        "date": date,
        "session": date.session,
        "list": AttendanceList(date, timezone.now(), dict(request.GET.lists())),
        "heads_form": HeadsForm(initial={"heads": date.heads}),
        "others_form": OthersForm(initial={"others": date.others}),
        "person_form": PersonForm(auto_id="walkin_%s"),
        "said": SAID.get(request.GET.get("said", "")),
        **refused,
    }
    return render(request, "events/attendance.html", context, status=status)


@require_POST
@careful_line("reason", "Reason for the correction")
def mark(request, key, date_key, booking_key):
    """One tap: came, left early, did not come, or back to nothing."""
    date = date_of(request, key, date_key)
    booking = get_object_or_404(Booking.objects.select_related("person"), key=booking_key, session=date.session_id)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _page(request, date, status=400, refusal=form.words(booking), marked=booking.key, mark_form=form)
    try:
        say_came(booking=booking, date=date, by=request.user, now=timezone.now(), **form.cleaned_data)
    except NotPossible as error:
        words = f"{booking.person}: {error.words}"
        return _page(request, date, status=409, refusal=words, marked=booking.key, mark_form=form)
    # Back to the same search, so that the next name can be typed at once.
    asked = request.META.get("QUERY_STRING", "")
    return redirect(address_of(date) + (f"?{asked}" if asked else ""))


@require_POST
def add(request, key, date_key):
    """Somebody who came without booking: a place and a tick in one press."""
    date, form = date_of(request, key, date_key), PersonForm(request.POST, auto_id="walkin_%s")
    if not form.is_valid():
        return _page(request, date, person_form=form, status=400)
    given = form.cleaned_data
    person, why = given["colleague"], {"because": given["because"], "although": given["although"]}
    try:
        add_walk_in(date=date, person=person, by=request.user, now=timezone.now(), **why)
    except NotPossible as error:
        no_reason = error.code == "no-reason"
        form.add_error("because" if no_reason else "colleague", error.words)
        return _page(request, date, person_form=form, status=400 if no_reason else 409)
    return redirect(f"{address_of(date)}?said=added")


def _number(request, date: SessionDate, form, verb, said: str) -> HttpResponse:
    """A count instead of names."""
    if not form.is_valid():
        return _page(request, date, status=400, **{f"{said}_form": form})
    try:
        verb(date=date, by=request.user, **form.cleaned_data)
    except NotPossible as error:
        return _page(request, date, refusal=error.words, status=409)
    return redirect(f"{address_of(date)}?said={said}")


@require_POST
def heads(request, key, date_key):
    return _number(request, date_of(request, key, date_key), HeadsForm(request.POST), set_heads, "heads")


@require_POST
def others(request, key, date_key):
    return _number(request, date_of(request, key, date_key), OthersForm(request.POST), set_others, "others")


def _press(request, date: SessionDate, verb, said: str) -> HttpResponse:
    try:
        verb(date=date, by=request.user, now=timezone.now())
    except NotPossible as error:
        return _page(request, date, refusal=error.words, status=409)
    return redirect(f"{address_of(date)}?said={said}")


@require_POST
def close(request, key, date_key):
    """All others did not come."""
    return _press(request, date_of(request, key, date_key), close_list, "closed")


@require_POST
def open_again(request, key, date_key):
    return _press(request, date_of(request, key, date_key), open_list, "open")


@require_safe
@never_cache
def code(request, key, date_key):
    """The room's code, large enough for the back of a hall, and as a picture that phones read.

    The page comes anew by itself when the code changes, without a script.
    """
    date, now = date_of(request, key, date_key), timezone.now()
    if date.cancelled_at:
        raise Http404
    shown = room_code(date, now)
    address = request.build_absolute_uri(reverse("check_in") + f"?code={shown}")
    context = {
        "date": date,
        "session": date.session,
        "code": shown,
        "minutes": settings.HUB_ROOM_CODE_MINUTES,
        "svg": code_as_svg(address, "Scan to check in"),
        "address": address,
    }
    response = render(request, "events/room_code.html", context)
    response["Refresh"] = str(seconds_left(now) + 1)
    return response
