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


class HubImageForm(BaseImageForm):
    """Wagtail's form for a picture. A photograph of people cannot be kept without a consent that still holds."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=given.label, widget=given.widget, required=given.required, help_text=FILES
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
        return cleaned
