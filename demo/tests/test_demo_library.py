"""The demo texts beyond the tools: whole, dated from the day they are loaded, and linked with each other."""

import io
import re
import tomllib
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from champions.models import ChampionPage
from demo import (
    champions,
    events,
    guidance,
    planting,
    research,
    stories,
    writing,
)
from events.models import EventPage
from guidance.models import GuidanceIndexPage, GuidePage, HandbookPage, PolicyPage, VacancyPage
from pages.models import HubPage
from research.models import ResearchPage
from stories.models import FilmPage, NewsPage, StoryPage

TITLES = [
    "What helps children open up",
    "MI in child protection: what studies show",
    "Restorative work with families: evidence map",
    "Staff forums and wellbeing: reading a trial fairly",
    "Supervision policy",
    "Escalation and joint rethink",
    "Lead professional and thresholds",
    "Your CPD record: what the regulator asks",
    "ASYE pathway",
    "The deal: what we expect, what we offer, two hours a month",
    "Induction and practice handbook",
    "Manager Essentials",
    "Career routes in children's social care here",
    "Vacancy: social worker, assessment team (closes in 10 days)",
    "Amina K., direct work champion (north)",
    "Rhys P., MI champion",
    "Joy O., difference and inclusion champion",
    "Whole-service practice development day",
    "Motivational interviewing, two days",
    "Lunch and learn: direct work in 20 minutes",
    "Reflective practice group (monthly series)",
    "Action learning set, spring cohort",
    "Rounds: a case I carried home",
    "Team briefing: strengths-based basics",
    "ASYE workshop with care-experienced speakers",
    "Manager Essentials module 1",
    "Supervision policy: come and shape it (two dates: one cancelled, one past)",
    "Our eight elements",
    "What families can expect",
    "Strengths-based practice in brief",
    "The meeting moved to Gran's kitchen",
    "I rushed it: what MI taught me",
    "Practice newsletter: November issue",
    "Film: working with, not doing to",
]
FILES = [(path, research.FIELDS) for path in planting.files("research")]
FILES += [(path, fields) for kind, (_, fields) in guidance.KINDS.items() for path in planting.files(f"guidance/{kind}")]
FILES += [(path, champions.FIELDS) for path in planting.files("champions")]
FILES += [(path, events.FIELDS) for path in planting.files("events")]
FILES += [(path, stories.STORY) for path in planting.files("stories", "s*.md")]
FILES += [(path, stories.NEWS) for path in planting.files("stories", "n*.md")]
FILES += [(path, stories.FILM) for path in planting.files("stories", "f*.md")]
CHAPTERS = [(path, guidance.TEXT) for path in planting.files("guidance/chapters", "*/*.md")]
# A handbook's own text only opens it: its words are in its chapters.
LEAST, MOST, LEAST_OF_A_COVER = 200, 500, 80
# Not every event has something that stays in the room.
MAY_BE_LEFT_OUT = {"privacy"}


@pytest.mark.django_db
class TestLoaded:
    def test_every_title_is_there_and_a_second_load_adds_nothing(self, demo):
        assert set(HubPage.objects.live().values_list("title", flat=True)) >= set(TITLES)
        pages = HubPage.objects.count()
        told = io.StringIO()
        call_command("load_demo", stdout=told)
        assert "0 new research summaries" in told.getvalue()
        assert "0 new pages of guidance" in told.getvalue()
        assert HubPage.objects.count() == pages

    def test_policies_are_seen_current_due_overdue_and_withdrawn(self, demo):
        today = timezone.localdate()
        states = {policy.title: policy.state(today).slug for policy in PolicyPage.objects.all()}
        assert states == {
            "Supervision policy": "overdue",
            "Escalation and joint rethink": "current",
            "Lead professional and thresholds": "due",
            "Quality assurance framework": "current",
            "Recording standard of 2022": "withdrawn",
        }
        assert PolicyPage.objects.get(slug="lead-professional-and-thresholds").next_review == today + timedelta(days=20)

    def test_the_vacancy_closes_in_ten_days(self, demo):
        assert VacancyPage.objects.get(
            slug="social-worker-assessment-team"
        ).closing_date == timezone.localdate() + timedelta(days=10)

    def test_every_page_is_fit_to_be_published(self, demo):
        below = HubPage.objects.descendant_of(GuidanceIndexPage.objects.get())
        types = (ResearchPage, ChampionPage, EventPage, StoryPage, NewsPage, FilmPage)
        rest = [page for page_type in types for page in page_type.objects.all()]
        for page in [*rest, *(page.specific for page in below)]:
            page.full_clean()
            assert page.tags.exists()
            for name in page.required_to_publish:
                if not name.startswith("terms_"):
                    value = getattr(page, name)
                    assert value.exists() if hasattr(value, "exists") else value, (page, name)

    def test_what_goes_well_together_is_linked_across_rooms(self, demo):
        page = ResearchPage.objects.get(slug="mi-in-child-protection")
        assert "Motivational conversations with parents" in [block.value.title for block in page.related]

    def test_one_champion_serves_until_the_end_of_march_and_all_serve_today(self, demo):
        today = timezone.localdate()
        ends = {page.slug: page.term_ends for page in ChampionPage.objects.all()}
        assert (ends["joy-o-difference-and-inclusion-champion"] + timedelta(days=1)).timetuple()[1:3] == (4, 1)
        assert len(ends) == 3
        assert all(today < day <= today + timedelta(days=450) for day in ends.values())

    def test_it_loads_again_when_an_editor_has_renamed_what_replaced_a_policy(self, demo):
        chapter = GuidePage.objects.get(slug="recording-that-explains")
        chapter.slug = "how-we-record"
        chapter.save_revision().publish()
        PolicyPage.objects.filter(slug="recording-standard-2022").update(replaced_by=None)
        call_command("load_demo", stdout=io.StringIO())
        assert PolicyPage.objects.filter(slug="recording-standard-2022").count() == 1

    def test_what_the_newsletter_is_made_of_stands_in_it(self, demo):
        chosen = [block.value["page"].title for block in NewsPage.objects.get().related]
        assert chosen == [
            "The meeting moved to Gran's kitchen",
            "When a child does not want to talk: low-pressure openers",
            "Whole-service practice development day",
        ]

    def test_the_handbook_has_its_chapters_in_order(self, demo):
        handbook = HandbookPage.objects.get(slug="induction-and-practice-handbook")
        chapters = GuidePage.objects.child_of(handbook).order_by("path")
        assert chapters.first().slug == "your-first-day"
        assert all(chapter.read_in for chapter in chapters)


@pytest.mark.parametrize(("path", "fields"), FILES + CHAPTERS, ids=lambda value: getattr(value, "stem", ""))
def test_a_text_is_whole_and_short_enough_to_be_read(path, fields):
    facts, sections = writing.read(path, fields)
    assert list(sections) == [name for name in fields.values() if name in sections]
    assert set(fields.values()) - set(sections) <= MAY_BE_LEFT_OUT
    words = re.findall(r"[\w’'-]+", path.read_text().split("+++\n", 2)[2])
    assert (LEAST_OF_A_COVER if facts["id"] in ("K04", "K07", "N01") else LEAST) <= len(words) <= MOST
    assert len(facts["purpose"]) <= 160
    assert facts["owner"] != facts["deputy"]
    assert len(facts["also_typed"]) >= 3


def test_every_id_is_used_once_and_titles_are_as_agreed():
    facts = [tomllib.loads(path.read_text().split("+++\n", 2)[1]) for path, _ in FILES + CHAPTERS]
    assert len({row["id"] for row in facts}) == len(facts)
    assert {row["title"] for row in facts} >= set(TITLES)
