from wagtail import hooks

from feedback.viewsets import FeedbackGroup


@hooks.register("register_admin_viewset")
def register_feedback_menu():
    return FeedbackGroup()
