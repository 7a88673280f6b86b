"""What pages carry: their items, terms and standards, for any number of pages in one query."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import CharField, Value

from pages.models.hub_page import HubPage


@dataclass
class Carried:
    """The keys of what one page is aligned to and described by."""

    items: set[int] = field(default_factory=set)
    terms: set[int] = field(default_factory=set)
    standards: set[int] = field(default_factory=set)


RELATIONS = {
    "items": (HubPage.items.through, "item_id"),
    "terms": (HubPage.terms.through, "term_id"),
    "standards": (HubPage.standards.through, "standard_id"),
}


def carried_by(pages) -> dict[int, Carried]:
    """Page key to what it carries; `pages` are keys or a query set of them."""
    rows = [
        through.objects.filter(hubpage_id__in=pages)
        .annotate(relation=Value(name, output_field=CharField()))
        .values_list("relation", "hubpage_id", column)
        for name, (through, column) in RELATIONS.items()
    ]
    found: dict[int, Carried] = defaultdict(Carried)
    for relation, page_id, key in rows[0].union(*rows[1:], all=True):
        getattr(found[page_id], relation).add(key)
    return found


def carried_in_memory(page: HubPage) -> Carried:
    """What a page carries as it stands in memory: a draft being previewed may differ from what is stored."""
    return Carried(
        items={item.pk for item in page.items.all()},
        terms={term.pk for term in page.terms.all()},
        standards={standard.pk for standard in page.standards.all()},
    )
