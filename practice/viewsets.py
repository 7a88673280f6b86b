"""The practice vocabulary in the CMS: one menu, one screen a kind of record, order changed by dragging."""

from django.contrib import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from practice.models import (
    Crosswalk,
    Family,
    Framework,
    GlossaryTerm,
    InUse,
    Item,
    KnownWord,
    PhraseToAvoid,
    PracticeModel,
    Standard,
    Term,
)


class KeptWhileUsedDeleteView(generic.DeleteView):
    """Deleting asks first, and refuses in words while something still points at the record."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        places = self.object.places_used()
        if places:
            context["is_protected"] = True
            # Wagtail counts by an index of its own, which does not know these relations.
            context["usage_url"] = None
            messages.warning(self.request, str(InUse(self.object, places)))
        return context

    def form_valid(self, form):
        places = self.object.places_used()
        if places:
            messages.error(self.request, str(InUse(self.object, places)))
            return self.render_to_response(self.get_context_data())
        return super().form_valid(form)


class PracticeViewSet(ModelViewSet):
    """What all these screens share."""

    delete_view_class = KeptWhileUsedDeleteView
    copy_view_enabled = False
    list_per_page = 50
    icon = "list-ul"


class PracticeModelViewSet(PracticeViewSet):
    model = PracticeModel
    menu_label = "Models"
    list_display = ["name", "slug", "valid_from", "valid_to"]
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("gloss"),
        FieldPanel("source"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
    ]


class FamilyViewSet(PracticeViewSet):
    model = Family
    menu_label = "Families"
    list_display = ["name", "model", "hue"]
    list_filter = ["model"]
    panels = [
        FieldPanel("model"),
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldPanel("gloss"),
        FieldPanel("hue"),
    ]


class ItemViewSet(PracticeViewSet):
    model = Item
    menu_label = "Items"
    list_display = ["code", "label", "family", "valid_to"]
    list_filter = ["family__model", "family"]
    search_fields = ["code", "label", "gloss"]
    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("family")]),
        FieldPanel("label"),
        FieldPanel("gloss"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
    ]


class CrosswalkViewSet(ModelViewSet):
    model = Crosswalk
    icon = "link"
    menu_label = "Equivalent items"
    list_display = ["item", "equivalent"]
    list_filter = ["item__family"]
    copy_view_enabled = False
    form_fields = ["item", "equivalent"]


class FrameworkViewSet(PracticeViewSet):
    model = Framework
    menu_label = "National frameworks"
    list_display = ["short_name", "name", "valid_from", "valid_to"]
    panels = [
        FieldRowPanel([FieldPanel("short_name"), FieldPanel("slug")]),
        FieldPanel("name"),
        FieldPanel("source"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
    ]


class StandardViewSet(PracticeViewSet):
    model = Standard
    menu_label = "National standards"
    list_display = ["code", "label", "framework", "grouping"]
    list_filter = ["framework"]
    search_fields = ["code", "label"]
    form_fields = ["framework", "code", "label", "grouping"]


class TermViewSet(PracticeViewSet):
    icon = "tag"
    list_display = ["label", "slug", "gloss"]
    search_fields = ["label", "gloss"]
    form_fields = ["label", "slug", "gloss", "description"]


class GlossaryTermViewSet(ModelViewSet):
    model = GlossaryTerm
    icon = "help"
    menu_label = "Words explained"
    list_display = ["term", "meaning", "owner", "checked_on", "is_marked"]
    list_filter = ["is_marked"]
    search_fields = ["term", "also_called", "meaning"]
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 100
    panels = [
        FieldPanel("term"),
        FieldPanel("also_called"),
        FieldPanel("meaning"),
        FieldPanel("source"),
        FieldRowPanel([FieldPanel("owner"), FieldPanel("checked_on")]),
        FieldPanel("is_marked"),
    ]


class PhraseToAvoidViewSet(ModelViewSet):
    model = PhraseToAvoid
    icon = "edit"
    menu_label = "Phrases to avoid"
    list_display = ["phrase", "better", "kind", "is_on"]
    list_filter = ["kind", "is_on"]
    search_fields = ["phrase", "also", "better"]
    copy_view_enabled = False
    list_per_page = 100
    panels = [
        FieldPanel("phrase"),
        FieldPanel("also"),
        FieldPanel("better"),
        FieldPanel("why"),
        FieldPanel("kind"),
        FieldPanel("is_on"),
    ]


class KnownWordViewSet(ModelViewSet):
    model = KnownWord
    icon = "tag"
    menu_label = "Words that name nobody"
    list_display = ["word", "meaning"]
    search_fields = ["word", "meaning"]
    copy_view_enabled = False
    list_per_page = 200
    panels = [FieldPanel("word"), FieldPanel("meaning")]


class PlainWordsGroup(ModelViewSetGroup):
    """The menu "Plain words"."""

    menu_label = "Plain words"
    menu_icon = "help"
    menu_order = 155
    items = (GlossaryTermViewSet("glossary"), PhraseToAvoidViewSet("phrases"), KnownWordViewSet("known_words"))


class PracticeGroup(ModelViewSetGroup):
    """The menu "Practice model"."""

    menu_label = "Practice model"
    menu_icon = "list-ul"
    menu_order = 150
    items = (
        PracticeModelViewSet("practice_models"),
        FamilyViewSet("practice_families"),
        ItemViewSet("practice_items"),
        CrosswalkViewSet("practice_equivalents"),
        FrameworkViewSet("practice_frameworks"),
        StandardViewSet("practice_standards"),
        *(
            TermViewSet(f"practice_{terms.of}", model=terms, menu_label=terms.menu_label)
            for terms in Term.__subclasses__()
        ),
    )
