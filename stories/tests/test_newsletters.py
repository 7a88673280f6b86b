"""An issue comes together from what is new, keeps each step, and always says what its pages say today."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from pages.models import HubPage
from people.refusals import NotPossible, NotThere
from stories.models import NewsPage, StoryPage
from stories.newsletters import editions
from stories.newsletters.editions import Issue
from tests.builders import PARAGRAPH, clear, day_from_now, make_text, make_tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor, signed_in):
    return signed_in(editor)


@pytest.fixture
def issue(editor):
    return editions.start(by=editor, now=timezone.now())


@pytest.fixture
def pages(hub):
    return [make_tool("Openers"), make_text(StoryPage, "The kitchen"), make_tool("Boats", audience="staff")]


def head(**changed) -> dict:
    return {"title": "November", "issued_on": str(day_from_now(0)), "summary": "", "intro": "", **changed}


def soup(client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def offered(page: BeautifulSoup) -> list[str]:
    return [str(box["value"]) for box in page.select("input[name=new]")]


def draft(issue) -> NewsPage:
    return NewsPage.objects.get(pk=issue.pk).get_latest_revision_as_object()


class TestPuttingItTogether:
    def test_what_is_new_is_ticked_put_in_and_published(self, desk, issue, pages):
        address = f"/newsletters/{issue.pk}/"
        first = soup(desk, address)
        assert set(offered(first)) == {str(page.pk) for page in pages}
        keys = [page.pk for page in pages]
        desk.post(address, head(new=keys, do="put"))
        assert draft(issue).chosen() == [(key, "") for key in keys]
        assert offered(soup(desk, address)) == []
        lines = {f"line-{keys[0]}": "Ten minutes in the car."}
        response = desk.post(address, head(item=keys, do="publish", **lines))
        assert response["Location"] == f"{address}text/?said=published"
        page = NewsPage.objects.get()
        assert page.live
        assert page.summary == "Catch up in five minutes: 2 tools, 1 story."
        html = desk.get(page.address).content.decode()
        assert html.index("Ten minutes in the car.") < html.index("The kitchen") < html.index("Boats")

    def test_the_order_is_changed_and_a_page_is_taken_out(self, desk, issue, pages):
        a, b, c = (page.pk for page in pages)
        for pressed, expected in (
            (f"down:{a}", [b, a, c]),
            (f"up:{c}", [a, c, b]),
            (f"up:{a}", [a, b, c]),
            (f"out:{b}", [a, c]),
            ("up:999999", [a, b, c]),
            ("out:x", [a, b, c]),
        ):
            desk.post(f"/newsletters/{issue.pk}/", head(item=[a, b, c], do=pressed))
            assert [key for key, _ in draft(issue).chosen()] == expected, pressed

    def test_looking_for_words_keeps_what_was_typed_and_ticked(self, desk, issue, pages):
        response = desk.post(
            f"/newsletters/{issue.pk}/",
            head(title="December", intro="Hello.\n\nAll.", new=[pages[0].pk], do="find", q="kit"),
        )
        assert response["Location"].endswith("/?q=kit#choose")
        found = soup(desk, response["Location"])
        assert offered(found) == [str(pages[1].pk)]
        assert found.select_one("#id_title")["value"] == "December"
        assert "Hello.\n\nAll." in found.select_one("#id_intro").get_text()
        assert found.select_one(f'[data-item="{pages[0].pk}"]')

    def test_only_what_came_since_the_last_issue_is_new(self, desk, issue, pages):
        make_text(NewsPage, "October", issued_on=day_from_now(-5), related=[{"type": "page", "value": pages[0].pk}])
        HubPage.objects.filter(pk=pages[0].pk).update(first_published_at=timezone.now() - timezone.timedelta(days=9))
        page = soup(desk, f"/newsletters/{issue.pk}/")
        assert set(offered(page)) == {str(pages[1].pk), str(pages[2].pk)}
        assert "New since October" in page.get_text()
        assert offered(soup(desk, f"/newsletters/{issue.pk}/?q=Openers")) == [str(pages[0].pk)]

    def test_the_newest_of_each_kind_comes_first(self, desk, issue, pages):
        tool, story, newer = pages
        for days, page in enumerate((newer, tool, story)):
            before = timezone.now() - timezone.timedelta(days=days)
            HubPage.objects.filter(pk=page.pk).update(first_published_at=before)
        assert offered(soup(desk, f"/newsletters/{issue.pk}/")) == [str(page.pk) for page in (story, newer, tool)]

    def test_the_last_issue_is_the_one_with_the_latest_day(self, issue, pages):
        for title, days in (("September", -40), ("Undated", None), ("October", -5)):
            issued = None if days is None else day_from_now(days)
            make_text(NewsPage, title, issued_on=issued, related=[{"type": "page", "value": pages[0].pk}])
        assert editions.new_since(issue, timezone.localdate()) == day_from_now(-5)

    def test_its_owner_and_what_somebody_wrote_of_it_stay_when_another_publishes_it(
        self, issue, pages, editor, administrator
    ):
        given = Issue("November", day_from_now(0), summary="Read this first.", items=[(pages[0].pk, "")])
        page = editions.publish(page=issue, issue=given, by=administrator, now=timezone.now())
        assert (page.summary, page.steward) == ("Read this first.", editor)

    def test_is_kept_and_published_by_nobody_else_by_any_program(self, issue, pages, practitioner):
        given = Issue("November", day_from_now(0), items=[(pages[0].pk, "")])
        with pytest.raises(NotThere):
            editions.keep(page=issue, issue=given, by=practitioner)
        with pytest.raises(NotThere):
            editions.publish(page=issue, issue=given, by=practitioner, now=timezone.now())

    def test_a_published_issue_changes_only_when_it_is_published_again(self, desk, issue, pages, editor):
        given = Issue("November", day_from_now(0), items=[(pages[0].pk, "")])
        editions.publish(page=issue, issue=given, by=editor, now=timezone.now())
        desk.post(f"/newsletters/{issue.pk}/", head(title="Changed", item=[pages[1].pk], do="save"))
        page = NewsPage.objects.get()
        assert (page.title, page.has_unpublished_changes) == ("November", True)
        assert "The kitchen" not in desk.get(page.address).content.decode()

    def test_two_issues_of_one_month_have_addresses_of_their_own(self, editor):
        one, two = (editions.start(by=editor, now=timezone.now()) for _ in range(2))
        assert one.slug != two.slug


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"title": ""}, "This field is required"),
            ({"issued_on": "tomorrow"}, "Enter a valid date"),
            ({"summary": "x" * 161}, "at most 160"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(self, desk, issue, pages, changed, words):
        key = pages[0].pk
        response = desk.post(
            f"/newsletters/{issue.pk}/",
            head(
                **{"intro": "Kept.", "item": [key], f"line-{key}": "My line", "new": [pages[1].pk], "do": "put"}
                | changed
            ),
        )
        assert response.status_code == 400
        html = response.content.decode()
        assert words in html
        assert "Kept." in html
        assert "My line" in html
        assert f'value="{pages[1].pk}" checked' in html

    def test_a_line_that_is_too_long_is_said_at_its_page(self, desk, issue, pages):
        key = pages[0].pk
        response = desk.post(f"/newsletters/{issue.pk}/", head(item=[key], do="save", **{f"line-{key}": "x" * 301}))
        assert response.status_code == 400
        assert "301 characters; 300 is the most" in response.content.decode()

    def test_an_empty_issue_or_one_without_a_day_is_not_published(self, desk, issue, pages):
        for sent in (head(do="publish"), head(item=[pages[0].pk], issued_on="", do="publish")):
            response = desk.post(f"/newsletters/{issue.pk}/", sent)
            assert response.status_code == 409
            assert "Not published yet" in response.content.decode()
        assert not NewsPage.objects.get().live

    def test_pages_that_are_gone_do_not_make_an_issue(self, editor, issue, pages):
        pages[0].unpublish()
        with pytest.raises(NotPossible):
            editions.publish(
                page=issue, issue=Issue("N", day_from_now(0), items=[(pages[0].pk, "")]), by=editor, now=timezone.now()
            )

    @pytest.mark.parametrize("bad", ["\x00", "9" * 30, "-1", "x", "😀", "99999999999"], ids=ascii)
    def test_nothing_that_is_sent_breaks_it(self, desk, issue, bad):
        sent = {
            **dict.fromkeys(("title", "issued_on", "summary", "intro", "q", "do"), bad),
            "item": [bad],
            "new": [bad],
        }
        assert desk.post(f"/newsletters/{issue.pk}/", sent).status_code in {302, 400, 409}
        assert desk.get(f"/newsletters/{issue.pk}/", {"q": bad, "said": bad}).status_code == 200

    def test_for_others_it_does_not_exist(self, practitioner, partner, champion, signed_in, issue):
        addresses = ["/newsletters/", *(f"/newsletters/{issue.pk}/{end}" for end in ("", "text/", "newsletter.txt"))]
        for person in (practitioner, partner, champion):
            client = signed_in(person)
            assert [client.get(address).status_code for address in addresses] == [404] * 4
            assert client.post("/newsletters/start/").status_code == 404
            assert client.post(f"/newsletters/{issue.pk}/", head(do="publish")).status_code == 404
        assert {Client().get(address).status_code for address in addresses} == {302}
        assert NewsPage.objects.count() == 1


class TestReading:
    @pytest.fixture
    def published(self, editor, issue, pages):
        items = [(page.pk, "") for page in pages]
        given = Issue("November", day_from_now(0), intro="Hello <all>.", items=items)
        return editions.publish(page=issue, issue=given, by=editor, now=timezone.now())

    def test_a_page_that_is_withdrawn_or_renamed_counts_at_once(self, practitioner, signed_in, published, pages):
        reader = signed_in(practitioner)
        assert "Openers" in reader.get(published.address).content.decode()
        tool, story, _ = pages
        tool.withdrawn_on = day_from_now(0)
        tool.save_revision().publish()
        story.title = "The kitchen table"
        clear(story)
        story.save_revision().publish()
        html = reader.get(published.address).content.decode()
        assert "Openers" not in html
        assert "The kitchen table" in html

    def test_partners_see_what_partners_may(self, partner, signed_in, published):
        html = signed_in(partner).get(published.address).content.decode()
        assert "Openers" in html
        assert "Boats" not in html

    def test_an_issue_of_which_nothing_is_left_says_so(self, practitioner, signed_in, published, pages):
        for page in pages:
            page.unpublish()
        assert "Nothing of this issue is left" in signed_in(practitioner).get(published.address).content.decode()

    def test_only_those_who_make_it_are_offered_to_change_it(self, practitioner, signed_in, desk, published):
        assert f"/newsletters/{published.pk}/" in desk.get(published.address).content.decode()
        assert "/newsletters/" not in signed_in(practitioner).get(published.address).content.decode()


class TestTheTextForAnEMail:
    @pytest.fixture
    def published(self, editor, issue, pages):
        items = [(pages[0].pk, "Read it in the car."), (pages[2].pk, "")]
        given = Issue("November", day_from_now(0), intro="Hello <all>.\n\nSecond.", items=items)
        return editions.publish(page=issue, issue=given, by=editor, now=timezone.now())

    def test_it_holds_titles_lines_and_whole_addresses(self, desk, published, pages, settings):
        settings.BASE_URL = "https://hub.test"
        response = desk.get(f"/newsletters/{published.pk}/newsletter.txt?for=staff")
        assert response["Content-Type"].startswith("text/plain")
        text = response.content.decode()
        assert "Hello <all>.\n\nSecond." in text
        assert f"Tool: Openers\nRead it in the car.\nhttps://hub.test{pages[0].address}" in text
        assert f"Tool: Boats\nFloat a worry and a hope.\nhttps://hub.test{pages[2].address}" in text
        assert f"Read it on the hub: https://hub.test{published.address}" in text

    def test_for_partners_staff_pages_are_left_out_and_counted(self, desk, published):
        page = soup(desk, f"/newsletters/{published.pk}/text/")
        assert "Boats" not in page.find(id="letter").get_text()
        assert "Left out, since not everybody may open it: 1 page." in page.get_text()
        assert "Boats" in soup(desk, f"/newsletters/{published.pk}/text/?for=staff").find(id="letter").get_text()

    def test_what_was_written_in_the_cms_is_in_it_too_and_stays_there(self, desk, issue, pages, editor):
        page = draft(issue)
        link = f'<p>See <a linktype="page" id="{pages[0].pk}">this</a> &amp; more</p><ul><li>One</li><li>Two</li></ul>'
        page.body = [{"type": "heading", "value": {"text": "Hello"}}, {"type": "paragraph", "value": link}]
        page.closing = PARAGRAPH
        page.save_revision()
        text = desk.get(f"/newsletters/{issue.pk}/newsletter.txt").content.decode()
        assert "Hello\n-----" in text
        assert f"See this (http://localhost:8000{pages[0].address}) & more" in text or "See this (http" in text
        assert "* One\n* Two" in text
        assert "Its text has headings or links" in soup(desk, f"/newsletters/{issue.pk}/").get_text()
        desk.post(f"/newsletters/{issue.pk}/", head(intro="Overwritten?", do="save"))
        assert draft(issue).body.raw_data[0]["value"]["text"] == "Hello"
