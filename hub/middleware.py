"""What every request meets before a view does."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest

from pages.public import is_open

LONGEST_ADDRESS = 12_000


class SafeAddressMiddleware:
    """Turn away what no database can be asked and no page can have: a NUL byte in the path.

    In a parameter it is dropped where the parameter is read (pages/address.py); in a path there is nothing to keep.
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


class SignInMiddleware(LoginRequiredMiddleware):
    """Every page needs sign-in; a view that does not says so with `login_not_required`.

    Wagtail's pages come through one view of Wagtail's, so they are private without anybody remembering it. One thing
    opens, to be read: the exact address of a page that was approved to be public, and its files (`pages.public`).
    """

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated and is_open(request, request.resolver_match.view_name, *args, **kwargs):
            return None
        return super().process_view(request, view, args, kwargs)
