"""What somebody typed is taken, and said so, or comes back to them with the reason: never dropped in silence.

The danger lies wherever a second press finds something that is there already: the first answer would be right for a
double click, and would throw away what somebody has written since. A new such place is named here, or fails.
"""

import ast
import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from champions.asking import answer, ask
from champions.models import ChampionQuestion
from champions.tests.test_champions import make_champion
from events.attendance.attending import add_walk_in, mark
from events.booking.approving import approve
from events.booking.organising import cancel_date, cancel_session, remove
from events.booking.verbs import book, leave
from events.models import Booking, BookingChange, Breakout, SessionMessage
from feedback import pledges
from feedback.models import Pledge, Remark
from feedback.remarks import say
from feedback.tests.test_answering import make_survey, question
from tests.builders import make_session, make_tool

WORDS = "Only this second form says so"
PLACES = {}


def place(test):
    """One place: presses twice, the second time with `WORDS`, and returns the answer and whether they were taken."""
    PLACES[test.__name__] = test
    return test


class Cast:
    """Who and what a place needs, made when it is asked for."""

    def __init__(self, request):
        self.get, self.now = request.getfixturevalue, timezone.now()

    def __getattr__(self, name):
        return self.get(name)

    def post(self, person, address, **typed):
        return self.get("signed_in")(person).post(address, typed)

    def session(self, **fields):
        fields = {"organiser": self.organiser, **fields}
        return make_session(**fields)

    def held(self):
        """A session of yesterday with the practitioner in it."""
        session = self.session()
        booking, _ = book(key=session.key, person=self.practitioner, now=self.now)
        date = session.dates.get()
        date.starts_at, date.ends_at = self.now - timedelta(hours=27), self.now - timedelta(hours=25)
        date.save()
        return booking, date


@place
def booking_again(cast):
    session = cast.session()
    breakout = Breakout.objects.create(session=session, title="Maps", capacity=3)
    booking, _ = book(key=session.key, person=cast.practitioner, now=cast.now)
    typed = {"note": WORDS, "access": "Captions", "food": "Vegan", "breakout1": breakout.pk}
    got = cast.post(cast.practitioner, f"/events/book/{session.key}/", **typed)
    booking.refresh_from_db()
    has = (booking.note, booking.provision.access, booking.provision.food, booking.breakout)
    assert "taken over" in cast.get("signed_in")(cast.practitioner).get(got.url).content.decode()
    return got, has == (WORDS, "Captions", "Vegan", breakout)


@place
def booking_again_when_it_is_over(cast):
    booking, _ = cast.held()
    return cast.post(cast.practitioner, f"/events/book/{booking.session.key}/", note=WORDS), False


@place
def leaving_again(cast):
    session = cast.session()
    booking, _ = book(key=session.key, person=cast.practitioner, now=cast.now)
    leave(booking=booking, by=cast.practitioner, now=cast.now)
    return cast.post(cast.practitioner, f"/me/bookings/{booking.key}/leave/", reason="court", words=WORDS), False


def on_desk(cast, booking, do, **typed):
    return cast.post(cast.organiser, f"/events/desk/{booking.session.key}/bookings/{booking.key}/{do}/", **typed)


@place
def removing_who_has_gone(cast):
    booking, _ = book(key=cast.session().key, person=cast.practitioner, now=cast.now)
    remove(booking=booking, by=cast.organiser, now=cast.now, reason="Ill")
    return on_desk(cast, booking, "remove", reason=WORDS), False


@place
def declining_what_was_approved(cast):
    booking, _ = book(key=cast.session(needs_approval=True).key, person=cast.practitioner, now=cast.now)
    approve(booking=booking, by=cast.organiser, now=cast.now)
    return on_desk(cast, booking, "decline", reason=WORDS), False


@place
def giving_an_offered_place_with_a_reason(cast):
    booking, _ = book(key=cast.session().key, person=cast.practitioner, now=cast.now)
    Booking.objects.filter(pk=booking.pk).update(
        state="offered", offered_until=cast.now + timedelta(days=1), booked_at=None
    )
    got = on_desk(cast, booking, "give", reason=WORDS)
    return got, BookingChange.objects.filter(booking=booking, words=WORDS).exists()


@place
def cancelling_a_date_again(cast):
    date = cast.session(dates=2).dates.first()
    cancel_date(date=date, by=cast.organiser, now=cast.now, reason="Flood")
    address = f"/events/desk/{date.session.key}/dates/{date.key}/cancel/"
    return cast.post(cast.organiser, address, reason=WORDS), False


@place
def cancelling_a_session_again(cast):
    session = cast.session()
    cancel_session(session=session, by=cast.organiser, now=cast.now, reason="Flood")
    return cast.post(cast.organiser, f"/events/desk/{session.key}/cancel/", reason=WORDS), False


@place
def writing_to_everybody_from_the_same_form(cast):
    session, typed = cast.session(), {"key": str(uuid4()), "to": "placed", "subject": "Room", "do": "send"}
    book(key=session.key, person=cast.practitioner, now=cast.now)
    address = f"/events/desk/{session.key}/write/"
    assert cast.post(cast.organiser, address, text="Hall", **typed).status_code == 302
    assert cast.post(cast.organiser, address, text="Hall", **typed).status_code == 302
    assert SessionMessage.objects.count() == 1
    return cast.post(cast.organiser, address, text=WORDS, **typed), False


@place
def correcting_what_the_list_says(cast):
    booking, date = cast.held()
    mark(booking=booking, date=date, came="yes", by=cast.organiser, now=cast.now)
    address = f"/events/desk/{date.session.key}/dates/{date.key}/{booking.key}/"
    return cast.post(cast.organiser, address, came="yes", reason=WORDS), False


@place
def adding_to_the_list_who_is_on_it(cast):
    _, date = cast.held()
    add_walk_in(date=date, person=cast.practitioner, by=cast.organiser, now=cast.now)
    address = f"/events/desk/{date.session.key}/dates/{date.key}/add/"
    return cast.post(cast.organiser, address, colleague=cast.practitioner.email, because=WORDS), False


def asked(cast):
    profile = make_champion(person=cast.champion, steward=cast.champion)
    key = uuid4()
    found = ask(
        champion=profile, asker=cast.practitioner, text="How?", key=key, now=cast.now, about=make_tool(steward=cast.psw)
    )
    return profile, found


@place
def asking_a_champion_from_the_same_form(cast):
    profile, question = asked(cast)
    return cast.post(cast.practitioner, f"/champions/ask/{profile.pk}/", key=str(question.key), text=WORDS), False


@place
def answering_what_was_closed(cast):
    _, question = asked(cast)
    ChampionQuestion.objects.update(state="closed", closed_at=cast.now)
    return cast.post(cast.champion, f"/me/questions/{question.key}/answer/", answer=WORDS), False


@place
def offering_a_second_tip(cast):
    _, question = asked(cast)
    answer(question=question, by=cast.champion, words="So.", now=cast.now)
    address = f"/me/questions/{question.key}/tip/"
    assert cast.post(cast.champion, address, text="Draw badly.").status_code == 302
    return cast.post(cast.champion, address, text=WORDS), False


@place
def deciding_on_a_tip_again(cast):
    offering_a_second_tip(cast)
    address = f"/me/tips/{ChampionQuestion.objects.get().tip.key}"
    assert cast.post(cast.psw, f"{address}/show/", text="Draw badly.").status_code == 302
    return cast.post(cast.psw, f"{address}/decline/", reason=WORDS), False


@place
def suggesting_from_the_same_form(cast):
    typed = {"key": str(uuid4()), "title": "Two chairs", "purpose": "Hear both.", "whose": "ours", "credit": "name"}
    assert cast.post(cast.practitioner, "/suggest/tool/", do="Sit down.", **typed).status_code == 302
    assert cast.post(cast.practitioner, "/suggest/tool/", do="Sit down.", **typed).status_code == 302
    return cast.post(cast.practitioner, "/suggest/tool/", do=WORDS, **typed), False


@place
def settling_a_remark_again(cast):
    tool = make_tool(steward=cast.editor)
    remark = say(page=tool, person=cast.practitioner, useful=None, wrong="The age", now=cast.now)
    address = f"/me/remarks/{remark.key}/"
    assert cast.post(cast.editor, address, done="put-right", reply="Done.").status_code == 302
    return cast.post(cast.editor, address, done="put-right", reply=WORDS), False


@place
def declining_a_pledge_that_is_not_shown(cast):
    pledge = Pledge.objects.create(person=cast.practitioner, text="Draw", made_on=timezone.localdate(), shared=True)
    pledges.decline(pledge=pledge, by=cast.psw, reason="Too long")
    return cast.post(cast.psw, f"/feedback/pledges/{pledge.pk}/decline/", reason=WORDS), False


@place
def answering_a_form_again(cast):
    survey = make_survey([cast.practitioner], mode="named")
    worth = question(survey, "It was worth")
    better = survey.question_set.questions.filter(kind="text").first()
    address, first = f"/feedback/{survey.pk}/", {f"q{worth.pk}": "5"}
    assert cast.post(cast.practitioner, address, **first).status_code == 302
    return cast.post(cast.practitioner, address, **first, **{f"q{better.pk}": WORDS}), False


@pytest.mark.django_db
@pytest.mark.parametrize("name", PLACES)
def test_what_is_typed_into_a_second_form_is_taken_or_comes_back(name, request):
    got, taken = PLACES[name](Cast(request))
    comes_back = (
        400 <= got.status_code < 500 and WORDS in got.content.decode() and 'role="alert"' in got.content.decode()
    )
    assert taken or comes_back
    assert not (taken and comes_back)


@pytest.mark.django_db
def test_what_comes_back_from_a_form_that_was_sent_goes_out_by_the_next_press(request):
    cast = Cast(request)
    got = writing_to_everybody_from_the_same_form(cast)[0].content.decode()
    fresh = re.search(r'name="key"[^>]*value="([0-9a-f-]{36})"|value="([0-9a-f-]{36})"[^>]*name="key"', got)
    session, typed = Booking.objects.get().session, {"to": "placed", "subject": "Room", "do": "send", "text": WORDS}
    key = next(filter(None, fresh.groups()))
    assert cast.post(cast.organiser, f"/events/desk/{session.key}/write/", key=key, **typed).status_code == 302
    assert set(SessionMessage.objects.values_list("text", flat=True)) == {"Hall", WORDS}


@pytest.mark.django_db
def test_what_somebody_said_is_wrong_stands_in_the_form_until_it_is_answered(practitioner, signed_in):
    tool, client = make_tool(), signed_in(practitioner)
    say(page=tool, person=practitioner, useful=False, wrong=WORDS, now=timezone.now())
    assert WORDS in client.get(f"/feedback/page/{tool.pk}/").content.decode()
    Remark.objects.update(state=Remark.State.PUT_RIGHT)
    assert WORDS not in client.get(f"/feedback/page/{tool.pk}/").content.decode()


TRIED = "Tried above."
NOTHING_IS_TYPED = "One press, or a choice from a list: there is nothing to lose."
TAKEN = "What is said again is the change, and the screen says that it is saved."
NO_FORM = "Called by jobs, seeds and other verbs, never with what somebody has just typed."
KNOWN = {
    "champions/asking.py": {"ask": TRIED, "close": NOTHING_IS_TYPED},
    "champions/tips.py": {"offer": TRIED},
    "events/booking/approving.py": {"approve": NOTHING_IS_TYPED, "decline": TRIED},
    "events/attendance/attending.py": {
        "_write": "`mark` and `check_in` compare first.",
        "add_walk_in": TRIED,
        "check_in": TRIED,
    },
    "events/booking/verbs.py": {"book": TRIED, "_change": TRIED, "leave": TRIED, "accept": NOTHING_IS_TYPED},
    "events/briefings/briefing.py": {"ask_for_briefing": TAKEN, "withdraw_briefing": NOTHING_IS_TYPED},
    "events/mail/calendars.py": {"invites": NO_FORM, "renew_feed": NOTHING_IS_TYPED},
    "events/attendance/closing.py": {"close_list": NOTHING_IS_TYPED, "open_list": NOTHING_IS_TYPED},
    "events/briefings/interest.py": {"ask_for_a_date": NOTHING_IS_TYPED},
    "events/mail/messages.py": {"write": TRIED},
    "events/booking/noting.py": {"notice": NO_FORM},
    "events/papers/drawing.py": {"ask": NOTHING_IS_TYPED},
    "events/booking/walking_in.py": {"walk_in": NOTHING_IS_TYPED},
    "events/booking/wishing.py": {"tell_otherwise": "The form shows what it replaces."},
    "feedback/answers/answering.py": {"answer": TRIED},
    "feedback/remarks.py": {"say": "The form shows what it replaces: tried above.", "settle": TRIED},
    "feedback/suggestions/suggesting.py": {"send": TRIED},
    "feedback/surveys.py": {"open_survey": NO_FORM},
    "guidance/policies/consulting.py": {"comment": "The form shows what it replaces."},
    "guidance/policies/versions.py": {"keep_version": NO_FORM, "follow": NOTHING_IS_TYPED},
    "home/site_tree.py": {"plant": NO_FORM},
    "home/jobs/working.py": {"_begin": NO_FORM},
    "learning/programmes.py": {"join": NOTHING_IS_TYPED, "tick": TAKEN, "attended": NO_FORM},
    "learning/time.py": {"record": TAKEN},
    "learning/understanding.py": {"understand": NOTHING_IS_TYPED},
    "notices/reminders.py": {"put_away": NOTHING_IS_TYPED},
    "notices/told_models.py": {"note": NO_FORM},
    "people/seeding.py": {"seed_roles": NO_FORM, "_look_after_files": NO_FORM},
    "people/standing_in.py": {"name_deputy": TAKEN, "back_again": NOTHING_IS_TYPED},
    "practice/editions.py": {"bump": NO_FORM},
    "practice/seeding.py": {"seed_practice": NO_FORM, "_seed_model": NO_FORM, "_seed_framework": NO_FORM},
    "search/index/copying.py": {"_note": NO_FORM},
    "search/meaning/vectors.py": {"encode_due": NO_FORM},
    "search/understanding/filters.py": {"_merged": "Reads an address."},
    "search/unmet.py": {"saw": NO_FORM, "followed": NO_FORM},
    "stories/clearing.py": {"check": "Ticks alone, of the text as it is now; a new reading asks for a new approval."},
    "pages/public/approving.py": {"make_internal": NOTHING_IS_TYPED},
}
OR_CREATE = {"get_or_create", "update_or_create"}
SAYS_SO = re.compile(r"twice (is|keeps|gives|\(a double)", re.IGNORECASE)
NO_VERBS = re.compile(r"(^|/)(tests|migrations|management|demo\w*)/|^(bench|scripts|research|var|\.)")


def may_find_something(node: ast.FunctionDef) -> bool:
    called = {one.func.attr for one in ast.walk(node) if isinstance(one, ast.Call) and hasattr(one.func, "attr")}
    return bool(called & OR_CREATE or SAYS_SO.search(ast.get_docstring(node) or ""))


def test_every_verb_that_may_find_something_there_already_says_why_nothing_typed_is_lost():
    found = set()
    for path in Path(settings.BASE_DIR).glob("*/**/*.py"):
        where = path.relative_to(settings.BASE_DIR).as_posix()
        if not NO_VERBS.search(where):
            nodes = ast.walk(ast.parse(path.read_text()))
            verbs = (node for node in nodes if isinstance(node, ast.FunctionDef) and may_find_something(node))
            found |= {(where, verb.name) for verb in verbs}
    assert found == {(where, name) for where, names in KNOWN.items() for name in names}
