"""The practice model as pages: `/practice/`, a model, an item, a method, a quality theme."""

from django.db import models
from django.shortcuts import redirect
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField

from pages.blocks import PROSE
from pages.editing import panels
from pages.models.hub_page import HubPage
from practice.models import PracticeModel, Vocabulary


class PracticeIndexPage(RoutablePageMixin, HubPage):
    """Everything the council's practice rests on: its models, and the methods with a page each."""

    body = StreamField(PROSE, blank=True)

    kind, kind_slug = "Practice model", "model"
    reading_class = "pages.reading.practice.PracticeReading"
    max_count = 1
    content_panels = [*panels.content_panels, FieldPanel("body")]
    subpage_types = ["pages.PracticeModelPage"]

    class Meta:
        verbose_name = "practice model index"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return {**context, **context["reading"].parts()}

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
        terms = self.read(request).terms(vocabulary)
        return self.render(request, template="pages/term_list.html", context_overrides=terms)

    def _term(self, request, vocabulary, slug):
        term = self.read(request).term(vocabulary, slug)
        return self.render(request, template="pages/term.html", context_overrides=term)


class PracticeModelPage(RoutablePageMixin, HubPage):
    """One council's model in its own words, with a page for each of its items."""

    model = models.OneToOneField(PracticeModel, on_delete=models.PROTECT, related_name="page")
    body = StreamField(PROSE, blank=True)

    kind, kind_slug = "Practice model", "model"
    reading_class = "pages.reading.practice.ModelReading"
    content_panels = [*panels.content_panels, FieldPanel("model"), FieldPanel("body")]
    parent_page_types = ["pages.PracticeIndexPage"]
    subpage_types = ["pages.PlainPage"]

    class Meta:
        verbose_name = "practice model page"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return {**context, **context["reading"].parts()}

    @path("<slug:code>/", name="item")
    def item(self, request, code):
        """One item: what it asks for, its neighbours and equivalents, and everything aligned to it."""
        reading = self.read(request)
        item, address = reading.item_and_address(code)
        if request.path != address:
            # A code in capitals, or of the other model, leads to where the item stands.
            return redirect(address)
        return self.render(request, template="pages/practice_item.html", context_overrides=reading.item(item))
