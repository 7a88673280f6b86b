from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    name = "people"


class HubUsersConfig(WagtailUsersAppConfig):
    """Wagtail's own user screens, with team and manager on the form."""

    user_viewset = "people.viewsets.HubUserViewSet"
