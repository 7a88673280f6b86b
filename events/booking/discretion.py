"""Kinds of event of which nobody else may know who comes: there everybody books, leaves and comes for themselves.

Every refusal is given before anything about the person is looked at, so that it says the same of who has booked and
of who has not.
"""

from events.models import Session
from people.refusals import NotPossible


def may_act_for_others(session: Session) -> bool:
    """Whether managers and colleagues may book, name, keep and hand over places here."""
    return session.event.rules.managers_see


def refuse_for_others(session: Session) -> None:
    """Raise NotPossible where nobody books, names, keeps or hands over a place for somebody else."""
    if not may_act_for_others(session):
        words = "Here everybody books for themselves, so that nobody else needs to know who comes."
        raise NotPossible(f"{words} Tell your colleague of the event instead.", code="for-oneself")


def keeps_names(session: Session) -> bool:
    """Whether organisers see who comes. Where heads are counted they see how many, and nobody's name."""
    return not session.event.rules.counts_heads


def refuse_by_name(session: Session) -> None:
    """Raise NotPossible where organisers do not see names either, and so cannot act on one."""
    if not keeps_names(session):
        raise NotPossible("At events of this kind no names are shown. Everybody books for themselves.", code="no-names")


def refuse_note(session: Session, note: str) -> None:
    """Raise NotPossible for a free note where no names are kept: it would say who comes, and why."""
    if note and not keeps_names(session):
        raise NotPossible("At events of this kind no note is kept. Take it out, and book without it.", code="no-note")


def asks_approval(session: Session) -> bool:
    """Whether a manager is asked first: never where a manager may not know who comes."""
    return session.needs_approval and may_act_for_others(session)
