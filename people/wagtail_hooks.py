from wagtail import hooks

from people.viewsets import TeamViewSet


@hooks.register("register_admin_viewset")
def register_teams():
    return TeamViewSet("teams")
