"""A form of something that others may change while it is open: what they did is never undone without a word.

The form carries what it was filled in from. If that is otherwise by now, it comes back once with what somebody else has
made of it and all that was typed; whoever presses again means it.
"""

import hashlib
import json

from django import forms
from django.core.serializers.json import DjangoJSONEncoder

SEEN = "seen"


def mark_of(*facts) -> str:
    """A short sign for what somebody saw."""
    return hashlib.sha256(json.dumps(facts, cls=DjangoJSONEncoder).encode()).hexdigest()[:16]


def seen_field() -> forms.CharField:
    return forms.CharField(required=False, widget=forms.HiddenInput)


def refuse_unseen(form: forms.BaseForm, mark: str, words: str) -> None:
    """An error of the whole form if it was filled in from something else than what there is now."""
    seen = form.cleaned_data.get(SEEN)
    if seen and seen != mark:
        form.add_error(None, words)
        form.data = form.data.copy()
        form.data[form.add_prefix(SEEN)] = mark
