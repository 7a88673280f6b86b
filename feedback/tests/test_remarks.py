"""A wrong line reaches whoever can put it right, and whoever said so hears what became of it."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from feedback.models import Remark
from feedback.remarks import say
from notices.models import OutgoingMail
from people.roles import Role
from tests.builders import make_person, make_tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def tool(editor):
    return make_tool(steward=editor)


@pytest.fixture
def me(practitioner, signed_in):
    return signed_in(practitioner)


@pytest.fixture
def owner(editor, signed_in):
    return signed_in(editor)


def words(answer) -> str:
    return BeautifulSoup(answer.content, "html.parser").main.get_text(" ", strip=True)


def test_a_wrong_line_stands_in_the_owners_queue_and_the_answer_comes_back(me, owner, tool, practitioner, editor):
    address = f"/feedback/page/{tool.pk}/"
    assert address in me.get(tool.address).content.decode()
    assert me.post(address, {"useful": "no", "wrong": "The age is wrong."}).status_code == 302
    assert OutgoingMail.objects.get().to == editor.email
    assert "The age is wrong." in words(owner.get("/me/remarks/"))
    assert "A reader says what is wrong" in owner.get("/").content.decode()
    remark = Remark.objects.get()
    assert owner.post(f"/me/remarks/{remark.key}/", {"done": "no-change"}).status_code == 400
    assert owner.post(f"/me/remarks/{remark.key}/", {"done": "put-right", "reply": "From 5 now."}).status_code == 302
    assert "From 5 now." in words(me.get("/me/remarks/"))
    assert OutgoingMail.objects.filter(to=practitioner.email).count() == 1


def test_said_twice_is_the_later_and_the_owner_is_written_to_once_a_day(me, tool, practitioner):
    for wrong in ("A", "B"):
        me.post(f"/feedback/page/{tool.pk}/", {"wrong": wrong})
    amina = make_person("amina", Role.PRACTITIONER)
    say(page=tool, person=amina, useful=None, wrong="C", now=timezone.now())
    assert sorted(Remark.objects.values_list("wrong", flat=True)) == ["B", "C"]
    assert OutgoingMail.objects.count() == 1


def test_useful_is_counted_with_its_base_for_the_owner_alone(me, owner, tool):
    me.post(f"/feedback/page/{tool.pk}/", {"useful": "yes"})
    # In fives: the owner must not see from a number that moved what the colleague next door has pressed.
    for number in range(6):
        assert "found it useful" not in words(owner.get("/me/remarks/")) or number > 3
        said = {"useful": number > 1, "wrong": ""}
        say(page=tool, person=make_person(f"p{number}", Role.PRACTITIONER), now=timezone.now(), **said)
    assert "3 of 5 found it useful" in words(owner.get("/me/remarks/"))
    assert not OutgoingMail.objects.exists()
    assert "found it useful" not in words(me.get("/me/remarks/"))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Choose yes or no, or say"),
        ({"useful": "perhaps"}, "Choose yes or no"),
        ({"wrong": "It names a girl called Kayleigh"}, "seems to point to somebody"),
        ({"wrong": "x" * 1001}, "at most 1000"),
        ({"wrong": "a\x00b"}, "Null characters"),
    ],
)
def test_what_cannot_be_sent_is_said_at_the_field(me, tool, typed, says):
    answer = me.post(f"/feedback/page/{tool.pk}/", typed)
    assert answer.status_code == 400
    assert says in words(answer)
    assert not Remark.objects.exists()


def test_others_settle_nothing_and_find_no_page_that_is_not_theirs(me, tool, partner, signed_in):
    me.post(f"/feedback/page/{tool.pk}/", {"wrong": "A"})
    assert me.post(f"/me/remarks/{Remark.objects.get().key}/", {"done": "put-right"}).status_code == 404
    tool.audience = "staff"
    tool.save()
    assert signed_in(partner).get(f"/feedback/page/{tool.pk}/").status_code == 404
    assert me.get("/feedback/page/999999/").status_code == 404
    assert me.get("/feedback/page/1/").status_code == 404
