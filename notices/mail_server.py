"""The mail server: spoken to by the clock, and left to rest while it does not answer.

A server may take a connection and say nothing, say a letter of its answer every few seconds, or drop the line. None of
these keeps the hub waiting longer than `LETTER_SECONDS`, and no transaction is open meanwhile (see notices/sending.py).
"""

import contextlib
import smtplib
import socket
from datetime import datetime, timedelta
from functools import partial
from threading import Timer

from django.conf import settings
from django.core.cache import cache
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend

ANSWER_SECONDS = 10
"""For one answer of the server."""
LETTER_SECONDS = 30
"""For one letter as a whole, however the server spreads its answers."""
LONGEST_REST = timedelta(minutes=5)
NOT_NOW, NEVER = 421, 500
"""What a server says when it closes (RFC 5321, 4.2.1), and from which code on it means never."""
OF_THE_LETTER = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError)


def mail_server():
    """A connection to where the outbox is emptied to, as `EMAIL_URL` says: a mail server, the console, a folder."""
    server = settings.MAIL_SERVER
    backend = server["EMAIL_BACKEND"]
    if backend.endswith("smtp.EmailBackend"):
        return Conversation(
            host=server["EMAIL_HOST"],
            port=server["EMAIL_PORT"],
            username=server["EMAIL_HOST_USER"],
            password=server["EMAIL_HOST_PASSWORD"],
            use_tls=server.get("EMAIL_USE_TLS", False),
            use_ssl=server.get("EMAIL_USE_SSL", False),
            timeout=ANSWER_SECONDS,
        )
    if backend.endswith("filebased.EmailBackend"):
        return get_connection(backend, file_path=server["EMAIL_FILE_PATH"])
    return get_connection(backend)


class InDoubt(smtplib.SMTPServerDisconnected):
    """The server had the letter and did not say that it took it: it may arrive, and it may not."""


class Line:
    """Shows itself before it is opened, so that even a greeting that never ends can be ended."""

    def __init__(self, *args, shown_to, **options):
        shown_to(self)
        super().__init__(*args, **options)

    def data(self, msg):
        """Whoever looks into a letter before taking it needs more than an answer’s time; asked again, they have two."""
        self.sock.settimeout(LETTER_SECONDS)
        try:
            return super().data(msg)
        except smtplib.SMTPResponseException:
            raise
        except OSError as error:
            raise InDoubt("No answer after the letter") from error
        finally:
            if self.sock:
                self.sock.settimeout(self.timeout)


class PlainLine(Line, smtplib.SMTP):
    pass


class SecureLine(Line, smtplib.SMTP_SSL):
    pass


class Conversation(EmailBackend):
    """Django's SMTP over one line for many letters, which is cut when the time of a letter is over."""

    line: Line | None = None

    @property
    def connection_class(self):
        return partial(SecureLine if self.use_ssl else PlainLine, shown_to=partial(setattr, self, "line"))

    @contextlib.contextmanager
    def at_most(self, seconds: float):
        """Cut the line if what happens inside takes longer."""
        watch = Timer(seconds, self.cut)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def cut(self) -> None:
        """End it without a word: whoever waits for an answer has an error at once."""
        if found := getattr(self.line, "sock", None):
            with contextlib.suppress(OSError):
                # Of the plain socket: that of TLS would say goodbye first, and wait for the answer.
                socket.socket.shutdown(found, socket.SHUT_RDWR)

    def forget(self) -> None:
        """The next letter begins with a new line; a server at fault is not asked to say goodbye."""
        self.cut()
        for opened in (self.connection, self._partial_connection):
            if opened:
                opened.close()
        self.connection = self._partial_connection = None


def hand_over(message, connection) -> None:
    """Give a letter to the mail server, over the line that is open. Raises what went wrong."""
    if not isinstance(connection, Conversation):
        message.send()
        return
    try:
        with connection.at_most(LETTER_SECONDS):
            connection.open()
            message.send()
    except Exception as error:
        if is_servers_fault(error):
            connection.forget()
        raise


def hang_up(connection) -> None:
    """Say goodbye, where there is somebody to say it to."""
    if isinstance(connection, Conversation):
        with contextlib.suppress(OSError), connection.at_most(ANSWER_SECONDS):
            connection.close()


def is_servers_fault(error: Exception) -> bool:
    """Whether the next letter would fare no better: nobody answers, or nobody is let in."""
    if isinstance(error, OF_THE_LETTER):
        return getattr(error, "smtp_code", 0) == NOT_NOW
    return isinstance(error, OSError)


def is_final(error: Exception) -> bool:
    """Whether the mail server says that there is no such address: trying again would change nothing."""
    refused = error.recipients.values() if isinstance(error, smtplib.SMTPRecipientsRefused) else ()
    return bool(refused) and all(code >= NEVER for code, _ in refused)


def rests(now: datetime) -> bool:
    """Whether the mail server is left alone at this moment, since it did not answer lately."""
    until = cache.get(_key(), (0, now))[1]
    # Not longer than the longest: `run_jobs --at` may have been there at a moment that is still to come.
    return timedelta(0) < until - now <= LONGEST_REST


def let_rest(now: datetime) -> None:
    """Leave the server alone for a while, each time twice as long."""
    times = cache.get(_key(), (0, now))[0]
    rest = min(timedelta(seconds=15 * 2**times), LONGEST_REST)
    cache.set(_key(), (min(times + 1, 10), now + rest), 3600)


def answers_again() -> None:
    """The server took a letter: nothing is held against it."""
    cache.delete(_key())


def _key() -> str:
    server = settings.MAIL_SERVER
    return f"mail-server-rests:{server.get('EMAIL_HOST', '')}:{server.get('EMAIL_PORT', '')}"
