"""What people rely on in guides, handbooks, programmes, the deal and vacancies, and in the index over all of them."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from bench import ground
from guidance.models import DealPage, GuidePage, HandbookPage, PolicyPage, ProgrammePage, VacancyPage
from tests.builders import PARAGRAPH, day_from_now, make_text, make_tool
from tests.editing import TEXT, form_of, refused

pytestmark = pytest.mark.django_db

MILESTONES = [
    {"type": "milestone", "value": {"when": when, "title": title, "detail": detail}}
    for when, title, detail in (
        ("Month 1", "Be watched on a visit", "With your assessor."),
        ("Month 3", "Hold your first review", ""),
    )
]


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


@pytest.fixture
def desk(administrator, signed_in):
    administrator.is_superuser = True
    administrator.save()
    return signed_in(administrator)


def make_vacancy(title="Social worker", closes_in=10, **fields) -> VacancyPage:
    return make_text(VacancyPage, title, **{"body": PARAGRAPH, "closing_date": day_from_now(closes_in), **fields})


def soup(client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(client, address: str) -> list[str]:
    return [link.get_text() for link in soup(client, address).select(".cards a.cover")]


class TestHandbook:
    @pytest.fixture
    def handbook(self):
        handbook = make_text(HandbookPage, "Handbook", body=PARAGRAPH)
        for title, read_in in (("First", "first-day"), ("Second", "first-week"), ("Third", "first-week"), ("Last", "")):
            make_text(GuidePage, title, below=handbook, body=PARAGRAPH, read_in=read_in)
        return handbook

    def test_chapters_stand_in_the_editors_order_and_new_people_have_their_own_path(self, reader, handbook):
        page = soup(reader, handbook.address)
        chapters = [link.get_text() for link in page.find("h2", string="All chapters").find_next("ul").select("a")]
        assert chapters == ["First", "Second", "Third", "Last"]
        path = page.find("h2", string="If you are new here").find_next("ol")
        assert [heading.get_text() for heading in path.select("h3")] == ["First day", "First week"]
        assert [link.get_text() for link in path.select("a")] == ["First", "Second", "Third"]

    def test_a_chapter_leads_to_the_one_before_and_the_one_after(self, reader, handbook):
        page = soup(reader, f"{handbook.address}second/")
        assert "First" in page.select_one(".neighbours [rel=prev]").get_text()
        assert "Third" in page.select_one(".neighbours [rel=next]").get_text()
        assert page.select_one(".breadcrumb").get_text(" ", strip=True) == "Guidance Handbook"

    def test_a_chapter_that_is_gone_is_passed_over(self, reader, handbook):
        GuidePage.objects.get(slug="second").unpublish()
        page = soup(reader, f"{handbook.address}first/")
        assert "Third" in page.select_one(".neighbours [rel=next]").get_text()

    def test_a_guide_on_its_own_has_no_neighbours(self, reader):
        make_text(GuidePage, "Alone", body=PARAGRAPH)
        make_text(GuidePage, "Another", body=PARAGRAPH)
        assert soup(reader, "/guidance/alone/").select_one(".neighbours") is None

    def test_chapters_stand_in_their_book_and_not_in_the_index(self, reader, handbook):
        assert titles(reader, "/guidance/") == ["Handbook"]

    def test_a_handbook_without_chapters_says_so(self, reader):
        page = make_text(HandbookPage, "Empty", body=PARAGRAPH)
        assert "No chapters yet" in soup(reader, page.address).get_text()


class TestProgramme:
    def test_it_says_for_whom_how_long_and_what_is_done_by_when(self, reader):
        fields = {"who_for": "New managers", "length": "Six months", "milestones": MILESTONES}
        page = soup(reader, make_text(ProgrammePage, "Essentials", body=PARAGRAPH, **fields).address)
        assert page.select_one('[data-fact="for"]').get_text() == "New managers"
        steps = page.find("h2", string="Milestones").find_next("ol").select("li")
        assert [step.get_text(" ", strip=True) for step in steps] == [
            "Month 1 Be watched on a visit With your assessor.",
            "Month 3 Hold your first review",
        ]

    def test_milestones_keep_their_ids_when_the_page_is_published_again(self):
        page = make_text(ProgrammePage, "Essentials", body=PARAGRAPH, milestones=MILESTONES)
        before = [block.id for block in page.milestones]
        page.save_revision().publish()
        assert [block.id for block in ProgrammePage.objects.get().milestones] == before


class TestDeal:
    def test_both_sides_are_on_one_page_with_their_year(self, reader):
        fields = {"version": "2026 to 2027", "expected": PARAGRAPH, "offered": PARAGRAPH, "valid_from": day_from_now(0)}
        page = soup(reader, make_text(DealPage, "The deal", body=PARAGRAPH, **fields).address)
        assert page.select_one('[data-fact="version"]').get_text() == "2026 to 2027"
        assert [h.get_text() for h in page.select("article h2")] == ["What we expect of you", "What we offer you"]

    def test_it_cannot_end_before_it_begins(self, desk):
        page = make_text(DealPage, "The deal", publish=False)
        form = form_of(desk, page) | {"valid_from": "2027-04-01", "valid_to": "2027-03-31"}
        assert "cannot come before" in refused(desk, page, form, publish=False)["valid_to"]


class TestVacancy:
    def test_it_says_until_when_it_is_open_on_its_page_and_its_card(self, reader):
        make_vacancy(interviews_on=day_from_now(20), pay="Grade 9")
        page = soup(reader, "/guidance/social-worker/")
        assert page.select_one('[data-fact="closes"]')
        assert page.select_one('[data-fact="pay"]').get_text() == "Grade 9"
        assert "Closes on" in soup(reader, "/guidance/").select_one(".card .state").get_text()

    def test_the_day_after_it_closes_it_is_on_no_list_and_its_address_says_so(self, reader, practitioner):
        page = make_vacancy(closes_in=0, apply_url="https://jobs.example.org/1")
        assert titles(reader, "/guidance/") == ["Social worker"]
        assert "Closes today" in reader.get("/guidance/").content.decode()
        assert soup(reader, page.address).find("a", href="https://jobs.example.org/1")
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            reader.force_login(practitioner)
            assert titles(reader, "/guidance/") == []
            assert titles(reader, "/search/?q=social+worker") == []
            answer = reader.get(page.address)
            assert answer.status_code == 410
            closed = BeautifulSoup(answer.content, "html.parser")
            assert "Closed on" in closed.select_one(".notices").get_text()
            assert closed.find("a", href="https://jobs.example.org/1") is None

    def test_a_later_closing_date_brings_it_back(self, reader):
        page = make_vacancy(closes_in=-1)
        assert titles(reader, "/guidance/") == []
        page.closing_date = day_from_now(5)
        page.save_revision().publish()
        assert titles(reader, "/guidance/") == ["Social worker"]

    def test_it_is_not_published_without_a_closing_date_or_with_one_that_has_passed(self, desk):
        page = make_text(VacancyPage, "Social worker", publish=False, body=PARAGRAPH)
        form = form_of(desk, page, {"body": TEXT})
        assert "Choose the last day to apply" in refused(desk, page, form)["closing_date"]
        yesterday = {"closing_date": day_from_now(-1).isoformat()}
        assert "nobody would see" in refused(desk, page, form | yesterday)["closing_date"]
        assert "closing_date" not in refused(desk, page, form | yesterday, publish=False)


class TestIndex:
    def test_it_narrows_to_a_kind_and_says_how_many(self, reader):
        make_text(GuidePage, "A guide", body=PARAGRAPH)
        make_text(PolicyPage, "A policy", body=PARAGRAPH)
        make_vacancy("A post")
        page = soup(reader, "/guidance/")
        pills = {link.get_text(strip=True): link["href"] for link in page.select(".pills a")}
        assert list(pills) == ["All", "Policies 1", "Guides 1", "Vacancies 1"]
        assert titles(reader, pills["Policies 1"]) == ["A policy"]
        narrowed = soup(reader, "/guidance/?kind=policy")
        assert narrowed.select_one("[data-total]").get_text() == "1 of 3 pages"

    def test_it_runs_from_a_to_z_or_newest_first_in_pages(self, reader):
        for number in range(26):
            make_text(GuidePage, f"Guide {number:02}", body=PARAGRAPH)
        assert titles(reader, "/guidance/")[:2] == ["Guide 00", "Guide 01"]
        assert titles(reader, "/guidance/?page=2") == ["Guide 24", "Guide 25"]
        assert titles(reader, "/guidance/?sort=newest")[0] == "Guide 25"

    def test_what_is_not_understood_is_said(self, reader):
        words = soup(reader, "/guidance/?kind=nothing&sort=x&page=99").get_text(" ")
        assert "“nothing”" in words
        assert "“x”" in words
        assert "There is no page 99" in words

    @pytest.mark.parametrize("bad", ["\x00", '"', "😀", "\u202e", "x" * 10_000, "<script>", "' OR 1=1"])
    @pytest.mark.parametrize("name", ["kind", "sort", "page"])
    def test_nothing_typed_into_the_address_breaks_it(self, reader, name, bad):
        response = reader.get("/guidance/", {name: [bad, bad]})
        assert response.status_code == 200
        assert b"<script>" not in response.content

    def test_an_empty_index_and_an_empty_kind_say_so(self, reader):
        assert "No guidance yet" in reader.get("/guidance/").content.decode()
        assert "none of this kind" in reader.get("/guidance/?kind=vacancy").content.decode()


def test_a_draft_may_be_saved_with_a_title_alone(desk):
    for page_type in (DealPage, GuidePage, HandbookPage, PolicyPage, ProgrammePage, VacancyPage):
        page = make_text(page_type, page_type.__name__, publish=False, summary="")
        assert refused(desk, page, form_of(desk, page), publish=False) == {}


def test_what_it_costs_the_database(reader):
    related = [{"type": "page", "value": make_tool(f"Tool {number}").pk} for number in range(4)]
    handbook = make_text(HandbookPage, "Handbook", body=PARAGRAPH, related=related)
    chapter = None
    for number in range(5):
        chapter = make_text(GuidePage, f"Chapter {number}", below=handbook, body=PARAGRAPH, related=related)
    policy = make_text(PolicyPage, "Policy", body=PARAGRAPH, related=related, version="1")
    programme = make_text(ProgrammePage, "Programme", body=PARAGRAPH, related=related, milestones=MILESTONES)
    deal = make_text(DealPage, "Deal", body=PARAGRAPH, related=related, expected=PARAGRAPH, offered=PARAGRAPH)
    vacancy = make_vacancy(related=related)
    for page in (handbook, chapter, policy, programme, deal, vacancy):
        cold, warm = ground.cold_and_warm(reader, page.address)
        assert len(cold) <= 14, (page, cold)
        assert len(warm) <= 8, (page, warm)
    cold, warm = ground.cold_and_warm(reader, "/guidance/")
    assert len(cold) <= 16, cold
    assert len(warm) <= 8, warm


class TestTicks:
    """A new starter ticks what they have read; the handbook says how far they are and what is next."""

    @pytest.fixture
    def handbook(self, hub):
        handbook = make_text(HandbookPage, "Handbook", body=PARAGRAPH)
        for title, read_in in (("Second", "first-week"), ("First", "first-day"), ("Later", "")):
            make_text(GuidePage, title, below=handbook, body=PARAGRAPH, read_in=read_in)
        return handbook

    def test_each_tick_moves_the_path_on_and_can_be_taken_back(self, handbook, practitioner, signed_in):
        me, first = signed_in(practitioner), GuidePage.objects.get(title="First")
        page = me.get(handbook.address).content.decode()
        assert "2 chapters for new starters" in page
        assert f'Next: <a href="{first.address}">' in page
        me.post(f"/guidance/read/{first.pk}/")
        assert "You have read 1 of 2 chapters" in me.get(handbook.address).content.decode()
        assert "You have read this chapter" in me.get(first.address).content.decode()
        assert "First" in me.get("/me/record/").content.decode()
        me.post(f"/guidance/read/{GuidePage.objects.get(title='Second').pk}/")
        assert "You have read all 2 chapters" in me.get(handbook.address).content.decode()
        me.post(f"/guidance/read/{first.pk}/", {"do": "take-back"})
        assert "You have read 1 of 2 chapters" in me.get(handbook.address).content.decode()

    def test_a_tick_is_ones_own(self, handbook, practitioner, manager, signed_in):
        first = GuidePage.objects.get(title="First")
        signed_in(practitioner).post(f"/guidance/read/{first.pk}/")
        assert "There are 2 chapters" in signed_in(manager).get(handbook.address).content.decode()

    def test_a_guide_by_itself_has_no_tick(self, hub, practitioner, signed_in):
        page = make_text(GuidePage, "Alone", body=PARAGRAPH)
        assert "I have read this chapter" not in signed_in(practitioner).get(page.address).content.decode()

    def test_what_somebody_may_not_read_they_cannot_tick(self, handbook, partner, signed_in):
        first = GuidePage.objects.get(title="First")
        GuidePage.objects.filter(pk=first.pk).update(audience="staff")
        assert signed_in(partner).post(f"/guidance/read/{first.pk}/").status_code == 404
