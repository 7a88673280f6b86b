"""Whoever works for a partner agency meets nothing of what is for council staff, at any address of the hub."""

import re
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from assets.models import HubDocument
from champions.models import ChampionPage, ChampionQuestion, Tip
from events.models import Booking, BriefingRequest, EventPage
from feedback.models import Pledge, QuestionSet, Remark, Survey, YouSaid
from guidance.models import (
    CareerPage,
    DealPage,
    GuidePage,
    HandbookPage,
    PolicyPage,
    PracticeChangePage,
    ProgrammePage,
    ProjectPage,
    VacancyPage,
)
from pages.models import HubPage
from people.models import Team
from people.tests.test_every_door import every_address
from research.models import ResearchPage
from search.models import Pin, SynonymGroup
from stories.models import NewsPage, StoryPage
from tests.builders import (
    PARAGRAPH,
    block_of,
    day_from_now,
    make_page_with,
    make_session,
    make_text,
    make_tool,
    nine_thirty,
)

pytestmark = pytest.mark.django_db

CANARY = "zorblight"
STAFF, PARTNER = HubPage.Audience.STAFF, HubPage.Audience.PARTNER
TYPES = (
    *(CareerPage, DealPage, GuidePage, HandbookPage, PolicyPage, PracticeChangePage, ProgrammePage, ProjectPage),
    *(VacancyPage, ResearchPage, ChampionPage, EventPage, StoryPage, NewsPage),
)
# What ends the session of whoever asks, the CMS (people/tests/test_each_role.py), and what only draws a page.
LEFT_OUT = re.compile(r"/logout/|^/accounts/|^/admin/|^/static/|failwhale|test404|\.woff2?$")
MOST = 900


@pytest.fixture
def canaries(hub, settings, tmp_path, organiser, practitioner, manager):
    """A staff page of every type, and whatever people have done with it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    document = HubDocument.objects.create(title="Zorblight sheet", file=ContentFile(b"%PDF", "zorblight.pdf"))
    fields = {"audience": STAFF, "summary": "Zorblight in short.", "steward": practitioner, "deputy": manager}
    for page_type in TYPES:
        make_text(page_type, f"Zorblight {page_type.__name__}", **fields)
    tool = make_tool("Zorblight boats", audience=STAFF, say=[block_of(document)], also_typed="zorblight")
    tool.tags.add("zorblight")
    tool.save_revision().publish()
    policy = PolicyPage.objects.get()
    policy.proposal, policy.comments_from, policy.comments_until = "Zorblight", day_from_now(-2), day_from_now(5)
    policy.version, policy.effective_on, policy.change_note = "2", day_from_now(-2), "Zorblight"
    policy.save_revision().publish()
    ChampionPage.objects.update(person=practitioner)
    now, event = timezone.now(), EventPage.objects.get()
    coming = make_session(event=event, title="Zorblight day", place="Zorblight Hall", organiser=organiser)
    make_session(event=event, title="Zorblight past", starts=nine_thirty(-9))
    Booking.objects.create(
        session=coming, person=practitioner, state="booked", booked_at=now, place=1, of_places=10, note="Zorblight"
    )
    team = Team.objects.create(name="North")
    BriefingRequest.objects.create(event=event, team=team, asked_by=manager, people=9, wanted="Zorblight", asked_at=now)
    survey = Survey.objects.create(
        about="session:1:reaction",
        title="Zorblight form",
        page=event,
        question_set=QuestionSet.objects.first(),
        opens_at=now,
        closes_at=nine_thirty(9),
        held_on=day_from_now(0),
    )
    for about in (survey, None):
        YouSaid.objects.create(survey=about, said="Zorblight was cold", did="Zorblight", on=day_from_now(-1))
        Pledge.objects.create(
            person=practitioner, survey=about, text="Zorblight", shared=True, approved_at=now, made_on=day_from_now(-1)
        )
    Remark.objects.create(page=tool, person=manager, wrong="Zorblight", said_at=now)
    Tip.objects.create(tool=tool, by=manager, text="Zorblight", offered_at=now)
    ChampionQuestion.objects.create(
        asker=manager, answerer=practitioner, champion=ChampionPage.objects.get(), text="Zorblight", asked_at=now
    )
    Pin.objects.create(group=SynonymGroup.objects.first(), page=tool.hubpage_ptr)
    # What stands on a page for partners leads to it as well.
    beside = make_text(GuidePage, "Open to partners", body=PARAGRAPH)
    make_page_with(title="Open to partners too", audience=PARTNER)
    return [*HubPage.objects.filter(audience=STAFF, title__startswith="Zorblight"), coming, survey, document, beside]


def addresses_of(canaries) -> set[str]:
    """The addresses of what is for staff, as somebody who has left the council would know them."""
    pages = [one for one in canaries if isinstance(one, HubPage)]
    found = {page.address for page in pages} | {f"{page.address}print/" for page in pages}
    *_, coming, survey, document, _ = canaries
    found |= {f"/events/desk/{coming.key}/", f"/events/sessions/{coming.key}/", f"/feedback/{survey.pk}/"}
    found |= {f"/feedback/{survey.pk}/results/", document.url, f"/documents/{document.pk}/zorblight.pdf"}
    found |= {f"/guidance/consultation/{page.pk}/" for page in pages} | {f"/feedback/page/{page.pk}/" for page in pages}
    found |= {f"/champions/ask/?about={page.pk}" for page in pages} | {f"/films/{page.pk}/recording/" for page in pages}
    return found | {
        f"/search/?q={CANARY}",
        f"/search/suggest/?q={CANARY[:5]}",
        "/search/?type=document",
        "/events/?q=x",
    }


def crawled(client: Client, starts: set[str]) -> dict[str, str]:
    """Every page that is reached from these, as text."""
    waiting, seen = sorted(starts), {}
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        if address in seen or LEFT_OUT.search(address):
            continue
        answer = client.get(address)
        text = b"".join(answer if answer.streaming else [answer.content]).decode(errors="replace")
        seen[address] = text if answer.status_code == 200 else ""
        # A redirect may name what it leads to.
        links = re.findall(r'(?:href|src|action|hx-get)="(/[^"#]*)', seen[address])
        leads = answer.get("Location", "")
        if leads.startswith("/"):
            links.append(leads)
        waiting += sorted({unescape(link) for link in links} - seen.keys())
    return seen


def shows(text: str, asked: str) -> bool:
    """Whether a page says more of it than what was typed to get there, which was in small letters."""
    return CANARY.title() in text if CANARY in asked.lower() else CANARY in text.lower()


def test_a_partner_meets_nothing_of_what_is_for_staff(canaries, partner, signed_in):
    starts = {"/", *addresses_of(canaries)} | {a.replace("//", "/") for a in every_address(get_resolver())}
    seen = crawled(signed_in(partner), starts)
    assert len(seen) > 300
    for address in ("/feedback/pledges/", "/feedback/you-said-we-did/", "/events/", "/search/?type=document", "/me/"):
        assert seen[address], f"{address} was not looked at as somebody who is signed in"
    assert [address for address, text in seen.items() if shows(text, address)] == []


def test_council_staff_do_so_that_the_test_above_looks_in_the_right_places(canaries, practitioner, signed_in):
    client = signed_in(practitioner)
    for address in (
        *("/toolkits/", "/events/", "/guidance/", "/guidance/consultations/", "/guidance/changes/", "/stories/"),
        *("/champions/", "/research/", "/feedback/pledges/", "/feedback/you-said-we-did/", "/me/bookings/"),
        *(f"/search/?q={CANARY}", "/search/?type=document"),
    ):
        assert shows(client.get(address).content.decode(), address), address


def test_what_came_of_an_event_for_partners_is_told_to_them_too(canaries, partner, signed_in):
    event = EventPage.objects.get()
    event.audience = PARTNER
    event.save_revision().publish()
    client = signed_in(partner)
    for address in ("/feedback/pledges/", "/feedback/you-said-we-did/"):
        assert client.get(address).content.decode().lower().count("zorblight was cold" if "said" in address else CANARY)
