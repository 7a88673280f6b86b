"""Free text that may name a child: it stops, asks, loses nothing. What it stopped is never kept or logged.

Every form in which people write freely is a `CarefulForm`; a test walks all forms of the hub. Each text field is
checked unless the form says why not.
"""

from collections.abc import Mapping
from functools import wraps

from django import forms
from django.conf import settings
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string

from language.personal_details import Clue, clues, first_names
from practice import editions

NOBODY = "I have read it again: it points to no child and no family"
SHOWN = 5
"""How many places a refusal names at most."""
OURS = frozenset({"place", "phone", "contact"})
"""What colleagues give of themselves or of a venue when they write to an organiser: asked about, not refused."""
NOT_WRITTEN_FREELY = (forms.EmailField, forms.URLField, forms.UUIDField, forms.SlugField, forms.RegexField)


def known_words() -> frozenset[str]:
    """Words that name nobody, from every list that the hub keeps. A first name stays one, whatever list it is on."""
    table = editions.read()
    return frozenset().union(*(import_string(name)(table) for name in settings.KNOWN_WORDS)) - first_names()


def found_in(text: str) -> list[Clue]:
    """What in a text might point to somebody, beside what the hub knows to be nobody."""
    return clues(text, known=known_words()) if clues(text) else []


def refusal(found: list[Clue], *, judged: bool = False, ours: frozenset[str] = frozenset()) -> str:
    """Why a text should not be sent as it is, in words for its writer; empty where it may go.

    `judged`: the writer has read it again and says that it points to nobody.
    """
    certain = [clue for clue in found if clue.certain and clue.kind not in ours]
    if certain:
        seen = ", ".join(f"“{clue.words}” looks like {clue.label}" for clue in certain[:SHOWN])
        return f"This seems to point to somebody: {seen}. Leave it out, and say for example “a boy of seven”."
    if found and not judged:
        seen = ", ".join(f"“{clue.words}”" for clue in found[:SHOWN])
        return f"Could this point to a child or a family? {seen}. Leave it out, or tick below that it does not."
    return ""


def is_written_freely(field: forms.Field) -> bool:
    """Whether people type words of their own into it."""
    return (
        isinstance(field, forms.CharField)
        and not isinstance(field, NOT_WRITTEN_FREELY)
        and not isinstance(field.widget, forms.PasswordInput)
        and not field.widget.is_hidden
    )


class CarefulForm(forms.Form):
    """Checks what is written freely. Where something may be a name, a box appears to say that it is nobody's.

    The box does not help where something certainly points to somebody.
    """

    plain: Mapping[str, str] = {}
    """Fields that are not checked, each with the reason."""
    ours: frozenset[str] = frozenset()
    """Kinds of clues that are asked about here, where other forms refuse them."""
    nobody = forms.BooleanField(label=NOBODY, required=False, widget=forms.HiddenInput)

    @property
    def careful(self) -> list[str]:
        """The fields that are checked."""
        return [name for name, field in self.fields.items() if is_written_freely(field) and name not in self.plain]

    def clean(self):
        given = super().clean()
        # What was ticked is about the words and is none of them, so it is not handed on.
        judged, asked = bool(given.pop("nobody", False)), False
        for name in self.careful:
            found = found_in(given.get(name) or "")
            asked = asked or bool(found)
            if words := refusal(found, judged=judged, ours=self.ours):
                self.add_error(name, words)
        if asked:
            self._show_the_box()
        return given

    def _show_the_box(self) -> None:
        """Only to those who need it, so that nobody ticks it by habit; at the end, where they have read it again."""
        box = self.fields.pop("nobody")
        box.widget = forms.CheckboxInput()
        box.widget.is_required = False
        self.fields["nobody"] = box


class LineForm(CarefulForm):
    """One line that was typed beside a button, such as a reason."""

    ours = OURS

    def __init__(self, *args, name: str, label: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[name] = forms.CharField(label=label, required=False)


def careful_line(name: str, label: str):
    """For a view that takes one line typed beside a button: where it may point to somebody, it comes back by itself.

    Screens with many such lines have no room for the box; so the line is shown alone, filled in, with everything that
    was sent beside it, and goes to the same address.
    """

    def decorate(view):
        @wraps(view)
        def careful(request, *args, **kwargs):
            typed = request.POST.copy()
            typed[name] = typed.get(name, "").replace("\x00", "")
            form = LineForm(typed, name=name, label=label)
            if request.method == "POST" and not form.is_valid():
                return _read_again(request, form, label)
            return view(request, *args, **kwargs)

        return careful

    return decorate


def _read_again(request, form: LineForm, label: str):
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in form.fields and name != "csrfmiddlewaretoken"
        for value in values
    ]
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    context = {"form": form, "carried": carried, "page_title": label, "back": came_from if is_ours else "/"}
    return render(request, "pages/read_again.html", context, status=400)
