from django.urls import include, path

from bench.views import bare, routed_by_wagtail, sign_up

urlpatterns = [
    path("bench/bare/", bare),
    path("bench/sign-up/<int:pk>/", sign_up),
    path("bench/routed-by-wagtail/<path:path>", routed_by_wagtail),
    path("", include("hub.urls")),
]
