"""Smaller rooms of a session: what people would like, dearest first, and who gets a place. Called under the lock."""

from collections.abc import Sequence

from events.models import Booking, BreakoutWish


def keep_wishes(booking: Booking, breakouts: Sequence[int]) -> None:
    """Remember what a new booking would like, and give the dearest that has a place. Unknown ids are left out."""
    if not breakouts:
        return
    offered = {breakout.pk: breakout for breakout in booking.session.breakouts.all()}
    chosen = [offered[pk] for pk in dict.fromkeys(breakouts) if pk in offered]
    BreakoutWish.objects.bulk_create(
        BreakoutWish(booking=booking, breakout=breakout, rank=rank) for rank, breakout in enumerate(chosen, 1)
    )
    if chosen and booking.is_held:
        choose_breakout(booking)


def choose_breakout(booking: Booking) -> None:
    """The dearest breakout with a place left. Nobody loses the session over it: without one, the organiser decides."""
    for wish in booking.wishes.select_related("breakout"):
        taken = Booking.objects.held().filter(session_id=booking.session_id, breakout=wish.breakout).count()
        if taken < wish.breakout.capacity:
            booking.breakout = wish.breakout
            booking.save(update_fields=["breakout"])
            return
