"""What people fill in about their protected time."""

import uuid
from datetime import date, timedelta

from django import forms

from language.careful import CarefulForm
from learning.models import LONGEST_DAY, TimeState
from pages.wording import day

LOOKING_BACK, LOOKING_AHEAD = timedelta(days=2 * 365), timedelta(days=365)
"""How far from today an entry may lie: farther is a slip of the pen."""


class TimeForm(CarefulForm):
    """A piece of time, planned or over."""

    on = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose a day.", "invalid": "Choose a day, such as 3/11/2026."},
    )
    minutes = forms.IntegerField(
        label="How many minutes",
        min_value=1,
        max_value=LONGEST_DAY,
        help_text="For example: 30, or 90 for an hour and a half.",
        error_messages={
            "required": "Say how many minutes.",
            "invalid": "Write the minutes as a whole number, such as 90.",
            "min_value": "At least 1 minute.",
            "max_value": f"At most {LONGEST_DAY:,} minutes, which is a whole day.",
        },
    )
    what = forms.CharField(
        label="What for",
        max_length=120,
        help_text="For example: reading about genograms. Please do not name a child or family.",
        error_messages={"required": "Say in a few words what the time is for."},
    )
    state = forms.ChoiceField(
        label="What became of it",
        choices=TimeState.choices,
        initial=TimeState.TAKEN,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose planned, taken or lost to work.",
            "invalid_choice": "Choose planned, taken or lost to work.",
        },
    )
    # Drawn anew with every form: a second press of the same button sends the same key.
    key = forms.UUIDField(
        required=False,
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={"invalid": "Open this page again and send the form once more."},
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        on = self.cleaned_data["on"]
        earliest, latest = self.today - LOOKING_BACK, self.today + LOOKING_AHEAD
        if not earliest <= on <= latest:
            raise forms.ValidationError(f"Choose a day between {day(earliest)} and {day(latest)}.")
        return on

    def clean(self):
        given = super().clean()
        if given.get("state") == TimeState.TAKEN and given.get("on") and given["on"] > self.today:
            self.add_error("on", "This day is still to come, so the time can be planned, but not taken yet.")
        return given

    @property
    def source(self) -> str:
        """The same for two presses of one form; another as soon as anything in it is another."""
        given = self.cleaned_data
        if not given["key"]:
            return ""
        said = f"{given['on']}|{given['minutes']}|{given['state']}|{given['what']}"
        return f"typed:{uuid.uuid5(given['key'], said)}"


class PlannedEntryForm(forms.Form):
    """The buttons of an entry that was planned."""

    state = forms.ChoiceField(choices=TimeState.choices)
