"""The practice model as pages: `/practice/`, a model, an item, a method, a quality theme."""

from django.db import models
from django.http import Http404
from django.shortcuts import redirect
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField

from pages.blocks import PROSE
from pages.editing import panels
from pages.lists.cards import item_address
from pages.lists.listed import LISTED, term_address
from pages.models.hub_page import HubPage
from pages.reading import shelves
from practice.models import PracticeModel, Vocabulary


class PracticeIndexPage(RoutablePageMixin, HubPage):
    """Everything the council's practice rests on: its models, and the methods with a page each."""

    body = StreamField(PROSE, blank=True)

    kind, kind_slug = "Practice model", "model"
    max_count = 1
    content_panels = [*panels.content_panels, FieldPanel("body")]
    subpage_types = ["pages.PracticeModelPage"]

    class Meta:
        verbose_name = "practice model index"

    def get_context(self, request, *args, **kwargs):
        return {
            **super().get_context(request, *args, **kwargs),
            "models": shelves.Lazily(lambda: shelves.models_shown_first(request.hub)),
            "frameworks": shelves.Lazily(lambda: shelves.frameworks(request.hub)),
            "vocabularies": shelves.vocabularies(request.hub, self.address),
        }

    @path("methods/", name="methods")
    def methods(self, request):
        """Every method, with how much there is about each."""
        return self._terms(request, Vocabulary.METHOD)

    @path("methods/<slug:slug>/", name="method")
    def method(self, request, slug):
        """One method: what it is, and everything on the hub that uses it, whatever its type."""
        return self._term(request, Vocabulary.METHOD, slug)

    @path("quality/", name="themes")
    def themes(self, request):
        """What audits keep finding, with how much there is that helps with each."""
        return self._terms(request, Vocabulary.THEME)

    @path("quality/<slug:slug>/", name="theme")
    def theme(self, request, slug):
        """One quality theme: what is asked for, and everything on the hub that helps with it, whatever its type."""
        return self._term(request, Vocabulary.THEME, slug)

    def _terms(self, request, vocabulary):
        context = {
            "crumbs": [{"title": self.title, "url": self.address}],
            "listed": LISTED[vocabulary],
            "links": shelves.Lazily(lambda: shelves.term_links(request.hub, vocabulary, self.address)),
        }
        return self.render(request, template="pages/term_list.html", context_overrides=context)

    def _term(self, request, vocabulary, slug):
        term = request.hub.atlas.term_by_slug(vocabulary, slug)
        if term is None:
            raise Http404
        listed = LISTED[vocabulary]
        neighbours = [
            other and {"title": other.label, "url": term_address(self.address, other)}
            for other in shelves.beside(request.hub.atlas.terms_of(vocabulary), term)
        ]
        context = {
            "crumbs": [
                {"title": self.title, "url": self.address},
                {"title": listed.title, "url": f"{self.address}{listed.slug}/"},
            ],
            "listed": listed,
            "term": term,
            "shelves": shelves.Lazily(lambda: shelves.described_by(request.hub, term)),
            "previous": neighbours[0],
            "next": neighbours[1],
        }
        return self.render(request, template="pages/term.html", context_overrides=context)


class PracticeModelPage(RoutablePageMixin, HubPage):
    """One council's model in its own words, with a page for each of its items."""

    model = models.OneToOneField(PracticeModel, on_delete=models.PROTECT, related_name="page")
    body = StreamField(PROSE, blank=True)

    kind, kind_slug = "Practice model", "model"
    content_panels = [*panels.content_panels, FieldPanel("model"), FieldPanel("body")]
    parent_page_types = ["pages.PracticeIndexPage"]
    subpage_types = ["pages.PlainPage"]

    class Meta:
        verbose_name = "practice model page"

    def get_context(self, request, *args, **kwargs):
        return {
            **super().get_context(request, *args, **kwargs),
            "families": shelves.Lazily(lambda: shelves.families_with_items(request.hub, self.model_id)),
            "other_models": shelves.Lazily(lambda: shelves.other_models(request.hub, self.model_id)),
        }

    @path("<slug:code>/", name="item")
    def item(self, request, code):
        """One item: what it asks for, its neighbours and equivalents, and everything aligned to it."""
        item = request.hub.atlas.item_by_code(code)
        if item is None:
            raise Http404
        address = item_address(request.hub.atlas.model_of(item), item)
        if request.path != address:
            # A code in capitals, or of the other model, leads to where the item stands.
            return redirect(address)
        context = {
            "crumbs": [*self.crumbs, {"title": self.title, "url": self.address}],
            **shelves.item_context(request.hub, item),
        }
        return self.render(request, template="pages/practice_item.html", context_overrides=context)
