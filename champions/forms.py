"""What people fill in when they ask, answer and offer a tip."""

from django import forms

from champions.models.question import LONGEST_ANSWER, LONGEST_QUESTION, LONGEST_TIP
from language.careful import CarefulForm
from pages.editing.once import OnceForm

LEAVE_OUT = "No names, initials, dates or places. “A boy of seven who hides under the table” is enough."


class AskForm(OnceForm):
    """A question to a champion."""

    text = forms.CharField(
        label="Your question",
        max_length=LONGEST_QUESTION,
        help_text=LEAVE_OUT,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": False}),
        error_messages={"required": "Write what you would like to know."},
    )


class ReplyForm(CarefulForm):
    """An answer."""

    answer = forms.CharField(
        label="Your answer",
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": False}),
        error_messages={"required": "Write an answer first."},
    )


class TipForm(CarefulForm):
    """A line for a tool."""

    text = forms.CharField(
        label="The tip",
        max_length=LONGEST_TIP,
        help_text="One or two sentences that help the next person who uses the tool.",
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": False}),
        error_messages={"required": "Write the tip first."},
    )


class DeclineForm(CarefulForm):
    """Why a tip is not taken."""

    reason = forms.CharField(
        label="Reason, which the champion can read",
        max_length=200,
        error_messages={"required": "Say why."},
    )
