"""Addresses of programmes and policies: one's own steps, how far others are, what changed, what was understood."""

from django.urls import path

from guidance import rolling_out_views
from guidance.policies import consulting_views, policy_views
from guidance.programmes import team_views, views

urlpatterns = [
    path("guidance/changes/", policy_views.changes, name="policy_changes"),
    path("guidance/areas/<row:pk>/", rolling_out_views.areas_of, name="areas_of_a_change"),
    path("guidance/consultations/", consulting_views.consultations, name="consultations"),
    path("guidance/consultation/<row:pk>/", consulting_views.consultation, name="consultation"),
    path("guidance/consultation/<row:pk>/said/", consulting_views.said, name="consultation_said"),
    path("guidance/consultation/<row:pk>/said.csv", consulting_views.said_csv, name="consultation_csv"),
    path("guidance/<slug:slug>/versions/<str:number>/", policy_views.version, name="policy_version"),
    path("guidance/<slug:slug>/on/<day:day>/", policy_views.on_a_day, name="policy_on_a_day"),
    path("guidance/follow/<row:pk>/", policy_views.follow, name="follow_policy"),
    path("guidance/read/<row:pk>/", policy_views.read, name="read_chapter"),
    path("guidance/understood/<row:pk>/", policy_views.understood, name="understood"),
    path("me/programmes/", views.my_programmes, name="my_programmes"),
    path("me/programmes/join/", views.join, name="join_programme"),
    path("me/programmes/<row:pk>/<str:do>/", views.on_enrolment, name="on_enrolment"),
    path("me/team/programmes/", team_views.team_programmes, name="team_programmes"),
    path("me/team/programmes/enrol/", team_views.enrol, name="enrol_in_programme"),
    path("me/team/programmes/<row:pk>/leave/", team_views.take_off, name="take_off_programme"),
]
