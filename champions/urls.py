"""Addresses of asking and answering; the profiles themselves are pages and have their own."""

from django.urls import path

from champions import views

urlpatterns = [
    path("champions/ask/", views.choose, name="ask_a_champion"),
    path("champions/ask/<row:pk>/", views.ask, name="ask_champion"),
    path("champions/still-right/<row:pk>/", views.still_right, name="champion_still_right"),
    path("me/questions/", views.inbox, name="my_questions"),
    path("me/questions/<uuid:key>/", views.question, name="question"),
    path("me/questions/<uuid:key>/<slug:do>/", views.on_question, name="on_question"),
    path("me/tips/", views.my_tips, name="my_tips"),
    path("me/tips/<uuid:key>/<slug:do>/", views.on_tip, name="on_tip"),
]
