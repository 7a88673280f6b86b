"""Briefings that managers ask for: one wish of a team at a time, and an answer from an organiser.

Nothing here books anybody: an accepted wish becomes a session, which people book as any other.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from events.booking.answering import organisers
from events.booking.permissions import leads_a_team, organises_all
from events.kinds import EventKind
from events.models import BriefingRequest, EventPage, Session
from notices.kinds import Kind, kind
from notices.outbox import Letter, tell
from pages.wording import counted
from people.models import Team, User
from people.refusals import NotAllowed, NotPossible

State = BriefingRequest.State
ASKED_FOR = kind("briefing", "A team asks for a briefing")
CHANGED = kind("briefing-changed", "A colleague changed what was asked for a team’s briefing")
ANSWERED = kind("briefing-answered", "An answer to a team that asked for a briefing")


def teams_of(manager: User) -> QuerySet[Team]:
    """The teams a manager may ask for: their own, and those of the people they manage."""
    teams = Team.objects.filter(members__manager=manager, members__is_active=True)
    return (teams | Team.objects.filter(pk=manager.team_id)).distinct().order_by("name")


def ask_for_briefing(
    *, event: EventPage, team: Team, by: User, wanted: str, people: int, now: datetime
) -> tuple[BriefingRequest, bool]:
    """Ask for a briefing of the team; True if it is new. While one waits, asking again changes it."""
    if not leads_a_team(by) or not teams_of(by).filter(pk=team.pk).exists():
        raise NotAllowed("Only the manager of a team can ask for a briefing of it.")
    if event.event_kind != EventKind.TEAM_BRIEFING:
        raise NotPossible("This event does not come to teams. Book one of its dates instead.", code="no-briefing")
    with transaction.atomic():
        request, is_new = BriefingRequest.objects.get_or_create(
            event=event,
            team=team,
            state=State.ASKED,
            defaults={"asked_by": by, "wanted": wanted, "people": people, "asked_at": now},
        )
        changed = not is_new and (request.wanted, request.people) != (wanted, people)
        if changed:
            if request.asked_by != by:
                _tell_who_asked_before(request, by, [("Dates that suit", wanted), ("People", str(people))])
            request.asked_by, request.wanted, request.people = by, wanted, people
            request.save(update_fields=["asked_by", "wanted", "people"])
        if is_new or changed:
            _tell_organisers(request)
    return request, is_new


def withdraw_briefing(*, request: BriefingRequest, by: User, now: datetime) -> BriefingRequest:
    """Take a wish back before it is answered. Twice is once."""
    if request.asked_by_id != by.pk:
        raise NotAllowed("Only who asked for the briefing can withdraw it.")
    with transaction.atomic():
        request = _fresh(request)
        if request.state == State.ASKED:
            _answer(request, State.WITHDRAWN, by=by, now=now)
        return request


def accept_briefing(*, request: BriefingRequest, session: Session, by: User, now: datetime) -> BriefingRequest:
    """The wish has become a session: the manager is told, and the team counts as reached once it has taken place."""
    _refuse_others(by)
    with transaction.atomic():
        request = _waiting(request)
        request.session = session
        session.teams.add(request.team)
        _answer(request, State.ACCEPTED, by=by, now=now)
        # Read anew: dates may have been added since the caller looked.
        session = Session.objects.get(pk=session.pk)
        if session.starts_at:
            subject, words = "There is a date for your team’s briefing", "Book your team’s places now."
        else:
            subject = "Your team’s briefing is being planned"
            words = "It has no date yet. Book your team’s places now, and all of you are told of the date."
        _tell_who_asked(request, subject, words, session.where_when.facts)
        return request


def decline_briefing(*, request: BriefingRequest, by: User, now: datetime, reason: str) -> BriefingRequest:
    """Not possible, with words that the manager reads."""
    _refuse_others(by)
    if not reason.strip():
        raise NotPossible("Say why: whoever asked can read it.", code="no-reason")
    with transaction.atomic():
        request = _waiting(request)
        request.words = reason.strip()
        _answer(request, State.DECLINED, by=by, now=now)
        _tell_who_asked(request, "About the briefing you asked for", f"It is not possible: {request.words}", [])
        return request


def _refuse_others(by: User) -> None:
    if not organises_all(by):
        raise NotAllowed("Only organisers can answer this.")


def _fresh(request: BriefingRequest) -> BriefingRequest:
    """As it is now; nobody else answers it until this transaction ends."""
    locked = BriefingRequest.objects.select_for_update(of=("self",)).select_related("event", "team", "asked_by")
    return locked.get(pk=request.pk)


def _waiting(request: BriefingRequest) -> BriefingRequest:
    request = _fresh(request)
    if request.state != State.ASKED:
        raise NotPossible(f"This was answered or withdrawn meanwhile: {request.get_state_display()}.", code="answered")
    return request


def _answer(request: BriefingRequest, state: State, *, by: User, now: datetime) -> None:
    request.state, request.answered_by, request.answered_at = state, by, now
    request.save(update_fields=["state", "answered_by", "answered_at", "words", "session"])


def _tell_organisers(request: BriefingRequest) -> None:
    letter = Letter(
        subject=f"A briefing is asked for: {request.team}",
        paragraphs=[f"{request.asked_by} asks for “{request.event.title}”."],
        facts=[("Team", str(request.team)), ("People", str(request.people)), ("Dates that suit", request.wanted)],
        link=reverse("asked_for"),
        link_title="See what is asked for",
    )
    for organiser in organisers():
        tell(organiser, letter, kind=ASKED_FOR, about=request)


def _tell_who_asked_before(request: BriefingRequest, by: User, facts: list[tuple[str, str]]) -> None:
    """A colleague asked for the same team: one wish waits at a time, so the two have to agree."""
    was = f"You asked for {request.wanted}, for {counted(request.people, 'person', 'people')}."
    now_is = f"{by} asks for the same team now, in other words: that is what waits, and the answer goes to them."
    _tell(request, CHANGED, "Your wish for a briefing was changed", f"{was} {now_is} Agree it with each other.", facts)


def _tell_who_asked(request: BriefingRequest, subject: str, words: str, facts: list[tuple[str, str]]) -> None:
    _tell(request, ANSWERED, subject, words, facts)


def _tell(request: BriefingRequest, what: Kind, subject: str, words: str, facts: list[tuple[str, str]]) -> None:
    if not request.asked_by or not request.asked_by.is_active:
        return
    letter = Letter(
        subject=f"{subject}: {request.event.title}",
        paragraphs=[words],
        facts=[("Team", str(request.team)), *facts],
        link=request.event.address,
        link_title="See the event",
    )
    tell(request.asked_by, letter, kind=what, about=request)
