"""The base page of the hub: what every page of every type has."""

from http import HTTPMethod

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.models import AbstractPage, PageManager, PageViewRestriction
from wagtail.models.pages import AbstractPageMeta, ShowInMenusMixin
from wagtail.search import index

from language.content_checks import mark_draft
from pages import as_of
from pages.editing import panels
from pages.publishing.stewardship import ReviewState, latest_next_review, review_state
from pages.visibility import routing
from pages.visibility.query import HubPageQuerySet
from pages.visibility.readers import Audience, reader_of
from pages.wording import UNBORN, day
from practice.models import Item, Standard, Term

OLDEST = 25


class PageTag(TaggedItemBase):
    """An everyday word that an editor has put on a page."""

    content_object = ParentalKey("pages.HubPage", on_delete=models.CASCADE, related_name="tagged_items")


HubPageManager = PageManager.from_queryset(HubPageQuerySet)


class HubPage(ShowInMenusMixin, AbstractPage):
    """The project's base page (`WAGTAIL_PAGE_MODEL`): one table for what lists, search and facets ask of any page.

    The page's purpose, who and how long it is for, what it is aligned to, and who keeps it right until when.
    """

    Audience = Audience

    summary = models.CharField(
        max_length=160,
        blank=True,
        help_text="One sentence of at most 160 characters that begins with a verb. Cards and search results show it.",
    )

    # Numbers, so that "7" finds what is for 4 to 16. -1 is unborn; empty is any.
    age_min = models.SmallIntegerField(
        "youngest age",
        null=True,
        blank=True,
        validators=[MinValueValidator(UNBORN), MaxValueValidator(OLDEST)],
        help_text="In years. -1 means unborn. Leave both ages empty for any age.",
    )
    age_max = models.SmallIntegerField(
        "oldest age",
        null=True,
        blank=True,
        validators=[MinValueValidator(UNBORN), MaxValueValidator(OLDEST)],
        help_text="In years, at most 25. Leave empty for “and over”.",
    )
    for_adults = models.BooleanField("for adults too", default=False)
    minutes_min = models.PositiveSmallIntegerField(
        "shortest time",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(480)],
        help_text="In minutes.",
    )
    minutes_max = models.PositiveSmallIntegerField(
        "longest time",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(480)],
        help_text="In minutes. The same as the shortest if there is only one.",
    )
    several_sessions = models.BooleanField("takes several sessions", default=False)

    items = ParentalManyToManyField(Item, blank=True, related_name="pages", verbose_name="practice model")
    terms = ParentalManyToManyField(Term, blank=True, related_name="pages")
    standards = ParentalManyToManyField(Standard, blank=True, related_name="pages", verbose_name="national standards")
    tags = ClusterTaggableManager(through=PageTag, blank=True, help_text="Two to five everyday words.")
    also_typed = models.TextField(
        "people also type",
        blank=True,
        help_text="Words or phrases that people type when they want this page, one on each line.",
    )

    steward = models.ForeignKey(
        "people.User",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stewarded_pages",
        verbose_name="owner",
        help_text="Who answers for this page being right.",
    )
    deputy = models.ForeignKey(
        "people.User",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="deputised_pages",
        help_text="Who looks after it when the owner is away.",
    )
    reviewed_on = models.DateField("last reviewed", null=True, blank=True)
    next_review = models.DateField(
        null=True, blank=True, help_text="Within 24 months of the last review. The owner is reminded."
    )
    withdrawn_on = models.DateField(
        null=True, blank=True, help_text="From this day the page is gone from every list; its address says why."
    )
    withdrawn_reason = models.CharField("why it was withdrawn", max_length=200, blank=True)
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    archived_on = models.DateField(
        null=True, blank=True, help_text="From this day the page is still found, and marked as no longer in force."
    )
    archived_why = models.CharField(
        "why it was archived", max_length=200, blank=True, help_text="Such as: The scheme has closed."
    )
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.STAFF)
    source_statement = models.CharField(
        "source", max_length=250, blank=True, help_text="Where it comes from: who wrote it, or the work it builds on."
    )
    licence_statement = models.CharField(
        "licence", max_length=250, blank=True, help_text="Why we may use it, for example: Written by us, free to adapt."
    )

    objects = HubPageManager()

    # Pages are read; what people do with them has addresses of its own.
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    # What the form asks for before a page of this type can be published; a draft may be saved without.
    required_to_publish: tuple[str, ...] = ()
    # What a page of this type is called on its card, and its value of the `type` parameter in search.
    kind, kind_slug = "Page", ""
    # What many of them are called, where an s at the end would not do: Policies.
    kind_plural = ""
    # Which facts its card shows, by the names of `pages.lists.cards.FACT_ICONS`.
    card_facts: tuple[str, ...] = ()
    # Where pages of this type are browsed by item, method and the rest; empty where they are not.
    browsed_at = ""
    # What a reader of a page of this type sees beside its text: a class of (page, request), by its dotted name, since
    # models stand below what reads them; and what the template calls it.
    reading_class, read_as = "", "reading"
    # Whether a page of this type can be opened to people who have not signed in, once that is approved.
    can_be_public = False
    # Which fields take the words of a colleague who suggests a page of this type; empty where none can be suggested.
    suggested_in: tuple[str, ...] = ()
    # Fields with files that have an address of their own, which asks more than who may read the page.
    served_apart: tuple[str, ...] = ()
    # Long fields that are read only when a part that shows them is drawn anew; see `read_late_fields`.
    read_late: tuple[str, ...] = ()

    search_fields = [
        *AbstractPage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("also_typed"),
        index.FilterField("audience"),
        index.FilterField("withdrawn_on"),
        # Autocomplete is what the admin's page search and the page chooser look in.
        index.RelatedFields("tags", [index.SearchField("name"), index.AutocompleteField("name")]),
    ]

    class Meta(AbstractPageMeta):
        # Routing finds a page by its whole address.
        indexes = [models.Index(fields=["url_path"], name="page_by_address")]
        constraints = [
            models.CheckConstraint(condition=models.Q(age_max__gte=models.F("age_min")), name="ages_run_upwards"),
            models.CheckConstraint(
                condition=models.Q(minutes_max__gte=models.F("minutes_min")), name="minutes_run_upwards"
            ),
        ]

    def clean(self):
        super().clean()
        errors = {}
        if self.age_min is not None and self.age_max is not None and self.age_max < self.age_min:
            errors["age_max"] = "The oldest age cannot be below the youngest."
        if self.minutes_min and self.minutes_max and self.minutes_max < self.minutes_min:
            errors["minutes_max"] = "The longest time cannot be below the shortest."
        if self.archived_on and not self.archived_why.strip():
            errors["archived_why"] = "Say in a few words why it is archived: readers see it above the text."
        if self.steward_id and self.steward_id == self.deputy_id:
            errors["deputy"] = "Choose somebody other than the owner, so that the page is never without one."
        if self.reviewed_on and self.next_review:
            if self.next_review <= self.reviewed_on:
                errors["next_review"] = "The next review must come after the last one."
            elif self.next_review > (latest := latest_next_review(self.reviewed_on)):
                errors["next_review"] = (
                    f"Choose a day within 24 months of the last review: {day(latest)} at the latest."
                )
        if errors:
            raise ValidationError(errors)

    @property
    def address(self) -> str:
        """The page's address on the hub, without asking the database: everything lies below the one home page."""
        return "/" + self.url_path.split("/", 2)[2]

    def state(self, today) -> ReviewState:
        """Whether the page is current, due, overdue, archived or withdrawn on that day."""
        return review_state(
            next_review=self.next_review, withdrawn_on=self.withdrawn_on, archived_on=self.archived_on, today=today
        )

    @classmethod
    def kinds(cls) -> str:
        """What pages of this type are called over a list of them."""
        return cls.kind_plural or f"{cls.kind}s"

    @staticmethod
    def state_on_card(page, today) -> ReviewState:
        """What a card says of a page of this type. Cards are made of base pages, so only their columns are there."""
        return page.state(today)

    @staticmethod
    def route_for_request(request, path):
        """As Wagtail's, in two queries whatever the depth; see `pages.visibility.routing`."""
        return routing.route(HubPage, request, path)

    # Set by routing when neither the page nor any above it is closed to anybody, which saves two queries a page.
    is_unrestricted = False

    def get_view_restrictions(self):
        return PageViewRestriction.objects.none() if self.is_unrestricted else super().get_view_restrictions()

    def why_not_live(self) -> str:
        """What keeps this text from going live, in words; empty where nothing does. See `publish_gate.py`."""
        return ""

    def holds(self, on) -> bool:
        """Whether this is the text that holds on that day, and not one that waits to be replaced."""
        return True

    def own_facets(self) -> dict[str, set[str]]:
        """What pages of this type can be filtered by beyond what every page has: facet to values."""
        return {}

    def read_late_fields(self) -> None:
        """Fetch the long fields that routing left out, all in one query. Does nothing the second time."""
        if late := self.get_deferred_fields() & set(self.read_late):
            self.refresh_from_db(fields=sorted(late))

    def is_for(self, user) -> bool:
        """Whether the page's audience includes this person; sections that are closed are asked about apart."""
        return reader_of(user).is_among(self.audience)

    @property
    def preview_sizes(self):
        """A small phone first: that is where a tool is read."""
        return [
            {"name": "phone", "icon": "mobile-alt", "device_width": 360, "label": "Phone, 360 pixels"},
            {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": "Tablet"},
            {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": "Desktop"},
        ]

    def serve_preview(self, request, mode_name):
        """As Wagtail's, with the phrases marked that the panel of checks tells its editor of."""
        response = super().serve_preview(request, mode_name)
        if hasattr(response, "add_post_render_callback"):
            response.add_post_render_callback(mark_draft)
        return response

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["crumbs"] = self.crumbs
        if self.reading_class:
            context[self.read_as] = SimpleLazyObject(lambda: self.read(request))
        return context

    def read(self, request):
        """The page as this reader sees it. A template has it once it asks: what is kept costs nothing."""
        return import_string(self.reading_class)(self, request)

    @property
    def crumbs(self) -> list[dict]:
        """The pages above this one, below home, top first. Pages found by Wagtail's routing know them already."""
        trail, parent = [], getattr(self, "_cached_parent_obj", None)
        if parent is None and self.depth > 3:
            ancestors = self.get_ancestors().filter(depth__gt=2).order_by("depth")
            return [{"title": page.title, "url": page.address} for page in ancestors]
        while parent is not None and parent.depth > 2:
            trail.insert(0, {"title": parent.title, "url": parent.address})
            parent = getattr(parent, "_cached_parent_obj", None)
        return trail

    @classmethod
    def today(cls):
        return as_of.today()

    content_panels = panels.content_panels
    promote_panels = panels.keeping_panels
    settings_panels = panels.settings_panels
