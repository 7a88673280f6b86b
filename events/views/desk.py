"""The organiser's desk. Others do not find it."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from events.booking import approving, organising
from events.booking.discretion import keeps_names
from events.booking.lapsing import free_seats_of_nobody
from events.booking.permissions import organised_by
from events.booking.wishing import choose_for
from events.mail import messages
from events.mail.sayings import done
from events.models import Booking, Breakout, Session, SessionMessage
from events.reading.desk import Desk, DeskList, date_of
from events.reading.desk_forms import CapacityForm, MessageForm, MoveForm, PersonForm, ReasonForm, reason_in
from language.careful import careful_line
from people.refusals import NotPossible

SAID = {
    "add": "Added. A mail is on its way.",
    "remove": "Cancelled. The person is told why. If it was a place, it goes to who is next.",
    "front": "Moved to the front of the queue.",
    "front-booked": "A place was free, so they have it now. A mail is on its way.",
    "front-offered": "A place was free, so it is offered to them now. A mail is on its way.",
    "give": "The place is given. A mail is on its way.",
    "approve": "Approved. The person is told.",
    "approve-waiting": "Approved. No place is free now, so the person is in the queue, and is told.",
    "approve-expired": "Approved, but all places were taken meanwhile and there is no queue. The person is told.",
    "decline": "Declined. The person is told why.",
    "breakout": "Chosen. They are told if it is another one than before.",
    "capacity": "The number of places is changed.",
    "freed": "What belonged to nobody is free, and goes to who is next.",
    "move": "Saved. Everyone who booked or waits is told what it was and what it is, and calendars change.",
    "cancel-date": "The date is cancelled. Everyone who booked or waits is told.",
    "cancel": "The session is cancelled. Everyone is told.",
    "write": "Your message is on its way, to each person alone.",
}


@require_safe
def sessions(request):
    """Everything this person organises; nobody else sees that there is a desk."""
    listing = DeskList(request.user, timezone.now(), dict(request.GET.lists()))
    if not organised_by(request.user).exists() and not request.user.has_perm("events.view_session"):
        raise Http404
    return render(request, "events/desk_list.html", {"desk": listing})


def _session(request, key) -> Session:
    sessions = organised_by(request.user).select_related("event").prefetch_related("dates")
    return get_object_or_404(sessions, key=key)


@require_safe
def desk(request, key):
    return _page(request, _session(request, key))


def _page(request, session: Session, *, refusal=None, status=200, **forms) -> HttpResponse:
    """The desk, with the form that was refused as it was filled in."""
    context = {
        "session": session,
        "desk": Desk(session, request.user, timezone.now(), dict(request.GET.lists())),
        "person_form": PersonForm(auto_id="add_%s"),
        "capacity_form": CapacityForm(initial={"capacity": session.capacity}, auto_id="capacity_%s"),
        "message_form": MessageForm(initial={"to": "placed"}, auto_id="write_%s"),
        "cancel_form": ReasonForm(auto_id="cancel_%s"),
        "said": SAID.get(request.GET.get("said", "")),
        "refusal": refusal,
        **forms,
    }
    return render(request, "events/desk.html", context, status=status)


def _done(session: Session, said: str) -> HttpResponse:
    return redirect(reverse("desk", args=[session.key]) + f"?said={said}")


def _refused(request, session: Session, words: str, status=409, **forms) -> HttpResponse:
    return _page(request, _session(request, session.key), refusal=words, status=status, **forms)


@require_POST
def add(request, key):
    session, form = _session(request, key), PersonForm(request.POST, auto_id="add_%s")
    if not form.is_valid():
        return _page(request, session, person_form=form, status=400)
    given = form.cleaned_data
    try:
        organising.add(
            session=session,
            person=given["colleague"],
            by=request.user,
            now=timezone.now(),
            because=given["because"],
            although=given["although"],
        )
    except NotPossible as error:
        form.add_error("because" if error.code == "no-reason" else "colleague", error.words)
        return _page(request, session, person_form=form, status=400 if error.code == "no-reason" else 409)
    return _done(session, "add")


def _breakout(request, session: Session) -> Breakout | None:
    """The one that was chosen from the list; none for "As they wished"."""
    chosen = request.POST.get("breakout", "")
    if chosen and not (chosen.isdecimal() and len(chosen) < 16):
        raise Http404
    return get_object_or_404(session.breakouts, pk=int(chosen)) if chosen else None


ON_BOOKINGS = {
    "remove": (organising.remove, True),
    "front": (organising.move_to_front, True),
    "approve": (approving.approve, False),
    "decline": (approving.decline, True),
}
"""What can be done with one booking: the verb, and whether it asks for a reason."""


@require_POST
@careful_line("reason", "Reason")
def on_booking(request, key, booking_key, do):
    """One step with one booking of this session."""
    session = _session(request, key)
    booking = get_object_or_404(Booking.objects.select_related("session", "person"), key=booking_key, session=session)
    now, by = timezone.now(), request.user
    try:
        if do == "give":
            organising.add(
                session=session,
                person=booking.person,
                by=by,
                now=now,
                because=reason_in(request.POST),
            )
        elif do == "breakout":
            choose_for(booking=booking, breakout=_breakout(request, session), by=by, now=now)
        elif do in ON_BOOKINGS:
            verb, asks = ON_BOOKINGS[do]
            reason = {"reason": reason_in(request.POST)} if asks else {}
            booking = verb(booking=booking, by=by, now=now, **reason)
        else:
            raise Http404
    except NotPossible as error:
        who = f"{booking.person or 'This place'}: " if keeps_names(session) else ""
        return _refused(request, session, f"{who}{error.words}", unsent=reason_in(request.POST))
    return _done(session, done(do, booking.state, SAID))


@require_POST
def capacity(request, key):
    session, form = _session(request, key), CapacityForm(request.POST, auto_id="capacity_%s")
    if not form.is_valid():
        return _page(request, session, capacity_form=form, status=400)
    organising.set_capacity(
        session=session, capacity=form.cleaned_data["capacity"], by=request.user, now=timezone.now()
    )
    return _done(session, "capacity")


@require_POST
def free_seats(request, key):
    """Of people whose account is deleted."""
    session = _session(request, key)
    try:
        free_seats_of_nobody(session=session, by=request.user, now=timezone.now())
    except NotPossible as error:
        return _refused(request, session, error.words)
    return _done(session, "freed")


def move(request, key, date_key):
    """A page of its own for one date: its day, its time, its place."""
    session = _session(request, key)
    date = date_of(session, date_key)
    if not date:
        raise Http404
    form = MoveForm(request.POST, date=date) if request.method == "POST" else MoveForm.of(date)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("starts_at", "ends_at", "place")}
        try:
            organising.move_date(date=date, by=request.user, now=timezone.now(), **given)
        except (NotPossible, ValidationError) as error:
            form.add_error(None, getattr(error, "words", "This date cannot be moved there."))
        else:
            return _done(session, "move")
    context = {"session": session, "date": date, "was": date.of(session).when_and_where, "form": form}
    return render(request, "events/desk_move.html", context, status=400 if form.errors else 200)


@require_POST
@careful_line("reason", "Reason")
def cancel_date(request, key, date_key):
    session = _session(request, key)
    date = date_of(session, date_key)
    if not date:
        raise Http404
    try:
        organising.cancel_date(date=date, by=request.user, now=timezone.now(), reason=reason_in(request.POST))
    except NotPossible as error:
        return _refused(request, session, error.words, unsent=reason_in(request.POST))
    return _done(session, "cancel-date")


@require_POST
def cancel(request, key):
    session, form = _session(request, key), ReasonForm(request.POST, auto_id="cancel_%s")
    if not form.is_valid():
        return _page(request, session, cancel_form=form, status=400)
    try:
        organising.cancel_session(
            session=session, by=request.user, now=timezone.now(), reason=form.cleaned_data["reason"]
        )
    except NotPossible as error:
        return _refused(request, session, error.words, unsent=form.cleaned_data["reason"])
    return _done(session, "cancel")


@require_POST
def write(request, key):
    """A message to everyone: shown as it will arrive first, and sent by a second press."""
    session, form = _session(request, key), MessageForm(request.POST, auto_id="write_%s")
    if not form.is_valid():
        return _page(request, session, message_form=form, status=400)
    if request.POST.get("do") != "send":
        draft = SessionMessage(session=session, by=request.user, **form.cleaned_data)
        context = {"session": session, "form": form, "draft": draft, "paragraphs": messages.paragraphs(draft)}
        context["how_many"] = messages.readers(draft).count()
        return render(request, "events/desk_write.html", context)
    try:
        messages.write(session=session, by=request.user, now=timezone.now(), **form.cleaned_data)
    except NotPossible as error:
        form.come_back()
        return _refused(request, session, error.words, message_form=form)
    return _done(session, "write")
