"""What a manager fills in to ask for a briefing."""

from django import forms

from language.careful import OURS, CarefulForm
from people.models import Team


class BriefingForm(CarefulForm):
    """For which team, how many people, and when it suits them."""

    ours = OURS

    team = forms.ModelChoiceField(
        Team.objects.none(),
        label="Team",
        empty_label="Choose a team",
        error_messages={"required": "Choose a team.", "invalid_choice": "Choose one of your teams."},
    )
    people = forms.IntegerField(
        label="How many people",
        min_value=1,
        max_value=500,
        error_messages={"required": "Say about how many people come.", "invalid": "Write a whole number, such as 12."},
    )
    wanted = forms.CharField(
        label="Dates and times that suit you",
        max_length=500,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In your own words, such as: our team meeting, Tuesdays 9.30 to 11, from February.",
        error_messages={"required": "Say when it suits you, even roughly."},
    )

    def __init__(self, *args, teams, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams
