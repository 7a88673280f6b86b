"""People and teams in the CMS."""

from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.views.users import UserViewSet

from people.forms import HubUserCreationForm, HubUserEditForm
from people.models import Team


class HubUserViewSet(UserViewSet):
    def get_form_class(self, for_update=False):
        return HubUserEditForm if for_update else HubUserCreationForm


class TeamViewSet(ModelViewSet):
    """Teams: chosen on a person's form; their names appear in managers' lists."""

    model = Team
    icon = "group"
    menu_label = "Teams"
    menu_order = 610
    add_to_settings_menu = True
    list_display = ["name", "district"]
    search_fields = ["name", "district"]
    form_fields = ["name", "district"]
    copy_view_enabled = False
