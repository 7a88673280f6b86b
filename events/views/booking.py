"""Booking, and what became of it: one page a booking, one address a step."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from events.attendance.certificate import certificate_of
from events.booking import verbs as gate
from events.booking.discretion import asks_approval, may_act_for_others
from events.booking.permissions import may_read
from events.booking.times import queue_is_open
from events.booking.wishing import change_wishes, tell_otherwise
from events.booking.written_down import is_settled
from events.dates.wording import day_and_time
from events.models import Booking, Session
from events.reading.availability import EventSessions, in_words
from events.reading.clashes import booked_dates, clashes
from events.reading.forms import BookingForm, HandOverForm, LeaveForm, TellingForm, WishesForm
from events.reading.my_bookings import MyBookings, join_address
from feedback.surveys import open_for
from people.refusals import NotPossible


def _own(request, key) -> Booking:
    return get_object_or_404(Booking.objects.told(), key=key, person=request.user)


def book(request, key):
    """The form of one session by itself, and the press of its button, wherever it stood."""
    now, form, refusal = timezone.now(), None, None
    if request.method == "POST":
        # Most people only press: then there is no form to read, and at nine everybody presses at once.
        if _says_something(request.POST):
            form = BookingForm(request.POST, session=get_object_or_404(Session, key=key))
        if form is None or form.is_valid():
            wanted = form.wanted() if form else gate.Wanted()
            try:
                booking, new = gate.book(key=key, person=request.user, now=now, wanted=wanted)
            except Session.DoesNotExist as error:
                raise Http404 from error
            except NotPossible as error:
                refusal = error
            else:
                said = "new" if new else "changed" if wanted else "again"
                return redirect(f"{_address(booking)}?{said}=1")
    session = get_object_or_404(Session, key=key)
    if not may_read(request.user, session):
        raise Http404
    form = form or BookingForm(session=session)
    reading = next(one for one in EventSessions(session.event, request.user, now).all if one.key == session.key)
    status = 409 if refusal else 400 if form.errors else 200
    context = {"event": session.event, "session": reading, "form": form, "refusal": refusal}
    # The form itself is not shown any more where there is nothing to book.
    context["unsent"] = "\n".join(form.written()) if refusal and not reading.can_book else ""
    return render(request, "events/book.html", context, status=status)


def _says_something(posted) -> bool:
    return any(value.strip() for name, value in posted.items() if name != "csrfmiddlewaretoken")


@require_safe
def my_bookings(request):
    """What comes, what waits for an answer, what is over."""
    return render(request, "events/my_bookings.html", {"mine": MyBookings(request.user, timezone.now())})


@require_safe
def my_booking(request, key):
    return _page(request, _own(request, key))


def _page(
    request, booking: Booking, *, leaving=None, handing_over=None, wishing=None, telling=None, refusal=None, status=200
) -> HttpResponse:
    """One booking with all that can be done with it now."""
    now = timezone.now()
    session = booking.session
    context = {
        "booking": booking,
        "session": session,
        "words": in_words(booking, now),
        "dates": session.where_when.dates,
        "event_is_open": may_read(request.user, session),
        "survey": _open_survey(booking, now),
        "over": bool(session.ends_at and session.ends_at <= now),
        "is_settled": is_settled(booking, session, now),
        "is_written_down": booking.attendance.exists(),
        "may_hand_over": may_act_for_others(session) and not asks_approval(session),
        "clashes": clashes(session, booked_dates(request.user, now)) if booking.is_live else [],
        "has_certificate": certificate_of(booking, now) is not None,
        "leaving": leaving or LeaveForm(session=session, auto_id="leave_%s"),
        "telling": telling or TellingForm.of(booking, auto_id="told_%s"),
        "told": request.GET.get("told") == "1",
        "wishing": wishing or WishesForm.of(booking, auto_id="wish_%s"),
        "wishes_until": day_and_time(session.queue_closes) if session.queue_closes else "",
        "may_wish": queue_is_open(session, now),
        "handing_over": handing_over or HandOverForm(auto_id="hand_%s"),
        "refusal": refusal,
        "new": request.GET.get("new") == "1",
        "again": request.GET.get("again") == "1",
        "changed": request.GET.get("changed") == "1",
        "unsent": _unsent(booking, leaving, telling) if refusal else "",
    }
    return render(request, "events/my_booking.html", context, status=status)


def _unsent(booking: Booking, leaving: LeaveForm | None, telling: TellingForm | None) -> str:
    """What was written and refused, where its form does not show it."""
    if telling and not booking.is_live:
        return "\n".join(value for value in telling.cleaned_data.values() if value)
    return leaving.cleaned_data.get("words", "") if leaving else ""


def _open_survey(booking: Booking, now):
    """The form that waits for this person's answer after the session."""
    about = f"session:{booking.session_id}:"
    return open_for(booking.person, now).filter(about__startswith=about).order_by("opens_at").first()


def _address(booking: Booking) -> str:
    return reverse("my_booking", args=[booking.key])


def _step(request, booking: Booking, verb, form=None, **named) -> HttpResponse:
    """Do it, and show the booking as it is now; a refusal says why, with nothing changed and the form as it came.

    `form` is the name of the page's form and the form.
    """
    try:
        verb(booking=booking, by=request.user, now=timezone.now(), **named)
    except NotPossible as error:
        return _page(request, _own(request, booking.key), refusal=error, status=409, **(form or {}))
    return redirect(_address(booking))


@require_POST
def leave(request, key):
    booking = _own(request, key)
    form = LeaveForm(request.POST, session=booking.session, auto_id="leave_%s")
    if not form.is_valid():
        return _page(request, booking, leaving=form, status=400)
    return _step(request, booking, gate.leave, {"leaving": form}, **form.cleaned_data)


@require_POST
def wishes(request, key):
    """Other breakouts than were wished for before."""
    booking = _own(request, key)
    form = WishesForm.sent(request.POST, booking, auto_id="wish_%s")
    if not form.is_valid():
        return _page(request, booking, wishing=form, status=400)
    return _step(request, booking, change_wishes, {"wishing": form}, breakouts=form.ranked())


@require_POST
def told(request, key):
    """What the organiser is to know, put right."""
    booking = _own(request, key)
    form = TellingForm(request.POST, session=booking.session, auto_id="told_%s")
    if not form.is_valid():
        return _page(request, booking, telling=form, status=400)
    answer = _step(request, booking, tell_otherwise, {"telling": form}, **form.cleaned_data)
    return redirect(_address(booking) + "?told=1") if answer.status_code == 302 else answer


@require_POST
def accept(request, key):
    return _step(request, _own(request, key), gate.accept)


@require_POST
def pass_on(request, key):
    return _step(request, _own(request, key), gate.pass_on)


@require_POST
def ask_again(request, key):
    return _step(request, _own(request, key), gate.ask_again)


@require_POST
def hand_over(request, key):
    """To a colleague; afterwards the booking is theirs, so the way leads back to the list."""
    booking = _own(request, key)
    form = HandOverForm(request.POST, auto_id="hand_%s")
    if not form.is_valid():
        return _page(request, booking, handing_over=form, status=400)
    answer = _step(request, booking, gate.swap, {"handing_over": form}, to=form.cleaned_data["colleague"])
    return redirect(reverse("my_bookings") + "?handed-over=1") if answer.status_code == 302 else answer


@require_safe
def join(request, key):
    """The way into an online session, for those with a place, in the hour before and until it ends."""
    booking = _own(request, key)
    try:
        return redirect(join_address(booking, timezone.now()))
    except NotPossible as error:
        return _page(request, booking, refusal=error, status=409)
