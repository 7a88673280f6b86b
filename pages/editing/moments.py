"""A moment as people type it, by the clock on the wall: refused where the clock jumps over it, asked about where it
comes twice. The one place for every form that takes a day with a time, Wagtail's own too.
"""

from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html, format_html_join
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateTimeInput

WHICH = [("", "Choose"), ("first", "Before the clocks go back"), ("second", "After the clocks go back")]
NOT_THERE, TWICE = "not-there", "twice"


def local_moment(wall: datetime, which: str = "") -> datetime:
    """The moment at which the clock on the wall shows that. Raises ValidationError in words for whoever typed it.

    `which` says the first or the second, for the hour of autumn that comes twice.
    """
    zone = timezone.get_current_timezone()
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    day = f"{wall:%A} {wall.day} {wall:%B %Y}"
    if first.utcoffset() < second.utcoffset():
        jump = f"on {day} the clocks go forward from 1am to 2am"
        raise ValidationError(f"This time does not exist: {jump}. Choose another time.", code=NOT_THERE)
    if which not in ("first", "second"):
        back = f"on {day} the clocks go back from 2am to 1am"
        raise ValidationError(f"This time comes twice: {back}. Say which one you mean.", code=TWICE)
    # In UTC: Python calls a moment of such an hour in London equal to no other, not even to itself in UTC.
    return (second if which == "second" else first).astimezone(UTC)


def comes_twice(wall: datetime) -> bool:
    """Whether the clock on the wall shows that twice."""
    try:
        local_moment(wall)
    except ValidationError as error:
        return error.code == TWICE
    return False


def _split(value) -> tuple:
    """What was typed, and which of two was chosen beside it."""
    text, _, which = value.partition("|") if isinstance(value, str) else (value, "", "")
    return text, which


class LocalMomentInput(AdminDateTimeInput):
    """Wagtail's own, and beside it the question which one is meant, for the hour that comes twice."""

    def value_from_datadict(self, data, files, name):
        typed, which = super().value_from_datadict(data, files, name), data.get(f"{name}_which", "")
        return f"{typed}|{which}" if typed and which else typed

    def render(self, name, value, attrs=None, renderer=None):
        value, which = _split(value)
        wall = value if isinstance(value, datetime) else _read(value)
        html = super().render(name, value, attrs, renderer)
        if not wall or not comes_twice(wall.replace(tzinfo=None)):
            return html
        if isinstance(value, datetime):
            which = "second" if value.fold else "first"
        options = format_html_join(
            "", '<option value="{}"{}>{}</option>', ((key, " selected" * (key == which), words) for key, words in WHICH)
        )
        select = '{}<select name="{}_which" aria-label="Which of the two">{}</select>'
        return format_html(select, html, name, options)


def _read(value) -> datetime | None:
    try:
        return parse_datetime(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None


class LocalMomentField(forms.DateTimeField):
    """A day with a time, as `local_moment` understands it."""

    widget = LocalMomentInput

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if isinstance(self.widget, AdminDateTimeInput) and not isinstance(self.widget, LocalMomentInput):
            # A panel of Wagtail's chose the widget: the same one, which can also ask.
            asking = LocalMomentInput()
            asking.__dict__.update(self.widget.__dict__)
            self.widget = asking

    def to_python(self, value):
        text, which = _split(value)
        if text in self.empty_values or not isinstance(text, str):
            return super().to_python(text)
        wall = _read(text) or super(forms.DateTimeField, self).to_python(text)
        return wall if timezone.is_aware(wall) else local_moment(wall, which)


class AsksWhichForm(forms.Form):
    """A form with a day and times of their own, that asks of each time which one is meant where it comes twice."""

    def moment(self, name: str, wall: datetime) -> datetime | None:
        """What was typed at that field; nothing, and an error, where it cannot be or comes twice."""
        which = self.data.get(self.add_prefix(_which(name)), "")
        if comes_twice(wall):
            self._ask(name)
        try:
            return local_moment(wall, which)
        except ValidationError as error:
            self.add_error(_which(name) if error.code == TWICE else name, error)
            return None

    def show_which(self, **moments: datetime) -> None:
        """Say which one was meant before: the fields, each with its local moment."""
        for name, moment in moments.items():
            if comes_twice(moment.replace(tzinfo=None)):
                self.initial[_which(name)] = "second" if moment.fold else "first"
                self._ask(name)

    def _ask(self, name: str) -> None:
        """At the end, below the times that it is about."""
        label = f"“{self.fields[name].label or name}”: which of the two"
        self.fields[_which(name)] = forms.ChoiceField(label=label, choices=WHICH)


def _which(name: str) -> str:
    return f"{name}_which"


def take_local_moments() -> None:
    """Every form of the CMS takes moments so: dates of sessions, when a page goes live or ends, and all to come."""
    override = {"form_class": LocalMomentField, "widget": LocalMomentInput}
    register_form_field_override(models.DateTimeField, override=override)
