"""What administrators see of mail that did not go out, and how they have it tried again."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notices.models import OutgoingMail
from notices.outbox import try_again
from notices.sending import send_due

pytestmark = pytest.mark.django_db

State = OutgoingMail.State


def queued(to="leila@hub.example", *, state=State.WAITING, attempts=3, **fields) -> OutgoingMail:
    fields = {"kind": "booking-booked", "subject": "Group for Kai", "text": "Secret words", **fields}
    in_an_hour = timezone.now() + timedelta(hours=1)
    return OutgoingMail.objects.create(to=to, state=state, attempts=attempts, **{"next_try": in_an_hour, **fields})


def rows(client) -> list[str]:
    answer = client.get(reverse("mail_not_sent"))
    assert answer.status_code == 200
    return [
        " ".join(row.get_text(" ").split()) for row in BeautifulSoup(answer.content, "html.parser").select("tr")[1:]
    ]


class TestTheReport:
    def test_shows_what_waits_and_first_what_was_given_up_with_its_tries_and_next_try(self, administrator, signed_in):
        waits = queued("waits@hub.example", next_try=timezone.make_aware(timezone.datetime(2027, 7, 1, 9, 5)))
        queued("gone@hub.example", state=State.SENT)
        queued("given-up@hub.example", state=State.GIVEN_UP, attempts=12)
        first, second = rows(signed_in(administrator))
        assert first.startswith("A booking: booked given-up@hub.example Given up after several tries 12 None")
        assert second.startswith(f"A booking: booked {waits.to} Waiting to be sent 3 1 July 2027, 09:05")

    @pytest.mark.parametrize("export", ["", "?export=csv", "?export=xlsx"])
    def test_never_shows_the_words_of_a_message(self, administrator, signed_in, export):
        queued(html="<p>Secret words</p>")
        answer = signed_in(administrator).get(reverse("mail_not_sent") + export)
        assert answer.status_code == 200
        page = b"".join(answer) if answer.streaming else answer.content
        assert b"Secret" not in page
        assert b"Kai" not in page

    def test_is_in_the_menu_of_administrators_and_closed_to_everybody_else(
        self, administrator, editor, practitioner, signed_in
    ):
        mail = queued(state=State.GIVEN_UP)
        address = reverse("mail_not_sent")
        assert address in signed_in(administrator).get(reverse("wagtailadmin_home")).content.decode()
        assert address not in signed_in(editor).get(reverse("wagtailadmin_home")).content.decode()
        for person in (editor, practitioner):
            assert signed_in(person).get(address).status_code in {302, 403}
            assert signed_in(person).post(reverse("try_mail_again", args=[mail.pk])).status_code in {302, 403}
            with pytest.raises(PermissionDenied):
                try_again(mail=mail, by=person, now=timezone.now())
        mail.refresh_from_db()
        assert mail.state == State.GIVEN_UP

    def test_asks_the_database_no_more_for_many_messages_than_for_one(self, administrator, signed_in):
        client, address, asked = signed_in(administrator), reverse("mail_not_sent"), []
        for number in range(60):
            queued(f"p{number}@hub.example")
            if number in (0, 59):
                client.get(address)
                with CaptureQueriesContext(connection) as queries:
                    client.get(address)
                asked.append(len(queries))
        assert asked[0] == asked[1] <= 13


class TestTryAgain:
    def test_sends_what_was_given_up_with_the_next_run(self, administrator, signed_in, mailoutbox, monkeypatch):
        mail = queued(state=State.GIVEN_UP, attempts=12, doubts=4, gives_up_at=timezone.now())
        monkeypatch.setattr("notices.sending.mail_server", lambda: None)
        client = signed_in(administrator)
        page = BeautifulSoup(client.get(reverse("mail_not_sent")).content, "html.parser")
        form = page.find("form", action=reverse("try_mail_again", args=[mail.pk]))
        assert form.find("input", {"name": "csrfmiddlewaretoken"})["value"]
        answer = client.post(form["action"], follow=True)
        assert f"The message to {mail.to} is tried again" in answer.content.decode()
        mail.refresh_from_db()
        assert (mail.state, mail.attempts, mail.doubts, mail.gives_up_at) == (State.WAITING, 0, 0, None)
        assert send_due(now=timezone.now() + timedelta(seconds=1)) == 1
        assert [message.body for message in mailoutbox] == ["Secret words"]

    def test_of_a_message_that_has_gone_out_sends_nothing(self, administrator, signed_in):
        queued("waits@hub.example")
        mail = queued(state=State.SENT, sent_at=timezone.now())
        answer = signed_in(administrator).post(reverse("try_mail_again", args=[mail.pk]), follow=True)
        assert "has gone out already" in answer.content.decode()
        assert not OutgoingMail.objects.due(timezone.now()).exists()
        assert not OutgoingMail.objects.due(timezone.now() + timedelta(days=1)).filter(pk=mail.pk).exists()

    @pytest.mark.parametrize("number", [0, 987654, 10**30])
    def test_of_a_message_that_is_not_there_is_not_found(self, administrator, signed_in, number):
        assert signed_in(administrator).post(f"/admin/reports/mail/{number}/try-again/").status_code == 404

    def test_needs_a_press(self, administrator, signed_in):
        assert signed_in(administrator).get(reverse("try_mail_again", args=[queued().pk])).status_code == 303
