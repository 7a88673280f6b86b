from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm

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


class HubUserEditForm(UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"team", "manager"}


class HubUserCreationForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"team", "manager"}
