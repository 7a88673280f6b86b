"""What people rely on in an event: for whom it is, what they take away, what is kept private, and how they get in."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from bench import ground
from events.dates.wording import hours
from events.models import EventKind, EventPage
from practice.models import Item
from tests.builders import PARAGRAPH, day_from_now, make_text, make_tool
from tests.editing import TEXT, form_of, refused

pytestmark = pytest.mark.django_db

SECTIONS = ("outcomes", "body", "before", "privacy", "access")


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


@pytest.fixture
def desk(administrator, signed_in):
    administrator.is_superuser = True
    administrator.save()
    return signed_in(administrator)


def make_event(title="Rounds: a long night", **fields) -> EventPage:
    given = {
        **dict.fromkeys(SECTIONS, PARAGRAPH),
        "event_kind": "rounds",
        "learning_mode": "reflective",
        "held": "in-person",
        "who_for": "Everyone in children's services",
        "length": "One hour",
        "cpd_hours": Decimal("1.0"),
        "reviewed_on": day_from_now(-30),
        "next_review": day_from_now(300),
        **fields,
    }
    return make_text(EventPage, title, items=("PP8",), **given)


def soup(client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [heading.get_text(strip=True) for heading in page.select(".card__title")]


class TestReading:
    def test_for_whom_how_and_how_long_stand_before_the_text(self, reader):
        page = soup(reader, make_event().address)
        facts = {fact["data-fact"]: fact.get_text(strip=True) for fact in page.select("article [data-fact]")}
        assert facts == {
            "for": "Everyone in children's services",
            "held": "In person",
            "length": "One hour",
            "cpd": "1 hour",
        }

    def test_what_is_taken_away_comes_first_and_access_is_never_forgotten(self, reader):
        page = soup(reader, make_event().address)
        headings = [section.h2.get_text(strip=True) for section in page.select("article .section")]
        assert headings == [
            "What you take away",
            "What happens",
            "Before you come",
            "What stays in the room",
            "Access and support",
        ]

    def test_it_says_when_there_is_no_date_to_book(self, reader):
        sessions = soup(reader, make_event().address).select_one("section.sessions").get_text(" ")
        assert "No date to book at present" in sessions

    def test_a_page_with_nothing_but_a_title_still_opens(self, reader):
        page = soup(reader, make_text(EventPage, "Bare").address)
        assert page.h1.get_text(strip=True) == "Bare"
        assert page.select("article .section") == []

    def test_a_withdrawn_event_says_so_and_is_on_no_list(self, reader):
        event = make_event(withdrawn_on=day_from_now(0), withdrawn_reason="Nobody leads it any more")
        assert "Nobody leads it any more" in soup(reader, event.address).select_one(".notices").get_text()
        assert titles(soup(reader, "/events/")) == []

    def test_it_is_found_by_its_type_by_its_words_and_on_its_item(self, reader):
        make_event(also_typed="Schwartz")
        found = soup(reader, "/search/?q=schwartz&type=event")
        assert found.select_one("#results > li a.cover").get_text(strip=True) == "Rounds: a long night"
        assert "Rounds: a long night" in titles(soup(reader, "/practice/portsmouth/pp8/"))


class TestTheList:
    def test_a_card_says_what_kind_of_event_it_is_and_for_whom(self, reader):
        make_event()
        card = soup(reader, "/events/").select_one(".card")
        assert card.find("p").get_text(strip=True) == "Rounds"
        assert card.select_one('[data-fact="for"]').get_text(strip=True) == "Everyone in children's services"

    def test_it_narrows_by_how_people_learn_and_every_count_is_what_its_link_gives(self, reader):
        make_event("Read alone", learning_mode="self-directed", event_kind="programme")
        make_event("Think aloud")
        make_event("Think again")
        page = soup(reader, "/events/")
        pills = {link.get_text(strip=True): link["href"] for link in page.select("[aria-label=Learning] a")}
        assert pills == {
            "All": "/events/",
            "Self-directed 1": "/events/?learning=self-directed",
            "Reflective 2": "/events/?learning=reflective",
        }
        assert titles(soup(reader, "/events/?learning=self-directed")) == ["Read alone"]
        narrowed = soup(reader, "/events/?learning=reflective&sort=newest")
        assert titles(narrowed) == ["Think again", "Think aloud"]
        assert narrowed.select_one("[data-total]")["data-total"] == "2"

    def test_an_event_without_a_way_of_learning_is_listed_and_counted_too(self, reader):
        make_event("Bare", learning_mode="", event_kind="")
        page = soup(reader, "/events/")
        assert titles(page) == ["Bare"]
        assert page.select_one("[data-total]")["data-total"] == "1"

    def test_an_empty_list_says_so(self, reader):
        assert "No events yet" in reader.get("/events/").content.decode()

    @pytest.mark.parametrize("bad", ["\x00", '"', "😀", "x" * 10_000, "<script>", "' OR 1=1"])
    @pytest.mark.parametrize("name", ["learning", "sort", "page"])
    def test_nothing_typed_into_the_address_breaks_the_page(self, reader, name, bad):
        make_event()
        response = reader.get("/events/", {name: [bad, bad]})
        assert response.status_code == 200
        assert b"<script>" not in response.content

    def test_what_is_for_staff_is_not_there_for_partners(self, partner, signed_in):
        event = make_event(audience="staff")
        client = signed_in(partner)
        assert titles(soup(client, "/events/")) == []
        assert client.get(event.address).status_code == 404


class TestEditing:
    @pytest.mark.parametrize("kind", ["rounds", "reflective-group", "action-learning"])
    def test_where_people_open_up_the_page_says_what_is_private_before_it_is_published(self, desk, kind):
        page = make_event(publish=False, event_kind=kind)
        form = form_of(desk, page, {name: TEXT for name in SECTIONS if name != "privacy"})
        assert "privacy" in refused(desk, page, form)
        said = desk.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**form, "action-publish": "yes"})
        assert "Say what stays in the room and what does not" in said.content.decode()
        assert "privacy" not in refused(desk, page, {**form, "event_kind": EventKind.TRAINING})

    def test_a_draft_may_be_saved_without_it(self, desk):
        page = make_event(publish=False)
        assert refused(desk, page, form_of(desk, page), publish=False) == {}

    def test_nothing_is_published_without_for_whom_access_and_an_owner(self, desk):
        page = make_event(publish=False, who_for="")
        told = refused(desk, page, form_of(desk, page, {name: TEXT for name in SECTIONS if name != "access"}))
        assert {"who_for", "access", "steward", "deputy"} <= set(told)

    def test_what_is_filled_in_is_published(self, desk, organiser, psw, reader):
        page = make_event(publish=False, steward=organiser, deputy=psw)
        form = form_of(desk, page, dict.fromkeys(SECTIONS, TEXT))
        assert refused(desk, page, {**form, "items": [Item.objects.get(code="PP8").pk]}) == {}
        assert titles(soup(reader, "/events/")) == ["Rounds: a long night"]

    @pytest.mark.parametrize(
        ("field", "bad"),
        [("cpd_hours", "0"), ("cpd_hours", "9999999999"), ("cpd_hours", "two"), ("event_kind", "party"), ("held", "x")],
    )
    def test_bad_input_is_told_at_its_field(self, desk, field, bad):
        page = make_event(publish=False)
        assert field in refused(desk, page, {**form_of(desk, page), field: bad}, publish=False)


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, ""), ("1.0", "1 hour"), ("1.5", "1.5 hours"), ("20.0", "20 hours"), ("0.5", "0.5 hours")],
)
def test_hours_are_said_as_people_say_them(value, words):
    assert hours(value and Decimal(value)) == words


def test_what_it_costs_the_database(reader):
    tools = [make_tool(f"Tool {number}") for number in range(4)]
    page = make_event(related=[{"type": "page", "value": tool.pk} for tool in tools])
    for number in range(30):
        make_event(f"Event {number}")
    cold, warm = ground.cold_and_warm(reader, page.address)
    assert len(cold) <= 14, cold
    assert len(warm) <= 8, warm
    cold, warm = ground.cold_and_warm(reader, "/events/?page=2&learning=reflective")
    assert len(cold) <= 16, cold
    assert len(warm) <= 8, warm
