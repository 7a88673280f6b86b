"""The form behind every picture in the CMS: it asks whether people are shown, and what they agreed to."""

from django import forms
from django.utils import timezone
from wagtail.images.forms import BaseImageForm

from assets.picture_files import PictureField

FILES = (
    "JPEG, PNG, WebP, GIF or AVIF, or as a phone takes them (HEIC), up to 10 MB. Where it was taken, and with what, "
    "is taken out of it."
)
CONSENT = {
    "consent_scope": "Choose who may see it: that is what the people on it agreed to.",
    "consent_until": "Give the last day of the consent. If none was agreed, a year from the day is a good length.",
    "consent_note": "Say where the signed consent is kept, so that the next editor can find it.",
}


SAID = ("people_shown", "consent_scope", "consent_until", "consent_note", "consent_withdrawn_on")
A_NEW_ONE = "It was taken back. Only a new consent opens it: give its last day, and where it is kept."
SOMEBODY_ELSE = (
    "It showed people who could be recognised. You put it here or spoke of its consent last, so a colleague has to say "
    "that it shows nobody."
)
LOOK = "Somebody once said that it shows people. Look at it yourself, and tick below that nobody can be recognised."


class HubImageForm(BaseImageForm):
    """Wagtail's form for a picture. A photograph of people cannot be kept without a consent that still holds.

    What was once said to show people stays that way for whoever said so: a second person, who is told, may say other.
    """

    def __init__(self, *args, **kwargs):
        self.by = kwargs.get("user")
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=given.label, widget=given.widget, required=given.required, help_text=FILES
            )
        image = self.instance
        self.showed_people = bool(image.pk) and (image.shows_people or image.consent_withdrawn_on is not None)
        self.was_withdrawn = image.consent_withdrawn_on is not None
        if self.showed_people and "people_shown" in self.fields:
            self.fields["looked"] = forms.BooleanField(
                label="I have looked: nobody on it can be recognised",
                required=False,
                help_text=f"Only if you change “shows people” to no. {image.consent_state}",
            )
        if field := self.fields.get("people_shown"):
            field.required = True
            field.widget = forms.RadioSelect(choices=[choice for choice in field.choices if choice[0]])
            field.error_messages["required"] = "Say whether anybody on it could be recognised."

    def clean(self):
        cleaned = super().clean()
        image, today = self.instance, timezone.localdate()
        withdrawn = cleaned.get("consent_withdrawn_on")
        if withdrawn and withdrawn > today:
            self.add_error("consent_withdrawn_on", "Choose today or an earlier day: a no holds at once.")
        until = cleaned.get("consent_until")
        # A photograph whose consent has run out can still be described anew; but no old day is set.
        if until and until < today and ("consent_until" in self.changed_data or not image.pk):
            self.add_error("consent_until", "This day is past. Ask again, or leave the photograph out.")
        if cleaned.get("people_shown") == image.PeopleShown.PEOPLE and not withdrawn:
            for name, message in CONSENT.items():
                if name in self.fields and not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, message)
        self._ask_before_it_is_open_again(cleaned)
        return cleaned

    def _ask_before_it_is_open_again(self, cleaned: dict) -> None:
        """After a no, a new consent or a second person; where people were on it, a second person who says not."""
        if not self.showed_people or cleaned.get("consent_withdrawn_on"):
            return
        if cleaned.get("people_shown") == self.instance.PeopleShown.PEOPLE:
            if self.was_withdrawn and not {"consent_until", "consent_note"} <= set(self.changed_data):
                self.add_error("consent_withdrawn_on", A_NEW_ONE)
        elif self.by is None or self.by.pk in (self.instance.consent_said_by_id, self.instance.uploaded_by_user_id):
            self.add_error("people_shown", SOMEBODY_ELSE)
        elif not cleaned.get("looked"):
            self.add_error("looked" if "looked" in self.fields else "people_shown", LOOK)

    def save(self, commit=True):
        if self.by is not None and set(SAID) & set(self.changed_data):
            self.instance.consent_said_by = self.by
        return super().save(commit)
