"""Addresses of programmes: one's own steps, and how far a team or everybody is."""

from django.urls import path

from guidance import programme_team_views, programme_views

urlpatterns = [
    path("me/programmes/", programme_views.my_programmes, name="my_programmes"),
    path("me/programmes/join/", programme_views.join, name="join_programme"),
    path("me/programmes/<int:pk>/<str:do>/", programme_views.on_enrolment, name="on_enrolment"),
    path("me/team/programmes/", programme_team_views.team_programmes, name="team_programmes"),
    path("me/team/programmes/enrol/", programme_team_views.enrol, name="enrol_in_programme"),
    path("me/team/programmes/<int:pk>/leave/", programme_team_views.take_off, name="take_off_programme"),
]
