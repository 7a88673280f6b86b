"""Asking a champion: a question that names a child never arrives, nobody is overrun, and good answers go on."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from champions.asking import ask, pass_on
from champions.confirming import remind
from champions.models import ChampionPage, ChampionQuestion, Tip
from champions.reading import next_free_week
from champions.retention import forget
from champions.tests.test_champions import make_champion
from champions.tips import offer
from notices.models import OutgoingMail
from people.refusals import NotPossible, NotThere
from people.roles import Role
from tests.builders import day_from_now, make_person, make_tool

pytestmark = pytest.mark.django_db
QUESTION = "How do you begin with a quiet child of five?"


@pytest.fixture
def deputy(hub):
    return make_person("joy", Role.CHAMPION)


@pytest.fixture
def profile(champion, deputy):
    return make_champion(person=champion, deputy=deputy, steward=champion)


@pytest.fixture
def me(practitioner, signed_in):
    return signed_in(practitioner)


@pytest.fixture
def answerer(champion, signed_in):
    return signed_in(champion)


@pytest.fixture
def question(profile, practitioner):
    tool = make_tool()
    return ask(champion=profile, asker=practitioner, text=QUESTION, key=uuid4(), now=timezone.now(), about=tool)


def words(answer) -> str:
    return BeautifulSoup(answer.content, "html.parser").main.get_text(" ", strip=True)


def send(client, profile, text=QUESTION, **typed):
    return client.post(f"/champions/ask/{profile.pk}/", {"key": str(uuid4()), "text": text, **typed})


class TestAsking:
    def test_arrives_and_the_mail_does_not_say_what_it_was(self, me, answerer, profile, champion):
        assert send(me, profile).status_code == 302
        mail = OutgoingMail.objects.get(to=champion.email)
        assert "quiet child" not in mail.text + mail.html + mail.subject
        assert QUESTION in words(answerer.get("/me/questions/"))
        assert "Waiting for an answer" in words(me.get("/me/questions/"))

    def test_is_one_question_however_often_it_is_pressed(self, me, profile):
        key = str(uuid4())
        for _ in range(3):
            assert send(me, profile, key=key).status_code == 302
        assert ChampionQuestion.objects.count() == 1

    @pytest.mark.parametrize(
        "text",
        [
            "How do I help a boy called Tobiasz?",
            "Her date of birth is 3 April 2019, what now?",
            "Case number 104233 will not talk to me",
            "Child A at 12 Harbour Lane hides",
        ],
    )
    def test_is_stopped_where_it_names_a_child_and_a_tick_does_not_help(self, me, profile, text):
        answer = send(me, profile, text, nobody="on")
        assert answer.status_code == 400
        assert "seems to point to somebody" in words(answer)
        assert text in BeautifulSoup(answer.content, "html.parser").textarea.get_text()
        assert not ChampionQuestion.objects.exists()
        assert not OutgoingMail.objects.exists()

    def test_that_may_hold_a_name_goes_when_its_writer_says_that_it_is_nobodys(self, me, profile):
        text = "Would you use the Paper Lantern way for this?"
        answer = send(me, profile, text)
        assert answer.status_code == 400
        box = BeautifulSoup(answer.content, "html.parser").select_one("[name=nobody]")
        assert box["type"] == "checkbox"
        assert send(me, profile, text, nobody="on").status_code == 302

    @pytest.mark.parametrize("text", ["", " ", "a" * 1501, "a\x00b"])
    def test_that_cannot_be_kept_is_refused_at_the_field(self, me, profile, text):
        assert send(me, profile, text).status_code == 400

    @pytest.mark.parametrize("typed", [{"key": "nonsense"}, {"key": ""}])
    def test_with_a_forged_form_is_refused_and_never_breaks(self, me, profile, typed):
        assert send(me, profile, **typed).status_code == 400

    def test_of_a_full_champion_says_when_there_is_room_and_whom_to_ask(self, me, profile, deputy):
        stand_in = make_champion("Joy, difference", person=deputy)
        ChampionPage.objects.filter(pk=profile.pk).update(most_open=1)
        other = make_person("amina", Role.PRACTITIONER)
        ask(champion=profile, asker=other, text="First", key=uuid4(), now=timezone.now())
        page = words(me.get(f"/champions/ask/{profile.pk}/"))
        assert "room again in the week of" in page
        assert "Joy, difference" in page
        answer = send(me, profile)
        assert answer.status_code == 409
        assert QUESTION in answer.content.decode()
        assert f"/champions/ask/{stand_in.pk}/" in answer.content.decode()

    def test_more_than_three_at_once_is_refused(self, profile, practitioner):
        for number in range(3):
            ask(champion=profile, asker=practitioner, text=f"{number}", key=uuid4(), now=timezone.now())
        with pytest.raises(NotPossible, match="3 questions"):
            ask(champion=profile, asker=practitioner, text="4", key=uuid4(), now=timezone.now())

    def test_while_the_champion_is_away_shows_who_stands_in(self, me, profile):
        today = timezone.localdate()
        ChampionPage.objects.filter(pk=profile.pk).update(away_from=today, away_until=today + timedelta(days=3))
        assert "Away until" in words(me.get(f"/champions/ask/{profile.pk}/"))
        assert "is away until" in words(me.get(profile.address))

    def test_begins_on_the_tool_with_those_who_know_it(self, me, profile):
        tool = make_tool(items=("PS2",))
        link = f"/champions/ask/?about={tool.pk}"
        assert link in me.get(tool.address).content.decode()
        assert f"/champions/ask/{profile.pk}/?about={tool.pk}" in me.get(link).content.decode()
        for query in ("x", "999999", "9" * 40, "\x00"):
            assert me.get("/champions/ask/", {"about": query}).status_code == 200

    def test_needs_a_profile_that_is_there_and_a_token(self, me, profile, practitioner):
        assert me.get("/champions/ask/999999/").status_code == 404
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(practitioner)
        assert send(strict, profile).status_code == 403
        ChampionPage.objects.filter(pk=profile.pk).update(withdrawn_on=day_from_now(-1))
        assert me.get(f"/champions/ask/{profile.pk}/").status_code == 404

    def test_next_free_week_is_counted_from_what_waits(self):
        monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
        assert next_free_week(4, 5, monday) == monday
        assert next_free_week(5, 5, monday) == monday + timedelta(weeks=1)
        assert next_free_week(11, 5, monday + timedelta(days=3)) == monday + timedelta(weeks=2)


class TestAnswering:
    def test_is_read_by_the_two_of_them_and_by_nobody_else(self, question, answerer, me, manager, editor, signed_in):
        path = f"/me/questions/{question.key}/"
        assert answerer.post(f"{path}answer/", {"answer": "Sit on the floor and draw badly."}).status_code == 302
        assert "Sit on the floor" in words(me.get(path))
        for person in (manager, editor):
            assert signed_in(person).get(path).status_code == 404
            assert signed_in(person).post(f"{path}answer/", {"answer": "No"}).status_code == 404
        assert me.post(f"{path}answer/", {"answer": "Mine"}).status_code == 404

    def test_that_names_a_child_is_stopped_too(self, question, answerer):
        answer = answerer.post(f"/me/questions/{question.key}/answer/", {"answer": "I knew a girl called Kayleigh"})
        assert answer.status_code == 400
        assert "called Kayleigh" in answer.content.decode()

    def test_can_be_passed_to_the_stand_in_who_then_has_it_alone(self, question, answerer, deputy, signed_in):
        assert answerer.post(f"/me/questions/{question.key}/pass/").status_code == 302
        assert answerer.get(f"/me/questions/{question.key}/").status_code == 404
        assert QUESTION in words(signed_in(deputy).get("/me/questions/"))

    def test_handed_over_and_back_and_over_again_each_is_told_each_time(self, question, champion, deputy):
        for by in (champion, deputy, champion, deputy):
            pass_on(question=question, by=by, now=timezone.now())
        told = OutgoingMail.objects.filter(kind="question")
        assert [told.filter(to=person.email).count() for person in (champion, deputy)] == [3, 2]

    def test_can_be_declined_and_whoever_asked_is_told(self, question, answerer, practitioner, me):
        answerer.post(f"/me/questions/{question.key}/close/")
        assert OutgoingMail.objects.filter(to=practitioner.email, kind="answer").exists()
        again = answerer.post(f"/me/questions/{question.key}/answer/", {"answer": "Late"})
        assert again.status_code == 409

    def test_is_not_for_others(self, question, practitioner):
        with pytest.raises(NotThere):
            pass_on(question=question, by=practitioner, now=timezone.now())

    def test_what_cannot_be_done_is_not_found(self, question, answerer):
        assert answerer.post(f"/me/questions/{question.key}/delete/").status_code == 404
        assert answerer.post(f"/me/questions/{uuid4()}/answer/").status_code == 404


class TestATip:
    @pytest.fixture
    def owner(self, question, signed_in):
        person = make_person("owner", Role.EDITOR)
        question.about.steward = person
        question.about.save()
        return signed_in(person)

    @pytest.fixture
    def tip(self, question, answerer, owner):
        answerer.post(f"/me/questions/{question.key}/answer/", {"answer": "Draw badly."})
        answerer.post(f"/me/questions/{question.key}/tip/", {"text": "Draw badly: it gives leave to try."})
        return Tip.objects.get()

    def test_stands_on_the_tool_once_its_owner_has_read_it_and_goes_when_taken_back(self, tip, owner, me, answerer):
        assert "gives leave" not in words(me.get(tip.tool.address))
        assert owner.post(f"/me/tips/{tip.key}/show/", {"text": "Draw badly: it helps."}).status_code == 302
        assert "Draw badly: it helps." in words(me.get(tip.tool.address))
        assert answerer.post(f"/me/tips/{tip.key}/take-back/").status_code == 302
        assert "it helps" not in words(me.get(tip.tool.address))

    def test_is_declined_with_a_reason_that_the_champion_reads(self, tip, owner, answerer):
        assert owner.post(f"/me/tips/{tip.key}/decline/", {"reason": ""}).status_code == 400
        owner.post(f"/me/tips/{tip.key}/decline/", {"reason": "It is there already."})
        assert "It is there already." in words(answerer.get("/me/tips/"))

    def test_is_decided_by_the_owner_and_not_by_its_author(self, tip, answerer, me, champion):
        tip.tool.deputy = champion
        tip.tool.save()
        for client in (answerer, me):
            assert client.post(f"/me/tips/{tip.key}/show/", {"text": "Mine"}).status_code == 404

    def test_comes_once_from_an_answer_about_a_tool(self, tip, question, champion):
        with pytest.raises(NotPossible):
            offer(question=question, by=champion, text="Again", now=timezone.now())


class TestAProfileThatNobodyConfirms:
    def test_hides_after_half_a_year_and_comes_back_with_one_press(self, me, answerer, champion):
        page = make_champion(person=champion, steward=champion, reviewed_on=day_from_now(-184))
        assert page.title not in me.get("/champions/").content.decode()
        assert "Not confirmed since" in words(answerer.get(page.address))
        assert me.post(f"/champions/still-right/{page.pk}/").status_code == 404
        assert answerer.post(f"/champions/still-right/{page.pk}/").status_code == 302
        assert page.title in me.get("/champions/").content.decode()

    def test_asks_its_champion_before_once_at_each_of_two_days(self, champion):
        make_champion(person=champion, reviewed_on=day_from_now(-160))
        for days in (0, 0, 1, 18, 18):
            remind(now=timezone.now() + timedelta(days=days))
        assert OutgoingMail.objects.filter(to=champion.email, kind="profile").count() == 2

    def test_a_draft_stays_a_draft(self, answerer, champion):
        page = make_champion(person=champion, steward=champion)
        page.hours = "Never"
        page.save_revision()
        answerer.post(f"/champions/still-right/{page.pk}/")
        page = ChampionPage.objects.get()
        assert page.reviewed_on == timezone.localdate()
        assert page.hours == "Drop-in on Tuesdays"


def test_questions_are_forgotten_a_year_after_they_were_closed(question, answerer):
    answerer.post(f"/me/questions/{question.key}/answer/", {"answer": "Draw badly."})
    forget(now=timezone.now() + timedelta(days=300))
    assert ChampionQuestion.objects.exists()
    forget(now=timezone.now() + timedelta(days=400))
    assert not ChampionQuestion.objects.exists()
