"""How the outbox is emptied: claim, commit, send, note. No transaction is open while a mail server is spoken to.

On SQLite a transaction is the write lock of the whole hub, and on PostgreSQL it holds a connection of the pool: a mail
server that says nothing would hold up whoever books. So a letter is claimed in one short statement, sent in none, and
noted in another. A worker that dies between the two last leaves a letter that goes out once more, and no other.
"""

import logging
import time
from datetime import datetime, timedelta
from threading import Event
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import OperationalError
from django.db.models import Case, F, When

from notices.mail_server import (
    InDoubt,
    answers_again,
    hand_over,
    hang_up,
    is_final,
    is_servers_fault,
    let_rest,
    mail_server,
    rests,
)
from notices.models import CLAIM, OutgoingMail, Told

logger = logging.getLogger(__name__)

KEEP_TRYING = timedelta(days=4)
"""A mail server that is away from Friday to Monday loses no letter."""
LONGEST_PAUSE = timedelta(minutes=15)
PAUSES_IN_DOUBT = (timedelta(minutes=15), timedelta(hours=6), timedelta(hours=60))
"""After the server had the letter and did not answer. Each try may be one more copy for the reader: four at most, and
the last of them after the weekend."""
KEEP_SENT = timedelta(days=30)
RUN_SECONDS = 60
"""Of one run; the next goes on, and takes what is urgent first."""
FAULTS_IN_A_ROW = 2
"""After so many the run ends: one letter may be more than a server can bear, two in a row are the server."""
NOTE_AGAIN = (0.2, 1, 5)
"""Seconds before a note is tried again: a letter that is not noted would go out twice."""

URGENT = "password_reset"

stopping = Event()
"""Set when the worker is to end: the letter in hand is the last."""


def send_due(*, now: datetime) -> int:
    """Send the messages whose time has come; returns how many went out.

    A message that fails waits a little longer each time (at most 15 minutes) and is given up, loudly, after four days,
    or at once where there is no such address. One that the server had and never said that it took is tried four times,
    since each may arrive. It holds up nobody else's. Workers side by side share the work.
    """
    _forget_sent(now)
    if rests(now):
        return 0
    connection = mail_server()
    try:
        return _send_all(connection, now)
    finally:
        hang_up(connection)


def _send_all(connection, now: datetime) -> int:
    begun, sent, faults = time.monotonic(), 0, 0
    for pk in _in_order(now):
        seconds = time.monotonic() - begun
        if stopping.is_set() or seconds > RUN_SECONDS:
            break
        # A claim holds from when it is made, however long the letters before it took.
        mail = _claim(pk, now + timedelta(seconds=seconds))
        if mail is None:
            continue
        error = _send(mail, connection, now)
        sent += error is None
        faults = faults + 1 if error and is_servers_fault(error) else 0
        if faults == FAULTS_IN_A_ROW:
            logger.warning("The mail server does not answer; it is left alone for a while.")
            let_rest(now)
            break
    if sent and faults < FAULTS_IN_A_ROW:
        answers_again()
    return sent


def _in_order(now: datetime) -> list[int]:
    """What somebody waits for at the screen comes first; then as it was written, so that letters keep their order."""
    somebody_waits = Case(When(kind__startswith=URGENT, then=0), default=1)
    return list(OutgoingMail.objects.due(now).order_by(somebody_waits, "pk").values_list("pk", flat=True))


def _claim(pk: int, now: datetime) -> OutgoingMail | None:
    """The message, if it is still to be sent and nobody else has it; whoever has written its claim sends it."""
    claim = uuid4()
    mine = {"claim": claim, "claimed_until": now + CLAIM, "attempts": F("attempts") + 1}
    if not OutgoingMail.objects.due(now).filter(pk=pk).update(**mine):
        return None
    return OutgoingMail.objects.filter(pk=pk, claim=claim).first()


def _send(mail: OutgoingMail, connection, now: datetime) -> Exception | None:
    """Send it and note what became of it; returns what went wrong."""
    try:
        hand_over(compose(mail, connection), connection)
    except Exception as error:  # a server that refuses, and a message that no server could be sent, hold up nobody
        logger.warning("Mail %s (%s) was not sent, try %s: %s", mail.pk, mail.kind, mail.attempts, type(error).__name__)
        _note(mail, **_after(error, mail, now))
        return error
    # What was in it (a reset link, say) need not outlive the sending.
    _note(mail, state=OutgoingMail.State.SENT, sent_at=now, text="", html="", calendar_files=[])
    return None


def _after(error: Exception, mail: OutgoingMail, now: datetime) -> dict:
    """When a message that failed is tried again, if it is."""
    gives_up_at = mail.gives_up_at or now + KEEP_TRYING
    doubts = mail.doubts + isinstance(error, InDoubt)
    pause = min(timedelta(seconds=15 * 2 ** min(mail.attempts, 10)), LONGEST_PAUSE)
    if isinstance(error, InDoubt):
        pause = dict(enumerate(PAUSES_IN_DOUBT, 1)).get(doubts, KEEP_TRYING)
    ends = is_final(error) or doubts > len(PAUSES_IN_DOUBT) or now + pause > gives_up_at
    state = OutgoingMail.State.GIVEN_UP if ends else OutgoingMail.State.WAITING
    return {"next_try": now + pause, "gives_up_at": gives_up_at, "state": state, "doubts": doubts}


def _note(mail: OutgoingMail, **said) -> None:
    """Write down what became of it, and let go of it."""
    for pause in (*NOTE_AGAIN, None):
        try:
            OutgoingMail.objects.filter(pk=mail.pk, claim=mail.claim).update(claim=None, claimed_until=None, **said)
        except OperationalError:
            if pause is None:
                raise
            time.sleep(pause)
        else:
            return


def forget(*, now: datetime) -> None:
    """A job: forget who was told what, once nothing could write it again."""
    Told.objects.to_forget(now).delete()


def _forget_sent(now: datetime) -> None:
    old = OutgoingMail.objects.filter(state=OutgoingMail.State.SENT, sent_at__lt=now - KEEP_SENT)
    # Asked first: a deletion of nothing takes the write lock all the same.
    if old.exists():
        old.delete()


def compose(mail: OutgoingMail, connection) -> EmailMultiAlternatives:
    """The message as it leaves the hub."""
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
    return message


def _add_calendar(message: EmailMultiAlternatives, mail: OutgoingMail) -> None:
    """One date as an alternative of the text, which is what calendars act on; several as files, one a date."""
    # Django adds the charset; a second one would make Outlook drop the part.
    mime = f"text/calendar; method={mail.calendar_method}"
    if len(mail.calendar_files) == 1:
        message.attach_alternative(mail.calendar_files[0], mime)
    elif mail.calendar_files:
        for number, file in enumerate(mail.calendar_files, 1):
            message.attach(f"date-{number}.ics", file, mime)
