"""Addresses of what a person did with the hub."""

from django.urls import path

from learning import views

urlpatterns = [
    path("me/time/", views.my_time, name="my_time"),
    path("me/time/<row:year>/<row:month>/", views.my_time, name="my_time_month"),
    path("me/time/<row:pk>/mark/", views.mark, name="mark_time"),
    path("me/time/<row:pk>/delete/", views.delete, name="delete_time"),
    path("me/time/team/", views.team_time, name="team_time"),
    path("me/time/team/<row:year>/<row:month>/", views.team_time, name="team_time_month"),
]
