"""Working here: what is open stands on the career pages, closed posts say so, closed schemes are archived."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from guidance.models import CareerPage, GuidePage, VacancyPage
from guidance.tidying import KEEP_CLOSED, tidy
from pages.models import HubPage
from people.roles import Role
from tests.builders import PARAGRAPH, day_from_now, make_person, make_text
from tests.editing import TEXT, form_of, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(practitioner):
    client = Client()
    client.force_login(practitioner)
    return client


def make_vacancy(title="Social worker", closes_in=10, **fields) -> VacancyPage:
    return make_text(VacancyPage, title, **{"body": PARAGRAPH, "closing_date": day_from_now(closes_in), **fields})


def soup(client, address, status=200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status, address
    return BeautifulSoup(response.content, "html.parser")


def cards(page) -> list[str]:
    return [link.get_text() for link in page.select(".cards a.cover")]


class TestOpenPosts:
    def test_what_is_open_stands_on_the_career_page_and_goes_the_day_after_it_closes(self, reader, practitioner):
        career = make_text(CareerPage, "Routes in", body=PARAGRAPH)
        make_vacancy("Closes last", 20)
        make_vacancy("Closes first", 0)
        page = soup(reader, career.address)
        assert cards(page) == ["Closes first", "Closes last"]
        assert "Closes today" in page.get_text()
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            reader.force_login(practitioner)
            assert cards(soup(reader, career.address)) == ["Closes last"]

    def test_without_an_open_post_it_says_so(self, reader):
        career = make_text(CareerPage, "Routes in", body=PARAGRAPH)
        assert "No post is open at the moment" in soup(reader, career.address).get_text()

    def test_a_partner_is_not_shown_a_post_for_staff(self, partner, signed_in):
        career = make_text(CareerPage, "Routes in", body=PARAGRAPH)
        make_vacancy("For staff", audience=HubPage.Audience.STAFF)
        make_vacancy("For all")
        assert cards(soup(signed_in(partner), career.address)) == ["For all"]


class TestClosedPosts:
    def test_its_address_says_since_when_and_what_is_open_now_and_nothing_of_the_post(self, reader):
        career = make_text(CareerPage, "Routes in", body=PARAGRAPH)
        make_vacancy("Still open")
        closed = make_vacancy("Gone", -1, pay="Grade 9", apply_url="https://jobs.example.org/1")
        page = soup(reader, closed.address, 410)
        assert "Closed on" in page.select_one(".notices").get_text()
        assert cards(page) == ["Still open"]
        assert page.find("a", string="Routes in")["href"] == career.address
        assert "Grade 9" not in page.get_text()
        assert page.find("a", href="https://jobs.example.org/1") is None

    def test_it_is_tidied_away_after_a_quarter_and_twice_does_no_harm(self, hub):
        recent = make_vacancy("Recent", -1)
        old = make_vacancy("Old", -1 - KEEP_CLOSED.days)
        for _ in range(2):
            tidy(now=timezone.now())
        assert list(VacancyPage.objects.live().values_list("title", flat=True)) == [recent.title]
        assert not VacancyPage.objects.get(pk=old.pk).live

    def test_it_is_refused_without_a_closing_date_and_nothing_is_lost(self, signed_in):
        desk = signed_in(make_person("root", Role.EDITOR, is_superuser=True, is_staff=True))
        page = make_text(VacancyPage, "Social worker", publish=False, body=PARAGRAPH)
        form = form_of(desk, page, {"body": TEXT})
        assert "Choose the last day to apply" in refused(desk, page, form)["closing_date"]


class TestArchived:
    @pytest.fixture
    def naas(self, hub):
        return make_text(
            CareerPage,
            "Accreditation of children's social workers",
            body=PARAGRAPH,
            archived_on=day_from_now(-30),
            archived_why="The scheme has closed.",
            next_review=day_from_now(-10),
        )

    def test_it_is_found_by_search_and_marked_there_on_lists_and_on_its_page(self, reader, naas):
        found = soup(reader, "/search/?q=accreditation")
        assert naas.title in found.select_one(".card").get_text()
        for page in (found, soup(reader, "/guidance/")):
            assert "Archived on" in page.select_one(".card .state--archived").get_text()
        words = soup(reader, naas.address).select_one(".notices").get_text(" ")
        assert "Archived on" in words
        assert "The scheme has closed. It is kept to be read, not to work by." in words
        assert "Review was due" not in soup(reader, naas.address).get_text()

    def test_any_page_can_be_archived_but_not_without_a_reason(self, signed_in):
        desk = signed_in(make_person("root", Role.EDITOR, is_superuser=True, is_staff=True))
        page = make_text(GuidePage, "Old ways", publish=False, body=PARAGRAPH)
        form = form_of(desk, page, {"body": TEXT}) | {"archived_on": day_from_now(0).isoformat()}
        assert "Say in a few words why" in refused(desk, page, form, publish=False)["archived_why"]
        assert refused(desk, page, form | {"archived_why": "Nobody does this now."}, publish=False) == {}

    def test_a_day_to_come_archives_nothing_yet(self, hub):
        page = make_text(GuidePage, "Old ways", archived_on=day_from_now(1), archived_why="It ends.")
        assert page.state(timezone.localdate()).slug == "current"
        assert page.state(day_from_now(1)).slug == "archived"
