"""People, roles and teams in the CMS. Who may change whom stands in `people.administering`."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.views import bulk_actions, groups, users

from people.administering import (
    MORE_THAN_YOURS,
    Right,
    beyond,
    known_by_name,
    may_change,
    may_make_superusers,
    rights_of,
)
from people.forms import HubUserCreationForm, HubUserEditForm, RoleForm
from people.models import Team


class ByWhom:
    """Tells the form who fills it in."""

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "may_make_superusers": may_make_superusers(self.request.user)}


class AddPerson(ByWhom, users.CreateView):
    """A new account."""


class OnlyWhomTheyMayChange:
    """To everybody else the account of a superuser can be looked up and not changed."""

    def dispatch(self, request, *args, **kwargs):
        if not may_change(request.user, self.get_object()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class EditPerson(OnlyWhomTheyMayChange, ByWhom, users.EditView):
    """An account."""


class DeletePerson(OnlyWhomTheyMayChange, users.DeleteView):
    """An account that is to go."""


class HubUserViewSet(users.UserViewSet):
    add_view_class = AddPerson
    edit_view_class = EditPerson
    delete_view_class = DeletePerson

    def get_form_class(self, for_update=False):
        return HubUserEditForm if for_update else HubUserCreationForm


class OfMany:
    """For several accounts at once: those that may not be changed are named and left out."""

    def check_perm(self, obj):
        return super().check_perm(obj) and may_change(self.request.user, obj)


class AssignRole(OfMany, bulk_actions.AssignRoleBulkAction):
    """A role for several people."""


class SetActive(OfMany, bulk_actions.SetActiveStateBulkAction):
    """Accounts of several people switched off or on."""


class DeletePeople(OfMany, bulk_actions.DeleteBulkAction):
    """Accounts of several people that are to go."""


BULK_ACTIONS = (AssignRole, SetActive, DeletePeople)


class NothingBeyondOnesOwn:
    """A role gets no right that whoever gives it does not hold: it is tried, compared and taken back."""

    def is_valid(self, form):
        if not super().is_valid(form):
            return False
        if too_much := beyond(self.request.user, self._gained(form)):
            form.add_error(None, MORE_THAN_YOURS.format(what=", ".join(too_much)))
            self.produced_error_message = self.get_error_message()
            return False
        return True

    def _gained(self, form) -> set[Right]:
        """What the role could do after this that it cannot do now."""
        group, key = form.instance, form.instance.pk
        before = rights_of([key]) if key else set()
        with transaction.atomic():
            form.save()
            for panel in self.permission_panel_forms:
                panel.save()
            gained = rights_of([group.pk]) - before
            transaction.set_rollback(True)
        group.pk, group._state.adding = key, key is None
        return gained


class AddRole(NothingBeyondOnesOwn, groups.CreateView):
    """A new role."""


class EditRole(NothingBeyondOnesOwn, groups.EditView):
    """What a role may do."""


class DeleteRole(groups.DeleteView):
    """A role that the hub does not know by its name."""

    def dispatch(self, request, *args, **kwargs):
        if known_by_name(self.get_object()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class HubGroupViewSet(groups.GroupViewSet):
    add_view_class = AddRole
    edit_view_class = EditRole
    delete_view_class = DeleteRole

    def get_form_class(self, for_update=False):
        return RoleForm


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
