"""A request goes to who answers for the person, whoever that is now; nobody answers their own, or is let in unsaid."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.attendance.attending import add_walk_in
from events.booking.answering import names_of, who_answers
from events.booking.approving import approve, ask_due, decline
from events.booking.lapsing import lapse
from events.booking.organising import add, move_to_front
from events.booking.permissions import may_approve
from events.booking.team_places import book_for, keep_places, name_place
from events.booking.verbs import book, swap
from events.mail.telling import tell_due
from events.models import EventPage, What
from events.reading.team import answerable
from home.duties.due import due_items
from insight.dashboard import Dashboard
from notices.models import OutgoingMail
from pages.models import HubPage
from people.models import Team
from people.refusals import NotAllowed, NotPossible, NotThere
from people.roles import Role
from people.standing_in import name_deputy
from tests.builders import in_a_working_week, make_person, make_session, make_text

pytestmark = pytest.mark.django_db

NOW = timezone.now


@pytest.fixture
def meg(hub):
    return make_person("meg", Role.MANAGER)


@pytest.fixture
def amina(meg):
    return make_person("amina", Role.PRACTITIONER, manager=meg)


@pytest.fixture
def request_(amina, organiser):
    return ask(make_session(needs_approval=True, organiser=organiser), amina)


def ask(session, person, now=None):
    return book(key=session.key, person=person, now=now or NOW())[0]


def told(now=None) -> set[str]:
    """Everybody who was written to so far for an answer, by first name. Twice is once."""
    for _ in range(2):
        ask_due(now=now or NOW())
        tell_due(now=now or NOW())
    sent = list(OutgoingMail.objects.filter(kind="booking-to-approve").values_list("to", flat=True))
    assert len(sent) == len(set(sent))
    return {address.split("@")[0] for address in sent}


def page(signed_in, person, path="/me/bookings/") -> str:
    return signed_in(person).get(path).content.decode()


class TestARequestGoesTo:
    def test_the_manager_who_is_named_on_the_page_and_in_the_mail(self, request_, amina, signed_in):
        assert told() == {"meg"}
        assert "Meg Test has been asked." in page(signed_in, amina)
        assert "Meg Test has been asked." in OutgoingMail.objects.get(to=amina.email).text

    def test_whoever_is_above_a_manager_who_has_left(self, request_, amina, meg, signed_in):
        meg.manager, meg.is_active = make_person("head", Role.MANAGER), False
        meg.save()
        assert told() == {"head"}
        assert "Your manager no longer uses the hub, so Head Test has been asked." in page(signed_in, amina)
        assert "no manager of theirs is known here" in page(signed_in, meg.manager, "/events/team/")

    def test_who_leads_the_team_of_somebody_without_a_manager(self, request_, amina, signed_in):
        amina.manager, amina.team = None, Team.objects.create(name="North")
        amina.save()
        lead = make_person("lead", Role.MANAGER, team=amina.team)
        assert told() == {"lead"}
        assert "so Lead Test has been asked for your team" in page(signed_in, amina)
        assert signed_in(lead).post(f"/events/team/{request_.key}/approve/").status_code == 302

    def test_whoever_manages_the_others_where_no_manager_belongs_to_the_team(self, request_, amina, meg):
        amina.manager, amina.team = None, Team.objects.create(name="North")
        amina.save()
        make_person("ben", Role.PRACTITIONER, team=amina.team, manager=make_person("other", Role.PRACTITIONER))
        assert told() == {"other"}

    def test_the_organiser_where_nobody_else_is_known(self, request_, amina, organiser, signed_in):
        amina.manager = None
        amina.save()
        assert told() == {"organiser"}
        mail = OutgoingMail.objects.get(kind="booking-to-approve")
        assert f"/events/desk/{request_.session.key}/" in mail.text
        assert "so Organiser Test has been asked as the organiser" in page(signed_in, amina)
        assert "Asked: Organiser Test" in page(signed_in, organiser, f"/events/desk/{request_.session.key}/")

    def test_another_organiser_where_the_one_who_is_named_asks(self, organiser):
        make_person("olu", Role.ORGANISER)
        ask(make_session(needs_approval=True, organiser=organiser), organiser)
        assert told() == {"olu"}

    def test_who_looks_after_the_hub_where_the_only_organiser_asks(self, organiser, signed_in):
        make_person("alex", Role.ADMINISTRATOR)
        ask(make_session(needs_approval=True, organiser=organiser), organiser)
        assert told() == {"alex"}
        assert "so Alex Test has been asked" in page(signed_in, organiser)

    def test_nobody_and_says_so_rather_than_that_somebody_has_been_asked(self, organiser, signed_in):
        ask(make_session(needs_approval=True, organiser=organiser), organiser)
        assert told() == set()
        shown = page(signed_in, organiser)
        assert "Nobody who could answer is known here." in shown
        assert "been asked" not in shown

    def test_nobody_in_a_circle_of_managers_who_have_all_left(self, request_, amina, meg):
        other = make_person("other", Role.MANAGER, manager=meg, is_active=False)
        meg.manager, meg.is_active = other, False
        meg.save()
        assert told() == {"organiser"}


class TestWhoeverAnswersChanges:
    def test_and_the_new_manager_is_asked_once_and_the_old_one_may_no_longer_answer(self, request_, amina, meg):
        assert told() == {"meg"}
        amina.manager = make_person("new", Role.MANAGER)
        amina.save()
        assert told() == {"meg", "new"}
        with pytest.raises(NotAllowed):
            approve(booking=request_, by=meg, now=NOW())
        assert approve(booking=request_, by=amina.manager, now=NOW()).state == "booked"

    def test_every_organiser_and_nobody_else_where_none_is_named_or_else_who_looks_after_the_hub(self, hub):
        asks = make_person("cy", Role.PRACTITIONER)
        keeper = make_person("keeper", Role.ADMINISTRATOR)
        request = ask(make_session(needs_approval=True), asks)
        assert who_answers([request], NOW())[request.pk].people == (keeper,)
        two = make_person("one", Role.ORGANISER), make_person("two", Role.ORGANISER)
        make_person("left", Role.ORGANISER, is_active=False)
        assert who_answers([request], NOW())[request.pk].people == two

    @pytest.mark.parametrize(
        ("number", "words"),
        [(0, "the organisers"), (1, "A"), (2, "A or B"), (3, "A, B or C"), (4, "the organisers")],
    )
    def test_people_by_name_as_long_as_they_are_few(self, number, words):
        assert names_of(tuple("ABCD"[:number])) == words

    def test_and_the_stand_in_is_asked_from_the_day_that_the_manager_is_away(self, request_, meg):
        assert told() == {"meg"}
        today = timezone.localdate()
        deputy = make_person("deputy", Role.PRACTITIONER)
        name_deputy(manager=meg, deputy=deputy, from_day=today + timedelta(days=1), until_day=today + timedelta(days=2))
        assert told() == {"meg"}
        assert told(NOW() + timedelta(days=1)) == {"meg", "deputy"}
        # Somebody who was asked is still there: the time to answer runs on.
        until = request_.answer_by
        request_.refresh_from_db()
        assert request_.answer_by == until

    def test_and_the_time_to_answer_begins_again_where_nobody_who_was_asked_is_left(self, amina, meg):
        session = make_session(needs_approval=True, starts=in_a_working_week(22, 9, 30))
        booking, later = ask(session, amina, in_a_working_week(0)), in_a_working_week(2)
        assert told(in_a_working_week(0)) == {"meg"}
        amina.manager = make_person("new", Role.MANAGER)
        amina.save()
        assert told(later) == {"meg", "new"}
        before = booking.answer_by
        booking.refresh_from_db()
        assert booking.answer_by - before == later - in_a_working_week(0) + timedelta(days=2)

    def test_and_who_has_left_the_team_since_is_no_longer_said_to_have_something_to_answer(self, request_, amina):
        amina.manager, amina.team = None, Team.objects.create(name="North")
        amina.save()
        lead = make_person("lead", Role.MANAGER, team=amina.team)
        assert told() == {"lead"}
        assert [answerable(lead, NOW()).get(), Dashboard(lead, NOW()).requests] == [request_, 1]
        assert str(amina) in " ".join(one.words for one in due_items(lead, NOW())[0])
        lead.team = None
        lead.save()
        assert (answerable(lead, NOW()).count(), Dashboard(lead, NOW()).requests) == (0, 0)
        assert str(amina) not in " ".join(one.words for one in due_items(lead, NOW())[0])

    def test_and_who_was_asked_as_the_organiser_answers_on_the_desk_and_not_for_a_team(
        self, request_, amina, organiser
    ):
        amina.manager = None
        amina.save()
        assert told() == {"organiser"}
        assert not answerable(organiser, NOW()).exists()

    def test_and_its_end_is_told_to_whoever_answers_then(self, request_, amina):
        amina.manager = make_person("new", Role.MANAGER)
        amina.save()
        lapse(now=NOW() + timedelta(days=15))
        tell_due(now=NOW())
        lapsed = OutgoingMail.objects.filter(kind="booking-lapsed").exclude(to=amina.email).values_list("to", flat=True)
        assert list(lapsed) == ["new@hub.example"]


class TestNobodyAnswersTheirOwnRequest:
    @pytest.fixture
    def session(self, organiser):
        return make_session(needs_approval=True, organiser=organiser, capacity=5)

    def test_not_as_its_organiser_by_any_door(self, session, organiser, signed_in):
        own = ask(session, organiser)
        for verb, more in ((approve, {}), (decline, {"reason": "x"})):
            with pytest.raises(NotAllowed, match="their own request"):
                verb(booking=own, by=organiser, now=NOW(), **more)
        for although in (False, True):
            with pytest.raises(NotAllowed, match="another organiser"):
                add(session=session, person=organiser, by=organiser, now=NOW(), because="x", although=although)
        date = session.dates.get()
        with pytest.raises(NotAllowed, match="another organiser"):
            add_walk_in(date=date, person=organiser, by=organiser, now=date.starts_at, because="x")
        desk = page(signed_in, organiser, f"/events/desk/{session.key}/")
        assert "This is your own request" in desk
        assert f"{own.key}/approve/" not in desk
        own.refresh_from_db()
        assert own.state == "requested"

    def test_whoever_asks_is_told_so_by_the_rule_itself(self, session, organiser):
        own = ask(session, organiser)
        assert not may_approve(organiser, own, NOW())
        assert may_approve(make_person("olu", Role.ORGANISER), own, NOW())

    def test_another_organiser_does(self, session, organiser):
        own = ask(session, organiser)
        assert approve(booking=own, by=make_person("olu", Role.ORGANISER), now=NOW()).state == "booked"

    def test_not_as_the_stand_in_of_the_own_manager(self, session, amina, meg):
        name_deputy(manager=meg, deputy=amina, from_day=timezone.localdate(), until_day=timezone.localdate())
        with pytest.raises(NotAllowed):
            approve(booking=ask(session, amina), by=amina, now=NOW())

    def test_and_no_organiser_takes_a_place_on_top_or_before_others(self, organiser, amina):
        full = make_session(capacity=1, organiser=organiser)
        ask(full, amina)
        ask(full, make_person("ben", Role.PRACTITIONER))
        own = ask(full, organiser)
        with pytest.raises(NotAllowed):
            add(session=full, person=organiser, by=organiser, now=NOW(), because="I organise it")
        with pytest.raises(NotAllowed):
            move_to_front(booking=own, by=organiser, now=NOW(), reason="I organise it")
        free = make_session(organiser=organiser)
        assert add(session=free, person=organiser, by=organiser, now=NOW()).state == "booked"


class TestTheReasonForThisOnTopOfThePlaces:
    def test_is_kept_in_the_log_and_told_to_nobody(self, organiser, amina, meg, signed_in):
        session = make_session(capacity=1)
        ask(session, meg)
        add(session=session, person=amina, by=organiser, now=NOW(), because="She is on probation")
        tell_due(now=NOW())
        assert not OutgoingMail.objects.filter(text__contains="probation").exists()
        assert OutgoingMail.objects.filter(to=amina.email).count() == 1
        assert "probation" in page(signed_in, organiser, f"/events/desk/{session.key}/")
        assert session.bookings.get(person=amina).changes.get(what=What.REASON).words == "She is on probation"


def of_staff(**fields):
    return make_session(
        event=make_text(EventPage, "Staff day", event_kind="training", audience=HubPage.Audience.STAFF), **fields
    )


class TestAPartnerAndASessionOfStaff:
    """Whatever the door, the verb says no or asks for a tick and a reason."""

    def test_who_cannot_read_of_it_is_let_in_by_no_door(self, partner, organiser, meg):
        session = of_staff()
        partner.manager = meg
        partner.save()
        date, mine = session.dates.get(), ask(session, make_person("ben", Role.PRACTITIONER))
        kept = keep_places(session=session, manager=meg, number=1, now=NOW())[0]
        doors = [
            lambda: add(session=session, person=partner, by=organiser, now=NOW(), because="x", although=True),
            lambda: add_walk_in(
                date=date, person=partner, by=organiser, now=date.starts_at, because="x", although=True
            ),
            lambda: book_for(session=session, person=partner, manager=meg, now=NOW()),
            lambda: name_place(booking=kept, person=partner, manager=meg, now=NOW()),
            lambda: swap(booking=mine, to=partner, by=mine.person, now=NOW()),
            lambda: ask(session, partner),
        ]
        for door in doors:
            with pytest.raises((NotPossible, NotThere)):
                door()
        assert not session.bookings.filter(person=partner).exists()

    def test_who_is_not_one_of_those_it_is_for_is_added_with_a_tick_and_a_reason(self, partner, organiser, signed_in):
        session = make_session(for_roles=[Role.PRACTITIONER])
        desk, path = signed_in(organiser), f"/events/desk/{session.key}/add/"
        typed = {"colleague": partner.email}
        for more, says in (({}, "Tick below"), ({"although": "on"}, "Say why they come all the same")):
            answer = desk.post(path, typed | more)
            assert answer.status_code in (400, 409)
            assert says in answer.content.decode()
        assert desk.post(path, typed | {"although": "on", "because": "She trains us"}).status_code == 302
        assert session.bookings.get().state == "booked"
