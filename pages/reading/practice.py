"""What a reader of the practice pages sees: a model, an item, the terms that have a page each. Drawn late."""

from django.http import Http404

from pages.lists.cards import item_address
from pages.lists.listed import LISTED, term_address
from pages.reading import shelves
from pages.reading.shelves import Lazily
from practice.models import Item, Vocabulary


class PracticeReading:
    """The practice model as one reader sees it."""

    def __init__(self, page, request):
        self.page, self.hub = page, request.hub

    @property
    def here(self) -> dict:
        return {"title": self.page.title, "url": self.page.address}

    def parts(self) -> dict:
        return {
            "models": Lazily(lambda: shelves.models_shown_first(self.hub)),
            "frameworks": Lazily(lambda: shelves.frameworks(self.hub)),
            "vocabularies": shelves.vocabularies(self.hub, self.page.address),
        }

    def terms(self, vocabulary: Vocabulary) -> dict:
        """A vocabulary whose terms have a page each."""
        return {
            "crumbs": [self.here],
            "listed": LISTED[vocabulary],
            "links": Lazily(lambda: shelves.term_links(self.hub, vocabulary, self.page.address)),
        }

    def term(self, vocabulary: Vocabulary, slug: str) -> dict:
        """One term, its neighbours and everything that carries it. Raises `Http404`."""
        term = self.hub.atlas.term_by_slug(vocabulary, slug)
        if term is None:
            raise Http404
        listed, address = LISTED[vocabulary], self.page.address
        before, after = (
            other and {"title": other.label, "url": term_address(address, other)}
            for other in shelves.beside(self.hub.atlas.terms_of(vocabulary), term)
        )
        return {
            "crumbs": [self.here, {"title": listed.title, "url": f"{address}{listed.slug}/"}],
            "listed": listed,
            "term": term,
            "shelves": Lazily(lambda: shelves.described_by(self.hub, term)),
            "previous": before,
            "next": after,
        }


class ModelReading(PracticeReading):
    """One model as one reader sees it."""

    def parts(self) -> dict:
        return {
            "families": Lazily(lambda: shelves.families_with_items(self.hub, self.page.model_id)),
            "other_models": Lazily(lambda: shelves.other_models(self.hub, self.page.model_id)),
        }

    def item_and_address(self, code: str) -> tuple[Item, str]:
        """An item of any model, and where it stands. Raises `Http404`."""
        item = self.hub.atlas.item_by_code(code)
        if item is None:
            raise Http404
        return item, item_address(self.hub.atlas.model_of(item), item)

    def item(self, item: Item) -> dict:
        return {"crumbs": [*self.page.crumbs, self.here], **shelves.item_context(self.hub, item)}
