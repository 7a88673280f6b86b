from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, ResetPasswordForm
from django.utils import timezone

from people.signing_in import way_back_in


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
    """Looks nothing up: whether somebody has the address is found out later, by a job."""

    def clean_email(self):
        return get_adapter().clean_email(self.cleaned_data["email"].lower())

    def save(self, request, **kwargs):
        way_back_in.ask(email=self.cleaned_data["email"], now=timezone.now())
        return self.cleaned_data["email"]
