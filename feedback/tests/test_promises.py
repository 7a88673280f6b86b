"""Promises that a form makes are kept, figures do not flatter, words are not lost."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from feedback.answering import CannotAnswer, answer
from feedback.keeping import forget
from feedback.models import Invitation, LearningNeed, Pledge, Question, QuestionSet, Response, Survey
from feedback.results import Results
from feedback.tests.test_answering import make_survey, say
from people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(hub):
    return User.objects.bulk_create(
        User(email=f"p{n}@hub.example", password="!", first_name=f"First{n}", last_name="Last") for n in range(30)
    )


@pytest.fixture
def desk(organiser, signed_in):
    return signed_in(organiser)


@pytest.fixture
def me(practitioner, signed_in):
    client = signed_in(practitioner)
    client.person = practitioner
    return client


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def results_of(client, survey) -> str:
    return words(client.get(f"/feedback/{survey.pk}/results/"))


def scale(survey):
    return next(one for one in Results(survey).questions if one.question.wording.startswith("It was worth"))


def boxes(survey, people, *counts):
    """So many people choose each box of the first scale."""
    said = [box for box, count in enumerate(counts, 1) for _ in range(count)]
    for person, box in zip(people, said, strict=False):
        say(survey, person, It_was_worth=[box])


class TestAConfidentialForm:
    def test_shows_names_to_organisers_and_to_nobody_else(self, crowd, desk, psw, signed_in):
        survey = make_survey(crowd, mode="confidential")
        for person in crowd[:6]:
            say(survey, person, One_thing_I_learned="To wait")
        assert "First0 Last" in results_of(desk, survey)
        other = results_of(signed_in(psw), survey)
        assert "To wait" in other
        assert "First0 Last" not in other

    def test_is_deleted_for_whoever_asks_and_then_counts_as_not_answered(self, crowd, desk, psw, signed_in):
        survey = make_survey(crowd, mode="confidential")
        for person in crowd[:7]:
            say(survey, person, It_was_worth=[4], One_thing_I_learned=f"Words of {person.first_name}")
        response = Response.objects.get(person=crowd[0])
        path = f"/feedback/{survey.pk}/delete/{response.pk}/"
        assert signed_in(psw).post(path).status_code == 404
        assert "The answers are deleted" in words(desk.post(path, follow=True))
        assert "Words of First0" not in results_of(desk, survey)
        assert Results(survey).response.counts == "6 of 30"

    def test_that_is_anonymous_cannot_be_found_to_be_deleted(self, crowd, desk):
        survey = make_survey(crowd)
        say(survey, crowd[0], It_was_worth=[4])
        assert desk.post(f"/feedback/{survey.pk}/delete/{Response.objects.get().pk}/").status_code == 404
        assert Response.objects.exists()


class TestANamedForm:
    def test_shows_what_few_people_wrote_since_it_promised_nothing_else(self, crowd, desk):
        survey = make_survey(crowd, mode="named")
        for person in crowd[:2]:
            say(survey, person, It_was_worth=[4], One_thing_I_learned="To wait")
        page = results_of(desk, survey)
        assert page.count("To wait") == 2
        assert "Fewer than 5 answered this" in page


class TestTheForm:
    def test_prints_an_editors_hint_as_text(self, me):
        survey = make_survey([me.person])
        Question.objects.update(help="<b>Bold</b> & clear")
        assert "<b>Bold" not in me.get(f"/feedback/{survey.pk}/").content.decode()

    def test_counts_a_line_break_once(self, me):
        survey = make_survey([me.person])
        text = survey.question_set.questions.get(kind="text")
        assert me.post(f"/feedback/{survey.pk}/", {f"q{text.pk}": "a\r\n" * 1999}).status_code == 302

    def test_sent_empty_by_a_slip_of_the_thumb_is_not_an_answer(self, me):
        survey = make_survey([me.person])
        sent = me.post(f"/feedback/{survey.pk}/", {})
        assert sent.status_code == 400
        assert "Answer at least one question" in words(sent)
        assert not Invitation.objects.get().answered
        with pytest.raises(CannotAnswer):
            say(survey, me.person, One_thing_I_learned="")

    def test_says_how_long_words_are_kept(self, me):
        for mode in ("named", "confidential", "anonymous"):
            survey = make_survey([me.person], mode=mode, about=mode)
            assert "kept for 3 years" in words(me.get(f"/feedback/{survey.pk}/"))


class TestAMedianBetweenTwoBoxes:
    def test_is_not_rounded_up(self, crowd):
        survey = make_survey(crowd, mode="named")
        boxes(survey, crowd, 0, 0, 5, 5, 0)
        assert scale(survey).median == "between “Neither” and “Agree”"


class TestAnEmptyBox:
    def test_costs_nobody_the_headline(self, crowd):
        survey = make_survey(crowd, closes_at=timezone.now() + timedelta(days=1))
        boxes(survey, crowd, 0, 0, 0, 15, 15)
        one = scale(survey)
        assert one.headline.words == "30 of 30, 100% (89 to 100%)"
        assert [bar.share.n for bar in one.bars] == [0, 0, 0, 15, 15]


def test_those_to_whom_it_does_not_apply_are_not_singled_out(crowd):
    survey = make_survey(crowd[:11])
    Question.objects.filter(wording__startswith="It was worth").update(offer_not_applicable=True)
    boxes(survey, crowd, 0, 0, 0, 10, 0)
    key = Question.objects.get(wording__startswith="It was worth").pk
    answer(survey=survey, person=crowd[10], given={key: {"not_applicable": True}}, now=timezone.now())
    assert scale(survey).not_applicable == 0


def test_the_base_stays_when_somebody_leaves_the_council(crowd):
    survey = make_survey(crowd[:10], mode="named")
    boxes(survey, crowd, 0, 0, 0, 6, 0)
    crowd[0].delete()
    crowd[9].delete()
    assert Results(survey).response.words == "6 of 10"


class TestAClosedGroup:
    def test_writes_the_summary_that_it_agreed(self, crowd, desk):
        survey = make_survey(crowd, closed_group=True)
        address = f"/feedback/{survey.pk}/results/"
        assert "We want to go on." in words(
            desk.post(f"{address}summary/", {"summary": "We want to go on."}, follow=True)
        )
        long = desk.post(f"{address}summary/", {"summary": "a" * 2001})
        assert long.status_code == 400
        assert "a" * 2001 in words(long)
        assert Survey.objects.get().summary == "We want to go on."

    def test_has_no_percentage_anywhere(self, crowd, desk):
        survey = make_survey(crowd, closed_group=True)
        boxes(survey, crowd, 0, 0, 0, 12, 12)
        for path in (f"/feedback/{survey.pk}/results/", f"/feedback/{survey.pk}/results.csv", "/feedback/"):
            assert "%" not in words(desk.get(path))


class TestPledges:
    @pytest.fixture
    def pledge(self, practitioner, organiser):
        return Pledge.objects.create(
            person=practitioner,
            text="Ring a father",
            made_on=timezone.localdate(),
            shared=True,
            approved_at=timezone.now(),
            approved_by=organiser,
            outcome="not-yet",
        )

    def test_on_the_wall_do_not_say_how_this_one_went(self, pledge, me):
        page = BeautifulSoup(me.get("/feedback/pledges/").content, "html.parser").main.get_text()
        assert "Ring a father" in page
        assert "Not yet" not in page

    def test_are_counted_together_from_five_on(self, pledge, me, crowd):
        assert "1 not yet" not in words(me.get("/feedback/pledges/"))
        Pledge.objects.bulk_create(
            Pledge(person=person, text="x", made_on=timezone.localdate(), outcome="done") for person in crowd[:4]
        )
        assert "Of 5 pledges whose makers have said how it went: 4 done, 0 partly done, 1 not yet." in words(
            me.get("/feedback/pledges/")
        )

    def test_are_deleted_by_whoever_made_them(self, pledge, me, manager, signed_in):
        assert signed_in(manager).post(f"/me/pledges/{pledge.pk}/delete/").status_code == 404
        assert me.post(f"/me/pledges/{pledge.pk}/delete/").status_code == 302
        assert not Pledge.objects.exists()


class TestInTheCms:
    def test_a_set_that_was_answered_is_copied_with_its_questions(self, crowd, desk):
        survey = make_survey(crowd)
        say(survey, crowd[0], It_was_worth=[5])
        page = BeautifulSoup(
            desk.get(reverse("question_sets:copy", args=[survey.question_set_id])).content, "html.parser"
        )
        [form] = [form for form in page.select("form") if form.select_one("[name='title']")]
        form["id"] = "the-form"
        typed = querydict_from_html(str(page), form_id="the-form").dict()
        assert typed["title"] == "After an event (copy)"
        answer = desk.post(reverse("question_sets:add"), {**typed, "questions-0-wording": "Was it worth it?"})
        assert answer.status_code == 302, words(answer)
        copy = QuestionSet.objects.get(title="After an event (copy)")
        assert copy.questions.first().wording == "Was it worth it?"
        assert copy.questions.count() == survey.question_set.questions.count()
        assert survey.question_set.questions.first().wording == "It was worth the time it took"

    def test_a_need_that_was_named_is_kept(self, crowd, desk):
        need = LearningNeed.objects.first()
        say(make_survey(crowd), crowd[0], What_I_would=[need.pk])
        answer = desk.post(reverse("learning_needs:delete", args=[need.pk]))
        assert "People have named this" in words(answer)
        assert LearningNeed.objects.filter(pk=need.pk).exists()
        other = LearningNeed.objects.last()
        desk.post(reverse("learning_needs:delete", args=[other.pk]))
        assert not LearningNeed.objects.filter(pk=other.pk).exists()


def test_names_and_words_are_forgotten_and_counts_stay(crowd):
    survey = make_survey(crowd, mode="named")
    for person in crowd[:6]:
        say(survey, person, It_was_worth=[4], One_thing_I_learned="To wait")
    forget(now=survey.closes_at + timedelta(days=30))
    assert Response.objects.exclude(person=None).count() == 6
    forget(now=survey.closes_at + timedelta(days=37 * 31))
    assert not Response.objects.exclude(person=None).exists()
    assert not Invitation.objects.exclude(person=None).exists()
    found = Results(survey)
    assert found.response.words.startswith("6 of 30")
    assert scale(survey).answered == 6
    assert "To wait" not in str([one.texts for one in found.questions])


class TestLookingTwice:
    def test_does_not_tell_what_the_latest_person_wrote(self, crowd, desk):
        survey = make_survey(crowd)
        for person in crowd[:6]:
            say(survey, person, It_was_worth=[4], One_thing_I_learned="To wait")
        before = results_of(desk, survey)
        say(survey, crowd[6], It_was_worth=[1], One_thing_I_learned="I am unhappy here")
        after = results_of(desk, survey)
        assert "7 of 30" in after
        assert "2 of the 7 answers are not in the figures yet" in after
        assert "I am unhappy here" not in after
        assert after.partition("not in the figures yet")[2] == before.partition("not in the figures yet")[2]
        assert "I am unhappy here" not in desk.get(f"/feedback/{survey.pk}/results.csv").content.decode()

    def test_after_closing_finds_every_answer(self, crowd):
        survey = make_survey(crowd)
        boxes(survey, crowd, 0, 0, 0, 4, 3)
        found = Results(survey, survey.closes_at)
        assert found.questions[0].answered == 7
        assert found.waiting == ""

    def test_does_not_matter_where_the_form_says_that_names_are_seen(self, crowd):
        survey = make_survey(crowd, mode="named")
        boxes(survey, crowd, 0, 0, 0, 4, 3)
        assert scale(survey).answered == 7
