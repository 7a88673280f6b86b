"""The addresses of sign-in: those of django-allauth that the hub uses, and no others.

Accounts are made by administrators, so signing up and changing one's own e-mail address lead elsewhere; their names
stay, because allauth's views ask for them.
"""

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path
from django.views.generic import RedirectView

from people.signing_in import doors, unfinished

to_sign_in = login_not_required(RedirectView.as_view(pattern_name="account_login"))
to_my_hub = RedirectView.as_view(pattern_name="my_hub")

urlpatterns = [
    path("login/", doors.HubLoginView.as_view(), name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("go-on/", unfinished.go_on, name="go_on"),
    path("inactive/", login_not_required(views.account_inactive), name="account_inactive"),
    path("password/change/", doors.HubPasswordChangeView.as_view(), name="account_change_password"),
    path("password/reset/", doors.HubPasswordResetView.as_view(), name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        doors.HubPasswordResetFromKeyView.as_view(),
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("signup/", to_sign_in, name="account_signup"),
    path("email/", to_my_hub, name="account_email"),
    path("password/set/", to_my_hub, name="account_set_password"),
]
