"""What people fill in about programmes."""

from datetime import date

from django import forms

from guidance.models import ProgrammePage
from people.models import User

NOBODY = "Nobody on the hub has this address. Check the spelling."


class TickForm(forms.Form):
    """One milestone is done. Without a day, it was today."""

    milestone = forms.CharField(max_length=40)
    on = forms.DateField(
        required=False, error_messages={"invalid": "Write the day as a date, such as 3/11/2026, or leave it empty."}
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        return self.cleaned_data["on"] or self.today

    @property
    def words(self) -> str:
        """What is wrong, in one line beside the button."""
        return " ".join(error for errors in self.errors.values() for error in errors)


class EnrolForm(forms.Form):
    """Somebody is put on a programme: chosen from the team, or by address where the team is not the limit."""

    programme = forms.ModelChoiceField(
        queryset=ProgrammePage.objects.none(),
        label="Programme",
        empty_label="Choose a programme",
        error_messages={"required": "Choose a programme.", "invalid_choice": "Choose a programme from the list."},
    )
    person = forms.ModelChoiceField(
        queryset=User.objects.none(),
        required=False,
        label="Somebody of your team",
        empty_label="Choose a person",
        error_messages={"invalid_choice": "Choose somebody of your team."},
    )
    email = forms.EmailField(
        required=False,
        label="Or anybody, by their e-mail address",
        error_messages={"invalid": "Write an e-mail address, such as name@council.gov.uk."},
    )

    def __init__(self, *args, programmes, team, anybody: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes
        self.fields["person"].queryset = team
        if not anybody:
            del self.fields["email"]
            self.fields["person"].required = True
            self.fields["person"].error_messages["required"] = "Choose somebody of your team."

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if email and not User.objects.filter(email__iexact=email, is_active=True).exists():
            raise forms.ValidationError(NOBODY)
        return email

    def clean(self):
        given = super().clean()
        person, email = given.get("person"), given.get("email")
        if "email" in self.fields and not self.errors:
            if not person and not email:
                self.add_error("person", "Choose somebody of your team, or write an address below.")
            elif person and email:
                self.add_error("email", "Choose somebody above or write an address, not both.")
        return given

    @property
    def whom(self) -> User:
        """Who is put on the programme."""
        given = self.cleaned_data
        return given["person"] or User.objects.get(email__iexact=given["email"])
