"""Where a person can go: one address of every kind of page, for the tests that look at every page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from wagtail.models import get_page_models

from champions.models import ChampionPage, ChampionQuestion
from events.mail.feedback_forms import ask
from events.models import Attendance, Booking, EventPage, Session
from feedback.models import Survey
from feedback.surveys import open_for
from guidance.models import PolicyPage, PracticeChangePage
from people.models import User


@dataclass(frozen=True)
class Place:
    """A page to look at: its address, or a page type whose first live page it is. `who` signs in first."""

    name: str
    path: str = ""
    page_type: type | None = None
    who: str = "practitioner@hub.example"
    status: int = 200
    is_public: bool = False
    # What follows the page's own address: a part of it that has an address of its own.
    after: str = ""
    # Works the address out, for what has no address until the demo is loaded.
    of: Callable[[], str] | None = None

    def __str__(self):
        return self.name

    def address(self) -> str:
        if self.of:
            return self.of()
        if self.page_type is None:
            return self.path
        page = self.page_type.objects.live().exclude(depth=1).order_by("path").first()
        assert page, f"The demo content has no {self.page_type.__name__}, so nobody has looked at one."
        return page.url + self.after


def _session(slug: str) -> Session:
    return Session.objects.filter(event__slug__startswith=slug, cancelled_at=None).order_by("starts_at").first()


def _attendance(slug: str) -> str:
    session = _session(slug)
    return f"/events/desk/{session.key}/dates/{session.dates.first().key}/"


def _papers(slug: str, after: str = "") -> str:
    session = _session(slug)
    return f"/events/desk/{session.key}/papers/{after.format(session.dates.first().key)}"


def _champion() -> int:
    return ChampionPage.objects.get(slug__startswith="amina").pk


def _consultation() -> str:
    return f"/guidance/consultation/{PolicyPage.objects.get(slug='supervision-policy').pk}/"


def _areas() -> str:
    return f"/guidance/areas/{PracticeChangePage.objects.first().pk}/"


def _answered_question() -> str:
    return f"/me/questions/{ChampionQuestion.objects.get(state='answered').key}/"


def _briefing() -> int:
    return EventPage.objects.get(slug__startswith="team-briefing").pk


def _attended(email: str) -> Attendance:
    return Attendance.objects.filter(booking__person__email=email, came="yes").select_related("booking", "date").first()


def _booking(email: str) -> str:
    return f"/me/bookings/{Booking.objects.live().filter(person__email=email).latest('session__ends_at').key}/"


def _form(email: str) -> str:
    """The form of a meeting that is over, which the jobs open."""
    ask(now=timezone.now())
    return f"/feedback/{open_for(User.objects.get(email=email), timezone.now()).latest('opens_at').pk}/"


def _results() -> str:
    return f"/feedback/{Survey.objects.filter(responses__isnull=False).distinct().latest('held_on').pk}/results/"


# By introspection, so that a new page type cannot be forgotten.
TYPES = [model for model in get_page_models() if model.is_creatable and not model._meta.abstract]
PAGES = [Place(model.__name__, page_type=model) for model in TYPES]
TOOL = next(model for model in TYPES if model.__name__ == "ToolPage")
OTHERS = [
    Place("sign in", "/accounts/login/", who=""),
    Place("a page that anybody may read", "/guidance/career-routes/", who="", is_public=True),
    Place("forgotten password", "/accounts/password/reset/", who=""),
    Place("forgotten password, sent", "/accounts/password/reset/done/", who=""),
    Place("change password", "/accounts/password/change/"),
    Place("sign out", "/accounts/logout/"),
    Place("my hub", "/me/"),
    Place("a practice item", "/practice/portsmouth/ps3/"),
    Place("methods", "/practice/methods/"),
    Place("a method", "/practice/methods/drawing/"),
    Place("quality themes", "/practice/quality/"),
    Place("a quality theme", "/practice/quality/childs-voice/"),
    Place("tools, filtered", "/toolkits/?need=wishes-and-feelings&age=7"),
    Place("tools, none found", "/toolkits/?age=7&need=leaving-care&minutes=1"),
    Place("tools, bad parameters", "/toolkits/?age=old&need=nothing&page=9999"),
    Place("a tool in print", page_type=TOOL, after="print/"),
    Place("a tool's empty sheet", "/toolkits/one-page-shared-plan/print/sheet/"),
    Place("a tool in large print", page_type=TOOL, after="print/?size=24"),
    Place("guidance of one kind", "/guidance/?kind=policy"),
    Place("guidance, bad parameters", "/guidance/?kind=nothing&page=9999"),
    Place("a chapter", "/guidance/induction-and-practice-handbook/recording-that-explains/"),
    Place("events of one kind of learning", "/events/?learning=reflective"),
    Place("events, none of that kind, bad parameters", "/events/?learning=self-directed&sort=nothing&page=9999"),
    Place("an event with a place of one's own", "/events/reflective-practice-group/"),
    Place("an event that is full", "/events/motivational-interviewing-two-days/", who="champion@hub.example"),
    Place("my bookings", "/me/bookings/"),
    Place("one of my bookings", of=lambda: _booking("practitioner@hub.example")),
    Place("a session by itself", of=lambda: f"/events/book/{_session('motivational').key}/", who="editor@hub.example"),
    Place("dates that I can book", "/events/?show=open"),
    Place("dates as a calendar", "/events/?view=calendar&month=2026-12"),
    Place("events for a national standard", "/events/?standard=KSS9"),
    Place("tools for a role", "/toolkits/?role=domestic-abuse-worker"),
    Place("dates, bad parameters", "/events/?view=wall&show=nobody&month=never&dates=-1"),
    Place("check in", "/events/check-in/"),
    Place("a form for feedback", of=lambda: _form("practitioner@hub.example")),
    Place("feedback of all events", "/feedback/", who="organiser@hub.example"),
    Place("results of feedback", of=lambda: _results(), who="organiser@hub.example"),
    Place("pledges", "/feedback/pledges/"),
    Place("my pledges", "/me/pledges/"),
    Place("you said, we did", "/feedback/you-said-we-did/"),
    Place("my team", "/events/team/", who="manager@hub.example"),
    Place("a briefing for my team", of=lambda: f"/events/briefing/{_briefing()}/", who="manager@hub.example"),
    Place("what is asked for", "/events/asked/", who="organiser@hub.example"),
    Place("which teams were reached", "/events/coverage/", who="psw@hub.example"),
    Place("ask a champion", "/champions/ask/"),
    Place("a question to a champion", of=lambda: f"/champions/ask/{_champion()}/"),
    Place("my questions", "/me/questions/", who="champion@hub.example"),
    Place("an answered question", of=_answered_question, who="champion@hub.example"),
    Place("champions' tips", "/me/tips/", who="champion@hub.example"),
    Place("suggest something", "/suggest/"),
    Place("suggest a tool", "/suggest/tool/"),
    Place("suggest a story", "/suggest/story/"),
    Place("my suggestions", "/me/suggestions/"),
    Place("have your say", "/guidance/consultations/"),
    Place("a policy's window for comments", of=lambda: _consultation()),
    Place("what was said of a policy", of=lambda: _consultation() + "said/", who="psw@hub.example"),
    Place("how a change stands in an area", of=lambda: _areas(), who="psw@hub.example"),
    Place("useful or wrong", of=lambda: f"/feedback/page/{_champion()}/"),
    Place("my remarks", "/me/remarks/", who="editor@hub.example"),
    Place("what changed in policies", "/guidance/changes/"),
    Place("pages I look after", "/me/pages/", who="psw@hub.example"),
    *(
        Place(f"home of the {role}", "/", who=f"{role}@hub.example")
        for role in ("manager", "editor", "reviewer", "organiser", "champion", "psw", "partner", "admin")
    ),
    Place("figures", "/insight/", who="manager@hub.example"),
    Place("supplying figures", "/insight/figures/", who="psw@hub.example"),
    Place("what I want to learn next", "/feedback/needs/"),
    Place("the organiser's sessions", "/events/desk/", who="organiser@hub.example"),
    Place("a session's desk", of=lambda: f"/events/desk/{_session('motivational').key}/", who="organiser@hub.example"),
    Place("who came", of=lambda: _attendance("supervision"), who="organiser@hub.example"),
    Place("who came, heads only", of=lambda: _attendance("rounds"), who="organiser@hub.example"),
    Place("a room's code", of=lambda: _attendance("supervision") + "code/", who="organiser@hub.example"),
    Place(
        "what to provide",
        of=lambda: f"/events/desk/{_session('motivational').key}/needs/",
        who="organiser@hub.example",
    ),
    Place("papers of a session", of=lambda: _papers("supervision"), who="organiser@hub.example"),
    Place("papers, no list to sign", of=lambda: _papers("rounds"), who="organiser@hub.example"),
    Place("badges to print", of=lambda: _papers("supervision", "badges/"), who="organiser@hub.example"),
    Place("a list to sign", of=lambda: _papers("supervision", "sheet/{}/"), who="organiser@hub.example"),
    Place("checked in", of=lambda: f"/events/check-in/{_attended('practitioner@hub.example').date.key}/"),
    Place(
        "a certificate",
        of=lambda: f"/me/bookings/{_attended('practitioner@hub.example').booking.key}/certificate/",
    ),
    Place("moving a date", of=lambda: _attendance("lunch") + "move/", who="organiser@hub.example"),
    Place("my time", "/me/time/"),
    Place("my team's time", "/me/time/team/", who="manager@hub.example"),
    Place("my programmes", "/me/programmes/"),
    Place("my team's programmes", "/me/team/programmes/", who="manager@hub.example"),
    Place("everybody's programmes", "/me/team/programmes/", who="psw@hub.example"),
    Place("somebody else's programmes, not there", "/me/team/programmes/", status=404),
    Place("my learning record", "/me/record/"),
    Place("the training plan", "/guidance/training-plan/"),
    Place("a post that has closed", "/guidance/family-support-worker-safeguarding-team/", status=410),
    Place("an archived page", "/guidance/national-accreditation/"),
    Place("a project whose update is overdue", "/guidance/a-full-team-in-every-district/"),
    Place("a section for interviewers", "/guidance/toolkit-for-interviewers/", who="manager@hub.example"),
    Place("a section for interviewers, not there", "/guidance/toolkit-for-interviewers/", status=404),
    Place("a reminder put away", "/?put-away=1"),
    Place("stories of one kind", "/stories/?kind=film&sort=title"),
    Place("search", "/search/?q=talk"),
    Place("search, two meanings and filters read out", "/search/?q=MI+7yr+20+mins"),
    Place("search, mended spelling", "/search/?q=geneogram"),
    Place("search, asked for nothing", "/search/"),
    Place("search, what was wanted", "/search/wanted/?q=kite"),
    Place("search, nothing found", "/search/?q=zzzzzz"),
    Place("style guide", "/style-guide/", who="editor@hub.example"),
    Place("style guide, not allowed", "/style-guide/", status=403),
    Place("no admin rights", "/admin/", status=403),
    Place("not found", "/no-such-page/", status=404),
]
PLACES = PAGES + OTHERS
