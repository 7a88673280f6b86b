"""Addresses that people have kept: of a page that was renamed or moved, or typed with capitals.

A bookmark, a printed sheet or a link in somebody's mail leads to the page as long as it is on the hub, with what stood
behind its address: `/toolkits/old-name/print/?size=18` leads to the new name's large print. Somebody who has not signed
in is led to what was approved for everybody, and of all else is told nothing: they are asked to sign in.
"""

from django.db.models.functions import Lower
from django.http import HttpResponseRedirect
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from pages.models import HubPage
from pages.public.approved import may_be_read
from pages.visibility import routing

NOT_PAGES = ("/admin/", "/static/", "/media/", "/documents/")
PAGES = "wagtail_serve"


class OldAddressMiddleware(RedirectMiddleware):
    """Where nothing is found, the old address is looked up before anybody is told so."""

    def process_response(self, request, response):
        if not _nothing_stands_there(request, response) or request.method not in ("GET", "HEAD"):
            return response
        if not request.path.startswith(NOT_PAGES) and (new := new_address(request)):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponseRedirect(f"{new}?{query}" if query and "?" not in new else new)
        return response


def _nothing_stands_there(request, response) -> bool:
    """Whether the address leads nowhere. Who has not signed in is asked to, whether there is a page or not."""
    if request.user.is_authenticated:
        return response.status_code == 404
    match = request.resolver_match
    of_a_page = match is not None and match.view_name == PAGES
    return of_a_page and HubPage.route_for_request(request, request.path) is None


def new_address(request) -> str:
    """Where the page is that lay, or was meant to lie, at this address; empty where this reader finds none."""
    path = request.path.replace("\x00", "")
    small = path.lower()
    signed_in = request.user.is_authenticated
    if signed_in and small != path and _is_a_screen(small):
        return small
    parts = [part for part in small.split("/") if part]
    starts = ["/" + "/".join(parts[:count]) for count in range(min(len(parts), routing.DEEPEST), 0, -1)]
    pages = _pages_at(request, starts) if small != path else {}
    redirects = _redirects_from(request, starts)
    for start in starts:
        rest, redirect = small[len(start) :].strip("/"), redirects.get(start)
        if signed_in and redirect and not rest and redirect.redirect_link:
            return redirect.redirect_link
        behind = rest or (redirect.redirect_page_route_path.strip("/") if redirect else "")
        for page, inside in ((pages.get(start), rest), (redirect and redirect.redirect_page, behind)):
            if page and (new := _inside(request, page, inside)) and new != path:
                return new
    return ""


def _is_a_screen(path: str) -> bool:
    """Whether a view of the hub's own stands there that takes nothing from the address, such as a key."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    return match.view_name != PAGES and not match.args and not match.kwargs


def _pages_at(request, starts: list[str]) -> dict[str, HubPage]:
    """The pages whose address it is but for capitals."""
    root = request.hub.frame.root_path.rstrip("/")
    addresses = [f"{root}{start}/" for start in starts]
    found = HubPage.objects.annotate(small=Lower("url_path")).filter(small__in=addresses)
    return {page.small[len(root) : -1]: page for page in found}


def _redirects_from(request, starts: list[str]) -> dict[str, Redirect]:
    """The redirects that Wagtail wrote when a page was renamed, and those that somebody typed."""
    whole = Redirect.normalise_path(request.get_full_path().lower())
    rows = Redirect.get_for_site(Site.find_for_request(request)).annotate(small=Lower("old_path"))
    found = rows.filter(small__in={*starts, whole}).select_related("redirect_page")
    # What names this very site, and the parameters too, is meant more than what does not: it comes last, and stays.
    found = sorted(found, key=lambda row: (len(row.old_path), row.site_id is not None))
    return {row.small.split("?")[0]: row for row in found}


def _inside(request, page: HubPage, rest: str) -> str:
    """The address of this page, or inside it, if something stands there that this reader may open."""
    if not page.live or not request.hub.reader.may_open(page):
        return ""
    new = f"{page.address}{rest}/" if rest else page.address
    if not request.user.is_authenticated:
        # The page itself and no address inside it, as `pages.public.approved` opens it.
        return new if not rest and may_be_read(page.specific, request.hub.today) else ""
    found = routing.leads_to(HubPage, request, new)
    # What lies there may be another page, below this one, which this reader may not open.
    return new if found and found.page.pk == page.pk else ""
