"""A list with a name for those who want to hear first, apart from every answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.briefings.interest import tell_of_needs
from events.models import EventPage
from feedback.answers.letting_in import let_in
from feedback.models import LearningNeed, NeedInterest, Survey
from feedback.needs import want_to_learn, wanted, wanted_by
from feedback.results import need_counts
from feedback.tests.test_answering import make_survey, say
from notices.models import OutgoingMail
from people.roles import Role
from tests.builders import make_person, make_session, make_text, nine_thirty

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(practitioner, signed_in):
    return signed_in(practitioner)


@pytest.fixture
def needs(hub):
    return list(LearningNeed.objects.all()[:3])


def test_is_changed_on_one_page_and_holds_no_time(me, practitioner, needs):
    for chosen in (needs[:2], needs[1:]):
        assert me.post("/feedback/needs/", {"needs": [need.pk for need in chosen]}).status_code == 302
    assert set(NeedInterest.objects.values_list("need", flat=True)) == {need.pk for need in needs[1:]}
    assert me.get("/feedback/needs/").content.decode().count("checked") == 2
    assert not [field.name for field in NeedInterest._meta.fields if field.get_internal_type() == "DateTimeField"]


def test_is_each_persons_own_and_what_stays_on_it_keeps_its_turn(practitioner, needs):
    colleague, today = make_person("ben", Role.PRACTITIONER), timezone.localdate()
    want_to_learn(person=colleague, needs=[needs[0].pk], today=today)
    want_to_learn(person=practitioner, needs=[needs[1].pk], today=today - timedelta(days=9))
    want_to_learn(person=practitioner, needs=[needs[1].pk, needs[2].pk], today=today)
    assert wanted_by(colleague) == [needs[0].pk]
    assert dict(NeedInterest.objects.filter(person=practitioner).values_list("need", "since")) == {
        needs[1].pk: today - timedelta(days=9),
        needs[2].pk: today,
    }
    # What was taken off the list of needs cannot be asked for, and a wish for it stays as it is, out of sight.
    LearningNeed.objects.filter(pk__in=[needs[0].pk, needs[2].pk]).update(active=False)
    want_to_learn(person=practitioner, needs=[needs[0].pk, needs[1].pk], today=today)
    assert wanted_by(practitioner) == [needs[1].pk]
    assert NeedInterest.objects.filter(person=practitioner).count() == 2


def test_is_counted_with_the_most_wanted_first_and_equal_ones_in_the_order_of_the_list(needs):
    people = [make_person(f"p{number}", Role.PRACTITIONER) for number in range(10)]
    for number, person in enumerate(people):
        needed = [needs[2].pk, *((needs[1].pk, needs[0].pk) if number < 5 else ())]
        want_to_learn(person=person, needs=needed, today=timezone.localdate())
    assert [(need.pk, need.wanting) for need in wanted()] == [(needs[2].pk, 10), (needs[0].pk, 5), (needs[1].pk, 5)]


def test_named_in_forms_are_counted_from_five_on_and_no_other_answer_is_taken_for_one(needs):
    people = [make_person(f"p{number}", Role.PRACTITIONER) for number in range(8)]
    open_to_all, closed = make_survey(people, mode="named"), make_survey(people, about="session:2", closed_group=True)
    for number, person in enumerate(people):
        named = [needs[2].pk, *([needs[1].pk] if number < 6 else ()), *([needs[0].pk] if number < 4 else ())]
        say(open_to_all, person, What_I_would=named, It_was_worth=[needs[0].pk])
        say(closed, person, What_I_would=[needs[0].pk])
    let_in(now=timezone.now())
    assert need_counts(Survey.objects.all()) == [(needs[2].label, 8), (needs[1].label, 6)]


@pytest.mark.parametrize("typed", ["999999", "x", "", "99999999999999999999999"])
def test_nonsense_is_refused_and_changes_nothing(me, practitioner, needs, typed):
    me.post("/feedback/needs/", {"needs": [needs[0].pk]})
    answer = me.post("/feedback/needs/", {"needs": [typed]})
    assert answer.status_code == 400
    assert "Choose from the list" in answer.content.decode()
    assert NeedInterest.objects.count() == 1


def test_organisers_see_how_many_and_not_who(me, practitioner, needs, organiser, signed_in):
    event = make_text(EventPage, "Working with fathers", event_kind="training")
    event.needs.add(needs[0])
    event.save()
    desk = signed_in(organiser)
    seen = []
    for number in range(9):
        want_to_learn(
            person=make_person(f"p{number}", Role.PRACTITIONER), needs=[needs[0].pk], today=timezone.localdate()
        )
        seen.append(desk.get("/events/asked/").content.decode())
    # After a form people put themselves down one by one: a number that moved by one would tell who wanted what.
    assert [needs[0].label in page for page in seen] == [False] * 4 + [True] * 5
    assert all("5 or more people wait" in page for page in seen[4:])
    assert "Working with fathers" in seen[-1]
    assert "p0@hub.example" not in seen[-1]


def test_those_on_the_list_are_told_once_when_an_event_that_meets_it_has_a_date(practitioner, needs, signed_in):
    other = make_person("amina", Role.PRACTITIONER)
    for person, need in ((practitioner, needs[0]), (other, needs[1])):
        NeedInterest.objects.create(person=person, need=need, since=timezone.localdate())
    event = make_text(EventPage, "Working with fathers", event_kind="training")
    event.needs.add(needs[0])
    event.save()
    tell_of_needs(now=timezone.now())
    assert not OutgoingMail.objects.exists()
    make_session(event=event)
    for _ in range(2):
        tell_of_needs(now=timezone.now())
    assert [mail.to for mail in OutgoingMail.objects.filter(kind="interest")] == [practitioner.email]
    assert NeedInterest.objects.get().person == other


def test_each_hears_of_the_event_that_meets_their_own_need_and_the_first_who_asked_first(practitioner, needs):
    today = timezone.localdate()
    people = [make_person(name, Role.PRACTITIONER) for name in ("amina", "ben")]
    for person, need, days in ((people[0], needs[0], 1), (people[1], needs[1], 9), (practitioner, needs[2], 99)):
        NeedInterest.objects.create(person=person, need=need, since=today - timedelta(days=days))
    for title, need, days in (("Fathers", needs[0], 30), ("Recording", needs[1], 20), ("Unasked", None, 10)):
        event = make_text(EventPage, title, event_kind="training")
        event.needs.set([need] if need else [])
        event.save()
        make_session(event=event, starts=nine_thirty(days))
    tell_of_needs(now=timezone.now())
    told = OutgoingMail.objects.filter(kind="interest").order_by("pk").values_list("to", "subject")
    assert [(to, subject.split(": ")[1]) for to, subject in told] == [
        ("ben@hub.example", "Recording"),
        ("amina@hub.example", "Fathers"),
    ]
    assert NeedInterest.objects.get().person == practitioner


def test_a_date_that_somebody_may_not_book_leaves_them_on_the_list(practitioner, needs):
    NeedInterest.objects.create(person=practitioner, need=needs[0], since=timezone.localdate())
    event = make_text(EventPage, "For managers", event_kind="training")
    event.needs.add(needs[0])
    event.save()
    make_session(event=event, for_roles=[Role.MANAGER])
    tell_of_needs(now=timezone.now())
    assert NeedInterest.objects.exists()
