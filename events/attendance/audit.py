"""Who took a list along, or looked at what people asked for: numbers of rows, never names."""

import logging
from datetime import datetime

from events.models import Session
from people.models import User

logger = logging.getLogger("hub.audit")


def noted(what: str, *, session: Session, by: User, rows: int, now: datetime) -> None:
    """One line for whoever has to answer, later, who has seen it."""
    logger.info("%s at=%s session=%s by=%s rows=%s", what, now.isoformat(timespec="seconds"), session.pk, by.pk, rows)
