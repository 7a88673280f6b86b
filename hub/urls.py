"""Every address of the hub, by room. Wagtail's pages come last and take what is left."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

import home.jobs.all  # noqa: F401  (what jobs write is called by name in the report of mail)
from home.my_pages import my_pages
from home.record_views import my_record, my_record_csv, my_record_document
from hub import views
from insight.plan_views import training_plan
from language.glossary_views import glossary
from pages.public.public_views import robots, sitemap
from pages.views import brand_stylesheet, style_guide
from pages.visibility import file_views
from people.signing_in.doors import admin_front_door, reset_front_door
from people.views import my_hub
from search.views import search, suggest, wanted

urlpatterns = [
    path("healthz/live", views.live, name="live"),
    path("healthz/ready", views.ready, name="ready"),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap),
    path("favicon.ico", login_not_required(RedirectView.as_view(url="/static/favicon.svg"))),
    path("brand.css", brand_stylesheet, name="brand_stylesheet"),
    # One front door: every other sign-in page leads to it.
    path("admin/login/", admin_front_door),
    path("django-admin/login/", admin_front_door),
    re_path(r"^admin/password_reset/.*$", reset_front_door),
    path("_util/login/", admin_front_door),
    path("accounts/", include("people.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/<uuid:key>/<path:filename>", file_views.document, name="document"),
    path("documents/<row:pk>/<path:filename>", file_views.numbered_document, name="numbered_document"),
    path("media/<path:path>", file_views.picture, name="media"),
    path("me/", my_hub, name="my_hub"),
    path("", include("learning.urls")),
    path("", include("events.urls")),
    path("", include("feedback.urls")),
    path("", include("champions.urls")),
    path("", include("guidance.programmes.urls")),
    path("", include("stories.films.urls")),
    path("", include("stories.newsletters.urls")),
    path("", include("notices.urls")),
    path("guidance/training-plan/", training_plan, name="training_plan"),
    path("guidance/words/", glossary, name="glossary"),
    path("glossary/", RedirectView.as_view(url="/guidance/words/", query_string=True)),
    path("me/pages/", my_pages, name="my_pages"),
    path("me/record/", my_record, name="my_record"),
    path("me/record/csv/", my_record_csv, name="my_record_csv"),
    path("me/record/document/", my_record_document, name="my_record_document"),
    path("", include("insight.urls")),
    path("search/", search, name="search"),
    path("search/suggest/", suggest, name="suggest"),
    path("search/wanted/", wanted, name="wanted"),
    path("style-guide/", style_guide, name="style_guide"),
    path("", include(wagtail_urls)),
]
