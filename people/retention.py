"""How far back the hub remembers people: months as settings and rules of kinds give them."""

from datetime import datetime, timedelta

DAYS_OF_A_MONTH = 30.44


def months_before(now: datetime, months: int) -> datetime:
    """What is older than this is forgotten, where it is kept for so many months."""
    return now - timedelta(days=months * DAYS_OF_A_MONTH)
