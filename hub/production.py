"""What a hub in production must not start with: no mail, any name, no https, a key that can be guessed. Pure."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

SHORTEST_KEY, FEWEST_SIGNS = 50, 10
MAIL_THAT_ARRIVES = "django.core.mail.backends.smtp.EmailBackend"


def unsafe(*, secret_key: str, allowed_hosts: Sequence[str], base_url: str, mail_backend: str) -> Iterator[str]:
    """Everything that is wrong, each with the name of its variable and what to do."""
    if len(secret_key) < SHORTEST_KEY or len(set(secret_key)) < FEWEST_SIGNS:
        yield f"SECRET_KEY must be {SHORTEST_KEY} random characters or more: it signs sessions and password resets."
    for host in allowed_hosts:
        if "*" in host or not host.strip(". ") or "/" in host:
            yield f"ALLOWED_HOSTS holds {host!r}: name the hosts that people type, such as hub.council.example."
    yield from _unsafe_address(urlsplit(base_url), allowed_hosts)
    if mail_backend != MAIL_THAT_ARRIVES:
        yield "EMAIL_URL must name a mail server (smtp://, smtp+tls:// or smtp+ssl://): other mail reaches nobody."


def _unsafe_address(address, allowed_hosts: Sequence[str]) -> Iterator[str]:
    if address.scheme != "https":
        yield "BASE_URL must begin with https://: people sign in, and links in mail lead there."
    if address.path or address.query:
        yield "BASE_URL must end with the host, without a slash: addresses are put behind it."
    if not any(_names(host.strip(), address.hostname or "") for host in allowed_hosts):
        yield "BASE_URL must be at one of ALLOWED_HOSTS, or the hub refuses the links that it sends."


def _names(allowed: str, host: str) -> bool:
    return host == allowed.lower() or (allowed.startswith(".") and f".{host}".endswith(allowed.lower()))
