"""Mail as it leaves the hub: through the outbox, over SMTP, to a mail server that is really there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notices.models import OutgoingMail
from notices.outbox import send_due
from people.models import User

pytestmark = [pytest.mark.smtp, pytest.mark.django_db]


def ask_for_a_new_password(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


@pytest.fixture
def leila():
    return User.objects.create_user("leila@hub.example", "a long enough password", first_name="Leila", last_name="H")


def test_a_forgotten_password_brings_one_letter_with_a_way_back_in(client, leila, letterbox):
    assert ask_for_a_new_password(client, leila.email).status_code == 302
    assert send_due(now=timezone.now()) == 1
    (letter,) = letterbox.letters
    assert letter["To"] == leila.email
    assert reverse("account_reset_password") + "key/" in letter.get_body(("plain",)).get_content()
    assert send_due(now=timezone.now()) == 0


def test_an_address_nobody_has_gets_no_letter(client, leila, letterbox):
    ask_for_a_new_password(client, "nobody@hub.example")
    send_due(now=timezone.now())
    assert letterbox.letters == []


def test_a_mail_server_that_is_busy_gets_the_letter_later_and_once(client, leila, letterbox):
    letterbox.refuse = "451 Busy, try again later"
    ask_for_a_new_password(client, leila.email)
    assert send_due(now=timezone.now()) == 0
    letterbox.refuse = ""
    later = timezone.now() + timedelta(minutes=20)
    assert [send_due(now=later), send_due(now=later)] == [1, 0]
    assert len(letterbox.letters) == 1


def test_a_letter_nobody_takes_holds_up_no_other(letterbox):
    letterbox.unknown = {"gone@hub.example"}
    for address in ("gone@hub.example", "good@hub.example"):
        OutgoingMail.objects.create(
            dedupe_key=address, kind="test", to=address, subject="Hello", text="Hello", next_try=timezone.now()
        )
    send_due(now=timezone.now())
    assert [letter["X-Envelope-To"] for letter in letterbox.letters] == ["good@hub.example"]
