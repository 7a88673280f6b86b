"""Promises that a form makes are kept, figures do not flatter, words are not lost."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from feedback.answers.answering import answer
from feedback.answers.deleting import delete_answers, redact
from feedback.answers.letting_in import let_in
from feedback.models import Answer, LearningNeed, Pledge, Question, QuestionSet, Response, Survey
from feedback.results import Results
from feedback.retention import forget
from feedback.surveys import has_answered, promise_of
from feedback.tests.test_answering import make_survey, say
from feedback.wording import in_one_sentence
from home.privacy_words import in_words
from people.models import User
from people.refusals import NotPossible

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
    let_in(now=timezone.now())
    return words(client.get(f"/feedback/{survey.pk}/results/"))


def scale(survey):
    let_in(now=timezone.now())
    return next(
        one for one in Results(survey, timezone.now()).questions if one.question.wording.startswith("It was worth")
    )


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

    def test_keeps_the_words_of_each_with_their_own_name(self, crowd):
        survey = make_survey(crowd[:8], mode="confidential")
        for person in crowd[:8]:
            say(survey, person, It_was_worth=[4], One_thing_I_learned=f"Words of {person.first_name}")
        let_in(now=timezone.now())
        said = Answer.objects.exclude(text="").select_related("response__person")
        assert len(said) == 8
        assert all(one.text == f"Words of {one.response.person.first_name}" for one in said)

    def test_is_deleted_for_whoever_asks_and_then_counts_as_not_answered(self, crowd, desk, psw, signed_in):
        survey = make_survey(crowd, mode="confidential")
        for person in crowd[:7]:
            say(survey, person, It_was_worth=[4], One_thing_I_learned=f"Words of {person.first_name}")
        response = Response.objects.get(person=crowd[0])
        path = f"/feedback/{survey.pk}/delete/{response.pk}/"
        assert signed_in(psw).post(path).status_code == 404
        assert "The answers are deleted" in words(desk.post(path, follow=True))
        assert "Words of First0" not in results_of(desk, survey)
        assert Results(survey, timezone.now()).response.counts == "6 of 30"

    def test_takes_others_out_of_the_figures_with_what_is_deleted_so_that_no_difference_tells(self, crowd, organiser):
        survey, now = make_survey(crowd, mode="confidential"), timezone.now()
        for person in crowd[:12]:
            say(survey, person, It_was_worth=[4])
        let_in(now=now)
        before = Results(survey, now).shown
        assert before == 7, "five wait for those who may still answer"
        delete_answers(response=survey.responses.filter(counted=True).first(), by=organiser)
        assert before - Results(survey, now).shown == 5
        assert survey.responses.count() == 11
        named = make_survey(crowd, mode="named", about="session:2")
        for person in crowd[:6]:
            say(named, person, It_was_worth=[4])
        delete_answers(response=named.responses.first(), by=organiser)
        assert named.responses.filter(counted=True).count() == 5
        # One who waits leaves no gap: nobody has seen them counted.
        delete_answers(response=survey.responses.filter(counted=False).first(), by=organiser)
        assert before - Results(survey, now).shown == 5

    def test_of_somebody_who_has_left_is_not_deleted_as_if_it_were_another_persons(self, crowd, organiser):
        survey = make_survey(crowd, mode="named")
        for person in crowd[:6]:
            say(survey, person, It_was_worth=[4])
        for person in crowd[:2]:
            person.delete()
        with pytest.raises(PermissionDenied):
            delete_answers(response=survey.responses.filter(person=None).first(), by=organiser)
        assert Results(survey, timezone.now()).response.counts == "6 of 30"

    def test_loses_words_only_by_the_hand_of_who_may_see_results(self, crowd, manager):
        survey = make_survey(crowd, mode="named")
        say(survey, crowd[0], One_thing_I_learned="Words of somebody")
        with pytest.raises(PermissionDenied):
            redact(answer=Answer.objects.get(), by=manager, reason="It names somebody.")
        assert Answer.objects.get().text

    def test_leaves_a_line_of_who_deleted_or_took_words_out_without_what_was_said(self, crowd, organiser, caplog):
        caplog.set_level("INFO", "hub.audit")
        survey = make_survey(crowd, mode="confidential")
        for person in crowd[:2]:
            say(survey, person, One_thing_I_learned="Words of somebody")
        first, second = survey.responses.order_by("pk")
        answer = Answer.objects.filter(response=second).exclude(text="").get()
        redact(answer=answer, by=organiser, reason="It names somebody.")
        delete_answers(response=first, by=organiser)
        assert [record.getMessage() for record in caplog.records if record.name == "hub.audit"] == [
            f"redact answer={answer.pk} by={organiser.pk}",
            f"answers deleted survey={survey.pk} by={organiser.pk}",
        ]

    def test_that_is_anonymous_cannot_be_found_to_be_deleted(self, crowd, desk):
        survey = make_survey(crowd)
        boxes(survey, crowd, 0, 0, 0, 5, 0)
        let_in(now=timezone.now())
        assert desk.post(f"/feedback/{survey.pk}/delete/{Response.objects.first().pk}/").status_code == 404
        assert Response.objects.count() == 5


class TestAnAnonymousForm:
    def test_shows_no_words_that_few_wrote_however_many_answered_the_rest(self, crowd, desk):
        survey = make_survey(crowd[:6])
        for number, person in enumerate(crowd[:6]):
            more = {"One_thing_I_learned": "To wait"} if number < 4 else {}
            say(survey, person, It_was_worth=[4], **more)
        page = results_of(desk, survey)
        assert "6 of 6" in page
        assert "To wait" not in page
        assert page.count("Fewer than 5 answered this") == 1
        assert "Nobody answered this" in page

    def test_is_shown_without_a_question_that_was_taken_out_meanwhile(self, crowd):
        survey = make_survey(crowd[:5])
        for person in crowd[:5]:
            say(survey, person, It_was_worth=[4], One_thing_I_learned="To wait")
        survey.question_set.questions.filter(wording__startswith="One thing").delete()
        assert scale(survey).answered == 5


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
        assert not has_answered(survey, me.person)
        with pytest.raises(NotPossible):
            say(survey, me.person, One_thing_I_learned="")

    @pytest.mark.parametrize("mode", ["named", "confidential", "anonymous"])
    def test_says_one_truth_of_names_wherever_it_speaks_of_them(self, me, desk, mode, settings):
        settings.HUB_FEEDBACK_KEEP_MONTHS = 48
        survey = make_survey([me.person], mode=mode)
        form, found = words(me.get(f"/feedback/{survey.pk}/")), words(desk.get(f"/feedback/{survey.pk}/results/"))
        for page in (form, found):
            assert "kept for 4 years" in page
            # An anonymous form must not say that names are kept after it has said that they are not.
            assert ("Your name and what you write are kept" in page) is (mode != "anonymous")
        says = promise_of(survey)
        assert says["text"] in form
        assert in_words()[f"{mode}_feedback"] == says["text"]
        assert in_one_sentence(mode).startswith(says["title"])


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


class TestAQuestionWithChoices:
    def shown(self, people, kind: str, *counts: int, mode: str = "anonymous") -> dict[str, str]:
        survey, now = make_survey(people[: sum(counts)], mode=mode), timezone.now()
        Question.objects.create(
            question_set=survey.question_set, kind=kind, wording="Where shall we meet?", choices="Here\nThere\nOnline"
        )
        chosen = [box for box, count in enumerate(counts, 1) for _ in range(count)]
        for person, box in zip(people, chosen, strict=False):
            say(survey, person, Where_shall_we=[box])
        let_in(now=now)
        [one] = [one for one in Results(survey, now).questions if one.question.wording.startswith("Where")]
        assert bool(one.hidden) is (mode == "anonymous")
        return {bar.label: bar.share.counts for bar in one.bars}

    def test_hides_what_few_chose_and_the_next_from_which_it_could_be_worked_out(self, crowd):
        assert self.shown(crowd, Question.Kind.SINGLE, 2, 3, 21) == {"Online": "21 of 26"}

    def test_where_one_may_choose_several_nothing_can_be_worked_out_and_only_the_few_are_hidden(self, crowd):
        assert self.shown(crowd, Question.Kind.MULTIPLE, 1, 3, 22) == {"There": "3 of 26", "Online": "22 of 26"}

    def test_on_a_form_with_names_hides_nothing(self, crowd):
        everything = {"Here": "2 of 26", "There": "3 of 26", "Online": "21 of 26"}
        assert self.shown(crowd, Question.Kind.SINGLE, 2, 3, 21, mode="named") == everything


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
    assert Results(survey, timezone.now()).response.words == "6 of 10"


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

    def test_are_counted_in_fives_so_that_nobody_learns_how_a_colleagues_went(self, pledge, me, crowd):
        def told() -> str:
            return words(me.get("/feedback/pledges/")).partition("How pledges went")[2].partition(".")[0]

        seen = [told()]
        for person in crowd[:9]:
            Pledge.objects.create(person=person, text="x", made_on=timezone.localdate(), outcome="done")
            seen.append(told())
        assert seen[:5] == [""] * 5
        assert set(seen[5:]) == {", as far as their makers have said: done, 5 or more"}

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
        survey = make_survey(crowd[:5])
        for person in crowd[:5]:
            say(survey, person, What_I_would=[need.pk])
        # Sealed answers cannot be asked which needs they name, so every need is kept until they are shown.
        assert LearningNeed.objects.last().is_named
        let_in(now=timezone.now())
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
    young = make_survey(crowd, about="session:2", closes_at=survey.closes_at + timedelta(days=366))
    for person in crowd[:3]:
        say(young, person, It_was_worth=[4])
    forget(now=survey.closes_at + timedelta(days=30))
    assert Response.objects.exclude(person=None).count() == 6
    assert Answer.objects.filter(text="To wait").count() == 6
    forget(now=survey.closes_at + timedelta(days=37 * 31))
    assert not Response.objects.exclude(person=None).exists()
    assert not survey.invitations.exclude(person=None).exists()
    # Of a form that closed later nothing goes yet.
    assert (young.sealed.count(), young.marks.count(), young.invitations.filter(person=None).count()) == (3, 3, 0)
    younger = make_survey(crowd, about="session:3", closes_at=young.closes_at + timedelta(days=366))
    say(younger, crowd[0], It_was_worth=[4])
    young.invitations.exclude(person__in=crowd[10:13]).update(answered=True)
    forget(now=young.closes_at + timedelta(days=37 * 31))
    # What never was shown goes unread; whoever was noted by a sign that names nobody counts as having answered.
    assert (young.sealed.count(), young.marks.count(), young.invitations.filter(answered=True).count()) == (0, 0, 30)
    assert younger.marks.count() == 1
    found = Results(survey, timezone.now())
    assert found.response.words.startswith("6 of 30")
    assert scale(survey).answered == 6
    assert "To wait" not in str([one.texts for one in found.questions])


@pytest.mark.parametrize("mode", ["anonymous", "confidential"])
def test_what_so_few_said_that_it_is_never_shown_is_deleted_and_the_results_say_so(crowd, psw, signed_in, mode):
    """From the first answer to the last day: nobody waits for figures that will not come."""
    survey = make_survey(crowd, mode=mode)
    for person in crowd[:4]:
        say(survey, person, It_was_worth=[4], One_thing_I_learned="To wait")
    client = signed_in(psw)
    assert "shown from 5 answers on" in results_of(client, survey)
    Survey.objects.update(closes_at=timezone.now() - timedelta(days=1))
    survey.refresh_from_db()
    let_in(now=timezone.now())
    assert "is not shown and will not be" in results_of(client, survey)
    forget(now=survey.closes_at + timedelta(days=37 * 31))
    assert (Answer.objects.count(), Response.objects.count(), survey.sealed.count()) == (0, 0, 0)
    assert "4 of 30" in results_of(client, survey)
    assert "is not shown and will not be" in results_of(client, survey)


def test_answers_that_wait_again_after_a_deletion_are_not_promised_in_a_few_minutes(crowd, organiser, psw, signed_in):
    survey = make_survey(crowd, mode="confidential")
    for person in crowd[:6]:
        say(survey, person, It_was_worth=[4])
    Survey.objects.update(closes_at=timezone.now() - timedelta(days=1))
    survey.refresh_from_db()
    client = signed_in(psw)
    assert "put together in a few minutes" in words(client.get(f"/feedback/{survey.pk}/results/"))
    let_in(now=timezone.now())
    delete_answers(response=survey.responses.first(), by=organiser)
    let_in(now=timezone.now())
    assert "is not shown and will not be" in results_of(client, survey)


class TestLookingTwice:
    """No two states of the results that somebody may have seen or exported differ by fewer than five people."""

    def states(self, survey, people, desk) -> list[list[str]]:
        """What the export says after each answer and after the form has closed: the words that people wrote."""
        seen = []
        for person in people:
            say(survey, person, It_was_worth=[4], One_thing_I_learned=f"Words of {person.first_name}")
            let_in(now=timezone.now())
            seen.append(self.exported(survey, desk))
        let_in(now=survey.closes_at + timedelta(hours=1))
        return [*seen, self.exported(survey, desk)]

    def exported(self, survey, desk) -> list[str]:
        text = desk.get(f"/feedback/{survey.pk}/results.csv").content.decode()
        return [line for line in text.splitlines() if "Words of" in line]

    @pytest.mark.parametrize(
        ("asked", "answered", "held_back"),
        [(30, 6, 1), (30, 9, 4), (30, 12, 0), (7, 7, 0), (9, 6, 0), (9, 4, 4), (12, 12, 0)],
    )
    def test_tells_nothing_of_fewer_than_five(self, crowd, desk, asked, answered, held_back):
        survey = make_survey(crowd[:asked])
        states = self.states(survey, crowd[:answered], desk)
        steps = [len(set(after) - set(before)) for before, after in zip([[], *states], states, strict=False)]
        assert {step for step in steps if step} <= set(range(5, answered + 1))
        assert len(states[-1]) == answered - held_back

    def test_says_how_many_are_held_back_and_why(self, crowd, desk):
        survey = make_survey(crowd)
        self.states(survey, crowd[:6], desk)
        assert "1 of the 6 answers is not in the figures yet: answers are added at least 5" in results_of(desk, survey)
        Survey.objects.update(closes_at=timezone.now() - timedelta(hours=1))
        assert "will not be: fewer than 5 were left when the form closed" in results_of(desk, survey)

    def test_does_not_matter_where_the_form_says_that_names_are_seen(self, crowd):
        survey = make_survey(crowd, mode="named")
        boxes(survey, crowd, 0, 0, 0, 4, 3)
        assert scale(survey).answered == 7

    def test_of_a_confidential_form_tells_nothing_to_who_may_not_see_names(self, crowd, desk, psw, signed_in):
        survey, other = make_survey(crowd, mode="confidential"), signed_in(psw)
        states = self.states(survey, crowd[:7], other)
        assert [len(one) for one in states] == [0, 0, 0, 0, 5, 5, 5, 5]
        assert len(self.exported(survey, desk)) == 7
        # One is deleted because she asked for it: others go with her, so that nobody knows which words were hers.
        desk.post(f"/feedback/{survey.pk}/delete/{Response.objects.filter(counted=True).first().pk}/")
        assert self.exported(survey, other) == []


class TestWhatPeopleWantToLearn:
    def test_is_told_of_five_who_named_it_and_never_of_the_first(self, crowd, desk):
        survey, trauma = make_survey(crowd), LearningNeed.objects.get(label__startswith="Trauma")
        other = LearningNeed.objects.exclude(pk=trauma.pk).first()
        for person in crowd[:4]:
            say(survey, person, What_I_would=[trauma.pk])
            let_in(now=timezone.now())
            assert "Trauma" not in words(desk.get("/feedback/"))
        say(survey, crowd[4], What_I_would=[trauma.pk, other.pk])
        let_in(now=timezone.now())
        page = words(desk.get("/feedback/"))
        assert "Trauma and its effects: 5" in page
        assert other.label not in page

    def test_is_not_counted_from_a_closed_group(self, crowd, desk):
        survey, trauma = make_survey(crowd, closed_group=True), LearningNeed.objects.get(label__startswith="Trauma")
        for person in crowd[:6]:
            say(survey, person, What_I_would=[trauma.pk])
        let_in(now=timezone.now())
        assert "Trauma" not in words(desk.get("/feedback/"))


def test_a_form_that_nobody_was_asked_to_fill_in_says_so(desk):
    survey = make_survey([])
    for path in ("/feedback/", f"/feedback/{survey.pk}/results/"):
        page = words(desk.get(path))
        assert "Nobody has been asked yet" in page
        assert "0 of 0" not in page


class TestWhatWaitsForOthers:
    """Of an anonymous form: until enough came together, and for ten minutes more after it has closed."""

    def test_is_let_in_ten_minutes_after_the_form_has_closed(self, crowd):
        survey, now = make_survey(crowd), timezone.now()
        boxes(survey, crowd[:5], 0, 0, 0, 5, 0)
        let_in(now=now)
        boxes(survey, crowd[5:10], 0, 0, 0, 5, 0)
        minutes = timedelta(minutes=10)
        shown = []
        for moment in (now, survey.closes_at, survey.closes_at + minutes - timedelta(seconds=1)):
            let_in(now=moment)
            shown.append(survey.responses.count())
        assert shown == [5, 5, 5]
        let_in(now=survey.closes_at + minutes)
        assert survey.responses.count() == 10

    def test_is_kept_as_it_is_and_stops_nobody_where_it_cannot_be_opened(self, crowd, caplog):
        survey = make_survey(crowd)
        boxes(survey, crowd[:10], 0, 0, 0, 10, 0)
        broken = survey.sealed.first()
        survey.sealed.filter(pk=broken.pk).update(box=b"sealed with a key that is gone")
        for _ in range(2):
            let_in(now=timezone.now())
        assert survey.responses.count() == 9
        assert bytes(survey.sealed.get().box) == b"sealed with a key that is gone"
        assert "SECRET_KEY_FALLBACKS" in caplog.text
