from django import forms
from django.contrib.auth.models import Group
from wagtail.users.forms import GroupForm, UserCreationForm, UserEditForm

from people.administering import STAYS_AS_IT_IS, known_by_name
from people.models import Appearance, User


class AppearanceForm(forms.ModelForm):
    """The switch between light and dark on "My hub"."""

    appearance = forms.ChoiceField(
        label="How the hub looks",
        choices=Appearance.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose one of the three ways the hub can look."},
    )

    class Meta:
        model = User
        fields = ["appearance"]


class BySomebody:
    """Whoever may not make superusers has no such box; sent along all the same, it changes nothing."""

    def __init__(self, *args, may_make_superusers: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_make_superusers:
            self.fields.pop("is_superuser", None)


class HubUserEditForm(BySomebody, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"team", "manager"}


class HubUserCreationForm(BySomebody, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"team", "manager"}


class RoleForm(GroupForm):
    """Wagtail's form of a role, whose name stays where rules of the hub ask for it."""

    def clean_name(self):
        name = super().clean_name()
        if self.instance.pk and name != self.initial["name"] and known_by_name(Group(name=self.initial["name"])):
            raise forms.ValidationError(STAYS_AS_IT_IS)
        return name
