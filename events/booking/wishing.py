"""After booking: people change which breakouts they would like and what the organiser is to know of them; organisers
choose a breakout for somebody.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from events.booking.breakouts import has_room, keep_wishes, move_up, place_in
from events.booking.discretion import refuse_by_name, refuse_note
from events.booking.lock import locked, patiently
from events.booking.permissions import may_organise
from events.booking.steps import log, move_people_up
from events.booking.times import is_gone, refuse_if_gone, refuse_other_wishes
from events.models import Booking, Breakout, Provision, Session, What
from people.models import User
from people.refusals import NotAllowed, NotPossible


@patiently
def change_wishes(*, booking: Booking, by: User, now: datetime, breakouts: Sequence[int]) -> Booking:
    """What somebody would like instead, the dearest first. Nobody loses a breakout that is still wished for.

    Raises NotPossible after the cut-off, and once the booking is no more.
    """
    if booking.person_id != by.pk:
        raise NotAllowed("Only the person who is booked can change what they would like.")
    with locked(booking.session_id) as session:
        refuse_if_gone(session, now)
        booking = session.bookings.select_related("breakout").get(pk=booking.pk)
        booking.session = session
        if not booking.is_live:
            raise NotPossible("You have no place and no turn here any more.", code="not-booked")
        refuse_other_wishes(session, now)
        keep_wishes(booking, breakouts)
        log(booking, What.WISHED, now=now, by=by)
        move_people_up(session, now=now, by=by)
        booking.refresh_from_db()
        return booking


@patiently
def tell_otherwise(
    *, booking: Booking, by: User, now: datetime, note: str = "", access: str = "", food: str = ""
) -> Booking:
    """What the organiser is to know of somebody, put right by them until it is over: what is empty is taken back.

    Raises NotPossible once the booking is no more.
    """
    if booking.person_id != by.pk:
        raise NotAllowed("Only the person who is booked can change what they said.")
    with locked(booking.session_id) as session:
        refuse_if_gone(session, now)
        refuse_note(session, note)
        booking = session.bookings.get(pk=booking.pk)
        if not booking.is_live:
            raise NotPossible("You have no place and no turn here any more.", code="not-booked")
        booking.note = note
        booking.save(update_fields=["note"])
        said = Provision.objects.filter(booking=booking)
        if access or food:
            said.update_or_create(booking=booking, defaults={"access": access, "food": food})
        else:
            said.delete()
        return booking


@patiently
def choose_for(*, booking: Booking, breakout: Breakout | None, by: User, now: datetime) -> Booking:
    """An organiser's choice, which stays whatever comes free; with none, the person's own wishes count again."""
    if not may_organise(by, booking.session):
        raise NotAllowed("Only the organisers of this session can say who goes where.")
    refuse_by_name(booking.session)
    with locked(booking.session_id) as session:
        refuse_if_gone(session, now)
        booking = session.bookings.select_related("breakout", "person").get(pk=booking.pk)
        booking.session = session
        if not booking.is_held:
            raise NotPossible("This person has no place in the session.", code="not-booked")
        if breakout and breakout != booking.breakout and not has_room(breakout):
            raise NotPossible(f"All places of {breakout} are taken. Move somebody out of it first.", code="full")
        with telling_of_breakouts(session, by=by, now=now, chosen=booking):
            place_in(booking, breakout, by_hand=breakout is not None)
        booking.refresh_from_db()
        return booking


ASK = "On your booking you can say which you would like."


@contextmanager
def telling_of_breakouts(
    session: Session, *, by: User | None, now: datetime, chosen: Booking | None = None
) -> Iterator[None]:
    """Whatever becomes of breakouts inside, and who moves up by it: whoever has another than before reads of it once.

    Compared before and after, so that no way of renaming, taking away or choosing one can forget to tell. Called under
    the lock.
    """
    was = _known_to_people(session)
    yield
    offered = set(Breakout.objects.filter(session=session).values_list("pk", flat=True))
    taken_away = [pk for pk, (had, _) in was.items() if had and had.pk not in offered]
    session.bookings.filter(pk__in=taken_away).update(breakout_by_hand=False)
    if is_gone(session, now):
        return
    move_up(session)
    for booking in _with_breakouts(session):
        had, wished = was.get(booking.pk, (None, []))
        words = _what_became_of(had, booking.breakout, offered, by_hand=booking.pk == (chosen and chosen.pk))
        words = words or _wished_in_vain(booking, wished, offered)
        if words:
            log(booking, What.BREAKOUT, now=now, by=by, words=words[:300])


def _with_breakouts(session: Session) -> list[Booking]:
    return list(session.bookings.live().select_related("breakout", "person").prefetch_related("wishes__breakout"))


def _known_to_people(session: Session) -> dict[int, tuple[Breakout | None, list[Breakout]]]:
    """The breakout of each live booking, and those that were wished for."""
    found = _with_breakouts(session)
    return {one.pk: (one.breakout, [wish.breakout for wish in one.wishes.all()]) for one in found}


def _what_became_of(had: Breakout | None, has: Breakout | None, offered: set[int], *, by_hand: bool) -> str:
    """What somebody reads whose breakout is another than it was, or has another name; nothing where it is the same."""
    if had and has and had.pk == has.pk:
        renamed = f"Your breakout has a new name: it was “{had}”, it is “{has}”."
        return renamed if had.title != has.title else ""
    if had and had.pk not in offered:
        return f"“{had}” is not offered any more. " + (f"Your breakout is {has} now." if has else _without(offered))
    if by_hand and has:
        return f"The organiser chose for you: {has}."
    if has:
        return f"A place came free: your breakout is {has} now."
    return f"The organiser took you out of {had}. {_without(offered)}" if had else ""


def _without(offered: set[int]) -> str:
    return f"You have no breakout now. {ASK}" if offered else "You have no breakout now."


def _wished_in_vain(booking: Booking, wished: list[Breakout], offered: set[int]) -> str:
    """For somebody without a breakout, all of whose wishes were taken away: nothing can come of them any more."""
    if booking.breakout or not wished or any(one.pk in offered for one in wished):
        return ""
    titles = " and ".join(f"“{one}”" for one in wished)
    return f"{titles} {'is' if len(wished) == 1 else 'are'} not offered any more. " + (ASK if offered else "")
