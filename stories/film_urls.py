"""Addresses of a film's files; its page has an address of its own."""

from django.urls import path

from stories import film_views

urlpatterns = [
    path("films/<row:pk>/recording/", film_views.recording, name="film_recording"),
    path("films/<row:pk>/captions.vtt", film_views.captions, name="film_captions"),
]
