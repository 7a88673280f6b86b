"""What every request meets before a view does."""

import re

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponseRedirect
from django.urls import Resolver404, resolve

from pages.lists.converters import RowConverter
from pages.models import HubPage
from pages.public.approved import is_open
from people.signing_in.doors import sign_in_again

CHOOSERS = {"chosen", "chosen_multiple"}
OF_MANY, OF_LINKS = "wagtail_bulk_action", "wagtailadmin_choose_page"
LONGEST_ADDRESS = 12_000
SEE_OTHER = 303


class SafeAddressMiddleware:
    """Turn away what no database can be asked and no page can have: a NUL byte in the path, a word for a number.

    In a parameter it is dropped where the parameter is read (pages/lists/address.py); in a path there is nothing to
    keep. The CMS's choosers, and what it does with many at once, hand on whatever stands in their address to the
    database as the number of a record.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # What a signed-in person sees is theirs: no shared machine or proxy may keep it.
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        is_public = response.status_code == 200 and hasattr(request, "opened_to_the_public")
        response.setdefault("X-Robots-Tag", "index, nofollow" if is_public else "noindex, nofollow")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        return response

    def process_view(self, request, view, args, kwargs):
        if "\x00" in request.path:
            raise BadRequest("An address cannot hold a NUL byte.")
        if (match := request.resolver_match) and match.url_name in CHOOSERS:
            _refuse_words([*kwargs.values(), *request.GET.getlist("id")])
        elif match and match.url_name == OF_MANY:
            _refuse_words({*request.GET.getlist("id"), *request.GET.getlist("childOf")} - {"all"})
        elif match and str(match.url_name).startswith(OF_LINKS):
            _refuse_words({*request.GET.getlist("parent_page_id")} - {""})


def _refuse_words(numbers) -> None:
    """Raise Http404 if something else stands where the numbers of records belong."""
    if not all(re.fullmatch(RowConverter.regex, str(number)) for number in numbers):
        raise Http404


class SignInMiddleware(LoginRequiredMiddleware):
    """Every page needs sign-in; a view that does not says so with `login_not_required`.

    Wagtail's pages come through one view of Wagtail's, so they are private without anybody remembering it. One thing
    opens, to be read: the exact address of a page that was approved to be public, and its files
    (`pages.public.approved`).
    """

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated and is_open(request, request.resolver_match.view_name, *args, **kwargs):
            return None
        return super().process_view(request, view, args, kwargs)

    def handle_no_permission(self, request, view_func):
        """To the sign-in page; what somebody was sending goes along and comes back (`people.signing_in.unfinished`)."""
        return sign_in_again(request) or super().handle_no_permission(request, view_func)


class BackToTheFormMiddleware:
    """An address that only takes what a form sends leads to the page with the form when it is opened by itself.

    A bookmark, a reload after signing in, a link that somebody passed on: nobody meets a blank page. The page with the
    form stands above: of the addresses that begin this one, the longest at which there is something.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and request.method in {"GET", "HEAD"}:
            return HttpResponseRedirect(_page_above(request.path), status=SEE_OTHER)
        return response


def _page_above(path: str) -> str:
    parts = path.strip("/").split("/")
    for count in range(len(parts) - 1, 0, -1):
        above = f"/{'/'.join(parts[:count])}/"
        try:
            match = resolve(above)
        except Resolver404:
            continue
        # Wagtail's own pattern takes every address, whether there is a page or not.
        if (
            match.view_name != "wagtail_serve"
            or HubPage.objects.filter(url_path__endswith=above, depth=count + 2).exists()
        ):
            return above
    return "/"
