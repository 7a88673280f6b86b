"""The list of forms for those who may see results."""

from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from feedback.honest_numbers import Share
from feedback.models import Survey
from feedback.results import need_counts, what_bases_lack
from feedback.surveys import with_response
from pages.lists.address import Address, page_numbers, query_string

ON_A_PAGE = 30


class SurveyList:
    """Newest first, each with how many answered of how many."""

    def __init__(self, parameters: dict[str, list[str]], now: datetime):
        self.now, self.today = now, timezone.localdate(now)
        address = Address(parameters)
        self.number = address.whole_number("page", "Page", 1, 9_999_999) or 1
        self.ignored = address.ignored

    fewest = settings.HUB_FEWEST_ANSWERS

    @cached_property
    def pages(self):
        last = max(1, -(-Survey.objects.count() // ON_A_PAGE))
        base = reverse("surveys")
        return page_numbers(min(self.number, last), last, lambda n: base + query_string({"page": [n if n > 1 else ""]}))

    @cached_property
    def needs(self) -> list[tuple[str, int]]:
        """What people want to learn next, named in forms of the last twelve months."""
        since = self.today - timedelta(days=365)
        return need_counts(Survey.objects.filter(held_on__gte=since))

    @cached_property
    def rows(self) -> list[dict]:
        start = (self.pages.number - 1) * ON_A_PAGE
        counted = with_response(Survey.objects.all())
        shown = list(counted[start : start + ON_A_PAGE])
        lacks = what_bases_lack(shown, self.now)
        return [
            {"survey": one, "share": Share(one.answered, one.asked), "lacks": lacks.get(one.pk, "")} for one in shown
        ]
