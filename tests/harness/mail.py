"""A mail server on this machine that keeps what it is sent."""

import socket
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest


class Letterbox:
    """What has arrived, oldest first.

    `refuse` makes the server answer with that line instead of taking a letter; people in `unknown` it does not know.
    """

    def __init__(self):
        self.letters: list[EmailMessage] = []
        self.refuse = ""
        self.unknown: set[str] = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.unknown:
            return "550 Nobody has this address"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.refuse:
            return self.refuse
        letter = message_from_bytes(envelope.content, policy=policy.default)
        letter["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.letters.append(letter)
        return "250 Message accepted"


@pytest.fixture
def letterbox(settings):
    """A running mail server that the hub's outbox is emptied to, as `EMAIL_URL` would say."""
    from aiosmtpd.controller import Controller
    from environ import Env

    box = Letterbox()
    controller = Controller(box, hostname="127.0.0.1", port=spare_port())
    controller.start()
    settings.MAIL_SERVER = Env.email_url_config(f"smtp://127.0.0.1:{controller.port}")
    # Tests otherwise catch mail before it reaches the outbox.
    settings.EMAIL_BACKEND = "notices.backend.OutboxEmailBackend"
    yield box
    controller.stop()


def spare_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
