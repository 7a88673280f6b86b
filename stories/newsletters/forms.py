"""What an editor sends from the screen on which an issue is put together."""

from django import forms

from stories.blocks import LONGEST_LINE
from stories.models.news_page import MOST_ITEMS
from stories.newsletters.editions import LONGEST_SUMMARY, Issue

LARGEST_KEY = 2**31


class IssueForm(forms.Form):
    """The head of an issue, its items with the editor's lines, and what was ticked or pressed beside them."""

    title = forms.CharField(max_length=120)
    issued_on = forms.DateField(
        label="Sent out on", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    summary = forms.CharField(
        label="Purpose",
        required=False,
        max_length=LONGEST_SUMMARY,
        help_text="One sentence for the card. Leave it empty and it says how many stories and tools are in it.",
    )
    intro = forms.CharField(
        label="To begin with",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="A greeting in two or three sentences. An empty line begins a new paragraph.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.line_errors: dict[int, str] = {}

    def _keys(self, name: str) -> list[int]:
        """Keys of pages as they were sent; what is none is left out."""
        values = self.data.getlist(name) if hasattr(self.data, "getlist") else []
        keys = (int(value) for value in values if value.isdecimal() and value.isascii() and len(value) < 11)
        return list(dict.fromkeys(key for key in keys if key < LARGEST_KEY))

    @property
    def items(self) -> list[tuple[int, str]]:
        """The issue's items as they were sent, in order, each with its line."""
        return [(key, self.data.get(f"line-{key}", "").replace("\x00", "").strip()) for key in self._keys("item")]

    @property
    def ticked(self) -> list[int]:
        return self._keys("new")

    @property
    def pressed(self) -> tuple[str, int]:
        """Which button, and for which item (0 for none): ("up", 14)."""
        name, _, key = self.data.get("do", "").partition(":")
        return name, int(key) if key.isdecimal() and key.isascii() and len(key) < 11 else 0

    def clean(self):
        cleaned = super().clean()
        for key, line in self.items:
            if len(line) > LONGEST_LINE:
                self.line_errors[key] = f"Your line has {len(line)} characters; {LONGEST_LINE} is the most."
        if self.line_errors:
            raise forms.ValidationError("One of your lines is too long: see below, at its page.")
        if len(self.items) + len(self.ticked) > MOST_ITEMS:
            raise forms.ValidationError(f"An issue holds {MOST_ITEMS} pages at most. Untick some.")
        return cleaned

    def issue(self) -> Issue:
        """The issue after what was pressed: moved, taken out, put in."""
        name, key = self.pressed
        items = self.items
        places = {pk: place for place, (pk, _) in enumerate(items)}
        if key in places:
            place = places[key]
            if name == "out":
                items.pop(place)
            elif name in {"up", "down"}:
                other = min(max(place + (-1 if name == "up" else 1), 0), len(items) - 1)
                items[place], items[other] = items[other], items[place]
        items += [(pk, "") for pk in self.ticked if pk not in places]
        given = {field: self.cleaned_data[field] for field in ("title", "issued_on", "summary", "intro")}
        return Issue(**given, items=items)
