"""Addresses of what the hub tells people on its pages."""

from django.urls import path

from notices import views

urlpatterns = [path("me/reminders/<row:pk>/<str:do>/", views.on_reminder, name="on_reminder")]
