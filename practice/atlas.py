"""The whole practice vocabulary in memory: some 250 rows that every page needs and almost nobody changes.

Read once for each edition (see `practice.editions`) and kept by the process. Everything here is plain data: looking up
an item, its neighbours or its equivalents costs no query.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from practice.editions import VOCABULARY, Kept, read
from practice.models import (
    Crosswalk,
    Family,
    Framework,
    Item,
    PracticeModel,
    ShownModelSettings,
    Standard,
    Term,
    Vocabulary,
)


@dataclass
class Atlas:
    """Every record by its key, in the order editors gave. Treat it as read-only: all requests share it."""

    models: dict[int, PracticeModel] = field(default_factory=dict)
    families: dict[int, Family] = field(default_factory=dict)
    items: dict[int, Item] = field(default_factory=dict)
    equivalents: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    frameworks: dict[int, Framework] = field(default_factory=dict)
    standards: dict[int, Standard] = field(default_factory=dict)
    terms: dict[int, Term] = field(default_factory=dict)
    shown_by_site: dict[int, int | None] = field(default_factory=dict)

    @cached_property
    def _items_by_family(self) -> dict[int, list[Item]]:
        return _gathered(self.items.values(), lambda item: item.family_id)

    @cached_property
    def _items_by_model(self) -> dict[int, list[Item]]:
        """In reading order: family by family."""
        return {
            model: [
                item for family in self.families.values() if family.model_id == model for item in self.items_of(family)
            ]
            for model in self.models
        }

    @cached_property
    def _terms_by_vocabulary(self) -> dict[str, list[Term]]:
        return _gathered(self.terms.values(), lambda term: term.vocabulary)

    def shown_model(self, site_id: int | None = None) -> PracticeModel | None:
        """The model that this site shows: the one chosen in the settings, or else the first there is."""
        chosen = self.shown_by_site.get(site_id) if site_id else next(iter(self.shown_by_site.values()), None)
        return self.models.get(chosen) or next(iter(self.models.values()), None)

    def model_by_slug(self, slug: str) -> PracticeModel | None:
        return next((model for model in self.models.values() if model.slug == slug), None)

    def families_of(self, model: PracticeModel) -> list[Family]:
        return [family for family in self.families.values() if family.model_id == model.pk]

    def items_of(self, family: Family) -> list[Item]:
        return self._items_by_family.get(family.pk, [])

    def items_of_model(self, model: PracticeModel) -> list[Item]:
        """The model's items in reading order: family by family."""
        return self._items_by_model.get(model.pk, [])

    def model_of(self, item: Item) -> PracticeModel:
        return self.models[self.families[item.family_id].model_id]

    def item_by_code(self, code: str) -> Item | None:
        return next((item for item in self.items.values() if item.code == code.upper()), None)

    def equivalents_of(self, item: Item) -> list[Item]:
        """The items of other models that ask for the same thing."""
        return [self.items[pk] for pk in self.equivalents.get(item.pk, ())]

    def neighbours(self, item: Item) -> tuple[Item | None, Item | None]:
        """The items before and after this one in its family."""
        row = self.items_of(self.families[item.family_id])
        place = row.index(item)
        return row[place - 1] if place else None, row[place + 1] if place + 1 < len(row) else None

    def terms_of(self, vocabulary: Vocabulary) -> list[Term]:
        return self._terms_by_vocabulary.get(vocabulary, [])

    def term_by_slug(self, vocabulary: Vocabulary, slug: str) -> Term | None:
        return next((term for term in self.terms_of(vocabulary) if term.slug == slug), None)

    def answers_to(self, item_ids: set[int], model: PracticeModel) -> list[Item]:
        """The items of `model` that a page aligned to `item_ids` answers to, in the model's order.

        What its editor chose in this model is what it answers to. Only a page with nothing in this model is carried
        over through equivalent items, so that work aligned to one model is still found under another.
        """
        row = self.items_of_model(model)
        if chosen := [item for item in row if item.pk in item_ids]:
            return chosen
        reached = {other for pk in item_ids for other in self.equivalents.get(pk, ())}
        return [item for item in row if item.pk in reached]


def _gathered(records, key) -> dict:
    """Records in lists by a key, each list in the order of the records."""
    lists = defaultdict(list)
    for record in records:
        lists[key(record)].append(record)
    return dict(lists)


def _load() -> Atlas:
    atlas = Atlas(
        models={row.pk: row for row in PracticeModel.objects.all()},
        families={row.pk: row for row in Family.objects.all()},
        items={row.pk: row for row in Item.objects.all()},
        terms={row.pk: row for row in Term.objects.all()},
        shown_by_site=dict(ShownModelSettings.objects.values_list("site_id", "model_id")),
    )
    for row in Standard.objects.select_related("framework").order_by("framework__sort_order", "sort_order"):
        atlas.standards[row.pk] = row
        atlas.frameworks[row.framework_id] = row.framework
    for item, other in Crosswalk.objects.values_list("item_id", "equivalent_id"):
        atlas.equivalents[item].append(other)
        atlas.equivalents[other].append(item)
    return atlas


_kept = Kept(_load)


def atlas(edition: int | None) -> Atlas:
    """The vocabulary as of this edition, from memory when this process has it already."""
    return _kept.get(edition)


def atlas_now() -> Atlas:
    """The vocabulary as it stands, for code that has no request: one query to ask for the edition."""
    return atlas(read().get(VOCABULARY))
