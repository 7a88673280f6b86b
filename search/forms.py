from django import forms

from language.careful import CarefulForm
from search.models import Wish
from search.unmet import MOST_DIGITS


class WishForm(CarefulForm, forms.ModelForm):
    """What a reader wanted, in a few words and without a name."""

    class Meta:
        model = Wish
        fields = ["text", "searched_for"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3}), "searched_for": forms.HiddenInput}
        labels = {"text": "What did you hope to find?"}
        help_texts = {
            "text": "A sentence is enough. Please leave out names, dates of birth and anything else about a child or"
            " family. Your name is not kept with it."
        }
        error_messages = {"text": {"required": "Write a few words about what you hoped to find."}}

    def clean_text(self):
        text = " ".join(self.cleaned_data["text"].split())
        if sum(sign.isdigit() for sign in text) > MOST_DIGITS:
            raise forms.ValidationError("Please leave out long numbers, such as dates of birth or case numbers.")
        return text
