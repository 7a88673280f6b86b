"""From an address to its page in two queries, however deep it lies.

Wagtail asks the database once a level and then for each ancestor's privacy: seven queries for a tool. Every page keeps
its whole address (`url_path`), so one query fetches the page and all above it, which the breadcrumb needs anyway.
"""

import itertools

from django.http import Http404
from wagtail.models import Site
from wagtail.url_routing import RouteResult

DEEPEST = 8
"""No page lies deeper; what is longer is an address inside a page, or nobody's."""


def route(base_model, request, path: str) -> RouteResult | None:
    """The page at `path` and how it serves it, or `None`. Kept on the request, as Wagtail does."""
    if not hasattr(request, "_wagtail_route_for_request"):
        try:
            request._wagtail_route_for_request = _route(base_model, request, path)
        except Http404:
            request._wagtail_route_for_request = None
    return request._wagtail_route_for_request


def leads_to(base_model, request, path: str) -> RouteResult | None:
    """What stands at another address than the one that was asked for; `None` where nothing does."""
    try:
        return _route(base_model, request, path)
    except Http404:
        return None


def _route(base_model, request, path: str) -> RouteResult | None:
    root_path, restricted_at = _surroundings(request)
    if not root_path:
        return None
    components = [component for component in path.split("/") if component]
    addresses = [
        f"{root_path}{''.join(f'{part}/' for part in components[:count])}"
        for count in range(min(len(components), DEEPEST) + 1)
    ]
    pages = base_model.objects.filter(url_path__in=addresses).only("title", "url_path", "path", "depth", "content_type")
    found = {page.url_path: page for page in pages}
    chain = []
    for address in addresses:
        if address not in found:
            break
        chain.append(found[address])
    if not chain or chain[-1].specific_class is None:
        return None
    page_class = chain[-1].specific_class
    page = page_class.objects.defer(*page_class.read_late).get(pk=chain[-1].pk)
    chain[-1] = page
    for parent, child in itertools.pairwise(chain):
        child._cached_parent_obj = parent
    page.is_unrestricted = not page.path.startswith(restricted_at)
    return page.route(request, components[len(chain) - 1 :])


def _surroundings(request) -> tuple[str, tuple[str, ...]]:
    """The address of the home page in the tree, and the paths of pages below which it is asked who may read."""
    if hub := getattr(request, "hub", None):
        return hub.frame.root_path, hub.frame.restricted_at
    site = Site.find_for_request(request)
    return (site.root_page.url_path if site else ""), ("",)
