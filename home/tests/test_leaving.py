"""Somebody leaves the service: by whichever door, all that was theirs ends or passes on, and nobody waits in vain."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import APIToken, PageSubscription, Revision

from champions.asking import ask
from champions.models import ChampionPage, ChampionQuestion
from champions.tests.test_champions import make_champion
from events.booking.lapsing import lapse
from events.booking.team_places import keep_places
from events.booking.verbs import book
from events.models import Booking, BriefingRequest, CalendarFeed, Interest, Session
from feedback.models import LearningNeed, NeedInterest
from guidance.models import PolicyFollower, PolicyPage
from home.jobs.all import run_due
from learning.models import Enrolment, TimeEntry, TimeState
from notices.models import OutgoingMail
from pages.models import HubPage
from people.leaving import finish_leaving, leave_service
from people.models import StandIn, Team, User
from people.roles import Role
from practice.models import GlossaryTerm
from tests.builders import make_person, make_session, make_text, make_tool

pytestmark = pytest.mark.django_db

# What becomes of each link to a person when they leave, and then when the account is deleted.
ENDS = "ends or passes on at leaving"
STAYS = "stays as what happened; nobody is named once the account is deleted"
OWN = "is the person's own and goes with the account"
BECOMES = {
    ENDS: """
        champions.ChampionPage.person champions.ChampionQuestion.answerer champions.ChampionQuestion.asker
        events.Booking.person events.Booking.reserved_by events.BriefingRequest.asked_by
        events.CalendarFeed.person events.Interest.person
        events.Session.organiser feedback.NeedInterest.person guidance.PolicyFollower.person learning.Enrolment.person
        pages.HubPage.deputy pages.HubPage.locked_by pages.HubPage.steward people.StandIn.deputy people.StandIn.manager
        people.User.manager people.User_groups.user people.User_user_permissions.user practice.GlossaryTerm.owner
        wagtailcore.APIToken.user wagtailcore.PageSubscription.user
    """,
    STAYS: """
        assets.HubDocument.uploaded_by_user assets.HubImage.uploaded_by_user champions.Tip.by champions.Tip.decided_by
        events.AttendanceCorrection.by events.BookingChange.by events.BookingChange.person
        events.BriefingRequest.answered_by events.ListClosing.by events.Paper.asked_by events.SessionMessage.by
        feedback.Claim.owner
        feedback.Invitation.person feedback.Pledge.approved_by feedback.Response.person feedback.Suggestion.settled_by
        feedback.YouSaid.owner guidance.AreaStatus.said_by guidance.PolicyVersion.published_by
        insight.SuppliedFigure.entered_by learning.Enrolment.enrolled_by pages.HubPage.owner
        pages.PublicApproval.approved_by pages.PublicApproval.ended_by stories.StoryCheck.approved_by
        stories.StoryCheck.checked_by stories.StoryConsent.ended_by stories.StoryConsent.recorded_by
        wagtailcore.Comment.resolved_by wagtailcore.ModelLogEntry.user wagtailcore.PageLogEntry.user
        wagtailcore.Revision.user wagtailcore.TaskState.finished_by wagtailcore.UploadedFile.uploaded_by_user
        wagtailcore.WorkflowState.requested_by wagtaildocs.Document.uploaded_by_user
        wagtailimages.Image.uploaded_by_user
        pages.TakingOut.by stories.StoryReopening.by assets.HubImage.consent_said_by
    """,
    OWN: """
        account.EmailAddress.user events.SentInvite.person feedback.Pledge.person feedback.Remark.person
        feedback.Suggestion.person guidance.PolicyComment.person learning.Attended.person learning.TimeEntry.person
        learning.Understood.person notices.PutAway.person notices.Told.person wagtailadmin.EditingSession.user
        wagtailadmin.FormState.user
        wagtailcore.Comment.user wagtailcore.CommentReply.user wagtailusers.UserProfile.user
    """,
}
KNOWN = {name for names in BECOMES.values() for name in names.split()}


def links_to_people() -> set[str]:
    """Every field of every table that names a person, those of Wagtail included; tables of tests left out."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.is_relation and field.related_model is User and model._meta.app_label != "bench"
    }


def test_it_is_said_of_every_link_to_a_person_what_becomes_of_it():
    assert links_to_people() == KNOWN


def mail(person: User) -> str:
    return "\n".join(f"{one.subject}\n{one.text}" for one in OutgoingMail.objects.filter(to=person.email))


def leave(person: User, by: User | None = None) -> None:
    leave_service(person=person, by=by, now=timezone.now())


def unticked(person, administrator, signed_in):
    teams = {"team": person.team_id or "", "manager": person.manager_id or ""}
    data = {"email": person.email, "first_name": person.first_name, "last_name": person.last_name, **teams}
    done = signed_in(administrator).post(f"/admin/users/edit/{person.pk}/", data)
    assert done.status_code == 302, done.context["form"].errors


def in_bulk(action: str):
    def door(person, administrator, signed_in):
        address = f"/admin/bulk/people/user/{action}/?id={person.pk}"
        done = signed_in(administrator).post(address, {"mark_as_active": "False"})
        assert signed_in(administrator).get(done.url).status_code == 200

    return door


def found_by_the_job(person, administrator, signed_in):
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert run_due(now=timezone.now()) == []


DOORS = {
    "the form in the CMS": unticked,
    "inactive in bulk": in_bulk("set_active_state"),
    "deleted in the CMS": lambda person, administrator, signed_in: signed_in(administrator).post(
        f"/admin/users/delete/{person.pk}/"
    ),
    "deleted in bulk": in_bulk("delete"),
    "deleted as a row": lambda person, administrator, signed_in: person.delete(),
    "deleted as rows": lambda person, administrator, signed_in: User.objects.filter(pk=person.pk).delete(),
    "the command": lambda person, administrator, signed_in: call_command("leave", person.email, verbosity=0),
    "made inactive behind its back": found_by_the_job,
}


@pytest.mark.parametrize("door", DOORS)
def test_by_every_door_the_place_goes_to_who_is_next_and_the_page_to_the_deputy(door, administrator, signed_in, psw):
    amina, ben = make_person("amina", Role.PRACTITIONER, manager=psw), make_person("ben", Role.PRACTITIONER)
    session = make_session(capacity=1)
    for person in (amina, ben):
        book(key=session.key, person=person, now=timezone.now())
    tool = make_tool(steward=amina, deputy=psw)
    client = signed_in(amina)
    DOORS[door](amina, administrator, signed_in)
    assert Booking.objects.get(person=ben).state == "booked"
    assert session.bookings.held().count() == 1
    tool = HubPage.objects.get(pk=tool.pk)
    assert (tool.steward, tool.deputy) == (psw, None)
    assert tool.get_latest_revision_as_object().steward == psw
    assert "Pages that are yours now" in mail(psw)
    assert client.get("/me/").status_code == 302
    assert not User.objects.filter(pk=amina.pk, is_active=True).exists()


class TestWhoLeaves:
    def test_has_no_place_offer_request_or_turn_any_more_and_what_took_place_stays(self, practitioner, organiser):
        now = timezone.now()
        over = make_session(starts=now - timedelta(days=2))
        Booking.objects.create(session=over, person=practitioner, state="booked", place=1, of_places=10, booked_at=now)
        full = make_session(capacity=1)
        book(key=full.key, person=organiser, now=now)
        asked = make_session(needs_approval=True)
        for session in (make_session(), full, asked):
            book(key=session.key, person=practitioner, now=now)
        CalendarFeed.objects.create(person=practitioner)
        leave(practitioner)
        assert sorted(Booking.objects.filter(person=practitioner).values_list("state", flat=True)) == [
            "booked",
            "cancelled",
            "cancelled",
            "cancelled",
        ]
        assert over.bookings.get().state == "booked"
        assert not CalendarFeed.objects.exists()

    def test_gets_nothing_back_by_coming_back(self, champion, administrator, signed_in, psw):
        make_champion(person=champion, steward=champion, deputy=psw)
        champion.is_superuser = True
        champion.save()
        session = make_session()
        book(key=session.key, person=champion, now=timezone.now())
        leave(champion)
        User.objects.filter(pk=champion.pk).update(is_active=True)
        assert run_due(now=timezone.now()) == []
        back = User.objects.get(pk=champion.pk)
        assert (back.left_at, back.is_superuser, back.has_usable_password(), list(back.roles)) == (
            None,
            False,
            False,
            [],
        )
        assert not Booking.objects.live().filter(person=back).exists()
        assert ChampionPage.objects.get().steward == psw

    def test_twice_is_once(self, practitioner, psw):
        make_tool(steward=practitioner, deputy=psw)
        for _ in range(2):
            leave(practitioner)
        assert OutgoingMail.objects.filter(to=psw.email).count() == 1


def fails_for_amina(*, person, by, now):
    if person.first_name == "Amina":
        raise RuntimeError("broken")


def test_one_whose_leaving_fails_holds_up_nobody_elses_and_leaves_at_a_later_run(hub, settings):
    people = [make_person(name, Role.PRACTITIONER) for name in ("amina", "ben")]
    User.objects.filter(pk__in=[person.pk for person in people]).update(is_active=False)
    first, later = timezone.now(), timezone.now() + timedelta(hours=1)
    parts = settings.LEAVING
    settings.LEAVING = [f"{__name__}.fails_for_amina", *parts]
    finish_leaving(now=first)
    assert [User.objects.get(pk=person.pk).left_at for person in people] == [None, first]
    settings.LEAVING = parts
    finish_leaving(now=later)
    assert [User.objects.get(pk=person.pk).left_at for person in people] == [later, first]


class TestAllElseOfWhoLeaves:
    """What no other test here names: each row ends, or says who left when; and nobody else's is touched."""

    @pytest.fixture
    def rows(self, manager):
        """Of the one who leaves and of the one who stays, the same."""
        today, now, event = timezone.localdate(), timezone.now(), make_session().event
        need = LearningNeed.objects.create(label="How to begin")
        policy = make_text(PolicyPage, "Supervision")
        joy = make_person("joy", Role.PRACTITIONER)
        for person in (manager, make_person("stays", Role.MANAGER)):
            Interest.objects.create(event=event, person=person, since=now)
            CalendarFeed.objects.create(person=person)
            NeedInterest.objects.create(need=need, person=person, since=today)
            PolicyFollower.objects.create(page=policy, person=person)
            StandIn.objects.create(manager=person, deputy=joy, from_day=today, until_day=today)
            PageSubscription.objects.create(user=person, page=policy, comment_notifications=True)
            APIToken.objects.create(user=person, name="desk", key_hash=person.email, prefix=person.email[:4])
            GlossaryTerm.objects.create(term=person.email, slug=str(person.pk), meaning="A word.", owner=person)
            person.user_permissions.add(Permission.objects.first())
            Enrolment.objects.create(person=person, title="First year", joined_on=today)
            for state in (TimeState.PLANNED, TimeState.TAKEN):
                TimeEntry.objects.create(person=person, on=today, minutes=30, state=state, what="Reading")
        return manager

    @staticmethod
    def of(name: str) -> dict[str, int]:
        whose = {"email": f"{name}@hub.example"}
        person = User.objects.get(**whose)
        asked = {
            "wishes for a date": Interest.objects.filter(person=person),
            "calendar": CalendarFeed.objects.filter(person=person),
            "wishes to learn": NeedInterest.objects.filter(person=person),
            "policies followed": PolicyFollower.objects.filter(person=person),
            "stand-in": StandIn.objects.filter(manager=person),
            "pages heard of": PageSubscription.objects.filter(user=person),
            "keys for programs": APIToken.objects.filter(user=person),
            "words": GlossaryTerm.objects.filter(owner=person),
            "permissions": person.user_permissions.all(),
            "programmes": Enrolment.objects.filter(person=person, left_on=None),
            "time planned": TimeEntry.objects.filter(person=person, state=TimeState.PLANNED),
            "time taken": TimeEntry.objects.filter(person=person, state=TimeState.TAKEN),
        }
        return {name: rows.count() for name, rows in asked.items()}

    def test_ends_and_what_they_did_stays(self, rows):
        before = self.of("manager")
        assert set(before.values()) == {1}
        leave(rows)
        assert self.of("manager") == {**dict.fromkeys(before, 0), "time taken": 1}
        assert self.of("stays") == before


class TestASeatWhosePersonIsGone:
    @pytest.fixture
    def seat(self, practitioner, psw):
        session = make_session(capacity=1)
        for person in (practitioner, psw):
            book(key=session.key, person=person, now=timezone.now())
        Booking.objects.filter(person=practitioner).update(person=None)
        return session.bookings.get(person=None)

    def test_from_before_deletion_freed_it_goes_to_who_is_next(self, seat, psw):
        assert run_due(now=timezone.now()) == []
        assert Booking.objects.get(person=psw).state == "booked"
        assert Booking.objects.get(pk=seat.pk).state == "cancelled"

    def test_stays_in_the_counts_once_the_session_is_over(self, seat):
        lapse(now=seat.session.ends_at + timedelta(minutes=1))
        assert Booking.objects.get(pk=seat.pk).state == "booked"


def test_the_last_organiser_who_leaves_is_made_known_to_who_looks_after_the_hub(organiser, administrator):
    make_session(organiser=organiser)
    leave(organiser)
    assert "Sessions of Organiser Test need an organiser" in mail(administrator)


def test_a_page_goes_to_no_deputy_who_may_not_read_it_by_now(practitioner, partner, editor):
    page = make_tool("For staff", steward=practitioner, deputy=partner, audience=HubPage.Audience.STAFF)
    leave(practitioner)
    page.refresh_from_db()
    assert (page.steward, page.deputy) == (None, None)
    assert "For staff" in mail(editor)
    assert not mail(partner)


def test_pages_without_a_deputy_wait_for_an_editor_who_is_told_on_home_too(practitioner, editor, signed_in):
    tool = make_tool("Paper boats", steward=practitioner)
    HubPage.objects.filter(pk=tool.pk).update(locked=True, locked_by=practitioner, locked_at=timezone.now())
    draft = tool.get_latest_revision_as_object()
    draft.summary = "Somebody is still writing."
    draft.save_revision()
    leave(practitioner)
    tool = HubPage.objects.get(pk=tool.pk)
    assert (tool.steward, tool.locked, tool.get_latest_revision_as_object().steward) == (None, False, None)
    assert "Paper boats" in mail(editor)
    client = signed_in(editor)
    assert "A page has no owner" in client.get("/").content.decode()
    assert "Paper boats" in client.get("/me/pages/").content.decode().split("Nobody answers for these")[1]


def test_what_the_last_editor_leaves_behind_waits_for_who_looks_after_the_hub(editor, administrator, signed_in):
    make_tool("Paper boats", steward=editor)
    client = signed_in(administrator)
    assert "Nobody answers for these" not in client.get("/me/pages/").content.decode()
    leave(editor)
    assert "Paper boats" in mail(administrator)
    assert "A page has no owner" in client.get("/").content.decode()
    assert "Paper boats" in client.get("/me/pages/").content.decode().split("Nobody answers for these")[1]
    make_person("another", Role.EDITOR)
    assert "A page has no owner" not in client.get("/").content.decode()


def test_a_draft_that_names_who_left_cannot_bring_them_back(practitioner, editor, psw):
    tool = make_tool(steward=psw)
    draft = tool.get_latest_revision_as_object()
    draft.steward = practitioner
    draft.save_revision()
    leave(practitioner)
    assert Revision.objects.get(pk=HubPage.objects.get(pk=tool.pk).latest_revision_id).content["steward"] is None


class TestAChampionWhoLeaves:
    def test_is_on_no_list_and_open_questions_go_to_the_stand_in(self, champion, practitioner, psw, signed_in):
        page = make_champion(person=champion, steward=champion, deputy=psw)
        question = ask(champion=page, asker=practitioner, text="How?", key=uuid4(), now=timezone.now())
        leave(champion)
        question.refresh_from_db()
        assert question.answerer == psw
        assert "A question waits for you" in mail(psw)
        assert "Somebody else answers" in mail(practitioner)
        page = ChampionPage.objects.get(pk=page.pk)
        page.save()
        assert (page.withdrawn_on, page.hours) == (timezone.localdate(), "")
        page.get_latest_revision().publish()
        assert ChampionPage.objects.get(pk=page.pk).withdrawn_on == timezone.localdate()
        text = signed_in(practitioner).get(page.address).content.decode()
        assert "Drop-in" not in text
        assert "/champions/ask/" not in text

    def test_without_a_stand_in_they_go_to_who_runs_champions_or_are_closed_in_words(self, champion, psw, practitioner):
        page = make_champion(person=champion, steward=champion)
        one = ask(champion=page, asker=practitioner, text="How?", key=uuid4(), now=timezone.now())
        other = ask(champion=page, asker=psw, text="When?", key=uuid4(), now=timezone.now())
        champion.delete()
        one.refresh_from_db()
        other.refresh_from_db()
        assert (one.answerer, other.state) == (psw, "closed")
        assert "has left the service" in mail(psw)

    def test_touches_no_other_champion_and_nothing_that_was_answered(self, champion, practitioner, psw):
        now, other = timezone.now(), make_person("olu", Role.CHAMPION)
        mine, theirs = (
            make_champion(f"Champion {one.first_name}", person=one, deputy=psw) for one in (champion, other)
        )
        answered, waits, asked, of_others = (
            ask(champion=page, asker=asker, text="How?", key=uuid4(), now=now)
            for page, asker in ((mine, practitioner), (theirs, practitioner), (theirs, champion), (theirs, psw))
        )
        ChampionQuestion.objects.filter(pk__in=[answered.pk, asked.pk]).update(state="answered", closed_at=now)
        before = ChampionPage.objects.get(pk=theirs.pk)
        leave(champion)
        rows = ChampionQuestion.objects.in_bulk()
        assert [rows[one.pk].state for one in (answered, asked, waits, of_others)] == ["answered"] * 2 + ["open"] * 2
        assert [rows[one.pk].answerer for one in (answered, waits, of_others)] == [champion, other, other]
        after = ChampionPage.objects.get(pk=theirs.pk)
        assert (after.term_ends, after.withdrawn_on, after.hours) == (
            before.term_ends,
            before.withdrawn_on,
            before.hours,
        )

    def test_hands_questions_to_the_own_stand_in_first_and_waits_for_no_answer_any_more(
        self, champion, practitioner, psw
    ):
        now, other = timezone.now(), make_person("olu", Role.CHAMPION)
        mine, theirs = (make_champion(f"Ask {one.first_name}", person=one) for one in (champion, other))
        ChampionPage.objects.filter(pk=mine.pk).update(deputy=other)
        mine.refresh_from_db()
        waits, asked = (
            ask(champion=page, asker=asker, text="How?", key=uuid4(), now=now)
            for page, asker in ((mine, practitioner), (theirs, champion))
        )
        leave(champion)
        for question in (waits, asked):
            question.refresh_from_db()
        assert (waits.answerer, waits.state, asked.state) == (other, "open", "closed")

    def test_whose_page_had_ended_before_keeps_its_day_and_questions_go_to_nobody_who_has_left(
        self, champion, practitioner, psw, editor
    ):
        ended = timezone.localdate() - timedelta(days=9)
        page = make_champion(person=champion)
        question = ask(champion=page, asker=practitioner, text="How?", key=uuid4(), now=timezone.now())
        ChampionPage.objects.filter(pk=page.pk).update(withdrawn_on=ended)
        User.objects.filter(pk=psw.pk).update(is_active=False)
        leave(champion)
        question.refresh_from_db()
        assert (ChampionPage.objects.get().withdrawn_on, question.answerer) == (ended, editor)


class TestAManagerWhoLeaves:
    @pytest.fixture
    def team(self, manager, psw):
        manager.manager = psw
        manager.save()
        return [make_person(name, Role.PRACTITIONER, manager=manager) for name in ("amina", "ben")]

    def test_the_team_its_kept_places_and_its_requests_go_to_who_stands_in(self, manager, team, administrator):
        now, today = timezone.now(), timezone.localdate()
        deputy = make_person("joy", Role.MANAGER)
        StandIn.objects.create(manager=manager, deputy=deputy, from_day=today, until_day=today)
        places = keep_places(session=make_session(), manager=manager, number=2, now=now)
        book(key=make_session(needs_approval=True).key, person=team[0], now=now)
        leave(manager)
        assert "A team has lost its manager" in mail(administrator)
        assert run_due(now=timezone.now()) == []
        assert set(deputy.reports.all()) == set(team)
        assert set(Booking.objects.filter(reserved_by=deputy)) == set(places)
        assert "Amina Test asks to come" in mail(deputy)
        assert "A team comes to you" in mail(deputy)

    def test_with_nobody_to_keep_them_the_places_are_free_and_the_manager_above_answers(self, manager, team, psw):
        session = make_session(capacity=2)
        keep_places(session=session, manager=manager, number=2, now=timezone.now())
        leave(manager)
        assert not session.bookings.held().exists()
        assert set(psw.reports.all()) >= set(team)

    def test_with_nobody_at_all_the_organisers_are_asked(self, organiser, administrator):
        boss = make_person("boss", Role.MANAGER)
        amina = make_person("amina", Role.PRACTITIONER, manager=boss)
        book(key=make_session(needs_approval=True).key, person=amina, now=timezone.now())
        leave(boss)
        assert "Nobody answers for them now" in mail(administrator)
        assert run_due(now=timezone.now()) == []
        amina.refresh_from_db()
        assert amina.manager is None
        assert "Amina Test asks to come" in mail(organiser)

    def test_the_team_does_not_go_to_whose_standing_in_is_over(self, manager, team, psw):
        ended = timezone.localdate() - timedelta(days=1)
        deputy = make_person("joy", Role.MANAGER)
        StandIn.objects.create(manager=manager, deputy=deputy, from_day=ended, until_day=ended)
        leave(manager)
        assert not deputy.reports.exists()
        assert set(psw.reports.all()) >= set(team)

    def test_the_team_does_not_go_to_who_works_for_a_partner_agency_by_now(self, manager, team, psw):
        moved, today = make_person("joy", Role.PARTNER), timezone.localdate()
        StandIn.objects.create(manager=manager, deputy=moved, from_day=today, until_day=today)
        leave(manager)
        assert not moved.reports.exists()
        assert "Amina" not in mail(moved)
        assert set(psw.reports.all()) >= set(team)

    def test_whoever_of_the_team_takes_over_does_not_answer_for_themselves(self, manager, team):
        (amina, ben), today = team, timezone.localdate()
        StandIn.objects.create(manager=manager, deputy=amina, from_day=today, until_day=today)
        leave(manager)
        assert list(amina.reports.all()) == [ben]
        assert "these colleagues come to you: Ben Test." in mail(amina)

    def test_a_briefing_that_is_asked_for_passes_on_and_one_that_was_answered_says_who_had_asked(self, manager, psw):
        manager.manager = psw
        manager.save()
        now, event, north = timezone.now(), make_session().event, Team.objects.create(name="North")
        asked = {"event": event, "team": north, "asked_by": manager, "wanted": "May", "people": 9, "asked_at": now}
        waits = BriefingRequest.objects.create(**asked)
        answered = BriefingRequest.objects.create(**asked, state=BriefingRequest.State.DECLINED, answered_at=now)
        leave(manager)
        waits.refresh_from_db()
        answered.refresh_from_db()
        assert (waits.asked_by, answered.asked_by) == (psw, manager)

    def test_who_was_to_stand_in_and_left_is_said_to_the_manager(self, manager):
        deputy, today = make_person("joy", Role.MANAGER), timezone.localdate()
        StandIn.objects.create(manager=manager, deputy=deputy, from_day=today, until_day=today)
        leave(deputy)
        assert "Nobody stands in for you" in mail(manager)


def test_the_sessions_of_an_organiser_who_leaves_are_everybodys_and_all_are_told(organiser, practitioner):
    theirs = make_session(organiser=practitioner)
    off, now = make_session(organiser=practitioner), timezone.now()
    Session.objects.filter(pk=off.pk).update(cancelled_at=now)
    over = make_session(organiser=practitioner, starts=now - timedelta(days=2))
    leave(practitioner)
    assert set(Session.objects.filter(organiser=practitioner)) == {off, over}
    assert Session.objects.get(pk=theirs.pk).organiser is None
    assert "Sessions of Practitioner Test need an organiser" in mail(organiser)
    assert str(theirs) in mail(organiser)
