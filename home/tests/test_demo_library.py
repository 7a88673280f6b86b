"""The demo texts beyond the tools: whole, dated from the day they are loaded, and linked with each other."""

import io
import re
import tomllib
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from guidance.models import GuidanceIndexPage, GuidePage, HandbookPage, PolicyPage, VacancyPage
from home.demo import guidance, planting, research, writing
from pages.models import HubPage
from research.models import ResearchPage

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
    "Vacancy: social worker, assessment team",
]
FILES = [(path, research.FIELDS) for path in planting.files("research")]
FILES += [(path, fields) for kind, (_, fields) in guidance.KINDS.items() for path in planting.files(f"guidance/{kind}")]
CHAPTERS = [(path, guidance.TEXT) for path in planting.files("guidance/chapters/induction-and-practice-handbook")]
# A handbook's own text only opens it: its words are in its chapters.
LEAST, MOST, LEAST_OF_A_COVER = 200, 500, 80


@pytest.fixture
def loaded(hub):
    call_command("load_demo", stdout=io.StringIO())


@pytest.mark.django_db
class TestLoaded:
    def test_every_title_is_there_and_a_second_load_adds_nothing(self, loaded):
        assert set(HubPage.objects.live().values_list("title", flat=True)) >= set(TITLES)
        pages = HubPage.objects.count()
        told = io.StringIO()
        call_command("load_demo", stdout=told)
        assert "0 new research summaries" in told.getvalue()
        assert "0 new pages of guidance" in told.getvalue()
        assert HubPage.objects.count() == pages

    def test_policies_are_seen_current_due_and_overdue(self, loaded):
        today = timezone.localdate()
        states = {policy.title: policy.state(today).slug for policy in PolicyPage.objects.all()}
        assert states == {
            "Supervision policy": "overdue",
            "Escalation and joint rethink": "current",
            "Lead professional and thresholds": "due",
        }
        assert PolicyPage.objects.get(slug="lead-professional-and-thresholds").next_review == today + timedelta(days=20)

    def test_the_vacancy_closes_in_ten_days(self, loaded):
        assert VacancyPage.objects.get().closing_date == timezone.localdate() + timedelta(days=10)

    def test_every_page_is_fit_to_be_published(self, loaded):
        below = HubPage.objects.descendant_of(GuidanceIndexPage.objects.get())
        for page in [*ResearchPage.objects.all(), *(page.specific for page in below)]:
            page.full_clean()
            assert page.tags.exists()
            for name in page.required_to_publish:
                if not name.startswith("terms_"):
                    value = getattr(page, name)
                    assert value.exists() if hasattr(value, "exists") else value, (page, name)

    def test_what_goes_well_together_is_linked_across_rooms(self, loaded):
        page = ResearchPage.objects.get(slug="mi-in-child-protection")
        assert "Motivational conversations with parents" in [block.value.title for block in page.related]

    def test_the_handbook_has_its_chapters_in_order(self, loaded):
        chapters = GuidePage.objects.child_of(HandbookPage.objects.get()).order_by("path")
        assert chapters.first().slug == "your-first-day"
        assert all(chapter.read_in for chapter in chapters)


@pytest.mark.parametrize(("path", "fields"), FILES + CHAPTERS, ids=lambda value: getattr(value, "stem", ""))
def test_a_text_is_whole_and_short_enough_to_be_read(path, fields):
    facts, sections = writing.read(path, fields)
    assert list(sections) == list(fields.values())
    words = re.findall(r"[\w’'-]+", path.read_text().split("+++\n", 2)[2])
    assert (LEAST_OF_A_COVER if facts["id"] == "K04" else LEAST) <= len(words) <= MOST
    assert len(facts["purpose"]) <= 160
    assert facts["owner"] != facts["deputy"]
    assert len(facts["also_typed"]) >= 3


def test_every_id_is_used_once_and_titles_are_as_agreed():
    facts = [tomllib.loads(path.read_text().split("+++\n", 2)[1]) for path, _ in FILES + CHAPTERS]
    assert len({row["id"] for row in facts}) == len(facts)
    assert {row["title"] for row in facts} >= set(TITLES)
