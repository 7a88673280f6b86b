"""What may still change once it is written down who came: one fact, which every verb asks under the lock.

A place that was used, or not, is history: it is not given up, handed over or called off afterwards. Where a mistake
was made, an organiser corrects the list of who came (`events/attendance/attending.py`), and then everything is open
again. Of a course whose later dates are still to come, the rest can be given up: what was attended stays with the
person.
"""

from datetime import datetime

from django.utils import timezone

from events.models import Booking, Session, SessionDate
from people.models import User
from people.refusals import NotPossible


def refuse_to_end(booking: Booking, session: Session, *, by: User | None, now: datetime) -> None:
    """Raise NotPossible if it is written down whether this person came, and no later date is left to give up."""
    if not is_settled(booking, session, now):
        return
    who = "you" if by and by.pk == booking.person_id else str(booking.person or "this person")
    raise NotPossible(
        f"It is already written down whether {who} came. An organiser can correct that on the list of who came.",
        code="came",
    )


def is_settled(booking: Booking, session: Session, now: datetime) -> bool:
    """Whether nothing of a booking can be given up any more: its list is written and no date is still to come."""
    return not any(date.starts_at > now for date in session.held_dates) and booking.attendance.exists()


def refuse_to_hand_over(booking: Booking) -> None:
    """Raise NotPossible if it is written down whether this person came: that cannot become a colleague's."""
    if booking.attendance.exists():
        raise NotPossible(
            "It is already written down whether you came, so this place stays in your name. "
            "Ask the organiser to add your colleague to the dates that are left.",
            code="came",
        )


def refuse_to_call_off(date: SessionDate) -> None:
    """Raise NotPossible if it is written down for somebody whether they came on this date: so it took place."""
    if is_written_down(date):
        raise NotPossible(
            "It is written down who came on this date, so it took place. Undo the ticks first if it did not.",
            code="came",
        )


def refuse_another_day(date: SessionDate, starts_at: datetime) -> None:
    """Raise NotPossible if people are ticked as having come on a date that would move to another day."""
    if timezone.localdate(date.starts_at) != timezone.localdate(starts_at) and is_written_down(date):
        raise NotPossible(
            "It is written down who came on this date, so it stays on its day. Add a new date instead.", code="came"
        )


def is_written_down(date: SessionDate) -> bool:
    """Whether somebody has said of anybody if they came on this date, or how many."""
    return date.heads is not None or date.others is not None or date.attendance.exists()
