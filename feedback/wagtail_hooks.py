from wagtail import hooks

from feedback.suggestions.viewset import SuggestionViewSet
from feedback.viewsets import FeedbackGroup


@hooks.register("register_admin_viewset")
def register_feedback_menu():
    return FeedbackGroup()


@hooks.register("register_admin_viewset")
def register_suggestions():
    return SuggestionViewSet(add_to_admin_menu=True, menu_order=155)
