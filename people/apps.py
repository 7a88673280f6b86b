from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    name = "people"


class HubUsersConfig(WagtailUsersAppConfig):
    """Wagtail's own screens of people and roles, with team and manager on the form, and our rules of who may what."""

    user_viewset = "people.viewsets.HubUserViewSet"
    group_viewset = "people.viewsets.HubGroupViewSet"
