from wagtail import hooks

from practice.viewsets import PracticeGroup


@hooks.register("register_admin_viewset")
def register_practice_menu():
    return PracticeGroup()
