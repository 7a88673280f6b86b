"""Plain functions that make what a test needs: a person, a published tool. Nothing is random."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group
from django.utils import timezone

from assets.models import HubDocument, HubImage
from events.dates.working_days import is_working_day
from events.models import EventPage, Session, SessionDate
from guidance.models import GuidePage
from pages.models import HubPage
from people.models import User
from people.roles import Role
from practice.models import Item, Standard, Term, Vocabulary
from stories.clearing import fingerprint, words_of_page
from stories.models import StoryCheck, StoryPage
from toolkits.models import ToolkitIndexPage, ToolPage

PASSWORD = "strength-to-strength"


def make_person(name: str, *roles: Role, **fields) -> User:
    """Somebody who can sign in as `name@hub.example` with `PASSWORD`."""
    person = User.objects.create_user(
        f"{name}@hub.example", PASSWORD, first_name=name.title(), last_name="Test", **fields
    )
    person.groups.set(Group.objects.filter(name__in=roles))
    return person


def make_tool(
    title: str = "Paper boats",
    *,
    items: tuple[str, ...] = ("PS2",),
    terms: dict[str, tuple[str, ...]] | None = None,
    standards: tuple[str, ...] = (),
    publish: bool = True,
    **fields,
) -> ToolPage:
    """A tool below the toolkit index. `terms` is vocabulary to slugs; ages and minutes are given as fields."""
    today = timezone.localdate()
    page = ToolPage(
        title=title,
        **{
            "summary": "Float a worry and a hope.",
            "audience": ToolPage.Audience.PARTNER,
            "reviewed_on": today - timedelta(days=30),
            "next_review": today + timedelta(days=300),
            "live": publish,
            **fields,
        },
    )
    page.items = Item.objects.filter(code__in=items)
    page.standards = Standard.objects.filter(code__in=standards)
    chosen = {Vocabulary.WITH: ("child",), Vocabulary.MATERIALS: ("none",), **(terms or {})}
    page.terms = [Term.objects.get(vocabulary=name, slug=slug) for name, slugs in chosen.items() for slug in slugs]
    ToolkitIndexPage.objects.get().add_child(instance=page)
    if publish:
        page.save_revision().publish()
    return ToolPage.objects.get(pk=page.pk)


PARAGRAPH = [{"type": "paragraph", "value": "<p>Text</p>"}]


def make_text(
    page_type: type[HubPage],
    title: str = "A page to read",
    *,
    below: HubPage | None = None,
    items: tuple[str, ...] = (),
    publish: bool = True,
    **fields,
) -> HubPage:
    """A page of any type that is a text, below the first page that may hold it, or below the one given."""
    # A story goes live when two people have read it, not before.
    is_story = issubclass(page_type, StoryPage)
    page = page_type(title=title, audience=HubPage.Audience.PARTNER, live=publish and not is_story)
    for name, value in {"summary": "Read it.", **fields}.items():
        setattr(page, name, value)
    page.items = Item.objects.filter(code__in=items)
    parent = below or page_type.allowed_parent_page_models()[0].objects.first()
    parent.add_child(instance=page)
    if publish and is_story:
        clear(page)
    if publish:
        page.save_revision().publish()
    return page_type.objects.get(pk=page.pk)


def make_page_with(*files: HubImage | HubDocument, title: str = "A page with files", **fields) -> GuidePage:
    """A published text that shows these pictures and links to these documents."""
    return make_text(GuidePage, title, body=[block_of(file) for file in files], **fields)


def block_of(file: HubImage | HubDocument) -> dict:
    """The part of a text that shows a picture or links to a document."""
    if isinstance(file, HubImage):
        return {"type": "picture", "value": {"image": file.pk, "alt": "A boat", "decorative": False, "caption": ""}}
    return {"type": "paragraph", "value": f'<p><a linktype="document" id="{file.pk}">The form</a></p>'}


def clear(page: StoryPage) -> None:
    """Two people have read the story as it is."""
    told = fingerprint(words_of_page(page))
    now = timezone.now()
    StoryCheck.objects.update_or_create(page=page, fingerprint=told, defaults={"checked_at": now, "approved_at": now})


def make_session(
    *, capacity: int = 10, starts: datetime | None = None, hours: float = 2, dates: int = 1, event=None, **fields
) -> Session:
    """A session of an event that everybody may book: in three weeks at 9.30, or from `starts`, a week apart."""
    starts = starts or nine_thirty(21)
    event = event or EventPage.objects.first() or make_text(EventPage, "Practice day", event_kind="practice-day")
    session = Session.objects.create(event=event, capacity=capacity, **{"place": "Hall, Civic Offices", **fields})
    for week in range(dates):
        begins = starts + timedelta(weeks=week)
        SessionDate.objects.create(session=session, starts_at=begins, ends_at=begins + timedelta(hours=hours))
    return session


def nine_thirty(days: int) -> datetime:
    """9.30 in London, so many days from now."""
    return datetime.combine(day_from_now(days), time(9, 30), tzinfo=ZoneInfo("Europe/London"))


def in_a_working_week(weekday: int, hour: int = 10, minute: int = 0) -> datetime:
    """That time in London of a week still to come that has five working days: 0 is its Monday, 7 the Monday after."""
    monday = next(
        day
        for day in map(day_from_now, range(14, 100))
        if day.weekday() == 0 and all(is_working_day(day + timedelta(days=n)) for n in (0, 1, 2, 3, 4, 7))
    )
    return datetime.combine(monday + timedelta(days=weekday), time(hour, minute), tzinfo=ZoneInfo("Europe/London"))


def day_from_now(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)
