"""What every page needs to know about the hub and the reader, read at most once a request."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.contrib.auth.models import Group
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from notices.models import Reminder
from pages.models import BrandSettings, HubPage
from pages.visibility.readers import Reader, Sections, closed_sections, reader_of
from pages.visibility.second_places import without_second_places
from practice import editions
from practice.atlas import Atlas, atlas
from practice.models import PracticeModel


@dataclass(frozen=True)
class Brand:
    name: str
    strapline: str
    logo_url: str
    # What has to lie behind a logo with holes: "light", "dark" or nothing.
    logo_ground: str
    stylesheet_url: str


@dataclass(frozen=True)
class Frame:
    """What stands around every page: the brand, and the pages in the menu."""

    site_id: int | None
    root_path: str
    brand: Brand
    menu: list[HubPage]
    # Paths of the pages that have a restriction of any kind: pages elsewhere need not be asked about.
    restricted_at: tuple[str, ...]
    # Sections that are for some groups only.
    closed: Sections
    # First and last days of reminders: on a day in none of them, nobody's need be asked for.
    reminded: tuple[tuple[date, date], ...]
    # Names of the groups whose members may open the CMS.
    editing_groups: frozenset[str]


def _load_frame() -> Frame:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    brand = BrandSettings.objects.select_related("logo").filter(site=site).first() or BrandSettings()
    logo = brand.logo.address("max-320x96") if brand.logo_id else ""
    stylesheet = ""
    if brand.colours:
        version = "-".join(colour.strip("#") for colour in brand.colours.values())
        stylesheet = f"{reverse('brand_stylesheet')}?v={version}"
    top = HubPage.objects.child_of(site.root_page).live().in_menu() if site else HubPage.objects.none()
    editing = Group.objects.filter(
        permissions__content_type__app_label="wagtailadmin", permissions__codename="access_admin"
    )
    return Frame(
        site_id=site.pk if site else None,
        root_path=site.root_page.url_path if site else "",
        brand=Brand(brand.name, brand.strapline, logo, brand.logo.ground if logo else "", stylesheet),
        menu=list(top.only("title", "url_path", "path", "audience")),
        restricted_at=tuple(PageViewRestriction.objects.values_list("page__path", flat=True)),
        closed=closed_sections(),
        reminded=tuple(Reminder.objects.values_list("starts_on", "ends_on")),
        editing_groups=frozenset(editing.values_list("name", flat=True)),
    )


_frames = editions.Kept(_load_frame)


class RequestHub:
    """One request's view of the hub. Everything is worked out when first asked for."""

    home_url = "/"

    def __init__(self, request):
        self.request = request

    @property
    def user(self):
        return self.request.user

    @cached_property
    def editions(self) -> dict[str, int]:
        return editions.read()

    @cached_property
    def edition(self) -> str:
        """Changes whenever anything that a page may show has changed: part of the key of every cached fragment."""
        content, vocabulary = self.editions.get(editions.CONTENT), self.editions.get(editions.VOCABULARY)
        return f"{content}.{vocabulary}.{self.today:%Y%m%d}"

    @cached_property
    def readers(self) -> str:
        """Which pages this reader may see, as part of a cache key: readers with the same key see the same."""
        if not self.user.is_authenticated:
            return "nobody"
        return "all" if self.user.is_superuser else ".".join(sorted(self.user.roles)) or "no-role"

    @property
    def is_preview(self) -> bool:
        """Whether this is an editor's look at a draft, which is neither kept nor shown from what is kept."""
        return getattr(self.request, "is_preview", False)

    @property
    def is_public_visit(self) -> bool:
        """Whether this is somebody who has not signed in, on a page that is approved for the public."""
        return not self.user.is_authenticated and hasattr(self.request, "opened_to_the_public")

    def readable(self, pages):
        """Those of the pages that are in use today and that this reader may open."""
        return pages.in_use(self.today).seen_by(self.reader)

    def readable_once(self, pages):
        """The same for a list: a page in two places is met at one of them."""
        return without_second_places(self.readable(pages), self.reader)

    @cached_property
    def reader(self) -> Reader:
        """What of this person decides which pages they may open."""
        return reader_of(self.user, today=self.today, sections=self.frame.closed)

    @cached_property
    def may_edit(self) -> bool:
        """Whether to offer the CMS; the CMS itself asks again, and exactly."""
        return self.user.is_authenticated and (
            self.user.is_superuser or bool(self.user.roles & self.frame.editing_groups)
        )

    @cached_property
    def now(self) -> datetime:
        """The moment of this request, the same for everything on the screen."""
        return timezone.now()

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @cached_property
    def atlas(self) -> Atlas:
        return atlas(self.editions.get(editions.VOCABULARY))

    @property
    def may_remind(self) -> bool:
        """Whether there is a reminder for anybody today."""
        return any(starts <= self.today <= ends for starts, ends in self.frame.reminded)

    @cached_property
    def frame(self) -> Frame:
        return _frames.get(self.editions.get(editions.CONTENT))

    @cached_property
    def shown_model(self) -> PracticeModel | None:
        return self.atlas.shown_model(self.frame.site_id)

    @property
    def brand(self) -> Brand:
        return self.frame.brand

    @cached_property
    def nav(self) -> list[dict]:
        """The menu of this reader: nobody is shown the way to a page that they would not find."""
        if not self.user.is_authenticated:
            return []
        path = self.request.path
        return [
            {"title": page.title, "url": page.address, "current": path.startswith(page.address)}
            for page in self.frame.menu
            if self.reader.may_open(page)
        ]

    @cached_property
    def section(self) -> str:
        """Address of the menu's page under which this one lies; empty where none is."""
        return next((entry["url"] for entry in self.nav if entry["current"]), "")

    @cached_property
    def style_url(self) -> str:
        return static("css/hub.css")


class RequestHubMiddleware:
    """Puts the hub on the request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.hub = RequestHub(request)
        return self.get_response(request)


def hub(request):
    """Context processor: `hub` in every template."""
    return {"hub": getattr(request, "hub", None)}
