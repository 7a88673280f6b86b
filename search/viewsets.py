"""Search in the CMS: groups of words that mean the same, what readers looked for in vain, and what they wished for."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from pages.lists.address import query_string, tidy
from people.refusals import NotAllowed
from search.commissioning import commission
from search.models import Pin, Synonym, SynonymGroup, UnmetSearch, Wish


class SynonymGroupCreateView(generic.CreateView):
    """A new group, begun from an unmet search when the address names its phrase."""

    def get_initial_form_instance(self):
        canonical, phrase = (tidy(self.request.GET.get(name, ""), 80) for name in ("canonical", "phrase"))
        group = SynonymGroup(canonical=canonical)
        if phrase:
            group.synonyms = [Synonym(phrase=phrase)]
        if canonical:
            group.pins = [Pin()]
        return group


class SynonymGroupViewSet(ModelViewSet):
    model = SynonymGroup
    name = "synonyms"
    menu_label = "Words that mean the same"
    icon = "tag"
    add_view_class = SynonymGroupCreateView
    copy_view_enabled = False
    list_display = [
        "canonical",
        Column("synonyms", label="Also typed", accessor=lambda group: ", ".join(map(str, group.synonyms.all()))),
        Column("pins", label="Pinned pages", accessor=lambda group: group.pins.count() or ""),
    ]
    search_fields = ["canonical", "synonyms__phrase"]
    panels = [
        FieldPanel("canonical"),
        InlinePanel(
            "synonyms",
            heading="What people also type",
            label="Word or phrase",
            panels=[FieldPanel("phrase"), FieldRowPanel([FieldPanel("ambiguous"), FieldPanel("other_meaning")])],
        ),
        InlinePanel(
            "pins",
            heading="Pages that stand first",
            label="Page",
            help_text="For any of these words, in this order.",
            panels=[PageChooserPanel("page")],
        ),
    ]


class UnmetIndexView(generic.IndexView):
    """The report of unmet searches, with what can be done about each."""

    def get_list_more_buttons(self, instance):
        add = reverse("synonyms:add")
        actions = [
            ("Make it a synonym", add + query_string({"phrase": [instance.phrase]}), "tag"),
            ("Pin a page for it", add + query_string({"canonical": [instance.phrase]}), "thumbtack"),
            ("Commission a page", reverse("unmet:commission", args=[instance.pk]), "doc-full"),
        ]
        buttons = [
            MenuItem(label, url=url, icon_name=icon, priority=place) for place, (label, url, icon) in enumerate(actions)
        ]
        return buttons + super().get_list_more_buttons(instance)


class UnmetViewSet(ModelViewSet):
    model = UnmetSearch
    name = "unmet"
    menu_label = "Looked for in vain"
    icon = "help"
    index_view_class = UnmetIndexView
    copy_view_enabled = False
    list_display = [
        "phrase",
        "times",
        Column(
            "refinements",
            label="What they typed next",
            accessor=lambda unmet: ", ".join(f"{row.phrase} ({row.times})" for row in unmet.refinements.all()),
        ),
        DateColumn("last_on", label="Last looked for"),
        "state",
    ]
    list_filter = ["state"]
    list_export = ["phrase", "times", "last_on", "state", "note"]
    search_fields = ["phrase"]
    ordering = ["state", "-times"]
    form_fields = ["state", "note"]

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("commission/<row:pk>/", commission_view, name="commission")]


class WishViewSet(ModelViewSet):
    model = Wish
    name = "wishes"
    menu_label = "What readers wanted"
    icon = "comment"
    copy_view_enabled = False
    list_display = ["text", "searched_for", DateColumn("written_on", label="Written"), "done"]
    list_filter = ["done"]
    list_export = ["text", "searched_for", "written_on", "done"]
    form_fields = ["done"]


def commission_view(request, pk):
    """Ask first, then begin a page for the unmet search and open it."""
    unmet = get_object_or_404(UnmetSearch, pk=pk)
    if request.method != "POST":
        return render(request, "search/commission.html", {"unmet": unmet, "header_title": "Commission a page"})
    try:
        page = commission(unmet, person=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("unmet:index")
    messages.success(request, f"“{page.title}” is begun as a draft. Choose its owner, or write it yourself.")
    return redirect("wagtailadmin_pages:edit", page.pk)


class SearchGroup(ModelViewSetGroup):
    """The menu "Search"."""

    menu_label = "Search"
    menu_icon = "search"
    menu_order = 160
    items = (SynonymGroupViewSet(), UnmetViewSet(), WishViewSet())
