"""What people rely on when they answer: once, all of it, and nobody can tell who, where that was promised."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.utils import timezone

from feedback.answers.answering import answer
from feedback.answers.letting_in import let_in
from feedback.models import (
    Answer,
    Claim,
    Invitation,
    LearningNeed,
    Pledge,
    QuestionSet,
    Response,
    SealedAnswers,
    Survey,
    YouSaid,
)
from feedback.results import Results
from feedback.surveys import invite, open_for, open_survey, unanswered
from people.models import User
from people.refusals import NotPossible
from people.roles import Role
from tests.builders import make_person

pytestmark = pytest.mark.django_db


def make_survey(people, *, mode="anonymous", about="session:1", **fields) -> Survey:
    now = timezone.now()
    survey = open_survey(
        about=about,
        title="Feedback: Practice day",
        question_set=QuestionSet.objects.get(title="After an event"),
        mode=mode,
        opens_at=fields.pop("opens_at", now - timedelta(hours=2)),
        closes_at=fields.pop("closes_at", now + timedelta(days=20)),
        held_on=timezone.localdate() - timedelta(days=1),
        **fields,
    )
    invite(survey=survey, people=people)
    return survey


@pytest.fixture
def crowd(hub):
    return User.objects.bulk_create(User(email=f"p{n}@hub.example", password="!") for n in range(30))


def question(survey, wording):
    return survey.question_set.questions.get(wording__startswith=wording)


def say(survey, person, **boxes) -> bool:
    """Answer the first scale with a box, and whatever else is given by the beginning of its wording."""
    given = {}
    for wording, value in boxes.items():
        asked = question(survey, wording.replace("_", " "))
        given[asked.pk] = {"text": value} if isinstance(value, str) else {"boxes": value}
    return answer(survey=survey, person=person, given=given, now=timezone.now())


class TestAnAnonymousAnswer:
    def test_carries_no_person_no_time_and_no_order(self, crowd):
        survey = make_survey(crowd)
        for person in crowd:
            say(survey, person, It_was_worth=[5], One_thing_I_learned=person.email)
        let_in(now=timezone.now())
        assert set(Response.objects.values_list("person", "answered_on")) == {(None, survey.held_on)}
        # Read back in the order in which the tables give them, which is that of random keys.
        texts = list(Answer.objects.exclude(text="").values_list("text", flat=True))
        assert texts != [person.email for person in crowd]
        columns = {field.name for model in (Response, Answer, Invitation) for field in model._meta.concrete_fields}
        assert not {name for name in columns if name.endswith(("_at", "created", "modified"))}

    def test_cannot_be_given_a_name_by_any_program(self, crowd):
        survey = make_survey(crowd)
        with pytest.raises(IntegrityError), transaction.atomic():
            Response.objects.create(survey=survey, mode="anonymous", person=crowd[0], answered_on=survey.held_on)

    def test_shares_nothing_with_the_pledge_but_the_form(self, crowd):
        survey = make_survey(crowd)
        for person in crowd[:5]:
            say(survey, person, It_was_worth=[5], One_thing_I_will="Draw the tree together")
        let_in(now=timezone.now())
        pledge = Pledge.objects.get(person=crowd[0])
        assert (pledge.person, pledge.shared) == (crowd[0], False)
        assert set(Answer.objects.values_list("question__kind", flat=True)) == {"scale"}


class TestAnswering:
    def test_twice_is_once(self, crowd):
        survey = make_survey(crowd)
        assert say(survey, crowd[0], It_was_worth=[5])
        assert not say(survey, crowd[0], It_was_worth=[1])
        assert SealedAnswers.objects.count() == 1
        for person in crowd[1:5]:
            say(survey, person, It_was_worth=[5])
        let_in(now=timezone.now())
        assert not say(survey, crowd[0], It_was_worth=[1])
        assert Response.objects.count() == 5
        assert not SealedAnswers.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"opens_at": timezone.now() + timedelta(days=1)}, "not-open"),
            ({"closes_at": timezone.now() - timedelta(hours=1)}, "closed"),
        ],
    )
    def test_is_possible_only_while_it_is_open(self, crowd, fields, code):
        with pytest.raises(NotPossible) as refused:
            say(make_survey(crowd, **fields), crowd[0], It_was_worth=[5])
        assert refused.value.code == code

    def test_counts_from_the_very_second_it_opens_and_no_longer_from_the_one_it_closes(self, crowd):
        survey = make_survey(crowd)
        given = {question(survey, "It was worth").pk: {"boxes": [5], "text": "", "not_applicable": False}}
        assert answer(survey=survey, person=crowd[0], given=given, now=survey.opens_at)
        with pytest.raises(NotPossible, match="has closed"):
            answer(survey=survey, person=crowd[1], given=given, now=survey.closes_at)

    def test_is_for_those_who_were_asked(self, crowd, manager):
        survey = make_survey(crowd)
        with pytest.raises(NotPossible):
            say(survey, manager, It_was_worth=[5])
        assert list(open_for(crowd[0], timezone.now())) == [survey]
        assert not open_for(manager, timezone.now()).exists()

    @pytest.mark.parametrize("mode", ["named", "anonymous"])
    def test_is_asked_for_while_it_is_open_and_until_one_has_answered_oneself(self, crowd, mode):
        survey = make_survey(crowd[:2], mode=mode)
        moments = (survey.opens_at - timedelta(seconds=1), survey.opens_at, survey.closes_at)
        assert [open_for(crowd[0], now).count() for now in moments] == [0, 1, 0]
        say(survey, crowd[1], It_was_worth=[5])
        assert [open_for(person, survey.opens_at).count() for person in crowd[:2]] == [1, 0]
        assert list(unanswered(survey)) == [crowd[0]]

    def test_keeps_names_where_the_form_says_so(self, crowd):
        survey = make_survey(crowd, mode="confidential")
        say(survey, crowd[0], It_was_worth=[5])
        assert Response.objects.get().person == crowd[0]


class TestTheForm:
    @pytest.fixture
    def me(self, practitioner, signed_in):
        client = signed_in(practitioner)
        client.person = practitioner
        return client

    def fields(self, survey, **changed):
        names = {one.wording: f"q{one.pk}" for one in survey.question_set.questions.all()}
        typed = {
            names["It was worth the time it took"]: "5",
            names["One thing I learned"]: "To wait",
            names["What I would like to learn next"]: [str(LearningNeed.objects.first().pk)],
            names["One thing I will do"]: "Draw the tree together",
        }
        return typed | {names[wording]: value for wording, value in changed.items()}

    @pytest.mark.parametrize("mode", ["named", "confidential", "anonymous"])
    def test_says_who_can_see_what_before_the_first_question(self, me, mode):
        page = me.get(f"/feedback/{make_survey([me.person], mode=mode).pk}/").content.decode()
        words = {"named": "carries your name", "confidential": "is confidential", "anonymous": "is anonymous"}
        assert words[mode] in page
        assert "Please do not name a child" in page
        assert "The third box is neutral" in page

    def test_is_sent_with_one_press_and_says_thank_you(self, me):
        survey = make_survey([me.person])
        address = f"/feedback/{survey.pk}/"
        sent = me.post(address, self.fields(survey))
        assert "Thank you" in me.get(sent["Location"]).content.decode()
        assert "You have answered already" in me.get(address).content.decode()
        me.post(address, self.fields(survey))
        assert SealedAnswers.objects.count() == 1

    def test_refuses_twenty_thousand_characters_and_keeps_every_one_of_them(self, me):
        survey = make_survey([me.person])
        long = "word " * 4000
        answered = me.post(f"/feedback/{survey.pk}/", self.fields(survey, **{"One thing I learned": long}))
        assert answered.status_code == 400
        page = BeautifulSoup(answered.content, "html.parser")
        assert len(page.select_one("textarea").get_text()) >= 19_999
        assert "at most 4,000 characters" in page.get_text()
        assert page.select_one("input[value='5'][checked]")
        assert not SealedAnswers.objects.exists()

    @pytest.mark.parametrize(
        "changed",
        [
            {"It was worth the time it took": "9"},
            {"It was worth the time it took": "five"},
            {"What I would like to learn next": ["999999"]},
            {"What I would like to learn next": ["1", "2", "3", "4"]},
            {"One thing I will do": "x" * 300},
            {"One thing I learned": "a\x00b"},
        ],
    )
    def test_refuses_at_the_field_what_it_did_not_offer(self, me, changed):
        survey = make_survey([me.person])
        assert me.post(f"/feedback/{survey.pk}/", self.fields(survey, **changed)).status_code == 400
        assert not SealedAnswers.objects.exists()

    def test_is_not_there_for_others_and_says_when_it_opens_or_closed(self, me, manager, signed_in):
        now = timezone.now()
        survey = make_survey([me.person])
        assert signed_in(manager).get(f"/feedback/{survey.pk}/").status_code == 404
        early = make_survey([me.person], about="a", opens_at=now + timedelta(days=1))
        late = make_survey([me.person], about="b", closes_at=now - timedelta(days=1))
        assert "opens on" in me.get(f"/feedback/{early.pk}/").content.decode()
        assert "closed on" in me.get(f"/feedback/{late.pk}/").content.decode()
        assert me.post(f"/feedback/{late.pk}/", self.fields(late)).status_code == 409


class TestResults:
    def scale(self, survey):
        let_in(now=timezone.now())
        return next(
            one for one in Results(survey, timezone.now()).questions if one.question.wording.startswith("It was worth")
        )

    def test_say_how_many_answered_of_how_many_came(self, crowd, organiser, signed_in):
        survey = make_survey(crowd)
        for person in crowd[:8]:
            say(survey, person, It_was_worth=[4])
        let_in(now=timezone.now())
        page = BeautifulSoup(signed_in(organiser).get(f"/feedback/{survey.pk}/results/").content, "html.parser")
        figure = page.select_one("[data-figure]")
        assert (figure["data-n"], figure["data-base"]) == ("8", "30")
        assert figure.get_text(strip=True) == "8 of 30, 27% (14 to 44%)"
        assert "Few answered" in page.get_text()

    def test_of_three_in_ten_show_the_base_and_nothing_more(self, crowd, organiser, signed_in):
        survey = make_survey(crowd[:10])
        for person in crowd[:3]:
            say(survey, person, It_was_worth=[4], One_thing_I_learned="Something telling")
        page = signed_in(organiser).get(f"/feedback/{survey.pk}/results/").content.decode()
        assert "3 of 10" in page
        assert "Something telling" not in page
        assert (
            "Something telling" not in signed_in(organiser).get(f"/feedback/{survey.pk}/results.csv").content.decode()
        )

    def test_do_not_show_the_one_unhappy_person(self, crowd):
        survey = make_survey(crowd[:17])
        for number, person in enumerate(crowd[:17]):
            say(survey, person, It_was_worth=[1 if number == 0 else 5])
        scale = self.scale(survey)
        assert ([bar.share.n for bar in scale.bars], scale.headline, scale.median) == ([17], None, "")

    def test_count_by_hand_gives_the_same(self, crowd):
        survey = make_survey(crowd, mode="named")
        for box, number in ((1, 2), (2, 3), (3, 5), (4, 8), (5, 12)):
            for _ in range(number):
                say(survey, crowd.pop() if crowd else None, It_was_worth=[box])
        scale = self.scale(survey)
        assert [bar.share.n for bar in scale.bars] == [2, 3, 5, 8, 12]
        assert scale.headline.words == "20 of 30, 67% (49 to 81%)"
        assert scale.median == "“Agree”"

    def test_of_a_closed_group_are_only_what_it_agreed_to_say(self, crowd, organiser, signed_in):
        survey = make_survey(crowd, closed_group=True)
        Survey.objects.update(summary="We want to go on.")
        for person in crowd[:12]:
            say(survey, person, It_was_worth=[5])
        page = signed_in(organiser).get(f"/feedback/{survey.pk}/results/").content.decode()
        assert "We want to go on." in page
        assert "bars__bar" not in page

    def test_are_closed_to_everyone_else(self, crowd, manager, practitioner, partner, editor, signed_in):
        survey = make_survey(crowd)
        for person in (manager, practitioner, partner, editor):
            client = signed_in(person)
            for path in ("/feedback/", f"/feedback/{survey.pk}/results/", f"/feedback/{survey.pk}/results.csv"):
                assert client.get(path).status_code == 404
            assert client.post("/feedback/pledges/approve/").status_code == 404

    def test_lose_words_that_name_somebody_and_keep_why(self, crowd, organiser, signed_in):
        survey = make_survey(crowd)
        for person in crowd[:6]:
            say(survey, person, One_thing_I_learned="About Jamie")
        let_in(now=timezone.now())
        found, client = Answer.objects.first(), signed_in(organiser)
        path = f"/feedback/{survey.pk}/redact/{found.pk}/"
        client.post(path, {"reason": ""})
        found.refresh_from_db()
        assert found.text
        client.post(path, {"reason": "Names a child"})
        found.refresh_from_db()
        assert (found.text, found.redacted_because) == ("", "Names a child")
        assert Answer.objects.filter(text="About Jamie", redacted_because="").count() == 5

    def test_hold_no_formula(self, crowd, organiser, signed_in):
        survey = make_survey(crowd)
        for person in crowd[:6]:
            say(survey, person, One_thing_I_learned="=HYPERLINK(1)")
        let_in(now=timezone.now())
        text = signed_in(organiser).get(f"/feedback/{survey.pk}/results.csv").content.decode()
        assert "'=HYPERLINK(1)" in text
        assert ",=HYPERLINK" not in text

    def test_come_in_few_queries(self, organiser, signed_in, hub, django_assert_max_num_queries):
        people = User.objects.bulk_create(User(email=f"q{n}@hub.example", password="!") for n in range(550))
        survey = make_survey(people)
        for person in people[:180]:
            say(survey, person, It_was_worth=[4], One_thing_I_learned="To wait")
        let_in(now=timezone.now())
        client = signed_in(organiser)
        client.get(f"/feedback/{survey.pk}/results/")
        with django_assert_max_num_queries(14):
            client.get(f"/feedback/{survey.pk}/results/")

    def test_quote_figures_of_others_with_their_source(self, crowd, organiser, signed_in):
        Claim.objects.create(figure="94%", words="found it good", source="Report of 2019", reported_on="2019-07-01")
        YouSaid.objects.create(
            survey=(survey := make_survey(crowd)), said="Too cold", did="A warmer hall", on="2026-01-01"
        )
        page = signed_in(organiser).get(f"/feedback/{survey.pk}/results/").content.decode()
        assert "as reported at the time; base not recorded" in page
        assert "A warmer hall" in page


class TestPledges:
    def test_are_private_until_shared_and_read(self, crowd, practitioner, organiser, signed_in):
        survey = make_survey([practitioner])
        say(survey, practitioner, One_thing_I_will="Draw the tree together")
        pledge, me = Pledge.objects.get(), signed_in(practitioner)
        wall = "/feedback/pledges/"
        assert "Draw the tree" not in signed_in(organiser).get(wall).content.decode()
        assert "Draw the tree" in me.get("/me/pledges/").content.decode()
        prefix = str(pledge.pk)
        me.post(f"/me/pledges/{pledge.pk}/", {f"{prefix}-shared": "on", f"{prefix}-outcome": "part"})
        assert "Draw the tree" not in me.get(wall).content.decode()
        reader = signed_in(organiser)
        reader.post("/feedback/pledges/approve/", {"pledge": [prefix, "nonsense", "x" * 36]})
        assert "Draw the tree" not in me.get(wall).content.decode()
        reader.post("/feedback/pledges/approve/", {"pledge": [prefix]})
        assert "Draw the tree" in me.get(wall).content.decode()
        assert practitioner.get_full_name() not in BeautifulSoup(me.get(wall).content, "html.parser").main.get_text()

    def test_of_others_cannot_be_reached(self, crowd, practitioner, manager, signed_in):
        pledge = Pledge.objects.create(person=practitioner, text="x", made_on=timezone.localdate())
        assert signed_in(manager).post(f"/me/pledges/{pledge.pk}/").status_code == 404


class TestSetsOfQuestions:
    def test_that_were_answered_stay_as_they_are(self, crowd, administrator, signed_in):
        from django.urls import reverse

        administrator.is_superuser = True
        administrator.save()
        survey = make_survey(crowd)
        say(survey, crowd[0], It_was_worth=[5])
        address = reverse("question_sets:edit", args=[survey.question_set_id])
        client = signed_in(administrator)
        assert "Copy the set" in client.get(address).content.decode()
        client.post(address, {"title": "Changed"})
        assert QuestionSet.objects.filter(title="After an event").exists()
        assert make_person("somebody", Role.PRACTITIONER)
