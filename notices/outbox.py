"""The outbox: mail is a row first and a message later, so that no crash loses it and nobody waits for a mail server.

How the rows go out is in notices/sending.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone

from notices.kinds import Kind
from notices.models import OutgoingMail
from notices.told_models import Told, about_of


@dataclass(frozen=True)
class Letter:
    """What the hub writes to one person: a greeting is added. Paragraphs are plain text; facts are label and text."""

    subject: str
    paragraphs: list[str]
    facts: list[tuple[str, str]] = field(default_factory=list)
    link: str = ""
    link_title: str = ""
    calendar_method: str = ""
    calendar_files: list[str] = field(default_factory=list)


def tell(
    person,
    letter: Letter,
    *,
    kind: Kind,
    about: Model,
    occurrence: str | None = None,
    now: datetime | None = None,
) -> bool:
    """Tell somebody of one thing that happened, once; False if they know. Call it in the transaction of what happened.

    A verb says what it is `about`, and each time it happens is told. A job, which comes by again and again, names the
    `occurrence` as well ("5 days before 2027-03-03"), and that one is told once, however long ago the letter went out.
    """
    is_news = Told.objects.note(kind, about_of(about), occurrence, person, now or timezone.now())
    if is_news:
        write(person, letter, kind=kind)
    return is_news


def write(person, letter: Letter, *, kind: Kind) -> None:
    """Write a letter into the outbox, as text and as HTML, without asking whether it was told."""
    context = {"letter": letter, "name": person.first_name or person.email, "base_url": settings.BASE_URL}
    message = EmailMultiAlternatives(letter.subject, render_to_string("notices/letter.txt", context), to=[person.email])
    message.attach_alternative(render_to_string("notices/letter.html", context), "text/html")
    queue_message(message, kind=kind.name, calendar_method=letter.calendar_method, calendar_files=letter.calendar_files)


def queue_message(
    message: EmailMessage, *, kind: str, calendar_method: str = "", calendar_files: Sequence[str] = ()
) -> None:
    """Write a composed message into the outbox, once for each person it goes to.

    Call it inside the transaction of whatever the message tells of. Whether somebody has been told of that already is
    asked before (`tell`).
    """
    html = next((body for body, mime in getattr(message, "alternatives", []) if mime == "text/html"), "")
    for address in message.to:
        OutgoingMail.objects.create(
            kind=kind,
            to=address,
            # A line break in a subject would become a header of its own.
            subject=" ".join(message.subject.split())[:250],
            text=message.body,
            html=html,
            calendar_method=calendar_method,
            calendar_files=list(calendar_files),
            next_try=timezone.now(),
        )


def may_look_after_mail(person) -> bool:
    """Who sees which mail did not go out, and may have it tried again: administrators."""
    return person.is_active and person.has_perm("notices.change_outgoingmail")


def try_again(*, mail: OutgoingMail, by, now: datetime) -> bool:
    """Let the next run send a message that waits or was given up, with all its tries before it.

    Returns False, and changes nothing, when it has gone out in the meantime.
    """
    if not may_look_after_mail(by):
        raise PermissionDenied
    with transaction.atomic():
        mail = OutgoingMail.objects.select_for_update().not_sent().filter(pk=mail.pk).first()
        if not mail:
            return False
        begun_anew = {"state": OutgoingMail.State.WAITING, "attempts": 0, "doubts": 0, "gives_up_at": None}
        OutgoingMail.objects.filter(pk=mail.pk).update(next_try=now, **begun_anew)
        return True
