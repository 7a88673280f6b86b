"""A page that editors put in a second place (Wagtail's alias) is met once in every list: at its own place where the
reader may go there, else at the first other place that they may. The rule as a query, and over sets kept as bits.
"""

from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, QuerySet

from pages.visibility.readers import Reader


def without_second_places(pages: QuerySet, reader: Reader) -> QuerySet:
    """Of pages that this reader may open, each once."""
    if not reader.signed_in or not reader.closed:
        # Their own places are closed to nobody who may open the other ones.
        return pages.filter(alias_of=None)
    may_open = pages.model._default_manager.in_use(reader.today).seen_by(reader)
    own = may_open.filter(pk=OuterRef("alias_of"))
    earlier = may_open.filter(alias_of=OuterRef("alias_of"), pk__lt=OuterRef("pk"))
    return pages.exclude(Exists(own)).exclude(Exists(earlier))


def second_places(visible: int, *, aliases: Iterable[tuple[int, int]], place_of: Mapping[int, int]) -> list[int]:
    """Which bits of a set are places where its reader need not meet a page again.

    `aliases` gives the bit of each second place and the key of the page that it repeats, in their order; `place_of` the
    bit of a page's own place.
    """
    seen, second = set(), []
    bits = visible.to_bytes((visible.bit_length() + 7) // 8 + 1, "little")

    def is_visible(place: int) -> bool:
        return place >> 3 < len(bits) and bool(bits[place >> 3] >> (place & 7) & 1)

    for place, original in aliases:
        if is_visible(place):
            own = place_of.get(original)
            if original in seen or (own is not None and is_visible(own)):
                second.append(place)
            seen.add(original)
    return second
