from django.urls import include, path

from bench.views import bare, routed_by_wagtail

urlpatterns = [
    path("bench/bare/", bare),
    path("bench/routed-by-wagtail/<path:path>", routed_by_wagtail),
    path("", include("hub.urls")),
]
