"""Addresses of forms, results and pledges."""

from django.urls import path

from feedback import remark_views, views
from feedback.suggestions import suggestion_views

urlpatterns = [
    path("feedback/", views.surveys, name="surveys"),
    path("feedback/pledges/", views.wall, name="pledge_wall"),
    path("feedback/pledges/approve/", views.approve_pledges, name="approve_pledges"),
    path("feedback/you-said-we-did/", views.you_said, name="you_said"),
    path("feedback/<uuid:pk>/", views.form, name="feedback_form"),
    path("feedback/<uuid:pk>/results/", views.results, name="feedback_results"),
    path("feedback/<uuid:pk>/results/summary/", views.summary, name="feedback_summary"),
    path("feedback/<uuid:pk>/results.csv", views.results_csv, name="feedback_csv"),
    path("feedback/<uuid:pk>/redact/<uuid:answer>/", views.redact, name="feedback_redact"),
    path("feedback/<uuid:pk>/delete/<uuid:response>/", views.delete, name="feedback_delete"),
    path("feedback/pledges/<uuid:pk>/decline/", views.decline_pledge, name="decline_pledge"),
    path("feedback/needs/", views.needs, name="learning_needs"),
    path("feedback/page/<row:pk>/", remark_views.say, name="remark"),
    path("me/remarks/", remark_views.mine, name="my_remarks"),
    path("me/remarks/<uuid:key>/", remark_views.settle, name="settle_remark"),
    path("suggest/", suggestion_views.choose, name="suggest_something"),
    path("suggest/<slug:kind>/", suggestion_views.suggest, name="suggest_one"),
    path("me/suggestions/", suggestion_views.mine, name="my_suggestions"),
    path("me/suggestions/<uuid:key>/", suggestion_views.take_back, name="take_back_suggestion"),
    path("me/pledges/", views.my_pledges, name="my_pledges"),
    path("me/pledges/<uuid:pk>/", views.my_pledge, name="my_pledge"),
    path("me/pledges/<uuid:pk>/delete/", views.delete_pledge, name="delete_pledge"),
]
