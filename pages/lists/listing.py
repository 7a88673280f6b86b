"""The pages below an index, as its reader asks for them: of which kind, in which order, which page of the list."""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F
from django.db.models.functions import Lower
from django.utils.text import slugify

from pages.lists import cards
from pages.lists.address import Address, page_numbers, query_string
from pages.lists.cards import Card
from pages.models.hub_page import HubPage
from pages.wording import counted

ON_A_PAGE = 24
SORTS = {
    "title": ("A to Z", [Lower("title")]),
    "newest": ("Newest first", [F("first_published_at").desc(nulls_last=True)]),
}


class Listing:
    """One look at an index for one address."""

    # What its pages can be narrowed by: the address parameter, and what that is called.
    narrowed_by = ("kind", "Kind")
    # Address parameters of a section's own, kept in every link.
    kept: Mapping[str, str] = MappingProxyType({})
    # The order in which they stand when none is asked for.
    first_sort = "title"

    def __init__(self, page, request):
        self.page, self.hub = page, request.hub
        address = Address(dict(request.GET.lists()))
        self.kind = address.choice(*self.narrowed_by, {slug for slug, _ in self._kinds.values()}, "")
        self.sort = address.choice("sort", "Order", set(SORTS), self.first_sort)
        self.number = address.whole_number("page", "Page", 1, 9_999_999) or 1
        self.ignored = address.ignored

    @cached_property
    def _kinds(self) -> dict[int, tuple[str, type[HubPage]]]:
        """Content type to slug and page type, for the kinds of page that may stand here."""
        kinds = {}
        for page_type in type(self.page).allowed_subpage_models():
            kinds[ContentType.objects.get_for_model(page_type).pk] = (slugify(page_type.kind), page_type)
        return kinds

    @cached_property
    def _readable(self):
        return self.hub.readable(HubPage.objects.child_of(self.page))

    @cached_property
    def _totals(self) -> dict[int, int]:
        """Content type to how many of its pages this reader may open."""
        rows = self._readable.order_by().values_list("content_type_id").annotate(Count("pk"))
        return {content_type: total for content_type, total in rows if content_type in self._kinds}

    @cached_property
    def _chosen_types(self) -> list[int]:
        return [key for key, (slug, _) in self._kinds.items() if self.kind in ("", slug)]

    @property
    def total(self) -> int:
        return sum(self._totals.get(key, 0) for key in self._chosen_types)

    @property
    def is_narrowed(self) -> bool:
        """Whether the reader asked for less than everything."""
        return bool(self.kind or any(self.kept.values()))

    @property
    def shown_text(self) -> str:
        everything = counted(sum(self._totals.values()), *self.page.counted_as)
        return f"{self.total:,} of {everything}" if self.kind else everything

    def _url(self, **changed) -> str:
        name, _ = self.narrowed_by
        kind = changed.pop("kind", self.kind)
        asked = {name: kind, "sort": "" if self.sort == self.first_sort else self.sort, **self.kept, **changed}
        return self.page.address + query_string({name: [value] for name, value in asked.items()})

    @property
    def key(self) -> str:
        """The look as one string, however its address was written: what its rendering is kept under."""
        return self._url(page=self.number)

    @property
    def pills(self) -> list[dict]:
        """One for each kind that is there; none where all are of one kind."""
        there = [(key, *self._kinds[key]) for key in self._kinds if key in self._totals]
        if len(there) < 2:
            return []
        everything = {"label": "All", "url": self._url(kind=""), "chosen": not self.kind}
        return [
            everything,
            *(
                {
                    "label": f"{page_type.kinds()} {self._totals[key]:,}",
                    "url": self._url(kind="" if slug == self.kind else slug),
                    "chosen": slug == self.kind,
                }
                for key, slug, page_type in there
            ),
        ]

    @property
    def show_kind(self) -> bool:
        return len(self._kinds) > 1

    @property
    def sort_options(self) -> list[dict]:
        if self.total < 2:
            return []
        return [
            {
                "label": label,
                "url": self._url(sort="" if name == self.first_sort else name),
                "chosen": name == self.sort,
            }
            for name, (label, _) in SORTS.items()
        ]

    @property
    def _last_page(self) -> int:
        return max(1, -(-self.total // ON_A_PAGE))

    @cached_property
    def pages(self):
        number = min(self.number, self._last_page)
        return page_numbers(number, self._last_page, lambda other: self._url(page="" if other == 1 else other))

    @property
    def beyond(self) -> str:
        """What to say when the page asked for lies past the last one."""
        if self.number <= self._last_page:
            return ""
        return f"There is no page {self.number:,}, so this is page {self._last_page:,}, the last."

    @property
    def _chosen(self):
        """The pages of the kinds asked for."""
        return self._readable.filter(content_type__in=self._chosen_types)

    @cached_property
    def cards(self) -> list[Card]:
        start = (self.pages.number - 1) * ON_A_PAGE
        rows = list(self._chosen.order_by(*SORTS[self.sort][1], "path")[start : start + ON_A_PAGE])
        return [self.told(card, page) for card, page in zip(cards.cards(self.hub, rows), rows, strict=True)]

    def told(self, card: Card, page: HubPage) -> Card:
        """The card with what only pages of this section have to say on it."""
        return card
