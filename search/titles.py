"""Plain search: every word somewhere in the title or the purpose."""

from functools import cached_property

from django.db.models import Case, IntegerField, Q, Value, When

from pages import cards
from pages.address import Address, page_numbers, query_string
from pages.models import HubPage

ON_A_PAGE = 20
MOST_WORDS = 12


class TitleSearch:
    """One search: what was typed, what was found, and what was ignored."""

    def __init__(self, request):
        self.hub, self.base = request.hub, request.path
        address = Address(dict(request.GET.lists()))
        self.q = address.text("q")
        self.number = address.whole_number("page", "Page", 1, 9_999_999) or 1
        self.ignored = address.ignored

    @cached_property
    def _found(self):
        words = self.q.split()[:MOST_WORDS]
        if not words:
            return HubPage.objects.none()
        pages = self.hub.readable(HubPage.objects).filter(depth__gt=2)
        for word in words:
            pages = pages.filter(Q(title__icontains=word) | Q(summary__icontains=word))
        in_title = Q(*[("title__icontains", word) for word in words])
        rank = Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField())
        return pages.order_by(rank, "title")

    @cached_property
    def total(self) -> int:
        return self._found.count()

    @property
    def message(self) -> str:
        if not self.q:
            return "Type a word or two from a title, such as “feelings” or “family tree”."
        return "" if self.total else "Nothing has all of these words in its title or purpose."

    @cached_property
    def pages(self):
        last = max(1, -(-self.total // ON_A_PAGE))
        number = min(self.number, last)
        return page_numbers(
            number, last, lambda other: self.base + query_string({"q": [self.q], "page": [] if other == 1 else [other]})
        )

    @cached_property
    def shown_cards(self) -> list:
        start = (self.pages.number - 1) * ON_A_PAGE
        return cards.cards(self.hub, self._found[start : start + ON_A_PAGE])
