from allauth.account.forms import LoginForm, ResetPasswordForm
from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm

from people.models import Appearance, User


class PlainLabels:
    """Labels as the hub writes them, and no placeholder that says the label again and is gone when typing begins."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in {"login", "email"}:
                field.label = "E-mail address"


class SignInForm(PlainLabels, LoginForm):
    pass


class ForgottenPasswordForm(PlainLabels, ResetPasswordForm):
    pass


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
