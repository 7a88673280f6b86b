"""What has to hold before anybody books: without it SQLite would refuse nine in ten at nine o'clock, or overbook."""

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.database)
def transactions_begin_as_writers(app_configs, databases=None, **kwargs) -> list[Error]:
    """The gate's lock on SQLite is the write lock that a transaction takes when it begins."""
    database = settings.DATABASES["default"]
    mode = database.get("OPTIONS", {}).get("transaction_mode")
    if not database["ENGINE"].endswith("sqlite3") or mode == "IMMEDIATE":
        return []
    words = "On SQLite, transactions have to begin as writers, or sessions are overbooked."
    hint = 'Set OPTIONS["transaction_mode"] to "IMMEDIATE" for the default database.'
    return [Error(words, hint=hint, id="events.E001")]
