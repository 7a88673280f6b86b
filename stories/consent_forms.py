"""What is written down when somebody agrees that their story is told."""

from django import forms
from django.utils import timezone

from language.careful import CarefulForm
from language.personal_details import clues
from pages.wording import day
from stories.consent import LONGEST
from stories.models import StoryConsent

A_DAY = {"required": "Give the day.", "invalid": "Give a day, such as 2027-05-31."}


class ReopenForm(CarefulForm):
    """Why a story whose consent ended is not that person's own any more."""

    because = forms.CharField(
        label="Why it may be shown without their consent",
        max_length=300,
        help_text="What was taken out, so that it is no longer their story. No names.",
        error_messages={"required": "Say why: it is kept with the story."},
    )


class ConsentForm(forms.Form):
    """Who agreed, when, until when, and where the form lies that they signed."""

    given_by = forms.ChoiceField(
        label="Who agreed",
        choices=StoryConsent.GivenBy,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who agreed."},
    )
    agreed_on = forms.DateField(
        label="Agreed on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages=A_DAY
    )
    ends_on = forms.DateField(
        label="Ends on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="The last day. From the next one on nobody sees the story. At most three years from today.",
        error_messages=A_DAY,
    )
    kept_at = forms.CharField(
        label="Where the signed form is kept",
        max_length=200,
        help_text="Such as: Participation team’s folder, form 31. No name of the child or young person.",
        error_messages={"required": "Say where the signed form is kept, so that somebody can look."},
    )

    def clean_agreed_on(self):
        agreed = self.cleaned_data["agreed_on"]
        if agreed > timezone.localdate():
            raise forms.ValidationError("Choose today or an earlier day: the day on which they agreed.")
        return agreed

    def clean_ends_on(self):
        ends, today = self.cleaned_data["ends_on"], timezone.localdate()
        if ends < today:
            raise forms.ValidationError("This day is past, so the consent has ended. Ask again before you record it.")
        if ends > today + LONGEST:
            raise forms.ValidationError(f"Choose a day up to {day(today + LONGEST)}: then ask again.")
        return ends

    def clean_kept_at(self):
        kept = self.cleaned_data["kept_at"]
        if any(clue.certain for clue in clues(kept)):
            raise forms.ValidationError("This seems to name somebody. Say where the form lies, not whose it is.")
        return kept
