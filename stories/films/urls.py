"""Addresses of a film's files; its page has an address of its own."""

from django.urls import path

from stories.films import views

urlpatterns = [
    path("films/<row:pk>/recording/", views.recording, name="film_recording"),
    path("films/<row:pk>/captions.vtt", views.captions, name="film_captions"),
]
