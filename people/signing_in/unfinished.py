"""What somebody was sending when their sign-in had ended: it comes back after they have signed in again.

It waits inside the sign-in page, sealed with a key that the database does not hold, and is given back only to the
person who wrote it: on a shared tablet nobody reads what a colleague typed. What comes from another site is not kept.
"""

import json
import zlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

WHO = "last_here"
"""The cookie that says who was signed in on this device; signed, and of use for nothing else."""
FIELD, IN_SESSION = "unfinished", "unfinished"
ARRIVING = "arriving"
"""What the field holds when it is sent again."""
LONGEST = settings.DATA_UPLOAD_MAX_MEMORY_SIZE * 9 // 10
"""Letters, sealed: the sign-in form that carries it has to arrive too. Written words shrink to a third before."""
KEPT_SECONDS = 12 * 60 * 60
NOT_TYPED = ("csrfmiddlewaretoken", FIELD, "next")
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
WORTH_READING = 25
"""Letters from which on an entry is shown again before it is sent."""


@dataclass(frozen=True)
class Unfinished:
    """A form that did not arrive: where it was sent, its fields in order, and whether files were chosen too."""

    path: str
    fields: list[tuple[str, str]]
    had_files: bool

    @property
    def texts(self) -> list[str]:
        """What is long enough to be looked at again before it is sent; not what an editor's screen sends as code."""
        sentences = (value for _, value in self.fields if len(value) >= WORTH_READING and " " in value.strip())
        return [value for value in sentences if not value.startswith(("{", "["))]


class TooLong(Exception):
    """More was sent than the sign-in page can carry."""


def seal(request: HttpRequest) -> str:
    """What was sent, to travel with the sign-in page; empty where there is nothing to keep, or nobody to keep for.

    Raises TooLong.
    """
    who = last_here(request)
    if not who or request.method != "POST" or request.content_type not in FORMS or not _from_here(request):
        return ""
    kept = [name for name in request.POST if name not in NOT_TYPED and "password" not in name]
    fields = [(name, value) for name in kept for value in request.POST.getlist(name)]
    if not fields:
        return ""
    told = json.dumps([who, request.get_full_path(), fields, bool(request.FILES)])
    sealed = _lock().encrypt(zlib.compress(told.encode())).decode()
    if len(sealed) > LONGEST:
        raise TooLong
    return sealed


def unseal(token: str, who: str) -> Unfinished | None:
    """What is in it, if that person wrote it and it is not older than a day's work."""
    try:
        told = zlib.decompress(_lock().decrypt(token.encode(), ttl=KEPT_SECONDS))
        wrote, path, fields, had_files = json.loads(told)
    except (InvalidToken, ValueError, zlib.error):
        return None
    return Unfinished(path, [tuple(field) for field in fields], had_files) if wrote == who else None


def last_here(request: HttpRequest) -> str:
    """Who is signed in on this device or was so last: the number of the person, or nothing."""
    if signed_in := request.session.get(SESSION_KEY):
        return signed_in
    try:
        return Signer(salt=WHO).unsign(request.COOKIES.get(WHO, ""))
    except BadSignature:
        return ""


def remember_who(request: HttpRequest, response: HttpResponse, who: str | None) -> HttpResponse:
    """Note on the device who is signed in; whoever signs out leaves nothing behind, nor what has arrived."""
    if IN_SESSION in request.session and request.POST.get(FIELD) == ARRIVING and response.status_code < 400:
        del request.session[IN_SESSION]
    if who and request.session.get(SESSION_KEY) == who:
        mark = Signer(salt=WHO).sign(who)
        if request.COOKIES.get(WHO) != mark:
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(WHO, mark, max_age=KEPT_SECONDS, httponly=True, samesite="Lax", secure=secure)
    elif who and WHO in request.COOKIES:
        response.delete_cookie(WHO, samesite="Lax")
    return response


def keep(request: HttpRequest, token: str) -> HttpResponse:
    """Put it by for the person who has signed in, and lead them to it."""
    request.session[IN_SESSION] = token
    return redirect("go_on")


@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request: HttpRequest) -> HttpResponse:
    """What you were sending when your sign-in ended: look at it, send it, or throw it away."""
    if request.method == "POST":
        request.session.pop(IN_SESSION, None)
        return redirect("/")
    sent = unseal(request.session.get(IN_SESSION, ""), str(request.user.pk))
    return render(request, "people/go_on.html", {"sent": sent})


def _lock() -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"unfinished:" + settings.SECRET_KEY.encode()).digest()))


def _from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent it; browsers say so in a header that no other site can write."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    here = f"{request.scheme}://{request.get_host()}"
    return origin == here or origin.startswith(f"{here}/")
