"""Colleagues are asked before a policy is decided: until the last day, and afterwards they read what came of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from guidance.models import PolicyComment, PolicyPage
from guidance.policies import consulting
from guidance.tests.test_policies import make_policy
from tests.builders import day_from_now
from tests.editing import form_of, refused

pytestmark = pytest.mark.django_db

PROPOSAL = "Supervision every four weeks for everybody."


@pytest.fixture
def policy(hub, psw, editor):
    return make_policy(
        steward=psw,
        deputy=editor,
        proposal=PROPOSAL,
        comments_from=day_from_now(-3),
        comments_until=day_from_now(3),
    )


@pytest.fixture
def worker(practitioner, signed_in):
    return signed_in(practitioner)


def address(page) -> str:
    return f"/guidance/consultation/{page.pk}/"


def close(policy, days: int = -1) -> PolicyPage:
    page = PolicyPage.objects.get(pk=policy.pk)
    page.comments_until = day_from_now(days)
    page.save_revision().publish()
    return page


class TestCommenting:
    def test_the_policy_leads_to_it_and_a_comment_is_kept(self, policy, worker, practitioner):
        assert address(policy) in worker.get(policy.address).content.decode()
        assert PROPOSAL in worker.get(address(policy)).content.decode()
        assert worker.post(address(policy), {"text": "Four weeks is too long."}).status_code == 302
        found = PolicyComment.objects.get()
        assert (found.person, found.text) == (practitioner, "Four weeks is too long.")

    def test_it_can_be_changed_and_taken_back_until_the_last_day(self, policy, worker):
        for text in ("First thought", "Second thought"):
            worker.post(address(policy), {"text": text})
        assert PolicyComment.objects.get().text == "Second thought"
        assert "Second thought" in worker.get(address(policy)).content.decode()
        worker.post(address(policy), {"do": "take-back"})
        assert not PolicyComment.objects.exists()

    def test_the_last_day_is_a_whole_day(self, policy):
        assert consulting.is_open(policy, day_from_now(3))
        assert not consulting.is_open(policy, day_from_now(4))
        assert not consulting.is_open(policy, day_from_now(-4))

    def test_a_longer_window_keeps_what_was_said(self, policy, worker):
        worker.post(address(policy), {"text": "Four weeks is too long."})
        close(policy, days=20)
        assert "Four weeks is too long." in worker.get(address(policy)).content.decode()

    def test_home_says_so_until_somebody_has_commented(self, policy, worker):
        assert "open for your comment" in worker.get("/").content.decode()
        worker.post(address(policy), {"text": "Fine."})
        assert "open for your comment" not in worker.get("/").content.decode()

    def test_home_is_silent_about_what_somebody_may_not_read(self, policy, partner, worker, practitioner, signed_in):
        PolicyPage.objects.filter(pk=policy.pk).update(audience="staff")
        assert "open for your comment" not in signed_in(partner).get("/").content.decode()
        PageViewRestriction.objects.create(page_id=policy.get_parent().pk, restriction_type="groups")
        assert "open for your comment" not in worker.get("/").content.decode()


class TestAfterTheLastDay:
    def test_the_form_is_shut(self, policy, worker):
        page = close(policy)
        html = worker.get(address(page)).content.decode()
        assert 'data-consultation="closed"' in html
        assert "<textarea" not in html
        assert address(page) not in worker.get(page.address).content.decode()

    def test_what_comes_too_late_is_refused_and_not_lost(self, policy, worker):
        close(policy)
        response = worker.post(address(policy), {"text": "I was on leave."})
        assert response.status_code == 409
        assert "The window has closed" in response.content.decode()
        assert "I was on leave." in response.content.decode()
        assert not PolicyComment.objects.exists()

    def test_a_comment_stays_as_it_was(self, policy, worker):
        worker.post(address(policy), {"text": "Four weeks is too long."})
        close(policy)
        worker.post(address(policy), {"do": "take-back"})
        assert PolicyComment.objects.exists()

    def test_the_policy_says_what_people_said_and_what_came_of_it(self, policy, worker):
        page = close(policy)
        page.you_said = "You said four weeks is too long. It is two for the first year."
        page.save_revision().publish()
        assert "It is two for the first year." in worker.get(page.address).content.decode()
        assert page.title in worker.get("/guidance/consultations/").content.decode()

    def test_a_second_window_waits_for_an_answer_of_its_own(self, policy, worker):
        """What was said of the first is still there, and is not what came of the second."""

        def waits() -> bool:
            return consulting.not_answered_for(PolicyPage.objects.all(), day_from_now(0)).exists()

        worker.post(address(policy), {"text": "Four weeks is too long."})
        page = close(policy)
        assert waits()
        page.you_said = "You said four weeks is too long. It is two for the first year."
        page.save_revision().publish()
        assert not waits()
        page = PolicyPage.objects.get(pk=page.pk)
        page.comments_from, page.comments_until = day_from_now(0), day_from_now(2)
        page.save_revision().publish()
        worker.post(address(policy), {"text": "Two is too few."})
        page = close(policy, 1)
        assert not waits()
        later = day_from_now(2)
        assert consulting.not_answered_for(PolicyPage.objects.all(), later).exists()
        page.you_said = "Two weeks it is, after all."
        page.save_revision().publish()
        assert not consulting.not_answered_for(PolicyPage.objects.all(), later).exists()

    def test_comments_are_deleted_after_a_year(self, policy, worker):
        worker.post(address(policy), {"text": "Fine."})
        consulting.forget(now=timezone.now() + timedelta(days=365))
        assert PolicyComment.objects.exists()
        consulting.forget(now=timezone.now() + timedelta(days=367))
        assert not PolicyComment.objects.exists()


class TestWhoReads:
    @pytest.mark.parametrize(("who", "status"), [("psw", 200), ("editor", 200), ("manager", 404), ("partner", 404)])
    def test_names_are_for_those_who_decide(self, policy, worker, who, status, request, signed_in):
        worker.post(address(policy), {"text": "=2+2 weeks is too long."})
        client = signed_in(request.getfixturevalue(who))
        assert client.get(f"{address(policy)}said/").status_code == status
        table = client.get(f"{address(policy)}said.csv")
        assert table.status_code == status
        if status == 200:
            assert "'=2+2 weeks is too long." in table.content.decode()

    def test_who_may_not_read_the_policy_may_not_comment(self, hub, partner, signed_in, policy):
        PolicyPage.objects.filter(pk=policy.pk).update(audience="staff")
        assert signed_in(partner).post(address(policy), {"text": "Hello"}).status_code == 404

    def test_a_policy_that_never_asked_has_no_such_page(self, hub, worker):
        assert worker.get(address(make_policy())).status_code == 404


class TestBadInput:
    @pytest.mark.parametrize(
        ("text", "words"),
        [(" ", "Write what you think"), ("x" * 4001, "at most 4000"), ("J.K., born 3 April 2019, waited.", "born")],
    )
    def test_is_refused_at_the_field_with_the_words_kept(self, policy, worker, text, words):
        response = worker.post(address(policy), {"text": text})
        assert response.status_code == 400
        assert words in response.content.decode()
        assert not PolicyComment.objects.exists()

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"comments_from": ""}, "comments_from"),
            ({"comments_until": str(day_from_now(-9))}, "comments_until"),
            ({"proposal": ""}, "proposal"),
        ],
    )
    def test_an_editor_gives_both_days_in_order_and_says_what_is_proposed(
        self, policy, editor, signed_in, changed, field
    ):
        desk = signed_in(editor)
        form = {**form_of(desk, policy), **changed}
        assert field in refused(desk, policy, form, publish=False)
