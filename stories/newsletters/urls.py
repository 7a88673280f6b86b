"""Addresses of making newsletters; the issues themselves are pages and have their own."""

from django.urls import path

from stories.newsletters import views

urlpatterns = [
    path("newsletters/", views.issues, name="newsletters"),
    path("newsletters/start/", views.start, name="start_newsletter"),
    path("newsletters/<row:pk>/", views.build, name="build_newsletter"),
    path("newsletters/<row:pk>/text/", views.text, name="newsletter_text"),
    path("newsletters/<row:pk>/newsletter.txt", views.text_file, name="newsletter_text_file"),
]
