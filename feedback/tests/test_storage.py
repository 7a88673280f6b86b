"""Whoever holds the database, a dump of it or a copy of its file cannot tell who gave which anonymous answer.

The joins are those that named seven of seven people when answers were written beside who gave them: by the number of
the transaction, and by the order of rows. A control writes the old way and must be caught by the same joins.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import ForeignKey
from django.utils import timezone

from feedback.answers import letting_in
from feedback.answers.letting_in import let_in
from feedback.answers.sealing import CannotOpen, seal, unseal
from feedback.models import Answer, AnsweredMark, Invitation, LearningNeed, Pledge, Response, SealedAnswers
from feedback.tests.test_answering import make_survey, question, say
from hub.tests.test_architecture import imported
from people.models import User

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 12


@pytest.fixture
def people(hub):
    """Who answer, in an order that is not that of their keys; and one who was asked and does not."""
    made = User.objects.bulk_create(User(email=f"p{n}@hub.example", password="!") for n in range(PEOPLE + 1))
    return [made[n * 5 % PEOPLE] for n in range(PEOPLE)] + made[PEOPLE:]


def words_of(person: User) -> str:
    return f"Words by colleague {person.pk}."


def the_new_way(survey, people) -> None:
    for person in people:
        say(survey, person, It_was_worth=[5], One_thing_I_learned=words_of(person), One_thing_I_will="Wait longer")
    let_in(now=survey.closes_at + timedelta(hours=1))


def the_old_way(survey, people) -> None:
    """As it was until decision 18: all in one transaction, at once."""
    asked = question(survey, "One thing I learned")
    for person in people:
        with transaction.atomic():
            response = Response.objects.create(survey=survey, mode="anonymous", answered_on=survey.held_on)
            Answer.objects.create(response=response, question=asked, text=words_of(person))
            Pledge.objects.create(person=person, survey=survey, text="Wait longer", made_on=survey.held_on)
            invitation = Invitation.objects.select_for_update().get(survey=survey, person=person)
            invitation.answered = True
            invitation.save(update_fields=["answered"])


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def in_order_of_storage(table: str, column: str, where: str = "") -> list:
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    return [value for (value,) in rows(f"SELECT {column} FROM {table} {where} ORDER BY {place}")]


def named_by_order() -> int:
    """How many are named by laying people, as their rows lie, beside answers as theirs lie; forwards or backwards."""
    texts = in_order_of_storage("feedback_answer", "text", "WHERE text LIKE 'Words%'")
    named = []
    for table, where in (("feedback_pledge", ""), ("feedback_invitation", "WHERE answered")):
        lying = in_order_of_storage(table, "person_id", where)
        emails = User.objects.in_bulk(lying)
        beside = [words_of(emails[pk]) for pk in lying]
        named += [sum(map(str.__eq__, beside, order)) for order in (texts, texts[::-1])]
    return max(named)


class TestTheOrderOfRows:
    def test_names_nobody(self, people):
        survey = make_survey(people)
        the_new_way(survey, people[:PEOPLE])
        assert Answer.objects.filter(text__startswith="Words").count() == PEOPLE
        # By chance one or two lie beside their own; seven of twelve once in thirty thousand.
        assert named_by_order() < 8

    def test_named_everybody_when_answers_were_written_beside_who_gave_them(self, people):
        the_old_way(make_survey(people), people[:PEOPLE])
        assert named_by_order() == PEOPLE


def test_what_one_person_said_to_two_questions_does_not_stand_together(people):
    """She may have put the same needs on her list by name: they must not lead to her words."""
    survey, needs = make_survey(people), list(LearningNeed.objects.values_list("pk", flat=True))
    wanted = {words_of(person): [needs[place % len(needs)]] for place, person in enumerate(people[:PEOPLE])}
    for person in people[:PEOPLE]:
        words = words_of(person)
        say(survey, person, What_I_would=wanted[words], One_thing_I_learned=words)
    let_in(now=survey.closes_at + timedelta(hours=1))
    texts = dict(Answer.objects.exclude(text="").values_list("response", "text"))
    boxes = dict(Answer.objects.filter(text="").values_list("response", "boxes"))
    assert len(texts) == len(boxes) == PEOPLE
    assert sum(boxes[response] == wanted[words] for response, words in texts.items()) < 8


class SeenChance:
    """In place of chance: turns orders round, and remembers what it was given and how it left it."""

    def __init__(self):
        self.left = {}

    def shuffle(self, rows: list) -> None:
        rows.reverse()
        self.left[type(rows[0])] = list(rows)

    def sample(self, rows: list, number: int) -> list:
        return list(rows)[:number]


@pytest.fixture
def seen(monkeypatch):
    seen = SeenChance()
    monkeypatch.setattr(letting_in, "chance", seen)
    return seen


def test_boxes_and_marks_that_wait_lie_as_chance_left_them(people, seen):
    survey = make_survey(people)
    for person in people[:3]:
        say(survey, person, One_thing_I_learned=words_of(person))
    let_in(now=timezone.now())
    boxes = [bytes(box) for box in in_order_of_storage("feedback_sealedanswers", "box")]
    assert boxes == [one.box for one in seen.left[SealedAnswers]]
    marks = in_order_of_storage("feedback_answeredmark", "token")
    assert marks == [one.token for one in seen.left[AnsweredMark]]


def test_answers_of_two_batches_lie_as_chance_left_all_of_them(people, seen):
    survey = make_survey(people)
    for batch, now in ((people[:5], timezone.now()), (people[5:PEOPLE], survey.closes_at + timedelta(hours=1))):
        for person in batch:
            say(survey, person, One_thing_I_learned=words_of(person))
        let_in(now=now)
    assert len(seen.left[Response]) == len(seen.left[Answer]) == PEOPLE
    assert in_order_of_storage("feedback_answer", "text") == [one.text for one in seen.left[Answer]]


def names_people() -> list[str]:
    """Tables of which a row belongs to a person."""
    models = [model for model in apps.get_models() if not model._meta.proxy and model._meta.managed]
    theirs = [
        model
        for model in models
        if any(isinstance(field, ForeignKey) and field.related_model is User for field in model._meta.concrete_fields)
    ]
    return [model._meta.db_table for model in [User, *theirs] if model is not Response]


def named_by_transaction(content: str) -> list[str]:
    """Tables that share a transaction with that content: one that wrote a row, locked it or deleted it."""
    both = [(mine, theirs) for mine in ("xmin", "xmax") for theirs in ("xmin", "xmax")]
    same = " OR ".join(f"(c.{mine} = p.{theirs} AND c.{mine}::text <> '0')" for mine, theirs in both)
    return [table for table in names_people() if rows(f"SELECT 1 FROM {content} c JOIN {table} p ON {same} LIMIT 1")]


@pytest.mark.postgres
class TestTheNumberOfTheTransaction:
    JOIN = (
        "SELECT i.person_id, a.text FROM feedback_invitation i JOIN feedback_answer a ON a.xmin = i.xmin"
        " WHERE a.text LIKE 'Words%'"
    )

    def test_names_nobody(self, people):
        survey = make_survey(people)
        the_new_way(survey, people[:PEOPLE])
        assert rows(self.JOIN) == []
        for content in ("feedback_answer", "feedback_response"):
            assert named_by_transaction(content) == []

    def test_names_nobody_while_answers_wait(self, people):
        survey = make_survey(people)
        for person in people[:3]:
            say(survey, person, One_thing_I_learned=words_of(person), One_thing_I_will="Wait longer")
        let_in(now=timezone.now())
        assert SealedAnswers.objects.count() == 3
        assert named_by_transaction("feedback_sealedanswers") == []
        assert rows("SELECT 1 FROM feedback_sealedanswers s JOIN feedback_answeredmark m ON s.xmin = m.xmin") == []

    def test_named_everybody_when_answers_were_written_beside_who_gave_them(self, people):
        the_old_way(make_survey(people), people[:7])
        assert len(rows(self.JOIN)) == 7
        assert {"feedback_invitation", "feedback_pledge"} <= set(named_by_transaction("feedback_answer"))


def dump() -> str:
    """What is in a dump: on PostgreSQL what COPY gives, table by table, as pg_dump writes it."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return "\n".join(connection.connection.iterdump())
    tables = [model._meta.db_table for model in apps.get_app_config("feedback").get_models()]
    text = []
    with connection.cursor() as cursor:
        for table in [*tables, "notices_outgoingmail", "django_session", "hub_cache"]:
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                text += [bytes(block).decode() for block in copy]
    return "".join(text)


class TestADump:
    def test_holds_no_word_of_an_answer_that_waits_and_nobody_who_gave_it(self, people, client):
        survey = make_survey(people)
        before = dump()
        for person in people[:4]:
            client.force_login(person)
            asked = question(survey, "One thing I learned").pk
            assert client.post(f"/feedback/{survey.pk}/", {f"q{asked}": words_of(person)}).status_code == 302
        let_in(now=timezone.now())
        text = dump()
        assert text != before
        assert "Words by" not in text
        assert not Invitation.objects.filter(answered=True).exists()

    def test_holds_words_only_in_an_order_of_chance(self, people):
        survey = make_survey(people)
        the_new_way(survey, people[:PEOPLE])
        text = dump()
        in_dump = sorted(people[:PEOPLE], key=lambda person: text.index(f"{words_of(person)}"))
        assert in_dump != people[:PEOPLE]


class TestABox:
    said = [{"question_id": 1, "text": "To wait"}]

    def test_is_opened_for_its_own_form_alone(self):
        box = seal(self.said, form=1)
        assert unseal(box, form=1) == self.said
        with pytest.raises(CannotOpen):
            unseal(box, form=2)

    def test_does_not_tell_how_much_was_written(self):
        assert len(seal(self.said, form=1)) == len(seal([{"question_id": 1, "text": "x" * 3000}], form=1))

    def test_is_still_opened_when_the_secret_key_was_changed_and_the_former_one_is_named(self, people, settings):
        survey, former = make_survey(people), settings.SECRET_KEY
        for person in people[:3]:
            say(survey, person, One_thing_I_learned=words_of(person))
        settings.SECRET_KEY = "another" * 9
        # Without the former one nothing is opened, and nothing is lost.
        let_in(now=survey.closes_at + timedelta(hours=1))
        settings.SECRET_KEY_FALLBACKS = [former]
        assert not say(survey, people[0], One_thing_I_learned="Once more")
        for person in people[3:6]:
            say(survey, person, One_thing_I_learned=words_of(person))
        let_in(now=survey.closes_at + timedelta(hours=1))
        texts = set(Answer.objects.values_list("text", flat=True))
        assert texts == {words_of(person) for person in people[:6]}


ROOT = Path(__file__).resolve().parent.parent.parent
READS_ANSWERS = {
    "feedback/results.py",  # the one door to figures and words
    "feedback/answers/letting_in.py",
    "feedback/answers/answering.py",
    "feedback/answers/deleting.py",
    "feedback/retention.py",
}
# Counted in fives; each person told by mail; taken off with who leaves.
READS_WISHES = {"feedback/needs.py", "events/briefings/interest.py", "feedback/leaving.py"}
READS_WHO_ANSWERED = READS_ANSWERS | {"feedback/surveys.py"}
ROOMS_TABLES = {
    "Answer": READS_ANSWERS,
    "Response": READS_ANSWERS,
    "SealedAnswers": READS_ANSWERS,
    "NeedInterest": READS_WISHES,
    "AnsweredMark": READS_WHO_ANSWERED,
    "Invitation": READS_WHO_ANSWERED,
}
BACKWARDS = re.compile(r"\b(responses__|answers__|interests__|invitations__|\.responses\b|\.need_interests\b)")


def test_figures_of_answers_come_through_one_door():
    """No other module reads these tables, so that floor and batch hold wherever something is shown, sent or taken
    along: a new page asks `feedback.results` or `feedback.needs`."""
    found = set()
    for path in ROOT.glob("[a-z]*/**/*.py"):
        name = path.relative_to(ROOT).as_posix()
        if {"tests", "migrations", "models"} & set(path.parts) or name.startswith("tests/"):
            continue
        source = path.read_text()
        for module, imported_name in imported(source):
            if module.startswith("feedback.models") and name not in ROOMS_TABLES.get(imported_name, {name}):
                found.add(f"{name} reads {imported_name}")
        if (
            name.split("/")[0] != "events"
            and name not in READS_WHO_ANSWERED | READS_WISHES
            and BACKWARDS.search(source)
        ):
            found.add(f"{name} reaches for {BACKWARDS.search(source).group()}")
    assert not found
