"""Places of the hub itself, found by what people call them: shown above the pages, to those alone who may go there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from events.booking.permissions import may_see_team
from feedback.permissions import may_see_results
from people.duties import organises_all
from people.models import User
from people.roles import Role
from search.index.known import folded
from search.understanding.words import telling_stems

MOST = 2
"""So many stand above the results at most."""
BESIDE = 2
"""So many other words may be typed: beyond them somebody wants a page, and not the screen."""


@dataclass(frozen=True)
class Action:
    """Something that can be done on the hub: what its link says, where it leads, and what people type for it."""

    label: str
    url_name: str
    typed: tuple[str, ...]
    may: Callable[[User], bool] = lambda person: True

    @property
    def url(self) -> str:
        return reverse(self.url_name)


def _is_council_staff(person: User) -> bool:
    return not person.is_partner


ACTIONS = (
    Action(
        "My bookings: see, change, cancel, give feedback",
        "my_bookings",
        (
            "my bookings",
            "my training",
            "my courses",
            "cancel training",
            "cancel booking",
            "cancel place",
            "cancel course",
            "change booking",
            "give up place",
            "cannot come to training",
            "certificate",
            "give feedback",
            "evaluation form",
            "what am I booked on",
        ),
    ),
    Action(
        "Log my learning time",
        "my_time",
        ("log time", "log hours", "record time", "protected time", "learning time", "learning hours", "training hours"),
        _is_council_staff,
    ),
    Action("Take my record along", "my_record", ("my record", "cpd record", "learning record", "training record")),
    Action("Put my bookings into my calendar", "my_hub", ("outlook calendar", "calendar link", "calendar feed")),
    Action(
        "Suggest a tool or a story",
        "suggest_something",
        ("suggest", "suggest a tool", "suggest a story", "share a tool", "send a tool", "add a tool", "submit a tool"),
    ),
    Action("See what I meant to do", "my_pledges", ("my pledges", "my pledge", "what I meant to do")),
    Action("Read answers to my questions", "my_questions", ("my questions", "questions I asked")),
    Action("Forms and what people answered", "surveys", ("feedback results", "feedback forms"), may_see_results),
    Action(
        "Change my password",
        "account_change_password",
        ("password", "change password", "new password", "forgot password"),
    ),
    Action(
        "Organiser’s desk: people, lists, check-in",
        "desk_list",
        (
            "organisers desk",
            "desk",
            "attendance list",
            "sign in sheet",
            "check people in",
            "badges",
            "who is coming",
            "run an event",
            "delegate list",
        ),
        organises_all,
    ),
    Action(
        "Briefings and dates that are asked for",
        "asked_for",
        ("briefing requests", "asked for briefings"),
        organises_all,
    ),
    Action(
        "My team’s bookings and requests",
        "team_bookings",
        ("my team", "team bookings", "team training", "approve training", "approve request", "requests to approve"),
        may_see_team,
    ),
    Action(
        "Pages that I look after",
        "my_pages",
        ("my pages", "pages I own", "pages to review"),
        lambda person: person.acts_as(Role.EDITOR, Role.REVIEWER, Role.PSW, Role.CHAMPION, Role.ORGANISER),
    ),
)


def actions_for(person: User, words: str) -> list[Action]:
    """The places that these words mean and that this person may go to, the closest first. Any text may be asked."""
    asked = frozenset(telling_stems(words).split())
    found = []
    for action in ACTIONS:
        over = min(_beside(phrase, asked) for phrase in action.typed)
        if over <= BESIDE and action.may(person):
            found.append((over, action))
    return [action for _, action in sorted(found, key=lambda row: row[0])[:MOST]]


def begun_with(person: User, begun: str) -> list[Action]:
    """Those of which a name begins like this, for what is offered while somebody types. `begun` is folded."""
    names = [(action, (action.label, *action.typed)) for action in ACTIONS]
    found = [action for action, said in names if any(folded(name).startswith(begun) for name in said)]
    return [action for action in found if action.may(person)][:MOST]


def _beside(phrase: str, asked: frozenset[str]) -> int:
    """How many words were typed beside the phrase; too many where it is not all there, or is one word among others."""
    stems = frozenset(telling_stems(phrase).split())
    over = len(asked - stems)
    return over if stems <= asked and (over < len(stems) or not over) else BESIDE + 1
