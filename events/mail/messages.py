"""Messages from an organiser to everybody of a session: written once, sent by a job, each to one person alone."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from events.booking.permissions import may_organise
from events.models import Booking, Session, SessionMessage
from notices.kinds import kind
from notices.outbox import Letter, tell
from pages.editing.once import SENT_BEFORE
from people.models import User
from people.refusals import NotAllowed, NotPossible

WRITTEN = kind("booking-message", "A message of an organiser")


def write(*, session: Session, by: User, now: datetime, key, to: str, subject: str, text: str) -> SessionMessage:
    """Keep a message to be sent. The same form sent twice is one message; with other words it raises NotPossible."""
    if not may_organise(by, session):
        raise NotAllowed("Only the organisers of this session can write to its people.")
    said = {"session_id": session.pk, "by_id": by.pk, "to": to, "subject": subject, "text": text}
    message, is_new = SessionMessage.objects.get_or_create(key=key, defaults={**said, "written_at": now})
    if not is_new and any(getattr(message, name) != value for name, value in said.items()):
        raise NotPossible(SENT_BEFORE, code="sent")
    return message


def send_due(*, now: datetime) -> None:
    """Turn every message that was not sent into a letter for each person, all in one transaction."""
    for pk in list(SessionMessage.objects.filter(sent_at=None).values_list("pk", flat=True)):
        with transaction.atomic():
            unsent = SessionMessage.objects.select_for_update(skip_locked=True, of=("self",)).filter(
                pk=pk, sent_at=None
            )
            message = unsent.select_related("session__event", "by").first()
            if message:
                _send(message)
                message.sent_at = now
                message.save(update_fields=["sent_at"])


def readers(message: SessionMessage) -> QuerySet[Booking]:
    """The bookings of everybody whom it goes to, as things are now."""
    return message.session.bookings.filter(state__in=message.states, person__is_active=True)


def paragraphs(message: SessionMessage) -> list[str]:
    """What each of them reads, below their name."""
    return [*message.text.replace("\r\n", "\n").split("\n\n"), f"From {message.by}, about: {message.session}."]


def _send(message: SessionMessage) -> None:
    for booking in readers(message).select_related("person"):
        letter = Letter(
            subject=message.subject,
            paragraphs=paragraphs(message),
            link=reverse("my_booking", args=[booking.key]),
            link_title="Your booking",
        )
        tell(booking.person, letter, kind=WRITTEN, about=message, occurrence="")
