"""Papers for hundreds: asked for on the desk, drawn by a job, deleted after a day.

Drawing takes seconds, so it happens outside every transaction: nobody who books waits for it.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q

from events.booking.discretion import keeps_names
from events.booking.permissions import may_organise
from events.models import Paper, Session, SessionDate
from events.papers.pdf import as_pdf, is_possible
from events.papers.texts import PaperText, as_html
from people.models import User
from people.refusals import NotAllowed, NotPossible

logger = logging.getLogger(__name__)

KEPT = timedelta(days=1)
GIVEN_UP_ON = timedelta(minutes=10)
"""A drawing that has taken so long was killed, and is begun again."""
MOST_TRIES = 3
AT_ONCE = 4
"""Drawings in one run of the jobs, so that mail does not wait for long."""


def ask(*, session: Session, kind: str, by: User, now: datetime, date: SessionDate | None = None) -> Paper:
    """Have a paper drawn, with the names as they are when it is drawn. Asking while it is being made changes nothing.

    Raises NotPossible where this machine draws none, and where names of those who come are not written down.
    """
    if not may_organise(by, session):
        raise NotAllowed("Only the organisers of this session can have its papers.")
    refuse_paper(session, kind, date)
    if not is_possible():
        raise NotPossible("This hub cannot draw PDFs. Use the page to print instead.", code="no-pdf")
    of_this = {"session": session, "kind": kind, "date": date}
    with transaction.atomic():
        paper, new = Paper.objects.get_or_create(**of_this, defaults={"asked_by": by, "asked_at": now})
        if not new and paper.state != Paper.State.ASKED:
            paper.state, paper.asked_by, paper.asked_at = Paper.State.ASKED, by, now
            paper.begun_at, paper.made_at, paper.file, paper.tries = None, None, None, 0
            paper.save()
    return paper


def refuse_paper(session: Session, kind: str, date: SessionDate | None) -> None:
    """Raise NotPossible for any paper where names are not kept, and for a list to sign of a date that is off."""
    if not keeps_names(session):
        raise NotPossible(
            "Here heads are counted and no names are kept, so there is nothing to print.", code="heads-only"
        )
    if kind != Paper.Kind.SHEET:
        return
    if date is None or date.cancelled_at:
        raise NotPossible("This date was cancelled, so there is nothing to sign.", code="cancelled")


def last_change(session: Session) -> datetime | None:
    """When that of which papers speak last became other than it was: the session, or the text of its event."""
    changed = session.changes.filter(before__isnull=False).aggregate(last=Max("at"))["last"]
    return max((one for one in (changed, session.event.last_published_at) if one), default=None)


def is_outdated(paper: Paper, changed: datetime | None) -> bool:
    """Whether a paper was drawn before the last change, and may send people to another room."""
    return bool(changed and paper.made_at and paper.made_at <= changed)


def draw_due(*, now: datetime) -> None:
    """Draw what was asked for, and delete what is a day old."""
    Paper.objects.filter(asked_at__lt=now - KEPT).delete()
    if not is_possible():
        return
    waits = Q(begun_at=None) | Q(begun_at__lt=now - GIVEN_UP_ON)
    due = Paper.objects.filter(waits, state=Paper.State.ASKED)
    # What ended the job itself each time is not begun for ever.
    due.filter(tries__gte=MOST_TRIES).update(state=Paper.State.FAILED)
    for pk in list(due.order_by("asked_at").values_list("pk", flat=True)[:AT_ONCE]):
        # Whoever writes its own moment draws it: two jobs side by side never draw the same.
        if due.filter(pk=pk).update(begun_at=now, tries=F("tries") + 1):
            _draw(Paper.objects.select_related("session__event", "date").defer("file").get(pk=pk), now)


def _draw(paper: Paper, now: datetime) -> None:
    mine = Paper.objects.filter(pk=paper.pk, begun_at=now, state=Paper.State.ASKED)
    try:
        text = PaperText(paper.kind, paper.session, paper.date)
        file = as_pdf(as_html(text.template, text.title, paper=text))
    except Exception:
        logger.exception("A paper could not be drawn (session %s).", paper.session_id)
        mine.update(state=Paper.State.FAILED if paper.tries >= MOST_TRIES else Paper.State.ASKED, begun_at=None)
    else:
        mine.update(state=Paper.State.READY, file=file, made_at=now)
