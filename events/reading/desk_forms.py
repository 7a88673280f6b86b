"""What organisers fill in at the desk."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone

from events.models import Booking, Came, SessionDate, SessionMessage
from language.careful import OURS, CarefulForm
from pages.editing.moments import AsksWhichForm
from pages.editing.once import OnceForm
from pages.editing.seen import SEEN, mark_of, refuse_unseen, seen_field
from people.models import User


class PersonForm(CarefulForm):
    """Who is added by hand."""

    ours = OURS

    colleague = forms.EmailField(
        label="E-mail address of the colleague",
        error_messages={"invalid": "Write the whole address, such as amina@hub.example."},
    )
    because = forms.CharField(
        label="Reason",
        max_length=300,
        required=False,
        help_text="Only if all places are taken, or the session is for others. Kept in the log; they are not told.",
    )
    although = forms.BooleanField(label="Add them although the session is for others", required=False)

    def clean_colleague(self) -> User:
        person = User.objects.filter(email__iexact=self.cleaned_data["colleague"], is_active=True).first()
        if not person:
            raise forms.ValidationError("Nobody on the hub has this address. Check how it is spelt.")
        return person


def reason_in(typed) -> str:
    """The reason that was typed, as far as it can be kept: no sign that a database refuses, no endless text."""
    return typed.get("reason", "").replace("\x00", "").strip()[:300]


class ReasonForm(CarefulForm):
    """Why: people are told, and the log keeps it."""

    ours = OURS

    reason = forms.CharField(label="Reason", max_length=300, error_messages={"required": "Say why. It is kept."})


class CapacityForm(forms.Form):
    capacity = forms.IntegerField(
        label="Places", min_value=1, max_value=5000, help_text="Fewer than are booked removes nobody."
    )


MOVED_MEANWHILE = (
    "Somebody else has changed this date since you opened it. It is now planned for {}. "
    "What you typed stands below and is not saved yet. Look it through, and press again."
)


class MoveForm(AsksWhichForm, CarefulForm):
    """A new day, time or place for one date."""

    plain = {"place": "The address of a venue, as its session has one."}

    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    starts = forms.TimeField(label="From", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label="Until", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label="Place", max_length=200, required=False, help_text="Empty: the session's own place.")

    seen = seen_field()

    def __init__(self, *args, date: SessionDate, **kwargs):
        super().__init__(*args, **kwargs)
        self.date = date
        self.mark = mark_of(date.starts_at, date.ends_at, date.place)
        self.initial[SEEN] = self.mark

    @classmethod
    def of(cls, date: SessionDate) -> "MoveForm":
        starts, ends = timezone.localtime(date.starts_at), timezone.localtime(date.ends_at)
        initial = {"day": starts.date(), "starts": starts.time(), "ends": ends.time(), "place": date.place}
        form = cls(date=date, initial=initial)
        form.show_which(starts=starts, ends=ends)
        return form

    def clean(self):
        given = super().clean()
        if {"day", "starts", "ends"} <= given.keys():
            given["starts_at"] = self.moment("starts", datetime.combine(given["day"], given["starts"]))
            given["ends_at"] = self.moment("ends", datetime.combine(given["day"], given["ends"]))
        if given.get("starts_at") and given.get("ends_at"):
            if given["ends_at"] <= given["starts_at"]:
                self.add_error("ends", "It has to end after it starts.")
            if given["starts_at"] <= timezone.now() and not self._keeps_its_time(given):
                self.add_error("day", "This has passed already. Choose a time that is still to come.")
            elif given["starts_at"] > timezone.now() + timedelta(days=3 * 366):
                self.add_error("day", "This is more than three years away. Check the year.")
        refuse_unseen(self, self.mark, MOVED_MEANWHILE.format(self.date.meeting.when_and_where))
        return given

    def _keeps_its_time(self, given: dict) -> bool:
        """To the minute, as the form has it: only the place is another."""
        was = (self.date.starts_at, self.date.ends_at)
        return [one.replace(second=0, microsecond=0) for one in was] == [given["starts_at"], given["ends_at"]]


class MessageForm(OnceForm, forms.ModelForm):
    """A message to everyone."""

    ours = OURS

    class Meta:
        model = SessionMessage
        fields = ["to", "subject", "text"]
        labels = {"to": "To", "subject": "Subject", "text": "Message"}
        help_texts = {"text": "Each person gets a mail of their own. Do not name a child or family."}
        widgets = {"text": forms.Textarea(attrs={"rows": 6}), "to": forms.RadioSelect}


class MarkForm(CarefulForm):
    """What the organiser says of one person at one date."""

    ours = OURS

    came = forms.ChoiceField(choices=[("", "Nobody has said"), *Came.choices], required=False)
    minutes = forms.IntegerField(min_value=1, max_value=1440, required=False)
    reason = forms.CharField(max_length=300, required=False)

    def words(self, booking: Booking) -> str:
        """What is wrong, said with the person's name: the list has many such forms."""
        return " ".join([f"{booking.person}:", *(error for errors in self.errors.values() for error in errors)])


class HeadsForm(forms.Form):
    heads = forms.IntegerField(label="How many people came", min_value=0, max_value=5000)


class OthersForm(forms.Form):
    others = forms.IntegerField(
        label="How many more came, without a place and without a name",
        min_value=0,
        max_value=5000,
        help_text="Counted only. They get no certificate.",
    )


class CodeForm(forms.Form):
    """The code on the screen."""

    code = forms.CharField(
        label="Code",
        max_length=12,
        help_text="Six letters and numbers, on the screen in the room.",
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
    )
    # The second press, of somebody who came without booking.
    walking_in = forms.BooleanField(required=False, widget=forms.HiddenInput)
