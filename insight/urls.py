from django.urls import path

from insight import views

urlpatterns = [
    path("insight/", views.dashboard, name="insight"),
    path("insight/figures/", views.figures, name="figures"),
]
