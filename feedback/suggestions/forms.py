"""The form for a suggestion: a few questions, those of the page type that it would become."""

from django import forms
from django.utils.text import slugify

from feedback.forms import WordsField
from feedback.models import Suggestion
from feedback.suggestions.suggesting import question
from language.careful import CarefulForm
from pages.editing.once import OnceForm
from pages.models import HubPage

LONGEST_ANSWER = 6000
NOBODY_TO_RECOGNISE = "Leave out names, initials, dates and places of any child or family."


class SuggestionForm(OnceForm):
    """What it is, how it goes, and whose it is. The first of the long questions must be answered; the others may be."""

    plain = {"source": "It asks for the names of authors."}

    title = forms.CharField(
        label="What do you call it?",
        max_length=120,
        error_messages={"required": "Give it a name, so that we can talk about it."},
    )
    purpose = forms.CharField(
        label="What is it good for?",
        max_length=160,
        help_text="One sentence of at most 160 characters: Hear what is hard and hoped.",
        error_messages={"required": "Say in one sentence what it is good for."},
    )
    whose = forms.ChoiceField(
        label="Whose work is it?",
        choices=Suggestion.Whose,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one. “I do not know” is an answer: an editor finds out."},
    )
    source = forms.CharField(
        label="Where does it come from?",
        max_length=200,
        required=False,
        help_text="Who wrote it and where it stands, as far as you know. Needed when it is somebody else’s.",
    )
    credit = forms.ChoiceField(
        label="Whom shall the page name?",
        choices=Suggestion.Credit,
        widget=forms.RadioSelect,
        initial=Suggestion.Credit.NAME,
        error_messages={"required": "Choose one."},
    )

    def __init__(self, *args, model: type[HubPage], **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = model.suggested_in
        for number, name in enumerate(self.asked):
            self.fields[name] = _question(model, name, required=number == 0)
        self.order_fields(["key", "title", "purpose", *self.asked, "whose", "source", "credit"])

    def clean(self):
        given = super().clean()
        foreign = given.get("whose") in (Suggestion.Whose.ADAPTED, Suggestion.Whose.PUBLISHED)
        if foreign and not given.get("source"):
            self.add_error("source", "Say who made it and where it stands, so that an editor can ask.")
        return given

    def clean_title(self):
        title = self.cleaned_data["title"]
        if not slugify(title):
            raise forms.ValidationError("Use letters or figures in the name.")
        return title

    def words(self) -> dict[str, str]:
        """The long answers by field of the page, as `feedback.suggestions.suggesting.send` takes them."""
        return {name: self.cleaned_data[name] for name in self.asked if self.cleaned_data.get(name)}


def _question(model: type[HubPage], name: str, *, required: bool) -> forms.Field:
    field = model._meta.get_field(name)
    return WordsField(
        label=question(model, name),
        help_text=f"{field.help_text} {NOBODY_TO_RECOGNISE}" if required else field.help_text,
        required=required,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": False}),
        error_messages={"required": "Write a few lines. An editor makes a page of them."},
    )


class DeclineSuggestionForm(CarefulForm):
    """Why it is not taken."""

    reason = forms.CharField(
        label="Why not",
        max_length=500,
        help_text="The sender reads this. Say what would make it fit, or where it fits better.",
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": False}),
        error_messages={"required": "Say why: somebody took the trouble to write."},
    )
