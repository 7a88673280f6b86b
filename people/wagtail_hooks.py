from wagtail import hooks

from people.choosers import person_chooser
from people.viewsets import TeamViewSet


@hooks.register("register_admin_viewset")
def register_teams():
    return TeamViewSet("teams")


@hooks.register("register_admin_viewset")
def register_choosing_people():
    return person_chooser
