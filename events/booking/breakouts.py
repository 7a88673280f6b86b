"""Smaller rooms of a session: what people would like, dearest first, and who gets a place. Called under the lock.

A place that comes free goes to whoever wished for it most and has nothing dearer: by rank, then in the order in which
people came. Where the organiser has chosen for somebody, it stays so.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Q

from events.models import Booking, Breakout, BreakoutWish, Session
from events.states import HELD


def keep_wishes(booking: Booking, breakouts: Sequence[int]) -> None:
    """Remember what a booking would like instead of what it liked before, and give the dearest that has a place.

    A breakout that is not wished for any more is given up. Unknown ids are left out.
    """
    booking.wishes.all().delete()
    offered = {breakout.pk: breakout for breakout in booking.session.breakouts.all()} if breakouts else {}
    chosen = [offered[pk] for pk in dict.fromkeys(breakouts) if pk in offered]
    BreakoutWish.objects.bulk_create(
        BreakoutWish(booking=booking, breakout=breakout, rank=rank) for rank, breakout in enumerate(chosen, 1)
    )
    if booking.breakout_id and not booking.breakout_by_hand and booking.breakout not in chosen:
        place_in(booking, None)
    if chosen and booking.is_held and not booking.breakout_id:
        choose_breakout(booking)


def choose_breakout(booking: Booking) -> None:
    """The dearest breakout with a place left. Nobody loses the session over it: without one, the organiser decides."""
    for wish in booking.wishes.select_related("breakout"):
        if has_room(wish.breakout):
            return place_in(booking, wish.breakout)
    return None


def has_room(breakout: Breakout) -> bool:
    return Booking.objects.held().filter(breakout=breakout).count() < breakout.capacity


def place_in(booking: Booking, breakout: Breakout | None, *, by_hand: bool = False) -> None:
    """Write down the breakout of a booking. Whether there is room is the caller's to ask."""
    booking.breakout, booking.breakout_by_hand = breakout, by_hand
    booking.save(update_fields=["breakout", "breakout_by_hand"])


def move_up(session: Session) -> list[Booking]:
    """Give every free place of a breakout to who wished for it most, until nobody can be better off. Who has moved."""
    held = Count("bookings", filter=Q(bookings__state__in=HELD))
    free = {one.pk: one.capacity - one.taken for one in session.breakouts.annotate(taken=held)}
    if not any(places > 0 for places in free.values()):
        return []
    people = list(session.bookings.held().filter(breakout_by_hand=False).prefetch_related("wishes__breakout"))
    people.sort(key=_came)
    moved = {}
    while better := _dearest(people, free):
        booking, breakout = better
        free[breakout.pk] -= 1
        if booking.breakout_id:
            free[booking.breakout_id] += 1
        place_in(booking, breakout)
        moved[booking.pk] = booking
    return list(moved.values())


def _came(booking: Booking) -> tuple[datetime, int]:
    return booking.queued_at or booking.booked_at or booking.created_at, booking.pk


def _dearest(people: list[Booking], free: dict[int, int]) -> tuple[Booking, Breakout] | None:
    """Who is next to move, and where to: the lowest rank of a wish that can be met, and of equals who came first."""
    best = None
    for booking in people:
        wish = _better(booking, free)
        if wish and (best is None or wish.rank < best[1].rank):
            best = booking, wish
    return best and (best[0], best[1].breakout)


def _better(booking: Booking, free: dict[int, int]) -> BreakoutWish | None:
    """The dearest wish that has a free place and is dearer than what the person has."""
    for wish in booking.wishes.all():
        if wish.breakout_id == booking.breakout_id:
            return None
        if free.get(wish.breakout_id, 0) > 0:
            return wish
    return None
