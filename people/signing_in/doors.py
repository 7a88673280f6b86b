"""The front door: how django-allauth behaves here, and the doors that lead to it."""

from urllib.parse import urlencode

from allauth.account import views
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme

from people.signing_in import unfinished
from people.signing_in.forms import SignInForm


class HubAccountAdapter(DefaultAccountAdapter):
    """Local accounts only, made by administrators.

    Mail goes to the outbox (`EMAIL_BACKEND`), written by a job: see people/signing_in/way_back_in.py.
    """

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        # A job writes it: there is no request, and no site that a request could name.
        kind = template_prefix.rsplit("/", 1)[-1]
        self.render_mail(template_prefix, email, {"email": email, **context}, {"X-Kind": kind}).send()

    def get_reset_password_from_key_url(self, key):
        # Built from BASE_URL, never from the request's Host header, which whoever asks can choose.
        return settings.BASE_URL + reverse(
            "account_reset_password_from_key", kwargs={"uidb36": "0", "key": "0"}
        ).replace("0-0", key)

    def add_message(self, *args, **kwargs):
        """Say nothing: each page says what happened, and no message lingers for the next one."""


class RefusedInWords:
    """A form that is not accepted comes back filled, with what was wrong, and says so to programs too: status 400."""

    def form_invalid(self, form):
        response = super().form_invalid(form)
        response.status_code = 400 if response.status_code == 200 else response.status_code
        return response


class HubLoginView(RefusedInWords, views.LoginView):
    """Sign in by e-mail and password. What was being sent when the sign-in ended comes back afterwards."""

    def get_context_data(self, **kwargs):
        return {"unfinished": self.request.POST.get(unfinished.FIELD, ""), **super().get_context_data(**kwargs)}

    def form_valid(self, form):
        response, token = super().form_valid(form), self.request.POST.get(unfinished.FIELD, "")
        if token and unfinished.unseal(token, str(self.request.user.pk)):
            return unfinished.keep(self.request, token)
        return response


def sign_in_again(request):
    """The sign-in page, with what was sent inside it; nothing where nothing was sent that could be kept."""
    try:
        told = {"unfinished": unfinished.seal(request)}
    except unfinished.TooLong:
        told = {"too_long": True}
    if any(told.values()):
        return render(request, "account/login.html", {"form": SignInForm(request=request), **told}, status=401)
    return None


def csrf_failed(request, reason: str = ""):
    """A form that was open while its sign-in ended, or while somebody signed in beside it: what was typed is kept."""
    out_of_time = render(request, "403_csrf.html", status=403)
    if not request.user.is_authenticated:
        return sign_in_again(request) or out_of_time
    try:
        token = unfinished.seal(request)
    except unfinished.TooLong:
        return out_of_time
    return unfinished.keep(request, token) if token else out_of_time


class HubPasswordChangeView(RefusedInWords, views.PasswordChangeView):
    """Choose another password, from "My hub"."""

    success_url = reverse_lazy("my_hub")


class HubPasswordResetView(RefusedInWords, views.PasswordResetView):
    """Ask for a link to choose a new password."""


class HubPasswordResetFromKeyView(RefusedInWords, views.PasswordResetFromKeyView):
    """Choose a new password by the link of the mail."""


@login_not_required
def admin_front_door(request):
    """What stands at Wagtail's and Django's own login addresses.

    Signed out: on to the hub's one sign-in page, remembering where the person was going. Signed in without editing
    rights: a page that says so (sending them to sign in again would loop for ever).
    """
    if not request.user.is_authenticated:
        wanted = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
            wanted = reverse("wagtailadmin_home")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")
    if request.user.may_edit:
        return redirect("wagtailadmin_home")
    # Wagtail leaves a message for the next page; this page says it better.
    list(messages.get_messages(request))
    return render(request, "people/no_admin.html", status=403)


@login_not_required
def reset_front_door(request, **kwargs):
    """Wagtail's own password reset addresses lead to the hub's."""
    return redirect("account_reset_password")
