"""What stands on the practice pages: families with counts, and shelves of everything aligned to an item or method."""

from collections import defaultdict

from django.utils.functional import SimpleLazyObject

from pages.lists.address import query_string
from pages.lists.cards import cards, chip, model_address
from pages.lists.listed import LISTED, term_address
from pages.models.hub_page import HubPage
from pages.wording import counted, day
from practice.models import Item, PracticeModel, Term, Vocabulary

Lazily = SimpleLazyObject
"""A value that is worked out when the template first asks for it, so that a cached part of a page costs nothing."""

MOST_ON_A_SHELF = 24


def _carriers(hub, through, key: str) -> dict[int, set[int]]:
    """Which pages that this reader may see carry each record of a relation: one query."""
    seen = hub.readable_once(HubPage.objects.all()).values("pk")
    carriers = defaultdict(set)
    for page_id, record_id in through.objects.filter(hubpage_id__in=seen).values_list("hubpage_id", key):
        carriers[record_id].add(page_id)
    return carriers


def _pages_text(pages: set[int]) -> str:
    return counted(len(pages), "page") if pages else "No pages yet"


def family_tiles(hub, model: PracticeModel) -> list[dict]:
    """The model's families with the number of items in each and of pages aligned to any of them."""
    carriers = _carriers(hub, HubPage.items.through, "item_id")
    tiles = []
    for family in hub.atlas.families_of(model):
        items = hub.atlas.items_of(family)
        tiles.append(
            {
                "name": family.name,
                "gloss": family.gloss,
                "url": f"{model_address(model)}#{family.slug}",
                "hue": family.hue,
                "items_text": counted(len(items), "item"),
                "tools_text": counted(len(set().union(*(carriers[item.pk] for item in items))), "page"),
            }
        )
    return tiles


def models_shown_first(hub) -> list[dict]:
    """Every model with its families, the one that this council works by first."""
    shown = hub.shown_model
    models = sorted(hub.atlas.models.values(), key=lambda model: model != shown)
    return [
        {
            "name": model.name,
            "gloss": model.gloss,
            "url": model_address(model),
            "shown": model == shown,
            "families": family_tiles(hub, model),
        }
        for model in models
    ]


def frameworks(hub) -> list[dict]:
    """The national frameworks with their headings, and from when or until when each holds."""
    rows = []
    for framework in hub.atlas.frameworks.values():
        headings = [row.label for row in hub.atlas.standards.values() if row.framework_id == framework.pk]
        valid = ""
        if framework.valid_from and framework.valid_from > hub.today:
            valid = f"Applies from {day(framework.valid_from)}"
        elif framework.valid_to:
            valid = f"{'Applied' if framework.valid_to < hub.today else 'Applies'} until {day(framework.valid_to)}"
        rows.append({"name": f"{framework.name} ({framework.short_name})", "headings": headings, "valid": valid})
    return rows


def families_with_items(hub, model_id: int) -> list[dict]:
    """The families of a model, each with its items in order and how much is aligned to each."""
    carriers = _carriers(hub, HubPage.items.through, "item_id")
    model = hub.atlas.models[model_id]
    return [
        {
            "name": family.name,
            "slug": family.slug,
            "gloss": family.gloss,
            "hue": family.hue,
            "items": [
                {
                    "code": item.code,
                    "label": item.label,
                    "gloss": item.gloss,
                    "url": chip(item, family, model).url,
                    "count_text": _pages_text(carriers[item.pk]),
                }
                for item in hub.atlas.items_of(family)
            ],
        }
        for family in hub.atlas.families_of(model)
    ]


def other_models(hub, model_id: int) -> list[dict]:
    return [
        {"name": model.name, "url": model_address(model)} for model in hub.atlas.models.values() if model.pk != model_id
    ]


def shelves(hub, pages, asked: dict[str, list]) -> list[dict]:
    """The pages as shelves, one a type: its kind in the plural, how many, the first cards by title, where all are.

    `asked` is what the pages have in common as address parameters, for types that can be browsed by it.
    """
    by_type: dict[int, list[int]] = {}
    rows = hub.readable_once(pages).order_by("title").values_list("content_type_id", "pk")
    for content_type, pk in rows:
        by_type.setdefault(content_type, []).append(pk)
    shown = [pk for keys in by_type.values() for pk in keys[:MOST_ON_A_SHELF]]
    found = HubPage.objects.in_bulk(shown)
    made = dict(zip(shown, cards(hub, [found[pk] for pk in shown]), strict=True))
    shelves = []
    for keys in by_type.values():
        page_type = found[keys[0]].specific_class or HubPage
        more = page_type.browsed_at + query_string(asked) if page_type.browsed_at else ""
        shelves.append(
            {
                "kind": page_type.kinds(),
                "total": len(keys),
                "cards": [made[pk] for pk in keys[:MOST_ON_A_SHELF]],
                "url": more if len(keys) > MOST_ON_A_SHELF else "",
            }
        )
    return shelves


def described_by(hub, term: Term) -> list[dict]:
    """Everything that carries the term, whatever its type."""
    return shelves(hub, HubPage.objects.described_by([term.pk]), {term.vocabulary: [term.slug]})


def beside(row: list, record) -> tuple:
    """What stands before and after a record in its row; `None` at an end."""
    place = row.index(record)
    return (row[place - 1] if place else None), (row[place + 1] if place + 1 < len(row) else None)


def vocabularies(hub, address: str) -> list[dict]:
    """The vocabularies that have a list of their own: what each is called and for, where it is, how many terms."""
    return [
        {
            "title": listed.title,
            "purpose": listed.purpose,
            "url": f"{address}{listed.slug}/",
            "total": len(hub.atlas.terms_of(vocabulary)),
        }
        for vocabulary, listed in LISTED.items()
    ]


def term_links(hub, vocabulary: Vocabulary, address: str) -> list[dict]:
    """The terms of a vocabulary in the editors' order, with how many pages carry each."""
    carriers = _carriers(hub, HubPage.terms.through, "term_id")
    return [
        {
            "label": term.label,
            "gloss": term.gloss,
            "url": term_address(address, term),
            "count_text": _pages_text(carriers[term.pk]),
        }
        for term in hub.atlas.terms_of(vocabulary)
    ]


def item_context(hub, item: Item) -> dict:
    """All that an item's page shows, worked out when it is drawn."""
    atlas = hub.atlas
    family, model = atlas.families[item.family_id], atlas.model_of(item)
    before, after = beside(atlas.items_of(family), item)

    def linked(other: Item | None) -> dict | None:
        return other and {"title": f"{other.code} {other.label}", "url": chip(other, family, model).url}

    def chip_of(other: Item):
        return chip(other, atlas.families[other.family_id], atlas.model_of(other))

    equivalents = atlas.equivalents_of(item)

    def through() -> list[dict]:
        """What is aligned to an equivalent item and not to this one."""
        rows = []
        for other in equivalents:
            pages = HubPage.objects.aligned_to([other.pk]).exclude(
                pk__in=HubPage.objects.aligned_to([item.pk]).values("pk")
            )
            found = list(hub.readable_once(pages).order_by("title")[:MOST_ON_A_SHELF])
            if found:
                rows.append({"chip": chip_of(other), "pages": found})
        made = {card.url: card for card in cards(hub, [page for row in rows for page in row["pages"]])}
        return [{"chip": row["chip"], "cards": [made[page.address] for page in row["pages"]]} for row in rows]

    expired = (
        "" if item.is_current(hub.today) else "This item is no longer in use. It is kept for what was aligned to it."
    )
    return {
        "item": chip(item, family, model).__dict__ | {"gloss": item.gloss},
        "family": {"name": family.name, "url": f"{model_address(model)}#{family.slug}"},
        "model": {"name": model.name, "url": model_address(model)},
        "description": item.description,
        "shelves": Lazily(lambda: shelves(hub, HubPage.objects.aligned_to([item.pk]), {"item": [item.code]})),
        "equivalents": [{"chip": chip_of(other), "model_name": atlas.model_of(other).name} for other in equivalents],
        "through": Lazily(through),
        "previous": linked(before),
        "next": linked(after),
        "expired": expired,
    }
