"""A colleague suggests a tool or a story; editors have it as a draft; the sender is told what becomes of it."""

import uuid

import pytest
from django.utils import timezone

from feedback.models import Suggestion
from feedback.suggestions import suggesting
from notices.models import OutgoingMail
from pages.models import HubPage
from people.refusals import NotThere
from stories.models import StoryIndexPage, StoryPage
from tests.builders import clear
from toolkits.models import ToolPage

pytestmark = pytest.mark.django_db


def filled(**changed) -> dict:
    return {
        "key": str(uuid.uuid4()),
        "title": "The two-chair talk",
        "purpose": "Hear both sides of one worry.",
        "do": "Put out two chairs.\n\nSit in one, then the other.",
        "say": "What would the other chair say?",
        "whose": "ours",
        "credit": "name",
        **changed,
    }


@pytest.fixture
def worker(practitioner, signed_in):
    return signed_in(practitioner)


@pytest.fixture
def sent(hub, worker):
    assert worker.post("/suggest/tool/", filled()).status_code == 302
    return Suggestion.objects.get()


class TestSending:
    def test_editors_have_it_as_a_draft_with_the_licence_question_answered(self, sent, practitioner):
        page = ToolPage.objects.get()
        assert not page.live
        assert (page.title, page.summary) == ("The two-chair talk", "Hear both sides of one worry.")
        assert [block.value.source for block in page.do] == [
            "<p>Put out two chairs.</p>",
            "<p>Sit in one, then the other.</p>",
        ]
        assert page.licence_statement == "Written by colleagues here, free to adapt."
        assert page.source_statement == f"Suggested by {practitioner}."

    def test_it_can_be_edited_as_it_was_sent(self, sent, editor, signed_in):
        assert "two-chair" in signed_in(editor).get(f"/admin/pages/{sent.page_id}/edit/").content.decode()

    def test_who_does_not_know_the_licence_leaves_it_open_so_that_an_editor_has_to_find_out(self, hub, worker):
        worker.post("/suggest/tool/", filled(whose="unsure"))
        assert ToolPage.objects.get().licence_statement == ""

    @pytest.mark.parametrize(
        ("credit", "named"), [("team", "a colleague"), ("nobody", "a colleague")], ids=["no team", "nobody"]
    )
    def test_nobody_is_named_who_does_not_wish_it(self, hub, worker, practitioner, credit, named):
        worker.post("/suggest/tool/", filled(credit=credit))
        assert ToolPage.objects.get().source_statement == f"Suggested by {named}."

    def test_a_second_press_sends_nothing_more(self, hub, worker):
        form = filled()
        assert [worker.post("/suggest/tool/", form).status_code for _ in range(2)] == [302, 302]
        assert (Suggestion.objects.count(), ToolPage.objects.count()) == (1, 1)

    def test_a_story_is_asked_for_along_its_own_questions(self, hub, worker):
        html = worker.get("/suggest/story/").content.decode()
        assert "What made the difference" in html
        worker.post("/suggest/story/", filled(title="A kitchen", what_happened="They came back."))
        assert StoryPage.objects.get().what_happened[0].value.source == "<p>They came back.</p>"

    def test_the_same_title_as_another_page_gets_an_address_of_its_own(self, hub, worker):
        for _ in range(2):
            worker.post("/suggest/tool/", filled())
        assert ToolPage.objects.values("slug").distinct().count() == 2

    def test_no_more_than_ten_wait_for_one_sender_and_nothing_typed_is_lost(self, hub, worker):
        for _ in range(suggesting.MOST_WAITING):
            worker.post("/suggest/tool/", filled())
        response = worker.post("/suggest/tool/", filled(title="The eleventh"))
        assert response.status_code == 409
        assert "The eleventh" in response.content.decode()

    def test_readers_do_not_meet_a_draft(self, sent, worker):
        assert worker.get(sent.page.address).status_code == 404
        assert "two-chair" not in worker.get("/search/?q=two-chair").content.decode().replace("q=two-chair", "").split(
            "<main"
        )[1].replace('value="two-chair"', "").replace("“two-chair”", "")


class TestBadInput:
    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"title": ""}, "Give it a name"),
            ({"title": "???"}, "Use letters or figures"),
            ({"purpose": "x" * 161}, "at most 160"),
            ({"do": " "}, "Write a few lines"),
            ({"whose": ""}, "“I do not know” is an answer"),
            ({"whose": "published"}, "Say who made it"),
            ({"whose": "stolen"}, "not one of the available choices"),
            ({"do": "Bella Marsh, born 4 March 2016, sat in one chair."}, "born"),
        ],
    )
    def test_it_is_refused_at_the_field_and_comes_back_filled(self, hub, worker, changed, words):
        response = worker.post("/suggest/tool/", filled(**{"say": "Which chair?", **changed}))
        assert response.status_code == 400
        assert words in response.content.decode()
        assert "Which chair?" in response.content.decode()
        assert not Suggestion.objects.exists()

    def test_only_what_the_library_takes_can_be_suggested(self, hub, worker):
        assert worker.get("/suggest/policy/").status_code == 404

    def test_markup_is_text(self, hub, worker):
        worker.post("/suggest/tool/", filled(do="<script>alert(1)</script>"))
        assert ToolPage.objects.get().do[0].value.source == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"

    def test_without_a_place_for_stories_it_says_so(self, hub, worker):
        StoryIndexPage.objects.get().delete()
        response = worker.post("/suggest/story/", filled(what_happened="They came back."))
        assert response.status_code == 409
        assert "no place for this" in response.content.decode()


class TestWhatBecomesOfIt:
    def test_publishing_the_draft_tells_the_sender_once(self, sent, practitioner, worker):
        page = ToolPage.objects.get()
        for _ in range(2):
            page.save_revision().publish()
        sent.refresh_from_db()
        assert sent.state == Suggestion.State.PUBLISHED
        assert OutgoingMail.objects.filter(to=practitioner.email, subject__contains="is on the hub").count() == 1
        assert page.address in worker.get("/me/suggestions/").content.decode()

    def test_a_story_that_was_suggested_still_needs_two_people(self, hub, worker):
        worker.post("/suggest/story/", filled(what_happened="They came back."))
        page = StoryPage.objects.get()
        with pytest.raises(Exception, match="Two people read"):
            page.save_revision().publish()
        clear(page)
        page.save_revision().publish()
        assert Suggestion.objects.get().state == Suggestion.State.PUBLISHED

    def test_declining_needs_a_reason_deletes_the_draft_and_keeps_the_senders_words(
        self, sent, editor, signed_in, practitioner, worker
    ):
        desk, address = signed_in(editor), f"/admin/suggestions/{sent.pk}/"
        assert desk.post(address, {"reason": ""}).status_code == 400
        assert desk.post(address, {"reason": "We have one like it."}).status_code == 302
        assert not HubPage.objects.filter(title="The two-chair talk").exists()
        html = worker.get("/me/suggestions/").content.decode()
        assert "We have one like it." in html
        assert "Put out two chairs." in html
        assert OutgoingMail.objects.filter(to=practitioner.email, subject__contains="was not taken").count() == 1

    def test_the_sender_takes_it_back_and_the_draft_is_gone(self, sent, worker):
        worker.post(f"/me/suggestions/{sent.key}/")
        sent.refresh_from_db()
        assert sent.state == Suggestion.State.TAKEN_BACK
        assert not ToolPage.objects.exists()

    def test_what_is_published_is_not_taken_back_or_declined(self, sent, worker, editor, signed_in):
        ToolPage.objects.get().save_revision().publish()
        assert worker.post(f"/me/suggestions/{sent.key}/")["Location"].endswith("?said=settled")
        assert signed_in(editor).post(f"/admin/suggestions/{sent.pk}/", {"reason": "No."}).status_code == 409
        assert ToolPage.objects.live().exists()

    def test_the_queue_shows_it_to_editors_and_home_counts_it(self, sent, editor, signed_in):
        desk = signed_in(editor)
        assert "The two-chair talk" in desk.get("/admin/suggestions/").content.decode()
        assert "A suggestion of a colleague waits" in desk.get("/").content.decode()
        html = desk.get(f"/admin/suggestions/{sent.pk}/").content.decode()
        assert "I made it, or we in my team did" in html
        assert f"/admin/pages/{sent.page_id}/edit/" in html


class TestWhoMay:
    def test_nobody_else_reads_or_takes_back_what_somebody_sent(self, sent, manager, signed_in):
        other = signed_in(manager)
        assert other.post(f"/me/suggestions/{sent.key}/").status_code == 404
        assert "two-chair" not in other.get("/me/suggestions/").content.decode()

    def test_who_does_not_look_after_the_library_does_not_decide(self, sent, organiser, signed_in):
        signed_in(organiser).post(f"/admin/suggestions/{sent.pk}/", {"reason": "No."})
        sent.refresh_from_db()
        assert sent.waits
        with pytest.raises(NotThere):
            suggesting.decline(suggestion=sent, by=organiser, reason="No.", now=timezone.now())
