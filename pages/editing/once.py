"""A form that arrives once: pressed twice it is one thing, and other words in it are never taken for the first ones.

Each form carries a key of its own. A second press brings the same key and the same words, and changes nothing. The
same key with other words (back, something added, sent again) comes back with a fresh key, and says so: nobody believes
that the new words are on their way.
"""

import uuid

from django import forms

from language.careful import CarefulForm

SENT_BEFORE = (
    "This form was sent already, with other words: those are on their way as they were. "
    "What you wrote now stands below and was not sent. Press again to send it as well."
)


class OnceForm(CarefulForm):
    """Base of forms whose sending makes something new."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def come_back(self) -> None:
        """What was typed, with another key: the next press sends it."""
        self.data = self.data.copy()
        self.data[self.add_prefix("key")] = str(uuid.uuid4())
