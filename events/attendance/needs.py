"""What people asked to be provided: by name for the organiser, and for the caterer as counts without names."""

import re
from collections import Counter
from functools import cached_property

from django.conf import settings

from events.booking.discretion import keeps_names
from events.models import Booking, Provision, Session
from events.states import HELD
from pages.wording import counted


class Needs:
    """Of everybody with a place, or with an offer of one. Two queries."""

    def __init__(self, session: Session):
        self.session = session

    @cached_property
    def people(self) -> list[Booking]:
        """Who asked for something, in the order of a list."""
        asked = self.session.bookings.filter(state__in=HELD, person__isnull=False, provision__isnull=False)
        asked = asked.exclude(provision__access="", provision__food="").select_related("person__team", "provision")
        by_name = ("person__last_name", "person__first_name", "pk")
        # Without names, in an order that tells none.
        return list(asked.order_by(*(by_name if self.keeps_names else ("key",))))

    @cached_property
    def food(self) -> list[str]:
        """3 × Vegetarian: the most wanted first. What differs only in capitals, blanks or a full stop is the same."""
        words, tally = {}, Counter()
        given = Provision.objects.filter(booking__session=self.session, booking__state__in=HELD).exclude(food="")
        for text in given.order_by("pk").values_list("food", flat=True):
            plain = re.sub(r"\s+", " ", text).strip(" .,;")
            if plain:
                words.setdefault(plain.casefold(), plain)
                tally[plain.casefold()] += 1
        return [f"{number} × {words[key]}" for key, number in sorted(tally.items(), key=lambda row: (-row[1], row[0]))]

    @cached_property
    def keeps_names(self) -> bool:
        return keeps_names(self.session)

    @property
    def days_kept(self) -> int:
        """After the last date (see `events/booking/retention.py`)."""
        return settings.HUB_PROVISION_DAYS

    @property
    def words(self) -> str:
        return f"{counted(len(self.people), 'person', 'people')} asked for something."
