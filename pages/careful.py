"""A form for words that may name a child: it stops, asks, loses nothing. What it stopped is never kept or logged."""

from django import forms

from pages.recognising import clues, refusal

NOBODY = "What is named above points to no child or family"


class CarefulForm(forms.Form):
    """Checks the fields in `careful`. Where something may be a name, a box appears to say that it is nobody's.

    The box does not help where something certainly points to somebody.
    """

    careful: tuple[str, ...] = ()
    nobody = forms.BooleanField(label=NOBODY, required=False, widget=forms.HiddenInput)

    def clean(self):
        given = super().clean()
        judged = bool(given.get("nobody"))
        for name in self.careful:
            words = refusal(given.get(name) or "", judged=judged)
            if words:
                self.add_error(name, words)
        if self._may_be_judged(given):
            # Shown only to those who need it, so that nobody ticks it by habit.
            self.fields["nobody"].widget = forms.CheckboxInput()
            self.fields["nobody"].widget.is_required = False
        return given

    def _may_be_judged(self, given: dict) -> bool:
        found = [clue for name in self.careful for clue in clues(given.get(name) or self.data.get(name) or "")]
        return bool(found) and not any(clue.certain for clue in found)
