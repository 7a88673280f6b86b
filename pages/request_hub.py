"""What every page needs to know about the hub and the reader, read at most once a request."""

from dataclasses import dataclass
from functools import cached_property

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from pages.models import BrandSettings, HubPage
from practice import editions
from practice.atlas import Atlas, atlas
from practice.models import PracticeModel


@dataclass(frozen=True)
class Brand:
    name: str
    strapline: str
    logo_url: str
    stylesheet_url: str


@dataclass(frozen=True)
class Frame:
    """What stands around every page: the brand, and the pages in the menu as (title, address)."""

    site_id: int | None
    brand: Brand
    menu: list[tuple[str, str]]


def _load_frame() -> Frame:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    settings = BrandSettings.for_site(site) if site else BrandSettings()
    logo = settings.logo.get_rendition("max-320x96").url if settings.logo_id else ""
    stylesheet = reverse("brand_stylesheet") if settings.colours else ""
    version = "-".join(colour.strip("#") for colour in settings.colours.values())
    menu = (
        HubPage.objects.child_of(site.root_page).live().in_menu().values_list("title", "url_path") if site else []
    )
    return Frame(
        site_id=site.pk if site else None,
        brand=Brand(settings.name, settings.strapline, logo, f"{stylesheet}?v={version}" if stylesheet else ""),
        menu=[(title, "/" + url_path.split("/", 2)[2]) for title, url_path in menu],
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

    @cached_property
    def today(self):
        return timezone.localdate()

    @cached_property
    def atlas(self) -> Atlas:
        return atlas(self.editions.get(editions.VOCABULARY))

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
        path = self.request.path
        return [{"title": title, "url": url, "current": path.startswith(url)} for title, url in self.frame.menu]

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
