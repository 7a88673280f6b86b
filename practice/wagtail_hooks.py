from wagtail import hooks

from practice.viewsets import PlainWordsGroup, PracticeGroup


@hooks.register("register_admin_viewset")
def register_practice_menu():
    return [PracticeGroup(), PlainWordsGroup()]
