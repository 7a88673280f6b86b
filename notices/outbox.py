"""The outbox: mail is a row first and a message later, so that no crash loses it and nobody waits for a mail server."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from notices.models import OutgoingMail

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 12
LONGEST_PAUSE = timedelta(minutes=15)
KEEP_SENT = timedelta(days=30)
MAIL_SERVER_SECONDS = 10
SMTP_NEVER = 500
"""From this code on a mail server means never; below, not now (RFC 5321, 4.2.1)."""


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


def tell(person, letter: Letter, *, kind: str, dedupe_key: str) -> None:
    """Write a letter into the outbox, as text and as HTML. Call it in the transaction of what it tells of."""
    context = {"letter": letter, "name": person.first_name or person.email, "base_url": settings.BASE_URL}
    message = EmailMultiAlternatives(letter.subject, render_to_string("notices/letter.txt", context), to=[person.email])
    message.attach_alternative(render_to_string("notices/letter.html", context), "text/html")
    queue_message(
        message,
        kind=kind,
        dedupe_key=dedupe_key,
        calendar_method=letter.calendar_method,
        calendar_files=letter.calendar_files,
    )


def queue_message(
    message: EmailMessage,
    *,
    kind: str,
    dedupe_key: str = "",
    calendar_method: str = "",
    calendar_files: Sequence[str] = (),
) -> None:
    """Write a composed message into the outbox, once for each person it goes to.

    Call it inside the transaction of whatever the message tells of. A second call with the same `dedupe_key` does
    nothing.
    """
    html = next((body for body, mime in getattr(message, "alternatives", []) if mime == "text/html"), "")
    for address in message.to:
        OutgoingMail.objects.get_or_create(
            dedupe_key=f"{dedupe_key or uuid4().hex}:{address}",
            defaults={
                "kind": kind,
                "to": address,
                # A line break in a subject would become a header of its own.
                "subject": " ".join(message.subject.split())[:250],
                "text": message.body,
                "html": html,
                "calendar_method": calendar_method,
                "calendar_files": list(calendar_files),
                "next_try": timezone.now(),
            },
        )


def mail_server():
    """A connection to where the outbox is emptied to, as `EMAIL_URL` says: a mail server, the console, a folder."""
    server = settings.MAIL_SERVER
    backend = server["EMAIL_BACKEND"]
    if backend.endswith("smtp.EmailBackend"):
        return get_connection(
            backend,
            host=server["EMAIL_HOST"],
            port=server["EMAIL_PORT"],
            username=server["EMAIL_HOST_USER"],
            password=server["EMAIL_HOST_PASSWORD"],
            use_tls=server.get("EMAIL_USE_TLS", False),
            use_ssl=server.get("EMAIL_USE_SSL", False),
            timeout=MAIL_SERVER_SECONDS,
        )
    if backend.endswith("filebased.EmailBackend"):
        return get_connection(backend, file_path=server["EMAIL_FILE_PATH"])
    return get_connection(backend)


def send_due(*, now: datetime) -> int:
    """Send every message whose time has come; returns how many went out.

    A message that fails waits a little longer each time (at most 15 minutes) and is given up, loudly, after twelve
    tries, or at once where there is no such address; it holds up nobody else's. Rows are taken one by one under a
    lock, so two workers share the work.
    """
    sent = 0
    connection = mail_server()
    for pk in list(OutgoingMail.objects.due(now).values_list("pk", flat=True)):
        with transaction.atomic():
            mail = OutgoingMail.objects.select_for_update(skip_locked=True).due(now).filter(pk=pk).first()
            if mail:
                sent += _send(mail, connection, now)
    OutgoingMail.objects.filter(state=OutgoingMail.State.SENT, sent_at__lt=now - KEEP_SENT).delete()
    return sent


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
        mail.state, mail.attempts, mail.next_try = OutgoingMail.State.WAITING, 0, now
        mail.save(update_fields=["state", "attempts", "next_try"])
        return True


def _send(mail: OutgoingMail, connection, now: datetime) -> bool:
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        settings.DEFAULT_FROM_EMAIL,
        [mail.to],
        connection=connection,
        headers={"Message-ID": f"<outbox-{mail.pk}@hub>", "Auto-Submitted": "auto-generated"},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    _add_calendar(message, mail)
    mail.attempts += 1
    try:
        message.send()
    except Exception as error:  # a server that refuses, and a message that no server could be sent, hold up nobody
        logger.warning("Mail %s (%s) was not sent, try %s: %s", mail.pk, mail.kind, mail.attempts, type(error).__name__)
        mail.next_try = now + min(timedelta(seconds=15 * 2**mail.attempts), LONGEST_PAUSE)
        if mail.attempts >= MOST_ATTEMPTS or _is_final(error):
            mail.state = OutgoingMail.State.GIVEN_UP
    else:
        mail.state, mail.sent_at = OutgoingMail.State.SENT, now
        # What was in it (a reset link, say) need not outlive the sending.
        mail.text, mail.html, mail.calendar_files = "", "", []
    mail.save()
    return mail.state == OutgoingMail.State.SENT


def _is_final(error: Exception) -> bool:
    """Whether the mail server says that there is no such address: trying again would change nothing."""
    refused = error.recipients.values() if isinstance(error, SMTPRecipientsRefused) else ()
    return bool(refused) and all(code >= SMTP_NEVER for code, _ in refused)


def _add_calendar(message: EmailMultiAlternatives, mail: OutgoingMail) -> None:
    """One date as an alternative of the text, which is what calendars act on; several as files, one a date."""
    # Django adds the charset; a second one would make Outlook drop the part.
    mime = f"text/calendar; method={mail.calendar_method}"
    if len(mail.calendar_files) == 1:
        message.attach_alternative(mail.calendar_files[0], mime)
    elif mail.calendar_files:
        for number, file in enumerate(mail.calendar_files, 1):
            message.attach(f"date-{number}.ics", file, mime)
